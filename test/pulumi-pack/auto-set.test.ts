import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Declaration } from "../../shared/cluster/declaration";
import { azureClassic } from "../../shared/dialects/azure-classic";
import { azureNative } from "../../shared/dialects/azure-native";
import { azurermBridged } from "../../shared/dialects/azurerm-bridged";
import type { Dialect } from "../../shared/dialects/dialect";
import { writeAt } from "../../shared/reading/spell";
import type { Analysis, Json, Props, Resource, StackResource, Value } from "../engine/analyzer";
import { isSecret, isUnknown, secret, unknown, unknownOf, urnOf } from "../engine/analyzer";
import type { AutoSet, Deployment, Options } from "../support/auto-set-deployments";
import { configured, deployments, nativeType } from "../support/auto-set-deployments";
import type { ToolName } from "../support/auto-set-rows";
import { calico, pair, rows, whole } from "../support/auto-set-rows";
import type { ClockedPack } from "../support/clocked-pack";
import { bootClockedPack, casesHere } from "../support/clocked-pack";
import { spellings, withUnknowns } from "../support/evaluate";
import { azureClassicBefore6 } from "../support/old-dialects";
import { propertyRuns } from "../support/property-runs";
import { refusalText } from "../support/words";

let clocked: ClockedPack;
beforeAll(async () => {
  clocked = await bootClockedPack();
});
afterAll(() => clocked.stop());

async function configure(autoSet: AutoSet = {}, more: Options = {}): Promise<void> {
  const options: Options = { enforcementLevel: "remediate", ...more, autoSet };
  await clocked.pack.configure({ [configured]: options as { readonly [name: string]: Json } });
}

let count = 0;

function resourceOf(
  { type, version }: Deployment,
  props: Props,
  options = {},
): StackResource & { urn: string } {
  const name = `aks${count++}`;
  const provider = { type: "pulumi:providers:any", urn: "urn:provider", name: "any" };
  return {
    type,
    name,
    urn: urnOf(type, name),
    props,
    options,
    ...(version === undefined ? {} : { provider: { ...provider, props: { version } } }),
  };
}

// --- Inputs ---

const dressings = ["plain", "with siblings", "secret"] as const;

/** A cluster's inputs as the engine sends them, including what auto-set must leave unchanged. */
function inputsOf(
  declaration: Declaration,
  { dialect, defaults }: Deployment,
  dressing: (typeof dressings)[number] = "plain",
): Props | undefined {
  // A separate pool is not seen when its cluster is registered.
  const pools = declaration.pools?.map((pool) =>
    Object.fromEntries(Object.entries(pool).filter(([name]) => name !== "apart")),
  );
  const [spelling] = spellings({ ...declaration, ...(pools && { pools }) }, [dialect]);
  if (spelling === undefined || spelling.spelled.separatePools.length > 0) return undefined;
  const { networkProfile, ...rest } = withUnknowns(spelling.spelled.cluster, unknown) as Record<
    string,
    Value
  >;
  const named = { [dialect.identity.name]: "aks", resourceGroupName: "rg", ...rest };
  const profile =
    networkProfile === undefined
      ? undefined
      : { ...defaults, ...(networkProfile as Readonly<Record<string, Value>>) };
  switch (dressing) {
    case "plain":
      return { ...named, ...(profile && { networkProfile: profile }) };
    case "with siblings":
      return {
        __createBeforeDelete: true,
        __defaults: ["name"],
        dnsPrefix: unknown,
        tags: secret({ team: "platform", cost: unknown }),
        identity: { type: unknownOf("object"), ids: [secret("one"), unknownOf("number"), null, 1.5, true] },
        ...named,
        ...(profile && {
          networkProfile: {
            ...profile,
            natGatewayProfile: { idleTimeoutInMinutes: unknown },
            loadBalancerProfile: secret({ managedOutboundIPs: { count: 2 } }),
          },
        }),
      };
    case "secret":
      return { ...named, ...(profile && { networkProfile: secret(profile) }) };
  }
}

/** The inputs with `plugin=azure engine=calico` written into them, in the dialect's spelling. */
function withSettings(props: Props, settings: string, dialect: Dialect): Props {
  const written = settings.split(" ").map((setting) => setting.split("=") as [keyof typeof paths, string]);
  const paths = dialect.settings;
  const block: Record<string, unknown> = {};
  for (const [name, value] of written) writeAt(block, paths[name][0] ?? "", value);
  const additions = block["networkProfile"] as Readonly<Record<string, Value>>;
  const into = (profile: Value | undefined): Value => {
    if (isSecret(profile)) return secret(into(profile.value));
    return { ...(profile as Readonly<Record<string, Value>> | undefined), ...additions };
  };
  return { ...props, networkProfile: into(props["networkProfile"]) };
}

// --- The findings of a run ---

function saidOf(rule: string, { violations }: Analysis): { level: string; message: string }[] {
  return violations
    .filter(({ policyName }) => policyName === rule)
    .map(({ enforcementLevel, message }) => ({ level: enforcementLevel, message }));
}

interface Remediated {
  /** Undefined if nothing is written. */
  readonly after: Props | undefined;
  readonly analysis: Analysis;
}

/** As the engine does it: a remediation, and the analysis of its result. */
async function remediated(resource: Resource): Promise<Remediated> {
  const { remediations } = await clocked.pack.remediate(resource);
  expect(remediations.length).toBeLessThan(2);
  const [first] = remediations;
  expect(first?.diagnostic).toBeUndefined();
  if (first !== undefined) expect(first.policyName).toBe(configured);
  const after = first?.props;
  return { after, analysis: await clocked.pack.analyze({ ...resource, props: after ?? resource.props }) };
}

function expectWritten({ after, analysis }: Remediated, expected: Props): void {
  expect(after).toStrictEqual(expected);
  expect(analysis.violations.filter(({ enforcementLevel }) => enforcementLevel !== "advisory")).toEqual([]);
  expect(saidOf(configured, analysis)).toEqual([
    { level: "advisory", message: expect.stringMatching(/^Auto-set wrote networkProfile\./) as string },
  ]);
  const telling = analysis.violations.filter(({ message }) => message.includes("Auto-set"));
  expect(telling.map(({ policyName }) => policyName)).toEqual([configured]);
}

describe("every row of the choice, over the protocol:", () => {
  const cases = deployments.flatMap((deployment) =>
    rows.flatMap(([title, declaration, by]) =>
      dressings.flatMap((dressing) => {
        const props = inputsOf(declaration, deployment, dressing);
        return props === undefined ? [] : [{ title, declaration, by, deployment, dressing, props }];
      }),
    ),
  );

  /** Cases in which version 2's SDK or Azure's API leads to a different row. */
  function choiceOf({ declaration, by, deployment }: (typeof cases)[number], tool: ToolName): string {
    const { dialect, defaults } = deployment;
    const { plugin, dataplane, engine, ...network } = declaration;
    const implied = plugin === "azure" && dataplane === "cilium" && engine === undefined;
    if (dialect === azureNative && implied) return "nothing: nothing to do";
    const injected = defaults?.["networkPlugin"] === "kubenet" && plugin === undefined;
    // Its default module, API version 2023-04-01, does not have node auto-provisioning.
    const unseen = deployment.version === "2.92.3" && network.nodeProvisioning !== undefined;
    if (unseen && plugin === "kubenet") return "nothing: would replace by engine=calico";
    if (injected && "mode" in network) return "nothing: would replace by engine=calico";
    return by[tool]
      .replaceAll("networkDataPlane", dialect.settings.dataplane[0]?.split(".")[1] ?? "")
      .replace("osType of a separate node pool", "agentPoolProfiles[1].osType");
  }

  test.each(casesHere(cases).map((each) => [each.deployment.by, each.title, each.dressing, each] as const))(
    "%s, %s, %s",
    async (_by, _title, _dressing, each) => {
      const { deployment, props } = each;
      const { dialect, tool } = deployment;
      const choice = choiceOf(each, tool);
      const meant = choiceOf(each, "replaces always").replace("nothing: would replace by ", "");

      await configure();
      const resource = resourceOf(deployment, props);
      const result = await remediated(resource);
      if (choice.startsWith("nothing")) {
        expect(result.after).toBeUndefined();
        const because = choice.replace("nothing: ", "");
        const [finding] = saidOf(configured, result.analysis);
        if (because === "nothing to do") expect(finding).toBeUndefined();
        if (finding !== undefined) expect(finding.message).toContain(refusalOf(because));
      } else {
        expectWritten(result, withSettings(props, choice, dialect));
      }

      for (const autoSet of [{ acceptReplacement: true }, { newClusters: [resource.urn] }]) {
        await configure(autoSet);
        const again = await remediated(resource);
        if (meant.startsWith("nothing")) {
          expect(again.after).toBeUndefined();
        } else {
          expectWritten(again, withSettings(props, meant, dialect));
          const third = await clocked.pack.remediate({ ...resource, props: again.after ?? {} });
          expect(third.remediations).toEqual([]);
        }
      }
    },
  );

  function refusalOf(because: string): string {
    const [, parts] = /^not known: (.*)/.exec(because) ?? [];
    if (parts !== undefined) return refusalText({ because: "not known", parts: parts.split(", ") }, "");
    if (because.startsWith("would replace by")) {
      return "To write it anyway, configure `autoSet.newClusters` with";
    }
    return refusalText({ because } as Parameters<typeof refusalText>[0], "");
  }

  test.each(deployments.map((each) => [each.by, each] as const))(
    "%s, no network profile, a whole one requested",
    async (_by, deployment) => {
      for (const nothing of [{}, { networkProfile: null }, { networkProfile: secret(null) }]) {
        const resource = resourceOf(deployment, { ...inputsOf({}, deployment, "with siblings"), ...nothing });
        await configure({ wholeProfile: true });
        expect((await remediated(resource)).after).toBeUndefined();
        await configure({ wholeProfile: true, newClusters: [resource.urn] });
        const empty = { ...resource.props, ...("networkProfile" in nothing && { networkProfile: {} }) };
        const expected = withSettings(empty, whole, deployment.dialect);
        const profile = expected["networkProfile"] ?? null;
        const hidden = isSecret(nothing.networkProfile) ? { networkProfile: secret(profile) } : {};
        expectWritten(await remediated(resource), { ...expected, ...hidden });
      }
    },
  );

  test("a block that the bridge leaves in a list stays in its list", async () => {
    const [deployment] = deployments.filter(({ by }) => by.startsWith("azurerm 4.73"));
    if (deployment === undefined) throw new Error("no such deployment");
    await configure({ wholeProfile: true, acceptReplacement: true });
    const listed = resourceOf(deployment, {
      networkProfile: [{ networkPlugin: "azure", dnsServiceIp: unknown }],
    });
    const { networkProfile } = withSettings(
      { networkProfile: { networkPlugin: "azure" } },
      pair,
      azurermBridged,
    );
    expectWritten(await remediated(listed), {
      networkProfile: [{ ...(networkProfile as object), dnsServiceIp: unknown }],
    });
    const empty = await remediated(resourceOf(deployment, { networkProfile: [] }));
    const made = withSettings({}, whole, azurermBridged)["networkProfile"];
    expectWritten(empty, { networkProfile: [made ?? null] });
  });
});

const azure: Declaration = { plugin: "azure" };

function deploymentBy(name: string): Deployment {
  const found = deployments.find(({ by }) => by === name);
  if (found === undefined) throw new Error(`no deployment by ${name}`);
  return found;
}
const sixForty = deploymentBy("classic 6.40.0");
const nativeThree = deploymentBy("azure-native 3");

function clusterBy(
  deployment: Deployment,
  declaration = azure,
  options = {},
): StackResource & { urn: string } {
  return resourceOf(deployment, inputsOf(declaration, deployment) ?? {}, options);
}

describe("auto-set leaves a cluster alone", () => {
  test.each([
    "networkProfile",
    "networkProfile.networkPolicy",
    'networkProfile["networkPolicy"]',
    '["networkProfile"].networkPolicy',
    "networkProfile[0].networkPolicy",
    "networkProfile.*",
    "networkProfile[*].networkPolicy",
    "*",
  ])("if the program ignores changes of %s", async (path) => {
    await configure({ engine: "calico", acceptReplacement: true });
    const { after, analysis } = await remediated(
      clusterBy(sixForty, azure, { ignoreChanges: ["tags", path] }),
    );
    expect(after).toBeUndefined();
    const [finding] = saidOf(configured, analysis);
    expect(finding?.level).toBe("mandatory");
    expect(finding?.message).toContain(
      'Auto-set wrote nothing: the program ignores changes (`ignoreChanges`) to what it would write: networkProfile: { networkPolicy: "calico" }.',
    );
  });

  test.each([
    "tags",
    "networkPolicy",
    "networkProfile.dnsServiceIp",
    "networkProfile.networkPolicyX",
    'networkProfile["networkPolicy',
    "*.networkPlugin",
  ])("but not for %s, which is something else", async (path) => {
    await configure({ engine: "calico" });
    const { after } = await remediated(clusterBy(sixForty, azure, { ignoreChanges: [path] }));
    expect(after).toBeDefined();
  });

  test("if only its dataplane is ignored, although Calico also fits", async () => {
    await configure();
    const options = { ignoreChanges: ["networkProfile.networkDataPlane"] };
    const resource = clusterBy(sixForty, azure, options);
    expectWritten(await remediated(resource), withSettings(resource.props, calico, azureClassic));
  });

  test("if it is protected and replacement is accepted, but the cluster is not listed as new", async () => {
    const resource = clusterBy(nativeThree, azure, { protect: true });
    for (const autoSet of [{}, { acceptReplacement: true }]) {
      await configure(autoSet);
      const { after, analysis } = await remediated(resource);
      expect(after).toBeUndefined();
      const [finding] = saidOf(configured, analysis);
      expect(finding?.level).toBe("mandatory");
      expect(finding?.message).toContain("the program protects it (`protect`)");
      expect(finding?.message).toContain(`\`autoSet.newClusters\` with "${resource.urn}".`);
    }
    await configure({ newClusters: [resource.urn] });
    expect((await remediated(resource)).after).toBeDefined();
    await configure();
    expect((await remediated(clusterBy(sixForty, azure, { protect: true }))).after).toBeDefined();
  });

  test("if another address is listed", async () => {
    const resource = clusterBy(nativeThree);
    await configure({ newClusters: [`${resource.urn}2`, resource.urn.toUpperCase()] });
    expect((await remediated(resource)).after).toBeUndefined();
  });

  test("and reports what would have been written, and the setting that allows it", async () => {
    await configure();
    const resource = clusterBy(nativeThree);
    const { analysis } = await remediated(resource);
    const [finding] = saidOf(configured, analysis);
    expect(finding?.level).toBe("mandatory");
    expect(finding?.message.split("\n")).toEqual(
      expect.arrayContaining([
        'Auto-set wrote nothing, because this may replace an existing cluster: networkProfile: { networkDataplane: "cilium", networkPolicy: "cilium" }.',
        `To write it anyway, configure \`autoSet.newClusters\` with "${resource.urn}", or \`autoSet.acceptReplacement\`.`,
      ]),
    );
  });

  test.each(["mandatory", "advisory", "disabled"] as const)(
    "at level %s, without mentioning it",
    async (enforcementLevel) => {
      await configure({ acceptReplacement: true }, { enforcementLevel });
      const { after, analysis } = await remediated(clusterBy(nativeThree));
      expect(after).toBeUndefined();
      expect(JSON.stringify(analysis)).not.toContain("Auto-set");
    },
  );

  test("that is not a cluster", async () => {
    await configure({ acceptReplacement: true, wholeProfile: true });
    for (const type of ["azure-native:containerservice:AgentPool", "azure-native:resources:ResourceGroup"]) {
      const { remediations, notApplicable } = await clocked.pack.remediate({
        type,
        name: "x",
        props: { a: 1 },
      });
      expect(remediations).toEqual([]);
      expect(notApplicable).toContainEqual({ policyName: configured, reason: "not an AKS cluster" });
    }
    // `pulumi policy analyze` shows clusters that are only read.
    const read = await clocked.pack.remediate({ type: nativeType, name: "read", props: { __defaults: [] } });
    expect(read.remediations).toEqual([]);
    expect(read.notApplicable).toContainEqual({ policyName: configured, reason: "no inputs" });
  });
});

test("a remediation reports what it wrote and the effect", async () => {
  await configure();
  const { analysis } = await remediated(clusterBy(sixForty));
  const reimaged =
    "@pulumi/azure 6.40.0, which bridges azurerm 4.81.0 or later, changes it in place (every node pool is reimaged).";
  expect(saidOf(configured, analysis).map(({ message }) => message.split("\n"))).toEqual([
    [
      'Auto-set wrote networkProfile.networkDataPlane: not set -> "cilium", networkProfile.networkPolicy: not set -> "cilium".',
      `If the cluster exists: ${reimaged}`,
      'Write it in the program too: inside networkProfile, set networkDataPlane: "cilium", networkPolicy: "cilium"',
      "If auto-set stops writing it: @pulumi/azure does what the azurerm inside it does: azurerm REPLACES it, in every version.",
      "More: https://www.npmjs.com/package/aks-network-policy-pack#auto-set",
    ],
  ]);
});

const exemption = {
  id: "net-1",
  reason: "Moves to another cluster in March",
  category: "waiver",
  owner: "platform",
  approvedBy: "security",
  createdOn: "2026-11-01",
  expiresOn: "2027-01-31",
} as const;

describe("other configuration counts too:", () => {
  test("an exempted cluster is left alone", async () => {
    const resource = clusterBy(sixForty);
    await configure({}, { exemptions: [{ ...exemption, target: resource.urn }] });
    const { after, analysis } = await remediated(resource);
    expect(after).toBeUndefined();
    const [finding] = saidOf(configured, analysis);
    expect(finding?.level).toBe("advisory");
    expect(finding?.message).toContain("Auto-set wrote nothing: an exemption is in force for this cluster.");
    expect(finding?.message).toContain(
      "If an earlier run wrote an engine, this run removes it, which may replace the cluster",
    );
  });

  test("an engine that is not accepted is not written", async () => {
    await configure({}, { engines: ["calico"] });
    const resource = clusterBy(sixForty);
    expectWritten(await remediated(resource), withSettings(resource.props, calico, azureClassic));
  });

  test("nothing is written with an invalid configuration, which is reported once", async () => {
    await configure({ acceptReplacement: "yes" } as unknown as AutoSet);
    const { after, analysis } = await remediated(clusterBy(nativeThree));
    expect(after).toBeUndefined();
    expect(saidOf(configured, analysis)).toEqual([
      { level: "mandatory", message: expect.stringContaining('acceptReplacement is "yes"') as string },
    ]);
  });
});

describe("a value that the engine loses", () => {
  const autoSet: AutoSet = { acceptReplacement: true };
  const profiles: readonly (readonly [string, Value, "lost" | "kept"])[] = [
    [
      "with the value",
      { networkPlugin: "azure", networkDataplane: "cilium", networkPolicy: "cilium" },
      "kept",
    ],
    ["with none", { networkPlugin: "azure", networkDataplane: "azure", networkPolicy: "none" }, "lost"],
    ["without it", { networkPlugin: "azure" }, "lost"],
    ["with half of it", { networkPlugin: "azure", networkDataplane: "cilium" }, "lost"],
    ["with another", { networkPlugin: "azure", networkDataplane: "azure", networkPolicy: "calico" }, "lost"],
    [
      "with an unknown one",
      { networkPlugin: "azure", networkDataplane: unknown, networkPolicy: unknown },
      "lost",
    ],
    ["with an unknown profile", unknown, "lost"],
  ];
  test.each(profiles)(
    "is reported as missing in the outputs %s",
    async (_title, networkProfile, expected) => {
      await configure(autoSet);
      const [cluster, other] = [clusterBy(nativeThree), clusterBy(nativeThree)];
      const { after } = await remediated(cluster);
      const kept = (await remediated(other)).after;
      const stack = await clocked.pack.analyzeStack([
        { ...cluster, props: { networkProfile } },
        { ...other, props: kept ?? {} },
      ]);
      expect(after).toBeDefined();
      if (expected === "kept") {
        expect(stack.violations).toEqual([]);
        return;
      }
      expect(stack.violations).toHaveLength(1);
      expect(stack.violations[0]).toMatchObject({
        policyName: configured,
        urn: cluster.urn,
        enforcementLevel: "mandatory",
      });
      expect(stack.violations[0]?.message).toContain("but Pulumi deploys this cluster without that.");
      expect(stack.violations[0]?.message).toContain("If the cluster exists: azure-native REPLACES it");
      expect(stack.violations[0]?.message).toContain(`pulumi up --replace '${cluster.urn}'`);
    },
  );

  test.each([
    ["warn", ["advisory"]],
    ["fail", ["mandatory"]],
    ["ignore", []],
  ] as const)("may be lost if a preview has no outputs: %s", async (weight, levels) => {
    await configure(autoSet, { unknown: weight });
    const cluster = clusterBy(nativeThree);
    expect((await remediated(cluster)).after).toBeDefined();
    const stack = await clocked.pack.analyzeStack([{ ...cluster, props: {} }]);
    expect(stack.violations.map(({ enforcementLevel }) => enforcementLevel)).toEqual(levels);
    for (const { policyName, urn, message } of stack.violations) {
      expect([policyName, urn]).toEqual([configured, cluster.urn]);
      expect(message).toMatch(/^Unknown: auto-set wrote networkProfile\..* is not known before `pulumi up`/);
    }
  });

  test("was never there if an analysis applies no remediation", async () => {
    await configure(autoSet);
    const cluster = clusterBy(nativeThree);
    expect((await clocked.pack.remediate(cluster)).remediations).toHaveLength(1);
    const analysis = await clocked.pack.analyze(cluster);
    const [finding] = saidOf(configured, analysis);
    expect(finding?.level).toBe("mandatory");
    expect(finding?.message).toContain("the inputs do not have it");
    expect((await clocked.pack.analyzeStack([cluster])).violations).toEqual([]);
  });

  test("is not reported as missing if auto-set no longer writes it", async () => {
    await configure(autoSet);
    const cluster = clusterBy(nativeThree);
    await remediated(cluster);
    await configure();
    await remediated(cluster);
    expect((await clocked.pack.analyzeStack([cluster])).violations).toEqual([]);
  });
});

test("separate Windows pools are seen at the end of the run, at the level remediate as well", async () => {
  await clocked.pack.configure({ all: "remediate" });
  const cluster = clusterBy(sixForty);
  const { after } = await remediated(cluster);
  const pool: StackResource = {
    type: "azure:containerservice/kubernetesClusterNodePool:KubernetesClusterNodePool",
    name: "windows",
    props: { osType: "Windows", kubernetesClusterId: unknown },
    dependencies: [cluster.urn],
    propertyDependencies: { kubernetesClusterId: [cluster.urn] },
  };
  await clocked.pack.analyze(pool);
  const stack = await clocked.pack.analyzeStack([{ ...cluster, props: after ?? {} }, pool]);
  expect(stack.violations.map(({ policyName, enforcementLevel }) => [policyName, enforcementLevel])).toEqual([
    ["network-policy-compatible", "mandatory"],
  ]);
});

test.each([
  ["6.32.0-alpha.1771234567", calico],
  ["6.32.0-alpha.1771234567+0123abc", calico],
  ["6.32.0+0-1", pair],
  ["6.32.1-alpha.1", pair],
  ["6.0.0", calico],
  ["6.0.0-alpha.0", undefined],
  ["6", undefined],
  ["v6.40.0", undefined],
  ["latest", undefined],
  ["", undefined],
])("what version %j of the classic provider changes in place", async (version, expected) => {
  await configure();
  const resource = clusterBy({ ...sixForty, version });
  const { after } = await remediated(resource);
  const written = expected === undefined ? undefined : withSettings(resource.props, expected, azureClassic);
  expect(after).toEqual(written);
});

describe("for any inputs and any configuration", () => {
  /** Mostly empty, so that there is something to write. */
  const seldom = (...values: Value[]): fc.Arbitrary<Value | undefined> =>
    fc.oneof(
      { weight: 6, arbitrary: fc.constant(undefined) },
      { weight: 1, arbitrary: fc.constantFrom(...values) },
    );
  const network = fc.record({
    networkPolicy: seldom(null, "", "none", "azure", unknown, secret(""), secret(unknown)),
    networkPlugin: fc.oneof(
      { weight: 3, arbitrary: fc.constantFrom<Value>("azure", "azure", "kubenet", secret("azure")) },
      { weight: 1, arbitrary: fc.constantFrom<Value>("none", unknown, null, secret(unknown), "x") },
    ),
    networkPluginMode: seldom("overlay", "underlay", null),
    networkDataplane: seldom("azure", "cilium", unknown, null),
    networkDataPlane: seldom("azure", "cilium", unknown, null),
    ipFamilies: seldom(["IPv4", "IPv6"], unknown, ["IPv4", unknown]),
    dnsServiceIP: seldom(unknown, secret("10.0.0.10"), "10.0.0.10"),
    podCidrs: seldom(secret([unknown]), [], [secret("a")]),
  });
  const pools = fc.array(
    fc.record({
      name: fc.constant("pool"),
      osType: fc.constantFrom<Value>("Linux", "Linux", "Windows", unknown),
    }),
    { maxLength: 2 },
  );
  const profile: fc.Arbitrary<Value> = fc.oneof(
    { weight: 10, arbitrary: network },
    { weight: 3, arbitrary: network.map((each) => secret(each)) },
    { weight: 2, arbitrary: network.map((each) => [each]) },
    {
      weight: 2,
      arbitrary: fc.constantFrom<Value>(
        null,
        "",
        unknown,
        [],
        "text",
        7,
        [{}, {}],
        [null],
        {},
        secret(null),
        secret(unknown),
      ),
    },
  );
  const inputs: fc.Arbitrary<Props> = fc.record({
    resourceName: fc.constant("aks"),
    __createBeforeDelete: fc.constant(true),
    networkProfile: fc.oneof(
      { weight: 9, arbitrary: profile },
      { weight: 1, arbitrary: fc.constant(undefined) },
    ),
    agentPoolProfiles: fc.oneof<fc.Arbitrary<Value | undefined>[]>(pools, seldom(unknown, null, "text")),
    sku: seldom({ name: "Base" }, { name: "Automatic" }, { name: unknown }, unknown),
    windowsProfile: seldom({ adminUsername: secret("me") }, null, unknown),
    nodeProvisioningProfile: seldom({ mode: "Auto" }, { mode: unknown }),
    tags: seldom(unknown, secret({ a: 1 }), { a: [unknown, null, secret(1)] }),
  });
  const configurations = fc.record({
    engine: fc.constantFrom<"auto" | "azure" | "calico" | "cilium">(
      "auto",
      "auto",
      "cilium",
      "calico",
      "azure",
    ),
    wholeProfile: fc.boolean(),
    acceptReplacement: fc.boolean(),
    isNew: fc.boolean(),
    isExempt: fc.nat(5).map((n) => n === 0),
    engines: fc.subarray<"azure" | "calico" | "cilium">(["azure", "calico", "cilium"], { minLength: 1 }),
  });
  const options = fc.record({
    protect: fc.boolean(),
    ignoreChanges: fc.constantFrom([], [], ["tags"], ["networkProfile"], ["networkProfile.networkDataplane"]),
  });

  test("existing values stay, and what is written makes every rule pass", async () => {
    const runs = propertyRuns(1_500);
    let written = 0;
    await fc.assert(
      fc.asyncProperty(
        inputs,
        configurations,
        options,
        fc.constantFrom(...deployments),
        async (props, { isNew, isExempt, engines, ...autoSet }, resourceOptions, deployment) => {
          fc.pre(autoSet.engine === "auto" || engines.includes(autoSet.engine));
          const resource = resourceOf(deployment, props, resourceOptions);
          const exemptions = isExempt ? [{ ...exemption, target: resource.urn }] : [];
          const newClusters = isNew ? [resource.urn] : [];
          await configure({ ...autoSet, newClusters }, { engines, exemptions });
          const { after, analysis } = await remediated(resource);
          if (after === undefined) return;
          written += 1;
          expect(isExempt).toBe(false);
          expectKept(props, after);
          expect(
            analysis.violations.filter(({ enforcementLevel }) => enforcementLevel !== "advisory"),
          ).toEqual([]);
          expect(JSON.stringify(analysis)).not.toContain("Unknown: ");
          const meant = isNew || (autoSet.acceptReplacement && !resourceOptions.protect);
          expect(meant || deployment.tool !== "replaces always").toBe(true);
          expect(resourceOptions.ignoreChanges).not.toContain("networkProfile");
          expect((await clocked.pack.remediate({ ...resource, props: after })).remediations).toEqual([]);
        },
      ),
      { seed: 20261123, ...runs },
    );
    expect(written).toBeGreaterThan(runs.numRuns / 7);
  }, 120_000);

  /** A block may be an empty list, which gets its single item. */
  const writable = [azureNative, azureClassicBefore6, azureClassic].flatMap(({ settings }) =>
    [settings.plugin, settings.mode, settings.dataplane, settings.engine].map(
      ([path]) => path?.split(".")[1],
    ),
  );
  writable.push("networkProfile", "0");

  /**
   * Every existing value is unchanged, and as secret or unknown as before. Only empty values may be filled,
   * and nothing is added but the settings.
   */
  function expectKept(before: Value | undefined, after: Value | undefined): void {
    if (before === undefined || before === null || before === "") return;
    if (isSecret(before)) {
      expect(isSecret(after)).toBe(true);
      if (isSecret(after)) expectKept(before.value, after.value);
      return;
    }
    if (isUnknown(before) || typeof before !== "object") {
      expect(after).toEqual(before);
      return;
    }
    if (Array.isArray(before) && before.length > 0) {
      expect(after).toHaveLength(before.length);
    }
    const added = Object.keys(after as object).filter((key) => !Object.hasOwn(before, key));
    expect(writable).toEqual(expect.arrayContaining(added));
    for (const [key, value] of Object.entries<Value | undefined>(before)) {
      expectKept(value, (after as Readonly<Record<string, Value>> | undefined)?.[key]);
    }
  }
});
