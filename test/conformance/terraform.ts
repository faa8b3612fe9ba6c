/**
 * A real Terraform with the stand-in providers: the result of `check` on its plan and on the state after
 * apply.
 */
import { notKnownYet } from "../../shared/cluster/declaration";
import { agentPools, managedClusters } from "../../shared/dialects/azure-api";
import type { Block } from "../fuzz/hosts";
import type { Tree } from "../fuzz/oracle";
import { TerraformFolder } from "../support/real-terraform";
import { checkedFiles } from "./checked";
import type { Spelt, Way } from "./door";
import { spellingOf } from "./verdicts";

/** Known after apply: the text `calico`. */
const token = "azurerm_resource_group.rg.token";

const apiVersion = "2026-03-01";

/** An expression for an unknown value, by the type that Terraform expects. */
function openAt(name: string, isKnownInPlan: boolean): string {
  const text = isKnownInPlan ? "var.later" : token;
  switch (name) {
    case "ip_versions":
      return `\${[${text}]}`;
    case "node_count":
    case "max_count":
      return `\${length(${text})}`;
    case "auto_scaling_enabled":
      return `\${${text} == "calico"}`;
    default:
      return `\${${text}}`;
  }
}

function written(tree: Tree, isKnownInPlan: boolean, name = ""): unknown {
  if (tree === notKnownYet) return openAt(name, isKnownInPlan);
  if (Array.isArray(tree)) return (tree as readonly Tree[]).map((each) => written(each, isKnownInPlan));
  if (typeof tree !== "object" || tree === null) return tree;
  return Object.fromEntries(
    Object.entries(tree as Block).map(([key, each]) => [key, written(each, isKnownInPlan, key)]),
  );
}

type Resources = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

function azapi(clusters: readonly Spelt[], isKnownInPlan: boolean): Resources {
  const resources: Record<string, unknown> = {};
  for (const { name, written: spelt } of clusters) {
    const { body = {}, ...around } = spelt.cluster as Block;
    const inTerraform = (tree: Tree): unknown => written(tree, isKnownInPlan);
    resources[name] = {
      ...(inTerraform(around) as object),
      type: `${managedClusters}@${apiVersion}`,
      name,
      parent_id: "/subscriptions/1/resourceGroups/rg",
      body: inTerraform(body),
    };
    spelt.separatePools.forEach((pool, i) => {
      resources[`${name}pool${i}`] = {
        type: `${agentPools}@${apiVersion}`,
        name: (pool as Block)["name"],
        parent_id: `\${azapi_resource.${name}.id}`,
        body: { properties: inTerraform(pool) },
      };
    });
  }
  return { azapi_resource: resources };
}

function azurerm(clusters: readonly Spelt[], isKnownInPlan: boolean): Resources {
  const all: Record<string, unknown> = {};
  const pools: Record<string, unknown> = {};
  // The stand-in has the older names.
  const named = (tree: Tree): unknown => {
    const { auto_scaling_enabled: scales, ...rest } = written(tree, isKnownInPlan) as Record<string, unknown>;
    return scales === undefined ? rest : { ...rest, enable_auto_scaling: scales };
  };
  for (const { name, written: spelt } of clusters) {
    const { default_node_pool: inside = {}, windows_profile: windows, ...cluster } = spelt.cluster as Block;
    all[name] = {
      ...(windows === undefined ? {} : { windows_profile: { admin_username: "azureuser" } }),
      ...(written(cluster, isKnownInPlan) as object),
      name,
      resource_group_name: "rg",
      default_node_pool: { name: "system", vm_size: "Standard_D2s_v5", ...(named(inside) as object) },
    };
    spelt.separatePools.forEach((pool, i) => {
      pools[`${name}pool${i}`] = {
        vm_size: "Standard_D2s_v5",
        ...(named(pool) as object),
        kubernetes_cluster_id: `\${azurerm_kubernetes_cluster.${name}.id}`,
      };
    });
  }
  return { azurerm_kubernetes_cluster: all, azurerm_kubernetes_cluster_node_pool: pools };
}

function configuration(resources: Resources): object {
  const filled = Object.entries(resources).filter(([, byName]) => Object.keys(byName).length > 0);
  return {
    terraform: {
      required_providers: {
        azurerm: { source: "hashicorp/azurerm", version: "3.116.0" },
        azapi: { source: "Azure/azapi" },
      },
    },
    variable: { later: { default: "calico" } },
    resource: { azurerm_resource_group: { rg: { name: "rg" } }, ...Object.fromEntries(filled) },
  };
}

/** A real run takes its time, so there is one for a few hundred clusters. */
const most = 300;

function wayOf(
  name: string,
  dialect: string,
  version: string | undefined,
  isKnownInPlan: boolean,
  resourcesOf: (clusters: readonly Spelt[], isKnownInPlan: boolean) => Resources,
): Way {
  return {
    name: `Terraform, ${name}${isKnownInPlan ? ", by a variable" : ""}`,
    spelling: spellingOf(dialect, version),
    doors: ["check, plan", "check, state", "check, state file"],
    most,
    judge: async (clusters, today) => {
      const document = configuration(resourcesOf(clusters, isKnownInPlan));
      const folder = new TerraformFolder({ "main.tf.json": JSON.stringify(document) });
      try {
        const plan = folder.plan();
        folder.apply();
        const documents = {
          "plan.json": plan,
          "state.json": folder.state(),
          "terraform.tfstate": folder.stateFile(),
        };
        const answers = [];
        for (const [file, content] of Object.entries(documents))
          answers.push(await checkedFiles({ [file]: JSON.stringify(content) }, [file], today));
        return answers;
      } finally {
        folder.remove();
      }
    },
  };
}

export const terraformWays: readonly Way[] = [true, false].flatMap((isKnownInPlan) => [
  wayOf("azapi", "azapi", apiVersion, isKnownInPlan, azapi),
  wayOf("azurerm", "azurerm", undefined, isKnownInPlan, azurerm),
]);
