/** Plans and states as printed by `terraform show -json`, with a cluster in a Terraform dialect. */
import { notKnownYet } from "../../shared/cluster/declaration";
import { agentPools, managedClusters } from "../../shared/dialects/azure-api";
import { azurerm } from "../../shared/dialects/azurerm";
import type { Dialect } from "../../shared/dialects/dialect";
import type { Inputs, Spelled } from "../../shared/reading/spell";
import { hasUnknown } from "./evaluate";

const apiVersion = "2026-05-02-preview";
const id = "/subscriptions/1/resourceGroups/rg/providers/Microsoft.ContainerService/managedClusters/aks";

interface Resource {
  readonly type: string;
  readonly name: string;
  readonly inputs: Inputs;
}

/** The attribute by which a pool refers to its cluster is not among its inputs. */
function resourcesOf({ cluster, separatePools }: Spelled, dialect: Dialect): readonly Resource[] {
  if (dialect === azurerm)
    return [
      { type: "azurerm_kubernetes_cluster", name: "aks", inputs: cluster },
      ...separatePools.map((inputs, i) => ({
        type: "azurerm_kubernetes_cluster_node_pool",
        name: `pool${i}`,
        inputs,
      })),
    ];
  const typed = (type: string): Inputs => ({ type: `${type}@${apiVersion}` });
  return [
    { type: "azapi_resource", name: "aks", inputs: { ...typed(managedClusters), ...cluster } },
    ...separatePools.map(({ name, ...properties }, i) => ({
      type: "azapi_resource",
      name: `pool${i}`,
      inputs: { ...typed(agentPools), name, body: { properties } },
    })),
  ];
}

export function planOf(spelled: Spelled, dialect: Dialect): object {
  const [cluster, ...pools] = resourcesOf(spelled, dialect);
  if (cluster === undefined) throw new Error("no cluster");
  const clusterAddress = `${cluster.type}.${cluster.name}`;
  const link = dialect.poolsCluster.path;
  const isBlock = dialect === azurerm;
  const change = ({ type, name, inputs }: Resource, marks: Inputs): object => ({
    address: `${type}.${name}`,
    mode: "managed",
    type,
    name,
    change: {
      actions: ["create"],
      before: null,
      after: partsOf(inputs, isBlock, valueIn),
      after_unknown: { id: true, ...partsOf(inputs, isBlock, markIn), ...marks },
    },
  });
  const configured = ({ type, name, inputs }: Resource, expressions: Inputs): object => ({
    address: `${type}.${name}`,
    mode: "managed",
    type,
    name,
    expressions: { ...expressionsOf(inputs, isBlock), ...expressions },
  });
  const references = [`${clusterAddress}.id`, clusterAddress];
  return {
    format_version: "1.2",
    resource_changes: [change(cluster, {}), ...pools.map((pool) => change(pool, { [link]: true }))],
    configuration: {
      root_module: {
        resources: [
          configured(cluster, {}),
          ...pools.map((pool) => configured(pool, { [link]: { references } })),
        ],
      },
    },
  };
}

/** A state, in which everything is known; `undefined` if something is not. */
export function shownStateOf(spelled: Spelled, dialect: Dialect): object | undefined {
  const resources = storedIn(spelled, dialect)?.map(({ type, name, values }) => ({
    address: `${type}.${name}`,
    mode: "managed",
    type,
    name,
    values,
  }));
  return resources && { format_version: "1.0", values: { root_module: { resources } } };
}

/** The same as in its file. */
export function stateFileOf(spelled: Spelled, dialect: Dialect): object | undefined {
  const resources = storedIn(spelled, dialect)?.map(({ type, name, values }) => ({
    mode: "managed",
    type,
    name,
    instances: [{ attributes: values }],
  }));
  return resources && { version: 4, lineage: "x", serial: 1, resources };
}

function storedIn(spelled: Spelled, dialect: Dialect) {
  const resources = resourcesOf(spelled, dialect);
  if (resources.some(({ inputs }) => hasUnknown(inputs))) return undefined;
  return resources.map(({ type, name, inputs }, i) => ({
    type,
    name,
    values: {
      ...partsOf(inputs, dialect === azurerm, valueIn),
      ...(i === 0 ? { id } : { [dialect.poolsCluster.path]: id }),
    },
  }));
}

function valueIn(value: unknown): unknown {
  return value === notKnownYet ? undefined : value;
}

function markIn(value: unknown): unknown {
  return value === notKnownYet ? true : undefined;
}

/** The same shape with another value in each place; azurerm's blocks are lists of one. */
function partsOf(inputs: Inputs, isBlock: boolean, at: (value: unknown) => unknown): Inputs {
  const partOf = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(partOf);
    if (typeof value !== "object" || value === null) return at(value);
    const part = partsOf(value as Inputs, isBlock, at);
    return isBlock ? [part] : part;
  };
  return Object.fromEntries(
    Object.entries(inputs).flatMap(([name, value]): [string, unknown][] => {
      const part = partOf(value);
      return part === undefined ? [] : [[name, part]];
    }),
  );
}

function expressionsOf(inputs: Inputs, isBlock: boolean): Inputs {
  const references = ["terraform_data.later.output", "terraform_data.later"];
  return Object.fromEntries(
    Object.entries(inputs).map(([name, value]): [string, unknown] => {
      if (isBlock && typeof value === "object" && value !== null && !Array.isArray(value))
        return [name, [expressionsOf(value as Inputs, isBlock)]];
      return [name, hasUnknown(value) ? { references } : { constant_value: value }];
    }),
  );
}

/** A Terraform state with these clusters, whose blocks are lists of one. */
export function stateOf(clusters: Readonly<Record<string, object>>): object {
  const resources = Object.entries(clusters).map(([name, attributes]) => ({
    address: `azurerm_kubernetes_cluster.${name}`,
    mode: "managed",
    type: "azurerm_kubernetes_cluster",
    name,
    provider_name: "registry.terraform.io/hashicorp/azurerm",
    values: Object.fromEntries(Object.entries(attributes).map(([key, block]) => [key, [block]])),
  }));
  return { format_version: "1.0", terraform_version: "1.11.4", values: { root_module: { resources } } };
}

/** A cluster without an engine, one with, and one whose engine is a variable. */
export const bad = { network_profile: { network_plugin: "azure" } };
export const good = {
  network_profile: { network_plugin: "azure", network_data_plane: "cilium", network_policy: "cilium" },
};
export const open = { network_profile: { network_plugin: "azure", network_policy: "${var.engine}" } };

/** A Terraform document with these clusters. */
export function terraform(clusters: Readonly<Record<string, object>>): object {
  return { resource: { azurerm_kubernetes_cluster: clusters } };
}
