import type { Budget } from "./budget";
import type { Truth, Value, ValueObject } from "./values";
import { isList, isObject, listOf, membersOf, objectOf, sizeOf, UNKNOWN } from "./values";

/** Are two values equal, as far as they are known? Text is compared case-sensitively, as `equals` does. */
export function isSame(one: Value, other: Value, budget: Budget): Truth {
  return budget.spend(Math.min(sizeOf(one), sizeOf(other))) ? compared(one, other) : UNKNOWN;
}

function compared(one: Value, other: Value): Truth {
  if (one === UNKNOWN || other === UNKNOWN) return UNKNOWN;
  if (isList(one)) return isList(other) && listsCompared(one, other);
  if (isObject(one)) return isObject(other) && objectsCompared(one, other);
  return one === other;
}

function listsCompared(one: readonly Value[], other: readonly Value[]): Truth {
  if (one.length !== other.length) return false;
  return allOf(one.keys(), (i) => compared(one[i] ?? null, other[i] ?? null));
}

function objectsCompared(one: ValueObject, other: ValueObject): Truth {
  const members = Object.entries(one);
  if (members.length !== Object.keys(other).length) return false;
  return allOf(members, ([name, here]) => {
    const there = other[name];
    if (there !== undefined) return compared(here, there);
    // It is not documented whether names that differ in case make two objects different.
    return membersOf(other).get(name) === undefined ? false : UNKNOWN;
  });
}

/** False as soon as one part is false, true if all are true. */
export function allOf<T>(parts: Iterable<T>, test: (part: T) => Truth): Truth {
  let all: Truth = true;
  for (const part of parts) {
    const each = test(part);
    if (each === false) return false;
    if (each === UNKNOWN) all = UNKNOWN;
  }
  return all;
}

/** True as soon as one part is true, false if all are false. */
export function anyOf<T>(parts: Iterable<T>, test: (part: T) => Truth): Truth {
  let any: Truth = false;
  for (const part of parts) {
    const each = test(part);
    if (each === true) return true;
    if (each === UNKNOWN) any = UNKNOWN;
  }
  return any;
}

/** What is known of a value that is one of two: the parts that are equal in both. */
export function agreement(one: Value, other: Value, budget: Budget): Value {
  if (isList(one)) {
    if (!isList(other) || one.length !== other.length) return UNKNOWN;
    return listOf(
      one.map((item, i) => agreement(item, other[i] ?? null, budget)),
      budget,
    );
  }
  if (isObject(one)) {
    if (!isObject(other)) return UNKNOWN;
    const members = Object.entries(one);
    if (members.length !== Object.keys(other).length) return UNKNOWN;
    const entries: (readonly [string, Value])[] = [];
    for (const [name, here] of members) {
      const there = other[name];
      if (there === undefined) return UNKNOWN;
      entries.push([name, agreement(here, there, budget)]);
    }
    return objectOf(entries, budget);
  }
  return one === other ? one : UNKNOWN;
}
