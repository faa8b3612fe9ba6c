/** The role of a type: what hosts and documents ask for every resource. */
import { describe, expect, test } from "vitest";
import { dialectAt } from "../../../shared/dialects/at-version";
import { azapi } from "../../../shared/dialects/azapi";
import { azureNative } from "../../../shared/dialects/azure-native";
import { azurerm } from "../../../shared/dialects/azurerm";
import {
  apiVersionOf,
  azureDialectOf,
  isResourceOfModule,
  modulePartOf,
  pulumiPartIn,
  terraformPartIn,
} from "../../../shared/dialects/lookup";

const cluster = "Microsoft.ContainerService/managedClusters";

function shown(part: ReturnType<typeof pulumiPartIn>): string | undefined {
  if (part === undefined) return undefined;
  const { what, dialect } = part;
  return [what, dialect.name, dialect.version].filter((each) => each !== undefined).join(" ");
}

describe("a type token of Pulumi", () => {
  test.each([
    ["azure-native:containerservice:ManagedCluster", "azure-native"],
    ["azure:containerservice/kubernetesCluster:KubernetesCluster", "azure"],
    ["azure:containerservice/automaticCluster:AutomaticCluster", "azure"],
    ["azurerm:index/kubernetesCluster:KubernetesCluster", "azurerm"],
  ])("%s is of the tool %s", (type, tool) => {
    expect(pulumiPartIn(type, undefined)?.dialect.tool).toBe(tool);
  });

  test.each<[type: string, version: string | undefined, part: string | undefined]>([
    ["azure-native:containerservice:ManagedCluster", undefined, "cluster azure-native"],
    ["azure-native:containerservice:ManagedCluster", "1.104.0", "cluster azure-native 2021-03-01"],
    ["azure-native:containerservice:ManagedCluster", "2.90.0", "cluster azure-native 2023-04-01"],
    ["azure-native:containerservice:ManagedCluster", "3.23.0", "cluster azure-native 2025-09-01"],
    ["azure-native:containerservice:ManagedCluster", "13.0.0", "cluster azure-native"],
    ["azure-native:containerservice:ManagedCluster", "v2.90.0", "cluster azure-native"],
    ["azure-native:containerservice:ManagedCluster", "2", "cluster azure-native"],
    ["azure-native:containerservice:ManagedCluster", "latest", "cluster azure-native"],
    ["azure-native:containerservice/v20210301:ManagedCluster", "3.23.0", "cluster azure-native 2021-03-01"],
    [
      "azure-native:containerservice/v20240102preview:ManagedCluster",
      undefined,
      "cluster azure-native 2024-01-02-preview",
    ],
    ["azure-nextgen:containerservice/latest:ManagedCluster", undefined, "cluster azure-native 2021-03-01"],
    ["azure-native:containerservice:AgentPool", "2.90.0", "pool azure-native 2023-04-01"],
    ["azure:containerservice/kubernetesCluster:KubernetesCluster", "5.1.0", "cluster azure 5.1.0"],
    ["azure-native:containerservice/v20240101:AgentPool", undefined, "pool azure-native 2024-01-01"],
    ["azure-native:ContainerService/V20240101:agentPool", undefined, "pool azure-native"],
    [
      "azure-native_containerservice_v20240101:containerservice:ManagedCluster",
      "1.0.0-alpha.0",
      "cluster azure-native 2024-01-01",
    ],
    ["azure-native:containerservice:ManagedClusterX", undefined, undefined],
    ["x-azure-native:containerservice/v20240101:ManagedCluster", undefined, undefined],
    ["azure-native:containerservice/v20240101:ManagedClusterX", undefined, undefined],
    ["azure-native:containerservice/v20240101/x:ManagedCluster", undefined, undefined],
    ["azure-nextgen:containerservice/v20200901:ManagedCluster", undefined, "cluster azure-native 2020-09-01"],
    [
      "azure:containerservice/kubernetesClusterNodePool:KubernetesClusterNodePool",
      "5.1.0",
      "pool azure 5.1.0",
    ],
    ["azure:containerservice/automaticCluster:AutomaticCluster", "6.40.0", "cluster azure, automatic"],
    ["azurerm:index/kubernetesCluster:KubernetesCluster", "3.50.0", "cluster azurerm, bridged 3.50.0"],
    [
      "azurerm:index/kubernetesClusterNodePool:KubernetesClusterNodePool",
      "4.1.0",
      "pool azurerm, bridged 4.1.0",
    ],
    [
      "azurerm:index/kubernetesAutomaticCluster:KubernetesAutomaticCluster",
      undefined,
      "cluster azure, automatic",
    ],
    ["xazurerm:index/kubernetesAutomaticCluster:KubernetesAutomaticCluster", undefined, undefined],
    ["azurerm:index/kubernetesAutomaticCluster:KubernetesAutomaticClusterX", undefined, undefined],
    ["azure-native:resources:Deployment", undefined, "template deployment ARM template"],
    ["azure-native:resources:DeploymentAtScope", undefined, "template deployment ARM template"],
    ["azure-native:resources:DeploymentAtTenantScope", undefined, "template deployment ARM template"],
    [
      "azure-native:resources/v20250401:DeploymentAtManagementGroupScope",
      undefined,
      "template deployment ARM template",
    ],
    [
      "azure-native_resources_v20250401:resources:DeploymentAtSubscriptionScope",
      undefined,
      "template deployment ARM template",
    ],
    [
      "azure-native:resources/v20250401:DeploymentStackAtResourceGroup",
      undefined,
      "template deployment ARM template",
    ],
    [
      "azure-native_resources_v20240301:resources:DeploymentStackAtManagementGroup",
      undefined,
      "template deployment ARM template",
    ],
    [
      "azure:core/resourceGroupTemplateDeployment:ResourceGroupTemplateDeployment",
      undefined,
      "template deployment ARM template",
    ],
    [
      "azure:core/subscriptionTemplateDeployment:SubscriptionTemplateDeployment",
      undefined,
      "template deployment ARM template",
    ],
    [
      "azure:management/groupTemplateDeployment:GroupTemplateDeployment",
      undefined,
      "template deployment ARM template",
    ],
    [
      "azure:core/tenantTemplateDeployment:TenantTemplateDeployment",
      undefined,
      "template deployment ARM template",
    ],
    ["azure:core/templateDeployment:TemplateDeployment", undefined, "template deployment ARM template"],
    [
      "azurerm:index/resourceGroupTemplateDeployment:ResourceGroupTemplateDeployment",
      undefined,
      "template deployment ARM template",
    ],
    [
      "azurerm:index/managementGroupTemplateDeployment:ManagementGroupTemplateDeployment",
      undefined,
      "template deployment ARM template",
    ],
    ["x-azure-native:resources:Deployment", undefined, undefined],
    ["azure-native:resources:DeploymentX", undefined, undefined],
    ["azure-native:resources:DeploymentAtResourceGroupScopes", undefined, undefined],
    ["x-azure-native:resources:DeploymentStackAtSubscription", undefined, undefined],
    ["azure-native:resources:DeploymentStackAtSubscriptions", undefined, undefined],
    ["azure-native:resources:DeploymentStackAt", undefined, undefined],
    ["xazure:core/resourceGroupTemplateDeployment:ResourceGroupTemplateDeployment", undefined, undefined],
    ["azure:core/resourceGroupTemplateDeployment:ResourceGroupTemplateDeployments", undefined, undefined],
    ["xazure:core/templateDeployment:TemplateDeployment", undefined, undefined],
    ["azure:core/templateDeployment:TemplateDeployments", undefined, undefined],
    ["azure-native:resources:DeploymentStackAtSubscription", "2.90.0", "template deployment ARM template"],
    ["aks:tf:azurerm_kubernetes_cluster", undefined, "cluster azurerm"],
    ["aks:tf:azurerm_kubernetes_cluster_node_pool", undefined, "pool azurerm"],
    ["aks:tf:azurerm_resource_group_template_deployment", undefined, "template deployment ARM template"],
    ["aks:tf:azurerm_virtual_network", undefined, undefined],
    ["aks:tf:azapi_resource", undefined, undefined],
    ["a:b:tf:azurerm_kubernetes_cluster", undefined, undefined],
    ["aks:tf:azurerm_kubernetes_cluster:more", undefined, undefined],
    [":tf:azurerm_kubernetes_cluster", undefined, undefined],
    ["pulumi:pulumi:Stack", undefined, undefined],
  ])("%s at %s: %s", (type, version, part) => {
    expect(shown(pulumiPartIn(type, version))).toBe(part);
    expect(shown(pulumiPartIn(type, version))).toBe(part);
  });

  test("of a module's API resource goes by the resource's own type", () => {
    const part = (type: string): string | undefined =>
      shown(pulumiPartIn("aks:tf:azapi_resource", undefined, (name) => (name === "type" ? type : undefined)));
    expect(part(`${cluster}@2025-07-01`)).toBe("cluster azapi 2025-07-01");
    expect(part("Microsoft.Resources/deployments@2025-04-01")).toBe("template deployment ARM template");
    expect(part("Microsoft.Network/virtualNetworks@2025-01-01")).toBeUndefined();
  });

  test("is looked up again after thousands of others", () => {
    const type = "azure-native:containerservice:ManagedCluster";
    const first = pulumiPartIn(type)?.dialect;
    for (let i = 0; i < 5_000; i++) expect(pulumiPartIn(`random:index/type${i}:Type`)).toBeUndefined();
    expect(pulumiPartIn(type)?.dialect).toBe(first);
  });

  test.each([
    ["aks:tf:azurerm_kubernetes_cluster", true],
    ["aks:tf:null_resource", true],
    ["aks:tf:", false],
    ["a:b:tf:null_resource", false],
    ["azure-native:containerservice:ManagedCluster", false],
  ])("%s is a module's: %s", (type, expected) => {
    expect(isResourceOfModule(type)).toBe(expected);
  });
});

test.each<[type: string, dialect: string | undefined]>([
  [cluster, "az"],
  [cluster.toUpperCase(), "az"],
  [`${cluster}/agentPools`, undefined],
  ["", undefined],
])("Azure shows a resource of type %j as %s", (type, dialect) => {
  expect(azureDialectOf(type)?.name).toBe(dialect);
});

test.each(["azure-native:resources:Deployment", "azure-native:resources:DeploymentStackAtSubscription"])(
  "%s has its template, its parameters and a link to them in places of its own",
  (type) => {
    const part = pulumiPartIn(type);
    if (part?.what !== "template deployment") throw new Error("it deploys a template");
    const at = type.includes("Stack") ? "" : "properties.";
    expect(part.at).toEqual({
      template: `${at}template`,
      parameters: `${at}parameters`,
      parametersLink: `${at}parametersLink`,
    });
  },
);

test.each([
  [
    "azure:core/subscriptionTemplateDeployment:SubscriptionTemplateDeployment",
    { template: "templateContent", parameters: "parametersContent" },
  ],
  [
    "azure:core/templateDeployment:TemplateDeployment",
    { template: "templateBody", parameters: "parametersBody", parametersLink: "parameters" },
  ],
])("%s has them as text", (type, at) => {
  const part = pulumiPartIn(type);
  expect(part?.what === "template deployment" && part.at).toEqual(at);
});

describe("a resource of Terraform", () => {
  test.each<[resource: string, type: string | undefined, part: string | undefined]>([
    ["azurerm_kubernetes_cluster", undefined, "cluster azurerm"],
    ["azurerm_resource_group_template_deployment", undefined, "template deployment ARM template"],
    ["azurerm_subscription_template_deployment", undefined, "template deployment ARM template"],
    ["azurerm_management_group_template_deployment", undefined, "template deployment ARM template"],
    ["azurerm_tenant_template_deployment", undefined, "template deployment ARM template"],
    ["azapi_resource", `${cluster}@2025-07-01`, "cluster azapi 2025-07-01"],
    ["azapi_resource", `${cluster}/agentPools@2025-07-01`, "pool azapi 2025-07-01"],
    ["azapi_resource", "Microsoft.Resources/deployments@2025-04-01", "template deployment ARM template"],
    ["azapi_resource", "microsoft.resources/deploymentstacks@2024-03-01", "template deployment ARM template"],
    ["azapi_resource", "Microsoft.Resources/deployments/x@2025-04-01", undefined],
    ["azapi_resource", `${cluster}x`, undefined],
    ["azapi_resource", "@2025-04-01", undefined],
    ["azapi_resource", "@${var.version}", undefined],
    ["azapi_resource", "${var.type}@2025-04-01", "cluster azapi"],
    ["azapi_resource", "", undefined],
    ["azapi_resource", undefined, undefined],
    ["aws_instance", undefined, undefined],
  ])("%s %s: %s", (resource, type, part) => {
    const found = terraformPartIn(resource, (name) => (name === "type" ? type : undefined));
    expect(shown(found)).toBe(part);
  });

  test("that deploys a template as a document says where that is", () => {
    const part = terraformPartIn("azapi_resource", () => "Microsoft.Resources/deployments@2025-04-01");
    if (part?.what !== "template deployment") throw new Error("it deploys a template");
    expect(part.document).toEqual(azapi.matches.azapi?.document);
    expect(part.at).toEqual(part.types.azapi);
    const written = terraformPartIn("azurerm_tenant_template_deployment", () => undefined);
    expect(written?.what === "template deployment" && written.at).toEqual({
      template: "template_content",
      parameters: "parameters_content",
    });
  });
});

test.each<[text: unknown, version: string | undefined]>([
  ["2025-07-01", "2025-07-01"],
  ["2025-07-02-preview", "2025-07-02-preview"],
  ["2019-02-01-PrivatePreview", "2019-02-01-privatepreview"],
  ["12025-07-01", undefined],
  ["2025-07-011", undefined],
  ["2025-07-01-beta", undefined],
  ["", undefined],
  [20250701, undefined],
  [["2025-07-01"], undefined],
])("%j as a version of Azure's API: %s", (text, version) => {
  expect(apiVersionOf(text)).toBe(version);
});

describe("a module", () => {
  test.each<[source: string, constraint: string | undefined, part: string | undefined]>([
    ["Azure/aks/azurerm", "9.4.1", "cluster module Azure/aks 9.4.1"],
    ["Azure/aks/azurerm", "~> 9.0", "cluster module Azure/aks 10.0.0-0"],
    ["github.com/Azure/terraform-azurerm-aks?ref=9.4.1", undefined, "cluster module Azure/aks 9.4.1"],
    ["github.com/Azure/terraform-azurerm-aks?ref=9.4.1", "8.0.0", "cluster module Azure/aks 8.0.0"],
    ["Azure/xaks/azurerm", "9.4.1", undefined],
    ["Azure/aks-x/azurerm", "9.4.1", "cluster module"],
    ["Azure/xavm-ptn-aks-production/azurerm", undefined, "cluster module"],
    ["Azure/avm-ptn-aks-productions/azurerm", undefined, "cluster module"],
    [
      "Azure/avm-ptn-aks-production/azurerm",
      "0.3.0",
      "cluster module Azure/avm-ptn-aks-production before 0.4 0.3.0",
    ],
    ["Azure/avm-ptn-aks-production/azurerm", "0.4.0", "cluster module Azure/avm-ptn-aks-production 0.4.0"],
    [
      "Azure/avm-res-containerservice-managedcluster/azurerm",
      "0.3.0",
      "cluster module Azure/avm before 0.4 0.3.0",
    ],
    ["Azure/avm-res-containerservice-managedcluster/azurerm", "0.4.0", "cluster module Azure/avm 0.4.0"],
    ["Azure/xavm-res-containerservice-managedcluster/azurerm", undefined, "cluster module"],
    ["Azure/avm-res-containerservice-managedclusters/azurerm", undefined, "cluster module"],
    [
      "azure/AVM-res-containerservice-managedcluster/azurerm//modules/AgentPool",
      undefined,
      "pool module Azure/avm",
    ],
    ["Azure/avm-res-containerservice-managedcluster/azurerm//modules/agentpool/x", undefined, undefined],
    ["example/aks-production/azurerm", undefined, "cluster module"],
  ])("%s at %s: %s", (source, constraint, part) => {
    expect(shown(modulePartOf(source, constraint))).toBe(part);
  });

  test("named after another provider is not a cluster of Azure", () => {
    expect(modulePartOf("example/aks/aws")).toBeUndefined();
    expect(modulePartOf("example/aks/notazure")).toBeUndefined();
    expect(modulePartOf("example/aks/azurerm")?.what).toBe("cluster");
  });

  test.each(["node-pool", "nodepool", "node_pools", "agent-pools", "agentpool"])(
    "of a %s is no cluster",
    (name) => {
      expect(modulePartOf(`example/aks-${name}/azurerm`)).toBeUndefined();
      expect(modulePartOf(`example/aks-with-${name}/azurerm`)?.what).toBe("cluster");
    },
  );
});

test("a dialect at a version is the same object wherever it is asked for", () => {
  expect(pulumiPartIn("azure-native:containerservice:ManagedCluster", "2.90.0")?.dialect).toBe(
    dialectAt(azureNative, "2023-04-01"),
  );
  expect(pulumiPartIn("aks:tf:azurerm_kubernetes_cluster", "4.0.0")?.dialect).toBe(azurerm);
});
