import { bridgedShape } from "./azure-classic";
import type { Dialect } from "./dialect";
import { noSettings } from "./spelling";

/**
 * The automatic cluster in Pulumi's classic provider (from 6.40) and through the bridge. It has no network
 * profile, because Cilium is built in.
 */
export const azureAutomatic: Dialect = {
  ...bridgedShape,
  name: "azure, automatic",
  tool: "azure",
  settings: noSettings,
  defaults: { sku: "Automatic" },
  matches: {
    pulumi: {
      cluster: "azure:containerservice/automaticCluster:AutomaticCluster",
      pattern: /^azurerm:index\/kubernetesAutomaticCluster:KubernetesAutomaticCluster$/,
    },
  },
};
