import type { Dialect } from "./dialect";

/** Resources shaped like Azure's API, as `@pulumi/azure-native` declares them (types of 2.92.3 and 3.28.0). `ebpfDataplane` is the dataplane's name in previews of 2022. */
export const azureNative: Dialect = {
  name: "azure-native",
  tool: "azure-native",
  caseSensitive: false,
  blocksMayBeLists: false,
  settings: {
    engine: ["networkProfile.networkPolicy"],
    plugin: ["networkProfile.networkPlugin"],
    mode: ["networkProfile.networkPluginMode"],
    dataplane: ["networkProfile.networkDataplane", "networkProfile.ebpfDataplane"],
    sku: ["sku.name"],
    ipFamilies: ["networkProfile.ipFamilies"],
    nodeProvisioning: ["nodeProvisioningProfile.mode"],
    advancedNetworkSecurity: ["networkProfile.advancedNetworking.security.enabled"],
    windowsProfile: ["windowsProfile"],
  },
  poolsInside: { path: "agentPoolProfiles", one: false },
  pool: {
    name: "name",
    nameApart: "agentPoolName",
    os: "osType",
    osSku: "osSKU",
    autoscaling: ["enableAutoScaling"],
    count: "count",
    maximum: "maxCount",
  },
  poolsCluster: { path: "resourceName", by: "name" },
  identity: { name: "resourceName", resourceGroup: "resourceGroupName" },
  matches: {
    pulumi: {
      cluster: "azure-native:containerservice:ManagedCluster",
      pool: "azure-native:containerservice:AgentPool",
      // One resource has many tokens: with and without an API version in its module (versions 1 and 2), as a local
      // package of one version (version 3), and as azure-nextgen before 2021.
      pattern:
        /^azure-(?:native|nextgen)(?:_containerservice_v\w+)?:containerservice(?:\/\w+)?:(?:ManagedCluster|(?<pool>AgentPool))$/i,
      apiVersion: /v(\d{4})(\d{2})(\d{2})/,
    },
  },
  // Modules v20190601 and v20210501 of 2.92.3 know neither the dataplane nor the plugin's mode.
  versions: {
    of: "API",
    names: {
      "networkProfile.networkPluginMode": { since: "2022-01-01" },
      "networkProfile.networkDataplane": { since: "2022-01-01" },
      "networkProfile.ebpfDataplane": { since: "2022-01-01" },
    },
  },
};
