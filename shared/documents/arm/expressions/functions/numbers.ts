import type { Value } from "../values";
import { isInteger, isList, UNKNOWN } from "../values";
import type { TemplateFunction } from "./template-function";
import { ofMany, ofOne, ofTwo } from "./template-function";

function intOf(value: Value): Value {
  if (isInteger(value)) return value;
  if (typeof value !== "string" || !/^-?\d{1,16}$/.test(value)) return UNKNOWN;
  const number = Number(value);
  return isInteger(number) ? number : UNKNOWN;
}

function calculation(calculate: (one: number, other: number) => number): TemplateFunction {
  return ofTwo((one, other) => {
    if (!isInteger(one) || !isInteger(other)) return UNKNOWN;
    const result = calculate(one, other);
    // Integers have no negative zero.
    return isInteger(result) ? result + 0 : UNKNOWN;
  });
}

/** The smallest or largest of several numbers, or of one list of numbers. */
function extreme(chosen: (one: number, other: number) => number): TemplateFunction {
  return ofMany(1, (values) => {
    const [only = null] = values;
    const all = values.length === 1 && isList(only) ? only : values;
    if (all.length === 0 || !all.every(isInteger)) return UNKNOWN;
    return all.reduce((one, other) => chosen(one, other));
  });
}

export const numberFunctions: readonly (readonly [string, TemplateFunction])[] = [
  ["int", ofOne(intOf)],
  ["add", calculation((one, other) => one + other)],
  ["sub", calculation((one, other) => one - other)],
  ["mul", calculation((one, other) => one * other)],
  ["div", calculation((one, other) => Math.trunc(one / other))],
  ["mod", calculation((one, other) => one % other)],
  ["min", extreme(Math.min)],
  ["max", extreme(Math.max)],
];
