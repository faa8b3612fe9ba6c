import { agentPools, managedClusters } from "./azure-api";
import { azureNative } from "./azure-native";
import type { Dialect } from "./dialect";
import { armBelow } from "./spelling";

/** A managed cluster in an ARM template. */
export const armTemplate: Dialect = {
  ...armBelow("", azureNative, "ARM template"),
  separatePoolSettings: "properties",
  matches: {
    template: {
      cluster: managedClusters,
      pool: agentPools,
      deployment: "Microsoft.Resources/deployments",
      terraform: [
        "azurerm_resource_group_template_deployment",
        "azurerm_subscription_template_deployment",
        "azurerm_management_group_template_deployment",
        "azurerm_tenant_template_deployment",
      ],
      template: "template_content",
      parameters: "parameters_content",
    },
  },
};
