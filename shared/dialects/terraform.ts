/** The dialects of Terraform programs: azurerm, azapi, ARM templates in Terraform, and the two registry modules. */
import type { Dialect, PoolPaths, SettingName } from "./dialects";
import { azureNative } from "./dialects";

/** `azurerm_kubernetes_cluster`: the provider's schema from 3.0 to 5.2.0; `ebpf_data_plane` and `enable_auto_scaling` are the names before 4.0. */
export const azurerm: Dialect = {
  name: "azurerm",
  tool: "azurerm",
  caseSensitive: true,
  blocksMayBeLists: true,
  settings: {
    engine: ["network_profile.network_policy"],
    plugin: ["network_profile.network_plugin"],
    mode: ["network_profile.network_plugin_mode"],
    dataplane: ["network_profile.network_data_plane", "network_profile.ebpf_data_plane"],
    sku: [],
    ipFamilies: ["network_profile.ip_versions"],
    nodeProvisioning: ["node_provisioning_profile.mode"],
    advancedNetworkSecurity: ["network_profile.advanced_networking.security_enabled"],
    windowsProfile: ["windows_profile"],
  },
  poolsInside: { path: "default_node_pool", one: true },
  pool: {
    name: "name",
    os: "os_type",
    osSku: "os_sku",
    autoscaling: ["auto_scaling_enabled", "enable_auto_scaling"],
    count: "node_count",
    maximum: "max_count",
  },
  poolsCluster: { path: "kubernetes_cluster_id", by: "id" },
  identity: { name: "name", resourceGroup: "resource_group_name" },
};

/** The same in the spelling of the generated classes, which is what their users write and read. */
export const azurermTyped = inCamelCase(azurerm, "azurerm, typed");

/** `azurerm_kubernetes_automatic_cluster` (from azurerm 4.81): it has no network profile, because Cilium is built in. */
export const azurermAutomatic: Dialect = {
  ...azurerm,
  name: "azurerm, automatic",
  settings: {
    engine: [],
    plugin: [],
    mode: [],
    dataplane: [],
    sku: [],
    ipFamilies: [],
    nodeProvisioning: [],
    advancedNetworkSecurity: [],
    windowsProfile: [],
  },
  defaults: { sku: "Automatic" },
};

/** An `azapi_resource` of type Microsoft.ContainerService/managedClusters: Azure's own shape below `body`. */
export const azapi: Dialect = armBelow("body", "azapi");

/** An `azapi_update_resource` of the same type: it changes what it states and leaves the rest. */
export const azapiPatch: Dialect = { ...azapi, name: "azapi, patch", patch: true };

/** A managed cluster in an ARM template that Terraform deploys. */
export const armTemplate: Dialect = armBelow("", "ARM template");

/** The module Azure/aks/azurerm; its plugin is kubenet unless told (variables.tf, read at the version of 2026-03). */
export const aksModule: Dialect = {
  name: "module Azure/aks",
  tool: "azurerm",
  caseSensitive: true,
  blocksMayBeLists: false,
  settings: {
    engine: ["network_policy"],
    plugin: ["network_plugin"],
    mode: ["network_plugin_mode"],
    dataplane: ["network_data_plane", "ebpf_data_plane"],
    sku: [],
    ipFamilies: ["network_ip_versions"],
    nodeProvisioning: ["node_provisioning_profile.mode"],
    advancedNetworkSecurity: ["network_profile_advanced_networking.security_enabled"],
    windowsProfile: [],
  },
  defaults: { plugin: "kubenet" },
  poolsInside: { path: "node_pools", one: false, map: true },
  pool: azurerm.pool,
  poolsCluster: azurerm.poolsCluster,
  identity: { name: "cluster_name", resourceGroup: "resource_group_name" },
};
export const aksModuleTyped = withTypedVariables(aksModule, "module Azure/aks, typed");

/** The module Azure/avm-res-containerservice-managedcluster/azurerm; without a network profile its own version decides (variables.tf, read at the versions of 2026). */
export const avmModule: Dialect = {
  ...azurerm,
  name: "module Azure/avm",
  tool: "azapi",
  caseSensitive: false,
  blocksMayBeLists: false,
  settings: {
    ...azurerm.settings,
    dataplane: ["network_profile.network_data_plane"],
    sku: ["sku.name"],
    advancedNetworkSecurity: ["advanced_networking.security_enabled"],
  },
  unknownWithout: "network_profile",
  poolsInside: { path: "node_pools", one: false, map: true },
  identity: { name: "name", resourceGroup: "resource_group_name" },
};
export const avmModuleTyped = withTypedVariables(avmModule, "module Azure/avm, typed");

/** A module that nothing is known of but that its source names AKS. */
export const opaqueModule: Dialect = {
  ...azurerm,
  name: "module",
  whole: "what this module makes",
};

/** An azapi resource whose type Terraform makes up, so that it may be a cluster. */
export const opaqueResource: Dialect = { ...azapi, whole: "the type of this resource" };

/** Every dialect of Terraform programs that says something. */
export const terraformDialects: readonly Dialect[] = [
  azurerm,
  azurermTyped,
  azurermAutomatic,
  azapi,
  azapiPatch,
  armTemplate,
  aksModule,
  aksModuleTyped,
  avmModule,
  avmModuleTyped,
];

/** Azure's own spelling at a place of a Terraform resource; the whole resource of the API has its settings below `properties`. */
function armBelow(prefix: string, name: Dialect["name"]): Dialect {
  const at = (path: string): string => (prefix === "" ? path : `${prefix}.${path}`);
  const below = (path: string): string => at(path.startsWith("sku.") ? path : `properties.${path}`);
  const { settings, pool, poolsInside } = azureNative;
  return {
    name,
    tool: "azapi",
    caseSensitive: false,
    blocksMayBeLists: false,
    settings: mapPaths(settings, below),
    poolsInside: { ...poolsInside, path: below(poolsInside.path) },
    pool,
    poolsCluster: { path: "parent_id", by: "id" },
    identity: { name: "name", resourceGroup: "resource_group_name" },
  };
}

function mapPaths(settings: Dialect["settings"], map: (path: string) => string): Dialect["settings"] {
  const mapped = { ...settings };
  for (const name of Object.keys(settings) as SettingName[]) mapped[name] = settings[name].map(map);
  return mapped;
}

/** `network_profile.network_policy` as the generated classes spell it: `networkProfile.networkPolicy`. */
export function camelCase(path: string): string {
  return path.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

function inCamelCase(dialect: Dialect, name: Dialect["name"]): Dialect {
  const { settings, poolsInside, pool, poolsCluster, identity } = dialect;
  const camelPool: PoolPaths = {
    name: camelCase(pool.name),
    os: camelCase(pool.os),
    osSku: camelCase(pool.osSku),
    autoscaling: pool.autoscaling.map(camelCase),
    count: camelCase(pool.count),
    maximum: camelCase(pool.maximum),
  };
  return {
    ...dialect,
    name,
    settings: mapPaths(settings, camelCase),
    poolsInside: { ...poolsInside, path: camelCase(poolsInside.path) },
    pool: camelPool,
    poolsCluster: { ...poolsCluster, path: camelCase(poolsCluster.path) },
    identity: { name: camelCase(identity.name), resourceGroup: camelCase(identity.resourceGroup) },
  };
}

/** Generated bindings of a module spell its variables in camel case and leave what is inside a variable as it is. */
function withTypedVariables(dialect: Dialect, name: Dialect["name"]): Dialect {
  const variable = (path: string): string => path.replace(/[^.]+/, camelCase);
  const { settings, poolsInside, identity, unknownWithout } = dialect;
  return {
    ...dialect,
    name,
    settings: mapPaths(settings, variable),
    ...(unknownWithout === undefined ? {} : { unknownWithout: variable(unknownWithout) }),
    poolsInside: { ...poolsInside, path: variable(poolsInside.path) },
    identity: { name: variable(identity.name), resourceGroup: variable(identity.resourceGroup) },
  };
}
