import { describe, expect, test } from "vitest";
import type { ClusterInDocument, UnreadableBlock } from "../../../shared/documents/clusters";
import type { JsonObject } from "../../../shared/documents/json";
import type { BlockOrigin } from "../../../shared/documents/terraform/block";
import { addressOf, blocksOf } from "../../../shared/documents/terraform/block";
import { isUnrecognized } from "../../../shared/cluster/setting";
import { clustersOfDocument } from "../../../shared/documents/terraform/clusters";
import { engineAndPools } from "../../support/shown-clusters";

function lineOf(found: ClusterInDocument<unknown> | UnreadableBlock<unknown>): string {
  return "error" in found
    ? String(found.error)
    : `${found.address()}: ${engineAndPools(found.subject.cluster)}`;
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
      "lists at every level",
      {
        resource: [
          { azurerm_kubernetes_cluster: [{ aks: [{ network_profile: [{ network_policy: "calico" }] }] }] },
        ],
      },
    ],
  ])("of type %s", (_shape, document) => {
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

  test("assigns each pool to the cluster that it refers to", () => {
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

  test.each<[pool: object, isKept: boolean]>([
    [{ os_type: "Windows" }, true],
    [{ os_type: "Linux" }, false],
    [{}, false],
    [{ os_sku: "Windows2022" }, true],
    [{ os_sku: "${var.sku}" }, true],
    [{ os_sku: "AzureLinux" }, false],
    [{ os_type: "${var.os}" }, true],
  ])("keeps a pool that may have Windows nodes, with another engine than azure: %j %s", (pool, isKept) => {
    const more = { name: "p", kubernetes_cluster_id: "${azurerm_kubernetes_cluster.a.id}", ...pool };
    const linesWith = (policy: string): string[] =>
      linesOf({
        resource: {
          azurerm_kubernetes_cluster: { a: engine(policy) },
          azurerm_kubernetes_cluster_node_pool: { p: more },
        },
      });
    expect(linesWith("cilium")).toEqual([`azurerm_kubernetes_cluster.a: cilium${isKept ? " p" : ""}`]);
    expect(linesWith("azure")).toEqual(["azurerm_kubernetes_cluster.a: azure p"]);
    expect(linesWith("${var.engine}")).toEqual(["azurerm_kubernetes_cluster.a: unknown p"]);
  });

  test.each([5, null, {}, ["11.0.0"]])("a module with version %j is read as without one", (version) => {
    const module = { source: "Azure/aks/azurerm", network_policy: "calico" };
    expect(linesOf({ module: { aks: { ...module, version } } })).toEqual(["module.aks: calico"]);
  });

  test("does not trust what a block says about itself", () => {
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
  ])("%j has no clusters", (document) => {
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

  test("that cannot be read do not keep others from being read, and come last", () => {
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

  test("of a generated class use the class's spelling", () => {
    const [only] = found({ aks: { network_profile: { network_policy: "calico" } } }, { typed: true });
    if (only === undefined || "error" in only) throw new Error("it is a cluster");
    const { dialect, cluster } = only.subject;
    expect([dialect.name, cluster.engine.path]).toEqual(["azurerm, typed", "networkProfile.networkPolicy"]);
    expect(engineAndPools(cluster)).toBe("calico");
  });

  test.each<[own: string | undefined, ofProgram: string | undefined, version: string | undefined]>([
    ["4.1.0", "4.2.0", "4.1.0"],
    [undefined, "4.2.0", "4.2.0"],
    [undefined, undefined, undefined],
  ])("of version %s in a program of version %s", (toolVersion, ofProgram, version) => {
    const all = found({ aks: {} }, { toolVersion }, ofProgram);
    const versions = all.map((each) =>
      "error" in each ? each.error : [each.subject.toolVersion, each.subject.dialect.version],
    );
    expect(versions).toEqual([[version, version]]);
  });

  test.each([undefined, "4.2.0"])(
    "that are identical share what is read of them, in version %s",
    (version) => {
      const all = found(
        { a: { name: "a", ...engine("calico") }, b: { name: "b", ...engine("calico") } },
        {},
        version,
      );
      const [a, b] = all.map((each) => ("error" in each ? each.error : each.subject));
      expect(a).toBe(b);
    },
  );

  test("that differ only in a dynamic block are different clusters", () => {
    const dynamic = (network_policy: string): JsonObject => ({
      dynamic: { network_profile: { for_each: [1], content: { network_policy } } },
    });
    expect(found({ a: dynamic("calico"), b: dynamic("azure") }).map(lineOf)).toEqual([
      "azurerm_kubernetes_cluster.a: calico",
      "azurerm_kubernetes_cluster.b: azure",
    ]);
  });

  test.each<[title: string, block: object, origin: object, shown: string]>([
    ["its source", { source: "Azure/aks/azurerm" }, {}, "Azure/aks undefined"],
    ["its source and version", { source: "Azure/aks/azurerm", version: "9.4.1" }, {}, "Azure/aks 9.4.1"],
    [
      "the class",
      { source: "./network", version: "9.4.1" },
      { moduleSource: "Azure/aks/azurerm" },
      "Azure/aks 9.4.1",
    ],
  ])("a module is known by %s", (_title, block, origin, shown) => {
    const found = clustersOfDocument({ module: { aks: block } }, (each) => ({
      source: addressOf(each),
      ...origin,
    }));
    const [dialect] = found.map((each) => ("error" in each ? undefined : each.subject.dialect));
    expect(`${dialect?.name} ${dialect?.version}`).toContain(shown);
  });

  test("are identified by type and name, modules by name only", () => {
    const document = { resource: { azapi_resource: { a: {} } }, module: { b: {} } };
    expect([...blocksOf(document)].map(addressOf)).toEqual(["azapi_resource.a", "module.b"]);
  });
});

describe("a separate pool counts as often as it is made:", () => {
  const pool = (settings: object): object => ({
    name: "win",
    os_type: "Windows",
    kubernetes_cluster_id: "${azurerm_kubernetes_cluster.aks.id}",
    ...settings,
  });

  test.each<[what: string, settings: object, nodes: unknown]>([
    ["once", { node_count: 100 }, 100],
    ["by a count", { node_count: 100, count: 3 }, 300],
    ["by a map", { node_count: 100, for_each: { a: 1, b: 2 } }, 200],
    ["a number of nodes that is not known", { node_count: "${var.nodes}", count: 3 }, "unknown"],
    ["a number of nodes that is no number", { node_count: "many", count: 3 }, "unrecognized"],
    ["no number of nodes", { count: 3 }, "absent"],
  ])("%s", (_what, settings, nodes) => {
    const document = {
      resource: {
        azurerm_kubernetes_cluster: { aks: engine("azure") },
        azurerm_kubernetes_cluster_node_pool: { win: pool(settings) },
      },
    };
    const found = clustersOf(document).map((each) =>
      "error" in each
        ? []
        : each.subject.cluster.separatePools.map(({ maximumNodes: { state, ...known } }) => {
            if (!("value" in known)) return state;
            return isUnrecognized(known.value) ? "unrecognized" : known.value;
          }),
    );
    expect(found).toEqual([[nodes]]);
  });

  test("and not for sure where only Terraform knows how often", () => {
    const document = {
      resource: {
        azurerm_kubernetes_cluster: { aks: engine("azure") },
        azurerm_kubernetes_cluster_node_pool: { win: pool({ count: "${var.count}" }) },
      },
    };
    expect(linesOf(document)).toEqual(["azurerm_kubernetes_cluster.aks: azure win?"]);
  });
});
