import { managedClusters } from "./azure-api";
import { azureNative } from "./azure-native";
import type { Dialect } from "./dialect";

/**
 * A running cluster in the flat format of `az aks show`. Azure lists all node pools with it, so Windows
 * credentials are no hint here: the CLI also writes them for clusters without Windows pools.
 */
export const az: Dialect = {
  name: "az",
  tool: "az",
  caseSensitive: azureNative.caseSensitive,
  blocksMayBeLists: azureNative.blocksMayBeLists,
  settings: {
    ...azureNative.settings,
    // The running version comes before the requested one, which may leave the patch version open.
    kubernetesVersion: ["currentKubernetesVersion", "kubernetesVersion"],
    windowsProfile: [],
  },
  poolsInside: azureNative.poolsInside,
  pool: azureNative.pool,
  poolsCluster: azureNative.poolsCluster,
  identity: { name: "name", resourceGroup: "resourceGroup" },
  matches: { azure: { cluster: managedClusters } },
};
