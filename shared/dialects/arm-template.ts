import { agentPools, managedClusters } from "./azure-api";
import { azureNative } from "./azure-native";
import type { DeploymentPlaces, Dialect, DialectShape, TemplateTypes } from "./dialect";
import { armBelow } from "./spelling";

const armShape: DialectShape = {
  ...armBelow("", azureNative, "ARM template"),
  separatePoolSettings: "properties",
};

/** A deployment that changes an existing cluster, such as the onboarding of Azure Monitor and Defender. */
export const armTemplatePatch: Dialect = {
  ...armShape,
  name: "ARM template, patch",
  patch: true,
  // Recognized by its content instead of its type.
  matches: {},
};

/**
 * A deployment in Azure's API: https://learn.microsoft.com/azure/templates/microsoft.resources/deployments
 * (read 2026-11).
 */
function inProperties(at: string): DeploymentPlaces {
  return {
    template: `${at}.template`,
    parameters: `${at}.parameters`,
    parametersLink: `${at}.parametersLink`,
  };
}

/** The resource types in templates that matter here. */
export const templateTypes: TemplateTypes = {
  cluster: managedClusters,
  pool: agentPools,
  deployment: "Microsoft.Resources/deployments",
  stack: "Microsoft.Resources/deploymentStacks",
  terraform: {
    types: [
      "azurerm_resource_group_template_deployment",
      "azurerm_subscription_template_deployment",
      "azurerm_management_group_template_deployment",
      "azurerm_tenant_template_deployment",
    ],
    at: { template: "template_content", parameters: "parameters_content" },
  },
  azapi: inProperties("body.properties"),
  // @pulumi/azure-native 3.23 and 2.90, also in its local packages; @pulumi/azure 6.40 and 5.89; azurerm
  // through the bridge.
  pulumi: [
    {
      pattern:
        /^azure-native(?:_resources_v\w+)?:resources(?:\/v\w+)?:Deployment(?:At(?:ManagementGroup|Subscription|Tenant)?Scope)?$/,
      at: inProperties("properties"),
    },
    {
      pattern:
        /^azure-native(?:_resources_v\w+)?:resources(?:\/v\w+)?:DeploymentStackAt(?:ManagementGroup|ResourceGroup|Subscription)$/,
      at: { template: "template", parameters: "parameters", parametersLink: "parametersLink" },
    },
    {
      pattern:
        /^azure(?:rm)?:[\w/]+:(?:ResourceGroup|Subscription|Group|ManagementGroup|Tenant)TemplateDeployment$/,
      at: { template: "templateContent", parameters: "parametersContent" },
    },
    {
      pattern: /^azure:core\/templateDeployment:TemplateDeployment$/,
      at: { template: "templateBody", parameters: "parametersBody", parametersLink: "parameters" },
    },
  ],
};

/** A managed cluster in an ARM template. */
export const armTemplate: Dialect = {
  ...armShape,
  patches: {
    block: "properties",
    // Azure requires pools and a name for the API server to create a cluster. An unreadable `copy` may
    // produce either.
    without: ["agentPoolProfiles", "dnsPrefix", "fqdnSubdomain", "copy"].map((name) => `properties.${name}`),
    dialect: armTemplatePatch,
  },
  matches: { template: templateTypes },
};
