import { basename } from "node:path";
import type { CustomResource } from "@pulumi/pulumi";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { AksNetworkPolicyAspect } from "../../cdktf-aspect";
import type { Declaration } from "../../shared/cluster/declaration";
import { azureNative } from "../../shared/dialects/azure-native";
import { azurermTyped } from "../../shared/dialects/azurerm";
import type { Dialect, SettingName } from "../../shared/dialects/dialect";
import type { Spelled } from "../../shared/reading/spell";
import { spell } from "../../shared/reading/spell";
import type { Analysis, Program, Run, StateResource } from "../pulumi-cli/cli";
import { analyze, preview, stateOf } from "../pulumi-cli/cli";
import { describeWithPulumi } from "../pulumi-cli/describe";
import { singleFile } from "../support/clocked-pack";
import { HeapProbe } from "../support/heap";
import { clusterTypesOf, poolTypeOf } from "../support/pulumi-resources";
import { annotationsOf, libraries, onExampleDay, required, stackOf, synthesised } from "../support/terraform";

const count = 1000;

interface Kind {
  readonly declaration: Declaration;
  /**
   * The rule that fails it, and the first line of the message, with `{engine}` for the dialect's name; absent
   * if it passes.
   */
  readonly fails?: readonly [rule: string, text: string];
}

const configured = "network-policy-configured";
const compatible = "network-policy-compatible";
const supported = "network-policy-supported";
const noEngine = "this cluster has no network policy engine.";

const bad: readonly Kind[] = [
  {
    declaration: {},
    fails: [configured, `{engine} is not set: ${noEngine}`],
  },
  {
    declaration: { plugin: "azure", mode: "overlay" },
    fails: [configured, `{engine} is not set: ${noEngine}`],
  },
  {
    declaration: { plugin: "azure", engine: "none" },
    fails: [configured, `{engine} is "none": ${noEngine}`],
  },
  {
    declaration: { plugin: "azure", engine: "istio" },
    fails: [configured, `{engine} is not one of azure, calico, cilium: ${noEngine}`],
  },
  {
    declaration: { plugin: "none" },
    fails: [
      configured,
      '{plugin} is "none" (bring your own CNI): AKS runs no network policy engine on this cluster.',
    ],
  },
  {
    declaration: { plugin: "azure", engine: "cilium" },
    fails: [
      compatible,
      '{engine} is "cilium" but {dataplane} is not set: engine cilium needs the Cilium dataplane.',
    ],
  },
  {
    declaration: { plugin: "kubenet", engine: "azure" },
    fails: [compatible, '{engine} is "azure" and {plugin} is "kubenet": engine azure needs plugin azure.'],
  },
  {
    declaration: { plugin: "azure", engine: "calico", ipFamilies: ["IPv4", "IPv6"] },
    fails: [
      compatible,
      '{engine} is "calico" and {ipFamilies} has IPv4 and IPv6: engine calico does not support dual stack.',
    ],
  },
  {
    declaration: { plugin: "azure", engine: "azure", pools: [{ os: "Windows", count: 2 }] },
    fails: [
      supported,
      '{engine} is "azure": Azure Network Policy Manager lost Azure\'s support on Windows nodes on 2026-09-30. This cluster has a Windows node pool ({os}).',
    ],
  },
  {
    declaration: {
      plugin: "azure",
      dataplane: "cilium",
      pools: [{ os: "Windows", count: 2, separate: true }],
    },
    fails: [
      compatible,
      "This cluster has a Windows node pool ({os}) and the engine is Cilium, which runs on Linux nodes only.",
    ],
  },
];

const good: readonly Kind[] = [
  { plugin: "azure", mode: "overlay", dataplane: "cilium", engine: "cilium" },
  { plugin: "azure", dataplane: "cilium" },
  { plugin: "azure", engine: "calico" },
  { engine: "calico" },
  { plugin: "azure", dataplane: "cilium", engine: "cilium", ipFamilies: ["IPv4", "IPv6"] },
  { plugin: "azure", engine: "calico", pools: [{ os: "Windows", count: 2, separate: true as const }] },
  { plugin: "azure", dataplane: "cilium", pools: [{ os: "Linux", count: 2, separate: true as const }] },
].map((declaration) => ({ declaration }));

interface Named {
  readonly name: string;
  readonly kind: Kind;
  readonly spelled: Spelled;
}

/** Every second one is bad. */
function clustersIn(dialect: Dialect): readonly Named[] {
  return Array.from({ length: count }, (_, i) => {
    const kinds = i % 2 === 0 ? bad : good;
    const kind = kinds[Math.floor(i / 2) % kinds.length];
    const spelled = kind && spell(kind.declaration, dialect);
    if (kind === undefined || spelled === undefined)
      throw new Error(`${dialect.name} has no words for ${JSON.stringify(kind)}`);
    return { name: `aks${i}`, kind, spelled };
  });
}

/** The findings on the bad ones, and none on the others. */
function expectedOf(
  clusters: readonly Named[],
  dialect: Dialect,
  say: (name: string, rule: string, text: string) => string,
): string[] {
  return clusters.flatMap(({ name, kind: { fails }, spelled: { separatePools } }) => {
    if (fails === undefined) return [];
    const os = separatePools.length > 0 ? "osType of a separate node pool" : "agentPoolProfiles[0].osType";
    const text = fails[1].replace(/\{(\w+)\}/g, (_, word) =>
      word === "os" ? os : (dialect.settings[word as SettingName][0] ?? "?"),
    );
    return [say(name, fails[0], text)];
  });
}

/** The first few findings that are reported too often or too seldom. */
function differences(said: readonly string[], expected: readonly string[]): string[] {
  const times = new Map<string, number>();
  for (const line of expected) times.set(line, (times.get(line) ?? 0) - 1);
  for (const line of said) times.set(line, (times.get(line) ?? 0) + 1);
  return [...times]
    .filter(([, more]) => more !== 0)
    .map(([line, more]) => `${more > 0 ? "surplus" : "lost"}: ${line}`)
    .slice(0, 20);
}

function firstLine(message: string): string {
  return message.split("\n", 1)[0] ?? "";
}

// --- Pulumi ---

const [clusterType] = clusterTypesOf(azureNative);
const poolType = poolTypeOf(azureNative);

/** Bytes of properties that no rule reads: keeping a cluster's inputs costs at least this much. */
const ballast = 8000;
/**
 * Until the end of a run the pack keeps each cluster's URN, name and kind, a kilobyte at most, and each
 * pool's. The same again allows for the noise of a heap after garbage collection and for code that runs for
 * the first time.
 */
const bytesPerResource = 2000;
/** By then the pack has run nearly all its code. */
const warmUp = 200;

const native = clustersIn(azureNative);
const resources = native.flatMap(({ name, spelled: { cluster, separatePools } }): StateResource[] => [
  {
    type: clusterType,
    name,
    inputs: {
      ...cluster,
      resourceGroupName: "rg",
      resourceName: name,
      tags: { notes: name.padEnd(ballast, "-") },
    },
  },
  ...separatePools.map((pool, i) => ({
    type: poolType,
    name: `${name}-pool${i}`,
    inputs: { ...pool, resourceGroupName: "rg", resourceName: name },
  })),
]);
const urnOf = (name: string): string => `urn:pulumi:dev::test::${clusterType}::${name}`;
const expectedEvents = expectedOf(
  native,
  azureNative,
  (name, rule, text) => `${urnOf(name)} [mandatory] ${rule}: ${text}`,
);
const expectedHeadings = expectedOf(
  native,
  azureNative,
  (name, rule) => `${rule}  (${clusterType}: ${name})`,
);

function expectEachBadOneOnce({ events, exitCode, stderr }: Run | Analysis): void {
  const told = events.map(
    ({ urn, enforcementLevel, policyName, message }) =>
      `${urn} [${enforcementLevel}] ${policyName}: ${firstLine(message)}`,
  );
  expect(differences(told, expectedEvents), stderr).toEqual([]);
  expect(exitCode).not.toBe(0);
}

function expectEachBadOneInText(stdout: string): void {
  const headings = [...stdout.matchAll(/^ {8}- \[mandatory\] \[severity: \w+\] {2}(.*)$/gm)].map(
    ([, rest = ""]) => rest,
  );
  expect(differences(headings, expectedHeadings)).toEqual([]);
}

describeWithPulumi(`${count} clusters under the real Pulumi CLI, every second one bad:`, () => {
  describe("a preview", () => {
    let run: Run;
    const heap: number[] = [];
    beforeAll(async () => {
      const probe = new HeapProbe(basename(singleFile));
      const program: Program = async ({ resource }) => {
        const register = async (some: readonly StateResource[]): Promise<void> => {
          await Promise.all(some.map(({ type, name, inputs }) => registered(resource(type, name, inputs))));
          heap.push(await probe.heapOf(await probe.pid()));
        };
        await register(resources.slice(0, warmUp));
        await register(resources.slice(warmUp));
      };
      try {
        run = await preview({ program, pack: singleFile, env: probe.env, timeoutMs: 240_000 });
      } finally {
        probe.remove();
      }
    }, 300_000);

    test("reports every bad one once and no other, and stops", () => {
      expectEachBadOneOnce(run);
    });

    test("shows every bad one once to the user", () => {
      expectEachBadOneInText(run.stdout);
    });

    test("leaves next to nothing of a cluster in the pack's process", () => {
      const [before = NaN, after = NaN] = heap;
      expect((after - before) / (resources.length - warmUp)).toBeLessThan(bytesPerResource);
    });
  });

  describe("`pulumi policy analyze`", () => {
    const state = stateOf(resources);

    test("reports every bad one once and no other, and stops", async () => {
      expectEachBadOneOnce(await analyze({ state, pack: singleFile, timeoutMs: 240_000 }));
    }, 300_000);

    test("shows every bad one once to the user", async () => {
      const { stdout, exitCode } = await analyze({
        state,
        pack: singleFile,
        json: false,
        timeoutMs: 240_000,
      });
      expectEachBadOneInText(stdout);
      expect(exitCode).toBe(1);
    }, 300_000);
  });
});

/** The engine responds once the pack has checked it. */
function registered(resource: CustomResource): Promise<void> {
  return new Promise((done) => {
    resource.urn.apply(() => {
      done();
    });
  });
}

// --- CDKTF and CDK Terrain ---

const typed = clustersIn(azurermTyped);

describe.each(libraries)(`${count} clusters in $name, every second one bad:`, (library) => {
  beforeAll(() => {
    // As set by the libraries' own command lines: without it a synthesis ends with the first stack that has
    // an error.
    vi.stubEnv("CDKTF_CONTINUE_SYNTH_ON_ERROR_ANNOTATIONS", "true");
    // The libraries take a stack trace for every token, which nobody reads here and which takes most of the
    // time.
    vi.spyOn(Error, "captureStackTrace").mockReturnValue();
  });
  afterAll(() => {
    vi.unstubAllEnvs();
    vi.restoreAllMocks();
  });

  test.each([1, 50])("in %i stacks, every bad one has one error and no other has a message", (stacks) => {
    const { Testing, Aspects, TerraformResource } = library.lib;
    const app = Testing.app();
    AksNetworkPolicyAspect.applyTo(app, Aspects, {}, onExampleDay);
    const pathOf = new Map<string, string>();
    for (let i = 0; i < stacks; i++) {
      const stack = stackOf(library, app, `s${i}`);
      const size = count / stacks;
      for (const { name, spelled } of typed.slice(i * size, (i + 1) * size)) {
        const cluster = new library.KubernetesCluster(stack, name, { ...required, name, ...spelled.cluster });
        pathOf.set(name, cluster.node.path);
        for (const pool of spelled.separatePools) {
          new library.KubernetesClusterNodePool(stack, `${name}-pool`, {
            name: "pool",
            vmSize: "Standard_D4s_v5",
            kubernetesClusterId: cluster.id,
            ...pool,
          });
        }
      }
    }
    const rendered = vi.spyOn(TerraformResource.prototype, "toTerraform");
    const named = vi.spyOn(TerraformResource.prototype, "friendlyUniqueId", "get");
    synthesised(app);
    const calls = { rendered: rendered.mock.calls.length, named: named.mock.calls.length };
    rendered.mockRestore();
    named.mockRestore();

    const said = annotationsOf(app).map(
      ({ path, level, message }) => `${path} ${level} ${firstLine(message)}`,
    );
    const expected = expectedOf(
      typed,
      azurermTyped,
      (name, rule, text) => `${pathOf.get(name)} error ${rule}: ${text}`,
    );
    expect(differences(said, expected)).toEqual([]);
    const resources = typed.reduce((sum, { spelled }) => sum + 1 + spelled.separatePools.length, 0);
    // Counted instead of timed: work per resource must not grow with the number of resources or stacks. The
    // libraries render each one twice, and the Aspect once more if it has to resolve a token.
    expect(calls.rendered / resources).toBeLessThanOrEqual(3);
    // Seven times, one of them to find the clusters that pools refer to; and about twice for the pools of the
    // other stacks.
    expect(calls.named / resources).toBeLessThanOrEqual(10);
  });
});
