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
    transitEncryption: [],
    accelerationMode: [],
    kubernetesVersion: ["kubernetes_version"],
    windowsProfile: ["windows_profile"],
  },
  outboundType: "net_profile_outbound_type",
  defaults: { plugin: "kubenet" },
  // "one of either network_plugin_mode = `overlay` or pod_subnet.id must be specified": main.tf, from 7.2.0 on.
  overlayUnless: ["pod_subnet", "pod_subnet_id"],
  poolsInside: {
    path: "node_pools",
    one: false,
    map: true,
    outside: {
      autoscaling: ["auto_scaling_enabled", "enable_auto_scaling"],
      count: "agents_count",
      maximum: "agents_max_count",
    },
  },
  pool: azurermShape.pool,
  poolsCluster: azurermShape.poolsCluster,
  identity: { name: "cluster_name", resourceGroup: "resource_group_name" },
  matches: { module: { owner: "azure", name: /^(?:terraform-azurerm-)?aks(?:\/\/v4)?$/i } },
  // variables.tf of https://github.com/Azure/terraform-azurerm-aks at its tags up to 11.5.0 (2026-04-10).
  versions: {
    of: "module",
    called: "module Azure/aks",
    absent: "refused",
    names: {
      network_policy: [{ since: "4.5.0" }],
      network_plugin: [{ since: "4.4.0" }],
      network_plugin_mode: [{ since: "7.1.0" }],
      network_data_plane: [{ since: "10.0.0", until: "11.0.0" }],
      ebpf_data_plane: [{ since: "7.2.0" }],
      network_ip_versions: [{ since: "10.0.0", until: "11.0.0" }, { since: "11.5.0" }],
      "node_provisioning_profile.mode": [{ since: "11.4.0" }],
      "network_profile_advanced_networking.security_enabled": [{ since: "11.5.0" }],
      windows_profile: [{ since: "11.5.0" }],
    },
  },
};

export const aksModuleTyped: Dialect = withTypedVariables(written);

/**
 * The module Azure/aks/azurerm, retired in May 2026. Its plugin is kubenet unless the program sets another
 * one.
 */
export const aksModule: Dialect = { ...written, typed: aksModuleTyped };
