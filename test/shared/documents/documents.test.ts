import { describe, expect, test } from "vitest";
import { isUnrecognized } from "../../../shared/cluster/setting";
import { armTemplate } from "../../../shared/dialects/arm-template";
import type { TemplateTypes } from "../../../shared/dialects/dialect";
import type { Deployment } from "../../../shared/documents/arm/template";
import { clustersInTemplate } from "../../../shared/documents/arm/template";
import type { ClusterInDocument, UnreadableBlock } from "../../../shared/documents/clusters";
import type { JsonObject } from "../../../shared/documents/json";
import type { BlockOrigin } from "../../../shared/documents/terraform/block";
import { addressOf, blocksOf } from "../../../shared/documents/terraform/block";
import { clustersOfDocument } from "../../../shared/documents/terraform/clusters";
import type { Cluster } from "../../../shared/cluster/cluster";

/** The engine of a cluster and the names of its separate pools. */
function shown({ engine, separatePools, possiblePools = [] }: Cluster): string {
  const value = engine.state === "known" && !isUnrecognized(engine.value) ? engine.value : engine.state;
  return [
    value,
    ...separatePools.map(({ name }) => name),
    ...possiblePools.map(({ name }) => `${name}?`),
  ].join(" ");
}

function lineOf(found: ClusterInDocument<unknown> | UnreadableBlock<unknown>): string {
  return "error" in found ? String(found.error) : `${found.address()}: ${shown(found.subject.cluster)}`;
}

const clustersOf = (document: unknown): ReturnType<typeof clustersOfDocument<string>> =>
  clustersOfDocument(document, (block) => ({ source: addressOf(block) }));
const linesOf = (document: unknown): string[] => clustersOf(document).map(lineOf);

const engine = (network_policy: string): object => ({ network_profile: { network_policy } });
const windows = (kubernetes_cluster_id: string, name = "win"): object => ({
  name,
  os_type: "Windows",
  kubernetes_cluster_id,
});

describe("a Terraform document", () => {
  test.each<[shape: string, document: unknown]>([
    ["objects", { resource: { azurerm_kubernetes_cluster: { aks: engine("calico") } } }],
    ["a list of documents", [{ resource: { azurerm_kubernetes_cluster: { aks: engine("calico") } } }]],
    ["a list of resources", { resource: [{ azurerm_kubernetes_cluster: { aks: engine("calico") } }] }],
    ["a list of names", { resource: { azurerm_kubernetes_cluster: [{ aks: engine("calico") }] } }],
    ["a list of blocks", { resource: { azurerm_kubernetes_cluster: { aks: [engine("calico")] } } }],
    [
      "lists all the way down",
      {
        resource: [
          { azurerm_kubernetes_cluster: [{ aks: [{ network_profile: [{ network_policy: "calico" }] }] }] },
        ],
      },
    ],
  ])("of %s", (_shape, document) => {
    expect(linesOf(document)).toEqual(["azurerm_kubernetes_cluster.aks: calico"]);
  });

  test("has clusters of every kind, and modules", () => {
    const type = "Microsoft.ContainerService/managedClusters@2025-07-01";
    const resources = [
      {
        type: type.replace(/@.*/, ""),
        name: "a",
        properties: { networkProfile: { networkPolicy: "azure" } },
      },
    ];
    const document = {
      resource: {
        azurerm_kubernetes_cluster: { a: engine("calico"), b: {} },
        azurerm_kubernetes_automatic_cluster: { a: {} },
        azurerm_virtual_network: { a: engine("calico") },
        azapi_resource: {
          a: { type, body: { properties: { networkProfile: { networkPolicy: "cilium" } } } },
          b: {},
        },
        azapi_update_resource: { a: { type, body: {} } },
        azurerm_resource_group_template_deployment: {
          a: { template_content: JSON.stringify({ resources }) },
        },
      },
      module: { a: { source: "Azure/aks/azurerm", network_policy: "calico" }, b: { source: "./network" } },
      data: { azurerm_kubernetes_cluster: { read: {} } },
    };
    expect(linesOf(document)).toEqual([
      "azurerm_kubernetes_cluster.a: calico",
      "azurerm_kubernetes_cluster.b: absent",
      "azurerm_kubernetes_automatic_cluster.a: absent",
      "azapi_resource.a: cilium",
      "azapi_update_resource.a: unknown",
      "azurerm_resource_group_template_deployment.a template_content resources[0]: azure",
      "module.a: calico",
    ]);
  });

  test("gives each pool to the cluster that it names", () => {
    const id = "/subscriptions/0/resourceGroups/g/providers/Microsoft.ContainerService/managedClusters/Shop";
    const named = (name: string, resource_group_name: string): object => ({
      ...engine("azure"),
      name,
      resource_group_name,
    });
    const document = {
      resource: {
        azurerm_kubernetes_cluster: { a: named("shop", "g"), b: named("shop", "h"), c: named("other", "g") },
        azurerm_kubernetes_cluster_node_pool: [
          { literal: windows(id, "literal") },
          { expression: windows("${azurerm_kubernetes_cluster.c.id}", "expression") },
          { nobody: windows("${var.cluster}", "nobody") },
          {
            either: windows(
              "${var.b ? azurerm_kubernetes_cluster.b.id : azurerm_kubernetes_cluster.c.id}",
              "either",
            ),
          },
        ],
      },
    };
    expect(linesOf(document)).toEqual([
      "azurerm_kubernetes_cluster.a: azure literal nobody?",
      "azurerm_kubernetes_cluster.b: azure nobody? either?",
      "azurerm_kubernetes_cluster.c: azure expression nobody? either?",
    ]);
  });

  test("takes a block's own word for nothing", () => {
    const comment = { metadata: { path: "prod/aks" } };
    const document = { resource: { azurerm_kubernetes_cluster: { a: { "//": comment } } } };
    expect(clustersOf(document).map(({ source }) => source)).toEqual(["azurerm_kubernetes_cluster.a"]);
  });

  test.each([
    [undefined],
    [null],
    ["text"],
    [5],
    [[]],
    [{ resource: "x" }],
    [{ resource: { azapi_resource: [5] } }],
  ])("of %j has no clusters", (document) => {
    expect(clustersOf(document)).toEqual([]);
  });
});

describe("blocks", () => {
  const found = (
    byName: Readonly<Record<string, JsonObject>>,
    origin: Partial<BlockOrigin<string>> = {},
    ofProgram?: string,
  ): ReturnType<typeof clustersOf> =>
    clustersOfDocument(
      { resource: { azurerm_kubernetes_cluster: byName } },
      (block) => ({ source: addressOf(block), ...origin }),
      { azurermVersion: ofProgram },
    );

  test("that cannot be read keep no other from being read, and come last", () => {
    const broken = {
      get network_profile(): unknown {
        throw new Error("broken");
      },
    };
    expect(found({ broken, aks: {} }).map(lineOf)).toEqual([
      "azurerm_kubernetes_cluster.aks: absent",
      "Error: broken",
    ]);
  });

  test("of a generated class are spelt as the class spells them", () => {
    const [only] = found({ aks: { network_profile: { network_policy: "calico" } } }, { typed: true });
    if (only === undefined || "error" in only) throw new Error("it is a cluster");
    const { dialect, cluster } = only.subject;
    expect([dialect.name, cluster.engine.path]).toEqual(["azurerm, typed", "networkProfile.networkPolicy"]);
  });

  test.each<[own: string | undefined, ofProgram: string | undefined, version: string | undefined]>([
    ["4.1.0", "4.2.0", "4.1.0"],
    [undefined, "4.2.0", "4.2.0"],
    [undefined, undefined, undefined],
  ])("of version %s in a program of version %s", (toolVersion, ofProgram, version) => {
    const all = found({ aks: {} }, { toolVersion }, ofProgram);
    expect(all.map((each) => ("error" in each ? each.error : each.subject.toolVersion))).toEqual([version]);
  });

  test.each([undefined, "4.2.0"])("that are alike share what is read of them, in version %s", (version) => {
    const all = found(
      { a: { name: "a", ...engine("calico") }, b: { name: "b", ...engine("calico") } },
      {},
      version,
    );
    const [a, b] = all.map((each) => ("error" in each ? each.error : each.subject));
    expect(a).toBe(b);
  });

  test("are called by their type and name, modules by their name alone", () => {
    const document = { resource: { azapi_resource: { a: {} } }, module: { b: {} } };
    expect([...blocksOf(document)].map(addressOf)).toEqual(["azapi_resource.a", "module.b"]);
  });
});

describe("an ARM template", () => {
  const type = "Microsoft.ContainerService/managedClusters";
  const cluster = (networkPolicy: string, name = "aks", more: object = {}): object => ({
    type,
    name,
    properties: { networkProfile: { networkPolicy } },
    ...more,
  });
  const pool = (name: string): object => ({
    type: `${type}/agentPools`,
    name,
    properties: { osType: "Windows" },
  });
  const nested = (template: object, properties: object = {}): object => ({
    type: "Microsoft.Resources/deployments",
    name: "nested",
    properties: { template, ...properties },
  });
  const types = armTemplate.matches.template as TemplateTypes;
  const lines = (template: object, deployment: Partial<Deployment> = {}): string[] =>
    clustersInTemplate(template as JsonObject, armTemplate, types, { parameters: {}, ...deployment }).map(
      ({ part, cluster: found }) => `${part}: ${shown(found)}`,
    );

  test.each<[what: string, template: object, lines: readonly string[], deployment?: Partial<Deployment>]>([
    ["nothing", {}, []],
    ["a list of resources", { resources: [{}, cluster("calico")] }, ["resources[1]: calico"]],
    ["named resources", { resources: { a: {}, b: cluster("calico") } }, ["resources, number 2: calico"]],
    [
      "a place of its own",
      { resources: [cluster("calico")] },
      ["here resources[0]: calico"],
      { place: "here" },
    ],
    ["an existing cluster", { resources: [cluster("calico", "a", { existing: true })] }, []],
    ["a cluster that is not deployed", { resources: [cluster("calico", "a", { condition: false })] }, []],
    [
      "pools by their cluster's name",
      { resources: [pool("b/win"), cluster("azure", "a"), cluster("calico", "b")] },
      ["resources[1]: azure", "resources[2]: calico win"],
    ],
    [
      "the only pool of the only cluster",
      { resources: [pool("[var.x]"), cluster("azure")] },
      ["resources[1]: azure "],
    ],
    [
      "two pools of other names",
      { resources: [pool("x/win"), pool("y/win"), cluster("azure")] },
      ["resources[2]: azure"],
    ],
    [
      "a pool inside its cluster",
      {
        resources: [
          cluster("azure", "a", { resources: [{ ...pool("win"), type: "agentPools" }] }),
          cluster("azure", "b"),
        ],
      },
      ["resources[0]: azure win", "resources[1]: azure"],
    ],
    [
      "nested templates, the innermost first",
      { resources: [cluster("azure"), nested({ resources: [nested({ resources: [cluster("calico")] })] })] },
      ["resources[1] resources[0] resources[0]: calico", "resources[0]: azure"],
    ],
    [
      "a value that the document around it fills in",
      { resources: [cluster("${var.engine}")] },
      ["resources[0]: unknown"],
      { isFilledIn: (value) => value === "${var.engine}" },
    ],
  ])("with %s", (_what, template, expected, deployment) => {
    expect(lines(template, deployment)).toEqual(expected);
  });

  const parameters = { Engine: { type: "string", defaultValue: "cilium" } };
  const asked = { resources: [cluster("[parameters('engine')]")] };
  test.each<[what: string, template: object, line: string, parameters?: unknown]>([
    ["a default", { parameters, ...asked }, "cilium"],
    ["a given value", { parameters, ...asked }, "calico", { engine: { value: "calico" } }],
    ["a value from elsewhere", { parameters, ...asked }, "unknown", { engine: { reference: {} } }],
    ["parameters that are not known", { parameters, ...asked }, "unknown", "unknown"],
    ["a variable", { variables: { e: "azure" }, resources: [cluster("[variables('E')]")] }, "azure"],
    [
      "an expression that only the deployment decides",
      { parameters, resources: [cluster("[concat(parameters('engine'), reference('x').y)]")] },
      "unknown",
    ],
    ["a text in two brackets", { resources: [cluster("[[x]")] }, "known"],
  ])("finds %s", (_what, template, line, given = {}) => {
    expect(lines(template, { parameters: given })).toEqual([`resources[0]: ${line}`]);
  });

  const inner = { parameters: { engine: { defaultValue: "azure" } }, ...asked };
  test.each<[why: string, around: object, properties: object, engine: string]>([
    ["in the template around it", {}, {}, "cilium"],
    ["in itself, where it says so", {}, { expressionEvaluationOptions: { scope: "Inner" } }, "azure"],
    ["in itself, from language version 2.0 on", { languageVersion: "2.0" }, {}, "azure"],
    [
      "in the template around it, where it says so",
      { languageVersion: "2.0" },
      { expressionEvaluationOptions: { scope: "outer" } },
      "cilium",
    ],
    [
      "in what it is given",
      {},
      { expressionEvaluationOptions: { scope: "inner" }, parameters: { engine: { value: "calico" } } },
      "calico",
    ],
  ])("finds the parameters of a nested template %s", (_why, around, properties, found) => {
    const template = { ...around, parameters, resources: [nested(inner, properties)] };
    expect(lines(template)).toEqual([`resources[0] resources[0]: ${found}`]);
  });
});
