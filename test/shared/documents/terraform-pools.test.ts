/** The separate pools of a document: what they count for, and on which of its clusters. */
import { expect, test } from "vitest";
import { check } from "../../../shared/check";
import { moduleStepsOf } from "../../../shared/documents/terraform/address";
import { exampleDay } from "../../support/evaluate";

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
