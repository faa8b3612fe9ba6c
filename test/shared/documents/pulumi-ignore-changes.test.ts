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
    ["[]", false],
    ['["networkProfile\\\\"]', false],
    ['x["networkProfile"]', false],
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
    ["open brackets", "["],
    ["open quotes", '["'],
    ["closed brackets", "[]"],
    ["escaped quotes", '["\\"'],
    ["stars", "*."],
    ["dots", "."],
  ])("of %s is read in no time, and one that is too long to be read may cover it", (_title, piece) => {
    const long = piece.repeat(1000 / piece.length);
    expect(processorTime(() => covers(long, path))).toBeLessThan(1000);
    expect(covers(`x${long}${long}`, path)).toBe(true);
  });

  test("of a thousand characters is read", () => {
    expect(covers("x".repeat(1000), path)).toBe(false);
    expect(covers("x".repeat(1001), path)).toBe(true);
  });
});
