import { isSame } from "../compare";
import type { Value } from "../values";
import { isInteger, UNKNOWN } from "../values";
import type { TemplateFunction } from "./template-function";
import { always, ofOne, ofTwo } from "./template-function";

function boolOf(value: Value): Value {
  if (typeof value === "boolean") return value;
  const word = typeof value === "string" ? value.toLowerCase() : value;
  if (word === "true" || word === 1) return true;
  return word === "false" || word === 0 ? false : UNKNOWN;
}

/** Text is not compared: its order depends on the culture, and "A" is greater than "a". */
function comparison(test: (one: number, other: number) => boolean): TemplateFunction {
  return ofTwo((one, other) => (isInteger(one) && isInteger(other) ? test(one, other) : UNKNOWN));
}

export const logicFunctions: readonly (readonly [string, TemplateFunction])[] = [
  ["true", always(true)],
  ["false", always(false)],
  ["null", always(null)],
  ["not", ofOne((value) => (typeof value === "boolean" ? !value : UNKNOWN))],
  ["bool", ofOne(boolOf)],
  ["equals", ofTwo(isSame)],
  ["greater", comparison((one, other) => one > other)],
  ["greaterorequals", comparison((one, other) => one >= other)],
  ["less", comparison((one, other) => one < other)],
  ["lessorequals", comparison((one, other) => one <= other)],
];
