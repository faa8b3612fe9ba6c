import { describe, expect, test } from "vitest";
import { covers } from "../../../shared/documents/pulumi/ignore-changes";
import { processorTime } from "../../support/processor-time";

describe("a path of `ignoreChanges`", () => {
  const path = "networkProfile.networkPolicy";
  test.each([
    ["networkProfile", true],
    ["networkProfile.networkPolicy", true],
    ['["networkProfile"]["networkPolicy"]', true],
    ['networkProfile["networkPolicy"]', true],
    ["networkProfile[0].networkPolicy", true],
    ["networkProfile[0]", true],
    ["networkProfile[10].networkPolicy", true],
    ["networkProfile.1networkPolicy", false],
    ["networkProfile.networkPolicy1", false],
    ["[networkProfile]", true],
    ["*", true],
    ["*.networkPolicy", true],
    ["networkProfile.*", true],
    ["**.networkPolicy", false],
    ["*.*", true],
    ["*.*.*", true],
    ["", true],
    ["networkProfile.networkPlugin", false],
    ["networkProfile.networkPolicy.x", false],
    ['["network\\"Profile"]', false],
    ["networkPolicy", false],
    ["networkProfile[", true],
    ["networkProfile[1", true],
    ['networkProfile["networkPolicy', false],
  ])("%s covers the engine: %s", (ignored, expected) => {
    expect(covers(ignored, path)).toBe(expected);
  });

  test("with a quote in a name", () => {
    expect(covers('["a\\"b"].c', 'a"b.c')).toBe(true);
  });

  test.each([
    ["open brackets", "[".repeat(200_000)],
    ["open quotes", '["'.repeat(100_000)],
    ["closed brackets", "[]".repeat(100_000)],
    ["escaped quotes", `["${'\\"'.repeat(100_000)}`],
    ["stars", "*.".repeat(100_000)],
    ["dots", ".".repeat(200_000)],
  ])("of %s is parsed in one pass", (_title, ignored) => {
    expect(processorTime(() => covers(ignored, path))).toBeLessThan(3000);
  });
});
