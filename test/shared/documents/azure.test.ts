import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import type { Setting } from "../../../shared/cluster/setting";
import { isUnrecognized } from "../../../shared/cluster/setting";
import { addressOfCluster } from "../../../shared/documents/document";
import { readAzure } from "../../../shared/documents/azure/document";
import type { Subject } from "../../../shared/reading/subject";
import { renamed } from "../../support/renamed";
import { wrongShapes } from "../../support/wrong-shapes";

const type = "Microsoft.ContainerService/ManagedClusters";
const id = "/subscriptions/0/resourcegroups/g/providers/Microsoft.ContainerService/managedClusters/shop";

function subjectOf(document: unknown): Subject {
  const { clusters } = readAzure(document);
  const [only] = clusters;
  if (clusters.length !== 1 || only === undefined || "error" in only) throw new Error("it is one cluster");
  return only.subject;
}

function valueOf(setting: Setting<unknown>): string {
  if (setting.state !== "known") return setting.state;
  return isUnrecognized(setting.value) ? "?" : String(setting.value);
}

/**
 * A summary of a document's single cluster: engine, plugin, mode, dataplane, SKU, and its pools with their
 * operating systems.
 */
function told(document: unknown): string {
  const { engine, plugin, mode, dataplane, sku, pools } = subjectOf(document).cluster;
  const all = pools.state === "known" && !isUnrecognized(pools.value) ? pools.value : [];
  const ofPools = all.map(({ name, os, maximumNodes }) => `${name} ${valueOf(os)} ${valueOf(maximumNodes)}`);
  return [...[engine, plugin, mode, dataplane, sku].map(valueOf), ...ofPools].join(", ");
}

const network = {
  networkPlugin: "azure",
  networkPluginMode: "overlay",
  networkPolicy: "cilium",
  networkDataplane: "cilium",
};
const pools = [
  {
    name: "system",
    mode: "System",
    osType: "Linux",
    osSKU: "Ubuntu",
    count: 3,
    maxCount: null,
    enableAutoScaling: false,
  },
  { name: "more", osType: "Linux", osSku: "AzureLinux", count: 1, maxCount: 9, enableAutoScaling: true },
];
const flat = {
  id,
  name: "shop",
  resourceGroup: "g",
  type,
  sku: { name: "Base", tier: "Free" },
  networkProfile: network,
  agentPoolProfiles: pools,
};
const { networkProfile, agentPoolProfiles, ...around } = flat;
const rest = { ...around, properties: { networkProfile, agentPoolProfiles } };

/** Names in Az PowerShell's spelling. */
const pascal = (value: unknown): unknown =>
  renamed(value, (name) => name.charAt(0).toUpperCase() + name.slice(1));

describe("one cluster", () => {
  const same = "cilium, azure, overlay, cilium, Base, system Linux 3, more Linux 9";
  test.each<[title: string, document: unknown]>([
    ["az aks show", flat],
    ["az aks list", [flat]],
    ["az resource show", rest],
    ["az rest for a list", { value: [rest] }],
    ["Resource Graph", { count: 1, data: [rest], skip_token: null }],
    ["Get-AzAksCluster", pascal(flat)],
    [
      "Get-AzResource",
      [{ ...(pascal(around) as object), ResourceId: id, ResourceType: type, Properties: rest.properties }],
    ],
    ["names in upper case", renamed(rest, (name) => name.toUpperCase())],
  ])("as printed by %s", (_title, document) => {
    expect(told(document)).toBe(same);
    const [{ source } = { source: undefined }] = readAzure(document).clusters;
    expect(source?.address).toBe(id);
  });

  test("with values in any case, and an explicit none", () => {
    const shouting = {
      ...flat,
      sku: { name: "AUTOMATIC" },
      networkProfile: { networkPlugin: "AZURE", networkPolicy: "None" },
    };
    expect(told(shouting)).toBe("none, azure, absent, absent, Automatic, system Linux 3, more Linux 9");
  });

  test("has absent settings where members are missing or null", () => {
    const bare = { type, name: "shop", networkProfile: null, agentPoolProfiles: [] };
    expect(told(bare)).toBe("absent, absent, absent, absent, absent");
    expect(told({ type, name: "shop", properties: {} })).toBe("absent, absent, absent, absent, absent");
  });

  test("may show only a part of it", () => {
    const { networkProfile: profile, agentPoolProfiles: nodes, ...bare } = flat;
    expect(told({ ...bare, networkProfile: profile })).toBe("cilium, azure, overlay, cilium, Base");
    expect(told({ ...bare, agentPoolProfiles: nodes.slice(0, 1) })).toBe(
      "absent, absent, absent, absent, Base, system Linux 3",
    );
    expect(told({ ...flat, properties: { sku: { name: "Automatic" } } })).toBe(
      "absent, absent, absent, absent, Base",
    );
  });

  test("is unknown if the output shows only its name", () => {
    const listed = { id, name: "shop", type, sku: { name: "Base" }, properties: null };
    expect(told(listed)).toBe("unknown, unknown, unknown, unknown, Base");
    expect(subjectOf(listed).cluster.engine).toMatchObject({ unknownAt: "networkProfile" });
  });

  test("has the setting names of `az aks show`, in either form", () => {
    for (const document of [flat, rest]) {
      const { cluster, dialect } = subjectOf(document);
      expect([cluster.engine.path, dialect.tool]).toEqual(["networkProfile.networkPolicy", "az"]);
    }
  });

  test("runs the reported version", () => {
    const versions = { kubernetesVersion: "1.33", currentKubernetesVersion: "1.33.4" };
    expect(subjectOf({ ...flat, ...versions }).cluster.kubernetesVersion).toMatchObject({ value: "1.33.4" });
    expect(subjectOf({ ...flat, kubernetesVersion: "1.33" }).cluster.kubernetesVersion).toMatchObject({
      value: "1.33",
    });
  });

  test("with credentials for Windows nodes has only the Windows pools that it lists", () => {
    expect(
      subjectOf({ ...flat, windowsProfile: { adminUsername: "azureuser" } }).cluster.windowsProfile.truth,
    ).toBe(false);
  });

  test("is identified by its ID, else its name, else its position", () => {
    const addressOf = (document: unknown): unknown =>
      readAzure(document).clusters.map(({ source }) => source.address);
    expect(addressOf([flat])).toEqual([id]);
    expect(addressOf({ ...flat, id: null })).toEqual(["shop"]);
    expect(addressOf({ data: [{}, { type, id: "", name: 5 }], count: 2 })).toEqual(["cluster data 1"]);
    expect(addressOf({ type })).toEqual(["cluster"]);
    expect(addressOf({ ResourceType: type, ResourceId: id, ResourceName: "shop" })).toEqual([id]);
    expect(addressOf({ ResourceType: type, ResourceName: "shop" })).toEqual(["shop"]);
    expect(readAzure(flat).clusters.map(addressOfCluster)).toEqual([id]);
  });

  test("has a position in the document", () => {
    const placesOf = (document: unknown): unknown =>
      readAzure(document).clusters.map(({ source }) => source.place);
    expect(placesOf(flat)).toEqual([{ in: "document", path: [] }]);
    expect(placesOf([{}, flat])).toEqual([{ in: "document", path: [1] }]);
    expect(placesOf({ Value: [flat] })).toEqual([{ in: "document", path: ["Value", 0] }]);
  });
});

describe("output", () => {
  test.each<[title: string, document: unknown]>([
    ["of nothing", []],
    ["with a pool", { id: `${id}/agentPools/win`, type: `${type}/agentPools`, osType: "Windows" }],
    [
      "with other resources",
      [
        {
          id: "/a",
          type: "Microsoft.Network/virtualNetworks",
          properties: { networkProfile: {}, agentPoolProfiles: [] },
        },
      ],
    ],
  ])("%s has no cluster", (_title, document) => {
    expect(readAzure(document)).toEqual({ kind: "azure", clusters: [], notes: [] });
  });

  test.each<[document: object, notes: readonly string[]]>([
    [{ value: [flat], nextLink: "https://management.azure.com/" }, ["the answer has more pages"]],
    [{ value: [flat], nextLink: null }, []],
    [{ data: [rest], count: 1, skip_token: "a" }, ["the answer has more pages"]],
    [{ data: [rest], count: 1, $skipToken: "a" }, ["the answer has more pages"]],
    [{ Data: [rest], SkipToken: "a" }, ["the answer has more pages"]],
    [{ data: [rest], count: 1, skip_token: "" }, []],
    [{ value: [], nextLink: "", NextLink: "" }, ["the answer has more pages"]],
    [[flat], []],
    [flat, []],
  ])("tells whether there are more pages: %#", (document, notes) => {
    expect(readAzure(document).notes).toEqual(notes);
  });

  test("keeps every cluster, even duplicates", () => {
    expect(readAzure([flat, rest, flat]).clusters).toHaveLength(3);
  });

  test("an unreadable cluster does not keep the others from being read", () => {
    const twice = { ...flat, networkprofile: { networkPolicy: "none" } };
    const inside = { ...flat, networkProfile: { networkPolicy: "calico", NetworkPolicy: "none" } };
    const { clusters } = readAzure([twice, inside, flat]);
    expect(clusters.map((each) => "error" in each && String(each.error))).toEqual([
      "TypeError: a name is there twice, in different spellings",
      "TypeError: a name is there twice, in different spellings",
      false,
    ]);
  });
});

describe("hostile input", () => {
  test.each([
    ["document", (value: unknown) => value],
    ["resource", (value: unknown) => [value]],
    ["id", (value: unknown) => ({ ...flat, id: value })],
    ["name", (value: unknown) => ({ ...flat, id: undefined, name: value })],
    ["type", (value: unknown) => ({ ...flat, type: value })],
    ["SKU", (value: unknown) => ({ ...flat, sku: value })],
    ["properties", (value: unknown) => ({ ...around, properties: value })],
    ["network", (value: unknown) => ({ ...flat, networkProfile: value })],
    ["engine", (value: unknown) => ({ ...flat, networkProfile: { networkPolicy: value } })],
    ["pools", (value: unknown) => ({ ...flat, agentPoolProfiles: value })],
    ["pool", (value: unknown) => ({ ...flat, agentPoolProfiles: [value] })],
    ["list", (value: unknown) => ({ value })],
    ["link", (value: unknown) => ({ value: [flat], nextLink: value })],
  ])("of any type in place of a %s is read or ignored", (_place, documentWith) => {
    for (const value of wrongShapes)
      expect(() => readAzure(documentWith(value)), inspect(value)).not.toThrow();
  });

  test("an engine of the wrong type is not an engine", () => {
    expect(told({ ...flat, networkProfile: 5 })).toMatch(/^\?, \?/);
    expect(told({ ...flat, networkProfile: { networkPolicy: ["cilium"] } })).toMatch(/^\?, /);
  });

  test("names that every object has are ignored", () => {
    const text = `{"type": "${type}", "name": "a\\n::error::", "__proto__": {"networkProfile": {"networkPolicy": "calico"}}, "agentPoolProfiles": []}`;
    expect(told(JSON.parse(text))).toBe("absent, absent, absent, absent, absent");
  });

  test("may be nested to any depth", () => {
    let deep: unknown = "calico";
    for (let i = 0; i < 100_000; i++) deep = { networkPolicy: deep };
    expect(told({ ...flat, networkProfile: deep })).toMatch(/^\?, absent/);
  });
});
