import * as containerservice from "@pulumi/azure-native/containerservice";
import * as network from "@pulumi/azure-native/network";

const resourceGroupName = "shop";
const identity = { type: containerservice.ResourceIdentityType.SystemAssigned };
const agentPoolProfiles = [{ name: "system", mode: "System", count: 3, vmSize: "Standard_D4s_v5" }];
const common = { resourceGroupName, identity, agentPoolProfiles, dnsPrefix: "shop" };
const cilium = { networkPlugin: "azure", networkDataplane: "cilium", networkPolicy: "cilium" };

for (const name of ["fine", "nothing-set", "none", "no-dataplane", "retiring"]) {
  new containerservice.ManagedCluster(name, { ...common, networkProfile: cilium });
}

// Still unknown in a preview, which is no reason to stop it: `pulumi up` checks the real value.
const egress = new network.PublicIPAddress("egress", { resourceGroupName });
new containerservice.ManagedCluster("later", {
  ...common,
  networkProfile: { ...cilium, loadBalancerProfile: { outboundIPs: { publicIPs: [{ id: egress.id }] } } },
});

// Calico is enforced on Windows nodes too.
const windows = new containerservice.ManagedCluster("windows", {
  ...common,
  networkProfile: { networkPlugin: "azure", networkPolicy: "calico" },
});
new containerservice.AgentPool("windows-pool", {
  resourceGroupName,
  resourceName: windows.name,
  osType: "Windows",
  count: 2,
});
