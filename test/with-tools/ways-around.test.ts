/**
 * Ways around the Aspect that docs/limits.md lists, and the result of `check` on a real Terraform's plan of
 * them.
 */
import { afterAll, beforeAll, expect, test } from "vitest";
import type { JsonObject } from "../../shared/documents/json";
import { checked } from "../support/command";
import { describeWith } from "../support/needs";
import { TerraformFolder, terraformNeed } from "../support/real-terraform";

const template = {
  resources: [
    {
      type: "Microsoft.ContainerService/managedClusters",
      name: "aks",
      properties: { dnsPrefix: "aks", networkProfile: { networkPlugin: "azure" } },
    },
  ],
};

function cluster(name: string, more: object = {}, policy?: string): object {
  return {
    name,
    resource_group_name: "rg",
    default_node_pool: { name: "system", vm_size: "Standard_D2s_v5" },
    network_profile: { network_plugin: "azure", ...(policy === undefined ? {} : { network_policy: policy }) },
    ...more,
  };
}

const providers = {
  required_providers: {
    azurerm: { source: "hashicorp/azurerm", version: "3.116.0" },
    azapi: { source: "Azure/azapi" },
  },
};
const typed = "azurerm_kubernetes_cluster";
const inModule = { resource: { [typed]: { aks: cluster("in-module") } } };
const configuration = {
  terraform: providers,
  variable: { engine: {} },
  locals: { template },
  module: { anybodys: { source: "./anybodys" } },
  resource: {
    [typed]: {
      by_variable: cluster("by-variable", {}, "${var.engine}"),
      kept: cluster("kept", { lifecycle: { ignore_changes: ["network_profile"] } }),
    },
    azapi_resource: {
      deployment: {
        type: "Microsoft.Resources/deployments@2024-07-01",
        name: "deployment",
        parent_id: "/subscriptions/1/resourceGroups/rg",
        body: { properties: { mode: "Incremental", template: "${local.template}" } },
      },
    },
  },
};

describeWith(terraformNeed, "the plan of a real Terraform", () => {
  let folder: TerraformFolder | undefined;
  let plan: JsonObject = {};

  beforeAll(() => {
    folder = new TerraformFolder({
      "main.tf.json": JSON.stringify(configuration),
      "anybodys/main.tf.json": JSON.stringify(inModule),
    });
    plan = folder.plan("-var=engine=none");
  }, 120_000);

  afterAll(() => folder?.remove());

  test("shows every cluster that the Aspect cannot decide, and each fails", async () => {
    const { code, report } = await checked({ "plan.json": plan }, ["plan.json"]);
    const failing = report.clusters.filter(
      ({ verdicts }) => verdicts["network-policy-configured"] === "fail",
    );
    expect(code).toBe(1);
    expect(failing.map(({ address }) => address).sort()).toEqual([
      "azapi_resource.deployment body.properties.template resources[0]",
      "azurerm_kubernetes_cluster.by_variable",
      "azurerm_kubernetes_cluster.kept",
      "module.anybodys.azurerm_kubernetes_cluster.aks",
    ]);
    expect(report.summary.failing).toBe(4);
  });
});
