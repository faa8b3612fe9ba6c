import type { Dialect, DialectShape } from "./dialect";

/**
 * azurerm's names as Pulumi spells them, in its classic provider and in its bridge for any Terraform
 * provider.
 */
export const bridgedShape: Omit<DialectShape, "name" | "tool"> = {
  caseSensitive: true,
  blocksMayBeLists: true,
  settings: {
    engine: ["networkProfile.networkPolicy"],
    plugin: ["networkProfile.networkPlugin"],
    mode: ["networkProfile.networkPluginMode"],
    dataplane: ["networkProfile.networkDataPlane", "networkProfile.ebpfDataPlane"],
    sku: [],
    ipFamilies: ["networkProfile.ipVersions"],
    nodeProvisioning: ["nodeProvisioningProfile.mode"],
    advancedNetworkSecurity: ["networkProfile.advancedNetworking.securityEnabled"],
    transitEncryption: [],
    accelerationMode: [],
    kubernetesVersion: ["kubernetesVersion"],
    windowsProfile: ["windowsProfile"],
  },
  outboundType: "networkProfile.outboundType",
  poolsInside: { path: "defaultNodePool", one: true },
  pool: {
    name: "name",
    os: "osType",
    osSku: "osSku",
    autoscaling: ["autoScalingEnabled", "enableAutoScaling"],
    count: "nodeCount",
    maximum: "maxCount",
  },
  poolsCluster: { path: "kubernetesClusterId", by: "id" },
  identity: { name: "name", resourceGroup: "resourceGroupName" },
};

/**
 * Pulumi's classic provider as declared by `@pulumi/azure` 6.40.0; `ebpfDataPlane` and `enableAutoScaling`
 * are the names of version 5.
 */
export const azureClassic: Dialect = {
  name: "azure",
  tool: "azure",
  ...bridgedShape,
  matches: {
    pulumi: {
      cluster: "azure:containerservice/kubernetesCluster:KubernetesCluster",
      pool: "azure:containerservice/kubernetesClusterNodePool:KubernetesClusterNodePool",
    },
  },
  versions: {
    of: "provider",
    called: "@pulumi/azure",
    absent: "refused",
    names: {
      // The versions between 5.45.0 and 5.89.0 have not been checked.
      "networkProfile.networkDataPlane": [{ since: "5.89.0" }],
      "networkProfile.ebpfDataPlane": [{ until: "6.0.0" }],
    },
  },
};
