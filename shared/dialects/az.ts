import { managedClusters } from "./azure-api";
import { azureNative } from "./azure-native";
import type { Dialect } from "./dialect";

/**
 * A cluster that runs, in the flat form of `az aks show`. Azure lists all of its node pools with it, so that credentials for
 * Windows nodes hint at nothing here: the CLI writes them for clusters without such nodes, too.
 */
export const az: Dialect = {
  name: "az",
  tool: "az",
  caseSensitive: azureNative.caseSensitive,
  blocksMayBeLists: azureNative.blocksMayBeLists,
  settings: {
    ...azureNative.settings,
    // The version that runs is next to the one that was asked for, which may leave the patch open.
    kubernetesVersion: ["currentKubernetesVersion", "kubernetesVersion"],
    windowsProfile: [],
  },
  poolsInside: azureNative.poolsInside,
  pool: azureNative.pool,
  poolsCluster: azureNative.poolsCluster,
  identity: { name: "name", resourceGroup: "resourceGroup" },
  matches: { azure: { cluster: managedClusters } },
};
