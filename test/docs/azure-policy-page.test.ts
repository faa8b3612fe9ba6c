/**
 * What `docs/azure-policy.md` shows can be run; test/docs/rule-pages.test.ts verifies that it is up to date.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { azurePolicyPage, programs } from "../pages/azure-policy-page";
import { commandIn } from "../support/command";
import { diagnosticsOf } from "../support/typescript";
import { definitionFor } from "../shared/azure-policy/comparison";

const root = join(__dirname, "..", "..");

test("the commands print what the page says", async () => {
  const lines = [
    ...azurePolicyPage().matchAll(/^npx aks-network-policy-pack (azure-policy.*) > (.*)\.json$/gm),
  ];
  expect(lines.length).toBe(2);
  for (const [, command = "", name] of lines) {
    const { out } = await commandIn({}, command.split(" "));
    expect(JSON.parse(out)).toMatchObject({ name });
  }
});

test("the Pulumi program compiles, and one with a misspelling does not", () => {
  const misspelt = programs().ts.replace("policyDefinitionId", "policyDefinitionID");
  const found = diagnosticsOf({ "shown.ts": programs().ts, "misspelt.ts": misspelt }, root);
  expect(found.filter((each) => !each.startsWith("misspelt.ts"))).toEqual([]);
  expect(found.join()).toContain("policyDefinitionID");
});

test("the attributes for Terraform are those of azurerm", () => {
  const [, ...resources] = programs().hcl.split(/^resource "azurerm_/m);
  expect(resources.length).toBe(2);
  for (const resource of resources) {
    const [type = ""] = resource.split('"');
    const file = join(
      root,
      "node_modules/@cdktf/provider-azurerm/lib",
      type.replaceAll("_", "-"),
      "index.js",
    );
    const schema = readFileSync(file, "utf8");
    const names = [...resource.matchAll(/^ +(\w+)(?: +=| \{)/gm)].map(([, name = ""]) => name);
    expect(names.length).toBeGreaterThan(5);
    for (const name of names) expect([name, new RegExp(`\\b${name}: `).test(schema)]).toEqual([name, true]);
  }
});

test("every program takes the effect, the definition, and the message from the file", () => {
  const { name, properties } = definitionFor("cluster");
  for (const program of Object.values(programs())) {
    expect(program).toContain(`${name}.json`);
    expect(program).toMatch(/effect"?\W+value"?\W+Audit/);
    expect(program).toContain("metadata.nonComplianceMessage");
  }
  expect(properties.metadata.nonComplianceMessage).toContain("https://");
});
