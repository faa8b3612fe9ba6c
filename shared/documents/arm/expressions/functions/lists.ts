import type { Budget } from "../budget";
import { allOf, anyOf, isSame } from "../compare";
import type { Truth, Value } from "../values";
import { isInteger, isKnown, isList, isObject, listOf, membersOf, textOf, UNKNOWN } from "../values";
import type { TemplateFunction } from "./template-function";
import { ofMany, ofOne, ofTwo } from "./template-function";
import { allInText, maySearch } from "./text";

/** "must be a non-negative integer up to 10,000" (template-functions-array, `range`). */
const longestRange = 10_000;

function concat(values: readonly Value[], budget: Budget): Value {
  if (values.every(isList)) return listOf(values.flat(), budget);
  const texts = allInText(values);
  return texts === undefined ? UNKNOWN : textOf(texts.join(""), budget);
}

/** Text is compared case-sensitively, property names case-insensitively. */
function contains(container: Value, sought: Value, budget: Budget): Value {
  if (isList(container)) return anyOf(container, (item) => isSame(item, sought, budget));
  if (typeof sought !== "string") return UNKNOWN;
  if (isObject(container)) return membersOf(container).get(sought) !== undefined;
  if (typeof container !== "string" || !maySearch(container, sought, budget)) return UNKNOWN;
  return container.includes(sought);
}

function empty(value: Value): Value {
  if (value === null) return true;
  if (isObject(value)) return Object.keys(value).length === 0;
  return isList(value) || typeof value === "string" ? value.length === 0 : UNKNOWN;
}

function length(value: Value): Value {
  if (isList(value) || typeof value === "string") return value.length;
  return isObject(value) ? Object.keys(value).length : UNKNOWN;
}

/** The first or last item. The documentation is not consistent about empty lists and strings. */
function atEnd(index: 0 | -1): TemplateFunction {
  return ofOne((value) => {
    if (typeof value === "string")
      return value === "" ? UNKNOWN : value.charAt(index === 0 ? 0 : value.length - 1);
    const item = isList(value) ? value.at(index) : undefined;
    return item === undefined ? UNKNOWN : item;
  });
}

function part(range: (count: number) => readonly [from: number, to?: number]): TemplateFunction {
  return ofTwo((value, count, budget) => {
    if (!isInteger(count)) return UNKNOWN;
    const [from, to] = range(Math.max(count, 0));
    if (typeof value === "string") return textOf(value.slice(from, to), budget);
    return isList(value) ? listOf(value.slice(from, to), budget) : UNKNOWN;
  });
}

function range(start: Value, count: Value, budget: Budget): Value {
  if (!isInteger(start) || !isInteger(count) || count < 0 || count > longestRange) return UNKNOWN;
  if (start + count > 2_147_483_647) return UNKNOWN;
  return listOf(
    Array.from({ length: count }, (_, i) => start + i),
    budget,
  );
}

/** Distinct values, all of them fully known. */
class Distinct {
  /** Scalars are looked up here: comparing every pair would take too long. */
  readonly items = new Set<Value>();
  private readonly compound = new Set<Value>();

  constructor(private readonly budget: Budget) {}

  /** Is the value among the items? Unknown if no steps are left. */
  has(value: Value): Truth {
    if (isCompound(value)) return anyOf(this.compound, (item) => isSame(value, item, this.budget));
    return this.budget.spend(1) ? this.items.has(value) : UNKNOWN;
  }

  add(value: Value): void {
    this.items.add(value);
    if (isCompound(value)) this.compound.add(value);
  }
}

function isCompound(value: Value): boolean {
  return isList(value) || isObject(value);
}

/** Each distinct item once, at its first position. Nested lists are not merged. */
export function unionOfLists(lists: readonly (readonly Value[])[], budget: Budget): Value {
  return lists.every(isKnown) ? distinctOf(lists.flat(), budget) : UNKNOWN;
}

function distinctOf(items: readonly Value[], budget: Budget): Value {
  const distinct = new Distinct(budget);
  for (const item of items) {
    const isThere = distinct.has(item);
    if (isThere === UNKNOWN) return UNKNOWN;
    if (!isThere) distinct.add(item);
  }
  return listOf([...distinct.items], budget);
}

/** The distinct items of the first list that are also in all others. */
export function intersectionOfLists(
  first: readonly Value[],
  others: readonly (readonly Value[])[],
  budget: Budget,
): Value {
  if (!isKnown(first) || !others.every(isKnown)) return UNKNOWN;
  const sets = others.map((list) => {
    const distinct = new Distinct(budget);
    for (const item of list) distinct.add(item);
    return distinct;
  });
  const shared: Value[] = [];
  for (const item of first) {
    const isShared = allOf(sets, (set) => set.has(item));
    if (isShared === UNKNOWN) return UNKNOWN;
    if (isShared) shared.push(item);
  }
  return distinctOf(shared, budget);
}

function flatten(value: Value, budget: Budget): Value {
  if (!isList(value) || !value.every(isList)) return UNKNOWN;
  return listOf(value.flat(), budget);
}

function join(value: Value, delimiter: Value, budget: Budget): Value {
  if (!isList(value) || typeof delimiter !== "string") return UNKNOWN;
  const texts = allInText(value.flatMap((item, i) => (i === 0 ? [item] : [delimiter, item])));
  return texts === undefined ? UNKNOWN : textOf(texts.join(""), budget);
}

export const listFunctions: readonly (readonly [string, TemplateFunction])[] = [
  ["concat", ofMany(1, concat)],
  ["contains", ofTwo(contains)],
  ["empty", ofOne(empty)],
  ["length", ofOne(length)],
  ["first", atEnd(0)],
  ["last", atEnd(-1)],
  ["skip", part((count) => [count])],
  ["take", part((count) => [0, count])],
  ["range", ofTwo(range)],
  ["createarray", ofMany(0, listOf)],
  // The list probably comes back unchanged, but the documentation does not say so.
  [
    "array",
    ofOne((value, budget) => (value === UNKNOWN || isList(value) ? UNKNOWN : listOf([value], budget))),
  ],
  ["flatten", ofOne(flatten)],
  ["join", ofTwo(join)],
];
