/** Clusters of templates that resources of other tools deploy. */
import { describe, expect, test } from "vitest";
import { readPulumiStack } from "../../../shared/documents/pulumi/stack";
import { readTerraformJson } from "../../../shared/documents/terraform/json";
import { readPlan } from "../../../shared/documents/terraform/plan";
import { readState } from "../../../shared/documents/terraform/state";
import { shown } from "../../support/shown-clusters";

const clusterType = "Microsoft.ContainerService/managedClusters";
const cluster = (networkPolicy: unknown, more: object = {}): object => ({
  type: clusterType,
  name: "aks",
  properties: { dnsPrefix: "aks", networkProfile: { networkPlugin: "azure", networkPolicy }, ...more },
});
const template = (...resources: readonly object[]): object => ({ resources });
const parametric = {
  parameters: { engine: { type: "string" }, other: { defaultValue: "azure" } },
  resources: [cluster("[parameters('engine')]")],
};
const given = { engine: { value: "calico" } };

describe("in Terraform", () => {
  const deployment = "Microsoft.Resources/deployments@2024-07-01";
  const linesOf = (type: string, attributes: object): string[] =>
    readTerraformJson([{ resource: { [type]: { a: attributes } } }]).clusters.map(shown);
  const ofAzapi = (properties: unknown, type = deployment): object => ({ type, body: { properties } });

  const azapiTable: readonly (readonly [string, object, string[]])[] = [
    ["a cluster", ofAzapi({ template: template(cluster("calico")) }), ["resources[0]: calico"]],
    [
      "a type in another case",
      ofAzapi({ template: template(cluster("none")) }, deployment.toUpperCase()),
      ["resources[0]: none"],
    ],
    ["properties that are a text", ofAzapi(JSON.stringify(template(cluster("none")))), []],
    ["no engine", ofAzapi({ template: template(cluster(undefined)) }), ["resources[0]: absent"]],
    ["parameters", ofAzapi({ template: parametric, parameters: given }), ["resources[0]: calico"]],
    ["parameters that are not supplied", ofAzapi({ template: parametric }), ["resources[0]: unknown"]],
    [
      "a default",
      ofAzapi({ template: { ...parametric, resources: [cluster("[parameters('other')]")] } }),
      ["resources[0]: azure"],
    ],
    [
      "parameters that Terraform interpolates",
      ofAzapi({
        template: { ...parametric, resources: [cluster("[parameters('other')]")] },
        parameters: "${var.parameters}",
      }),
      ["resources[0]: unknown"],
    ],
    [
      "parameters in a separate file",
      ofAzapi({ template: parametric, parametersLink: { uri: "https://example.org/p.json" } }),
      ["resources[0]: unknown"],
    ],
    [
      "a default beside parameters in a separate file",
      ofAzapi({
        template: { ...parametric, resources: [cluster("[parameters('other')]")] },
        parametersLink: { uri: "https://example.org/p.json" },
      }),
      ["resources[0]: unknown"],
    ],
    [
      "an engine that Terraform interpolates",
      ofAzapi({ template: template(cluster("${var.engine}")) }),
      ["resources[0]: unknown"],
    ],
    [
      "a name that Terraform interpolates",
      ofAzapi({ template: template({ ...cluster("azure"), name: "${var.name}" }) }),
      ["resources[0]: azure"],
    ],
    [
      "a nested deployment",
      ofAzapi({
        template: template({
          type: "Microsoft.Resources/deployments",
          properties: { template: template(cluster("cilium")) },
        }),
      }),
      ["resources[0] resources[0]: cilium"],
    ],
    [
      "two clusters",
      ofAzapi({ template: template(cluster("azure"), cluster("none")) }),
      ["resources[0]: azure", "resources[1]: none"],
    ],
    ["a template that Terraform interpolates", ofAzapi({ template: "${var.template}" }), []],
    ["a linked template", ofAzapi({ templateLink: { uri: "https://example.org/t.json" } }), []],
    [
      "a deployment stack",
      ofAzapi({ template: template(cluster("none")) }, "Microsoft.Resources/deploymentStacks@2024-03-01"),
      ["resources[0]: none"],
    ],
    [
      "another type",
      ofAzapi({ template: template(cluster("none")) }, "Microsoft.Resources/tags@2024-07-01"),
      [],
    ],
  ];
  test.each(azapiTable)("an azapi deployment: %s", (_what, attributes, expected) => {
    const lines = linesOf("azapi_resource", attributes);
    expect(lines).toEqual(expected.map((line) => `azapi_resource.a body.properties.template ${line}`));
  });

  test("the body of an azapi deployment may be JSON text, and may be patched", () => {
    const body = JSON.stringify({ properties: { template: template(cluster("azure")) } });
    const patch = { properties: { template: template(cluster("none")) } };
    expect(linesOf("azapi_resource", { type: deployment, body })).toEqual([
      "azapi_resource.a body.properties.template resources[0]: azure",
    ]);
    expect(linesOf("azapi_resource", { type: deployment, body, sensitive_body: patch })).toEqual([
      "azapi_resource.a body.properties.template resources[0]: none",
    ]);
  });

  test("the rest of a template with Terraform expressions is read", () => {
    const type = "azurerm_subscription_template_deployment";
    const name = { name: "${var.name}" };
    const content = template({ ...cluster("none"), ...name }, { ...cluster("${var.engine}"), name: "other" });
    expect(linesOf(type, { template_content: JSON.stringify(content) })).toEqual([
      `${type}.a template_content resources[0]: none`,
      `${type}.a template_content resources[1]: unknown`,
    ]);
  });
});

describe("in what Terraform plans or stores", () => {
  const type = "azurerm_resource_group_template_deployment";
  const attributes = {
    template_content: JSON.stringify(parametric),
    parameters_content: JSON.stringify({ parameters: given }),
  };
  const deployment = { type: "Microsoft.Resources/deployments@2024-07-01" };
  const body = (more: object): object => ({ ...deployment, body: { properties: more } });
  const toBeKnown = { properties: { parameters: { engine: { value: true } } } };

  test.each<[type: string, after: object, unknown: object, lines: readonly string[]]>([
    [type, attributes, {}, [`${type}.a template_content resources[0]: calico`]],
    [
      "azapi_resource",
      body({ template: parametric, parameters: given }),
      {},
      ["azapi_resource.a body.properties.template resources[0]: calico"],
    ],
    [
      "azapi_resource",
      body({ template: parametric, parameters: {} }),
      { body: toBeKnown },
      ["azapi_resource.a body.properties.template resources[0]: unknown"],
    ],
  ])("a plan knows the parameters of %s", (type, after, after_unknown, lines) => {
    const change = { actions: ["create"], after, after_unknown };
    const resource = { address: `${type}.a`, mode: "managed", type, name: "a" };
    const plan = readPlan({
      format_version: "1.2",
      resource_changes: [{ ...resource, change }],
      configuration: { root_module: { resources: [{ ...resource, expressions: {} }] } },
    });
    expect(plan === "unsupported format" ? plan : plan.clusters.map(shown)).toEqual(lines);
  });

  test("so does a state", () => {
    const resource = { mode: "managed", type, name: "a", instances: [{ attributes }] };
    const state = readState({ version: 4, terraform_version: "1.11.0", resources: [resource] });
    expect(state === "unsupported format" ? state : state.clusters.map(shown)).toEqual([
      `${type}.a template_content resources[0]: calico`,
    ]);
  });
});

describe("in a Pulumi stack", () => {
  const linesOf = (type: string, inputs: object, more: object = {}): string[] => {
    const resource = { urn: `urn:pulumi:dev::shop::${type}::a`, type, custom: true, inputs, ...more };
    return readPulumiStack({ version: 3, deployment: { resources: [resource] } })
      .clusters.map(shown)
      .map((line) => line.slice("a ".length));
  };
  const native = { properties: { template: parametric, parameters: given } };
  const text = {
    templateContent: JSON.stringify(parametric),
    parametersContent: JSON.stringify({ parameters: given }),
  };

  test.each([
    ...[
      "azure-native:resources:Deployment",
      "azure-native:resources/v20241101:Deployment",
      "azure-native:resources:DeploymentAtSubscriptionScope",
      "azure-native:resources:DeploymentAtManagementGroupScope",
      "azure-native:resources:DeploymentAtTenantScope",
      "azure-native:resources:DeploymentAtScope",
      "azure-native_resources_v20240301:resources:Deployment",
    ].map((type) => [type, native, "properties.template"] as const),
    ...[
      "azure-native:resources:DeploymentStackAtResourceGroup",
      "azure-native:resources:DeploymentStackAtSubscription",
      "azure-native:resources:DeploymentStackAtManagementGroup",
    ].map((type) => [type, native.properties, "template"] as const),
    ...[
      "azure:core/resourceGroupTemplateDeployment:ResourceGroupTemplateDeployment",
      "azure:core/subscriptionTemplateDeployment:SubscriptionTemplateDeployment",
      "azure:core/tenantTemplateDeployment:TenantTemplateDeployment",
      "azure:management/groupTemplateDeployment:GroupTemplateDeployment",
      "azurerm:index/resourceGroupTemplateDeployment:ResourceGroupTemplateDeployment",
    ].map((type) => [type, text, "templateContent"] as const),
  ])("%s", (type, inputs, place) => {
    expect(linesOf(type, inputs)).toEqual([`${place} resources[0]: calico`]);
  });

  test("the deployment resource of older versions of the classic provider", () => {
    const type = "azure:core/templateDeployment:TemplateDeployment";
    const templateBody = JSON.stringify(parametric);
    expect(linesOf(type, { templateBody, parametersBody: text.parametersContent })).toEqual([
      "templateBody resources[0]: calico",
    ]);
    // Their names say text; other types are not converted here.
    expect(linesOf(type, { templateBody, parameters: { engine: "calico" } })).toEqual([
      "templateBody resources[0]: unknown",
    ]);
  });

  test("a resource of a Terraform module", () => {
    const content = { template_content: JSON.stringify(template(cluster("none"))) };
    expect(linesOf("x:tf:azurerm_tenant_template_deployment", content)).toEqual([
      "template_content resources[0]: none",
    ]);
    const body = JSON.stringify({ properties: { template: template(cluster("none")) } });
    const type = "Microsoft.Resources/deployments@2024-07-01";
    expect(linesOf("x:tf:azapi_resource", { type, body })).toEqual([
      "body.properties.template resources[0]: none",
    ]);
  });

  test("is protected as the resource that deploys it", () => {
    const type = "azure-native:resources:Deployment";
    const resource = { urn: `urn:pulumi:dev::shop::${type}::a`, type, inputs: native, protect: true };
    const [each] = readPulumiStack({ version: 3, deployment: { resources: [resource] } }).clusters;
    expect(each !== undefined && "lifecycle" in each && each.lifecycle().isProtected).toBe(true);
  });

  test("what is not shown is unknown", () => {
    const secret = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270" };
    const ofEngine = (engine: unknown): string[] =>
      linesOf("azure-native:resources:Deployment", { properties: { template: template(cluster(engine)) } });
    expect(ofEngine("[secret]")).toEqual(["properties.template resources[0]: unknown"]);
    expect(ofEngine(secret)).toEqual(["properties.template resources[0]: unknown"]);
  });

  test("what is null is null, and what is nested deeply is read down to a limit", () => {
    const ofParameters = (parameters: unknown, engine = "[parameters('other')]"): string[] =>
      linesOf("azure-native:resources:Deployment", {
        properties: { template: { ...parametric, resources: [cluster(engine)] }, parameters },
      });
    const line = "properties.template resources[0]:";
    expect(ofParameters({ engine: { value: null } }, "[parameters('engine')]")).toEqual([`${line} absent`]);
    expect(ofParameters(null)).toEqual([`${line} azure`]);
    expect(ofParameters({ other: null })).toEqual([`${line} unknown`]);
    expect(ofParameters({ other: { value: [[1, "x"]] } }, "[parameters('other')[0][1]]")).toEqual([
      `${line} ?`,
    ]);
    let [deep, list]: unknown[] = ["calico", "calico"];
    for (let i = 0; i < 100_000; i++) [deep, list] = [{ deep }, [list]];
    expect(ofParameters({ other: { value: "calico" }, deep, list })).toEqual([`${line} calico`]);
  });

  test("a template that is a secret is not read", () => {
    const secret = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270" };
    expect(linesOf("azure-native:resources:Deployment", { properties: { template: secret } })).toEqual([]);
  });

  test("is checked where the program declares it, and counts as no other resource", () => {
    expect(linesOf("azure-native:resources:Deployment", native, { external: true })).toEqual([]);
    expect(linesOf("azure-native:resources:ResourceGroup", native)).toEqual([]);
    expect(linesOf("azure-native:deploymentmanager:Deployment", native)).toEqual([]);
  });
});
