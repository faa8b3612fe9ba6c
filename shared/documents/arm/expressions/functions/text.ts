import type { Budget } from "../budget";
import type { Value } from "../values";
import { isInteger, isKnown, isList, isObject, listOf, longestText, textOf, UNKNOWN } from "../values";
import type { TemplateFunction } from "./template-function";
import { ofMany, ofOne, ofTwo } from "./template-function";

/** A string or number as it appears inside a longer string. */
export function inText(value: Value): string | undefined {
  if (typeof value === "string") return value;
  return isInteger(value) ? String(value) : undefined;
}

/** All values as text; `undefined` if one has no text form or the total is too long. */
export function allInText(values: readonly Value[]): readonly string[] | undefined {
  const texts: string[] = [];
  let length = 0;
  for (const value of values) {
    const text = inText(value);
    if (text === undefined || (length += text.length) > longestText) return undefined;
    texts.push(text);
  }
  return texts;
}

/** .NET's composite format, without alignment and number formats. */
function formatted([format = null, ...values]: readonly Value[], budget: Budget): Value {
  if (typeof format !== "string") return UNKNOWN;
  const parts: Value[] = [];
  const pattern = /[^{}]+|\{\{|\}\}|\{(?<index>\d{1,4})\}/y;
  while (pattern.lastIndex < format.length) {
    const match = pattern.exec(format);
    if (match === null) return UNKNOWN;
    const index = match.groups?.["index"];
    const [text] = match;
    if (index !== undefined) parts.push(displayed(values[Number(index)] ?? UNKNOWN));
    else parts.push(text === "{{" || text === "}}" ? text.slice(1) : text);
  }
  const texts = allInText(parts);
  return texts === undefined ? UNKNOWN : textOf(texts.join(""), budget);
}

/** .NET capitalizes booleans. */
function displayed(value: Value): Value {
  return typeof value === "boolean" ? (value ? "True" : "False") : value;
}

function stringOf(value: Value, budget: Budget): Value {
  if (isList(value) || isObject(value)) {
    return isKnown(value) && !hasNumberedNames(value) ? textOf(JSON.stringify(value), budget) : UNKNOWN;
  }
  return inText(displayed(value)) ?? UNKNOWN;
}

/** JavaScript moves numeric names to the front. */
function hasNumberedNames(value: Value): boolean {
  if (isList(value)) return value.some(hasNumberedNames);
  if (!isObject(value)) return false;
  return Object.entries(value).some(([name, each]) => /^\d+$/.test(name) || hasNumberedNames(each));
}

/** A function that transforms a string. */
function change(run: (text: string) => string): TemplateFunction {
  return ofOne((value, budget) => (typeof value === "string" ? textOf(run(value), budget) : UNKNOWN));
}

/**
 * The string in another case; `undefined` if a single letter becomes several, which .NET handles differently.
 */
function sameLength(text: string, changed: string): string | undefined {
  return changed.length === text.length ? changed : undefined;
}

function inCase(run: (text: string) => string): TemplateFunction {
  return ofOne((value) => (typeof value === "string" ? (sameLength(value, run(value)) ?? UNKNOWN) : UNKNOWN));
}

/** A case-insensitive search, as Microsoft documents for these functions. */
function search(run: (text: string, part: string) => Value): TemplateFunction {
  return ofTwo((text, part) => {
    if (typeof text !== "string" || typeof part !== "string") return UNKNOWN;
    const where = sameLength(text, text.toLowerCase());
    const what = sameLength(part, part.toLowerCase());
    return where === undefined || what === undefined ? UNKNOWN : run(where, what);
  });
}

function replaced([text, old, fresh]: readonly Value[], budget: Budget): Value {
  if (typeof text !== "string" || typeof old !== "string" || typeof fresh !== "string") return UNKNOWN;
  if (old === "") return UNKNOWN;
  const pieces = text.split(old);
  const isShort = text.length + pieces.length * fresh.length <= longestText;
  return isShort ? textOf(pieces.join(fresh), budget) : UNKNOWN;
}

function split(text: Value, delimiter: Value, budget: Budget): Value {
  if (typeof text !== "string") return UNKNOWN;
  const delimiters = isList(delimiter) ? delimiter : [delimiter];
  const single = delimiters.length === 1;
  const first = delimiters[0] ?? null;
  if (single && typeof first === "string" && first !== "") return listOf(text.split(first), budget);
  // Longer delimiters may overlap.
  if (!delimiters.every((each): each is string => typeof each === "string" && each.length === 1))
    return UNKNOWN;
  if (delimiters.length === 0) return UNKNOWN;
  const marks = new Set(delimiters);
  const pieces: string[] = [];
  let start = 0;
  for (let i = 0; i < text.length; i++) {
    if (!marks.has(text.charAt(i))) continue;
    pieces.push(text.slice(start, i));
    start = i + 1;
  }
  return listOf([...pieces, text.slice(start)], budget);
}

function substring([text, start, length]: readonly Value[], budget: Budget): Value {
  if (typeof text !== "string" || !isInteger(start ?? null)) return UNKNOWN;
  const from = Number(start);
  const to = length === undefined ? text.length : isInteger(length) ? from + length : -1;
  return from < 0 || to < from || to > text.length ? UNKNOWN : textOf(text.slice(from, to), budget);
}

function padded([value = null, total, mark = " "]: readonly Value[], budget: Budget): Value {
  const text = inText(value);
  if (text === undefined || typeof mark !== "string" || mark.length !== 1) return UNKNOWN;
  if (total === undefined || !isInteger(total) || total < 0 || total > longestText) return UNKNOWN;
  return textOf(text.padStart(total, mark), budget);
}

export const textFunctions: readonly (readonly [string, TemplateFunction])[] = [
  ["format", ofMany(1, formatted)],
  ["string", ofOne(stringOf)],
  ["tolower", inCase((text) => text.toLowerCase())],
  ["toupper", inCase((text) => text.toUpperCase())],
  ["trim", change((text) => text.trim())],
  ["replace", { fewest: 3, most: 3, run: replaced }],
  ["startswith", search((text, part) => text.startsWith(part))],
  ["endswith", search((text, part) => text.endsWith(part))],
  ["indexof", search((text, part) => text.indexOf(part))],
  ["lastindexof", search((text, part) => text.lastIndexOf(part))],
  ["split", ofTwo(split)],
  ["substring", { fewest: 2, most: 3, run: substring }],
  ["padleft", { fewest: 2, most: 3, run: padded }],
];
