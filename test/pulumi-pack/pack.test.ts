import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Declaration } from "../../shared/cluster/declaration";
import { notKnownYet } from "../../shared/cluster/declaration";
import { pulumiDialects } from "../../shared/dialects";
import { azureClassic } from "../../shared/dialects/azure-classic";
import { azureNative } from "../../shared/dialects/azure-native";
import { azurermBridged } from "../../shared/dialects/azurerm-bridged";
import type { Inputs, Spelled } from "../../shared/reading/spell";
import { rules } from "../../shared/rules";
import type { Analysis, Props, StackResource, Violation } from "../engine/analyzer";
import { secret, unknown, unknownOf, urnOf } from "../engine/analyzer";
import type { ClockedPack } from "../support/clocked-pack";
import {
  bootClockedPack,
  casesHere,
  isInProcess,
  packFolder,
  publishedFolder,
  singleFile,
} from "../support/clocked-pack";
import {
  evaluate,
  exampleDay,
  pulumiVoice,
  pulumiVoiceAtTheEnd,
  spellings,
  withUnknowns,
} from "../support/evaluate";
import { clusterTypesOf, poolTypeOf, truthTable } from "../support/pulumi-resources";
import type { Dialect } from "../../shared/dialects/dialect";

let clocked: ClockedPack;
beforeAll(async () => {
  clocked = await bootClockedPack();
});
afterAll(() => clocked.stop());

let count = 0;

/**
 * Declares a cluster and its pools, and ends the run, as the engine does; returns what each step reported.
 */
async function run(
  spelled: Spelled,
  dialect: Dialect,
  type = clusterTypesOf(dialect)[0],
  { pack } = clocked,
): Promise<{ registered: Analysis; atTheEnd: Analysis; urn: string }> {
  const name = `aks${count++}`;
  const urn = urnOf(type, name);
  const props = { [dialect.identity.name]: name, ...(withUnknowns(spelled.cluster, unknown) as Props) };
  const cluster: StackResource = { type, name, urn, props };
  const pools = spelled.separatePools.map((pool, i): StackResource => {
    const poolType = poolTypeOf(dialect);
    const link = dialect.poolsCluster.path;
    return {
      type: poolType,
      name: `${name}-pool${i}`,
      urn: urnOf(poolType, `${name}-pool${i}`),
      // In a preview the cluster's name or ID is an output, and so unknown; the dependency is known.
      props: { ...(withUnknowns(pool, unknown) as Props), [link]: unknown },
      dependencies: [urn],
      propertyDependencies: { [link]: [urn] },
    };
  });
  const registered = await pack.analyze(cluster);
  for (const pool of pools) expect((await pack.analyze(pool)).violations).toEqual([]);
  return { registered, atTheEnd: await pack.analyzeStack([cluster, ...pools]), urn };
}

function told({ violations }: Analysis): string[] {
  return violations.map(
    ({ policyName, enforcementLevel, message }) => `${enforcementLevel} ${policyName}: ${message}`,
  );
}

interface Expected {
  readonly key: string;
  readonly text: string;
}

function expected(
  inputs: { cluster: unknown; separatePools?: readonly unknown[] },
  dialect: Dialect,
  today = exampleDay,
  voice = pulumiVoice,
): Expected[] {
  return rules.flatMap((rule) =>
    evaluate(rule, inputs, dialect, today, voice).map(({ kind, key, message }) => ({
      key: `${rule.name} ${key}`,
      text: `${kind === "failure" ? "mandatory" : "advisory"} ${rule.name}: ${message}`,
    })),
  );
}

/** The failures without the advice, which may change once the pools are known. */
function failuresAmong(texts: readonly string[]): string[] {
  return texts.filter((text) => text.startsWith("mandatory")).map((text) => text.split("\n")[0] ?? "");
}

const forms: readonly (readonly [form: string, path: string])[] = [
  ["as a directory", packFolder],
  ["as the single file", singleFile],
  ["as the folder that is published", publishedFolder],
];

describe.each(isInProcess ? forms.slice(0, 1) : forms)("the booted pack, %s,", (_form, path) => {
  let booted: ClockedPack;
  beforeAll(async () => {
    booted = await bootClockedPack({}, path);
  });
  afterAll(() => booted.stop());

  test.skipIf(isInProcess)("introduces itself", async () => {
    const info = await booted.pack.info();
    expect(info).toMatchObject({ name: "aks-network-policy", version: "0.2.0", provider: "azure" });
  });

  test("introduces its policies", async () => {
    const { policies } = await booted.pack.info();
    expect(policies).toMatchObject(
      rules.map(({ name, title, description, level, severity, remedy, frameworks }) => ({
        name,
        displayName: title,
        description,
        enforcementLevel: level,
        severity,
        framework: frameworks[0],
        url: `https://www.npmjs.com/package/aks-network-policy-pack#${name}`,
        remediationSteps: remedy,
        tags: [
          "azure",
          "aks",
          "kubernetes",
          "network-policy",
          ...frameworks.map(({ reference }) => reference),
        ],
        configSchema: { properties: { exemptions: { type: "array", default: [] } } },
      })),
    );
  });

  const table = casesHere(truthTable);
  test.each(table.map((c) => [`${c.rule.name}, ${c.example.title}, in ${c.dialect.name}`, c] as const))(
    "checks %s",
    async (_title, { example, dialect, spelled }) => {
      booted.setToday(example.today ?? exampleDay);
      const { registered, atTheEnd } = await run(spelled, dialect, undefined, booted);
      const alone = expected({ cluster: spelled.cluster }, dialect, example.today);
      const whole = expected(spelled, dialect, example.today, pulumiVoiceAtTheEnd);
      expect(told(registered)).toEqual(alone.map(({ text }) => text));
      // The end of the run adds what only the pools show, and repeats nothing.
      const added = whole.filter(({ key }) => !alone.some((before) => before.key === key));
      expect(told(atTheEnd)).toEqual(added.map(({ text }) => text));
      // However the two steps share the work, every failure of the whole cluster is reported once, and as a
      // failure.
      const failures = failuresAmong([...told(registered), ...told(atTheEnd)]);
      for (const failure of failuresAmong(whole.map(({ text }) => text))) {
        expect(failures.filter((each) => each === failure)).toHaveLength(1);
      }
    },
  );
});

const good: Declaration = { plugin: "azure", dataplane: "cilium", engine: "cilium" };
const bad: Declaration = { plugin: "azure" };

function spelledIn(declaration: Declaration, dialect: Dialect): Spelled {
  const [spelling] = spellings(declaration, [dialect]);
  if (spelling === undefined) throw new Error(`${dialect.name} cannot say it`);
  return spelling.spelled;
}

test("every call is checked by its own inputs, whatever another call said about the same cluster", async () => {
  const type = clusterTypesOf(azureNative)[0];
  const network = (networkProfile: Props): StackResource => ({
    type,
    name: "again",
    urn: urnOf(type, "again"),
    props: { networkProfile },
  });
  const none = network({ networkPlugin: "azure" });
  const misfit = network({ networkPlugin: "azure", networkPolicy: "cilium" });
  const fine = network({ networkPlugin: "azure", networkDataplane: "cilium", networkPolicy: "cilium" });
  const failing = async (cluster: StackResource): Promise<string[]> =>
    (await clocked.pack.analyze(cluster)).violations.map(({ policyName }) => policyName);
  const clusters = [none, fine, misfit, none, misfit, fine];
  const expected = clusters.map((cluster) => {
    if (cluster === fine) return [];
    return [cluster === none ? "network-policy-configured" : "network-policy-compatible"];
  });
  // All at once, so that the calls interleave in the pack, and one after another.
  expect(await Promise.all(clusters.map(failing))).toEqual(expected);
  for (const [i, cluster] of clusters.entries()) expect(await failing(cluster)).toEqual(expected[i]);
});

describe("type tokens", () => {
  const tokens = pulumiDialects.flatMap((dialect) =>
    clusterTypesOf(dialect).map((type) => [type, dialect] as const),
  );
  test.each(tokens)("%s is checked", async (type, dialect) => {
    const red = await run(spelledIn(bad, dialect), dialect, type);
    expect(red.registered.violations.map(({ policyName, urn }) => [policyName, urn])).toEqual([
      ["network-policy-configured", red.urn],
    ]);
    expect(told((await run(spelledIn(good, dialect), dialect, type)).registered)).toEqual([]);
  });

  test.each([
    "pulumi:pulumi:Stack",
    "pulumi:providers:azure-native",
    "azure-native:containerservice:ManagedClusterSnapshot",
    "azure-native:network:VirtualNetwork",
    "digitalocean:index/kubernetesCluster:KubernetesCluster",
    "my:component:ManagedCluster",
    "kubernetes:networking.k8s.io/v1:NetworkPolicy",
  ])("%s is not checked, and is reported so", async (type) => {
    const { violations, notApplicable } = await clocked.pack.analyze({
      type,
      name: "x",
      props: { networkProfile: 1 },
    });
    expect(violations).toEqual([]);
    const reason = "not a part of an AKS cluster";
    expect(notApplicable).toEqual(rules.map(({ name }) => ({ policyName: name, reason })));
  });
});

describe("values that are not known yet", () => {
  const type = clusterTypesOf(azureNative)[0];
  const analyze = (props: Props) => clocked.pack.analyze({ type, name: "aks", props });

  test.each(["string", "object"] as const)(
    "a network profile that is unknown as a whole (%s)",
    async (kind) => {
      const { violations } = await analyze({ resourceGroupName: "rg", networkProfile: unknownOf(kind) });
      expect(violations.map(({ policyName, enforcementLevel }) => [policyName, enforcementLevel])).toEqual([
        ["network-policy-configured", "advisory"],
      ]);
      expect(violations[0]?.message).toMatch(
        /^Unknown: networkProfile \(one unknown value in it is enough\) is not known before `pulumi up`\.\nThat step/,
      );
    },
  );

  test("known parts still decide: no engine, whatever the rest is", async () => {
    const { violations } = await analyze({
      agentPoolProfiles: unknown,
      networkProfile: {
        networkPlugin: "azure",
        networkPolicy: "none",
        dnsServiceIP: unknown,
        networkDataplane: "azure",
      },
    });
    expect(told({ violations, notApplicable: [] })[0]).toMatch(
      /^mandatory network-policy-configured: networkProfile.networkPolicy is "none"/,
    );
  });

  test("unknown parts that decide nothing are not mentioned", async () => {
    const { violations } = await analyze({
      location: unknown,
      agentPoolProfiles: [{ name: "system", vnetSubnetID: unknown, count: unknown }],
      networkProfile: { networkPlugin: "azure", networkPolicy: "calico", dnsServiceIP: unknown },
    });
    expect(violations).toEqual([]);
  });

  test("one unknown cluster hides no other", async () => {
    const open = await run({ cluster: { networkProfile: notKnownYet }, separatePools: [] }, azureNative);
    const red = await run(spelledIn(bad, azureNative), azureNative);
    expect(open.registered.violations.map(({ enforcementLevel }) => enforcementLevel)).toEqual(["advisory"]);
    expect(red.registered.violations.map(({ enforcementLevel }) => enforcementLevel)).toEqual(["mandatory"]);
    const read = (name: string, props: Props): StackResource => ({
      type,
      name,
      urn: urnOf(type, name),
      props,
    });
    const { violations } = await clocked.pack.analyzeStack([
      read("read-unknown", { networkProfile: unknown }),
      read("read-bad", { networkProfile: { networkPlugin: "azure", networkPolicy: "none" } }),
    ]);
    expect(violations.map(({ urn, message }) => [urn?.split("::").at(-1), message.split(":")[0]])).toEqual([
      ["read-unknown", "Unknown"],
      ["read-bad", 'networkProfile.networkPolicy is "none"'],
    ]);
  });
});

describe("secrets", () => {
  const type = clusterTypesOf(azureNative)[0];

  test("are checked, and never printed", async () => {
    const hidden = "hunter2-hunter2";
    const { violations } = await clocked.pack.analyze({
      type,
      name: "aks",
      props: secretly({
        networkProfile: {
          networkPolicy: hidden,
          networkPlugin: hidden,
          networkDataplane: hidden,
          networkPluginMode: hidden,
        },
        sku: { name: hidden },
        agentPoolProfiles: [{ name: hidden, osType: hidden, count: hidden }],
        nodeProvisioningProfile: { mode: hidden },
      }),
    });
    expect(violations.length).toBeGreaterThan(4);
    expect(JSON.stringify(violations)).not.toContain("hunter2");
  });

  test("that `pulumi policy analyze` cannot decrypt are unknown, whatever their type", async () => {
    const { violations } = await clocked.pack.analyze({
      type,
      name: "aks",
      props: { networkProfile: "[secret]" },
    });
    expect(levels({ violations })).toEqual([["network-policy-configured", "advisory"]]);
  });

  test("a secret profile is read like any other", async () => {
    const props = (networkPolicy: string): Props => ({
      networkProfile: secret({ networkPlugin: "azure", networkPolicy: secret(networkPolicy) }),
    });
    expect((await clocked.pack.analyze({ type, name: "aks", props: props("calico") })).violations).toEqual(
      [],
    );
    const { violations } = await clocked.pack.analyze({ type, name: "aks", props: props("none") });
    expect(violations.map(({ enforcementLevel }) => enforcementLevel)).toEqual(["mandatory"]);
  });
});

function secretly(props: Props): Props {
  return Object.fromEntries(
    Object.entries(props).map(([name, value]) => [name, value === undefined ? value : secret(value)]),
  );
}

describe("bad input", () => {
  const type = clusterTypesOf(azureNative)[0];
  const table: readonly (readonly [string, Props, string])[] = [
    [
      "a profile that is null",
      { location: "x", networkProfile: null },
      "networkProfile.networkPolicy is not set",
    ],
    ["a profile that is an array", { networkProfile: [] }, "networkProfile is a list, not an object"],
    ["a profile that is a text", { networkProfile: "azure" }, "networkProfile is text, not an object"],
    ["a profile that is a number", { networkProfile: 7 }, "networkProfile is a number, not an object"],
    ["a profile that is a boolean", { networkProfile: true }, "networkProfile is a boolean, not an object"],
    ["an empty profile", { networkProfile: {} }, "networkProfile.networkPolicy is not set"],
    [
      "unknown keys only",
      { networkProfile: { networkPolicyy: "azure" } },
      "networkProfile.networkPolicy is not set",
    ],
    [
      "an engine that is a number",
      { networkProfile: { networkPolicy: 1 } },
      "networkProfile.networkPolicy is a number",
    ],
    [
      "an engine that is an object",
      { networkProfile: { networkPolicy: {} } },
      "networkProfile.networkPolicy is an object",
    ],
    [
      "an engine that is a list",
      { networkProfile: { networkPolicy: ["azure"] } },
      "networkProfile.networkPolicy is a list",
    ],
    [
      "__proto__ as an engine",
      { networkProfile: { networkPolicy: "__proto__" } },
      "networkProfile.networkPolicy is not one of",
    ],
    [
      "constructor as an engine",
      { networkProfile: { networkPolicy: "constructor" } },
      "networkProfile.networkPolicy is not one of",
    ],
    [
      "pools that are a text",
      { networkProfile: { networkPlugin: "azure", networkPolicy: "calico" }, agentPoolProfiles: "x" },
      "agentPoolProfiles is text, not a list of pools",
    ],
    [
      "a pool that is a number",
      { networkProfile: { networkPlugin: "azure", networkPolicy: "calico" }, agentPoolProfiles: [{}, 3] },
      "agentPoolProfiles[1] is a number, not an object",
    ],
    [
      "an SKU that is a text",
      { networkProfile: { networkPlugin: "azure", networkPolicy: "calico" }, sku: "Automatic" },
      "sku is text, not an object",
    ],
    [
      "Automatic in the wrong place",
      { sku: { tier: "Automatic" } },
      "networkProfile.networkPolicy is not set",
    ],
  ];
  test.each(table)("%s fails", async (_title, props, message) => {
    const { violations } = await clocked.pack.analyze({ type, name: "aks", props });
    expect(violations.map((violation) => violation.enforcementLevel)).toContain("mandatory");
    expect(violations.map((violation) => violation.message).join("\n")).toContain(message);
    expect(violations.map((violation) => violation.message).join("\n")).not.toContain("could not be judged");
  });

  test("a list of two blocks instead of one fails in the bridged spelling, and a list of one is read", async () => {
    const props = (...networkProfile: Props[]): Props => ({ networkProfile });
    const classic = clusterTypesOf(azureClassic)[0];
    const good = { networkPlugin: "azure", networkPolicy: "calico" };
    expect((await clocked.pack.analyze({ type: classic, name: "a", props: props(good) })).violations).toEqual(
      [],
    );
    const { violations } = await clocked.pack.analyze({ type: classic, name: "a", props: props(good, good) });
    expect(violations[0]?.message).toContain("networkProfile is a list, not an object");
  });

  test("an engine hidden in __proto__ is not an engine", async () => {
    const networkProfile = Object.fromEntries([
      ["__proto__", { networkPlugin: "azure", networkPolicy: "calico" }],
    ]) as Props;
    const { violations } = await clocked.pack.analyze({ type, name: "aks", props: { networkProfile } });
    expect(levels({ violations })).toEqual([["network-policy-configured", "mandatory"]]);
  });

  test("without inputs is reported as checked at the end, and fails there if the outputs show nothing either", async () => {
    const urn = urnOf(type, "empty");
    const { violations, notApplicable } = await clocked.pack.analyze({ type, name: "empty", urn, props: {} });
    expect(violations).toEqual([]);
    expect(notApplicable.map(({ reason }) => reason)).toContain(
      "no inputs: judged by its outputs, with the whole stack",
    );
    const atTheEnd = await clocked.pack.analyzeStack([
      { type, name: "empty", urn, props: { id: "x", name: "empty" } },
    ]);
    expect(levels(atTheEnd)).toEqual([["network-policy-configured", "mandatory"]]);
    // What a targeted preview leaves out has neither inputs nor outputs: nothing is known, and nothing is
    // deployed.
    const leftOut = await clocked.pack.analyzeStack([{ type, name: "empty", urn, props: {} }]);
    expect(levels(leftOut)).toEqual([["network-policy-configured", "advisory"]]);
  });
});

function levels({ violations }: { violations: readonly Violation[] }): string[][] {
  return violations.map(({ policyName, enforcementLevel }) => [policyName, enforcementLevel]);
}

describe("separate node pools", () => {
  const cilium = spelledIn(good, azureNative).cluster as Props;
  const type = clusterTypesOf(azureNative)[0];

  async function endOf(cluster: StackResource, ...others: StackResource[]): Promise<Analysis> {
    for (const resource of [cluster, ...others]) await clocked.pack.analyze(resource);
    return clocked.pack.analyzeStack([cluster, ...others]);
  }
  const resource = (
    type: string,
    name: string,
    props: Props,
    more: Partial<StackResource> = {},
  ): StackResource => ({
    type,
    name,
    urn: urnOf(type, name),
    props,
    ...more,
  });
  const pool = (name: string, props: Props, more: Partial<StackResource> = {}): StackResource =>
    resource(poolTypeOf(azureNative), name, { osType: "Windows", ...props }, more);

  test("belong to a cluster by literal name and resource group, in any case", async () => {
    const cluster = resource(type, "by-name", { resourceName: "Shop", resourceGroupName: "rg", ...cilium });
    const end = await endOf(cluster, pool("p1", { resourceName: "shop", resourceGroupName: "RG" }));
    expect(levels(end)).toEqual([["network-policy-compatible", "mandatory"]]);
    expect(end.violations[0]?.urn).toBe(cluster.urn);
  });

  test("belong to no cluster with another name or resource group", async () => {
    const cluster = resource(type, "other", { resourceName: "shop", resourceGroupName: "rg", ...cilium });
    const end = await endOf(
      cluster,
      pool("p2", { resourceName: "bank", resourceGroupName: "rg" }),
      pool("p3", { resourceName: "shop", resourceGroupName: "elsewhere" }),
    );
    expect(end.violations).toEqual([]);
  });

  test("belong to the cluster that their property depends on, and not to another one", async () => {
    const one = resource(type, "one", { resourceName: "one", ...cilium });
    const two = resource(type, "two", { resourceName: "two", ...cilium });
    const end = await endOf(
      one,
      two,
      pool(
        "p4",
        { resourceName: unknown },
        {
          dependencies: [one.urn ?? "", two.urn ?? ""],
          propertyDependencies: { resourceName: [two.urn ?? ""], vnetSubnetID: [one.urn ?? ""] },
        },
      ),
    );
    expect(end.violations.map(({ urn }) => urn)).toEqual([two.urn]);
  });

  test("belong to the cluster that the whole resource depends on, if an SDK tells no more", async () => {
    const cluster = resource(type, "whole", { resourceName: "whole", ...cilium });
    const end = await endOf(
      cluster,
      pool("p5", { resourceName: unknown }, { dependencies: [cluster.urn ?? ""] }),
    );
    expect(levels(end)).toEqual([["network-policy-compatible", "mandatory"]]);
  });

  test("belong to a classic cluster by its literal ID", async () => {
    const id = "/subscriptions/0/resourceGroups/RG/providers/Microsoft.ContainerService/managedClusters/Shop";
    const cluster = resource(clusterTypesOf(azureClassic)[0], "classic", {
      name: "shop",
      resourceGroupName: "rg",
      ...(spelledIn(good, azureClassic).cluster as Props),
    });
    const windows = resource(poolTypeOf(azureClassic), "classic-pool", {
      kubernetesClusterId: id,
      osType: "Windows",
    });
    expect(levels(await endOf(cluster, windows))).toEqual([["network-policy-compatible", "mandatory"]]);
  });

  test("with an unknown operating system leave the cluster undecided", async () => {
    const cluster = resource(type, "open", { resourceName: "open", ...cilium });
    const end = await endOf(cluster, pool("p6", { resourceName: "open", osType: unknown }));
    expect(levels(end)).toEqual([["network-policy-compatible", "advisory"]]);
    expect(end.violations[0]?.message).toContain("Unknown: osType of a separate node pool is not known");
  });

  test("a hint reported earlier does not hide the failure that the pool shows", async () => {
    const cluster = resource(type, "hinted", {
      resourceName: "hinted",
      windowsProfile: { adminUsername: "azureuser" },
      ...cilium,
    });
    expect(levels(await clocked.pack.analyze(cluster))).toEqual([["network-policy-compatible", "advisory"]]);
    const end = await endOf(cluster, pool("p8", { resourceName: "hinted" }));
    expect(levels(end)).toEqual([["network-policy-compatible", "mandatory"]]);
  });

  test("one wrong value reported earlier does not hide another", async () => {
    const cluster = resource(type, "wrong", {
      resourceName: "wrong",
      networkProfile: { networkPlugin: "azure", networkPolicy: "calico", networkPluginMode: "underlay" },
    });
    const end = await endOf(cluster, pool("p9", { resourceName: "wrong", osType: "Windoze" }));
    expect(end.violations.map(({ message }) => message.split(",")[0])).toEqual([
      "osType of a separate node pool is not one of Linux",
    ]);
  });

  test("of namesakes in unknown groups belong to the one in their own group", async () => {
    const group = (name: string): StackResource => resource("azure-native:resources:ResourceGroup", name, {});
    const [weu, neu] = [group("weu"), group("neu")];
    const inGroup = (of: StackResource): Partial<StackResource> => ({
      dependencies: [of.urn ?? ""],
      propertyDependencies: { resourceGroupName: [of.urn ?? ""] },
    });
    const props = { resourceName: "aks", resourceGroupName: unknown };
    const one = resource(type, "aks-weu", { ...props, ...cilium }, inGroup(weu));
    const two = resource(type, "aks-neu", { ...props, ...cilium }, inGroup(neu));
    const end = await endOf(one, weu, neu, two, pool("p10", props, inGroup(neu)));
    expect(end.violations.map(({ urn }) => urn)).toEqual([two.urn]);
  });

  test("that may belong to either of two clusters make both unknown, and fail neither", async () => {
    const props = { resourceName: "aks", resourceGroupName: unknown };
    const one = resource(type, "either", { ...props, ...cilium });
    const two = resource(type, "or", { ...props, ...cilium });
    const { violations } = await endOf(one, two, pool("p11", props));
    expect(violations.map(({ urn, enforcementLevel }) => [urn, enforcementLevel])).toEqual([
      [one.urn, "advisory"],
      [two.urn, "advisory"],
    ]);
  });

  test("and inside the cluster are one pool, a Windows pool if either says so, counted once", async () => {
    const azure = { networkPlugin: "azure", networkPolicy: "azure" };
    const large = resource(type, "large", {
      resourceName: "large",
      agentPoolProfiles: [{ name: "p", count: 200 }],
      networkProfile: azure,
    });
    const counted = await endOf(
      large,
      pool("p12", { resourceName: "large", agentPoolName: "P", count: 200, osType: "Linux" }),
    );
    expect(counted.violations).toEqual([]);
    const mixed = resource(type, "mixed", {
      resourceName: "mixed",
      agentPoolProfiles: [{ name: "win" }],
      ...cilium,
    });
    const end = await endOf(mixed, pool("p13", { resourceName: "mixed", agentPoolName: "win" }));
    expect(levels(end)).toEqual([["network-policy-compatible", "mandatory"]]);
  });

  test("are added to unknown pools inside the cluster", async () => {
    const azure = { networkPlugin: "azure", networkPolicy: "azure" };
    const cluster = resource(type, "some", {
      resourceName: "some",
      agentPoolProfiles: unknown,
      networkProfile: azure,
    });
    const end = await endOf(cluster, pool("p14", { resourceName: "some", osType: "Linux", count: 300 }));
    expect(levels(end)).toEqual([["network-policy-compatible", "mandatory"]]);
  });

  test("belong to a cluster that is only read, by the name in its outputs", async () => {
    const id = "/subscriptions/0/resourceGroups/rg/providers/Microsoft.ContainerService/managedClusters/live";
    const cluster = resource(type, "live", { id, name: "live", ...cilium });
    const windows = pool("p15", { resourceName: "live", resourceGroupName: "RG" });
    await clocked.pack.analyze(windows);
    const end = await clocked.pack.analyzeStack([cluster, windows]);
    expect(levels(end)).toEqual([["network-policy-compatible", "advisory"]]);
  });

  test.skipIf(isInProcess)("of a large stack take linear time", async () => {
    const clusters = Array.from({ length: 300 }, (_, i) =>
      resource(type, `c${i}`, { name: `c${i}`, ...cilium }),
    );
    const pools = Array.from({ length: 1200 }, (_, i) =>
      pool(`cp${i}`, { resourceName: `c${i % 300}`, osType: "Linux" }),
    );
    const began = performance.now();
    expect((await clocked.pack.analyzeStack([...clusters, ...pools])).violations).toEqual([]);
    expect(performance.now() - began).toBeLessThan(5_000);
  });

  test("repeat nothing that the cluster alone showed", async () => {
    const cluster = resource(type, "told", {
      resourceName: "told",
      ...(spelledIn(bad, azureNative).cluster as Props),
    });
    const end = await endOf(cluster, pool("p7", { resourceName: "told", osType: "Linux" }));
    expect(end.violations).toEqual([]);
  });
});

describe("clusters that a program only reads", () => {
  const type = clusterTypesOf(azureNative)[0];
  const read = (name: string, props: Props): StackResource => ({ type, name, urn: urnOf(type, name), props });

  test("are checked by their outputs, as advisory, on their own URN", async () => {
    const { violations } = await clocked.pack.analyzeStack([
      read("live-bad", { name: "live", networkProfile: { networkPlugin: "azure", networkPolicy: "none" } }),
      read("live-good", {
        name: "live2",
        networkProfile: { networkPlugin: "azure", networkDataplane: "cilium", networkPolicy: "cilium" },
      }),
    ]);
    expect(levels({ violations })).toEqual([["network-policy-configured", "advisory"]]);
    expect(violations[0]?.urn).toBe(urnOf(type, "live-bad"));
    expect(violations[0]?.message).toContain("this program only reads it");
  });

  test("whose ID is not known yet are undecided, not bad", async () => {
    const { violations } = await clocked.pack.analyzeStack([read("later", {})]);
    expect(levels({ violations })).toEqual([["network-policy-configured", "advisory"]]);
    expect(violations[0]?.message.split("\n")).toEqual([
      "Unknown: this cluster is not known before `pulumi up`.",
      "That step reports it again.",
      "Rule: https://www.npmjs.com/package/aks-network-policy-pack#network-policy-configured",
    ]);
  });

  test("are found under every type token", async () => {
    const all = pulumiDialects.flatMap((dialect) =>
      clusterTypesOf(dialect).map((token, i) => ({
        type: token,
        name: `every${i}`,
        urn: urnOf(token, `every${i}`),
        props: spelledIn({ plugin: "azure", engine: "none" }, dialect).cluster as Props,
      })),
    );
    const { violations } = await clocked.pack.analyzeStack(all);
    expect(violations.map(({ urn }) => urn).sort()).toEqual(all.map(({ urn }) => urn).sort());
  });
});

describe("the lines that a finding suggests", () => {
  test.each([
    [
      "an API version without a dataplane gets an engine without one",
      "azure-native:containerservice/v20210501:ManagedCluster",
      { networkProfile: { networkPlugin: "azure" } },
      'Fix: inside networkProfile, set networkPolicy: "calico"',
    ],
    [
      "or a newer API version, if only Cilium fits",
      "azure-native:containerservice/v20220301:ManagedCluster",
      { networkProfile: { networkPlugin: "azure", ipFamilies: ["IPv4", "IPv6"] } },
      "Fix: declare the cluster with an API version of 2023 or later, and inside networkProfile, set",
    ],
    [
      "the dataplane keeps the name that the program uses",
      "azure-native:containerservice/v20220902preview:ManagedCluster",
      { networkProfile: { networkPlugin: "azure", ebpfDataplane: "azure", networkPolicy: "cilium" } },
      'Fix: inside networkProfile, set ebpfDataplane: "cilium"',
    ],
    [
      "a misspelling is only corrected, if the rest fits",
      "azure-native:containerservice:ManagedCluster",
      { networkProfile: { networkPlugin: "azure", networkDataplane: "azur", networkPolicy: "calico" } },
      'Fix: inside networkProfile, set networkDataplane: "azure"',
    ],
    [
      "what is wrong as a whole on SKU Automatic is removed as a whole",
      "azure-native:containerservice:ManagedCluster",
      { sku: { name: "Automatic" }, networkProfile: 5 },
      "Fix: remove networkProfile.",
    ],
  ] as const)("%s", async (_title, token, props, line) => {
    const { violations } = await clocked.pack.analyze({ type: token, name: "aks", props });
    expect(violations.map(({ message }) => message).join("\n")).toContain(line);
  });
});

describe("levels set by an organisation", () => {
  const red: Inputs = spelledIn(
    { plugin: "azure", dataplane: "azure", engine: "none" },
    azurermBridged,
  ).cluster;
  test.each(["advisory", "mandatory", "disabled"] as const)("all: %s", async (level) => {
    const own = await bootClockedPack({ config: { all: level } });
    try {
      const { violations } = await own.pack.analyze({
        type: clusterTypesOf(azurermBridged)[0],
        name: "aks",
        props: red as Props,
      });
      expect(levels({ violations })).toEqual(
        level === "disabled" ? [] : [["network-policy-configured", level]],
      );
    } finally {
      await own.stop();
    }
  });
});
