import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { PackConfig, Props, StackResource, Violation } from "../engine/analyzer";
import { unknown, urnOf } from "../engine/analyzer";
import type { ClockedPack } from "../support/clocked-pack";
import { bootClockedPack } from "../support/clocked-pack";
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

  test("also makes findings at the end of the run advisory, and a failure because of an unknown", async () => {
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

  test("of a disabled rule reports nothing", async () => {
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

test("in Pulumi, an entry of autoSet.newClusters for this stack that matches no cluster is reported, with the existing clusters", async () => {
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

test("an empty stack has no exemption of another tool", async () => {
  const clocked = await bootClockedPack();
  try {
    const exemptions = [exemption({ target: "shop/aks" })];
    await clocked.pack.configure({
      "network-policy-configured": { enforcementLevel: "mandatory", exemptions },
    } as unknown as PackConfig);
    expect((await clocked.pack.analyzeStack([])).violations).toEqual([]);
  } finally {
    await clocked.stop();
  }
});
