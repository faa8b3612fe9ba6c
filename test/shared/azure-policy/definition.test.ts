/** The definitions as documents: their content, and Azure's limits. */
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Definition } from "../../../shared/azure-policy/definition";
import { definitionOf, effects, resources } from "../../../shared/azure-policy/definition";
import { ruleNames } from "../../../shared/rules";
import { exemption, policyOf } from "../../support/configurations";
import { exampleDay } from "../../support/evaluate";
import { definitionFor } from "./comparison";

describe.each(resources)("the definition of a %s", (resource) => {
  // Not while tests are collected: the test that fails should name what is wrong.
  const propertiesOf = (): Definition["properties"] => definitionFor(resource).properties;

  test("matches the rules", async () => {
    const audit = definitionOf(resource, policyOf(), "Audit", exampleDay);
    await expect(`${JSON.stringify(audit, null, 2)}\n`).toMatchFileSnapshot(
      join(__dirname, "..", "..", "words", `azure-policy-${resource}.json`),
    );
  });

  /**
   * As in
   * https://learn.microsoft.com/azure/governance/policy/concepts/definition-structure-policy-rule#policy-rule-limits
   * and
   * https://learn.microsoft.com/azure/azure-resource-manager/management/azure-subscription-service-limits#azure-policy-limits
   * (read 2026-11-26).
   */
  test("stays within Azure's limits", () => {
    const definition = definitionFor(resource);
    const { properties } = definition;
    const { conditions, depth, counts } = measured(properties.policyRule.if);
    expect(conditions).toBeLessThanOrEqual(4096);
    expect(depth).toBeLessThanOrEqual(512);
    for (const ofArray of counts.values()) expect(ofArray).toBeLessThanOrEqual(5);
    expect(Object.keys(properties.parameters).length).toBeLessThanOrEqual(20);
    expect(JSON.stringify(definition).length).toBeLessThanOrEqual(1_048_576);
    expect(properties.displayName.length).toBeLessThanOrEqual(128);
    expect(properties.description.length).toBeLessThanOrEqual(512);
  });

  test("declares exactly the parameters that its rule uses", () => {
    const properties = propertiesOf();
    const used = JSON.stringify(properties.policyRule).match(/parameters\('\w+'\)/g);
    const names = [...new Set(used)].map((each) => each.slice("parameters('".length, -2));
    expect(names.sort()).toEqual(Object.keys(properties.parameters).sort());
  });

  test("does not exist if every rule is disabled", () => {
    expect(definitionOf(resource, policyOf({ all: "disabled" }), "Audit", exampleDay)).toBeUndefined();
  });

  test.each(effects)("has the effect %s by default", (effect) => {
    const made = definitionOf(resource, policyOf(), effect, exampleDay)?.properties;
    expect(made?.parameters["effect"]).toMatchObject({ defaultValue: effect, allowedValues: effects });
    expect(made?.policyRule).toEqual({
      ...propertiesOf().policyRule,
      then: { effect: "[parameters('effect')]" },
    });
  });
});

describe("the definition for a configuration", () => {
  const name = "network-policy-configured";

  test("has its engines and its bring-your-own-CNI answer as parameter defaults, and no other changes", () => {
    const options = { engines: ["cilium"], bringYourOwnCni: "allow" };
    const { properties } = definitionFor("cluster", { [name]: options });
    const { parameters, policyRule } = definitionFor("cluster").properties;
    expect(properties.policyRule).toEqual(policyRule);
    expect(properties.parameters).toEqual({
      effect: parameters["effect"],
      engines: { ...parameters["engines"], defaultValue: ["cilium"] },
      bringYourOwnCni: { ...parameters["bringYourOwnCni"], defaultValue: "allow" },
    });
  });

  test.each([
    ["unknown, because in Azure every value is known", { [name]: { unknown: "fail" } }],
    ["an exemption, because Azure has its own exemptions", { [name]: { exemptions: [exemption()] } }],
    ["a level, because the assignment sets the effect", { all: "advisory" }],
    ["the notice period, because a notice stops nothing", { "network-policy-supported": { noticeDays: 1 } }],
  ])("does not change with %s", (_, configuration) => {
    expect(definitionFor("cluster", configuration)).toEqual(definitionFor("cluster"));
  });

  test.each(ruleNames)("leaves out what only %s fails, if that rule is disabled", (rule) => {
    expect(definitionFor("cluster", { [rule]: "disabled" })).not.toEqual(definitionFor("cluster"));
  });
});

test("fails an ended engine from the day after the end of support", () => {
  const on = (day: string): Definition => definitionFor("cluster", {}, new Date(`${day}T12:00:00Z`));
  const ruleOn = (day: string): string => JSON.stringify(on(day).properties.policyRule);
  for (const [last, next] of [
    ["2026-09-30", "2026-10-01"],
    ["2028-03-31", "2028-04-01"],
    ["2028-09-30", "2028-10-01"],
  ] as const)
    expect(ruleOn(next)).not.toBe(ruleOn(last));
  expect(ruleOn("2026-10-01")).toBe(ruleOn("2028-03-31"));
  expect(on("2028-10-01").properties.description).toContain("2028-10-01");
});

interface Measures {
  conditions: number;
  depth: number;
  readonly counts: Map<string, number>;
}

/** The number of conditions, their depth, and how often each array is counted. */
function measured(
  condition: unknown,
  depth = 1,
  sum: Measures = { conditions: 0, depth: 0, counts: new Map() },
): Measures {
  sum.depth = Math.max(sum.depth, depth);
  const { allOf, anyOf, not, count } = condition as Readonly<Record<string, unknown>>;
  const inner = [allOf, anyOf]
    .filter(Array.isArray)
    .flat()
    .concat(not ?? []);
  if (inner.length === 0) sum.conditions += 1;
  if (typeof count === "object" && count !== null) {
    const { field, where } = count as { readonly field: string; readonly where: unknown };
    sum.counts.set(field, (sum.counts.get(field) ?? 0) + 1);
    measured(where, depth + 1, sum);
  }
  for (const each of inner) measured(each, depth + 1, sum);
  return sum;
}
