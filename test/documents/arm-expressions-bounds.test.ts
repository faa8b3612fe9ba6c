import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Budget } from "../../shared/documents/arm/expressions/budget";
import { evaluate } from "../../shared/documents/arm/expressions/evaluate";
import { writtenField } from "../../shared/documents/arm/expressions/field";
import { functions } from "../../shared/documents/arm/expressions/functions/functions";
import { instancesOf } from "../../shared/documents/arm/expressions/instances";
import { segmentsOfName } from "../../shared/documents/arm/expressions/names";
import { createScope } from "../../shared/documents/arm/expressions/scope";
import { specialForms } from "../../shared/documents/arm/expressions/special";
import type { Value } from "../../shared/documents/arm/expressions/values";
import { isList, isObject, UNKNOWN } from "../../shared/documents/arm/expressions/values";
import type { JsonObject } from "../../shared/documents/json";

const U = UNKNOWN;

/** What the host does not know in a parameter, in these tests. */
const mark = "<?>";

/** Does the value that less is known of leave every answer as it is that it still gives? */
function agrees(less: Value, more: Value): boolean {
  if (less === UNKNOWN) return true;
  if (isList(less)) {
    return (
      isList(more) && less.length === more.length && less.every((item, i) => agrees(item, more[i] ?? null))
    );
  }
  if (isObject(less)) {
    const names = Object.keys(less);
    return (
      isObject(more) &&
      names.length === Object.keys(more).length &&
      names.every((name) => name in more && agrees(less[name] ?? null, more[name] ?? null))
    );
  }
  return less === more;
}

const names = [...functions.keys(), ...specialForms.keys()];

/** Few words, so that they meet. */
const word = fc.constantFrom(
  "a",
  "b",
  "A",
  "a,b",
  "true",
  "1",
  "",
  "p0",
  "p1",
  "{0}",
  "{0}/{1}",
  "null",
  '{"a":1}',
);

const { expression } = fc.letrec<{ expression: string; leaf: string; call: string }>((tie) => ({
  leaf: fc.oneof(
    word.map((text) => `'${text}'`),
    fc.integer({ min: -2, max: 4 }).map(String),
    fc.constantFrom("true()", "false()", "null()", "createObject()", "createArray()"),
    fc.constantFrom("parameters('p0')", "parameters('p1')", "parameters('p2')", "variables('v')"),
    fc.constantFrom("parameters('p0').a", "parameters('p1')[0]", "lambdaVariables('x')"),
  ),
  call: fc.oneof(
    fc
      .tuple(fc.constantFrom(...names), fc.array(tie("expression"), { maxLength: 3 }))
      .map(([name, values]) => `${name}(${values.join(", ")})`),
    fc
      .tuple(fc.constantFrom("map", "filter"), tie("expression"), tie("expression"))
      .map(([name, list, body]) => `${name}(${list}, lambda('x', ${body}))`),
    fc
      .tuple(
        fc.constantFrom("equals", "union", "coalesce", "contains", "and", "or"),
        tie("expression"),
        tie("expression"),
      )
      .map(([name, one, other]) => `${name}(${one}, ${other})`),
    fc
      .tuple(tie("expression"), tie("expression"), tie("expression"))
      .map(([condition, one, other]) => `if(${condition}, ${one}, ${other})`),
    fc.tuple(tie("expression"), word).map(([of, name]) => `createObject('${name}', ${of})`),
    fc
      .tuple(tie("call"), fc.constantFrom(".a", "[0]", ".?b", "[?1]", "['A']"))
      .map(([of, step]) => of + step),
  ),
  expression: fc.oneof({ depthSize: "small", withCrossShrink: true }, tie("leaf"), tie("call")),
}));

const json = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small" },
    fc.constantFrom<unknown>("a", "b", "A", "a,b", "", null, true, false, 0, 1, 2),
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom("a", "b", "A", "c"), tie("value"), { maxKeys: 3 }),
  ),
})).value;

/** The same value, of which some parts are not known. */
function blurred(value: unknown, hide: () => boolean): unknown {
  if (hide()) return mark;
  if (Array.isArray(value)) return value.map((item) => blurred(item, hide));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, blurred(each, hide)]));
}

const variables = { v: { a: "[parameters('p1')]", b: ["[parameters('p0')]", "a"] } };

function withGiven(given: readonly unknown[], written: unknown): Value {
  const parameters = Object.fromEntries(given.map((value, i) => [`p${i}`, { value }]));
  return evaluate(written, createScope({ variables }, parameters, { isFilledIn: (value) => value === mark }));
}

describe("for any expression", () => {
  test("knowing less never changes an answer", () => {
    let decided = 0;
    fc.assert(
      fc.property(
        expression,
        fc.tuple(json, json, json),
        fc.infiniteStream(fc.nat(3)),
        (inside, given, chances) => {
          const hide = (): boolean => chances.next().value === 0;
          const less = withGiven(
            given.map((each) => blurred(each, hide)),
            `[${inside}]`,
          );
          const more = withGiven(given, `[${inside}]`);
          if (less !== UNKNOWN) decided++;
          const shown = { inside, given, less, more };
          expect(agrees(less, more) ? true : shown).toBe(true);
        },
      ),
      { numRuns: 20_000 },
    );
    expect(decided).toBeGreaterThan(2_000);
  });

  test("the same question has the same answer", () => {
    fc.assert(
      fc.property(expression, fc.tuple(json, json, json), (inside, given) => {
        expect(withGiven(given, `[${inside}]`)).toEqual(withGiven(given, `[${inside}]`));
      }),
    );
  });
});

describe("nothing throws", () => {
  test("on any text", () => {
    const piece = fc.oneof(
      fc.constantFrom(..."[]()'.,?[[ '' -1 {0} a a( parameters('p0')".split(" ")),
      fc.string(),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        evaluate(`[${pieces.join("")}]`, createScope({}, {}));
        segmentsOfName(`[${pieces.join("")}]`, createScope({}, {}));
      }),
      { numRuns: 5_000 },
    );
  });

  test("on any template and parameters", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), fc.jsonValue(), (parameters, variables, given) => {
        const scope = createScope({ parameters, variables, definitions: variables }, given);
        for (const name of ["a", "p0", "", "copy", "__proto__"]) {
          evaluate(`[parameters('${name}')]`, scope);
          evaluate(`[variables('${name}')]`, scope);
        }
        evaluate(variables, scope);
        instancesOf({ copy: parameters, condition: variables }, scope);
      }),
      { numRuns: 2_000 },
    );
  });
});

/** Evaluates within a time that is far more than it should take, and far less than a hang. */
function within(limit: number, run: () => unknown): void {
  const start = performance.now();
  run();
  expect(performance.now() - start).toBeLessThan(limit);
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

describe("what is hostile ends as unknown", () => {
  const hostile: Readonly<Record<string, readonly [written: unknown, template: JsonObject]>> = {
    "100,000 brackets": ["[" + "(".repeat(100_000) + ")".repeat(100_000) + "]", {}],
    "100,000 calls in each other": ["[" + "not(".repeat(100_000) + "true()" + ")".repeat(100_000) + "]", {}],
    "as many as an expression holds": ["[" + "not(".repeat(4_000) + "true()" + ")".repeat(4_000) + "]", {}],
    "as many indices": ["[" + "parameters('a')[".repeat(1_000) + "0" + "]".repeat(1_000) + "]", {}],
    "brackets only": ["[" + " [".repeat(10_000) + "]", {}],
    "a text without end": ["['" + "''".repeat(10_000) + "]", {}],
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
    "copies in copies": [
      [1, 2, 3, 4].reduce<unknown>(
        (input, i) => ({ copy: [{ name: `a${i}`, count: 800, input }] }),
        "[copyIndex('a1')]",
      ),
      {},
    ],
    "maps in maps": [
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

  test("names that spell each other", () => {
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

  test("deep JSON, of which the outer part is read", () => {
    const deep: unknown = JSON.parse("[".repeat(100_000) + "]".repeat(100_000));
    within(3_000, () => {
      evaluate(deep, createScope({}, {}));
      const scope = createScope({}, { p: { value: { deep, a: 1 } } });
      expect(evaluate("[parameters('p').a]", scope)).toBe(1);
      const text = "[".repeat(100_000) + "]".repeat(100_000);
      evaluate("[json(parameters('t'))]", createScope({}, { t: { value: text } }));
    });
  });

  test("a large part is not known, and its neighbours are", () => {
    const value = evaluate(
      { copy: [{ name: "large", count: 120, input: "[range(0, 1000)]" }], engine: "cilium" },
      createScope({}, {}),
    );
    expect(value).toMatchObject({ engine: "cilium" });
  });

  test("many parameters are found at once", () => {
    const parameters = Object.fromEntries(
      Array.from({ length: 20_000 }, (_, i) => [`p${i}`, { defaultValue: i }]),
    );
    const written = Array.from({ length: 20_000 }, (_, i) => `[parameters('P${i}')]`);
    within(3_000, () => {
      const value = evaluate(written, createScope({ parameters }, {}));
      expect(isList(value) && value[19_999]).toBe(19_999);
    });
  });

  test("a budget that is used up answers nothing more", () => {
    const scope = createScope({}, {}, { budget: new Budget(20) });
    expect(evaluate("[add(1, 1)]", scope)).toBe(2);
    expect(evaluate("[range(0, 100)]", scope)).toBe(U);
    expect(evaluate("[add(1, 1)]", scope)).toBe(U);
    expect(evaluate("plain", scope)).toBe(U);
  });
});
