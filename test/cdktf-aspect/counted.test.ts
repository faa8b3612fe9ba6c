/** Which clusters the line at the end of a synthesis counts. */
import { beforeEach, describe, expect, test, vi } from "vitest";
import type { Configuration } from "../../cdktf-aspect";
import { count } from "../../cdktf-aspect/report";
import { appWith, libraries, onExampleDay, required, synthesised } from "../support/terraform";

vi.mock("../../cdktf-aspect/report", { spy: true });

beforeEach(() => {
  vi.mocked(count).mockClear();
});

describe.each(libraries)("$name:", (library) => {
  test.each<[title: string, configuration: Configuration, summary: boolean, outcomes: readonly string[]]>([
    ["by every rule", {}, true, ["pass", "fail"]],
    ["by one rule", { "network-policy-configured": "disabled" }, true, ["pass", "pass"]],
    [
      "by one rule alone",
      { all: "disabled", "network-policy-configured": "advisory" },
      true,
      ["pass", "fail"],
    ],
    ["by no rule: it is not checked", { all: "disabled" }, true, []],
    ["where nobody asks for it", {}, false, []],
  ])("a cluster that is judged %s", (_title, configuration, summary, outcomes) => {
    const { app, stack } = appWith(library, configuration, { ...onExampleDay, summary });
    for (const networkPolicy of ["calico", undefined]) {
      const networkProfile = { networkPlugin: "azure", ...(networkPolicy && { networkPolicy }) };
      new library.KubernetesCluster(stack, networkPolicy ?? "open", { ...required, networkProfile });
    }
    synthesised(app);
    expect(vi.mocked(count).mock.calls.map(([, , outcome]) => outcome)).toEqual(outcomes);
  });
});
