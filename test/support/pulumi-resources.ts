import { dialects } from "../../shared/dialects";
import type { PulumiDialectName } from "../../shared/dialects/dialects";
import { rules } from "../../shared/rules";
import { spellings } from "./evaluate";

export const clusterTypes: Readonly<Record<PulumiDialectName, readonly [string, ...string[]]>> = {
  "azure-native": [
    "azure-native:containerservice:ManagedCluster",
    "azure-native:containerservice/v20240901:ManagedCluster",
    "azure-native:containerservice/v20240102preview:ManagedCluster",
    "azure-native_containerservice_v20250901:containerservice:ManagedCluster",
    "azure-native_containerservice_v20221201:containerservice/v20221201:ManagedCluster",
    "azure-nextgen:containerservice/latest:ManagedCluster",
  ],
  azure: ["azure:containerservice/kubernetesCluster:KubernetesCluster"],
  "azurerm, bridged": ["azurerm:index/kubernetesCluster:KubernetesCluster"],
};

export const poolTypes: Readonly<Record<PulumiDialectName, string>> = {
  "azure-native": "azure-native:containerservice:AgentPool",
  azure: "azure:containerservice/kubernetesClusterNodePool:KubernetesClusterNodePool",
  "azurerm, bridged": "azurerm:index/kubernetesClusterNodePool:KubernetesClusterNodePool",
};

/** The truth table as Pulumi sees it: every worked example of every rule, in every spelling that has words for it. */
export const truthTable = rules.flatMap((rule) =>
  rule.examples.flatMap((example) =>
    spellings(example.cluster, dialects).map((spelling) => ({ rule, example, ...spelling })),
  ),
);
