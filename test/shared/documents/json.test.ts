import { expect, test } from "vitest";
import { recordsIn, textIn } from "../../../shared/documents/json";

test.each([
  [
    [{ a: 1 }, 5, null, "text", [], {}],
    [{ a: 1 }, {}],
  ],
  [{ a: 1 }, []],
  ["text", []],
  [undefined, []],
])("the objects in %j are %j", (value, records) => {
  expect(recordsIn(value)).toEqual(records);
});

test.each([
  ["text", "text"],
  [5, ""],
  [null, ""],
  [{ toString: 5 }, ""],
])("the text of %j is %j", (value, text) => {
  expect(textIn(value)).toBe(text);
});
