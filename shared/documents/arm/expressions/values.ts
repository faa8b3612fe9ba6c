import type { Budget } from "./budget";

/** A value that is only known at deployment, or that this evaluator does not compute. */
export const UNKNOWN: unique symbol = Symbol("unknown");
export type Unknown = typeof UNKNOWN;

/** The result of an expression. Parts of it may be unknown while the rest is known. */
export type Value = null | boolean | number | string | Unknown | readonly Value[] | ValueObject;

/** Has no prototype, so that `__proto__` is an ordinary name. */
export interface ValueObject {
  readonly [name: string]: Value;
}

export type Truth = boolean | Unknown;

/** The longest string that a function produces, in UTF-16 units. */
export const longestText = 1_000_000;

/**
 * The size of the largest value: a scalar counts as one, and so do 16 characters. Shared parts count each
 * time.
 */
const largest = 100_000;

/** The deepest nesting of objects and lists in a value. */
const deepest = 100;

interface Extent {
  readonly size: number;
  /** The size without what is in objects and lists inside the value. */
  readonly breadth: number;
  readonly depth: number;
  /** Nothing in it is unknown. */
  readonly isKnown: boolean;
}

const scalarExtent: Extent = { size: 1, breadth: 1, depth: 0, isKnown: true };
const unknownExtent: Extent = { size: 1, breadth: 1, depth: 0, isKnown: false };

/**
 * Measured when a value is created: a few variables can describe a value with more parts than any traversal
 * can visit.
 */
const extents = new WeakMap<object, Extent>();

function extentOf(value: Value): Extent {
  if (value === UNKNOWN) return unknownExtent;
  if (typeof value === "string") {
    const size = 1 + value.length / 16;
    return { size, breadth: size, depth: 0, isKnown: true };
  }
  if (typeof value !== "object" || value === null) return scalarExtent;
  return extents.get(value) ?? unknownExtent;
}

/** The size of a value, at least one. Traversing the value takes about as many steps. */
export function sizeOf(value: Value): number {
  return extentOf(value).size;
}

/** The number of steps in which a function reads values and what is directly in them, but no deeper. */
export function breadthOf(values: readonly Value[]): number {
  return values.reduce<number>((sum, value) => sum + extentOf(value).breadth, 0);
}

/** Is every part of the value known? */
export function isKnown(value: Value): boolean {
  return extentOf(value).isKnown;
}

export function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}

export function isObject(value: Value): value is ValueObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** ARM has integers only; beyond these limits JavaScript cannot tell neighbours apart. */
export function isInteger(value: Value): value is number {
  return Number.isSafeInteger(value);
}

/** Adds up the parts of a value. A part that no longer fits becomes unknown; the others stay known. */
class Measure {
  private size: number;
  private breadth: number;
  private depth = 0;
  private known = true;

  constructor(names = 0) {
    this.size = 1 + names;
    this.breadth = 1 + names;
  }

  fitted(part: Value): Value {
    const extent = extentOf(part);
    const fits = this.size + extent.size <= largest && extent.depth < deepest;
    this.size += fits ? extent.size : 1;
    this.breadth += typeof part === "string" && fits ? extent.size : 1;
    this.depth = Math.max(this.depth, fits ? extent.depth : 0);
    this.known &&= fits && extent.isKnown;
    return fits ? part : UNKNOWN;
  }

  extent(): Extent {
    return { size: this.size, breadth: this.breadth, depth: this.depth + 1, isKnown: this.known };
  }
}

export function listOf(items: readonly Value[], budget: Budget): Value {
  if (!budget.spend(items.length) || items.length > largest) return UNKNOWN;
  const measure = new Measure();
  const list = items.map((item) => measure.fitted(item));
  extents.set(list, measure.extent());
  return list;
}

/** A name that occurs twice has an unknown value. */
export function objectOf(entries: readonly (readonly [string, Value])[], budget: Budget): Value {
  const steps = stepsOfNames(entries.map(([name]) => name));
  if (!budget.spend(steps) || entries.length > largest) return UNKNOWN;
  const measure = new Measure(steps - entries.length);
  const object = Object.create(null) as Record<string, Value>;
  for (const [name, value] of entries) object[name] = measure.fitted(name in object ? UNKNOWN : value);
  extents.set(object, measure.extent());
  return object;
}

/** The number of steps in which names are read: they may be as long as any text. */
export function stepsOfNames(names: readonly string[]): number {
  return names.reduce((sum, name) => sum + 1 + name.length / 16, 0);
}

export function textOf(text: string, budget: Budget): Value {
  return budget.spend(text.length / 16) && text.length <= longestText ? text : UNKNOWN;
}

/**
 * Finds members by name, case-insensitively, as Azure does. A name in two spellings is `UNKNOWN`; `undefined`
 * means that there is no such name.
 */
export class Members<T> {
  private readonly byName = new Map<string, readonly [name: string, value: T | Unknown]>();

  constructor(holder: object) {
    for (const [name, value] of Object.entries(holder) as [string, T][]) {
      if (value === undefined) continue;
      const key = name.toLowerCase();
      this.byName.set(key, [name, this.byName.has(key) ? UNKNOWN : value]);
    }
  }

  get(name: string): T | Unknown | undefined {
    return this.byName.get(name.toLowerCase())?.[1];
  }

  /** The name as spelled in the object. */
  spelt(name: string): string | undefined {
    return this.byName.get(name.toLowerCase())?.[0];
  }
}

const membersOfValues = new WeakMap<ValueObject, Members<Value>>();

/** Values are immutable, so each is indexed once. */
export function membersOf(object: ValueObject): Members<Value> {
  let members = membersOfValues.get(object);
  if (members === undefined) membersOfValues.set(object, (members = new Members<Value>(object)));
  return members;
}

/**
 * The member of an object or the item of a list for a key; `undefined` if there is none or the key has the
 * wrong type.
 */
export function memberAt(holder: Value, key: Value): Value | undefined {
  if (key === UNKNOWN) return UNKNOWN;
  if (isObject(holder)) return typeof key === "string" ? membersOf(holder).get(key) : undefined;
  return isList(holder) && isInteger(key) ? holder[key] : undefined;
}
