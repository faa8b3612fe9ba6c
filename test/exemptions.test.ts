import { Construct } from "constructs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Configuration } from "../cdktf-aspect";
import { AksNetworkPolicyAspect } from "../cdktf-aspect";
import type { RuleName } from "../shared";
import type { PackConfig, Props, StackResource, Violation } from "./engine/analyzer";
import { unknown, urnOf } from "./engine/analyzer";
import { preview } from "./pulumi-cli/cli";
import { describeWithPulumi } from "./pulumi-cli/describe";
import type { ClockedPack } from "./support/clocked-pack";
import { bootClockedPack, packFolder } from "./support/clocked-pack";
import { exemption } from "./support/configurations";
import type { Library, NetworkProfile } from "./support/terraform";
import { annotationsOf, appWith, libraries, required, stackOf, synthesised } from "./support/terraform";

const clusterType = "azure-native:containerservice:ManagedCluster";
const urnOfAks = urnOf(clusterType, "aks");
const urnOfGood = urnOf(clusterType, "good");
const root = urnOf("pulumi:pulumi:Stack", "project-dev");

const pathOfAks = "s/aks";
const pathOfGood = "s/good";

/** One stack in either host: a cluster without an engine, and one that is fine. */
const bad = { networkPlugin: "azure" };
const good = { networkPlugin: "azure", networkPolicy: "calico" };

/** `configured` in capitals stops the run, in small letters it is advisory; then the cluster or the stack, then the last line but one. */
type Said = readonly [level: "STOPS" | "tells", where: "aks" | "good" | "the stack", line: string];

interface Case {
  readonly title: string;
  /** The entries, with `{aks}` and `{good}` for the addresses of the two clusters in this host. */
  readonly exemptions: readonly Readonly<Record<string, unknown>>[];
  readonly rule?: RuleName;
  readonly today?: string;
  readonly said: readonly Said[];
}

const fails = (line = "If the cluster exists"): Said => ["STOPS", "aks", line];
const exempt = "EXM-0007, mitigated, owner team-shop@example.com.";
const of = "Exemption EXM-0007 from network-policy-configured (owner team-shop@example.com)";
const mine = { target: "{aks}" };

const cases: readonly Case[] = [
  { title: "none", exemptions: [], said: [fails()] },
  {
    title: "in force",
    exemptions: [mine],
    said: [["tells", "aks", `Exempted until 2027-02-01 (70 days left): ${exempt}`]],
  },
  {
    title: "in force from its first day",
    exemptions: [mine],
    today: "2026-11-01T00:00:00Z",
    said: [["tells", "aks", `Exempted until 2027-02-01 (92 days left): ${exempt}`]],
  },
  {
    title: "not in force before its first day",
    exemptions: [mine],
    today: "2026-10-31T23:59:59Z",
    said: [
      fails("Exemption EXM-0007 (owner team-shop@example.com) starts on 2026-11-01 and is not in force yet."),
    ],
  },
  {
    title: "31 days before its end",
    exemptions: [mine],
    today: "2027-01-01T12:00:00Z",
    said: [["tells", "aks", `Exempted until 2027-02-01 (31 days left): ${exempt}`]],
  },
  {
    title: "30 days before its end",
    exemptions: [mine],
    today: "2027-01-02T12:00:00Z",
    said: [
      [
        "tells",
        "aks",
        `Exempted until 2027-02-01 (30 days left): ${exempt} It ends soon: fix the cluster, or have the exemption renewed.`,
      ],
    ],
  },
  {
    title: "on its last day, in its last second",
    exemptions: [mine],
    today: "2027-02-01T23:59:59Z",
    said: [
      [
        "tells",
        "aks",
        `Exempted until 2027-02-01 (its last day): ${exempt} It ends soon: fix the cluster, or have the exemption renewed.`,
      ],
    ],
  },
  {
    title: "a second later",
    exemptions: [mine],
    today: "2027-02-02T00:00:00Z",
    said: [fails("Exemption EXM-0007 (owner team-shop@example.com) expired on 2027-02-01, 1 day ago.")],
  },
  {
    title: "long expired",
    exemptions: [mine],
    today: "2027-03-03T00:00:00Z",
    said: [fails("Exemption EXM-0007 (owner team-shop@example.com) expired on 2027-02-01, 30 days ago.")],
  },
  {
    title: "for a cluster that this stack has not",
    exemptions: [{ target: "{aks}2" }],
    said: [fails(), ["tells", "the stack", `${of} matches no cluster of this stack: "{aks}2".`]],
  },
  {
    title: "expired, for a cluster that this stack has not",
    exemptions: [{ target: "{aks}2" }],
    today: "2027-03-03T00:00:00Z",
    said: [fails(), ["tells", "the stack", `${of} matches no cluster of this stack: "{aks}2".`]],
  },
  {
    title: "in wrong case",
    exemptions: [{ target: "{AKS}" }],
    said: [fails(), ["tells", "the stack", `${of} matches no cluster of this stack: "{AKS}".`]],
  },
  {
    title: "for a cluster that complies by now",
    exemptions: [{ target: "{good}" }],
    said: [fails(), ["tells", "good", `${of} is not needed: this cluster complies with that rule by now.`]],
  },
  {
    title: "under the wrong rule",
    rule: "network-policy-compatible",
    exemptions: [mine],
    said: [
      fails(),
      [
        "tells",
        "aks",
        "Exemption EXM-0007 from network-policy-compatible (owner team-shop@example.com) is not needed: this cluster complies with that rule by now.",
      ],
    ],
  },
  {
    title: "of other stacks, other projects and the other host",
    exemptions: [
      "urn:pulumi:prod::project::azure-native:containerservice:ManagedCluster::aks",
      "urn:pulumi:dev::shop::azure-native:containerservice:ManagedCluster::aks",
      "prod/aks",
      "s2/aks",
    ].map((target, i) => ({ id: `EXM-${i}`, target })),
    said: [fails()],
  },
];

function configurationFor(
  { exemptions, rule = "network-policy-configured" }: Case,
  aks: string,
  good: string,
): Configuration & PackConfig {
  const written = exemptions.map((entry) =>
    exemption({
      ...entry,
      target: String(entry["target"])
        .replace("{aks}", aks)
        .replace("{AKS}", aks.replace(/aks$/, "AKS"))
        .replace("{good}", good),
    }),
  );
  return JSON.parse(JSON.stringify({ [rule]: { exemptions: written } })) as Configuration & PackConfig;
}

/** Two rules exempt the cluster, and say nothing of one that is not decided. */
function undecided(target: string): Configuration {
  const exemptions = [exemption({ target })];
  return {
    "network-policy-configured": { unknown: "ignore", exemptions },
    "network-policy-compatible": { unknown: "ignore", exemptions },
  };
}

/** The line that an exemption adds, or what every message of a failing cluster ends with. */
function telling(message: string): string {
  const lines = message.split("\n").map((line) => line.replace(/^network-policy-\w+: /, ""));
  const own = lines.find((line) => /^Exempt/.test(line));
  return own ?? (lines.at(-2) ?? "").replace(/:.*/, "");
}

function expectedOf(said: readonly Said[], aks: string): Said[] {
  return said.map(([level, where, line]) => [
    level,
    where,
    line.replace("{aks}", aks).replace("{AKS}", aks.replace(/aks$/, "AKS")),
  ]);
}

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

function clusterOf(library: Library, scope: Construct, name: string, networkProfile: NetworkProfile) {
  return new library.KubernetesCluster(scope, name, { ...required, name, networkProfile });
}

describe.each(libraries)("in $name, an exemption", (library) => {
  const whereOf = (path: string): Said[1] =>
    path === pathOfAks ? "aks" : path === pathOfGood ? "good" : path === "s" ? "the stack" : "aks";

  test.each(cases.map((each) => [each.title, each] as const))("%s", (_title, each) => {
    const today = new Date(each.today ?? "2026-11-23T12:00:00Z");
    const configuration = configurationFor(each, pathOfAks, pathOfGood);
    const { app, stack: own } = appWith(library, configuration, { today: () => today });
    clusterOf(library, own, "aks", bad);
    clusterOf(library, own, "good", good);
    synthesised(app);
    const said = (): Said[] =>
      annotationsOf(app).map(({ path, level, message }): Said => [
        level === "error" ? "STOPS" : "tells",
        whereOf(path),
        telling(message),
      ]);
    const byPlace = (all: readonly Said[]): Said[] =>
      [...all].sort(([, one], [, other]) => one.localeCompare(other));
    expect(byPlace(said())).toEqual(byPlace(expectedOf(each.said, pathOfAks)));
    const first = said();
    synthesised(app);
    expect(said()).toEqual(first);
  });

  test("keeps auto-set away from its cluster, until it has expired", () => {
    const synth = (today: string): { wrote: boolean; told: string[] } => {
      const { app, stack: own } = appWith(
        library,
        {
          "network-policy-configured": {
            enforcementLevel: "remediate",
            exemptions: [exemption({ target: pathOfAks })],
            autoSet: { acceptReplacement: true },
          },
        },
        { today: () => new Date(today) },
      );
      const made = clusterOf(library, own, "aks", bad);
      synthesised(app);
      const told = annotationsOf(app).map(({ level, message }) => `${level} ${message}`);
      return { wrote: made.networkProfile.networkPolicyInput !== undefined, told };
    };
    const exempted = synth("2026-11-23");
    expect(exempted.wrote).toBe(false);
    expect(exempted.told).toHaveLength(1);
    expect(exempted.told[0]).toMatch(/^warn network-policy-configured: /);
    expect(exempted.told[0]).toContain("Auto-set wrote nothing: an exemption is in force for this cluster.");
    const later = synth("2027-02-02");
    expect(later.wrote).toBe(true);
    expect(later.told[0]).toMatch(/^info network-policy-configured: Auto-set wrote /);
  });

  test("for a cluster that is not decided yet is still needed", () => {
    const { app, stack: own } = appWith(library, undecided(pathOfAks));
    const engine = new library.lib.TerraformVariable(own, "engine", { type: "string" });
    clusterOf(library, own, "aks", { ...bad, networkPolicy: engine.stringValue });
    expect(synthesised(app)).toEqual([]);
  });

  test("for a cluster that could not be read is told by the rule that says so, and by no other", () => {
    const exemptions = [exemption({ target: pathOfAks })];
    const { app, stack: own } = appWith(library, {
      "network-policy-configured": { exemptions },
      "network-policy-compatible": { exemptions },
    });
    const broken = clusterOf(library, own, "aks", bad);
    const render = broken.toTerraform.bind(broken);
    broken.toTerraform = () => {
      if (/cdktf-aspect.truth/.test(new Error().stack ?? "")) throw new TypeError("broken");
      return render() as never;
    };
    expect(synthesised(app)).toEqual([
      expect.stringMatching(/^warn network-policy-configured: This cluster could not be judged/),
    ]);
  });

  test("for a construct that holds several clusters exempts none of them", () => {
    const { TerraformResource } = library.lib;
    const names = (count: number): string[] => ["one", "two"].slice(0, count);
    const synth = (count: number): string[] => {
      const { app, stack: own } = appWith(library, {
        "network-policy-configured": {
          exemptions: [exemption({ id: "EXM-1", target: "s/arm" }), exemption({ id: "EXM-2", target: "s" })],
        },
      });
      const arm = new TerraformResource(own, "arm", {
        terraformResourceType: "azurerm_subscription_template_deployment",
      });
      const type = "Microsoft.ContainerService/managedClusters";
      arm.addOverride(
        "template_content",
        JSON.stringify({ resources: names(count).map((name) => ({ type, name, properties: {} })) }),
      );
      for (const name of names(count))
        own.addOverride(`resource.azurerm_kubernetes_cluster.${name}`, { name, network_profile: [] });
      synthesised(app);
      return annotationsOf(app).map(({ path, level, message }) => {
        const said = /exempts nothing: this construct holds several clusters|Exempted until/.exec(message);
        return `${level} ${path} ${said?.[0] ?? ""}`.trim();
      });
    };
    expect(synth(1)).toEqual(["warn s Exempted until", "warn s/arm Exempted until"]);
    const several = "exempts nothing: this construct holds several clusters";
    expect(synth(2)).toEqual([
      // The same words of both, once.
      "error s",
      `warn s ${several}`,
      "error s/arm",
      "error s/arm",
      `warn s/arm ${several}`,
    ]);
  });

  test("of a nested stack belongs to that stack alone", () => {
    const {
      app,
      stack: own,
      aspect,
    } = appWith(library, {
      "network-policy-configured": { exemptions: [exemption({ target: "s/inner/aks" })] },
    });
    const inner = stackOf(library, own, "inner");
    library.lib.Aspects.of(inner).add(aspect);
    clusterOf(library, inner, "aks", bad);
    synthesised(app);
    const said = annotationsOf(app).map(({ path, level }) => `${level} ${path}`);
    expect(said).toEqual(["warn s/inner/aks"]);
  });

  test("is no business of an Aspect that sees another part of the stack", () => {
    const { lib } = library;
    const app = lib.Testing.app();
    const own = stackOf(library, app, "s");
    const [one, other] = [new Construct(own, "one"), new Construct(own, "other")];
    const configuration: Configuration = {
      "network-policy-configured": { exemptions: [exemption({ target: "s/other/aks" })] },
    };
    lib.Aspects.of(one).add(new AksNetworkPolicyAspect(configuration));
    clusterOf(library, one, "aks", good);
    clusterOf(library, other, "aks", bad);
    expect(synthesised(app)).toEqual([]);
  });

  test("is never what a cluster, its stack, the app's context or the environment says of itself", () => {
    const words = { "aks-network-policy": "exempt", "network-policy-configured": "disabled" };
    const environment = {
      AKS_NETWORK_POLICY: "disabled",
      NETWORK_POLICY_CONFIGURED: "disabled",
      CDKTF_CONTEXT_JSON: JSON.stringify(words),
    };
    const before = { ...process.env };
    Object.assign(process.env, environment);
    try {
      const { lib } = library;
      const app = lib.Testing.app({ context: words });
      const own = stackOf(library, app, "s");
      lib.Aspects.of(own).add(new AksNetworkPolicyAspect());
      const made = new library.KubernetesCluster(own, "aks", {
        ...required,
        networkProfile: bad,
        tags: words,
      });
      for (const [name, value] of Object.entries(words)) made.node.addMetadata(name, value);
      made.node.addMetadata("aks-network-policy-pack/withdrawn", "exempt");
      expect(synthesised(app)[0]).toMatch(/^error network-policy-configured: /);
    } finally {
      for (const name of Object.keys(environment)) Reflect.deleteProperty(process.env, name);
      Object.assign(process.env, before);
    }
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
  test("one file serves both hosts: an exempted cluster is told and does not stop the run, its neighbour does", async () => {
    const day = (days: number): string =>
      new Date(Date.now() + days * 24 * 60 * 60 * 1000).toISOString().slice(0, 10);
    const urn = (name: string): string => `urn:pulumi:dev::test::${clusterType}::${name}`;
    const packConfig = {
      "network-policy-configured": {
        exemptions: [
          exemption({ target: urn("aks"), createdOn: day(-10), expiresOn: day(60) }),
          exemption({ id: "EXM-1", target: urn("gone"), createdOn: day(-10), expiresOn: day(60) }),
          exemption({ id: "EXM-2", target: "s/aks", createdOn: day(-10), expiresOn: day(60) }),
        ],
      },
    };
    const run = (names: readonly string[]) =>
      preview({
        program: ({ resource }) => {
          for (const name of names)
            resource(clusterType, name, { resourceGroupName: "rg", resourceName: name, networkProfile: bad });
        },
        pack: packFolder,
        packConfig,
      });
    const exempted = await run(["aks"]);
    expect(exempted.exitCode).toBe(0);
    expect(exempted.events.map(({ enforcementLevel }) => enforcementLevel)).toEqual(["advisory", "advisory"]);
    expect(exempted.stdout).toContain("(60 days left): EXM-0007, mitigated, owner team-shop@example.com.");
    expect(exempted.stdout).toContain(
      `EXM-1 from network-policy-configured (owner team-shop@example.com) matches no cluster`,
    );
    const neighbour = await run(["aks", "other"]);
    expect(neighbour.exitCode).not.toBe(0);
    expect(neighbour.events.filter(({ enforcementLevel }) => enforcementLevel === "mandatory")).toHaveLength(
      1,
    );

    for (const library of libraries) {
      const { app, stack: own } = appWith(library, packConfig, { today: () => new Date() });
      clusterOf(library, own, "aks", bad);
      expect(synthesised(app).map((line) => line.split(" ")[0])).toEqual(["warn"]);
    }
  });
});
