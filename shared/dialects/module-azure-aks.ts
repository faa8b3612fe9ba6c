import { azurermShape } from "./azurerm";
import type { Dialect } from "./dialect";
import { withTypedVariables } from "./spelling";

const written: Dialect = {
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
  pool: azurermShape.pool,
  poolsCluster: azurermShape.poolsCluster,
  identity: { name: "cluster_name", resourceGroup: "resource_group_name" },
  matches: {
    module: {
      source: /(?:^|\/)Azure\/aks\/azurerm(?:\/\/v4)?$|\/terraform-azurerm-aks(?:\.git)?(?:\/\/v4)?(?:\?|$)/i,
    },
  },
};

export const aksModuleTyped: Dialect = withTypedVariables(written);

/** The module Azure/aks/azurerm; its plugin is kubenet unless the program says otherwise (variables.tf, read at the version of 2026-03). */
export const aksModule: Dialect = { ...written, typed: aksModuleTyped };
