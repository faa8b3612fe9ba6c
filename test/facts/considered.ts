/**
 * What packages have and no rule reads, because it does not decide whether network policies are enforced. New
 * properties are not in these lists, so `npm run facts` reports them until somebody has considered them.
 */
import type { Family } from "./surface";

export interface Considered {
  /** Properties, by block. */
  readonly blocks: Readonly<
    Record<Family, Readonly<Record<"cluster" | "pool", Readonly<Record<string, string>>>>>
  >;
  /** Values of enumerations that belong to no setting, by path. */
  readonly values: Readonly<Record<Family, Readonly<Record<string, readonly string[]>>>>;
}

export function isKnownWithoutEffect(known: string, name: string): boolean {
  return known.split(/\s+/).includes(name);
}

const advanced = "networkProfile.advancedNetworking";

/**
 * Names that are read at any version of their provider, although its older versions reject them: a program
 * may bypass the classes of its bindings, and its provider may be newer. Reading them can only fail a
 * cluster.
 */
export const judgedAtAnyVersion: readonly string[] = [
  "nodeProvisioningProfile.mode",
  "networkProfile.advancedNetworking.securityEnabled",
];

/** Considered 2026-11, in the pinned packages. */
const ofPools: Readonly<Record<Family, string>> = {
  "Azure's API": `artifactStreamingProfile availabilityZones capacityReservationGroupID creationData
      currentOrchestratorVersion enableCustomCATrust enableEncryptionAtHost enableFips enableFIPS
      enableNodePublicIP enableUltraSSD eTag gatewayProfile gpuInstanceProfile gpuProfile
      hostGroupID id kubeletConfig kubeletDiskType linuxOSConfig localDNSProfile maxPods
      messageOfTheDay minCount mode networkProfile nodeImageVersion nodeInitializationTaints
      nodeLabels nodePublicIPPrefixID nodeTaints orchestratorVersion osDiskSizeGB osDiskType
      podIPAllocationMode podSubnetID powerState provisioningState proximityPlacementGroupID
      resourceGroupName resourceName scaleDownMode scaleSetEvictionPolicy scaleSetPriority
      securityProfile spotMaxPrice status systemData tags type typePropertiesType upgradeSettings
      virtualMachineNodesStatus virtualMachinesProfile vmSize vnetSubnetID windowsProfile
      workloadRuntime`,
  azurerm: `capacityReservationGroupId evictionPolicy fipsEnabled gpuDriver gpuInstance
      hostEncryptionEnabled hostGroupId id kubeletConfig kubeletDiskType kubernetesClusterId
      linuxOsConfig maxPods minCount mode nodeLabels nodeNetworkProfile nodePublicIpEnabled
      nodePublicIpPrefixId nodeTaints onlyCriticalAddonsEnabled orchestratorVersion osDiskSizeGb
      osDiskType podSubnetId priority proximityPlacementGroupId scaleDownMode snapshotId
      spotMaxPrice tags temporaryNameForRotation timeouts type ultraSsdEnabled upgradeSettings
      vmSize vnetSubnetId windowsProfile workloadRuntime zones`,
};

export const considered: Considered = {
  blocks: {
    "Azure's API": {
      cluster: {
        "": `aadProfile addonProfiles aiToolchainOperatorProfile apiServerAccessProfile
      apiServerAuthorizedIPRanges autoScalerProfile autoUpgradeProfile azureMonitorProfile
      azurePortalFqdn bootstrapProfile creationData currentKubernetesVersion disableLocalAccounts
      diskEncryptionSetID dnsPrefix enableNamespaceResources enablePodSecurityPolicy enableRBAC
      enableRbac eTag extendedLocation fqdn fqdnSubdomain guardrailsProfile hostedSystemProfile
      httpProxyConfig id identity identityProfile ingressProfile kind kubernetesVersion
      linuxProfile location maxAgentPools metricsProfile name nodeResourceGroup
      nodeResourceGroupProfile oidcIssuerProfile podIdentityProfile powerState privateFqdn
      privateLinkResources provisioningState publicNetworkAccess resourceGroupName resourceName
      resourceUID safeguardsProfile schedulerProfile securityProfile serviceMeshProfile
      servicePrincipalProfile status storageProfile supportPlan systemData tags type
      upgradeSettings workloadAutoScalerProfile`,
        networkProfile: `dnsServiceIP dockerBridgeCidr kubeProxyConfig loadBalancerProfile loadBalancerSku
      monitoring natGatewayProfile networkMode outboundType podCidr podCidrs podLinkLocalAccess
      serviceCidr serviceCidrs staticEgressGatewayProfile`,
        [advanced]: "enabled observability",
        [`${advanced}.security`]: "advancedNetworkPolicies fqdnPolicy",
        [`${advanced}.security.transitEncryption`]: "",
        [`${advanced}.performance`]: "",
        nodeProvisioningProfile: "defaultNodePools",
        sku: "tier",
        agentPoolProfiles: ofPools["Azure's API"],
      },
      pool: { "": ofPools["Azure's API"] },
    },
    azurerm: {
      cluster: {
        "": `aciConnectorLinux aiToolchainOperatorEnabled apiServerAccessProfile automaticUpgradeChannel
      autoScalerProfile azureActiveDirectoryRoleBasedAccessControl azurePolicyEnabled
      bootstrapProfile confidentialComputing costAnalysisEnabled customCaTrustCertificatesBase64
      customCaTrustCertificatesBase64s diskEncryptionSetId dnsPrefix dnsPrefixPrivateCluster
      edgeZone httpApplicationRoutingEnabled httpProxyConfig id identity imageCleanerEnabled
      imageCleanerIntervalHours ingressApplicationGateway keyManagementService
      keyVaultSecretsProvider kubeletIdentity kubernetesVersion linuxProfile localAccountDisabled
      location maintenanceWindow maintenanceWindowAutoUpgrade maintenanceWindowNodeOs
      microsoftDefender monitorMetrics name nodeOsUpgradeChannel nodeResourceGroup
      oidcIssuerEnabled omsAgent openServiceMeshEnabled privateClusterEnabled
      privateClusterPublicFqdnEnabled privateDnsZoneId resourceGroupName
      roleBasedAccessControlEnabled runCommandEnabled serviceMeshProfile servicePrincipal skuTier
      storageProfile supportPlan tags timeouts upgradeOverride apiServerAccess hostedSystem privateCluster serviceMesh webAppRoutingIngress webAppRouting
      workloadAutoscalerProfile workloadIdentityEnabled`,
        networkProfile: `dnsServiceIp loadBalancerProfile loadBalancerSku natGatewayProfile networkMode outboundType
      podCidr podCidrs serviceCidr serviceCidrs`,
        [advanced]: "observabilityEnabled",
        nodeProvisioningProfile: "defaultNodePools",
        defaultNodePool: ofPools.azurerm,
      },
      pool: { "": ofPools.azurerm },
    },
  },
  values: {
    "Azure's API": {
      [`${advanced}.security.advancedNetworkPolicies`]: ["FQDN", "L7", "None"],
      "agentPoolProfiles.osSKU": [
        "AzureContainerLinux",
        "AzureLinux",
        "AzureLinux3",
        "CBLMariner",
        "Mariner",
        "Ubuntu",
        "Ubuntu2204",
        "Ubuntu2404",
        "Windows2019",
        "Windows2022",
        "Windows2025",
        "WindowsAnnual",
      ],
      "networkProfile.networkMode": ["bridge", "transparent"],
      "agentPoolProfiles.osType": ["Linux", "Windows"],
      [`${advanced}.security.transitEncryption.type`]: ["None", "WireGuard"],
      [`${advanced}.performance.accelerationMode`]: ["BpfVeth", "None"],
    },
    azurerm: {},
  },
};
