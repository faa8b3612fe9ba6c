import { KubernetesCluster } from "@cdktf/provider-azurerm/lib/kubernetes-cluster";
import { AzurermProvider } from "@cdktf/provider-azurerm/lib/provider";
import { AksNetworkPolicyAspect } from "aks-network-policy-pack/cdktf";
import { App, Aspects, TerraformStack, TerraformVariable } from "cdktf";
import type { Construct } from "constructs";

class Shop extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new AzurermProvider(this, "azurerm", { features: [{}] });
    const common = {
      location: "westeurope",
      resourceGroupName: "shop",
      dnsPrefix: "shop",
      identity: { type: "SystemAssigned" },
      defaultNodePool: { name: "system", vmSize: "Standard_D4s_v5", nodeCount: 3 },
    };

    // Enforced: Cilium with its dataplane.
    new KubernetesCluster(this, "fine", {
      ...common,
      name: "fine",
      networkProfile: { networkPlugin: "azure", networkDataPlane: "cilium", networkPolicy: "cilium" },
    });

    // No engine: NetworkPolicy objects are accepted and ignored.
    new KubernetesCluster(this, "nothing-set", {
      ...common,
      name: "nothing-set",
      networkProfile: { networkPlugin: "azure" },
    });

    // An override removes the engine, and the Aspect checks what will be written.
    const overridden = new KubernetesCluster(this, "overridden", {
      ...common,
      name: "overridden",
      networkProfile: { networkPlugin: "azure", networkPolicy: "calico" },
    });
    overridden.addOverride("network_profile.network_policy", undefined);

    // Only Terraform knows the value.
    const engine = new TerraformVariable(this, "engine", { type: "string" });
    new KubernetesCluster(this, "later", {
      ...common,
      name: "later",
      networkProfile: { networkPlugin: "azure", networkPolicy: engine.stringValue },
    });
  }
}

const app = new App();
AksNetworkPolicyAspect.applyTo(app, Aspects);
new Shop(app, "shop");
app.synth();
