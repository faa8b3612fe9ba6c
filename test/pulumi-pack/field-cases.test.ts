/** Pools whose cluster is unclear, and clusters created by Terraform modules, in Pulumi programs. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { Props, StackResource } from "../engine/analyzer";
import { secret, unknown, urnOf } from "../engine/analyzer";
import type { ClockedPack } from "../support/clocked-pack";
import { bootClockedPack } from "../support/clocked-pack";

let clocked: ClockedPack;
beforeAll(async () => {
  clocked = await bootClockedPack();
});
afterEach(() => clocked.pack.configure({}));
afterAll(() => clocked.stop());

const native = "azure-native:containerservice";
const group: StackResource = {
  type: "azure-native:resources:ResourceGroup",
  name: "rg",
  urn: urnOf("azure-native:resources:ResourceGroup", "rg"),
  props: {},
};
const cilium: Props = {
  networkProfile: { networkPlugin: "azure", networkDataplane: "cilium", networkPolicy: "cilium" },
};
const calico: Props = { networkProfile: { networkPlugin: "azure", networkPolicy: "calico" } };
const engineAzure: Props = { networkProfile: { networkPlugin: "azure", networkPolicy: "azure" } };

let count = 0;
function made(
  type: string,
  name: string,
  props: Props,
  through: Record<string, readonly StackResource[]> = {},
): StackResource {
  const unique = `${name}${count++}`;
  const propertyDependencies = Object.fromEntries(
    Object.entries(through).map(([property, resources]) => [property, resources.map(({ urn = "" }) => urn)]),
  );
  return {
    type,
    name: unique,
    urn: urnOf(type, unique),
    props,
    propertyDependencies,
    dependencies: [...new Set(Object.values(propertyDependencies).flat())],
  };
}

const cluster = (
  name: string,
  props: Props,
  through?: Record<string, readonly StackResource[]>,
): StackResource => made(`${native}:ManagedCluster`, name, props, through);
const windows = (props: Props, through?: Record<string, readonly StackResource[]>): StackResource =>
  made(`${native}:AgentPool`, "win", { osType: "Windows", ...props }, through);

/** The findings of a run: at the registration of each resource, and at its end. */
async function told(...resources: readonly StackResource[]): Promise<string[]> {
  const violations = [];
  for (const each of resources) {
    const registered = (await clocked.pack.analyze(each)).violations;
    violations.push(...registered.map((violation) => ({ ...violation, urn: violation.urn ?? each.urn })));
  }
  violations.push(...(await clocked.pack.analyzeStack(resources)).violations);
  return violations.map(({ enforcementLevel, policyName, urn = "", message }) => {
    const [name = ""] = /[a-z]+\d*$/.exec(urn) ?? [];
    return `${enforcementLevel} ${policyName.replace("network-policy-", "")} ${name.replace(/\d+$/, "")}: ${message.split("\n")[0] ?? ""}`;
  });
}

const isRed = "has a Windows node pool";
const isOpen = "Unknown: the cluster of a separate node pool is not known before `pulumi up`.";

describe("a cluster and a pool with the same output as their name", () => {
  test.each<[title: string, props: Props, poolsProps: Props, red: boolean]>([
    ["a name alone", { resourceName: unknown }, { resourceName: unknown }, true],
    [
      "a name and a group",
      { resourceName: unknown, resourceGroupName: unknown },
      { resourceName: unknown, resourceGroupName: unknown },
      true,
    ],
    [
      "a name in the same group",
      { resourceName: unknown, resourceGroupName: "rg" },
      { resourceName: unknown, resourceGroupName: "RG" },
      true,
    ],
    [
      "a name in another group",
      { resourceName: unknown, resourceGroupName: "rg" },
      { resourceName: unknown, resourceGroupName: "other" },
      false,
    ],
  ])("%s", async (_title, props, poolsProps, red) => {
    const through = { resourceName: [group] };
    const all = await told(
      group,
      cluster("aks", { ...cilium, ...props }, through),
      windows(poolsProps, through),
    );
    expect(all.filter((each) => each.startsWith("mandatory compatible aks:")).length).toBe(red ? 1 : 0);
    if (red) expect(all.join()).toContain(isRed);
  });

  test("if two clusters have it, one of them is meant", async () => {
    const through = { resourceName: [group] };
    const all = await told(
      group,
      cluster("one", { ...cilium, resourceName: unknown }, through),
      cluster("two", { ...cilium, resourceName: unknown }, through),
      windows({ resourceName: unknown }, through),
    );
    expect(all).toEqual([`advisory compatible one: ${isOpen}`, `advisory compatible two: ${isOpen}`]);
  });
});

describe("a Windows pool that may belong to either of two clusters", () => {
  const either = (one: Props, two: Props): readonly StackResource[] => {
    const [first, second] = [
      cluster("one", { ...one, resourceName: "one" }),
      cluster("two", { ...two, resourceName: "two" }),
    ];
    return [first, second, windows({ resourceName: unknown }, { resourceName: [first, second] })];
  };

  test("leaves both undecided", async () => {
    expect(await told(...either(cilium, cilium))).toEqual([
      `advisory compatible one: ${isOpen}`,
      `advisory compatible two: ${isOpen}`,
    ]);
  });

  test("leaves alone those that it cannot change", async () => {
    expect(await told(...either(cilium, calico))).toEqual([`advisory compatible one: ${isOpen}`]);
    expect(await told(...either(calico, calico))).toEqual([]);
  });

  test("leaves the end of engine azure undecided", async () => {
    const all = await told(...either(engineAzure, calico));
    expect(all.filter((each) => each.startsWith("mandatory"))).toEqual([]);
    expect(all).toContain(`advisory supported one: ${isOpen}`);
  });

  test("is treated as the organisation says", async () => {
    await clocked.pack.configure({ "network-policy-compatible": { unknown: "fail" } });
    expect(await told(...either(cilium, calico))).toEqual([`mandatory compatible one: ${isOpen}`]);
  });

  test("is Windows as far as is known", async () => {
    const [one, two] = [
      cluster("one", { ...cilium, resourceName: "one" }),
      cluster("two", { ...calico, resourceName: "two" }),
    ];
    const through = { resourceName: [one, two] };
    expect(await told(one, two, windows({ resourceName: unknown, osType: "Linux" }, through))).toEqual([]);
    expect(await told(one, two, windows({ resourceName: unknown, osType: unknown }, through))).toEqual([
      `advisory compatible one: ${isOpen}`,
    ]);
  });

  test("is never ignored if nothing is known of its cluster", async () => {
    const all = await told(
      cluster("aks", { ...cilium, resourceName: unknown }),
      cluster("other", { ...cilium, resourceName: "other" }),
      windows({ resourceName: unknown }),
    );
    expect(all).toEqual([`advisory compatible aks: ${isOpen}`, `advisory compatible other: ${isOpen}`]);
  });

  test("rules out clusters with another name", async () => {
    const all = await told(
      cluster("aks", { ...cilium, resourceName: unknown }),
      cluster("other", { ...cilium, resourceName: "other" }),
      windows({ resourceName: "third" }),
    );
    expect(all).toEqual([`advisory compatible aks: ${isOpen}`]);
  });
});

describe("a cluster that a Terraform module creates", () => {
  const azurerm = "aks:tf:azurerm_kubernetes_cluster";
  const azapi = "my-aks:tf:azapi_resource";
  const type = "Microsoft.ContainerService/managedClusters@2025-07-01";
  const body = (networkProfile: object): Props => ({ properties: { networkProfile } }) as Props;
  const good = { networkPlugin: "azure", networkPolicy: "calico" };
  test.each<[title: string, token: string, props: Props, level: string | undefined]>([
    ["azurerm", azurerm, { network_profile: { network_plugin: "azure" } }, "mandatory configured"],
    [
      "azurerm, in a list",
      azurerm,
      { network_profile: [{ network_plugin: "azure" }] },
      "mandatory configured",
    ],
    [
      "azurerm, without a network profile",
      "m:tf:azurerm_kubernetes_cluster",
      { name: "aks" },
      "mandatory configured",
    ],
    [
      "azurerm, right",
      azurerm,
      { network_profile: [{ network_plugin: "azure", network_policy: "calico" }] },
      undefined,
    ],
    ["azurerm, open", azurerm, { network_profile: unknown }, "advisory configured"],
    [
      "azurerm, Cilium without its dataplane",
      azurerm,
      { network_profile: { network_plugin: "azure", network_policy: "cilium" } },
      "mandatory compatible",
    ],
    ["azapi", azapi, { type, body: body({ networkPlugin: "azure" }) }, "mandatory configured"],
    [
      "azapi, as text",
      azapi,
      { type, body: JSON.stringify(body({ networkPlugin: "azure" })) },
      "mandatory configured",
    ],
    ["azapi, right", azapi, { type, body: body(good) }, undefined],
    ["azapi, right as text", azapi, { type, body: JSON.stringify(body(good)) }, undefined],
    [
      "azapi, with a sensitive body",
      azapi,
      { type, body: body(good), sensitive_body: {} },
      "advisory configured",
    ],
    [
      "azapi, at a version without Cilium",
      azapi,
      {
        type: "Microsoft.ContainerService/managedClusters@2022-03-01",
        body: body({ networkPlugin: "azure", networkDataplane: "cilium" }),
      },
      "mandatory configured",
    ],
    [
      "azapi, something else",
      azapi,
      { type: "Microsoft.Network/virtualNetworks@2024-05-01", body: {} },
      undefined,
    ],
    ["azapi, of a type that is open", azapi, { type: unknown, body: body(good) }, "advisory configured"],
    [
      "azapi, of a secret type that is open",
      azapi,
      { type: secret(unknown), body: body({ networkPlugin: "azure" }) },
      "advisory configured",
    ],
    [
      "an update of a type that is open",
      "x:tf:azapi_update_resource",
      { type: unknown, body: body({ networkPolicy: "none" }) },
      "advisory configured",
    ],
    ["azapi, without a type", azapi, { body: body({ networkPlugin: "azure" }) }, undefined],
    [
      "an update of one",
      "x:tf:azapi_update_resource",
      { type, body: body({ networkPolicy: "none" }) },
      "mandatory configured",
    ],
    ["an update of something else of it", "x:tf:azapi_update_resource", { type, body: {} }, undefined],
    ["automatic", "x:tf:azurerm_kubernetes_automatic_cluster", { name: "aks" }, undefined],
    ["another resource", "x:tf:azurerm_virtual_network", { name: "vnet" }, undefined],
    ["another kind of child", "x:index:azurerm_kubernetes_cluster", { network_profile: {} }, undefined],
  ])("%s", async (_title, token, props, level) => {
    const all = await told(made(token, "aks", props));
    expect(all.map((each) => each.split(" ").slice(0, 2).join(" "))).toEqual(
      level === undefined ? [] : [level],
    );
  });

  test("gets a fix in Terraform's spelling", async () => {
    const { violations } = await clocked.pack.analyze(
      made(azurerm, "aks", { network_profile: [{ network_plugin: "azure" }] }),
    );
    expect(violations.map(({ message }) => message)).toEqual([
      expect.stringContaining(
        'inside network_profile, set network_data_plane: "cilium", network_policy: "cilium"',
      ),
    ]);
  });

  test("has the Windows pools that refer to it", async () => {
    const profile = { network_plugin: "azure", network_data_plane: "cilium", network_policy: "cilium" };
    const all = await told(
      made(azurerm, "aks", { name: "shop", resource_group_name: "rg", network_profile: [profile] }),
      made("aks:tf:azurerm_kubernetes_cluster_node_pool", "win", {
        name: "win",
        os_type: "Windows",
        kubernetes_cluster_id:
          "/subscriptions/0/resourceGroups/rg/providers/Microsoft.ContainerService/managedClusters/shop",
      }),
    );
    expect(all).toEqual([expect.stringContaining(isRed)]);
  });

  test("has the azapi Windows pools that refer to it", async () => {
    const profile = { networkPlugin: "azure", networkDataplane: "cilium", networkPolicy: "cilium" };
    const id = "/subscriptions/0/resourceGroups/rg/providers/Microsoft.ContainerService/managedClusters/shop";
    const all = await told(
      made(azapi, "aks", { type, name: "shop", body: body(profile) }),
      made(azapi, "win", {
        type: "Microsoft.ContainerService/managedClusters/agentPools@2025-07-01",
        name: "win",
        parent_id: id,
        body: { properties: { osType: "Windows" } },
      }),
    );
    expect(all).toEqual([expect.stringContaining(isRed)]);
  });

  test("is left alone by auto-set, with a reason", async () => {
    await clocked.pack.configure({
      "network-policy-configured": { enforcementLevel: "remediate", autoSet: { acceptReplacement: true } },
    });
    const resource = made(azurerm, "aks", { network_profile: { network_plugin: "azure" } });
    expect((await clocked.pack.remediate(resource)).remediations).toEqual([]);
    const { violations } = await clocked.pack.analyze(resource);
    expect(violations[0]?.message).toContain(
      "Auto-set wrote nothing: a Terraform module makes this cluster from the module's own values.",
    );
  });
});

describe("an automatic cluster", () => {
  test.each([
    "azure:containerservice/automaticCluster:AutomaticCluster",
    "azurerm:index/kubernetesAutomaticCluster:KubernetesAutomaticCluster",
  ])("%s is checked and passes", async (token) => {
    const resource = made(token, "aks", { name: "aks", resourceGroupName: "rg" });
    const { violations, notApplicable } = await clocked.pack.analyze(resource);
    expect(violations).toEqual([]);
    expect(notApplicable).toEqual([]);
    await clocked.pack.configure({ "network-policy-configured": { engines: ["calico"] } });
    expect(await told(resource)).toEqual([expect.stringContaining("mandatory configured aks")]);
  });
});
