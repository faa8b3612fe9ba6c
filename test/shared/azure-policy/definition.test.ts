/** The definitions as documents: what is in them, and Azure's limits. */
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Definition } from "../../../shared/azure-policy/definition";
import { definitionOf, effects, resources } from "../../../shared/azure-policy/definition";
import { ruleNames } from "../../../shared/rules";
import { exemption } from "../../support/configurations";
import { exampleDay } from "../../support/evaluate";
import { definitionFor, policyOf } from "./comparison";

describe.each(resources)("the definition of a %s", (resource) => {
  const definition = definitionFor(resource);
  const { properties } = definition;

  test("is what the rules say", async () => {
    const audit = definitionOf(resource, policyOf(), "Audit", exampleDay);
    await expect(`${JSON.stringify(audit, null, 2)}\n`).toMatchFileSnapshot(
      join(__dirname, "..", "..", "words", `azure-policy-${resource}.json`),
    );
  });

  /**
   * As in https://learn.microsoft.com/azure/governance/policy/concepts/definition-structure-policy-rule#policy-rule-limits and
   * https://learn.microsoft.com/azure/azure-resource-manager/management/azure-subscription-service-limits#azure-policy-limits
   * (read 2026-11-26).
   */
  test("stays within Azure's limits", () => {
    const { conditions, depth, counts } = measured(properties.policyRule.if);
    expect(conditions).toBeLessThanOrEqual(4096);
    expect(depth).toBeLessThanOrEqual(512);
    for (const ofArray of counts.values()) expect(ofArray).toBeLessThanOrEqual(5);
    expect(Object.keys(properties.parameters).length).toBeLessThanOrEqual(20);
    expect(JSON.stringify(definition).length).toBeLessThanOrEqual(1_048_576);
    expect(properties.displayName.length).toBeLessThanOrEqual(128);
    expect(properties.description.length).toBeLessThanOrEqual(512);
  });

  test("has no parameter that its rule does not use, and uses none that it has not", () => {
    const used = JSON.stringify(properties.policyRule).match(/parameters\('\w+'\)/g);
    const names = [...new Set(used)].map((each) => each.slice("parameters('".length, -2));
    expect(names.sort()).toEqual(Object.keys(properties.parameters).sort());
  });

  test("is none where every rule is disabled", () => {
    expect(definitionOf(resource, policyOf({ all: "disabled" }), "Audit", exampleDay)).toBeUndefined();
  });

  test.each(effects)("has the effect %s by default", (effect) => {
    const made = definitionOf(resource, policyOf(), effect, exampleDay)?.properties;
    expect(made?.parameters["effect"]).toMatchObject({ defaultValue: effect, allowedValues: effects });
    expect(made?.policyRule).toEqual({
      ...properties.policyRule,
      then: { effect: "[parameters('effect')]" },
    });
  });
});

describe("of a configuration", () => {
  const name = "network-policy-configured";

  test("the engines and bring your own CNI are the defaults of the parameters, and change nothing else", () => {
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
    ["an exemption, because Azure has its own", { [name]: { exemptions: [exemption()] } }],
    ["a level, because an assignment has its effect", { all: "advisory" }],
    ["the days of a notice, which stops nothing", { "network-policy-supported": { noticeDays: 1 } }],
  ])("%s, changes nothing", (_, configuration) => {
    expect(definitionFor("cluster", configuration)).toEqual(definitionFor("cluster"));
  });

  test.each(ruleNames)("%s disabled leaves out what only that rule fails", (rule) => {
    expect(definitionFor("cluster", { [rule]: "disabled" })).not.toEqual(definitionFor("cluster"));
  });
});

test("an end of support is in it from the day after", () => {
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

/** How many conditions there are, how deep they are nested, and how often each array is counted. */
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
