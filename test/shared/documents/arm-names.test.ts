import { describe, expect, test } from "vitest";
import { scopeOfNested } from "../../../shared/documents/arm/expressions/instances";
import { segmentsOfName } from "../../../shared/documents/arm/expressions/names";
import { createScope } from "../../../shared/documents/arm/expressions/scope";

describe("names", () => {
  const template = {
    parameters: { clusterName: { type: "string" }, other: { type: "string" }, names: { type: "array" } },
    variables: {
      aks: "[toLower(parameters('clusterName'))]",
      unique: "[concat('aks-', uniqueString(resourceGroup().id))]",
    },
  };
  const scope = createScope(template, {});
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
  ])("%s owns %s", (cluster, pool) => {
    expect(keys(cluster)).toEqual(keys(pool).slice(0, -1));
  });

  test.each([
    ["[parameters('clusterName')]", "[format('{0}/win', parameters('other'))]"],
    ["[parameters('names')[0]]", "[format('{0}/w', parameters('names')[1])]"],
    ["[format('aks{0}', copyIndex())]", "[format('aks{0}/w', copyIndex())]"],
    ["[uniqueString('a')]", "[concat(uniqueString('A'), '/w')]"],
  ])("%s may or may not own %s", (cluster, pool) => {
    expect(keys(cluster)).not.toEqual(keys(pool).slice(0, -1));
    expect(segmentsOfName(cluster, scope)[0]?.isKnown).toBe(false);
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
