import { describe, expect, test } from "vitest";
import { evaluate, expandPropertyCopies } from "../../../shared/documents/arm/expressions/evaluate";
import { valueField, writtenField } from "../../../shared/documents/arm/expressions/field";
import { conditionOf, instancesOf, scopeOfNested } from "../../../shared/documents/arm/expressions/instances";
import type { Scope } from "../../../shared/documents/arm/expressions/scope";
import { createScope } from "../../../shared/documents/arm/expressions/scope";
import { UNKNOWN } from "../../../shared/documents/arm/expressions/values";
import type { JsonObject } from "../../../shared/documents/json";
import type { Field } from "../../../shared/reading/field";

const U = UNKNOWN;

function scopeWith(given: JsonObject, template: JsonObject = {}): Scope {
  return createScope(
    template,
    Object.fromEntries(Object.entries(given).map(([name, value]) => [name, { value }])),
  );
}

function child(field: Field, ...names: readonly string[]): Field {
  const [name, ...others] = names;
  if (name === undefined) return field;
  if (field.kind === "object") return child(field.child(name), ...others);
  return { kind: "absent" };
}

describe("property copies", () => {
  const pools = [
    { name: "lin", osType: "Linux" },
    { name: "win", osType: "Windows" },
  ];
  const properties = {
    networkProfile: { networkPolicy: "cilium" },
    copy: [
      {
        name: "agentPoolProfiles",
        count: "[length(parameters('pools'))]",
        input: { osType: "[parameters('pools')[copyIndex('agentPoolProfiles')].osType]" },
      },
    ],
  };

  test("produce a list from the parameter", () => {
    const expanded = {
      networkProfile: { networkPolicy: "cilium" },
      agentPoolProfiles: [{ osType: "Linux" }, { osType: "Windows" }],
    };
    expect(evaluate(properties, scopeWith({ pools }))).toEqual(expanded);
    expect(expandPropertyCopies(properties, scopeWith({ pools }))).toEqual(expanded);
    const field = child(
      writtenField({ properties }, scopeWith({ pools })),
      "properties",
      "AgentPoolProfiles",
    );
    expect(field.kind === "list" && field.items().map((item) => child(item, "OSTYPE"))).toEqual([
      { kind: "scalar", value: "Linux" },
      { kind: "scalar", value: "Windows" },
    ]);
  });

  test("produce an unknown list if the count is unknown", () => {
    expect(evaluate(properties, createScope({}, U))).toEqual({
      networkProfile: { networkPolicy: "cilium" },
      agentPoolProfiles: U,
    });
  });

  test("have known items where the input is known", () => {
    const unsure = scopeWith({ pools: [pools[0], "?", pools[1]] });
    const given = createScope(
      {},
      unsure.template.given.kind === "literal" ? unsure.template.given.parameters : U,
      {
        isFilledIn: (value) => value === "?",
      },
    );
    expect(evaluate(properties, given)).toMatchObject({
      agentPoolProfiles: [{ osType: "Linux" }, { osType: U }, { osType: "Windows" }],
    });
  });

  test("may be nested, next to a copy of the resource", () => {
    const written = {
      copy: [
        {
          name: "a",
          count: 2,
          input: {
            copy: [{ name: "b", count: 2, input: "[format('{0}{1}', copyIndex('a'), copyIndex('b', 5))]" }],
          },
        },
        { name: "c", count: 0, input: 1 },
      ],
    };
    expect(evaluate(written, scopeWith({}))).toEqual({
      a: [{ b: ["05", "06"] }, { b: ["15", "16"] }],
      c: [],
    });
    const { all } = instancesOf({ copy: { name: "loop", count: 2 } }, scopeWith({}));
    const inside = {
      copy: [{ name: "x", count: 1, input: "[format('{0}{1}', copyIndex(10), copyIndex('x'))]" }],
    };
    expect(all.map(({ scope }) => evaluate(inside, scope))).toEqual([{ x: ["100"] }, { x: ["110"] }]);
  });

  test("have an index by name or by resource, with an offset, as far as that is clear", () => {
    const loops = { copy: { name: "loop", count: 1 } };
    const [outer] = instancesOf(loops, scopeWith({})).all;
    const [inner] = instancesOf(loops, outer?.scope ?? scopeWith({})).all;
    const [other] = instancesOf({ copy: { name: "other", count: 1 } }, outer?.scope ?? scopeWith({})).all;
    const values = [outer, inner, other].map((each) =>
      [
        "[copyIndex()]",
        "[copyIndex(2)]",
        "[copyIndex('LOOP', 3)]",
        "[copyIndex(1, 2)]",
        "[copyIndex('loop', 1, 2)]",
        "[copyIndex('loop', 'x')]",
      ].map((written) => evaluate(written, each?.scope ?? scopeWith({}))),
    );
    expect(values).toEqual([
      [0, 2, 3, U, U, U],
      [U, U, 3, U, U, U],
      [U, U, 3, U, U, U],
    ]);
  });

  test.each([[801], [-1], [1.5], ["2"], [null]])("are unknown if Azure rejects the count %s", (count) => {
    expect(evaluate({ copy: [{ name: "a", count, input: 1 }] }, scopeWith({}))).toEqual({ a: U });
  });

  test("replace what is written next to them under the same name", () => {
    expect(evaluate({ a: 1, copy: [{ name: "a", count: 1, input: 1 }] }, scopeWith({}))).toEqual({ a: U });
  });

  test("a different list named copy is an ordinary list", () => {
    expect(evaluate({ copy: [1, "a"] }, scopeWith({}))).toEqual({ copy: [1, "a"] });
  });
});

describe("conditions", () => {
  const template = { parameters: { createCluster: { type: "bool" }, byDefault: { defaultValue: false } } };
  test.each([
    ["[parameters('createCluster')]", { createCluster: false }, false],
    ["[parameters('createCluster')]", { createCluster: true }, true],
    ["[parameters('createCluster')]", {}, U],
    ["[parameters('byDefault')]", {}, false],
    ["[and(parameters('byDefault'), parameters('createCluster'))]", {}, false],
    [false, {}, false],
    [true, {}, true],
    [undefined, {}, true],
    [null, {}, true],
    ["false", {}, U],
  ])("%s with %o", (condition, given, truth) => {
    expect(conditionOf({ condition }, scopeWith(given, template))).toBe(truth);
    expect(instancesOf({ condition }, scopeWith(given, template)).all.map(({ exists }) => exists)).toEqual(
      truth === false ? [] : [truth],
    );
  });
});

describe("copies of a resource", () => {
  const resource = {
    name: "[format('aks{0}', copyIndex(1))]",
    copy: { name: "clusters", count: "[parameters('count')]" },
    condition: "[not(equals(copyIndex('clusters'), 1))]",
  };

  test("have an index and a condition each", () => {
    const { all, isCountKnown } = instancesOf(resource, scopeWith({ count: 3 }));
    expect(isCountKnown).toBe(true);
    expect(all.map(({ scope, exists }) => [evaluate(resource.name, scope), exists])).toEqual([
      ["aks1", true],
      ["aks3", true],
    ]);
  });

  test.each([[{}], [{ count: 5000 }], [{ count: "3" }]])("have an unknown number with %o", (given) => {
    const { all, isCountKnown } = instancesOf(resource, scopeWith(given));
    expect(isCountKnown).toBe(false);
    expect(all.map(({ scope, exists }) => [evaluate(resource.name, scope), exists])).toEqual([[U, U]]);
  });

  test("may be absent", () => {
    expect(instancesOf(resource, scopeWith({ count: 0 }))).toEqual({ all: [], isCountKnown: true });
  });
});

describe("nested templates", () => {
  const nested = {
    parameters: {
      engine: { defaultValue: "inner" },
      given: { type: "string" },
      nulled: { defaultValue: "default" },
    },
    variables: { v: "inner" },
  };
  const outer = {
    languageVersion: "2.0",
    parameters: { engine: { defaultValue: "outer" }, none: { type: "string", nullable: true } },
    variables: { v: "outer" },
  };
  const all = "[createArray(parameters('engine'), variables('v'))]";

  test.each([
    [{}, outer, ["inner", "inner"]],
    [{ expressionEvaluationOptions: { scope: "Inner" } }, {}, ["inner", "inner"]],
    [{ expressionEvaluationOptions: { scope: "outer" } }, outer, ["outer", "outer"]],
    [{}, { ...outer, languageVersion: undefined }, ["outer", "outer"]],
    [{ parameters: { engine: { value: "[variables('v')]" } } }, outer, ["outer", "inner"]],
    [{ parameters: { engine: { value: "[[variables('v')]" } } }, outer, ["[variables('v')]", "inner"]],
    [{ parameters: { ENGINE: { reference: {} } } }, outer, [U, "inner"]],
    [{ parameters: { engine: "[createObject('value', variables('v'))]" } }, outer, ["outer", "inner"]],
    [{ parameters: { engine: "[createObject('reference', 1)]" } }, outer, [U, "inner"]],
    [{ parameters: "[createObject('engine', createObject('value', 7))]" }, outer, [7, "inner"]],
    [{ parameters: "[reference('x')]" }, outer, [U, "inner"]],
    [{ parametersLink: { uri: "x" } }, outer, [U, "inner"]],
    [{ parameters: null }, outer, ["inner", "inner"]],
    [{ parameters: [] }, outer, [U, "inner"]],
    [{ parameters: { engine: { value: undefined } } }, outer, [U, "inner"]],
    [{ parameters: "[createObject('other', createObject('value', 7))]" }, outer, ["inner", "inner"]],
  ])("%o", (properties, around, value) => {
    const scope = scopeOfNested(properties, nested, around, createScope(outer, {}));
    expect(evaluate(all, scope)).toEqual(value);
  });

  test("get null for what is not supplied", () => {
    const properties = { parameters: { nulled: { value: "[parameters('none')]" }, given: { value: null } } };
    const scope = scopeOfNested(properties, nested, outer, createScope(outer, {}));
    expect(evaluate("[parameters('nulled')]", scope)).toBe("default");
  });

  test("get values that depend on the instance of the deployment", () => {
    const deployment = {
      copy: { name: "pools", count: 2 },
      properties: { parameters: { given: { value: "[createArray('a', 'b')[copyIndex()]]" } } },
    };
    const values = instancesOf(deployment, createScope(outer, {})).all.map(({ scope }) =>
      evaluate("[parameters('given')]", scopeOfNested(deployment.properties, nested, outer, scope)),
    );
    expect(values).toEqual(["a", "b"]);
  });
});

test.each([["x"], [5], [[]]])("parameters that are %o are unknown", (parameters) => {
  const template = { parameters: { engine: { defaultValue: "calico" } } };
  expect(evaluate("[parameters('engine')]", createScope(template, parameters))).toBe(U);
});

describe("what the AVM module compiles to", () => {
  const template = {
    languageVersion: "2.0",
    parameters: {
      networkDataplane: { type: "string", nullable: true },
      networkPolicy: { type: "string", nullable: true },
      primaryAgentPoolProfiles: { type: "array" },
    },
  };
  const properties = {
    agentPoolProfiles: "[parameters('primaryAgentPoolProfiles')]",
    networkProfile: {
      networkDataplane: "[parameters('networkDataplane')]",
      networkPolicy:
        "[if(equals(parameters('networkDataplane'), 'cilium'), 'cilium', parameters('networkPolicy'))]",
    },
  };

  test.each([
    [{ networkDataplane: "cilium" }, "cilium"],
    [{ networkPolicy: "calico" }, "calico"],
    [{ networkDataplane: "azure", networkPolicy: "azure" }, "azure"],
    [{}, undefined],
  ])("%o is decided", (given, engine) => {
    const field = child(
      writtenField({ properties }, scopeWith(given, template)),
      "properties",
      "networkProfile",
      "networkPolicy",
    );
    expect(field).toEqual(
      engine === undefined ? { kind: "absent", isNull: true } : { kind: "scalar", value: engine },
    );
  });

  test("is unknown if its parameters are", () => {
    const field = child(
      writtenField({ properties }, createScope(template, U)),
      "properties",
      "networkProfile",
    );
    expect(field.kind).toBe("object");
    expect(child(field, "networkPolicy")).toEqual({ kind: "unknown" });
  });
});

test("a value is a field with case-insensitive names", () => {
  const field = valueField(
    evaluate({ NetworkProfile: { list: [1, null, "[reference('x')]"] } }, scopeWith({})),
  );
  const list = child(field, "networkprofile", "LIST");
  expect(list.kind === "list" && list.items()).toEqual([
    { kind: "scalar", value: 1 },
    { kind: "absent", isNull: true },
    { kind: "unknown" },
  ]);
  expect(child(field, "constructor")).toEqual({ kind: "absent" });
});

describe("functions that the template defines", () => {
  const member = (parameters: readonly string[], value: unknown): object => ({
    parameters: parameters.map((name) => ({ name, type: "string" })),
    output: { type: "string", value },
  });
  const template = {
    parameters: { engine: { type: "string", defaultValue: "azure" } },
    variables: { engine: "cilium" },
    functions: [
      {
        namespace: "Shop",
        members: {
          same: member(["engine"], "[parameters('Engine')]"),
          chosen: member(["tier"], "[if(equals(parameters('tier'), 'prod'), 'cilium', 'calico')]"),
          profile: member(["engine"], { networkPolicy: "[shop.same(parameters('engine'))]" }),
          outside: member([], "[variables('engine')]"),
          others: member([], "[parameters('engine')]"),
          again: member(["x"], "[concat(shop.again(parameters('x')), shop.again(parameters('x')))]"),
          broken: { parameters: [] },
          bare: { output: { value: "calico" } },
          second: member(["one", "two"], "[parameters('TWO')]"),
          unnamed: { parameters: [1], output: { value: "calico" } },
        },
      },
      { namespace: "twice", members: { a: member([], "1") } },
      { namespace: "TWICE", members: { a: member([], "2") } },
    ],
  };

  test.each<[expression: string, value: unknown]>([
    ["[shop.same('calico')]", "calico"],
    ["[SHOP.Same(parameters('engine'))]", "azure"],
    ["[shop.chosen('prod')]", "cilium"],
    ["[shop.profile('calico').networkPolicy]", "calico"],
    ["[shop.same(parameters('missing'))]", U],
    ["[shop.same()]", U],
    ["[shop.same('a', 'b')]", U],
    ["[shop.bare()]", "calico"],
    ["[shop.second('a', 'b')]", "b"],
    ["[shop.unnamed('a')]", U],
    ["[shop.outside()]", U],
    ["[shop.others()]", U],
    ["[shop.again('x')]", U],
    ["[shop.broken()]", U],
    ["[shop.unheard('x')]", U],
    ["[market.same('x')]", U],
    ["[shop.same.more('x')]", U],
    ["[twice.a()]", U],
  ])("%s", (expression, value) => {
    expect(evaluate(expression, scopeWith({}, template))).toEqual(value);
  });

  test("with a wrong definition are unknown", () => {
    for (const functions of [
      undefined,
      {},
      [1],
      [{ namespace: "shop" }],
      [{ namespace: "shop", members: { same: 1 } }],
    ])
      expect(evaluate("[shop.same('x')]", scopeWith({}, { functions }))).toBe(U);
  });
});
