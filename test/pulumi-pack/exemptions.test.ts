import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Configuration } from "../../cdktf-aspect";
import type { PackConfig, Props, StackResource, Violation } from "../engine/analyzer";
import { unknown, urnOf } from "../engine/analyzer";
import type { PreviewRun } from "../pulumi-cli/cli";
import { analyze, preview, stateOf } from "../pulumi-cli/cli";
import { describeWithPulumi } from "../pulumi-cli/describe";
import type { ClockedPack } from "../support/clocked-pack";
import { bootClockedPack, packFolder } from "../support/clocked-pack";
import { exemption } from "../support/configurations";
import type { Said } from "../support/exemption-cases";
import {
  bad,
  cases,
  configurationFor,
  expectedOf,
  good,
  telling,
  undecided,
} from "../support/exemption-cases";
import type { Library, NetworkProfile } from "../support/terraform";
import { appWith, libraries, required, synthesised } from "../support/terraform";

const clusterType = "azure-native:containerservice:ManagedCluster";
const urnOfAks = urnOf(clusterType, "aks");
const urnOfGood = urnOf(clusterType, "good");
const root = urnOf("pulumi:pulumi:Stack", "project-dev");

function resourceOf(name: string, props: Props, type = clusterType): StackResource {
  return { type, name, urn: urnOf(type, name), props };
}

const stack: readonly StackResource[] = [
  resourceOf("project-dev", {}, "pulumi:pulumi:Stack"),
  resourceOf("aks", { resourceName: "aks", networkProfile: bad }),
  resourceOf("good", { resourceName: "good", networkProfile: good }),
];

async function violationsOf(
  { pack }: ClockedPack,
  resources: readonly StackResource[],
): Promise<Violation[]> {
  const violations: Violation[] = [];
  for (const resource of resources) violations.push(...(await pack.analyze(resource)).violations);
  violations.push(...(await pack.analyzeStack(resources)).violations);
  return violations;
}

describe("in Pulumi, an exemption", () => {
  let clocked: ClockedPack;
  beforeAll(async () => {
    clocked = await bootClockedPack();
  });
  afterAll(() => clocked.stop());

  const whereOf = (urn = ""): Said[1] =>
    urn === urnOfAks ? "aks" : urn === urnOfGood ? "good" : urn === root ? "the stack" : "aks";

  test.each(cases.map((each) => [each.title, each] as const))("%s", async (_title, each) => {
    clocked.setToday(new Date(each.today ?? "2026-11-23T12:00:00Z"));
    await clocked.pack.configure(configurationFor(each, urnOfAks, urnOfGood));
    const said = (await violationsOf(clocked, stack)).map(({ enforcementLevel, urn, message }): Said => [
      enforcementLevel === "mandatory" ? "STOPS" : "tells",
      whereOf(urn),
      telling(message),
    ]);
    expect(said).toEqual(expectedOf(each.said, urnOfAks));
  });

  test("makes what is found at the end advisory, too, and a failure by an unknown", async () => {
    const poolType = "azure-native:containerservice:AgentPool";
    const cilium = { networkPlugin: "azure", networkDataplane: "cilium", networkPolicy: "cilium" };
    const resources: StackResource[] = [
      ...stack.slice(0, 1),
      resourceOf("aks", { resourceName: "aks", networkProfile: cilium }),
      resourceOf("unknown", { resourceName: "unknown", networkProfile: unknown }),
      {
        ...resourceOf("windows", { osType: "Windows", resourceName: unknown }, poolType),
        dependencies: [urnOfAks],
        propertyDependencies: { resourceName: [urnOfAks] },
      },
    ];
    const told = async (config: PackConfig): Promise<string[]> => {
      await clocked.pack.configure(config);
      return (await violationsOf(clocked, resources)).map(
        ({ enforcementLevel, policyName, urn = "" }) =>
          `${enforcementLevel} ${policyName} ${urn.split("::").at(-1) ?? ""}`,
      );
    };
    clocked.setToday(new Date("2026-11-23"));
    const without: PackConfig = { "network-policy-configured": { unknown: "fail" } };
    expect(await told(without)).toEqual([
      "mandatory network-policy-configured unknown",
      "mandatory network-policy-compatible aks",
    ]);
    const target = urnOf(clusterType, "unknown");
    const exemptions = [exemption({ target })] as unknown as [];
    const withExemptions: PackConfig = {
      "network-policy-configured": { unknown: "fail", exemptions },
      "network-policy-compatible": { exemptions: [exemption({ target: urnOfAks })] as unknown as [] },
    };
    expect(await told(withExemptions)).toEqual([
      "advisory network-policy-configured unknown",
      "advisory network-policy-compatible aks",
    ]);
  });

  test("for a cluster that is not decided yet is still needed", async () => {
    const resources = [
      ...stack.slice(0, 1),
      resourceOf("aks", { resourceName: "aks", networkProfile: unknown }),
    ];
    clocked.setToday(new Date("2026-11-23"));
    await clocked.pack.configure(undecided(urnOfAks) as PackConfig);
    expect(await violationsOf(clocked, resources)).toEqual([]);
  });

  test("of a rule that is disabled says nothing", async () => {
    const exemptions = [exemption({ target: urnOf(clusterType, "nobody") })] as unknown as [];
    await clocked.pack.configure({
      "network-policy-configured": { enforcementLevel: "disabled", exemptions },
    });
    expect(await violationsOf(clocked, stack)).toEqual([]);
  });
});

test("tags, resource options and the environment exempt nothing in Pulumi", async () => {
  const tags = { "aks-network-policy": "exempt", "network-policy-configured": "disabled" };
  const clocked = await bootClockedPack({ tags, env: { AKS_NETWORK_POLICY: "disabled" } });
  try {
    const cluster = { ...resourceOf("aks", { resourceName: "aks", networkProfile: bad, tags }) };
    const { violations } = await clocked.pack.analyze(cluster);
    expect(violations.map(({ enforcementLevel }) => enforcementLevel)).toEqual(["mandatory"]);
  } finally {
    await clocked.stop();
  }
});

describeWithPulumi("the real CLI", () => {
  const urn = (name: string): string => `urn:pulumi:dev::test::${clusterType}::${name}`;
  const run = (
    clusters: Readonly<Record<string, object>>,
    packConfig: Readonly<Record<string, unknown>>,
  ): Promise<PreviewRun> =>
    preview({
      program: ({ resource }) => {
        for (const [name, networkProfile] of Object.entries(clusters))
          resource(clusterType, name, { resourceGroupName: "rg", resourceName: name, networkProfile });
      },
      pack: packFolder,
      packConfig,
    });
  const inTerraform = (
    library: Library,
    clusters: Readonly<Record<string, object>>,
    configuration: unknown,
  ): string[] => {
    const { app, stack: own } = appWith(library, configuration as Configuration, { today: () => new Date() });
    for (const [name, networkProfile] of Object.entries(clusters))
      new library.KubernetesCluster(own, name, {
        ...required,
        networkProfile: networkProfile as NetworkProfile,
      });
    return synthesised(app).map((line) => line.split(" ")[0] ?? "");
  };
  const day = (days: number): string =>
    new Date(Date.now() + days * 24 * 60 * 60 * 1000).toISOString().slice(0, 10);
  const inForce = { createdOn: day(-10), expiresOn: day(60) };

  test("one file serves both hosts: an exempted cluster is told and does not stop the run, its neighbour does", async () => {
    const packConfig = {
      "network-policy-configured": {
        exemptions: [
          exemption({ target: urn("aks"), ...inForce }),
          exemption({ id: "EXM-1", target: urn("gone"), ...inForce }),
          exemption({ id: "EXM-2", target: "s/aks", ...inForce }),
        ],
      },
    };
    const exempted = await run({ aks: bad }, packConfig);
    expect(exempted.exitCode).toBe(0);
    expect(exempted.events.map(({ enforcementLevel }) => enforcementLevel)).toEqual(["advisory", "advisory"]);
    expect(exempted.stdout).toContain("(60 days left): EXM-0007, mitigated, owner team-shop@example.com.");
    expect(exempted.stdout).toContain(
      `EXM-1 from network-policy-configured (owner team-shop@example.com) matches no cluster`,
    );
    const neighbour = await run({ aks: bad, other: bad }, packConfig);
    expect(neighbour.exitCode).not.toBe(0);
    expect(neighbour.events.filter(({ enforcementLevel }) => enforcementLevel === "mandatory")).toHaveLength(
      1,
    );

    for (const library of libraries) expect(inTerraform(library, { aks: bad }, packConfig)).toEqual(["warn"]);
  });

  describe("takes a configuration of version 2, which means the same in both hosts:", () => {
    const configured = "network-policy-configured";
    const ciliumAlone = { networkPlugin: "azure", networkPolicy: "cilium" };
    const exceptions = {
      "EXC-1": {
        reason: "Its owners run Calico themselves",
        match: [{ policies: [configured], targets: [urn("aks")] }],
      },
    };
    // Pulumi refuses a construct path as the target of an exception, so a file for both hosts has it in an exemption.
    const inCdktf = { [configured]: { exemptions: [exemption({ target: "s/aks", ...inForce })] } };
    /** What stops the run and what does not, by cluster and in both hosts. */
    const cases: readonly (readonly [
      title: string,
      file: Readonly<Record<string, unknown>>,
      clusters: Readonly<Record<string, object>>,
      inPulumi: readonly string[],
      inTerraform: readonly string[],
    ])[] = [
      ["its policies are the rules", { policies: {} }, { aks: bad }, [`aks stops`], ["error"]],
      ["without any", {}, { aks: bad }, ["aks stops"], ["error"]],
      ["a level for all rules", { policies: { all: "advisory" } }, { aks: bad }, ["aks tells"], ["warn"]],
      ["a level for one rule", { policies: { [configured]: "disabled" } }, { aks: bad }, [], []],
      [
        "options of a rule",
        { policies: { [configured]: { engines: ["cilium"] } } },
        { aks: good },
        ["aks stops"],
        ["error"],
      ],
      [
        "an exception exempts one cluster",
        { policies: inCdktf, exceptions },
        { aks: bad },
        ["aks exempted by EXC-1"],
        ["warn"],
      ],
      [
        "and not its neighbour",
        { policies: inCdktf, exceptions },
        { aks: bad, other: bad },
        ["aks exempted by EXC-1", "other stops"],
        ["warn", "error"],
      ],
      [
        "and from no other rule",
        { policies: inCdktf, exceptions },
        { aks: ciliumAlone },
        ["aks stops"],
        // The exemption is needed by nothing, and it says so; an exception of Pulumi's does not.
        ["error", "warn"],
      ],
      ["environments are Pulumi's business", { environments: [] }, { aks: bad }, ["aks stops"], ["error"]],
    ];
    test.concurrent.each(cases)("%s", async (_title, file, clusters, inPulumi, expected) => {
      const configuration = { version: 2, ...file };
      const { exitCode, stdout, events } = await run(clusters, configuration);
      const told = events
        .filter(({ urn: target }) => target.includes(clusterType))
        .map(({ urn: target, enforcementLevel, exceptions: by }) => {
          const word = enforcementLevel === "mandatory" ? "stops" : "tells";
          return `${target.split("::").at(-1) ?? ""} ${by === undefined ? word : `exempted by ${by.join()}`}`;
        });
      expect(told.sort()).toEqual(inPulumi);
      expect(exitCode !== 0).toBe(inPulumi.some((each) => each.endsWith("stops")));
      if (inPulumi.some((each) => each.includes("exempted")))
        expect(stdout).toContain(`[exempted]  ${configured}  (1 violation)`);
      for (const library of libraries)
        expect(inTerraform(library, clusters, configuration).sort()).toEqual([...expected].sort());
    });

    test("an exception is for exact URNs in Pulumi, and one in an analysis of a state as well", async () => {
      const state = stateOf([
        { type: clusterType, name: "aks", inputs: { networkProfile: bad } },
        { type: clusterType, name: "other", inputs: { networkProfile: bad } },
      ]);
      const { exitCode, events } = await analyze({
        state,
        pack: packFolder,
        packConfig: { version: 2, exceptions },
      });
      expect(exitCode).toBe(1);
      expect(events.map(({ urn: target, exceptions: by }) => [target, by])).toEqual([
        [urn("aks"), ["EXC-1"]],
        [urn("other"), undefined],
      ]);
    });

    test("a rule beside the version is dropped by Pulumi without a word, and refused in CDKTF", async () => {
      const file = { version: 2, [configured]: "disabled" };
      const { exitCode, events } = await run({ aks: bad }, file);
      expect([exitCode === 0, events.map(({ enforcementLevel }) => enforcementLevel)]).toEqual([
        false,
        ["mandatory"],
      ]);
      for (const library of libraries)
        expect(() => inTerraform(library, { aks: bad }, file)).toThrow(
          `the configuration has "${configured}" beside a version; expected it under policies`,
        );
    });

    test("an exception keeps auto-set away in CDKTF; Pulumi's engine keeps exceptions to itself, so auto-set writes", async () => {
      const policies = {
        [configured]: {
          enforcementLevel: "remediate",
          autoSet: { newClusters: [urn("aks"), "s/aks"] },
          ...inCdktf[configured],
        },
      };
      const { exitCode, remediations, registered } = await run(
        { aks: bad },
        { version: 2, policies, exceptions },
      );
      expect(exitCode).toBe(0);
      expect(remediations.map(({ urn: target }) => target)).toEqual([urn("aks")]);
      expect(registered[urn("aks")]?.["networkProfile"]).toMatchObject({ networkPolicy: "cilium" });
      for (const library of libraries)
        expect(inTerraform(library, { aks: bad }, { version: 2, policies, exceptions })).toEqual(["warn"]);
    });

    const matching = (match: unknown): unknown => ({ "EXC-1": { reason: "A reason for it", match } });
    test.concurrent.each<[title: string, file: Readonly<Record<string, unknown>>, words: string]>([
      ["another version", { version: 3, policies: {} }, "policy pack config version 3 isn't supported"],
      ["an older version", { version: 1, policies: {} }, '"version" must be 2'],
      ["an exception without a reason", { version: 2, exceptions: { "EXC-1": {} } }, '"reason" is required'],
      [
        "an exception from all rules",
        { version: 2, exceptions: matching([{ policies: ["all"], targets: [urn("aks")] }]) },
        '"all" isn\'t allowed',
      ],
      [
        "an exception for no cluster",
        { version: 2, exceptions: matching([{ policies: [configured], targets: [] }]) },
        '"targets" must list at least one URN',
      ],
      [
        "an exception that matches nothing",
        { version: 2, exceptions: matching([]) },
        '"match" must list at least one',
      ],
    ])("refused: %s", async (_title, packConfig, words) => {
      const { exitCode, stdout, stderr } = await run({ good }, packConfig);
      expect(exitCode).not.toBe(0);
      expect(stdout + stderr).toContain(words);
      for (const library of libraries) expect(() => inTerraform(library, { good }, packConfig)).toThrow();
    });
  });
});

test("in Pulumi, an entry of autoSet.newClusters that is of this stack and names no cluster is reported, with those that there are", async () => {
  const clocked = await bootClockedPack();
  const autoSet = {
    newClusters: [`${urnOfAks}2`, urnOfGood, urnOfAks.replace("::project::", "::other::"), "s/aks"],
  };
  await clocked.pack.configure({ "network-policy-configured": { autoSet } });
  const violations = (await violationsOf(clocked, stack)).filter(({ message }) =>
    message.includes("newClusters"),
  );
  expect(violations.map(({ urn, enforcementLevel, message }) => [urn, enforcementLevel, message])).toEqual([
    [
      root,
      "advisory",
      [
        `\`autoSet.newClusters\` names no cluster of this stack: "${urnOfAks}2".`,
        "Correct it, or remove it from the configuration.",
        `Clusters here: "${urnOfAks}", "${urnOfGood}".`,
        "More: https://www.npmjs.com/package/aks-network-policy-pack#auto-set",
      ].join("\n"),
    ],
  ]);
  await clocked.stop();
});
