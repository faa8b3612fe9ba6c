import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { evaluate } from "../../shared/documents/arm/expressions/evaluate";
import { functions } from "../../shared/documents/arm/expressions/functions/functions";
import { instancesOf } from "../../shared/documents/arm/expressions/instances";
import { segmentsOfName } from "../../shared/documents/arm/expressions/names";
import { createScope } from "../../shared/documents/arm/expressions/scope";
import { specialForms } from "../../shared/documents/arm/expressions/special";
import type { Value } from "../../shared/documents/arm/expressions/values";
import { isList, isObject, UNKNOWN } from "../../shared/documents/arm/expressions/values";
import { propertyRuns } from "../support/property-runs";

/** Marks unknown values in a parameter in these tests. */
const mark = "<?>";

/** Does the value with less knowledge agree with the other one wherever it is known? */
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

/** Few words, so that they coincide. */
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

const { expression } = fc.letrec<Record<"expression" | "leaf" | "call", string>>((tie) => ({
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

const {
  value: json,
  object,
  list,
} = fc.letrec<{ value: unknown; object: unknown; list: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small" },
    fc.constantFrom<unknown>("a", "b", "A", "a,b", "", null, true, false, 0, 1, 2),
    tie("list"),
    tie("object"),
  ),
  list: fc.array(tie("value"), { maxLength: 3 }),
  object: fc.dictionary(fc.constantFrom("a", "b", "A", "c"), tie("value"), { maxKeys: 3 }),
}));

/** Many functions take several objects or lists, and are most interesting if these share parts. */
const givens = fc.oneof(
  fc.tuple(json, json, json),
  fc.tuple(object, object, json),
  fc.tuple(list, list, json),
  fc.tuple(json, json).map(([one, other]) => [one, one, other]),
);

/** The same value with some parts unknown. */
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

/** Compares the results with less and with full knowledge; returns the difference as a failure. */
function checked(inside: string, given: readonly unknown[], hide: () => boolean): Value {
  const less = withGiven(
    given.map((each) => blurred(each, hide)),
    `[${inside}]`,
  );
  const more = withGiven(given, `[${inside}]`);
  expect(agrees(less, more) ? true : { inside, given, less, more }).toBe(true);
  return less;
}

describe("knowing less never changes a result", () => {
  test("of any expression", () => {
    let decided = 0;
    const runs = propertyRuns(10_000);
    fc.assert(
      fc.property(expression, givens, fc.infiniteStream(fc.nat(3)), (inside, given, chances) => {
        if (checked(inside, given, () => chances.next().value === 0) !== UNKNOWN) decided++;
      }),
      runs,
    );
    expect(decided).toBeGreaterThan(runs.numRuns / 10);
  });

  test.each(names)("of %s", (name) => {
    const values = ["parameters('p0')", "parameters('p1')", "parameters('p2')"];
    fc.assert(
      fc.property(fc.nat(3), givens, fc.infiniteStream(fc.nat(5)), (count, given, chances) => {
        checked(`${name}(${values.slice(0, count).join()})`, given, () => chances.next().value === 0);
      }),
      propertyRuns(1_000),
    );
  });
});

test("the same expression has the same result", () => {
  fc.assert(
    fc.property(expression, givens, (inside, given) => {
      expect(withGiven(given, `[${inside}]`)).toEqual(withGiven(given, `[${inside}]`));
    }),
  );
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
      propertyRuns(5_000),
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
      propertyRuns(2_000),
    );
  });
});
