import { expect, test } from "vitest";
import { isCalledByPulumi } from "../../cli/called-by-pulumi";

test.each([
  [["127.0.0.1:34567"], true],
  [["127.0.0.1:34567", "/path/to/pack"], true],
  [["localhost:1"], true],
  [["my-host_1.example:65535"], true],
  [["[::1]:34567"], true],
  [["[fe80::A]:34567"], true],
  [[], false],
  [["check"], false],
  [["check", "127.0.0.1:34567"], false],
  [["--version"], false],
  [["127.0.0.1:"], false],
  [[":34567"], false],
  [["[]:34567"], false],
  [["127.0.0.1:345678"], false],
  [["127.0.0.1:34567x"], false],
  [["/127.0.0.1:34567"], false],
  [["[::1]x:34567"], false],
  [["x[::1]:34567"], false],
  [["[::g]:34567"], false],
  [["C:\\plans\\1"], false],
  [["stack:azurerm_kubernetes_cluster"], false],
])("called with %j, it is Pulumi's pack: %s", (args, is) => {
  expect(isCalledByPulumi(args)).toBe(is);
});
