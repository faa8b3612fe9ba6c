import type { Budget } from "./budget";

/** A value that is decided only when the template is deployed, or that this evaluator does not work out. */
export const UNKNOWN: unique symbol = Symbol("unknown");
export type Unknown = typeof UNKNOWN;

/** What an expression gives. Parts of a value may be unknown while the rest is known. */
export type Value = null | boolean | number | string | Unknown | readonly Value[] | ValueObject;

/** Has no prototype, so that `__proto__` is a name like any other. */
export interface ValueObject {
  readonly [name: string]: Value;
}

export type Truth = boolean | Unknown;

/** The longest text that a function makes, in UTF-16 units. */
export const longestText = 1_000_000;

/** The size of the largest value: a scalar counts one, and so do 16 characters. Values may share parts, which count each time. */
const largest = 100_000;

/** The deepest nesting of objects and lists in a value. */
const deepest = 100;

interface Extent {
  readonly size: number;
  readonly depth: number;
  /** Nothing in it is unknown. */
  readonly isKnown: boolean;
}

const scalarExtent: Extent = { size: 1, depth: 0, isKnown: true };
const unknownExtent: Extent = { size: 1, depth: 0, isKnown: false };

/** Measured when a value is made: a few variables can spell a value with more parts than any walk can visit. */
const extents = new WeakMap<object, Extent>();

function extentOf(value: Value): Extent {
  if (value === UNKNOWN) return unknownExtent;
  if (typeof value === "string") return { size: 1 + value.length / 16, depth: 0, isKnown: true };
  if (typeof value !== "object" || value === null) return scalarExtent;
  return extents.get(value) ?? unknownExtent;
}

/** Every value has a size of at least one. A walk through the value takes about as many steps. */
export function sizeOf(value: Value): number {
  return extentOf(value).size;
}

/** Is the value known to its last part? */
export function isKnown(value: Value): boolean {
  return extentOf(value).isKnown;
}

export function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}

export function isObject(value: Value): value is ValueObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** ARM has whole numbers only; beyond these JavaScript cannot tell neighbours apart. */
export function isInteger(value: Value): value is number {
  return Number.isSafeInteger(value);
}

/** Adds up the parts of a value. A part that no longer fits becomes unknown, and the others stay known. */
class Measure {
  private size = 1;
  private depth = 0;
  private known = true;

  fitted(part: Value): Value {
    const extent = extentOf(part);
    const fits = this.size + extent.size <= largest && extent.depth < deepest;
    this.size += fits ? extent.size : 1;
    this.depth = Math.max(this.depth, fits ? extent.depth : 0);
    this.known &&= fits && extent.isKnown;
    return fits ? part : UNKNOWN;
  }

  extent(): Extent {
    return { size: this.size, depth: this.depth + 1, isKnown: this.known };
  }
}

export function listOf(items: readonly Value[], budget: Budget): Value {
  if (items.length > largest || !budget.spend(items.length)) return UNKNOWN;
  const measure = new Measure();
  const list = items.map((item) => measure.fitted(item));
  extents.set(list, measure.extent());
  return list;
}

/** A name that is there twice leaves its value unknown. */
export function objectOf(entries: readonly (readonly [string, Value])[], budget: Budget): Value {
  if (entries.length > largest || !budget.spend(entries.length)) return UNKNOWN;
  const measure = new Measure();
  const object = Object.create(null) as Record<string, Value>;
  for (const [name, value] of entries) object[name] = name in object ? UNKNOWN : measure.fitted(value);
  const extent = measure.extent();
  extents.set(object, {
    ...extent,
    isKnown: extent.isKnown && Object.keys(object).length === entries.length,
  });
  return object;
}

export function textOf(text: string, budget: Budget): Value {
  return text.length <= longestText && budget.spend(text.length / 16) ? text : UNKNOWN;
}

/**
 * Finds members by name without regard to case, as Azure does. A name that is there in two spellings is `UNKNOWN`;
 * `undefined` means that no such name is there.
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

  /** The name as written in the object. */
  spelt(name: string): string | undefined {
    return this.byName.get(name.toLowerCase())?.[0];
  }
}

const membersOfValues = new WeakMap<ValueObject, Members<Value>>();

/** Values never change, so each is indexed once. */
export function membersOf(object: ValueObject): Members<Value> {
  let members = membersOfValues.get(object);
  if (members === undefined) membersOfValues.set(object, (members = new Members<Value>(object)));
  return members;
}

/** The member of an object, or the item of a list, that a key names; `undefined` where there is none or the key does not suit. */
export function memberAt(holder: Value, key: Value): Value | undefined {
  if (holder === UNKNOWN || key === UNKNOWN) return UNKNOWN;
  if (isObject(holder)) return typeof key === "string" ? membersOf(holder).get(key) : undefined;
  return isList(holder) && isInteger(key) ? holder[key] : undefined;
}
