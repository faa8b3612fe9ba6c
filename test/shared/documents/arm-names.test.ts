import { describe, expect, test } from "vitest";
import { scopeOfNested } from "../../../shared/documents/arm/expressions/instances";
import { segmentsOfName } from "../../../shared/documents/arm/expressions/names";
import { createScope } from "../../../shared/documents/arm/expressions/scope";
import { UNKNOWN } from "../../../shared/documents/arm/expressions/values";

describe("names", () => {
  const template = {
    parameters: { clusterName: { type: "string" }, other: { type: "string" }, names: { type: "array" } },
    variables: {
      aks: "[toLower(parameters('clusterName'))]",
      unique: "[concat('aks-', uniqueString(resourceGroup().id))]",
      capital: "[toUpper(parameters('clusterName'))]",
      alias: "[parameters('other')]",
      filled: "${var.name}",
      all: { first: "[parameters('clusterName')]", second: 2 },
      broken: "[parameters(]",
    },
  };
  const isFilledIn = (value: unknown): boolean => typeof value === "string" && value.startsWith("${");
  const scope = createScope(template, {}, { isFilledIn });
  const keys = (written: unknown, at = scope): readonly string[] =>
    segmentsOfName(written, at).map(({ key }) => key);

  test.each([
    ["aks", "[format('{0}/{1}', 'AKS', 'win')]"],
    ["[parameters('clusterName')]", "[format('{0}/{1}', parameters('CLUSTERNAME'), 'win')]"],
    ["[parameters('clusterName')]", "[concat(parameters('clusterName'), '/win')]"],
    ["[variables('aks')]", "[format('{0}/{1}', parameters('clusterName'), parameters('other'))]"],
    ["[variables('unique')]", "[format('{0}/win', variables('unique'))]"],
    ["[format('{0}-aks', parameters('other'))]", "[concat(parameters('other'), '-AKS/', 'win')]"],
    ["[parameters('names')[0]]", "[format('{0}/w', parameters('names')[0])]"],
    ["[uniqueString(parameters('other'))]", "[concat(uniqueString(parameters('other')), '/w')]"],
    ["[uniqueString(parameters('Other'))]", "[concat(UNIQUESTRING(variables('alias')), '/w')]"],
    ["[Shop.Name(parameters('other'))]", "[concat(shop.name(parameters('other')), '/w')]"],
    ["[toUpper(parameters('other'))]", "[concat(string(parameters('other')), '/w')]"],
    ["[toLower(parameters('other'))]", "[concat(toUpper(parameters('other')), '/w')]"],
    ["${var.name}", "[concat(variables('filled'), '/w')]"],
    ["[take(variables('filled'), 3)]", "[concat(take(variables('filled'), 3), '/w')]"],
    ["[variables('all').first]", "[format('{0}/w', variables('ALL').first)]"],
    ["[take(variables('all').first, 8)]", "[format('{0}/w', take(variables('all').first, 8))]"],
    [
      "[format('{0}{10}', parameters('other'), 1, 2, 3, 4, 5, 6, 7, 8, 9, 'x')]",
      "[concat(parameters('other'), 'x/w')]",
    ],
    ["[parameters(parameters('other'))]", "[concat(parameters(parameters('other')), '/w')]"],
    ["[resourceGroup()]", "[concat(resourceGroup(), '/w')]"],
  ])("%s owns %s", (cluster, pool) => {
    expect(keys(cluster)).toEqual(keys(pool).slice(0, -1));
  });

  test.each([
    ["[parameters('clusterName')]", "[format('{0}/win', parameters('other'))]"],
    ["[parameters('names')[0]]", "[format('{0}/w', parameters('names')[1])]"],
    ["[format('aks{0}', copyIndex())]", "[format('aks{0}/w', copyIndex())]"],
    ["[uniqueString('a')]", "[concat(uniqueString('A'), '/w')]"],
    ["[uniqueString('1')]", "[concat(uniqueString(1), '/w')]"],
    ["[uniqueString(1)]", "[concat(uniqueString(2), '/w')]"],
    ["[uniqueString(1)]", "[concat(uniqueString(), '/w')]"],
    ["[uniqueString('a', 'b')]", "[concat(uniqueString('a'), '/w')]"],
    ["[uniqueString('a', 'b')]", "[concat(guid('a', 'b'), '/w')]"],
    ["[uniqueString(parameters('clusterName'))]", "[concat(uniqueString(parameters('other')), '/w')]"],
    ["[uniqueString(parameters('clusterName'))]", "[concat(uniqueString(variables('aks')), '/w')]"],
    ["[uniqueString(parameters('clusterName'))]", "[concat(uniqueString(variables('capital')), '/w')]"],
    [
      "[uniqueString(parameters('clusterName'))]",
      "[concat(uniqueString('parameters(clustername)#0'), '/w')]",
    ],
    ["[parameters('other')]", "[concat('parameters(other)#0', '/w')]"],
    ["[take(variables('all').first, 8)]", "[format('{0}/w', take(variables('all').second, 8))]"],
    ["[take(variables('broken'), 8)]", "[format('{0}/w', take(variables('broken'), 8))]"],
    ["[take(copyIndex(), 8)]", "[format('{0}/w', take(copyIndex(), 8))]"],
    ["[take(lambdaVariables('x'), 8)]", "[format('{0}/w', take(lambdaVariables('x'), 8))]"],
    ["[format('{0:N0}', parameters('other'))]", "[concat(format('{0:N0}', parameters('other')), '/w')]"],
    ["[format('{{{0}', parameters('other'))]", "[concat(format('{{{0}', parameters('other')), '/w')]"],
    ["[format('{0}}}', parameters('other'))]", "[concat(format('{0}}}', parameters('other')), '/w')]"],
    ["[format('{1}', parameters('other'))]", "[concat(format('{1}', parameters('other')), '/w')]"],
    ["[format(1, parameters('other'))]", "[concat(format(1, parameters('other')), '/w')]"],
    ["[concat(parameters(1))]", "[concat(parameters(2), '/w')]"],
    ["[parameters()]", "[concat(variables(), '/w')]"],
    ["[toLower()]", "[concat(toUpper(), '/w')]"],
  ])("%s may or may not own %s", (cluster, pool) => {
    expect(keys(cluster)).not.toEqual(keys(pool).slice(0, -1));
    expect(segmentsOfName(cluster, scope)[0]?.isKnown).toBe(false);
  });

  test.each([[undefined], [null], [true], [{ a: 1 }], ["[parameters(]"]])(
    "that are not text are unknown, and equal no other: %o",
    (written) => {
      expect(segmentsOfName(written, scope)).toMatchObject([{ isKnown: false }]);
      expect(keys(written)).not.toEqual(keys(written));
    },
  );

  test("that are unknown differ from those of nested templates", () => {
    const [before] = keys(undefined);
    const nested = scopeOfNested({}, {}, { languageVersion: "2.0" }, scope);
    expect(keys(undefined, nested)).not.toContain(before);
  });

  const long = 2_000;
  const lengthOfKey = "parameters(other)#0".length;
  test.each<[what: string, name: (length: number) => string, added: number]>([
    ["what another tool fills in", (length) => "${".padEnd(length, "a"), 0],
    [
      "a text joined with a parameter",
      (length) => `[concat('${"a".repeat(length)}', parameters('other'))]`,
      lengthOfKey + 2,
    ],
    ["a format", (length) => `[format('{0}${"a".repeat(length)}', parameters('other'))]`, lengthOfKey + 3],
    ["an argument", (length) => `[parameters('other')['${"a".repeat(length)}']]`, lengthOfKey + 4],
  ])("that are too long equal no other: %s", (_what, name, added) => {
    expect(keys(name(long - added))).toEqual(keys(name(long - added)));
    expect(keys(name(long - added + 1))).not.toEqual(keys(name(long - added + 1)));
  });

  test("may be made of any number of long texts", () => {
    const made = { v0: "a".repeat(1_000_000) };
    for (let i = 1; i <= 3; i++)
      Object.assign(made, {
        [`v${i}`]: `[uniqueString(${Array(10)
          .fill(`variables('v${i - 1}')`)
          .join()})]`,
      });
    const parts = segmentsOfName("[variables('v3')]", createScope({ variables: made }, {}));
    expect(parts).toMatchObject([{ isKnown: false }]);
  });

  test("are followed to the text that a deployment really uses", () => {
    const parameters = {
      cluster: { defaultValue: "[concat(parameters('other'), 'x')]" },
      other: { type: "string" },
    };
    const name = "[parameters('cluster')]";
    const joined = "[concat(parameters('other'), 'x')]";
    const isSame = (at: typeof scope): boolean => keys(name, at)[0] === keys(joined, at)[0];
    const filled = (value: unknown): boolean => value === "?";
    expect(isSame(createScope({ parameters }, {}))).toBe(true);
    expect(isSame(createScope({ parameters }, undefined))).toBe(true);
    expect(isSame(createScope({ parameters }, UNKNOWN))).toBe(false);
    for (const given of ["?", { cluster: { value: "?" } }, { cluster: { reference: {} } }]) {
      const at = createScope({ parameters }, given, { isFilledIn: filled });
      expect(isSame(at)).toBe(false);
      expect(keys(name, at)).toEqual(keys(name, at));
    }
    const deployment = { parameters: "[reference('x').outputs]" };
    const nested = scopeOfNested(deployment, { parameters }, { languageVersion: "2.0" }, scope);
    expect(isSame(nested)).toBe(false);
  });

  test("are passed on to nested templates", () => {
    const nested = { parameters: { cluster: { type: "string" } } };
    const properties = { parameters: { cluster: { value: "[parameters('clusterName')]" } } };
    const inner = scopeOfNested(properties, nested, { languageVersion: "2.0" }, scope);
    expect(keys("[format('{0}/w', parameters('cluster'))]", inner)[0]).toBe(
      keys("[parameters('clusterName')]")[0],
    );
    const unrelated = scopeOfNested({}, nested, { languageVersion: "2.0" }, scope);
    expect(keys("[parameters('cluster')]", unrelated)).not.toEqual(keys("[parameters('cluster')]", inner));
  });

  test("are known as far as possible", () => {
    expect(segmentsOfName("[format('{0}/{1}/X', 'a', reference('y'))]", scope)).toMatchObject([
      { key: "a", isKnown: true },
      { isKnown: false },
      { key: "x", isKnown: true },
    ]);
  });
});
