/** Conditions of Azure Policy, in their shortest form. */
import { expect, test } from "vitest";
import { allOf, anyOf, isOneOf } from "../../../shared/azure-policy/conditions";

const [a, b, c] = ["a", "b", "c"].map((field) => ({ field, exists: true }));
if (a === undefined || b === undefined || c === undefined) throw new Error("there are three");

test("all of several conditions are one list, and one alone is itself", () => {
  expect(allOf(a, b)).toEqual({ allOf: [a, b] });
  expect(allOf(a, { allOf: [b, c] })).toEqual({ allOf: [a, b, c] });
  expect(allOf(a)).toBe(a);
  expect(allOf()).toEqual({ allOf: [] });
});

test("any of several conditions leaves out what never holds, and what always holds decides", () => {
  expect(anyOf(a, false, b)).toEqual({ anyOf: [a, b] });
  expect(anyOf(a, false)).toBe(a);
  expect(anyOf(a, true, b)).toBe(true);
  expect(anyOf(false)).toBe(false);
  expect(anyOf()).toBe(false);
});

test.each<[words: readonly string[], condition: object]>([
  [["x"], { equals: "x" }],
  [["x", "y"], { in: ["x", "y"] }],
  [[""], { notIn: ["x", "y", "z"] }],
  [["", "x"], { notIn: ["y", "z"] }],
  [["", "x", "y"], { notEquals: "z" }],
  [["", "x", "y", "z"], { notIn: [] }],
  [[], { in: [] }],
])("a field is one of %j", (words, condition) => {
  expect(isOneOf({ field: "f" }, words, ["", "x", "y", "z"])).toEqual({ field: "f", ...condition });
});
