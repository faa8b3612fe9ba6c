import type { Construct } from "constructs";
import { notKnownYet } from "../../shared/cluster/declaration";
import { armTemplate } from "../../shared/dialects/arm-template";
import { azapi, azapiPatch } from "../../shared/dialects/azapi";
import { azurerm, azurermTyped } from "../../shared/dialects/azurerm";
import { azurermAutomatic } from "../../shared/dialects/azurerm-automatic";
import type { Dialect } from "../../shared/dialects/dialect";
import { dialectAt } from "../../shared/dialects/at-version";
import { avmModule, avmModuleBefore04 } from "../../shared/dialects/module-avm";
import { aksModule } from "../../shared/dialects/module-azure-aks";
import type { Inputs, Spelled } from "../../shared/reading/spell";
import type { Library } from "./terraform";
import { required } from "./terraform";

/** A way in which a program declares an AKS cluster. */
export interface Shape {
  readonly name: string;
  readonly dialect: Dialect;
  /** Can pools be declared as separate resources? */
  readonly takesPoolsApart: boolean;
  /** What is next to the declaration, so that the evaluator checks the same cluster. */
  readonly inputs: (cluster: Inputs) => Inputs;
  /** @param prefix prefix of every ID, if several clusters are in one stack */
  readonly declare: (library: Library, stack: Construct, spelled: Spelled, prefix?: string) => void;
  /** The azurerm version that its messages name. */
  readonly toolVersion: (library: Library) => string | undefined;
}

/**
 * Writes a plain `${}` for an unknown value; the typed classes accept tokens only for values that are not
 * text.
 */
function unknowns(value: unknown, library: Library, key = ""): unknown {
  if (value === notKnownYet) {
    switch (key) {
      case "ipVersions":
        return library.lib.Token.asList("${var.unknown}");
      case "nodeCount":
        return library.lib.Token.asNumber("${var.unknown}");
      default:
        return "${var.unknown}";
    }
  }
  if (Array.isArray(value)) return value.map((each) => unknowns(each, library));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, unknowns(inner, library, name)]),
  );
}

export function resource(library: Library, stack: Construct, id: string, type: string, attributes: Inputs) {
  const made = new library.lib.TerraformResource(stack, id, { terraformResourceType: type });
  for (const [name, value] of Object.entries(attributes)) made.addOverride(name, value);
  return made;
}

const nothing: Inputs = {};
const snakeRequired: Inputs = { name: "aks", default_node_pool: { name: "default", node_count: 3 } };
const ofBindings = (library: Library): string => library.azurerm;
const newestApi = "2026-03-01";
const armType = `Microsoft.ContainerService/managedClusters@${newestApi}`;

/** The settings of an ARM-shaped pool are below `properties`. */
function armPool({ name, ...properties }: Inputs): Inputs {
  return { name, properties };
}

function azapiShape(name: string, body: (body: unknown) => unknown, version = newestApi): Shape {
  return {
    name,
    dialect: dialectAt(azapi, version),
    takesPoolsApart: true,
    inputs: (cluster) => cluster,
    toolVersion: () => undefined,
    declare: (library, stack, { cluster, separatePools }, prefix = "") => {
      const written = unknowns(cluster["body"] ?? nothing, library);
      resource(library, stack, `${prefix}aks`, "azapi_resource", {
        type: `Microsoft.ContainerService/managedClusters@${version}`,
        name: "aks",
        body: body(written),
      });
      separatePools.forEach((pool, i) => {
        const { name: poolName, properties } = armPool(unknowns(pool, library) as Inputs);
        resource(library, stack, `${prefix}pool${i}`, "azapi_resource", {
          type: `Microsoft.ContainerService/managedClusters/agentPools@${version}`,
          name: poolName,
          parent_id: `\${azapi_resource.${prefix}aks.id}`,
          body: body({ properties }),
        });
      });
    },
  };
}

function moduleShape(name: string, source: string, dialect: Dialect, version?: string): Shape {
  return {
    name,
    dialect,
    takesPoolsApart: false,
    inputs: (cluster) => cluster,
    toolVersion: (library) => (dialect.tool === "azurerm" ? library.azurerm : undefined),
    declare: (library, stack, { cluster }, prefix = "") => {
      const variables = unknowns(cluster, library) as Inputs;
      new library.lib.TerraformHclModule(stack, `${prefix}aks`, {
        source,
        variables,
        ...(version === undefined ? {} : { version }),
      });
    },
  };
}

export const typed: Shape = {
  name: "typed azurerm",
  dialect: azurermTyped,
  takesPoolsApart: true,
  inputs: (cluster) => ({ ...required, ...cluster }),
  toolVersion: ofBindings,
  declare: (library, stack, { cluster, separatePools }, prefix = "") => {
    const written = unknowns(cluster, library) as Inputs;
    const made = new library.KubernetesCluster(stack, `${prefix}aks`, { ...required, ...written });
    separatePools.forEach((pool, i) => {
      new library.KubernetesClusterNodePool(stack, `${prefix}pool${i}`, {
        name: "pool",
        vmSize: "Standard_D4s_v5",
        kubernetesClusterId: made.id,
        ...(unknowns(pool, library) as Inputs),
      });
    });
  },
};

export const raw: Shape = {
  name: "raw azurerm",
  dialect: azurerm,
  takesPoolsApart: true,
  inputs: (cluster) => ({ ...snakeRequired, ...cluster }),
  toolVersion: ofBindings,
  declare: (library, stack, { cluster, separatePools }, prefix = "") => {
    const written = unknowns({ ...snakeRequired, ...cluster }, library) as Inputs;
    resource(library, stack, `${prefix}aks`, "azurerm_kubernetes_cluster", written);
    separatePools.forEach((pool, i) => {
      resource(library, stack, `${prefix}pool${i}`, "azurerm_kubernetes_cluster_node_pool", {
        ...(unknowns(pool, library) as Inputs),
        kubernetes_cluster_id: `\${azurerm_kubernetes_cluster.${prefix}aks.id}`,
      });
    });
  },
};

export const automatic: Shape = {
  name: "the automatic cluster",
  dialect: azurermAutomatic,
  takesPoolsApart: true,
  inputs: (cluster) => cluster,
  toolVersion: ofBindings,
  declare: (library, stack, { separatePools }, prefix = "") => {
    resource(library, stack, `${prefix}aks`, "azurerm_kubernetes_automatic_cluster", { name: "aks" });
    separatePools.forEach((pool, i) => {
      resource(library, stack, `${prefix}pool${i}`, "azurerm_kubernetes_cluster_node_pool", {
        ...(unknowns(pool, library) as Inputs),
        kubernetes_cluster_id: `\${azurerm_kubernetes_automatic_cluster.${prefix}aks.id}`,
      });
    });
  },
};

export const azapiObject = azapiShape("azapi, body as an object", (body) => body);
export const azapiText = azapiShape("azapi, body as JSON text", (body) => JSON.stringify(body));

export const azapiUpdate: Shape = {
  name: "azapi_update_resource",
  dialect: azapiPatch,
  takesPoolsApart: false,
  inputs: (cluster) => cluster,
  toolVersion: () => undefined,
  declare: (library, stack, { cluster }, prefix = "") => {
    resource(library, stack, `${prefix}aks`, "azapi_update_resource", {
      type: armType,
      resource_id: "${var.cluster_id}",
      body: unknowns(cluster["body"] ?? nothing, library),
    });
  },
};

export const template: Shape = {
  name: "ARM template",
  dialect: armTemplate,
  takesPoolsApart: true,
  inputs: (cluster) => cluster,
  toolVersion: () => undefined,
  declare: (library, stack, { cluster, separatePools }, prefix = "") => {
    const armUnknown = (value: unknown): unknown =>
      JSON.parse(
        JSON.stringify(unknowns(value, library)).replaceAll(
          '"${var.unknown}"',
          `"[reference('other').value]"`,
        ),
      );
    const { properties = nothing, ...rest } = armUnknown(cluster) as Inputs;
    const isBlock = typeof properties === "object" && properties !== null && !Array.isArray(properties);
    const resources = [
      {
        type: "Microsoft.ContainerService/managedClusters",
        name: "aks",
        ...rest,
        // Without it the template would only change an existing cluster.
        properties: isBlock ? { dnsPrefix: "aks", ...properties } : properties,
      },
      ...separatePools.map((pool) => ({
        type: "Microsoft.ContainerService/managedClusters/agentPools",
        ...armPool(armUnknown(pool) as Inputs),
        name: `aks/${String(pool["name"])}`,
      })),
    ];
    resource(library, stack, `${prefix}aks`, "azurerm_resource_group_template_deployment", {
      template_content: JSON.stringify({ resources }),
    });
  },
};

export const azapiOf2022 = azapiShape("azapi of 2022", (body) => body, "2022-03-01");

export const aks = moduleShape(
  "module Azure/aks/azurerm",
  "Azure/aks/azurerm",
  dialectAt(aksModule, undefined),
);
export const avm = moduleShape(
  "module Azure/avm-res-containerservice-managedcluster/azurerm",
  "Azure/avm-res-containerservice-managedcluster/azurerm",
  dialectAt(avmModule, undefined),
);
export const aks10 = moduleShape(
  "module Azure/aks/azurerm 10.2.0",
  "Azure/aks/azurerm",
  dialectAt(aksModule, "10.2.0"),
  "10.2.0",
);
export const avmOf2025 = moduleShape(
  "module Azure/avm-res-containerservice-managedcluster/azurerm 0.3.3",
  "Azure/avm-res-containerservice-managedcluster/azurerm",
  dialectAt(avmModuleBefore04, "0.3.3"),
  "0.3.3",
);

/** Shapes in which a declaration means exactly what the rules' examples say. */
export const plainShapes: readonly Shape[] = [typed, raw, azapiObject, azapiText, template];
/** Shapes with their own defaults or meaning. */
export const otherShapes: readonly Shape[] = [automatic, azapiUpdate, aks, avm];
