import { describe, expect, test } from "vitest";
import { addressOfCluster, documentKinds } from "../../../shared/documents/document";
import { kindOf, refusedAs } from "../../../shared/documents/kind";
import { readDocument } from "../../../shared/documents/read";

const armSchema = (name: string): string =>
  `https://schema.management.azure.com/schemas/2019-04-01/${name}.json#`;
const managedClusters = "Microsoft.ContainerService/managedClusters";
const id = "/subscriptions/0/resourceGroups/g/providers/Microsoft.ContainerService/managedClusters/shop";
const cluster = { id, name: "shop", type: managedClusters, networkProfile: {}, agentPoolProfiles: [] };
const network = {
  id: "/subscriptions/0/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/v",
  name: "v",
  type: "Microsoft.Network/virtualNetworks",
};
const template = { $schema: armSchema("deploymentTemplate"), contentVersion: "1.0.0.0", resources: [] };

test.each(["preludeEvent", "resourcePreEvent", "resOutputsEvent", "summaryEvent", "diagnosticEvent"])(
  "a stream may begin with any event: %s",
  (name) => {
    expect(kindOf([{ sequence: 0, [name]: {} }])).toBe("pulumi-preview");
    expect(kindOf([{ sequence: 0, [name]: "text" }])).not.toBe("pulumi-preview");
  },
);

describe("the kind of a document", () => {
  test.each<[title: string, kind: ReturnType<typeof kindOf>, document: unknown]>([
    ["a plan", "terraform-plan", { format_version: "1.2", resource_changes: [], planned_values: {} }],
    ["a plan with values only", "terraform-plan", { format_version: "1.2", planned_values: {} }],
    [
      "a plan with a prior state",
      "terraform-plan",
      { format_version: "1.2", resource_changes: [], values: {} },
    ],
    [
      "a plan in a later format, which its reader refuses",
      "terraform-plan",
      { format_version: "2.0", resource_changes: [] },
    ],
    [
      "a state from terraform show",
      "terraform-state",
      { format_version: "1.0", values: { root_module: {} } },
    ],
    ["an empty state from terraform show", "terraform-state", { format_version: "1.0" }],
    [
      "an empty state with a version",
      "terraform-state",
      { format_version: "1.0", terraform_version: "1.11.0" },
    ],
    ["a state file", "terraform-state", { version: 4, lineage: "a", serial: 1, resources: [] }],
    ["a state file of a later version", "terraform-state", { version: 5, lineage: "a", resources: [] }],
    ["a stack export", "pulumi-stack", { version: 3, deployment: { manifest: {}, resources: [] } }],
    ["an export of an empty stack", "pulumi-stack", { version: 3, deployment: { manifest: {} } }],
    ["a preview", "pulumi-preview", { steps: [{ op: "same", urn: "urn:pulumi:a" }] }],
    ["a preview in which nothing changes", "pulumi-preview", { changeSummary: { same: 3 } }],
    ["a preview with something else in it", "pulumi-preview", { steps: [1, { op: "same", urn: "a" }] }],
    ["a preview that failed at once", "pulumi-preview", { diagnostics: [], duration: 5 }],
    ["a preview that failed", "pulumi-preview", { config: {}, diagnostics: [{ severity: "error" }] }],
    [
      "a streamed preview",
      "pulumi-preview",
      [{ sequence: 0, timestamp: 1, preludeEvent: { config: {} } }, {}],
    ],
    ["a template", "arm-template", template],
    [
      "a subscription template",
      "arm-template",
      { ...template, $schema: armSchema("subscriptionDeploymentTemplate") },
    ],
    [
      "a template in another case",
      "arm-template",
      { $Schema: armSchema("DEPLOYMENTTEMPLATE"), Resources: [] },
    ],
    ["a template with symbolic names", "arm-template", { ...template, resources: {} }],
    ["a template without a schema", "arm-template", { contentVersion: "1.0.0.0", resources: [] }],
    ["a Blueprint artifact", "arm-template", { kind: "template", properties: { template } }],
    ["a template exported by Azure", "arm-template", { template, templateLink: null }],
    ["a template exported by the REST API", "arm-template", { template }],
    ["az aks show", "azure", cluster],
    ["az aks list", "azure", [cluster]],
    ["az aks list, of no clusters", "azure", []],
    ["az resource show", "azure", { ...network, properties: {} }],
    ["a resource of a partner", "azure", { ...network, type: "Partner.Of-Azure.Mail/accounts/a.b" }],
    ["Get-AzResource", "azure", { Id: 5, ResourceId: network.id, ResourceType: network.type }],
    ["a cluster with two types", "azure", { type: "user", ResourceType: managedClusters }],
    ["a pool alone", "azure", { id: `${id}/agentPools/p`, type: `${managedClusters}/agentPools`, name: "p" }],
    ["a cluster without a type", "azure", { networkProfile: null, agentPoolProfiles: [] }],
    ["a cluster in the REST form", "azure", { properties: { networkProfile: {}, agentPoolProfiles: [] } }],
    [
      "an export of Az PowerShell",
      "azure",
      [{ ResourceId: id, ResourceType: managedClusters.toUpperCase(), Properties: {} }],
    ],
    ["a list with something else in it", "azure", ["?", network]],
    ["the REST API's list", "azure", { value: [cluster], nextLink: "https://" }],
    ["the REST API's list of nothing", "azure", { value: [] }],
    ["Resource Graph", "azure", { count: 1, data: [cluster], skip_token: null, total_records: 1 }],
    [
      "Resource Graph through REST",
      "azure",
      { totalRecords: 1, count: 1, data: [network], facets: [], resultTruncated: "false" },
    ],
    ["the REST API's list with a count", "azure", { value: [cluster], count: 1 }],
    ["Resource Graph with a total count", "azure", { totalCount: 1, data: [network] }],
    ["Resource Graph without results", "azure", { count: 0, data: [] }],
    [
      "cdk.tf.json",
      "terraform-json",
      { "//": { metadata: {} }, terraform: { backend: {} }, provider: { azurerm: [{}] } },
    ],
    ["resources", "terraform-json", { resource: { azurerm_subnet: { a: {} } } }],
    ["lists at every level", "terraform-json", [{ resource: [{ azurerm_subnet: [{ a: [{}] }] }] }]],
    ["a module", "terraform-json", { module: { aks: { source: "Azure/aks/azurerm" } } }],
    [
      "a list with an empty list of Azure in it",
      "terraform-json",
      [{ value: [] }, { resource: { azurerm_kubernetes_cluster: {} } }],
    ],
    ["an old state", "terraform-state", { version: 3, lineage: "a", serial: 1, modules: [] }],
    ["locals", "terraform-json", { locals: { engine: "cilium" } }],
    ["variables", "terraform-json", { variable: { engine: { type: "string" } } }],
    ["outputs", "terraform-json", { output: { id: { value: "${a.b}" } } }],
    ["a data source", "terraform-json", { data: { azurerm_kubernetes_cluster: { a: {} } } }],
    ["a list with an empty document", "terraform-json", [{ locals: { a: 1 } }, {}]],
    [
      "a list with a cluster next to a document of something else",
      "terraform-json",
      [{ resource: { azurerm_kubernetes_cluster: {} }, more: 1 }, { more: 1 }],
    ],
    [
      "a variable with everything that it may have",
      "terraform-json",
      {
        variable: {
          engine: {
            "//": "",
            ...{ type: "string", default: "", description: "", sensitive: true, nullable: false },
            ...{ validation: [], ephemeral: false, deprecated: "" },
          },
        },
      },
    ],
    ["one block of several", "terraform-json", { resource: { azurerm_subnet: [5, { a: {} }] } }],
    ["one module of several", "terraform-json", { module: { aks: ["x", { source: "./aks" }] } }],
    ["one move of several", "terraform-json", { moved: [5, {}, { from: "a", to: "b" }] }],
    ["moves", "terraform-json", { moved: [{ from: "a", to: "b" }] }],
    [
      "a cluster next to a name that Terraform does not know",
      "terraform-json",
      { resource: { azurerm_kubernetes_cluster: {} }, more: 1 },
    ],
  ])("%s: %s", (_title, kind, document) => {
    expect([kindOf(document), refusedAs(document)]).toEqual([kind, undefined]);
  });

  test.each<[title: string, document: unknown]>([
    ["nothing", undefined],
    ["null", null],
    ["a text", "terraform"],
    ["a number", 4],
    ["an empty object", {}],
    ["package.json", { name: "a", version: "1.0.0", module: "dist/a.js", resource: "a", data: [] }],
    ["package.json with imports", { name: "a", exports: {}, imports: {}, devDependencies: {} }],
    ["tsconfig.json", { compilerOptions: { module: "CommonJS" }, include: ["."] }],
    ["a pipeline", { steps: [{ script: "echo" }] }],
    ["settings with a module", { module: { name: "a" } }],
    ["locals next to something else", { locals: { a: 1 }, more: 1 }],
    ["moves from nowhere", { moved: [{}] }],
    ["a resource whose type has no provider", { resource: { "1a_b": { a: {} }, "a_b-c": { a: {} } } }],
    ["settings with a resource", { resource: { name: { first: "a" } } }],
    ["an API response", { data: { user: { name: "a" } } }],
    ["a list of an API", { data: [{ id: 1, type: "user" }] }],
    ["an empty list of an API, with more members", { data: [], links: {} }],
    ["a list of values", { value: [1, 2] }],
    ["settings with a provider", { provider: { name: "a" } }],
    ["settings with an output", { output: { path: "dist" } }],
    ["manifest.json of CDKTF", { version: "0.20", stacks: { prod: {} } }],
    ["a JSON schema", { $schema: "http://json-schema.org/draft-07/schema#", properties: { resources: {} } }],
    ["a Kubernetes object", { apiVersion: "v1", kind: "Pod", metadata: {}, spec: {} }],
    ["a list of changes", { changes: [{ type: "fix" }], properties: { changes: [1] } }],
    ["a list of strings", ["a", "b"]],
    ["a list of records", [{ id: "/a", name: "a" }]],
    ["resources of another cloud", [{ id: "/a", type: "AWS::EC2::Instance" }]],
    ["a record with Azure's type within a text", [{ id: "/a", type: `of ${network.type}` }]],
    ["a record with Azure's type before a text", [{ id: "/a", type: `${network.type} and` }]],
    ["a record with a type like Azure's", { id: "a", type: network.type }],
    ["a record with such a type and a number", { id: 1, type: network.type }],
    ["a network profile alone", { properties: { networkProfile: {} } }],
    ["pools alone", { agentPoolProfiles: [] }],
    ["a version without resources", { contentVersion: "1.0.0.0", resources: null }],
    ["a version with a text", { contentVersion: "1.0.0.0", resources: "a" }],
    ["a template in two spellings", { template, Template: template }],
    ["a template in a list", { template: [template] }],
    ["a plan without a format", { resource_changes: [], planned_values: {} }],
    ["a state without a version", { lineage: "a", resources: [] }],
    ["a stack without a version", { deployment: { manifest: {}, resources: [] } }],
    ["no steps", { steps: [] }],
    ["steps without an operation", { steps: [{ urn: "a" }, 1] }],
    ["steps without a resource", { steps: [{ op: "same" }] }],
    ["diagnostics", { diagnostics: [] }],
    ["settings with a duration", { config: {}, duration: 1 }],
    ["numbered records", [{ sequence: 1 }]],
    ["events of another tool", [{ preludeEvent: {} }]],
    ["encrypted data", { encrypted_data: "a" }],
    ["the version of an encryption", { encryption_version: "v0" }],
    ["a log's levels", [{ "@level": "info" }]],
    ["a log's messages", [{ "@message": "a" }]],
    ["changes of resources", { changes: [{ resourceId: id }, { changeType: "fix" }] }],
    ["only a format", { format_version: "1.0", provider_schemas: {} }],
    ["only a version", { version: 4, resources: [] }],
    ["a deployment of something else", { version: 1, deployment: { replicas: 2 } }],
    [
      "names that every object has",
      JSON.parse('{"__proto__": {"resource": {"azurerm_subnet": {"a": {}}}}, "constructor": 1}'),
    ],
    ["names that every object has, in Terraform", JSON.parse('{"__proto__": {"a": {}}}')],
  ])("%s is not recognized", (_title, document) => {
    expect([kindOf(document), refusedAs(document)]).toEqual([undefined, undefined]);
  });

  test.each<[refused: ReturnType<typeof refusedAs>, document: unknown]>([
    ["parameters of an ARM template", { $schema: armSchema("deploymentParameters"), parameters: {} }],
    [
      "parameters of an ARM template",
      { $SCHEMA: armSchema("subscriptionDeploymentParameters"), parameters: {} },
    ],
    ["an Azure what-if", { status: "Succeeded", changes: [{ resourceId: id, changeType: "Create" }] }],
    ["an Azure what-if", { properties: { changes: [{ resourceId: id, changeType: "NoChange" }] } }],
    ["a Pulumi state file", { version: 3, checkpoint: { stack: "dev", latest: { resources: [] } } }],
    ["a Pulumi state file", { version: 3, checkpoint: { stack: "dev", latest: null } }],
    ["a Pulumi plan", { manifest: {}, resourcePlans: {} }],
    [
      "an encrypted state of OpenTofu",
      { serial: 1, lineage: "a", meta: {}, encrypted_data: "a", encryption_version: "v0" },
    ],
    [
      "several documents",
      [
        { format_version: "1.2", resource_changes: [] },
        { format_version: "1.2", resource_changes: [] },
      ],
    ],
    ["several documents", [{ format_version: "1.2", resource_changes: [] }, cluster]],
    ["several documents", [cluster, { format_version: "1.2", resource_changes: [] }]],
    [
      "several documents",
      [{ resource: { azurerm_kubernetes_cluster: {} } }, { version: 3, deployment: { resources: [] } }],
    ],
    [
      "several documents",
      [
        { sequence: 0, preludeEvent: {} },
        { steps: [], changeSummary: {} },
      ],
    ],
    [
      "several documents",
      [{ sequence: 0, preludeEvent: {} }, { resource: { azurerm_kubernetes_cluster: {} } }],
    ],
    ["several documents", [{ resource: { azurerm_kubernetes_cluster: {} } }, null]],
    ["several documents", [{ resource: { azurerm_kubernetes_cluster: {} } }, 5]],
    ["a Terraform log", [{ "@level": "info", "@message": "a", type: "version" }]],
    ["a Terraform log", { "@level": "info", "@message": "a", type: "version" }],
  ])("%s is refused as that", (refused, document) => {
    expect([kindOf(document), refusedAs(document)]).toEqual([undefined, refused]);
  });

  test("a document of any depth is recognized or not, without an error", () => {
    let deep: unknown = {};
    for (let i = 0; i < 100_000; i++)
      deep = i % 2 === 0 ? [deep] : { resource: deep, properties: deep, data: deep };
    expect(kindOf(deep)).toBeUndefined();
    expect(kindOf({ format_version: "1.0", values: deep })).toBe("terraform-state");
  });
});

test.each([[[{ locals: { a: 1 } }, { more: 1 }]], [[{ resource: { azurerm_subnet: { a: {} } } }, "x"]]])(
  "a list with something else than Terraform's is none: %j",
  (list) => {
    expect(kindOf(list)).toBeUndefined();
  },
);

describe("a document is read by its kind:", () => {
  const resource = { azurerm_kubernetes_cluster: { aks: { network_profile: { network_policy: "calico" } } } };
  const values = { root_module: {} };
  const documents: Readonly<Record<(typeof documentKinds)[number], unknown>> = {
    "terraform-plan": { format_version: "1.2", resource_changes: [], planned_values: {} },
    "terraform-state": { format_version: "1.0", values },
    "terraform-json": { resource },
    "terraform-hcl": { resource },
    "pulumi-stack": { version: 3, deployment: { manifest: {}, resources: [] } },
    "pulumi-preview": { steps: [{ op: "same", urn: "urn:pulumi:a" }] },
    "arm-template": { ...template, resources: [{ ...cluster, name: "[parameters('name')]" }] },
    azure: [cluster],
  };

  test.each(documentKinds)("%s", (kind) => {
    const read = readDocument(documents[kind], kind, { name: { value: "shop" } });
    expect(read).toMatchObject({ kind });
    const addresses = read === "unsupported format" ? [] : read.clusters.map(addressOfCluster);
    const [address] = addresses;
    const expected: Partial<typeof documents> = {
      "terraform-json": "azurerm_kubernetes_cluster.aks",
      "terraform-hcl": "azurerm_kubernetes_cluster.aks",
      "arm-template": "shop",
      azure: id,
    };
    expect(address).toBe(expected[kind]);
  });

  test.each(["terraform-plan", "terraform-state"] as const)("a list is no %s", (kind) => {
    expect(readDocument([documents[kind]], kind)).toBe("unsupported format");
  });
});
