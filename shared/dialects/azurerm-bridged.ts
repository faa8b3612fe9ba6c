import { bridgedShape } from "./azure-classic";
import type { Dialect } from "./dialect";

/**
 * azurerm through Pulumi's bridge for any Terraform provider: the classic spelling under another type. Its
 * version is azurerm's.
 */
export const azurermBridged: Dialect = {
  name: "azurerm, bridged",
  tool: "azurerm",
  ...bridgedShape,
  matches: {
    pulumi: {
      cluster: "azurerm:index/kubernetesCluster:KubernetesCluster",
      pool: "azurerm:index/kubernetesClusterNodePool:KubernetesClusterNodePool",
    },
  },
  versions: {
    of: "provider",
    called: "azurerm",
    absent: "refused",
    names: {
      "networkProfile.networkDataPlane": [{ since: "3.108.0" }],
      "networkProfile.ebpfDataPlane": [{ until: "4.0.0" }],
    },
  },
};
