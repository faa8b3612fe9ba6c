import { agentPools, managedClusters } from "./azure-api";
import { azureNative } from "./azure-native";
import type { Dialect, DialectShape, TemplateTypes } from "./dialect";
import { armBelow } from "./spelling";

const armShape: DialectShape = {
  ...armBelow("", azureNative, "ARM template"),
  separatePoolSettings: "properties",
};

/** A deployment that changes an existing cluster, as the onboarding of Azure Monitor and Defender does. */
export const armTemplatePatch: Dialect = {
  ...armShape,
  name: "ARM template, patch",
  patch: true,
  // By its role, and not by its type.
  matches: {},
};

/** What templates call the resources that count. */
export const templateTypes: TemplateTypes = {
  cluster: managedClusters,
  pool: agentPools,
  deployment: "Microsoft.Resources/deployments",
  stack: "Microsoft.Resources/deploymentStacks",
  terraform: [
    "azurerm_resource_group_template_deployment",
    "azurerm_subscription_template_deployment",
    "azurerm_management_group_template_deployment",
    "azurerm_tenant_template_deployment",
  ],
  template: "template_content",
  parameters: "parameters_content",
};

/** A managed cluster in an ARM template. */
export const armTemplate: Dialect = {
  ...armShape,
  patches: {
    block: "properties",
    // Azure makes no cluster without pools and a name for its API server. A `copy` that cannot be read may make any of them.
    without: ["agentPoolProfiles", "dnsPrefix", "fqdnSubdomain", "copy"].map((name) => `properties.${name}`),
    dialect: armTemplatePatch,
  },
  matches: { template: templateTypes },
};
