import { KubernetesCluster } from "@cdktf/provider-azurerm/lib/kubernetes-cluster";
import { AzurermProvider } from "@cdktf/provider-azurerm/lib/provider";
import { App } from "cdktf"; // or "cdktn"
import { OurStack } from "./our-stack";

const app = new App();
const shop = new OurStack(app, "shop");
new AzurermProvider(shop, "azurerm", { features: [{}] });
new KubernetesCluster(shop, "aks", {
  name: "aks",
  location: "westeurope",
  resourceGroupName: "shop",
  dnsPrefix: "shop",
  identity: { type: "SystemAssigned" },
  defaultNodePool: { name: "system", vmSize: "Standard_D4s_v5", nodeCount: 3 },
  networkProfile: { networkPlugin: "azure", networkDataPlane: "cilium", networkPolicy: "cilium" },
});
app.synth();
