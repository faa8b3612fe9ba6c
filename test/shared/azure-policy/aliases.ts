/**
 * The Azure aliases that the definitions use, and the resource path of each: `Get-AzPolicyAlias`
 * (2026-07-13), deliberately typed here a second time. The interpreter rejects a definition with any other
 * alias.
 */
const clusters = {
  "sku.name": "sku.name",
  "networkProfile.networkPolicy": "properties.networkProfile.networkPolicy",
  "networkProfile.networkDataplane": "properties.networkProfile.networkDataplane",
  "networkProfile.networkPlugin": "properties.networkProfile.networkPlugin",
  "networkProfile.networkPluginMode": "properties.networkProfile.networkPluginMode",
  "networkProfile.ipFamilies[*]": "properties.networkProfile.ipFamilies[*]",
  "networkProfile.advancedNetworking.security.enabled":
    "properties.networkProfile.advancedNetworking.security.enabled",
  "networkProfile.advancedNetworking.performance.accelerationMode":
    "properties.networkProfile.advancedNetworking.performance.accelerationMode",
  "nodeProvisioningProfile.mode": "properties.nodeProvisioningProfile.mode",
  "agentPoolProfiles[*]": "properties.agentPoolProfiles[*]",
  "agentPoolProfiles[*].osType": "properties.agentPoolProfiles[*].osType",
};

const pools = { osType: "properties.osType" };

function withPrefix(type: string, paths: Readonly<Record<string, string>>): [string, string][] {
  return Object.entries(paths).map(([name, path]) => [`Microsoft.ContainerService/${type}/${name}`, path]);
}

export const pathOfAlias: ReadonlyMap<string, string> = new Map([
  ...withPrefix("managedClusters", clusters),
  ...withPrefix("managedClusters/agentPools", pools),
]);

/**
 * The same in the format of Azure's API: `GET
 * /providers/Microsoft.ContainerService?$expand=resourceTypes/aliases`.
 */
export const aliasesOfProvider = {
  namespace: "Microsoft.ContainerService",
  resourceTypes: ["managedClusters", "managedClusters/agentPools"].map((resourceType) => ({
    resourceType,
    aliases: withPrefix(resourceType, resourceType === "managedClusters" ? clusters : pools).map(
      ([name, defaultPath]) => ({ name, defaultPath }),
    ),
  })),
};
