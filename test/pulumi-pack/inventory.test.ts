import type { PolicyProviderResource, PolicyResource, ResourceValidationArgs } from "@pulumi/policy";
import * as policySdk from "@pulumi/policy";
import { describe, expect, test } from "vitest";
import { Inventory, StackOfClusters, subjectOf } from "../../pulumi-pack/inventory";
import { fieldOf, versionOf } from "../../pulumi-pack/resources";
import { pulumiPartIn } from "../../shared/dialects/lookup";
import type { RuleName } from "../../shared/rules";

/** The proxy that the SDK puts around Pulumi's properties; exported without a type. */
const { unknownCheckingProxy } = policySdk as unknown as {
  readonly unknownCheckingProxy: (props: object) => PolicyResource["props"];
};
const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

const native = "azure-native:containerservice";
const classic = "azure:containerservice";
const bridged = "azurerm:index";

describe("a type token", () => {
  test.each([
    [`${native}:ManagedCluster`, "cluster azure-native"],
    [`${native}:AgentPool`, "pool azure-native"],
    [`${native}:managedcluster`, "cluster azure-native"],
    [`${native}/v20240901:ManagedCluster`, "cluster azure-native"],
    [`${native}/v20220101:ManagedCluster`, "cluster azure-native, too old for dataplane mode"],
    [`${native}/v20211001:ManagedCluster`, "cluster azure-native, too old for dataplane mode"],
    [`${native}/v20190601:AgentPool`, "pool azure-native, too old for dataplane mode"],
    [`${native}/v20211:ManagedCluster`, "cluster azure-native"],
    [`${native}/latest:ManagedCluster`, "cluster azure-native"],
    ["azure-nextgen:containerservice:ManagedCluster", "cluster azure-native, too old for dataplane mode"],
    ["azure-native_containerservice_v20250901:containerservice:ManagedCluster", "cluster azure-native"],
    [
      "azure-native_containerservice_v20210501:containerservice:AgentPool",
      "pool azure-native, too old for dataplane mode",
    ],
    [`${classic}/kubernetesCluster:KubernetesCluster`, "cluster azure, networkDataPlane"],
    [`${classic}/kubernetesClusterNodePool:KubernetesClusterNodePool`, "pool azure, networkDataPlane"],
    [`${bridged}/kubernetesCluster:KubernetesCluster`, "cluster azurerm, bridged, networkDataPlane"],
    [
      `${bridged}/kubernetesClusterNodePool:KubernetesClusterNodePool`,
      "pool azurerm, bridged, networkDataPlane",
    ],
    [`x${native}:ManagedCluster`, "nothing"],
    [`${native}:ManagedClusterSnapshot`, "nothing"],
    [`${native}/v20240901/x:ManagedCluster`, "nothing"],
    ["azure-native:network:ManagedCluster", "nothing"],
    [`x${classic}/kubernetesCluster:KubernetesCluster`, "nothing"],
    [`${classic}/kubernetesCluster:KubernetesClusterX`, "nothing"],
    ["digitalocean:index/kubernetesCluster:KubernetesCluster", "nothing"],
  ])("%s: %s", (type, expected) => {
    const kind = pulumiPartIn(type);
    const { name, settings } = kind?.dialect ?? {};
    const missing = (["dataplane", "mode"] as const).filter((each) => settings?.[each].length === 0);
    const tooOld = missing.length === 0 || name === undefined ? "" : `, too old for ${missing.join(" ")}`;
    const dataplane =
      name === undefined || name === "azure-native"
        ? ""
        : `, ${settings?.dataplane[0]?.split(".").at(-1) ?? ""}`;
    expect(kind === undefined ? "nothing" : `${kind.what} ${String(name)}${tooOld}${dataplane}`).toBe(
      expected,
    );
  });

  test.each([
    [classic, undefined, "networkDataPlane"],
    [classic, "5.45.0", "ebpfDataPlane"],
    [classic, "5.88.0", "ebpfDataPlane"],
    [classic, "6.0.0", "networkDataPlane"],
    [classic, "6.40.0", "networkDataPlane"],
    [bridged, undefined, "networkDataPlane"],
    [bridged, "3.107.0", "ebpfDataPlane"],
    [bridged, "4.0.0", "networkDataPlane"],
    [bridged, "5.2.0", "networkDataPlane"],
  ])("of %s at version %s writes %s", (provider, version, name) => {
    const kind = pulumiPartIn(`${provider}/kubernetesCluster:KubernetesCluster`, version);
    expect(kind?.dialect.settings.dataplane[0]).toBe(`networkProfile.${name}`);
  });

  test.each([
    [{ props: { version: "6.40.0" } }, "6.40.0"],
    [{ props: { version: 6 } }, "6"],
    [{ props: { version: { a: 1 } } }, undefined],
    [{ props: {} }, undefined],
    [undefined, undefined],
  ])("of a provider %j has version %s", (provider, version) => {
    expect(versionOf(provider as unknown as PolicyProviderResource | undefined)).toBe(version);
  });
});

describe("a property", () => {
  const kindOfProperty = (props: object): string => {
    const field = fieldOf(props);
    return field.kind === "object" ? field.child("x").kind : field.kind;
  };
  const throwing = (error: unknown): object =>
    Object.defineProperty({}, "x", {
      get: () => {
        throw error;
      },
    });
  test.each([
    ["that is written", { x: "calico" }, "scalar"],
    ["that is not", {}, "absent"],
    ["that is not known", unknownCheckingProxy({ x: unknown }), "unknown"],
    ["of another copy of the SDK", throwing({ unknownTypeSentinel: true }), "unknown"],
    ["that cannot be decrypted", { x: "[secret]" }, "unknown"],
  ])("%s", (_title, props, kind) => {
    expect(kindOfProperty(props)).toBe(kind);
  });

  test.each([[new TypeError("broken")], ["broken"], [null]])("that throws %s is a bug", (error) => {
    const thrown: unknown[] = [];
    try {
      kindOfProperty(throwing(error));
    } catch (caught) {
      thrown.push(caught);
    }
    expect(thrown).toEqual([error]);
  });
});

interface Declared {
  readonly name: string;
  readonly type: string;
  readonly props: object;
  readonly dependsOn?: readonly string[];
  readonly parent?: string;
  /** By property. */
  readonly through?: Readonly<Record<string, readonly string[]>>;
}

function resourcesOf(declared: readonly Declared[]): readonly PolicyResource[] {
  const made = new Map<string, PolicyResource>();
  const among = (names: readonly string[] = []): PolicyResource[] =>
    names.flatMap((name) => made.get(name) ?? []);
  for (const { name, type, props, dependsOn, parent, through = {} } of declared) {
    const [above] = among(parent === undefined ? [] : [parent]);
    const resource: Partial<PolicyResource> = {
      type,
      name,
      urn: `urn:pulumi:dev::project::${type}::${name}`,
      props: unknownCheckingProxy(props),
      dependencies: among(dependsOn),
      ...(above === undefined ? {} : { parent: above }),
      propertyDependencies: Object.fromEntries(
        Object.entries(through).map(([property, names]) => [property, among(names)]),
      ),
    };
    made.set(name, resource as PolicyResource);
  }
  return [...made.values()];
}

const rule: RuleName = "network-policy-configured";
const args = (resource: PolicyResource): ResourceValidationArgs =>
  resource as unknown as ResourceValidationArgs;

/** The pools of each cluster, by their number of nodes. */
function poolsOf(declared: readonly Declared[], registered = true): Record<string, unknown> {
  const resources = resourcesOf(declared);
  const inventory = new Inventory();
  if (registered)
    for (const each of resources)
      if (pulumiPartIn(each.type) !== undefined) inventory.register(rule, args(each));
  const stack = new StackOfClusters(resources, inventory);
  return Object.fromEntries(
    stack.clusters.map((cluster) => {
      const { separatePools } = stack.clusterOf(cluster).whole.cluster;
      const counts = separatePools.map(({ maximumNodes }) =>
        maximumNodes.state === "known" ? maximumNodes.value : maximumNodes.state,
      );
      return [cluster.name, counts];
    }),
  );
}

const cluster = (name: string, props: object, more: Partial<Declared> = {}): Declared => ({
  name,
  type: `${native}:ManagedCluster`,
  props: { networkProfile: { networkPlugin: "azure" }, ...props },
  ...more,
});
const pool = (count: number, props: object, more: Partial<Declared> = {}): Declared => ({
  name: `pool${count}`,
  type: `${native}:AgentPool`,
  props: { count, ...props },
  ...more,
});
const classicCluster = (name: string, props: object, more: Partial<Declared> = {}): Declared => ({
  ...cluster(name, props, more),
  type: `${classic}/kubernetesCluster:KubernetesCluster`,
});
const classicPool = (count: number, props: object, more: Partial<Declared> = {}): Declared => ({
  ...pool(count, props, more),
  type: `${classic}/kubernetesClusterNodePool:KubernetesClusterNodePool`,
  props: { nodeCount: count, ...props },
});
const group = (name: string): Declared => ({ name, type: "azure-native:resources:ResourceGroup", props: {} });
const idOf = (name: string, resourceGroup: string): string =>
  `/subscriptions/0/resourceGroups/${resourceGroup}/providers/Microsoft.ContainerService/managedClusters/${name}`;

describe("a separate node pool belongs to", () => {
  const firstModule = (what: string): Partial<Declared> => ({ type: `${native}/v20190201:${what}` });
  const open = { resourceName: "aks", resourceGroupName: unknown };
  const inGroup = (name: string): Partial<Declared> => ({
    dependsOn: [name],
    through: { resourceGroupName: [name] },
  });
  const cases: readonly (readonly [title: string, declared: readonly Declared[], pools: object])[] = [
    [
      "the cluster of its name and group, in any case",
      [
        cluster("aks", { resourceName: "Shop", resourceGroupName: "rg" }),
        pool(1, { resourceName: "shop", resourceGroupName: "RG" }),
        pool(2, { resourceName: "SHOP", resourceGroupName: "rg" }),
      ],
      { aks: [1, 2] },
    ],
    [
      "no cluster of another name or group",
      [
        cluster("aks", { resourceName: "shop", resourceGroupName: "rg" }),
        pool(1, { resourceName: "bank", resourceGroupName: "rg" }),
        pool(2, { resourceName: "shop", resourceGroupName: "other" }),
      ],
      { aks: [] },
    ],
    [
      "the namesake in its own group",
      [
        cluster("one", { resourceName: "shop", resourceGroupName: "one" }),
        cluster("two", { resourceName: "shop", resourceGroupName: "two" }),
        pool(1, { resourceName: "shop", resourceGroupName: "two" }),
      ],
      { one: [], two: [1] },
    ],
    [
      "the cluster that its property depends on, and not to one that it depends on for other reasons",
      [
        cluster("one", { resourceName: "one" }),
        cluster("two", { resourceName: "two" }),
        pool(
          1,
          { resourceName: unknown },
          { dependsOn: ["one", "two"], through: { resourceName: ["two"], vnetSubnetID: ["one"] } },
        ),
      ],
      { one: [], two: [1] },
    ],
    [
      "the cluster that its property depends on, whatever its name",
      [
        cluster("one", { resourceName: "one" }),
        cluster("two", { resourceName: "two" }),
        pool(1, { resourceName: "one" }, { through: { resourceName: ["two"] } }),
      ],
      { one: [], two: [1] },
    ],
    [
      "the cluster that it names as version 1 of the SDK does for API version 2019-02-01",
      [
        cluster("one", { resourceName: "one" }, firstModule("ManagedCluster")),
        cluster("two", { resourceName: "two" }, firstModule("ManagedCluster")),
        cluster("three", { resourceName: "three" }, firstModule("ManagedCluster")),
        pool(1, { managedClusterName: "One" }, firstModule("AgentPool")),
        pool(
          2,
          { managedClusterName: unknown },
          {
            ...firstModule("AgentPool"),
            dependsOn: ["one", "two"],
            through: { managedClusterName: ["two"], vnetSubnetID: ["one"] },
          },
        ),
      ],
      { one: [1], two: [2], three: [] },
    ],
    [
      "the cluster that it depends on, if nothing else is known",
      [cluster("aks", { resourceName: "aks" }), pool(1, { resourceName: unknown }, { dependsOn: ["aks"] })],
      { aks: [1] },
    ],
    [
      "the cluster that is its parent, where nothing else is known",
      [
        cluster("one", { resourceName: "one" }),
        cluster("two", { resourceName: "two" }),
        pool(1, { resourceName: unknown }, { parent: "two" }),
      ],
      { one: [], two: [1] },
    ],
    [
      "the namesake that is its parent",
      [cluster("one", open), cluster("two", open), pool(1, open, { parent: "one" })],
      { one: [1], two: [] },
    ],
    [
      "no parent that it does not name",
      [
        cluster("one", { resourceName: "one" }),
        cluster("two", { resourceName: "two" }),
        pool(1, { resourceName: "two" }, { parent: "one" }),
        pool(2, { resourceName: "three" }, { parent: "one" }),
      ],
      { one: [], two: [1] },
    ],
    [
      "the classic cluster that is its parent, where its id is not known",
      [
        classicCluster("one", { name: "one" }),
        classicCluster("two", { name: "two" }),
        classicPool(1, { kubernetesClusterId: unknown }, { parent: "two" }),
      ],
      { one: [], two: [1] },
    ],
    [
      "none of two clusters that it depends on, where nothing else is known",
      [
        cluster("one", { resourceName: "one" }),
        cluster("two", { resourceName: "two" }),
        pool(1, { resourceName: unknown }, { dependsOn: ["one", "two"] }),
      ],
      { one: [], two: [] },
    ],
    [
      "no cluster, if nothing is known",
      [cluster("aks", { resourceName: unknown }), pool(1, { resourceName: unknown })],
      { aks: [] },
    ],
    [
      "the namesake whose group depends on the same resource",
      [
        group("weu"),
        group("neu"),
        cluster("one", open, inGroup("weu")),
        cluster("two", open, inGroup("neu")),
        pool(1, open, inGroup("neu")),
      ],
      { one: [], two: [1] },
    ],
    [
      "the namesake whose group depends on the same resources, in any order",
      [
        group("a"),
        group("b"),
        group("c"),
        cluster("one", open, { through: { resourceGroupName: ["a", "b"] } }),
        cluster("two", open, { through: { resourceGroupName: ["a", "c"] } }),
        pool(1, open, { through: { resourceGroupName: ["b", "a"] } }),
      ],
      { one: [1], two: [] },
    ],
    [
      "neither of two namesakes that may both be meant",
      [cluster("one", open), cluster("two", open), pool(1, open)],
      { one: [], two: [] },
    ],
    [
      "one of two namesakes if it depends on it",
      [cluster("one", open), cluster("two", open), pool(1, open, { dependsOn: ["two"] })],
      { one: [], two: [1] },
    ],
    [
      "neither of two namesakes if it depends on both",
      [cluster("one", open), cluster("two", open), pool(1, open, { dependsOn: ["one", "two"] })],
      { one: [], two: [] },
    ],
    [
      "the namesake whose group is unknown if its own is known",
      [cluster("one", open), pool(1, { resourceName: "aks", resourceGroupName: "rg" })],
      { one: [1] },
    ],
    [
      "the namesake whose group is known if its own is unknown",
      [cluster("one", { resourceName: "aks", resourceGroupName: "rg" }), pool(1, open)],
      { one: [1] },
    ],
    [
      "the namesake, if only one of them tells what its group depends on",
      [
        group("weu"),
        cluster("one", { resourceName: "one", resourceGroupName: unknown }),
        cluster("two", { resourceName: "two", resourceGroupName: unknown }, inGroup("weu")),
        pool(1, { resourceName: "one", resourceGroupName: unknown }, inGroup("weu")),
        pool(2, { resourceName: "two", resourceGroupName: unknown }),
      ],
      { one: [1], two: [2] },
    ],
    [
      "the cluster with its name, if the name depends on something other than a cluster",
      [
        group("weu"),
        cluster("aks", { resourceName: "aks" }),
        pool(1, { resourceName: "aks" }, { through: { resourceName: ["weu"] }, dependsOn: ["weu"] }),
      ],
      { aks: [1] },
    ],
    [
      "a classic cluster by its ID",
      [
        classicCluster("one", { name: "Shop", resourceGroupName: "rg" }),
        classicCluster("two", { name: "shop", resourceGroupName: "other" }),
        classicPool(1, { kubernetesClusterId: idOf("shop", "RG") }),
      ],
      { one: [1], two: [] },
    ],
    [
      "a classic cluster by the property that depends on it",
      [
        classicCluster("one", { name: "one" }),
        classicCluster("two", { name: "two" }),
        classicPool(1, { kubernetesClusterId: unknown }, { through: { kubernetesClusterId: ["two"] } }),
      ],
      { one: [], two: [1] },
    ],
  ];
  test.each(cases)("%s", (_title, declared, pools) => {
    expect(poolsOf(declared)).toEqual(pools);
  });

  test("a cluster that is only read, by its outputs", () => {
    const outputs = { name: "live", id: idOf("live", "rg") };
    const declared = [
      cluster("aks", outputs),
      pool(1, { resourceName: "live", resourceGroupName: "RG" }),
      pool(2, { resourceName: "live", resourceGroupName: "other" }),
    ];
    expect(poolsOf(declared, false)).toEqual({ aks: [1] });
  });

  test("the cluster declared with its name, if outputs do not show the name", () => {
    const inventory = new Inventory();
    const declared = resourcesOf([
      cluster("aks", { resourceName: "shop" }),
      pool(1, { resourceName: "shop" }),
    ]);
    for (const each of declared) inventory.register(rule, args(each));
    const stack = new StackOfClusters(
      declared.map((each) => ({ ...each, props: {} })),
      inventory,
    );
    const [first] = stack.clusters;
    if (first === undefined) throw new Error("declared above");
    const { whole } = stack.clusterOf(first);
    expect(whole.cluster.separatePools).toHaveLength(1);
    expect(whole.cluster.plugin).toMatchObject({ value: "azure" });
  });

  test("its cluster although another one cannot be read", () => {
    const broken = Object.defineProperty({}, "networkProfile", {
      enumerable: true,
      get: () => {
        throw new TypeError("broken");
      },
    });
    const [first, ...others] = resourcesOf([
      cluster("broken", {}),
      cluster("aks", { resourceName: "aks" }),
      pool(1, { resourceName: "aks" }),
    ]);
    if (first === undefined) throw new Error("declared above");
    const stack = new StackOfClusters([{ ...first, props: broken }, ...others], new Inventory());
    const [one, two] = stack.clusters;
    if (one === undefined || two === undefined) throw new Error("both are clusters");
    expect(stack.clusterOf(two).whole.cluster.separatePools).toHaveLength(1);
    expect(() => stack.clusterOf(one)).toThrow("broken");
  });
});

describe("a cluster", () => {
  const [written, empty, emptyPool, wordless, fullPool] = resourcesOf([
    cluster("aks", { resourceName: "aks" }),
    { name: "empty", type: `${native}:ManagedCluster`, props: {} },
    { name: "pool", type: `${native}:AgentPool`, props: {} },
    { name: "wordless", type: `${native}:ManagedCluster`, props: { resourceName: "x" } },
    pool(3, { resourceName: "aks" }),
  ]);
  if (!written || !empty || !emptyPool || !wordless || !fullPool) throw new Error("declared above");

  test("is what is registered, or a pool, or undefined without inputs", () => {
    const inventory = new Inventory();
    const registered = [written, empty, emptyPool, wordless, fullPool].map((each) =>
      inventory.register(rule, args(each)),
    );
    expect(registered.map(({ what }) => what)).toEqual(["cluster", "nothing", "nothing", "cluster", "pool"]);
    expect([...inventory.empty]).toEqual([empty.urn, emptyPool.urn]);
    expect([...inventory.clusters.keys()]).toEqual([written.urn, wordless.urn]);
    expect([...inventory.pools.keys()]).toEqual([fullPool.urn]);
    for (const type of ["x:y:Z", "azure-native:resources:Deployment"])
      expect(() => inventory.register(rule, { ...args(written), type })).toThrow(
        new TypeError("not a part of a cluster"),
      );
  });

  test("at the end is read-only if it was never registered, and unknown if nothing of it is visible", () => {
    const inventory = new Inventory();
    inventory.register(rule, args(empty));
    inventory.register(rule, args(wordless));
    const stack = new StackOfClusters([written, empty, wordless, emptyPool], inventory);
    const seen = stack.clusters.map((each) => {
      const { whole, judged } = stack.clusterOf(each);
      return [each.name, whole.readOnly ?? false, judged !== undefined, whole.cluster.engine.state];
    });
    expect(seen).toEqual([
      ["aks", true, false, "absent"],
      ["empty", false, false, "unknown"],
      ["wordless", false, true, "absent"],
    ]);
    expect(stack.deployed(empty)).toBeUndefined();
    expect(stack.deployed(written)?.plugin).toMatchObject({ value: "azure" });
    for (const ask of [stack.deployed.bind(stack), stack.clusterOf.bind(stack)])
      expect(() => ask({ ...written, type: "x:y:Z" })).toThrow(new TypeError("not a cluster"));
  });

  test.each([
    ["networkPolicy", { networkProfile: { networkPolicy: "calico" } }],
    ["networkPlugin", { networkProfile: { networkPlugin: "azure" } }],
    ["networkDataplane", { networkProfile: { networkDataplane: "azure" } }],
    ["sku", { sku: { name: "Base" } }],
    ["pools", { agentPoolProfiles: [] }],
  ])("declared without inputs counts as read if its outputs show %s", (_name, outputs) => {
    const inventory = new Inventory();
    inventory.register(rule, args(empty));
    const deployed = { ...empty, props: unknownCheckingProxy(outputs) };
    const { whole } = new StackOfClusters([deployed], inventory).clusterOf(deployed);
    expect(whole.readOnly).toBe(true);
  });

  test("is read by its current inputs and its provider's version", () => {
    const old = subjectOf(`${classic}/kubernetesCluster:KubernetesCluster`, {}, "5.0.0");
    expect(old).toMatchObject({ toolVersion: "5.0.0", dialect: { name: "azure" } });
    expect(old?.dialect.settings.dataplane[0]).toBe("networkProfile.ebpfDataPlane");
    expect(subjectOf(`${native}:AgentPool`, {}, undefined)).toBeUndefined();
    expect(subjectOf("x:y:Z", {}, undefined)).toBeUndefined();
  });

  test("is read once for all rules that are asked about one registration, and again for another", () => {
    const inventory = new Inventory();
    const ignoreChanges: string[] = [];
    const call = (of: PolicyResource, list: unknown = ignoreChanges): ResourceValidationArgs =>
      ({ ...of, opts: { ignoreChanges: list } }) as unknown as ResourceValidationArgs;
    const first = inventory.register("network-policy-configured", call(written));
    expect(inventory.register("network-policy-compatible", call(written))).toBe(first);
    // The same rule, another list, another cluster, or no list at all: each is a separate registration.
    const again = inventory.register("network-policy-compatible", call(written));
    expect(again).not.toBe(first);
    expect(inventory.register("network-policy-supported", call(written, []))).not.toBe(again);
    const other = inventory.register("network-policy-configured", call(wordless));
    expect(inventory.register("network-policy-compatible", call(written))).not.toBe(other);
    const without = inventory.register("network-policy-configured", call(written, null));
    expect(inventory.register("network-policy-supported", args(written))).not.toBe(without);
    const bare = inventory.register("network-policy-configured", args(written));
    expect(inventory.register("network-policy-compatible", args(written))).not.toBe(bare);
    const asked = inventory.register("network-policy-configured", call(written));
    expect(inventory.register("network-policy-configured", call(written))).not.toBe(asked);
  });

  test("among many different ones is kept on its own, and the kinds are dropped", () => {
    const inventory = new Inventory();
    const register = (version: string): unknown => {
      const provider = { props: { version } } as unknown as PolicyProviderResource;
      const registered = inventory.register(rule, { ...args(written), urn: `urn${version}`, provider });
      return registered.what === "cluster" ? registered.subject : undefined;
    };
    for (let i = 0; i < 500; i++) inventory.register(rule, { ...args(written), urn: `few${i}` });
    const first = register("0.0.0");
    for (let i = 1; i < 256; i++) register(`0.0.${i}`);
    expect(register("0.0.0")).toBe(first);
    register("0.0.256");
    expect(register("0.0.0")).not.toBe(first);
  });

  test("among many identical ones is one of a few kinds", () => {
    const inventory = new Inventory();
    const subjects = Array.from({ length: 510 }, (_, i) =>
      inventory.register(rule, { ...args(written), urn: `urn${i}` }),
    ).map((registered) => (registered.what === "cluster" ? registered.subject : undefined));
    expect(new Set(subjects).size).toBe(501);
    const others = Array.from({ length: 4 }, (_, i) =>
      inventory.register(rule, {
        ...args(i % 2 === 0 ? wordless : written),
        urn: `other${i}`,
        provider: { props: { version: i < 2 ? "1.0.0" : "2.0.0" } } as unknown as PolicyProviderResource,
      }),
    ).map((registered) => (registered.what === "cluster" ? registered.subject : undefined));
    expect(others.map((subject) => [subject?.toolVersion, subject?.cluster.plugin.state])).toEqual([
      ["1.0.0", "absent"],
      ["1.0.0", "known"],
      ["2.0.0", "absent"],
      ["2.0.0", "known"],
    ]);
  });
});
