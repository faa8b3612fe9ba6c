import type { Budget } from "../budget";
import type { Value } from "../values";
import {
  isInteger,
  isKnown,
  isList,
  isObject,
  listOf,
  longestText,
  sizeOf,
  textOf,
  UNKNOWN,
} from "../values";
import type { TemplateFunction } from "./template-function";
import { ofMany, ofOne, ofTwo } from "./template-function";

/** A string or number as it appears inside a longer string. */
export function inText(value: Value): string | undefined {
  if (typeof value === "string") return value;
  return isInteger(value) ? String(value) : undefined;
}

/**
 * Charges a search of one text in another, which compares each character with each in the worst case. False
 * if not enough steps are left.
 */
export function maySearch(text: string, part: string, budget: Budget): boolean {
  return budget.spend((text.length * part.length) / comparisonsPerStep);
}

const comparisonsPerStep = 4_096;

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
  // Every second part is what the pattern matches.
  const parts = format.split(/(\{\{|\}\}|\{\d+\}|[{}])/);
  const texts = allInText(parts.map((part, i) => (i % 2 === 0 ? part : placed(part, values))));
  return texts === undefined ? UNKNOWN : textOf(texts.join(""), budget);
}

/** What `{0}` or a doubled brace stands for. A single brace has no number, so it is unknown. */
function placed(part: string, values: readonly Value[]): Value {
  if (part === "{{" || part === "}}") return part.charAt(0);
  return displayed(values[Number.parseInt(part.slice(1), 10)] ?? UNKNOWN);
}

/** .NET capitalizes booleans. */
function displayed(value: Value): Value {
  return typeof value === "boolean" ? (value ? "True" : "False") : value;
}

function stringOf(value: Value, budget: Budget): Value {
  if (isList(value) || isObject(value)) {
    if (!budget.spend(sizeOf(value))) return UNKNOWN;
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

function trim(value: Value, budget: Budget): Value {
  return typeof value === "string" ? textOf(value.trim(), budget) : UNKNOWN;
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
  return ofTwo((text, part, budget) => {
    if (typeof text !== "string" || typeof part !== "string" || !maySearch(text, part, budget))
      return UNKNOWN;
    const where = sameLength(text, text.toLowerCase());
    const what = sameLength(part, part.toLowerCase());
    return where === undefined || what === undefined ? UNKNOWN : run(where, what);
  });
}

function replaced([text, old, fresh]: readonly Value[], budget: Budget): Value {
  if (typeof text !== "string" || typeof old !== "string" || typeof fresh !== "string") return UNKNOWN;
  if (old === "" || !maySearch(text, old, budget)) return UNKNOWN;
  const pieces = text.split(old);
  const isShort = (pieces.length - 1) * fresh.length <= longestText;
  return isShort ? textOf(pieces.join(fresh), budget) : UNKNOWN;
}

function split(text: Value, delimiter: Value, budget: Budget): Value {
  const delimiters: readonly Value[] = isList(delimiter) ? delimiter : [delimiter];
  const [first] = delimiters;
  if (typeof text !== "string" || typeof first !== "string" || first === "") return UNKNOWN;
  if (delimiters.length === 1)
    return maySearch(text, first, budget) ? listOf(text.split(first), budget) : UNKNOWN;
  // Longer delimiters may overlap.
  if (!delimiters.every((each) => typeof each === "string" && each.length === 1)) return UNKNOWN;
  const marks = new Set(delimiters);
  const withOneMark = text.replaceAll(/[^]/g, (each) => (marks.has(each) ? first : each));
  return listOf(withOneMark.split(first), budget);
}

function substring([text = null, from = null, length]: readonly Value[], budget: Budget): Value {
  if (typeof text !== "string" || !isInteger(from)) return UNKNOWN;
  const to = length === undefined ? text.length : isInteger(length) ? from + length : -1;
  return from < 0 || to < from || to > text.length ? UNKNOWN : textOf(text.slice(from, to), budget);
}

function padded([value = null, total = null, mark = " "]: readonly Value[], budget: Budget): Value {
  const text = inText(value);
  if (text === undefined || typeof mark !== "string" || mark.length !== 1) return UNKNOWN;
  if (!isInteger(total) || total < 0 || total > longestText) return UNKNOWN;
  return textOf(text.padStart(total, mark), budget);
}

export const textFunctions: readonly (readonly [string, TemplateFunction])[] = [
  ["format", ofMany(1, formatted)],
  ["string", ofOne(stringOf)],
  ["tolower", inCase((text) => text.toLowerCase())],
  ["toupper", inCase((text) => text.toUpperCase())],
  ["trim", ofOne(trim)],
  ["replace", { fewest: 3, most: 3, run: replaced }],
  ["startswith", search((text, part) => text.startsWith(part))],
  ["endswith", search((text, part) => text.endsWith(part))],
  ["indexof", search((text, part) => text.indexOf(part))],
  ["lastindexof", search((text, part) => text.lastIndexOf(part))],
  ["split", ofTwo(split)],
  ["substring", { fewest: 2, most: 3, run: substring }],
  ["padleft", { fewest: 2, most: 3, run: padded }],
];
