/**
 * Plans and states of a real Terraform with clusters in the shape of Azure's API: azapi, and deployments of
 * ARM templates.
 */
import { afterAll, beforeAll, expect, test } from "vitest";
import type { ReadDocument } from "../../shared/documents/document";
import { readPlan } from "../../shared/documents/terraform/plan";
import { readState } from "../../shared/documents/terraform/state";
import type { Verdict } from "../support/clusters-read";
import { notesOf, subjectAt, subjectsByAddress, verdictOf } from "../support/clusters-read";
import { describeWith } from "../support/needs";
import { TerraformFolder, terraformNeed } from "../support/real-terraform";
import { group, providers } from "../support/terraform-rows";

const azapi = (name: string, body: string, more = ""): string => `resource "azapi_resource" "${name}" {
  type      = "Microsoft.ContainerService/managedClusters@2025-05-01"
  name      = "${name}"
  parent_id = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg"
  ${body === "" ? "" : `body = ${body}`}
  ${more}
}
`;
const properties = (network: string, more = ""): string =>
  `{ properties = { networkProfile = { networkPlugin = "azure", ${network} }, ${more} } }`;
const template = (policy: string): string => `{
  "$schema" = "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#"
  parameters = { engine = { type = "string", defaultValue = "calico" } }
  resources = [{
    type       = "Microsoft.ContainerService/managedClusters"
    apiVersion = "2025-05-01"
    name       = "aks"
    properties = { dnsPrefix = "aks", networkProfile = { networkPlugin = "azure", networkPolicy = "${policy}" } }
  }]
}`;
const deployment = (name: string, content: string, parameters = ""): string =>
  `resource "azurerm_resource_group_template_deployment" "${name}" {
  name                = "${name}"
  resource_group_name = "rg"
  deployment_mode     = "Incremental"
  template_content    = ${content}
  ${parameters}
}
`;
const openText = "azurerm_resource_group.rg.token";

/** Clusters in the shape of Azure's API, and the verdict on each. */
const azureShaped: Readonly<Record<string, readonly [hcl: string, verdict: Verdict, applied?: Verdict]>> = {
  text: [azapi("text", properties('networkPolicy = "calico"')), "pass"],
  nothing: [azapi("nothing", properties("")), "fail"],
  no_body: [azapi("no_body", ""), "fail"],
  // Here the provider leaves it open. azapi has a default for it, and plans that.
  null_body: [azapi("null_body", "var.none"), "unknown", "fail"],
  open: [azapi("open", properties(`networkPolicy = ${openText}`)), "unknown", "pass"],
  open_beside: [
    azapi("open_beside", properties('networkPolicy = "calico"', `fqdnSubdomain = ${openText}`)),
    "pass",
  ],
  json: [azapi("json", `jsonencode(${properties('networkPolicy = "calico"')})`), "pass"],
  json_nothing: [azapi("json_nothing", `jsonencode(${properties("")})`), "fail"],
  json_open: [
    azapi(
      "json_open",
      `jsonencode(${properties('networkPolicy = "calico"', `fqdnSubdomain = ${openText}`)})`,
    ),
    "unknown",
    "pass",
  ],
  patched: [
    azapi(
      "patched",
      properties('networkPolicy = "calico"'),
      `sensitive_body = ${properties('networkPolicy = "none"')}`,
    ),
    "fail",
    "pass",
  ],
  patched_open: [
    azapi(
      "patched_open",
      properties('networkPolicy = "calico"'),
      `sensitive_body = ${properties("networkPolicy = var.engine")}`,
    ),
    "unknown",
    "pass",
  ],
  open_type: [
    azapi("open_type", properties('networkPolicy = "calico"')).replace(
      "2025-05-01",
      "${azurerm_resource_group.rg.token}",
    ),
    "unknown",
    "pass",
  ],
};

/** Deployments of a template, and the verdicts on the clusters in them. */
const deployments: Readonly<Record<string, readonly [hcl: string, verdict: Verdict, applied?: Verdict]>> = {
  calico: [deployment("calico", `jsonencode(${template("calico")})`), "pass"],
  none: [deployment("none", `jsonencode(${template("none")})`), "fail"],
  by_default: [deployment("by_default", `jsonencode(${template("[parameters('engine')]")})`), "pass"],
  by_parameter: [
    deployment(
      "by_parameter",
      `jsonencode(${template("[parameters('engine')]")})`,
      'parameters_content = jsonencode({ engine = { value = "none" } })',
    ),
    "fail",
  ],
  by_open_parameter: [
    deployment(
      "by_open_parameter",
      `jsonencode(${template("[parameters('engine')]")})`,
      `parameters_content = jsonencode({ engine = { value = ${openText} } })`,
    ),
    "unknown",
    "pass",
  ],
};

const failing = `resource "azurerm_resource_group" "failing" {
  name = "failing"
  lifecycle {
    precondition {
      condition     = azurerm_resource_group.rg.name == "another"
      error_message = "It fails."
    }
  }
}
`;

describeWith(terraformNeed, "a real Terraform plans in the shape of Azure's API:", () => {
  let folder: TerraformFolder;
  let planned: ReturnType<typeof subjectsByAddress>;
  let applied: ReturnType<typeof subjectsByAddress>;
  let failed: ReadDocument | string;

  beforeAll(() => {
    const all = [
      providers,
      group("rg"),
      'variable "none" { default = null }\nvariable "engine" { default = "none" }\n',
      ...[...Object.values(azureShaped), ...Object.values(deployments)].map(([hcl]) => hcl),
      azapi("pooled", properties('networkPolicy = "cilium", networkDataplane = "cilium"')),
      `resource "azapi_resource" "pool" {
        type      = "Microsoft.ContainerService/managedClusters/agentPools@2025-05-01"
        name      = "windows"
        parent_id = azapi_resource.pooled.id
        body      = { properties = { osType = "Windows" } }
      }`,
    ];
    folder = new TerraformFolder({ "main.tf": all.join("") });
    planned = subjectsByAddress(readPlan(folder.plan()));
    folder.apply();
    applied = subjectsByAddress(readState(folder.state()));
    folder.write({ "failing.tf": failing });
    failed = readPlan(folder.failingPlan());
  });

  afterAll(() => {
    folder.remove();
  });

  test.each(Object.entries(azureShaped))("%s", (name, [, verdict, then = verdict]) => {
    const address = `azapi_resource.${name}`;
    expect(verdictOf(subjectAt(planned, address))).toBe(verdict);
    if (name === "open_type") return;
    expect(verdictOf(subjectAt(applied, address))).toBe(then);
  });

  test.each(Object.entries(deployments))("a template: %s", (name, [, verdict, then = verdict]) => {
    const address = `azurerm_resource_group_template_deployment.${name} template_content resources[0]`;
    expect(verdictOf(subjectAt(planned, address))).toBe(verdict);
    expect(verdictOf(subjectAt(applied, address))).toBe(then);
  });

  test("a separate pool", () => {
    for (const read of [planned, applied])
      expect(verdictOf(subjectAt(read, "azapi_resource.pooled"), "network-policy-compatible")).toBe("fail");
  });

  test("a plan that failed says so", () => {
    expect(notesOf(failed)).toEqual(["the plan failed"]);
  });
});
