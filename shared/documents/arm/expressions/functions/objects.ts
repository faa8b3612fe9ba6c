import { parsedJson } from "../../../json";
import type { Budget } from "../budget";
import { isSame } from "../compare";
import { literalOf } from "../literal";
import type { Value, ValueObject } from "../values";
import { isInteger, isList, isObject, listOf, memberAt, membersOf, objectOf, UNKNOWN } from "../values";
import { intersectionOfLists, unionOfLists } from "./lists";
import type { TemplateFunction } from "./template-function";
import { ofMany, ofOne } from "./template-function";

function createObject(values: readonly Value[], budget: Budget): Value {
  if (values.length % 2 !== 0) return UNKNOWN;
  const entries: (readonly [string, Value])[] = [];
  for (let i = 0; i < values.length; i += 2) {
    const name = values[i];
    if (typeof name !== "string") return UNKNOWN;
    entries.push([name, values[i + 1] ?? null]);
  }
  const names = new Set(entries.map(([name]) => name.toLowerCase()));
  return names.size === entries.length ? objectOf(entries, budget) : UNKNOWN;
}

/** Runs one function on lists and another on objects; all arguments must be of the same kind. */
function ofSameKind(
  ofLists: (first: readonly Value[], others: readonly (readonly Value[])[], budget: Budget) => Value,
  ofObjects: (first: ValueObject, others: readonly ValueObject[], budget: Budget) => Value,
): TemplateFunction {
  return ofMany(1, ([first = null, ...others], budget) => {
    if (isList(first) && others.every(isList)) return ofLists(first, others, budget);
    return isObject(first) && others.every(isObject) ? ofObjects(first, others, budget) : UNKNOWN;
  });
}

/** Merges objects; `chosen` picks one of two values of the same name. */
function merged(
  objects: readonly ValueObject[],
  budget: Budget,
  chosen: (earlier: Value, later: Value) => Value,
): Value {
  const entries = new Map<string, readonly [string, Value]>();
  for (const object of objects) {
    const names = Object.keys(object);
    for (const name of names) {
      const key = name.toLowerCase();
      const earlier = entries.get(key);
      const later = membersOf(object).get(name) ?? null;
      entries.set(key, earlier === undefined ? [name, later] : [earlier[0], chosen(earlier[1], later)]);
    }
  }
  return objectOf([...entries.values()], budget);
}

/** Merges objects recursively. For everything else, including lists, the later value wins. */
function union(objects: readonly ValueObject[], budget: Budget): Value {
  return merged(objects, budget, (earlier, later) => {
    // It is not documented whether null replaces an existing value.
    if (later === null) return earlier === null ? null : UNKNOWN;
    if (!isObject(later)) return later;
    if (earlier === UNKNOWN) return UNKNOWN;
    return isObject(earlier) ? union([earlier, later], budget) : later;
  });
}

/** What Bicep compiles `...` to: the later value replaces the earlier one. */
function shallowMerge(value: Value, budget: Budget): Value {
  if (!isList(value) || !value.every(isObject)) return UNKNOWN;
  return merged(value, budget, (_, later) => later);
}

/** The members that all objects share. */
function intersection(first: ValueObject, others: readonly ValueObject[], budget: Budget): Value {
  const entries: (readonly [string, Value])[] = [];
  for (const [name, value] of Object.entries(first)) {
    if (!budget.spend(others.length)) return UNKNOWN;
    const found = others.map((other) => membersOf(other).get(name));
    if (found.includes(undefined)) continue;
    const same = found.map((each) => isSame(value, each ?? null, budget));
    // The documentation does not cover objects that differ in part.
    if (same.includes(UNKNOWN) || (isObject(value) && same.includes(false))) return UNKNOWN;
    if (!same.includes(false)) entries.push([name, value]);
  }
  return objectOf(entries, budget);
}

/** Sorted by name. If the order depends on how case is compared, the result is unknown. */
function items(value: Value, budget: Budget): Value {
  if (!isObject(value)) return UNKNOWN;
  const names = Object.keys(value);
  const sorted = [...names].sort();
  const isCertain = sorted.every((name, i) => {
    const before = sorted[i - 1];
    return /^[A-Za-z0-9]*$/.test(name) && (before === undefined || before.toLowerCase() < name.toLowerCase());
  });
  if (!isCertain) return UNKNOWN;
  return listOf(
    sorted.map((name) =>
      objectOf(
        [
          ["key", name],
          ["value", value[name] ?? null],
        ],
        budget,
      ),
    ),
    budget,
  );
}

/** Follows names and indexes; null if one is missing. */
function tryGet([start = null, ...keys]: readonly Value[]): Value {
  let value = start;
  for (const key of keys) {
    if (key === UNKNOWN) return UNKNOWN;
    if (value === null) return null;
    if (isObject(value) ? typeof key !== "string" : !isList(value) || !isInteger(key)) return UNKNOWN;
    value = memberAt(value, key) ?? null;
  }
  return value;
}

function json(value: Value, budget: Budget): Value {
  return typeof value === "string" ? literalOf(parsedJson(value), budget) : UNKNOWN;
}

export const objectFunctions: readonly (readonly [string, TemplateFunction])[] = [
  ["createobject", ofMany(0, createObject)],
  [
    "union",
    ofSameKind(
      (first, others, budget) => unionOfLists([first, ...others], budget),
      (first, others, budget) => union([first, ...others], budget),
    ),
  ],
  ["intersection", ofSameKind(intersectionOfLists, intersection)],
  ["shallowmerge", ofOne(shallowMerge)],
  ["items", ofOne(items)],
  ["tryget", ofMany(2, tryGet)],
  ["json", ofOne(json)],
];
