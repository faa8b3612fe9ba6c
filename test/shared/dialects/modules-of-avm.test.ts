/** The pattern module of AVM for production, and the modules of AVM that make one node pool. */
import { describe, expect, test } from "vitest";
import { judgeWritten } from "../../support/judge-written";
import { annotationsOf, appWith, libraries, onExampleDay, synthesised } from "../../support/terraform";

const production = "Azure/avm-ptn-aks-production/azurerm";
const avm = "Azure/avm-res-containerservice-managedcluster/azurerm";
const git = "git::https://github.com/Azure/terraform-azurerm-avm-ptn-aks-production.git";
const idOf = (name: string): string =>
  `/subscriptions/1/resourceGroups/rg/providers/Microsoft.ContainerService/managedClusters/${name}`;

/** The level and the rule of each finding, followed by the rest of its message. */
function judged(document: object): string[] {
  return judgeWritten(document, {}, onExampleDay).map(({ level, message }) => `${level} ${message}`);
}

describe("the module Azure/avm-ptn-aks-production", () => {
  const poolFor = (kubernetes_cluster_id: string): object => ({
    azurerm_kubernetes_cluster_node_pool: {
      win: { name: "win", os_type: "Windows", kubernetes_cluster_id },
    },
  });
  const judgedModule = (variables: object, pool: object = {}): string[] =>
    judged({
      module: { aks: { source: production, name: "shop", resource_group_name: "rg", ...variables } },
      resource: pool,
    });

  test.each([
    ["its own engine, Cilium", { version: "0.5.0" }],
    ["its own engine in the newest version", {}],
    ["its own engine for null, which the variable does not take", { network_policy: null }],
    ["Cilium", { version: "~> 0.4", network_policy: "cilium" }],
    ["Calico", { version: "0.4.0", network_policy: "calico" }],
    ["Calico, which it has before 0.4", { version: "0.3.0" }],
    ["Calico, by a tag", { source: `${git}?ref=0.1.0` }],
    ["Calico before 0.4, whatever is written", { version: "< 0.4", network_policy: "none" }],
    ["pools, which have no operating system of their own", { node_pools: { a: { os_type: "Windows" } } }],
  ])("passes with %s", (_title, variables) => {
    expect(judgedModule(variables)).toEqual([]);
  });

  test.each([
    ["azure, which it refuses", { network_policy: "azure" }],
    ["none", { network_policy: "none" }],
    ["an empty text", { network_policy: "" }],
    ["another case", { network_policy: "Calico" }],
  ])("fails with %s", (_title, variables) => {
    expect(judgedModule(variables)).toEqual([
      expect.stringMatching(/^error network-policy-configured: [^]*Fix: set network_policy: "c/),
    ]);
  });

  test("is undecided where its engine is not known", () => {
    expect(judgedModule({ network_policy: "${var.engine}" })).toEqual([
      expect.stringMatching(/^warning network-policy-configured: Unknown/),
    ]);
  });

  test.each([
    ["of an output of it", "${module.aks.resource_id}"],
    ["of its cluster's id", idOf("aks-shop")],
  ])("with a Windows pool %s fails with Cilium, and is fixed with Calico", (_title, id) => {
    expect(judgedModule({}, poolFor(id))).toEqual([
      expect.stringMatching(/^error network-policy-compatible: [^]*Fix: set network_policy: "calico"/),
    ]);
    expect(judgedModule({ network_policy: "calico" }, poolFor(id))).toEqual([]);
    expect(judgedModule({ version: "0.3.0" }, poolFor(id))).toEqual([]);
  });

  test("is not the owner of a pool that names another cluster", () => {
    expect(judgedModule({}, poolFor(idOf("shop")))).toEqual([]);
  });

  test("of somebody else is opaque", () => {
    expect(judgedModule({ source: "acme/avm-ptn-aks-production/azurerm" })).toEqual([
      expect.stringMatching(/^warning network-policy-configured: Unknown/),
    ]);
  });

  test.each(libraries)("in $name", (library) => {
    const { app, stack } = appWith(library);
    const { TerraformHclModule } = library.lib;
    const variables = { name: "shop", network_policy: "azure" };
    new TerraformHclModule(stack, "aks", { source: production, version: "0.5.0", variables });
    synthesised(app);
    expect(annotationsOf(app).map(({ message }) => message)).toEqual([
      expect.stringContaining("network_policy is not one of calico, cilium"),
    ]);
  });
});

describe("a module of AVM that makes a node pool", () => {
  const cluster = {
    azurerm_kubernetes_cluster: {
      aks: { name: "shop", network_profile: { network_plugin: "azure", network_policy: "azure" } },
    },
  };
  const agentpool = `${avm}//modules/agentpool`;
  const nodepool = `${avm}//modules/nodepool`;
  const parent_id = "${azurerm_kubernetes_cluster.aks.id}";
  const windows = { name: "win", os_type: "Windows" };
  const judgedPool = (pool: object): string[] =>
    judged({ resource: cluster, module: { pool } }).map((each) => each.replace(/:[^]*/, ""));
  const notice = "warning network-policy-supported";

  test.each([
    ["of Windows nodes", { source: agentpool, ...windows, parent_id }],
    [
      "of Windows nodes, by a tag",
      {
        source: `git::https://github.com/Azure/terraform-azurerm-avm-res-containerservice-managedcluster//modules/agentpool?ref=v0.8.1`,
        ...windows,
        parent_id,
      },
    ],
    [
      "of Windows nodes, from somebody's own registry",
      { source: `app.terraform.io/acme/${avm.slice(6)}//modules/agentpool`, ...windows, parent_id },
    ],
    [
      "of Windows nodes, before 0.4",
      { source: nodepool, version: "0.3.3", ...windows, cluster_resource_id: parent_id },
    ],
    [
      "of Windows nodes, in a preview of 0.4",
      { source: nodepool, version: "0.4.0-pre2", ...windows, parent_id },
    ],
    ["by its cluster's id", { source: agentpool, ...windows, parent_id: idOf("Shop") }],
  ])("%s fails engine azure", (_title, pool) => {
    expect(judgedPool(pool)).toEqual(["error network-policy-supported"]);
  });

  test.each([
    ["with many nodes", { source: agentpool, name: "a", count_of: 300, parent_id }],
    ["with many nodes, together", { source: agentpool, name: "a", count: 3, count_of: 100, parent_id }],
    [
      "with many nodes, before 0.4",
      {
        source: nodepool,
        name: "a",
        auto_scaling_enabled: true,
        max_count: 300,
        cluster_resource_id: parent_id,
      },
    ],
  ])("%s is too large for engine azure", (_title, pool) => {
    expect(judgedPool(pool)).toEqual(["error network-policy-compatible", notice]);
  });

  test.each([
    ["of Linux nodes", { source: agentpool, name: "a", parent_id }],
    ["of another cluster", { source: agentpool, ...windows, parent_id: idOf("other") }],
    ["that is not made", { source: agentpool, ...windows, parent_id, count: 0 }],
  ])("%s changes nothing", (_title, pool) => {
    expect(judgedPool(pool)).toEqual([notice]);
  });

  test("of a cluster that is not known leaves it undecided", () => {
    expect(judgedPool({ source: agentpool, ...windows, parent_id: "${var.cluster}" })).toContain(
      "warning network-policy-supported",
    );
  });

  test("counts to the cluster of its neighbour", () => {
    const network_profile = { network_plugin: "azure", network_dataplane: "cilium" };
    const aks = { source: avm, version: "0.8.1", name: "shop", network_profile };
    const pool = { source: agentpool, version: "0.8.1", ...windows, parent_id: "${module.aks.resource_id}" };
    expect(judged({ module: { aks, pool } })).toEqual([
      expect.stringMatching(/^error network-policy-compatible/),
    ]);
  });

  test.each(libraries)("counts to it in $name, too", (library) => {
    const { app, stack } = appWith(library);
    const { TerraformHclModule } = library.lib;
    const network_profile = { network_plugin: "azure", network_dataplane: "cilium" };
    const aks = new TerraformHclModule(stack, "aks", {
      source: avm,
      version: "0.8.1",
      variables: { network_profile },
    });
    const parent = String(aks.interpolationForOutput("resource_id"));
    const variables = { ...windows, parent_id: parent };
    new TerraformHclModule(stack, "pool", { source: agentpool, version: "0.8.1", variables });
    synthesised(app);
    expect(annotationsOf(app).map(({ message }) => message)).toEqual([
      expect.stringMatching(/^network-policy-compatible: This cluster has a Windows node pool/),
    ]);
  });

  test.each(["namespace", "alerting", "maintenanceconfiguration", "monitoring"])(
    "is not the one of another part: %s",
    (folder) => {
      expect(judged({ module: { part: { source: `${avm}//modules/${folder}`, parent_id } } })).toEqual([]);
    },
  );
});
