/**
 * Work must grow linearly with its input, measured by this process's CPU time: twice as much takes about
 * twice as long.
 */
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { AksNetworkPolicyAspect } from "../../cdktf-aspect";
import type { Program } from "../pulumi-cli/cli";
import { preview } from "../pulumi-cli/cli";
import { describeWithPulumi } from "../pulumi-cli/describe";
import { singleFile } from "../support/clocked-pack";
import type { Files } from "../support/command";
import { commandIn } from "../support/command";
import { exemption } from "../support/configurations";
import { libraries, onExampleDay, required, stackOf, synthesised } from "../support/terraform";

/** Milliseconds of CPU. */
async function costOf(work: () => unknown): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/**
 * The cost of twice as much relative to once: 2 is linear, 4 is quadratic. The best of several runs, after a
 * warm-up.
 */
async function growth(work: (count: number) => () => unknown, count: number): Promise<number> {
  await work(count)();
  const ratios: number[] = [];
  for (let i = 0; i < 3; i++) {
    const once = await costOf(work(count));
    ratios.push((await costOf(work(2 * count))) / once);
  }
  const best = Math.min(...ratios);
  console.log(
    `${expect.getState().currentTestName}: ${count} -> ${2 * count} costs ${best.toFixed(2)} times`,
  );
  return best;
}

const mostGrowth = 2.9;
const timeout = 300_000;

const clustersIn = (count: number, from = 0): unknown => ({
  resource: {
    azurerm_kubernetes_cluster: Object.fromEntries(
      Array.from({ length: count }, (_, i) => [
        `aks${from + i}`,
        { network_profile: { network_plugin: "azure" } },
      ]),
    ),
  },
});

const exempting = (targets: readonly string[]): object => ({
  "network-policy-configured": {
    exemptions: targets.map((target, i) => exemption({ id: `EXM-${i}`, target })),
  },
});
const numbered = (count: number, prefix: string): string[] =>
  Array.from({ length: count }, (_, i) => `${prefix}${i}`);

async function expectRun(files: Files, args: readonly string[], code: number, end: string): Promise<void> {
  const run = await commandIn(files, ["check", ...args]);
  expect(run.out).toContain(end);
  expect(run.code, run.error).toBe(code);
}

describe("`check`", () => {
  test("over 200 files in one call", { timeout }, async () => {
    const work = (count: number) => {
      const files = Object.fromEntries(
        Array.from({ length: count }, (_, i) => [`${i}/main.tf.json`, clustersIn(20, i * 20)]),
      );
      const end = `${20 * count} clusters in ${count} inputs: ${20 * count} failing.`;
      return () => expectRun(files, Object.keys(files), 1, end);
    };
    expect(await growth(work, 100)).toBeLessThan(mostGrowth);
  });

  test("with 1,000 exemptions, each for a different cluster", { timeout }, async () => {
    const work = (count: number) => {
      const config = exempting(numbered(count, "shop:azurerm_kubernetes_cluster.aks"));
      const files = { "config.json": config, "main.tf.json": clustersIn(count) };
      const args = ["main.tf.json", "--stack", "shop", "--config", "config.json"];
      return () => expectRun(files, args, 0, `${count} clusters in 1 input: ${count} exempt.`);
    };
    expect(await growth(work, 500)).toBeLessThan(mostGrowth);
  });

  test("with 1,000 exemptions for clusters that do not exist", { timeout }, async () => {
    const work = (count: number) => {
      const config = exempting(numbered(count, "shop:azurerm_kubernetes_cluster.gone"));
      const files = { "config.json": config, "main.tf.json": clustersIn(count) };
      const args = ["main.tf.json", "--stack", "shop", "--config", "config.json"];
      return () => expectRun(files, args, 1, `${count} clusters in 1 input: ${count} failing.`);
    };
    expect(await growth(work, 500)).toBeLessThan(mostGrowth);
  });
});

describe.each(libraries)("the Aspect in $name", (library) => {
  beforeAll(() => {
    // The libraries take a stack trace for every token, which nobody reads here and which takes most of the
    // time.
    vi.spyOn(Error, "captureStackTrace").mockReturnValue();
  });
  afterAll(() => {
    vi.restoreAllMocks();
  });

  test.each([
    ["of a cluster that fails", undefined],
    ["of a cluster that complies", "calico"],
  ])("with 1,000 exemptions, each %s", { timeout }, async (_title, networkPolicy) => {
    const work = (count: number) => {
      const app = library.lib.Testing.app();
      const stack = stackOf(library, app, "s");
      for (let i = 0; i < count; i++)
        new library.KubernetesCluster(stack, `aks${i}`, {
          ...required,
          networkProfile: {
            networkPlugin: "azure",
            ...(networkPolicy === undefined ? {} : { networkPolicy }),
          },
        });
      const config = exempting(numbered(count, "s/aks"));
      library.lib.Aspects.of(stack).add(new AksNetworkPolicyAspect(config, onExampleDay));
      return () => {
        const said = synthesised(app);
        expect(said).toHaveLength(count);
        for (const text of said) expect(text).toMatch(/^warn /);
      };
    };
    expect(await growth(work, 500)).toBeLessThan(mostGrowth);
  });
});

describeWithPulumi("a preview under the real Pulumi CLI", () => {
  /** Milliseconds of the whole run; one resource in ten is a cluster, and every second cluster fails. */
  async function previewOf(count: number, pack?: string): Promise<number> {
    const program: Program = ({ resource }) => {
      for (let i = 0; i < count; i++) {
        const isCluster = i % 10 === 0;
        const type = isCluster
          ? "azure-native:containerservice:ManagedCluster"
          : "azure-native:network:PublicIPAddress";
        const policy = i % 20 === 0 ? {} : { networkPolicy: "calico" };
        const inputs = {
          resourceGroupName: "rg",
          ...(isCluster
            ? { networkProfile: { networkPlugin: "azure", ...policy } }
            : { sku: { name: "Standard" } }),
        };
        resource(type, `r${i}`, inputs);
      }
    };
    const start = performance.now();
    const { events, exitCode, stderr } = await preview({
      program,
      timeoutMs: 600_000,
      // Pulumi's file backend writes the whole state again after each resource, which is quadratic.
      env: { PULUMI_SKIP_CHECKPOINTS: "true" },
      ...(pack === undefined ? {} : { pack }),
    });
    const took = performance.now() - start;
    const failed = events.filter(({ enforcementLevel }) => enforcementLevel === "mandatory");
    expect(failed.length, stderr).toBe(pack === undefined ? 0 : count / 20);
    expect(exitCode === 0, stderr).toBe(pack === undefined);
    return took;
  }

  const resources = 10_000;
  test(`of ${resources} resources, one in ten a cluster`, { timeout: 1_800_000 }, async () => {
    const half = await previewOf(resources / 2, singleFile);
    const whole = await previewOf(resources, singleFile);
    const without = await previewOf(resources);
    console.log(
      `${resources / 2} resources: ${half.toFixed(0)} ms; ${resources}: ${whole.toFixed(0)} ms, and ${without.toFixed(0)} ms without the pack`,
    );
    // Times of child processes on a busy machine decide nothing; each run has reported every bad cluster
    // once, and no other.
  });
});
