import { describe, expect, test } from "vitest";
import { Budget } from "../../../shared/documents/arm/expressions/budget";
import { evaluate } from "../../../shared/documents/arm/expressions/evaluate";
import { writtenField } from "../../../shared/documents/arm/expressions/field";
import { segmentsOfName } from "../../../shared/documents/arm/expressions/names";
import { createScope } from "../../../shared/documents/arm/expressions/scope";
import type { Value } from "../../../shared/documents/arm/expressions/values";
import { isList, isObject, UNKNOWN } from "../../../shared/documents/arm/expressions/values";
import type { JsonObject } from "../../../shared/documents/json";
import { processorTime } from "../../support/processor-time";

const U = UNKNOWN;

/** Fails if evaluation takes far more time than it should, which is still far less than a hang. */
function within(limit: number, run: () => void): void {
  expect(processorTime(run)).toBeLessThan(limit);
}

function chain(length: number, link: (previous: string) => unknown): JsonObject {
  const all: [string, unknown][] = [["v0", "x".repeat(10)]];
  for (let i = 1; i <= length; i++) all.push([`v${i}`, link(`variables('v${i - 1}')`)]);
  return { variables: Object.fromEntries(all) };
}

function sized(value: Value): number {
  if (isList(value)) return value.reduce<number>((sum, item) => sum + sized(item), 1);
  if (isObject(value)) return Object.values(value).reduce<number>((sum, item) => sum + sized(item), 1);
  return typeof value === "string" ? 1 + value.length / 16 : 1;
}

describe("hostile input ends as unknown", () => {
  const hostile: Readonly<Record<string, readonly [written: unknown, template: JsonObject]>> = {
    "100,000 brackets": ["[" + "(".repeat(100_000) + ")".repeat(100_000) + "]", {}],
    "100,000 nested calls": ["[" + "not(".repeat(100_000) + "true()" + ")".repeat(100_000) + "]", {}],
    "as many nested calls as an expression holds": [
      "[" + "not(".repeat(4_000) + "true()" + ")".repeat(4_000) + "]",
      {},
    ],
    "as many indexes": ["[" + "parameters('a')[".repeat(1_000) + "0" + "]".repeat(1_000) + "]", {}],
    "brackets only": ["[" + " [".repeat(10_000) + "]", {}],
    "an unterminated text": ["['" + "''".repeat(10_000) + "]", {}],
    "a long range": ["[range(0, 1000000000)]", {}],
    "many ranges": [{ copy: [{ name: "a", count: 800, input: "[range(0, 10000)]" }] }, {}],
    "a billion laughs of lists": [
      "[variables('v60')]",
      chain(60, (v) => `[createArray(${Array(9).fill(v).join()})]`),
    ],
    "a billion laughs of texts": [
      "[variables('v60')]",
      chain(60, (v) => `[concat(${Array(9).fill(v).join()})]`),
    ],
    "a billion laughs of formats": [
      "[variables('v60')]",
      chain(60, (v) => `[format('{0}{0}{0}{0}{0}', ${v})]`),
    ],
    "a billion laughs of objects": [
      "[variables('v60')]",
      chain(60, (v) => ({ a: `[${v}]`, b: `[${v}]`, c: `[${v}]` })),
    ],
    "a long chain of variables": ["[variables('v20000')]", chain(20_000, (v) => `[${v}]`)],
    "nested copies": [
      [1, 2, 3, 4].reduce<unknown>(
        (input, i) => ({ copy: [{ name: `a${i}`, count: 800, input }] }),
        "[copyIndex('a1')]",
      ),
      {},
    ],
    "nested maps": [
      "[map(range(0, 9999), lambda('x', map(range(0, 9999), lambda('y', map(range(0, 9999), lambda('z', 1))))))]",
      {},
    ],
    "a union of many objects": [
      "[union(variables('a'), variables('a'), variables('a'))]",
      {
        variables: {
          a: { copy: [{ name: "b", count: 800, input: { copy: [{ name: "c", count: 800, input: {} }] } }] },
        },
      },
    ],
    "a text that is replaced": [
      "[replace(replace(variables('a'), 'a', variables('a')), 'a', variables('a'))]",
      { variables: { a: "a".repeat(50_000) } },
    ],
    "a text that is padded": ["[padLeft('a', 1000000000)]", {}],
  };

  test.each(Object.entries(hostile))("%s", (_, [written, template]) => {
    within(3_000, () => {
      const scope = createScope(template, {});
      const value = evaluate(written, scope);
      expect(sized(value)).toBeLessThan(110_000);
      segmentsOfName(written, scope);
      writtenField(written, scope);
    });
  });

  test("names that are built from each other", () => {
    const template = {
      variables: {
        a: "[concat(variables('b'), variables('b'), uniqueString('x'))]",
        b: "[concat(variables('a'), variables('a'))]",
      },
    };
    within(3_000, () => segmentsOfName("[variables('a')]", createScope(template, {})));
    const doubled = chain(60, (v) => `[concat(${v}, ${v}, parameters('p'))]`);
    within(3_000, () => segmentsOfName("[variables('v60')]", createScope(doubled, {})));
  });

  test("deep JSON is read down to a limit", () => {
    const deep: unknown = JSON.parse("[".repeat(100_000) + "]".repeat(100_000));
    within(3_000, () => {
      evaluate(deep, createScope({}, {}));
      const scope = createScope({}, { p: { value: { deep, a: 1 } } });
      expect(evaluate("[parameters('p').a]", scope)).toBe(1);
      const text = "[".repeat(100_000) + "]".repeat(100_000);
      evaluate("[json(parameters('t'))]", createScope({}, { t: { value: text } }));
    });
  });

  test("an oversized part is unknown, and its neighbours are known", () => {
    const value = evaluate(
      { copy: [{ name: "large", count: 120, input: "[range(0, 1000)]" }], engine: "cilium" },
      createScope({}, {}),
    );
    expect(value).toMatchObject({ engine: "cilium" });
  });

  test("many parameters are found in one pass", () => {
    const parameters = Object.fromEntries(
      Array.from({ length: 20_000 }, (_, i) => [`p${i}`, { defaultValue: i }]),
    );
    const written = Array.from({ length: 20_000 }, (_, i) => `[parameters('P${i}')]`);
    within(3_000, () => {
      const value = evaluate(written, createScope({ parameters }, {}));
      expect(isList(value) && value[19_999]).toBe(19_999);
    });
  });

  test("an exhausted budget gives no more answers", () => {
    const scope = createScope({}, {}, { budget: new Budget(20) });
    expect(evaluate("[add(1, 1)]", scope)).toBe(2);
    expect(evaluate("[range(0, 100)]", scope)).toBe(U);
    expect(evaluate("[add(1, 1)]", scope)).toBe(U);
    expect(evaluate("plain", scope)).toBe(U);
  });
});

describe("a function that reads much, for each of ten thousand items", () => {
  const letters = "a".repeat(1_000_000);
  const numbers = Array.from({ length: 90_000 }, (_, i) => i);
  const rows = Array.from({ length: 90 }, (_, i) => numbers.slice(i * 1_000, (i + 1) * 1_000));
  const members = Object.fromEntries(numbers.slice(0, 40_000).map((i) => [`name${i}`, i]));
  const given = {
    letters,
    /** In itself, for a search that compares character by character. */
    inside: `${letters.slice(0, 250_000)}b${letters.slice(0, 250_000)}`,
    numbers,
    texts: numbers.map(String),
    rows,
    numbered: [...rows.slice(1), { 1: 1 }],
    members,
    objects: numbers.slice(0, 40_000).map((i) => ({ i })),
    json: JSON.stringify(numbers),
    longName: { [letters]: 1, other: 1 },
  };
  const parameters = Object.fromEntries(Object.entries(given).map(([name, value]) => [name, { value }]));
  const declared = Object.fromEntries(Object.keys(given).map((name) => [name, {}]));

  test.each([
    "union(p('numbers'), p('numbers'))",
    "union(p('texts'), p('texts'))",
    "union(p('rows'), p('rows'))",
    "union(p('objects'), p('objects'))",
    "union(p('members'), p('members'))",
    "union(p('longName'), p('longName'))",
    "intersection(p('numbers'), p('numbers'))",
    "intersection(p('texts'), p('numbers'))",
    "intersection(p('objects'), p('objects'))",
    "intersection(p('members'), p('members'), p('members'))",
    "intersection(p('longName'), p('longName'))",
    "contains(p('numbers'), -1)",
    "contains(p('rows'), p('rows'))",
    "contains(p('rows'), p('numbered'))",
    "contains(p('letters'), 'b')",
    "contains(p('letters'), p('inside'))",
    "contains(p('members'), p('letters'))",
    "indexOf(p('letters'), p('inside'))",
    "lastIndexOf(p('letters'), p('inside'))",
    "startsWith(p('letters'), p('letters'))",
    "string(p('numbers'))",
    "string(p('rows'))",
    "string(p('numbered'))",
    "string(p('members'))",
    "concat(p('letters'), p('letters'))",
    "concat(p('numbers'), p('numbers'))",
    "replace(p('letters'), 'a', 'bb')",
    "replace(p('letters'), p('inside'), '')",
    "replace(p('letters'), 'a', p('letters'))",
    "split(p('letters'), p('inside'))",
    "split(p('letters'), 'a')",
    "split(p('letters'), createArray('a', 'b'))",
    "join(p('texts'), p('letters'))",
    "format(p('letters'), p('letters'))",
    "json(p('json'))",
    "items(p('members'))",
    "items(p('longName'))",
    "flatten(p('rows'))",
    "max(p('numbers'))",
    "toUpper(p('letters'))",
    "first(p('letters'))",
    "tryGet(p('members'), p('letters'))",
    "tryGet(p('longName'), 'other')",
    "p('members')[p('letters')]",
    "variables(p('letters'))",
  ])("%s", (call) => {
    const expression = `[map(range(0, 10000), lambda('x', ${call.replaceAll("p('", "parameters('")}))]`;
    within(3_000, () => evaluate(expression, createScope({ parameters: declared }, parameters)));
  });

  test("a copy with a long name", () => {
    const copied = { copy: [{ name: "rows", count: 800, input: { [letters]: 1 } }] };
    within(3_000, () => writtenField(copied, createScope({}, {})));
  });
});
