/** The separate pools of a document: what they count for, and on which of its clusters. */
import { describe, expect, test } from "vitest";
import { check } from "../../../shared/check";
import { addressOf } from "../../../shared/documents/terraform/block";
import { clustersOfDocument, poolsOfDocument } from "../../../shared/documents/terraform/clusters";
import { moduleStepsOf } from "../../../shared/documents/terraform/address";
import { exampleDay } from "../../support/evaluate";
import { engineAndPools } from "../../support/shown-clusters";

const cluster = (networkPolicy?: string): object => ({
  name: "${var.name}",
  network_profile: {
    network_plugin: "azure",
    ...(networkPolicy === undefined ? {} : { network_policy: networkPolicy }),
  },
});
const pool = (of: string, more: object): object => ({
  name: "more",
  kubernetes_cluster_id: `\${azurerm_kubernetes_cluster.${of}.id}`,
  ...more,
});

function causesOf(clusters: object, pools: object): Readonly<Record<string, readonly string[]>> {
  const document = {
    resource: {
      azurerm_kubernetes_cluster: clusters,
      ...(Object.keys(pools).length === 0 ? {} : { azurerm_kubernetes_cluster_node_pool: pools }),
    },
  };
  const report = check(document, {}, { today: () => exampleDay });
  return Object.fromEntries(
    report.clusters.map(({ address, findings }) => [
      address.replace(/^.*\./, ""),
      findings.map(({ cause }) => cause),
    ]),
  );
}

const nodes = { node_count: 300 };
const windows = { os_type: "Windows" };
const many = "too-many-nodes";

test.each<[title: string, clusters: object, pools: object, causes: object]>([
  [
    "many Linux nodes beside a cluster on which they do not matter",
    { a: cluster("calico"), b: cluster("azure") },
    { p: pool("b", nodes) },
    { a: [], b: [many, "engine-azure-ends"] },
  ],
  [
    "the same, the other way round",
    { a: cluster("calico"), b: cluster("azure") },
    { p: pool("a", nodes) },
    { a: [], b: ["engine-azure-ends"] },
  ],
  [
    "many nodes on a cluster whose engine is not known",
    { a: cluster("${var.engine}") },
    { p: pool("a", nodes) },
    { a: ["unknown"] },
  ],
  ["many nodes with engine calico", { a: cluster("calico") }, { p: pool("a", nodes) }, { a: [] }],
  [
    "Windows nodes with engine cilium, and Linux nodes",
    {
      a: {
        ...cluster(),
        network_profile: { network_plugin: "azure", network_data_plane: "cilium", network_policy: "cilium" },
      },
    },
    { p: pool("a", { os_type: "Linux" }), q: pool("a", windows) },
    { a: ["cilium-is-linux-only"] },
  ],
])("%s", (_title, clusters, pools, causes) => {
  expect(causesOf(clusters, pools)).toEqual(causes);
});

describe("a pool of another document of the program counts", () => {
  const documentWith = (name: string, pools: object): object => ({
    resource: {
      azurerm_kubernetes_cluster: { aks: { name, resource_group_name: "rg" } },
      azurerm_kubernetes_cluster_node_pool: pools,
    },
  });
  const id = (name: string): string =>
    `/subscriptions/0/resourceGroups/rg/providers/Microsoft.ContainerService/managedClusters/${name}`;
  const ownAddress = "${azurerm_kubernetes_cluster.aks.id}";

  test.each<[title: string, name: string, of: string, shown: string]>([
    ["never for sure by a literal ID", "other", id("shop"), "absent p?"],
    ["never if its own document has the cluster of that ID", "shop", id("shop"), "absent"],
    ["never by a literal ID of another cluster", "other", id("third"), "absent"],
    ["never by an address", "other", ownAddress, "absent"],
    ["perhaps by what only Terraform knows", "other", "${var.id}", "absent p?"],
  ])("%s", (_title, name, of, shown) => {
    const pool = { name: "p", os_type: "Windows", kubernetes_cluster_id: of };
    const other = poolsOfDocument(
      documentWith(name, { p: pool }),
      (block) => ({ source: addressOf(block) }),
      new Map(),
    );
    const [ours] = clustersOfDocument(documentWith("shop", {}), (block) => ({ source: addressOf(block) }), {
      name: "ours",
      others: () => [other],
    });
    if (ours === undefined || "error" in ours) throw new Error("it is a cluster");
    expect(engineAndPools(ours.subject.cluster)).toBe(shown);
  });
});

test.each<[address: unknown, steps: readonly object[] | undefined]>([
  [undefined, []],
  [null, []],
  ["", []],
  ["module.a", [{ name: "a", key: "" }]],
  [
    'module.a[0].module.b["x.y"]',
    [
      { name: "a", key: "[0]" },
      { name: "b", key: '["x.y"]' },
    ],
  ],
  ["a", undefined],
  ["module.a.", undefined],
  [5, undefined],
  [["module.a"], undefined],
])("the module calls of %j", (address, steps) => {
  expect(moduleStepsOf(address)).toEqual(steps);
});
