import type { Props, StackResource } from "../engine/analyzer";
import { secret, unknown, urnOf } from "../engine/analyzer";

/**
 * A cluster as azure-native sends it for a program of some size: about a hundred properties, nearly all of
 * them irrelevant.
 */
export function realCluster(i: number): StackResource {
  const type = "azure-native:containerservice:ManagedCluster";
  const name = `aks-${i}`;
  return { type, name, urn: urnOf(type, name), props: clusterProps(i) };
}

function clusterProps(i: number): Props {
  const isFine = i % 10 !== 0;
  return {
    resourceName: `aks-${i}`,
    resourceGroupName: `rg-${i % 20}`,
    location: "westeurope",
    dnsPrefix: `aks-${i}`,
    kubernetesVersion: "1.33.2",
    nodeResourceGroup: `rg-aks-${i}-nodes`,
    enableRBAC: true,
    disableLocalAccounts: true,
    supportPlan: "KubernetesOfficial",
    sku: { name: "Base", tier: "Standard" },
    identity: { type: "UserAssigned", userAssignedIdentities: [unknown] },
    identityProfile: { kubeletidentity: { resourceId: unknown, clientId: unknown, objectId: unknown } },
    aadProfile: { managed: true, enableAzureRBAC: true, adminGroupObjectIDs: [groupId], tenantID: groupId },
    apiServerAccessProfile: { enablePrivateCluster: true, privateDNSZone: "system" },
    autoUpgradeProfile: { upgradeChannel: "patch", nodeOSUpgradeChannel: "NodeImage" },
    autoScalerProfile: {
      expander: "least-waste",
      "scan-interval": "10s",
      "max-graceful-termination-sec": "600",
    },
    addonProfiles: {
      azureKeyvaultSecretsProvider: { enabled: true, config: { enableSecretRotation: "true" } },
      azurepolicy: { enabled: true, config: { version: "v2" } },
      omsagent: { enabled: true, config: { logAnalyticsWorkspaceResourceID: unknown } },
    },
    securityProfile: {
      defender: { logAnalyticsWorkspaceResourceId: unknown, securityMonitoring: { enabled: true } },
      imageCleaner: { enabled: true, intervalHours: 48 },
      workloadIdentity: { enabled: true },
    },
    oidcIssuerProfile: { enabled: true },
    storageProfile: { diskCSIDriver: { enabled: true }, fileCSIDriver: { enabled: true } },
    workloadAutoScalerProfile: { keda: { enabled: true } },
    linuxProfile: { adminUsername: "azureuser", ssh: { publicKeys: [{ keyData: secret(`ssh-rsa ${i}`) }] } },
    networkProfile: {
      networkPlugin: "azure",
      networkPluginMode: "overlay",
      ...(isFine ? { networkDataplane: "cilium", networkPolicy: "cilium" } : {}),
      dnsServiceIP: "10.0.0.10",
      ipFamilies: ["IPv4"],
      loadBalancerSku: "standard",
      loadBalancerProfile: { managedOutboundIPs: { count: 2 }, idleTimeoutInMinutes: 30 },
      outboundType: "loadBalancer",
      podCidr: "10.244.0.0/16",
      serviceCidr: "10.0.0.0/16",
    },
    agentPoolProfiles: ["system", "apps", "batch"].map((name, j) => ({
      name,
      mode: j === 0 ? "System" : "User",
      count: 3,
      minCount: 3,
      maxCount: 3 + (i % 20),
      enableAutoScaling: true,
      availabilityZones: ["1", "2", "3"],
      maxPods: 110,
      nodeLabels: { pool: name },
      osDiskSizeGB: 128,
      osSKU: "AzureLinux",
      osType: "Linux",
      type: "VirtualMachineScaleSets",
      upgradeSettings: { maxSurge: "33%" },
      vmSize: "Standard_D4s_v5",
      vnetSubnetID: unknown,
    })),
    tags: { environment: "production", owner: `team-${i % 20}`, "cost-centre": "4711" },
  };
}

const groupId = "11111111-2222-3333-4444-555555555555";

/** A resource that is not part of a cluster, of the kind and size of most resources in a program. */
export function otherResource(i: number): StackResource {
  const type = "azure-native:network:Subnet";
  const name = `subnet-${i}`;
  const props = {
    resourceGroupName: `rg-${i % 20}`,
    virtualNetworkName: "vnet",
    subnetName: name,
    addressPrefix: `10.${i % 250}.0.0/24`,
    delegations: [{ name: "delegation", serviceName: "Microsoft.Web/serverFarms" }],
    networkSecurityGroup: { id: unknown },
    privateEndpointNetworkPolicies: "Disabled",
    serviceEndpoints: [{ service: "Microsoft.Storage", locations: ["westeurope"] }],
  };
  return { type, name, urn: urnOf(type, name), props };
}
