/** The two attributes of azapi that hold a document: what is sent, and which of them a finding names. */
import { describe, expect, test } from "vitest";
import type { Pool } from "../../../shared/cluster/cluster";
import { isUnrecognized } from "../../../shared/cluster/setting";
import { addressOf } from "../../../shared/documents/terraform/block";
import { clustersOfDocument } from "../../../shared/documents/terraform/clusters";
import { engineAndPools } from "../../support/shown-clusters";

const type = "Microsoft.ContainerService/managedClusters@2025-05-01";

function read(attributes: object, toolVersion?: string) {
  const document = { resource: { azapi_resource: { aks: { type, ...attributes } } } };
  const [only] = clustersOfDocument(document, (block) => ({ source: addressOf(block), toolVersion }));
  if (only === undefined || "error" in only) throw new Error("it is a cluster");
  return only.subject;
}

const network = (networkPolicy: unknown, more: object = {}): object => ({
  properties: { networkProfile: { networkPolicy }, ...more },
});
const inBody = "body.properties.networkProfile.networkPolicy";
const inPatch = "sensitive_body.properties.networkProfile.networkPolicy";

describe("the engine of a body and what is merged into it", () => {
  test.each<[body: unknown, patch: unknown, engine: string, path: string]>([
    [network("calico"), undefined, "calico", inBody],
    [network("calico"), null, "calico", inBody],
    [network("calico"), {}, "calico", inBody],
    [network("calico"), { properties: { kubernetesVersion: "1.33" } }, "calico", inBody],
    [network("calico"), { properties: { networkProfile: { networkPlugin: "azure" } } }, "calico", inBody],
    [network("calico"), network("azure"), "azure", inPatch],
    [network("calico"), JSON.stringify(network("azure")), "azure", inPatch],
    [JSON.stringify(network("calico")), network("azure"), "azure", inPatch],
    [network("calico"), network(null), "absent", inPatch],
    [network("calico"), { properties: { networkProfile: null } }, "absent", inPatch],
    [network("calico"), { properties: "${var.properties}" }, "unknown", inPatch],
    [network("calico"), "${var.patch}", "unknown", inPatch],
    [network("calico"), { properties: { networkProfile: "${var.profile}" } }, "unknown", inPatch],
    [undefined, network("azure"), "azure", inPatch],
    [null, network("azure"), "azure", inPatch],
    ["${var.body}", network("azure"), "azure", inPatch],
    ["text", network("azure"), "?", inBody],
    [5, network("azure"), "?", inBody],
    [[], network("azure"), "?", inBody],
    ["text", {}, "?", inBody],
    ["${var.body}", {}, "unknown", inBody],
    [undefined, "${var.patch}", "unknown", inPatch],
  ])("%j with %j: %s at %s", (body, sensitive_body, engine, path) => {
    const { cluster } = read({ body, sensitive_body });
    expect([engineAndPools(cluster), cluster.engine.path]).toEqual([engine, path]);
  });

  test("the other settings keep their place", () => {
    const body = { properties: { networkProfile: { networkPlugin: "azure" } } };
    const { cluster, dialect } = read({ body, sensitive_body: network("azure") });
    const plugin = "body.properties.networkProfile.networkPlugin";
    expect([cluster.plugin.path, dialect.settings.plugin]).toEqual([plugin, [plugin]]);
    expect(dialect.poolsInside.path).toBe("body.properties.agentPoolProfiles");
  });

  test("the pools inside are where the patch states them", () => {
    const agentPoolProfiles = [{ name: "a", osType: "Windows" }];
    const { dialect, cluster } = read({
      body: network("cilium"),
      sensitive_body: { properties: { agentPoolProfiles } },
    });
    expect(dialect.poolsInside.path).toBe("sensitive_body.properties.agentPoolProfiles");
    expect(cluster.engine.path).toBe(inBody);
  });

  test("the version of azurerm says nothing of it", () => {
    expect(read({ body: network("calico") }, "4.1.0").toolVersion).toBeUndefined();
    const document = { resource: { azapi_resource: { aks: { type, body: network("calico") } } } };
    const [found] = clustersOfDocument(document, (block) => ({ source: addressOf(block) }), {
      azurermVersion: "4.1.0",
    });
    expect(found).toMatchObject({ subject: { toolVersion: undefined } });
  });
});

test("a resource whose type is not known may be a cluster, of which nothing is known", () => {
  const { cluster } = read({ type: "${var.type}", body: network("calico") });
  expect(engineAndPools(cluster)).toBe("unknown");
});

const pools = "Microsoft.ContainerService/managedClusters/agentPools@2025-05-01";
const ofCluster = "${azapi_resource.aks.id}";
const avm = { source: "Azure/avm-res-containerservice-managedcluster/azurerm" };
const agentPool = { ...avm, source: `${avm.source}//modules/agentpool`, name: "p", os_type: "Windows" };

test.each<[title: string, resource: object, shown: string, origin?: object]>([
  [
    "a pool by its parent",
    {
      azapi_resource: {
        aks: { type, body: network("azure") },
        p: { type: pools, name: "p", parent_id: ofCluster },
      },
    },
    "azure p",
  ],
  [
    "a pool whose cluster is not known, beside a resource whose type is not known",
    {
      azapi_resource: { aks: { type: "${var.type}" } },
      azurerm_kubernetes_cluster_node_pool: { p: { name: "p", kubernetes_cluster_id: "${var.id}" } },
    },
    "unknown p?",
  ],
  [
    "a generated class, which has the names of the document",
    { azapi_resource: { aks: { type, body: network("calico") } } },
    "calico",
    { typed: true },
  ],
])("%s", (_title, resource, shown, origin = {}) => {
  const found = clustersOfDocument({ resource }, (block) => ({ source: addressOf(block), ...origin }));
  expect(found.map((each) => ("error" in each ? each.error : engineAndPools(each.subject.cluster)))).toEqual([
    shown,
  ]);
});

function separatePools(pool: object): readonly Pool[] {
  const p = { type: pools, parent_id: ofCluster, ...pool };
  const resource = { azapi_resource: { aks: { type, body: network("azure") }, p } };
  const [found] = clustersOfDocument({ resource }, (block) => ({ source: addressOf(block) }));
  if (found === undefined || "error" in found) throw new Error("it is a cluster");
  return found.subject.cluster.separatePools;
}

test("the settings of a pool are in its body, its name beside it", () => {
  const body = { properties: { count: 9, osType: "Windows" } };
  expect(separatePools({ name: "p", body })).toMatchObject([
    { name: "p", os: { value: "Windows" }, maximumNodes: { value: 9 } },
  ]);
});

test.each([
  ["text", "known and no OS"],
  [5, "known and no OS"],
  [{ properties: 5 }, "known and no OS"],
  [{ properties: ["Windows"] }, "known and no OS"],
  ["${var.body}", "unknown"],
  [{ properties: "${var.properties}" }, "unknown"],
  [{}, "absent"],
])("the OS of a pool with body %j is %s", (body, os) => {
  const [pool] = separatePools({ name: 5, body });
  const isOdd = pool?.os.state === "known" && isUnrecognized(pool.os.value);
  expect(isOdd ? "known and no OS" : pool?.os.state).toBe(os);
});

test.each<[what: string, pool: object]>([
  ["its parent", { parent_id: "${module.aks.resource_id}" }],
  ["the former name of that", { cluster_resource_id: "${module.aks.resource_id}" }],
])("a pool of AVM's module names its cluster by %s", (_what, pool) => {
  const module = { aks: { ...avm, network_profile: {} }, p: { ...agentPool, ...pool } };
  const found = clustersOfDocument({ module }, (block) => ({ source: addressOf(block) }));
  expect(found.map((each) => ("error" in each ? each.error : engineAndPools(each.subject.cluster)))).toEqual([
    "absent p",
  ]);
});
