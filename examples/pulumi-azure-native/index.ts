import * as containerservice from "@pulumi/azure-native/containerservice";
import * as network from "@pulumi/azure-native/network";

const resourceGroupName = "shop";
const identity = { type: containerservice.ResourceIdentityType.SystemAssigned };
const agentPoolProfiles = [{ name: "system", mode: "System", count: 3, vmSize: "Standard_D4s_v5" }];
const common = { resourceGroupName, identity, agentPoolProfiles, dnsPrefix: "shop" };

// Enforced: Cilium with its dataplane.
new containerservice.ManagedCluster("fine", {
  ...common,
  networkProfile: { networkPlugin: "azure", networkDataplane: "cilium", networkPolicy: "cilium" },
});

// No engine: NetworkPolicy objects are accepted and ignored.
new containerservice.ManagedCluster("nothing-set", {
  ...common,
  networkProfile: { networkPlugin: "azure" },
});

// The same, written explicitly.
new containerservice.ManagedCluster("none", {
  ...common,
  networkProfile: { networkPlugin: "azure", networkPolicy: "none" },
});

// Azure refuses engine cilium on the default dataplane.
new containerservice.ManagedCluster("no-dataplane", {
  ...common,
  networkProfile: { networkPlugin: "azure", networkPolicy: "cilium" },
});

// Enforced until 2028-09-30.
new containerservice.ManagedCluster("retiring", {
  ...common,
  networkProfile: { networkPlugin: "azure", networkPolicy: "azure" },
});

// One output inside a network profile makes the whole profile unknown in a preview.
const egress = new network.PublicIPAddress("egress", { resourceGroupName });
new containerservice.ManagedCluster("later", {
  ...common,
  networkProfile: {
    networkPlugin: "azure",
    networkDataplane: "cilium",
    networkPolicy: "cilium",
    loadBalancerProfile: { outboundIPs: { publicIPs: [{ id: egress.id }] } },
  },
});

// Cilium runs on Linux nodes only, and the Windows pool is a separate resource.
const windows = new containerservice.ManagedCluster("windows", {
  ...common,
  networkProfile: { networkPlugin: "azure", networkDataplane: "cilium", networkPolicy: "cilium" },
});
new containerservice.AgentPool("windows-pool", {
  resourceGroupName,
  resourceName: windows.name,
  osType: "Windows",
  count: 2,
});
