import { apiVersionsOfNames, apiVersionsOfSkus } from "./azure-api-versions";
import type { Dialect } from "./dialect";

/**
 * Resources shaped like Azure's API, as `@pulumi/azure-native` declares them (types of 2.92.3 and 3.28.0).
 * Previews of 2022 and 2023 call the dataplane `ebpfDataplane`.
 */
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
    transitEncryption: ["networkProfile.advancedNetworking.security.transitEncryption.type"],
    accelerationMode: ["networkProfile.advancedNetworking.performance.accelerationMode"],
    kubernetesVersion: ["kubernetesVersion"],
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
    virtualMachines: [
      { path: "virtualMachinesProfile.scale.manual", count: "count" },
      { path: "virtualMachinesProfile.scale.autoscale", count: "maxCount" },
    ],
  },
  // Only API version 2019-02-01 has `managedClusterName`, per the types of version 1 (1.104.0 read).
  poolsCluster: { path: "resourceName", olderPath: "managedClusterName", by: "name" },
  identity: { name: "resourceName", resourceGroup: "resourceGroupName" },
  matches: {
    pulumi: {
      cluster: "azure-native:containerservice:ManagedCluster",
      pool: "azure-native:containerservice:AgentPool",
      // One resource has many tokens: with and without an API version in its module (versions 1 and 2), as a
      // local package of one version (version 3), and as azure-nextgen before 2021.
      pattern:
        /^azure-(?:native|nextgen)(?:_containerservice_v\w+)?:containerservice(?:\/\w+)?:(?:ManagedCluster|(?<pool>AgentPool))$/i,
      apiVersion: /v(\d{4})(\d{2})(\d{2})((?:private)?preview)?/,
      // The API version of the default module, per SDK version (2.92.3, 3.28.0 and 3.29.0 read).
      defaultApiVersions: [
        { before: "2.0.0", api: "2021-03-01" },
        { before: "3.0.0", api: "2023-04-01" },
        { before: "3.30.0", api: "2025-09-01" },
      ],
      ended: { pattern: /^azure-nextgen:/i, api: "2021-03-01" },
    },
  },
  versions: {
    of: "API",
    called: "API version",
    absent: "dropped",
    names: apiVersionsOfNames,
    values: { sku: apiVersionsOfSkus },
  },
  // containerServiceNetworkProfileArgsProvideDefaults in the types, module by module, in 1.104.0 and 2.92.3.
  // Of the version 1 releases still on npm, 1.47.0 is the last without it and 1.52.0 the first with it.
  sdkWrites: {
    setting: "plugin",
    value: "kubenet",
    sdk: "the azure-native SDK",
    versions: { since: "1.52.0", until: "3.0.0" },
    apis: [
      { of: "releases", since: "2018-03-31", until: "2024-09-01" },
      { of: "previews", until: "2022-02-02-preview" },
    ],
  },
};
