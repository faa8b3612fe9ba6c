import { azurermShape } from "./azurerm";
import type { Dialect, ModuleSources } from "./dialect";
import { withTypedVariables } from "./spelling";

const sources: ModuleSources = {
  owner: "azure",
  name: /^(?:terraform-azurerm-)?avm-res-containerservice-managedcluster(?:\/\/modules\/[^/]+\/?)?$/i,
  // Its submodules make parts of a cluster: a pool, alerts, a namespace.
  except: /\/\/modules\//,
};
const poolOf = (folder: string): RegExp =>
  new RegExp(`^(?:terraform-azurerm-)?avm-res-containerservice-managedcluster//modules/${folder}/?$`, "i");
// The pool's module says `parent_id` from 0.4.0 on.
const poolsCluster: Dialect["poolsCluster"] = {
  path: "parent_id",
  olderPath: "cluster_resource_id",
  by: "id",
};

// variables.tf of https://github.com/Azure/terraform-azurerm-avm-res-containerservice-managedcluster at its tags up to 0.8.1 (2026-08-19).
const onAzapi: Dialect = {
  name: "module Azure/avm",
  tool: "azapi",
  caseSensitive: false,
  blocksMayBeLists: false,
  settings: {
    engine: ["network_profile.network_policy"],
    plugin: ["network_profile.network_plugin"],
    mode: ["network_profile.network_plugin_mode"],
    dataplane: ["network_profile.network_dataplane", "network_profile.network_data_plane"],
    sku: ["sku.name"],
    ipFamilies: ["network_profile.ip_families", "network_profile.ip_versions"],
    nodeProvisioning: ["node_provisioning_profile.mode"],
    advancedNetworkSecurity: ["network_profile.advanced_networking.security.enabled"],
    transitEncryption: [],
    accelerationMode: [],
    kubernetesVersion: ["kubernetes_version"],
    windowsProfile: ["windows_profile"],
  },
  // locals.sensitive.tf
  sendsPasswordsApart: true,
  // locals.network_profile.tf
  automaticSendsNoNetwork: true,
  poolsInside: { path: "agent_pools", one: false, map: true, besides: "default_agent_pool" },
  pool: {
    name: "name",
    os: "os_type",
    osSku: "os_sku",
    autoscaling: ["enable_auto_scaling"],
    count: "count_of",
    maximum: "max_count",
    virtualMachines: [{ path: "virtual_machines_profile.scale.manual", count: "count" }],
  },
  poolsCluster,
  identity: { name: "name", resourceGroup: "resource_group_name" },
  matches: { module: { ...sources, pool: poolOf("agentpool"), versions: { since: "0.4.0" } } },
  versions: {
    of: "module",
    called: "module Azure/avm-res-containerservice-managedcluster",
    absent: "dropped",
    // The module's names before 0.4.0.
    names: {
      "network_profile.network_data_plane": [{ until: "0.4.0" }],
      "network_profile.ip_versions": [{ until: "0.4.0" }],
    },
  },
};

const onAzurerm: Dialect = {
  ...azurermShape,
  name: "module Azure/avm before 0.4",
  blocksMayBeLists: false,
  settings: {
    ...azurermShape.settings,
    dataplane: ["network_profile.network_data_plane", "network_profile.network_dataplane"],
    ipFamilies: ["network_profile.ip_versions", "network_profile.ip_families"],
    nodeProvisioning: [],
    advancedNetworkSecurity: [],
  },
  // The variable's default in all of these versions.
  ownPart: {
    path: "network_profile",
    values: { network_plugin: "azure", network_policy: "azure", network_plugin_mode: "overlay" },
  },
  poolsInside: { path: "node_pools", one: false, map: true, besides: "default_node_pool" },
  poolsCluster,
  matches: { module: { ...sources, pool: poolOf("nodepool"), versions: { until: "0.4.0" } } },
  versions: {
    of: "module",
    called: "module Azure/avm-res-containerservice-managedcluster",
    absent: "dropped",
    // The module's names from 0.4.0 on.
    names: {
      "network_profile.network_dataplane": [{ since: "0.4.0" }],
      "network_profile.ip_families": [{ since: "0.4.0" }],
    },
  },
};

export const avmModuleTyped: Dialect = withTypedVariables(onAzapi);

/**
 * The module Azure/avm-res-containerservice-managedcluster/azurerm from 0.4.0 on, which deploys with azapi at
 * API version 2026-03-01.
 */
export const avmModule: Dialect = { ...onAzapi, typed: avmModuleTyped };

/** The same module up to 0.3.3, which deploys with azurerm. */
export const avmModuleBefore04: Dialect = { ...onAzurerm, typed: withTypedVariables(onAzurerm) };
