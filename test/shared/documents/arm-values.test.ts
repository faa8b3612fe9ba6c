import { describe, expect, test } from "vitest";
import { Budget } from "../../../shared/documents/arm/expressions/budget";
import { evaluate } from "../../../shared/documents/arm/expressions/evaluate";
import { literalOf } from "../../../shared/documents/arm/expressions/literal";
import { createScope } from "../../../shared/documents/arm/expressions/scope";
import type { Value } from "../../../shared/documents/arm/expressions/values";
import {
  breadthOf,
  isKnown,
  isList,
  isObject,
  listOf,
  objectOf,
  sizeOf,
  textOf,
  UNKNOWN,
} from "../../../shared/documents/arm/expressions/values";

const U: typeof UNKNOWN = UNKNOWN;
const plenty = new Budget(1e9);

const list = (...items: readonly Value[]): Value => listOf(items, plenty);
const object = (...entries: readonly (readonly [string, Value])[]): Value => objectOf(entries, plenty);
const zeros = (count: number): Value => listOf(Array<Value>(count).fill(0), plenty);
/** 16 characters are as much as a scalar. */
const text = "x".repeat(32);

/** Lists inside each other, as many as `depth`, with a number in the innermost. */
function nested(depth: number): Value {
  let value: Value = 1;
  for (let i = 0; i < depth; i++) value = list(value);
  return value;
}

/** How deep the lists are whose innermost item is known. */
function knownDepth(value: Value): number {
  if (isList(value)) return 1 + knownDepth(value[0] ?? null);
  return value === U ? -Infinity : 0;
}

describe("a value's size counts every part, its breadth only what is directly in it", () => {
  test.each<[what: string, value: Value, size: number, breadth: number, known: boolean]>([
    ["a number", 1, 1, 1, true],
    ["null", null, 1, 1, true],
    ["what is unknown", U, 1, 1, false],
    ["a text", text, 3, 3, true],
    ["an empty list", list(), 1, 1, true],
    ["a list of scalars", list(1, null, true), 4, 4, true],
    ["a list of texts", list(text, text), 7, 7, true],
    ["a list of lists", list(zeros(10), zeros(10)), 23, 3, true],
    ["a list with something unknown", list(1, U), 3, 3, false],
    ["a list with something unknown inside", list(1, list(U)), 4, 3, false],
    ["an object", object(["", 1], [text, text]), 7, 7, true],
    ["an object of objects", object(["", object(["", 1])]), 3, 2, true],
    ["an object with something unknown", object(["", U], [text, 1]), 5, 5, false],
    ["an object with a name twice", object(["", 1], ["", 1]), 3, 3, false],
  ])("%s", (_, value, size, breadth, known) => {
    expect([sizeOf(value), breadthOf([value]), isKnown(value)]).toEqual([size, breadth, known]);
  });

  test("of several values", () => {
    expect(breadthOf([1, text, zeros(10)])).toBe(1 + 3 + 11);
    expect(breadthOf([])).toBe(0);
  });
});

describe("what is too large", () => {
  const most = 100_000;

  test("a list or object with more parts than a value may have is unknown", () => {
    const entries = Array.from({ length: most + 1 }, (_, i) => [`n${i}`, 0] as const);
    expect(isList(zeros(most))).toBe(true);
    expect(zeros(most + 1)).toBe(U);
    expect(isObject(object(...entries.slice(1)))).toBe(true);
    expect(object(...entries)).toBe(U);
  });

  test.each<[what: string, value: Value, known: readonly boolean[]]>([
    ["all parts fit", list(zeros(most - 3), 1), [true, true]],
    ["the last part does not fit", list(zeros(most - 3), 1, 2), [true, true, false]],
    [
      "a large part does not fit, a small one after it does",
      list(zeros(60_000), zeros(60_000), 1),
      [true, false, true],
    ],
    ["a long text does not fit", list(zeros(most - 4), text, 1), [true, false, true]],
  ])("%s", (_, value, known) => {
    expect(isList(value) && value.map((each) => each !== U)).toEqual(known);
    expect(isKnown(value)).toBe(known.every(Boolean));
  });

  test("a text that does not fit takes no more room than what is unknown", () => {
    expect(breadthOf([list(zeros(most - 4), "x".repeat(160))])).toBe(3);
  });

  test("lists nest a hundred deep", () => {
    expect(knownDepth(nested(100))).toBe(100);
    expect(knownDepth(nested(101))).toBe(-Infinity);
    expect(knownDepth(list(nested(99), 1))).toBe(100);
    expect(knownDepth(list(list(1, nested(98)), 1))).toBe(2);
    const widened = list(list(nested(99), 1), 1);
    expect(isList(widened) && widened[0]).toBe(U);
  });

  test("a text has a million characters", () => {
    expect(textOf("x".repeat(1_000_000), plenty)).toHaveLength(1_000_000);
    expect(textOf("x".repeat(1_000_001), plenty)).toBe(U);
  });
});

describe("steps", () => {
  test.each<[what: string, make: (budget: Budget) => Value, steps: number]>([
    ["a list takes one for each item", (budget) => listOf([1, text, 3], budget), 3],
    [
      "an object takes one for each member, and for its name",
      (budget) => objectOf([[text, text]], budget),
      3,
    ],
    ["a text takes one for 16 characters", (budget) => textOf(text, budget), 2],
    ["a literal takes one for each value and part", (budget) => literalOf([1, 2], budget), 5],
  ])("%s", (_, make, steps) => {
    expect(make(new Budget(steps))).not.toBe(U);
    expect(make(new Budget(steps - 1))).toBe(U);
  });

  test("are not given back", () => {
    const budget = new Budget(2);
    expect([budget.spend(1), budget.spend(1), budget.spend(1), budget.spend(0)]).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });

  test("evaluations nest 250 deep, and end", () => {
    const budget = new Budget(10_000);
    const depth = (levels: number): number =>
      budget.nested(() => (levels === 1 ? 1 : 1 + depth(levels - 1)), -Infinity);
    expect([depth(250), depth(251), depth(250)]).toEqual([250, -Infinity, 250]);
  });

  test("each evaluation takes one", () => {
    const budget = new Budget(2);
    const answer = (): boolean => budget.nested(() => true, false);
    expect([answer(), answer(), answer()]).toEqual([true, true, false]);
  });
});

describe("a value in a parameters file", () => {
  const isFilledIn = (value: unknown): boolean => value === "?" || (Array.isArray(value) && value[0] === "?");
  const read = (value: unknown): Value => literalOf(value, plenty, isFilledIn);

  test.each<[what: string, written: unknown, value: unknown]>([
    ["is taken literally", { a: ["[b]", 1.5, true, null] }, { a: ["[b]", 1.5, true, null] }],
    ["may be filled in", "?", U],
    ["may be filled in as a whole", ["?"], U],
    ["may be filled in inside", { a: [1, "?"] }, { a: [1, U] }],
    ["may have a name that is filled in", { a: { "?": 1, b: 1 }, c: 1 }, { a: U, c: 1 }],
    ["has no number that JSON cannot express", [NaN, Infinity], [U, U]],
    ["has nothing else that JSON cannot express", [undefined, 1n, Symbol("x"), () => 1], [U, U, U, U]],
    ["has no absent member", { a: undefined, b: 1 }, { b: 1 }],
  ])("%s", (_, written, value) => {
    expect(read(written)).toEqual(value);
  });

  test("is read ninety levels deep", () => {
    const written = (depth: number): unknown => (depth === 0 ? 1 : [written(depth - 1)]);
    expect(knownDepth(read(written(90)))).toBe(90);
    expect(knownDepth(read(written(91)))).toBe(-Infinity);
  });
});

describe("property copies", () => {
  const valueOf = (written: unknown): Value => evaluate(written, createScope({}, {}));
  const copy = { name: "a", count: 2, input: "[copyIndex('a')]" };
  const without = (name: string): object =>
    Object.fromEntries(Object.entries(copy).filter(([each]) => each !== name));

  test.each<[what: string, written: unknown, value: unknown]>([
    ["in capitals", { COPY: [copy] }, { a: [0, 1] }],
    ["none", { copy: [] }, {}],
    ["a longer name before it", { copyOf: 1, copy: [copy] }, { copyOf: 1, a: [0, 1] }],
    ["a longer name that ends so before it", { xcopy: 1, copy: [copy] }, { xcopy: 1, a: [0, 1] }],
    ["two", { copy: [copy, { ...copy, name: "b", input: 1 }] }, { a: [0, 1], b: [1, 1] }],
    ["no copies at all", { copy: 1 }, { copy: 1 }],
    ["a member that a program left out", { a: 1, b: undefined }, { a: 1 }],
    ["a list of something else", { copy: [1] }, { copy: [1] }],
    ["one of something else", { copy: [{ ...copy, input: 1 }, 1] }, { copy: [{ ...copy, input: 1 }, 1] }],
    ...["name", "count", "input"].map((name): [string, unknown, unknown] => {
      const plain = { copy: [{ ...without(name), ...(name === "input" ? {} : { input: 1 }) }] };
      return [`one without ${name}`, plain, plain];
    }),
    ["a list", { copy: [["name", "count", "input"]] }, { copy: [["name", "count", "input"]] }],
    ["a negative count", { copy: [{ ...copy, count: -1 }] }, { a: U }],
    ["a count of zero", { copy: [{ ...copy, count: 0 }] }, { a: [] }],
    ["a count that is a text", { copy: [{ ...copy, count: "2" }] }, { a: U }],
    ["a name that is a number", { b: { copy: [{ ...copy, name: "[1]", input: 1 }] } }, { b: U }],
    ["an index without a name", { copy: [{ ...copy, input: "[copyIndex()]" }] }, { a: [U, U] }],
  ])("%s", (_, written, value) => {
    expect(valueOf(written)).toEqual(value);
  });

  test("of a variable whose name is no text are unknown", () => {
    const variables = { copy: [{ name: "[1]", count: 1, input: 1 }] };
    expect(evaluate("[variables('[1]')]", createScope({ variables }, {}))).toBe(U);
  });

  test("as many as Azure allows", () => {
    const counted = (count: number): unknown => valueOf({ copy: [{ ...copy, count, input: 1 }] });
    expect(counted(800)).toEqual({ a: Array(800).fill(1) });
    expect(counted(801)).toEqual({ a: U });
  });
});

test("a member that is not defined does not count", () => {
  const scope = createScope({ variables: { a: undefined, A: 1 } }, {});
  expect(evaluate("[variables('a')]", scope)).toBe(1);
});
