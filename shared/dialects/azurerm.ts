import type { Dialect, DialectShape } from "./dialect";
import { inCamelCase } from "./spelling";

/** The names in the schema of the azurerm provider, from 3.0 to 5.2.0. */
export const azurermShape: DialectShape = {
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
    transitEncryption: [],
    accelerationMode: [],
    kubernetesVersion: ["kubernetes_version"],
    windowsProfile: ["windows_profile"],
  },
  outboundType: "network_profile.outbound_type",
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

const written: Dialect = {
  ...azurermShape,
  matches: {
    terraform: { cluster: "azurerm_kubernetes_cluster", pool: "azurerm_kubernetes_cluster_node_pool" },
  },
  versions: {
    of: "provider",
    called: "azurerm",
    absent: "refused",
    names: {
      "network_profile.network_data_plane": [{ since: "3.108.0" }],
      "network_profile.ebpf_data_plane": [{ until: "4.0.0" }],
    },
  },
};

/** The same in the spelling of the generated classes, which CDKTF users write and read. */
export const azurermTyped: Dialect = inCamelCase(written);

/** `azurerm_kubernetes_cluster`; before 4.0, `ebpf_data_plane` and `enable_auto_scaling` are the names. */
export const azurerm: Dialect = { ...written, typed: azurermTyped };
