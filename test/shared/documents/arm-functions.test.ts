import { describe, expect, test } from "vitest";
import { evaluate } from "../../../shared/documents/arm/expressions/evaluate";
import { functions } from "../../../shared/documents/arm/expressions/functions/functions";
import { createScope } from "../../../shared/documents/arm/expressions/scope";
import type { Value } from "../../../shared/documents/arm/expressions/values";
import { UNKNOWN } from "../../../shared/documents/arm/expressions/values";

const U = UNKNOWN;
const open = "parameters('open')";

const sizes = { half: "a".repeat(500_000), whole: "a".repeat(1_000_000), thousand: "a".repeat(1_000) };
const template = {
  parameters: { open: { type: "string" } },
  variables: {
    grid: { copy: [{ name: "rows", count: 90, input: "[range(0, 1000)]" }] },
  },
};
const given = Object.fromEntries(Object.entries(sizes).map(([name, value]) => [name, { value }]));
const declared = Object.fromEntries(Object.keys(sizes).map((name) => [name, { type: "string" }]));

function valueOf(expression: string): Value {
  const parameters = { ...template.parameters, ...declared };
  return evaluate(`[${expression}]`, createScope({ ...template, parameters }, given));
}

/** Arguments of each kind. */
const kinds = {
  text: ["'x'", "''", "'1'"],
  number: ["1", "0"],
  fraction: ["1.5"],
  bool: ["true()", "false()"],
  null: ["null()"],
  list: ["createArray()", "createArray(1)", "createArray('x')", "createArray(createArray('x'))"],
  object: ["createObject()", "createObject('x', 1)", "createObject('length', 1)"],
  unknown: [open],
};
type Kind = keyof typeof kinds;

const all = Object.keys(kinds) as readonly Kind[];
const except = (...taken: readonly Kind[]): readonly Kind[] => all.filter((kind) => !taken.includes(kind));
const notText = except("text");
const notNumber = except("number");
const notTextOrNumber = except("text", "number");
const compound = ["null", "list", "object", "unknown"] as const;

type Argument = readonly [written: string, refused: readonly Kind[]];

/** Calls with a known result, and for each argument the kinds that the function does not take. */
const refusals: readonly (readonly [name: string, ...Argument[]])[] = [
  ["not", ["true()", except("bool")]],
  ["bool", ["1", ["fraction", ...compound]]],
  ["equals", ["'x'", ["unknown"]], ["'x'", ["unknown"]]],
  ["greater", ["1", notNumber], ["1", notNumber]],
  ["greaterOrEquals", ["1", notNumber], ["1", notNumber]],
  ["less", ["1", notNumber], ["1", notNumber]],
  ["lessOrEquals", ["1", notNumber], ["1", notNumber]],
  ["int", ["1", ["fraction", "bool", ...compound]]],
  ["add", ["1", notNumber], ["1", notNumber]],
  ["sub", ["1", notNumber], ["1", notNumber]],
  ["mul", ["1", notNumber], ["1", notNumber]],
  ["div", ["1", notNumber], ["1", notNumber]],
  ["mod", ["1", notNumber], ["1", notNumber]],
  ["min", ["1", notNumber], ["1", notNumber]],
  ["max", ["1", notNumber], ["1", notNumber]],
  ["min", ["1", ["text", "fraction", "bool", "null", "object", "unknown"]]],
  ["concat", ["'x'", except("text", "number")], ["'x'", except("text", "number")]],
  ["concat", ["createArray(1)", except("list")], ["createArray(1)", except("list")]],
  ["contains", ["createArray(1)", ["number", "fraction", "bool", "null", "unknown"]], ["1", []]],
  ["contains", ["'x1true'", except("text", "list", "object")], ["'x'", notText]],
  ["contains", ["createObject('x', 1)", ["number", "bool", "null", "unknown"]], ["'x'", notText]],
  ["empty", ["'x'", ["number", "fraction", "bool", "unknown"]]],
  ["length", ["'x'", ["number", "fraction", "bool", "null", "unknown"]]],
  ["first", ["'x'", except("text", "list")]],
  ["last", ["'x'", except("text", "list")]],
  ["skip", ["'x'", except("text", "list")], ["1", notNumber]],
  ["take", ["'x'", except("text", "list")], ["1", notNumber]],
  ["skip", ["createArray(1)", except("text", "list")], ["1", notNumber]],
  ["take", ["createArray(1)", except("text", "list")], ["1", notNumber]],
  ["range", ["1", notNumber], ["1", notNumber]],
  ["array", ["'x'", ["list", "unknown"]]],
  ["flatten", ["createArray(createArray('x'))", except("list")]],
  ["join", ["createArray('x', 'x')", except("list")], ["','", notText]],
  ["format", ["'x{0}'", notText], ["'x'", ["fraction", ...compound]]],
  ["string", ["'x'", ["fraction", "null", "unknown"]]],
  ["toLower", ["'x'", notText]],
  ["toUpper", ["'x'", notText]],
  ["trim", ["'x'", notText]],
  ["replace", ["'x1'", notText], ["'x'", notText], ["'y'", notText]],
  ["startsWith", ["'x'", notText], ["'x'", notText]],
  ["endsWith", ["'x'", notText], ["'x'", notText]],
  ["indexOf", ["'x'", notText], ["'x'", notText]],
  ["lastIndexOf", ["'x'", notText], ["'x'", notText]],
  ["split", ["'x1'", notText], ["'x'", except("text", "list")]],
  ["split", ["'x1'", notText], ["createArray('x', '1')", []]],
  ["substring", ["'xyz'", notText], ["1", notNumber]],
  ["substring", ["'xyz'", notText], ["1", notNumber], ["1", notNumber]],
  ["padLeft", ["'x'", notTextOrNumber], ["1", notNumber]],
  ["padLeft", ["'x'", notTextOrNumber], ["3", notNumber], ["'x'", notText]],
  ["createObject", ["'x'", notText], ["1", []]],
  ["union", ["createArray(1)", except("list")], ["createArray(1)", except("list")]],
  ["union", ["createObject('x', 1)", except("object")], ["createObject('x', 1)", except("object")]],
  ["intersection", ["createArray(1)", except("list")], ["createArray(1)", except("list")]],
  ["intersection", ["createObject('x', 1)", except("object")], ["createObject('x', 1)", except("object")]],
  ["shallowMerge", ["createArray(createObject('x', 1))", except("list")]],
  ["items", ["createObject('x', 1)", except("object")]],
  ["tryGet", ["createObject('x', 1)", except("object", "null")], ["'x'", notText]],
  ["tryGet", ["createArray(1)", except("list", "null")], ["0", notNumber]],
  ["tryGet", ["null()", except("object", "null")], ["'x'", ["unknown"]]],
  ["json", ["'1'", notText]],
];

function callOf(name: string, written: readonly Argument[]): string {
  return `${name}(${written.map(([each]) => each).join(", ")})`;
}

describe("what a function does not take makes its result unknown", () => {
  test.each(refusals.map(([name, ...written]) => ({ name, written, call: callOf(name, written) })))(
    "$call",
    ({ name, written, call }) => {
      const others = written.flatMap(([, refused], position) =>
        refused
          .flatMap((kind) => kinds[kind])
          .map((other) =>
            callOf(
              name,
              written.map((each, i): Argument => (i === position ? [other, []] : each)),
            ),
          ),
      );
      expect([call, ...others].filter((each) => valueOf(each) !== U)).toEqual([call]);
    },
  );
});

test("every function of at least one value is in the table", () => {
  const inTable = new Set(refusals.map(([name]) => name.toLowerCase()));
  const missing = [...functions].filter(([name, { most }]) => most > 0 && !inTable.has(name));
  expect(missing.map(([name]) => name)).toEqual(["createarray"]);
});

type Row = readonly [expression: string, value: unknown];

const edges: Readonly<Record<string, readonly Row[]>> = {
  logic: [
    ["bool(true())", true],
    ["bool(false())", false],
    ["bool('FALSE')", false],
    ["bool(1)", true],
    ["bool('')", U],
    ["greater(1, 1)", false],
    ["greaterOrEquals(1, 1)", true],
    ["greaterOrEquals(2, 1)", true],
    ["less(1, 1)", false],
    ["less(1, 2)", true],
    ["lessOrEquals(1, 1)", true],
    ["lessOrEquals(2, 1)", false],
  ],
  comparisons: [
    [`equals('a', ${open})`, U],
    [`equals(createArray(1), ${open})`, U],
    ["equals(createArray(1), createArray(1, 2))", false],
    ["equals(createArray(1, 2), createArray(1))", false],
    ["equals(createObject('a', 1), createObject('b', 1))", false],
    ["equals(createObject('a', 1, 'b', 1), createObject('a', 1))", false],
    ["equals(createObject('a', 1), createObject('a', 1, 'b', 1))", false],
    [`if(${open}, createArray('a', 'b'), 'ab')`, U],
    [`if(${open}, createArray(), createObject())`, U],
    [`if(${open}, createArray(1), createArray(1, 2))`, U],
    [`if(${open}, createObject(), createArray())`, U],
    [`if(${open}, createObject('a', 1), 'a')`, U],
    [`if(${open}, createObject('a', 1), createObject('a', 1, 'b', 2))`, U],
    [`if(${open}, ${open}, 1)`, U],
    [`if(${open}, 1, ${open})`, U],
    // As cheap as the smaller of the two values.
    ["length(filter(range(0, 50), lambda('x', contains(variables('grid').rows, 'x'))))", 0],
  ],
  numbers: [
    ["int('-1')", -1],
    ["int('1x')", U],
    ["int('1e3')", U],
    ["int(' 1')", U],
    ["int('x1')", U],
    ["int('9007199254740991')", 9_007_199_254_740_991],
    ["int('9007199254740992')", U],
    ["mul(0, -1)", 0],
    ["mod(-3, 3)", 0],
    ["min(2, 1)", 1],
    ["max(1, 2)", 2],
    ["max(createArray(3), 1)", U],
    ["max(1, createArray(3))", U],
    ["min(createArray('a'))", U],
  ],
  lists: [
    ["empty(createObject('a', 1))", false],
    ["first('abc')", "a"],
    ["string(take(createArray(1, 2), 1))", "[1]"],
    ["string(skip(createArray(1, 2), 1))", "[2]"],
    ["take('abc', 2)", "ab"],
    ["skip('abc', 2)", "c"],
    ["skip(createArray(1, 2), -1)", [1, 2]],
    ["length(range(0, 10000))", 10_000],
    ["range(2147483646, 1)", [2_147_483_646]],
    ["range(2147483646, 2)", U],
    ["range(-2147483648, 1)", [-2_147_483_648]],
    ["flatten(createArray('a'))", U],
    ["flatten(createArray(createArray(createArray(1))))", [[1]]],
    ["flatten(createArray(createArray(1), 'a'))", U],
    ["join(createArray(createArray('a')), '-')", U],
    ["join(createArray('a', true()), '-')", U],
    ["array(null())", [null]],
    [`array(createObject('a', ${open}))`, [{ a: U }]],
    // Texts and numbers are looked up, whatever their number.
    ["length(union(range(0, 10000), range(0, 10000)))", 10_000],
    [
      "length(union(map(range(0, 9000), lambda('x', string(lambdaVariables('x')))), createArray('1')))",
      9_000,
    ],
    [
      "length(union(range(0, 9000), map(range(0, 40), lambda('x', createArray(lambdaVariables('x'))))))",
      9_040,
    ],
    ["union(createArray(1, '1', true(), null()), createArray(null(), true(), '1', 1))", [1, "1", true, null]],
    [
      "union(createArray(createObject('a', 1)), createArray(createObject('a', 1), createObject('a', 2)))",
      [{ a: 1 }, { a: 2 }],
    ],
    ["union(createArray(2, 1, 2))", [2, 1]],
    [`union(createArray(1), createArray(${open}))`, U],
    [`union(createArray(createArray(${open})))`, U],
    ["intersection(createArray(1, 2, 1))", [1, 2]],
    ["intersection(createArray(3, 1, 2, 1), createArray(1, 2, 3), createArray(1, 3))", [3, 1]],
    ["intersection(createArray(1), createArray(2), createArray(1))", []],
    ["intersection(createArray(createArray(1)), createArray(2, createArray(1)))", [[1]]],
    [`intersection(createArray(${open}), createArray(1))`, U],
    [`intersection(createArray(1), createArray(1, ${open}))`, U],
    ["intersection(createArray(1), createObject())", U],
    ["intersection(createObject(), createArray())", U],
  ],
  texts: [
    ["string(false())", "False"],
    ["string(createArray(null(), 'a', createObject()))", '[null,"a",{}]'],
    ["string(createArray(createObject('1', 2)))", U],
    ["string(createArray(1, createObject('12', 2)))", U],
    ["string(createObject('a', createObject('1', 2)))", U],
    ["string(createObject('1a', 2))", '{"1a":2}'],
    ["string(createObject('a1', 2))", '{"a1":2}'],
    [`string(createArray(${open}))`, U],
    ["string(json('[1, {\"a\": true}]'))", '[1,{"a":true}]'],
    ['string(json(\'{"a": 1, "b": 2}\'))', '{"a":1,"b":2}'],
    ["format('{10}', 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 'ten')", "ten"],
    ["format('{0}{', 1)", U],
    ["format('}', 1)", U],
    ["format('a{{0}}b{0}', 1)", "a{0}b1"],
    ["format('{{{0}}}', 1)", "{1}"],
    ["format('{}', 1)", U],
    ["format('{ 0}', 1)", U],
    ["format('{-1}', 1)", U],
    ["format('{0}', false())", "False"],
    ["indexOf('İstanbul', 'i')", U],
    ["indexOf('istanbul', 'İ')", U],
    ["startsWith('İ', 'İ')", U],
    ["toLower('İ')", U],
    ["startsWith('ab', 'b')", false],
    ["replace('aXbXc', 'X', '')", "abc"],
    ["replace('abab', 'ab', 'a')", "aa"],
    ["split('a--b', '--')", ["a", "b"]],
    ["split('a-b', createArray('-'))", ["a", "b"]],
    ["split('-a;b', createArray('-', ';'))", ["", "a", "b"]],
    ["split('a-;', createArray('-', ';'))", ["a", "", ""]],
    ["split('a-b', createArray('-', '--'))", U],
    ["split('a-b', createArray('-', ''))", U],
    ["split('a-b', createArray('-', 1))", U],
    ["split('a-b', createArray('-', createArray('-')))", U],
    ["split('a-b', createArray(1, '-'))", U],
    ["split('a', createArray())", U],
    ["substring('abc', 0)", "abc"],
    ["substring('abc', 3)", ""],
    ["substring('abc', 4)", U],
    ["substring('abc', -1)", U],
    ["substring('abc', -1, 2)", U],
    ["substring('abc', 0, 3)", "abc"],
    ["substring('abc', 1, 3)", U],
    ["substring('abc', 1, 0)", ""],
    ["substring('abc', 2, -1)", U],
    ["padLeft('a', 3)", "  a"],
    ["padLeft(1, 3)", "  1"],
    ["padLeft('abc', 0)", "abc"],
    ["padLeft('abc', -1)", U],
    ["padLeft('a', 3, '')", U],
    ["padLeft('a', 3, '00')", U],
  ],
  objects: [
    ["createObject('a', 1, 'b')", U],
    ["createObject('straße', 1, 'strasse', 2)", { straße: 1, strasse: 2 }],
    ["union(createObject('straße', 1), createObject('strasse', 2))", { straße: 1, strasse: 2 }],
    ["union(createObject('a', null()), createObject('a', null()))", { a: null }],
    ["union(createObject('a', createObject('x', 1)), createObject('a', 2))", { a: 2 }],
    ["union(createObject('a', 2), createObject('a', createObject('x', 1)))", { a: { x: 1 } }],
    ["intersection(createObject('a', null()), createObject())", {}],
    ["intersection(createObject('a', createObject()), createObject('b', 1))", {}],
    ["intersection(createObject('a', createArray(1)), createObject('a', createArray(1)))", { a: [1] }],
    [
      "intersection(createObject('a', createObject('x', 1)), createObject('a', createObject('x', 1)))",
      { a: { x: 1 } },
    ],
    ["intersection(createObject('a', createObject('x', 1)), createObject('a', createObject('x', 2)))", U],
    [`intersection(createObject('a', ${open}), createObject('a', 1))`, U],
    [`intersection(createObject('a', 1), createObject('a', ${open}))`, U],
    ["intersection(createObject('a', 1), createObject('a', 1, 'b', 2), createObject('a', 2))", {}],
    ["intersection(createObject('a', 1))", { a: 1 }],
    ["shallowMerge(createArray())", {}],
    ["items(createObject('a b', 1))", U],
    ["items(createObject('a-', 1))", U],
    ["items(createObject('-a', 1))", U],
    ["items(createObject('ab12', 1))", [{ key: "ab12", value: 1 }]],
    ['items(json(\'{"A": 1, "a": 2}\'))', U],
    ["items(createObject())", []],
    [`tryGet(null(), ${open})`, U],
    [`tryGet(createObject('a', 1), ${open})`, U],
    ["tryGet(createArray(1), 1)", null],
    ["tryGet(createArray(1), 1.5)", U],
    ["tryGet(createArray(createObject('a', 1)), 0, 'a')", 1],
    ["json('')", U],
    ["json('1.5')", 1.5],
    ["json('\"a\"')", "a"],
    ["json('true')", true],
    ["createObject('a', 1)[?parameters('open')]", U],
    ["createArray(1)[?parameters('open')]", U],
    ["parameters('open').?a", U],
    ["parameters('open').a", U],
  ],
  "the longest text": [
    ["length(concat(parameters('half'), parameters('half')))", 1_000_000],
    ["concat(parameters('half'), parameters('half'), 'a')", U],
    ["length(replace(parameters('thousand'), 'a', parameters('thousand')))", 1_000_000],
    ["replace(concat(parameters('thousand'), 'a'), 'a', parameters('thousand'))", U],
    ["replace(parameters('half'), 'a', parameters('half'))", U],
    ["format(replace(parameters('thousand'), 'a', '{0}'), parameters('whole'))", U],
    ["length(padLeft('a', 1000000))", 1_000_000],
    ["padLeft('a', 1000001)", U],
    ["padLeft('a', 1000000000)", U],
  ],
};

describe.each(Object.entries(edges))("at the edges: %s", (_, rows) => {
  test.each(rows)("%s", (expression, value) => {
    expect(valueOf(expression)).toEqual(value);
  });
});
