/**
 * What the Aspect adds to a synthesis: CPU of `app.synth()` with it, against the same app without any Aspect, on both
 * libraries; for apps of clusters, and for apps of resources that are none. Every measurement is the first synthesis of
 * a process of its own, as a user's is, and because the libraries keep every token that they ever made.
 *
 * Runs are interleaved in pairs whose order alternates. Whatever disturbs a run only ever adds to it, and on a shared
 * machine that is more than the Aspect does: so the ratio is that of the quicker halves of the runs, and how far apart
 * the runs without an Aspect are stands beside it.
 *
 * Usage: npm run bench:synth [-- PAIRS [SIZES...]], where a size is a number of clusters (1000) or of other resources
 * (20000-others); 10 pairs of 1000, 5000 and 20000-others unless told. Exits 1 where a ratio is above its goal.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TerraformStack } from "cdktf";
import { ResourceGroup as CdktfResourceGroup } from "@cdktf/provider-azurerm/lib/resource-group";
import { ResourceGroup as CdktnResourceGroup } from "@cdktn/provider-azurerm/lib/resource-group";
import { AksNetworkPolicyAspect } from "../cdktf-aspect";
import type { Library } from "../test/support/terraform";
import { libraries, required, stackOf } from "../test/support/terraform";

interface Size {
  readonly count: number;
  readonly of: "clusters" | "other resources";
}

const goals = { clusters: 1.03, "other resources": 1.02 } as const;

function sizeOf(text: string): Size {
  const [, count, others] = /^([1-9]\d*)(-others)?$/.exec(text) ?? [];
  if (count === undefined) throw new Error("usage: npm run bench:synth [-- PAIRS [SIZES...]]");
  return { count: Number(count), of: others === undefined ? "clusters" : "other resources" };
}

/** Clusters of twenty kinds, nearly all of which are fine. */
function makeClusters(library: Library, stack: TerraformStack, count: number): void {
  for (let i = 0; i < count; i++) {
    const made = new library.KubernetesCluster(stack, `aks${i}`, {
      ...required,
      name: `aks${i}`,
      defaultNodePool: { ...required.defaultNodePool, nodeCount: 1 + (i % 20) },
      networkProfile: {
        networkPlugin: "azure",
        ...(i % 100 === 0 ? {} : { networkDataPlane: "cilium", networkPolicy: "cilium" }),
      },
    });
    if (i % 10 === 0) new library.lib.TerraformOutput(stack, `id${i}`, { value: made.id });
  }
}

function makeOthers({ name }: Library, stack: TerraformStack, count: number): void {
  const ResourceGroup =
    name === "cdktf" ? CdktfResourceGroup : (CdktnResourceGroup as unknown as typeof CdktfResourceGroup);
  for (let i = 0; i < count; i++)
    new ResourceGroup(stack, `rg${i}`, {
      name: `rg${i}`,
      location: "westeurope",
      tags: { number: String(i) },
    });
}

/** CPU in milliseconds of synthesising an app of this size; in this process. */
function measure(library: Library, size: Size, withAspect: boolean): number {
  const { App, Aspects } = library.lib;
  const outdir = mkdtempSync(join(tmpdir(), "bench-"));
  // The libraries take a stack trace for every token, and ts-node would look each of its lines up.
  Reflect.deleteProperty(Error, "prepareStackTrace");
  // While the app is made, which is not measured, they would take most of the time.
  const captureStackTrace = Error.captureStackTrace.bind(Error);
  Error.captureStackTrace = () => undefined;
  const app = new App({ outdir, stackTraces: false });
  if (withAspect) AksNetworkPolicyAspect.applyTo(app, Aspects, { all: "advisory" });
  const stack = stackOf(library, app, "s");
  (size.of === "clusters" ? makeClusters : makeOthers)(library, stack, size.count);
  Error.captureStackTrace = captureStackTrace;
  (globalThis as { gc?: () => void }).gc?.();
  const before = process.cpuUsage();
  app.synth();
  const { user, system } = process.cpuUsage(before);
  rmSync(outdir, { recursive: true });
  return (user + system) / 1000;
}

/** The same in a process of its own. */
function cpuOf({ name }: Library, size: string, withAspect: boolean): number {
  const args = ["measure", name, size, withAspect ? "with" : "without"];
  const { stdout, stderr } = spawnSync(process.execPath, [...process.execArgv, __filename, ...args], {
    encoding: "utf8",
  });
  const cpu = Number(stdout);
  if (!(cpu > 0)) throw new Error(stderr);
  return cpu;
}

function mean(numbers: readonly number[]): number {
  return numbers.reduce((sum, each) => sum + each, 0) / numbers.length;
}

function quickerHalf(numbers: readonly number[]): number[] {
  return [...numbers].sort((a, b) => a - b).slice(0, Math.ceil(numbers.length / 2));
}

function main([pairsGiven = "10", ...given]: readonly string[]): void {
  const pairs = sizeOf(pairsGiven).count;
  const sizes = (given.length > 0 ? given : ["1000", "5000", "20000-others"]).map((text) => ({
    text,
    ...sizeOf(text),
  }));

  console.log(`CPU of app.synth(), ${pairs} interleaved pairs, Node ${process.versions.node}:\n`);
  console.log("| library | app | ms without | ms with | ratio | runs without, from–to |");
  console.log("| --- | --- | --- | --- | --- | --- |");
  let kept = true;
  for (const library of libraries) {
    for (const { text, count, of } of sizes) {
      const runs = { with: [] as number[], without: [] as number[] };
      for (let i = 0; i < pairs; i++) {
        for (const how of i % 2 === 0 ? (["with", "without"] as const) : (["without", "with"] as const))
          runs[how].push(cpuOf(library, text, how === "with"));
      }
      const [withAspect, without] = [mean(quickerHalf(runs.with)), mean(quickerHalf(runs.without))];
      const ratio = withAspect / without;
      kept &&= ratio <= goals[of];
      const spread = `${Math.min(...runs.without).toFixed(0)}–${Math.max(...runs.without).toFixed(0)}`;
      console.log(
        `| ${library.name} | ${count} ${of} | ${without.toFixed(0)} | ${withAspect.toFixed(0)} | ${ratio.toFixed(3)} | ${spread} |`,
      );
    }
  }
  const goal = Object.entries(goals).map(([of, each]) => `${each} for ${of}`);
  console.log(`\n${kept ? "Kept" : "MISSED"}: at most ${goal.join(", ")}.`);
  process.exitCode = kept ? 0 : 1;
}

const [command, name, size = "", how] = process.argv.slice(2);
if (command === "measure") {
  const library = libraries.find((each) => each.name === name);
  if (library === undefined) throw new Error("no such library");
  console.log(measure(library, sizeOf(size), how === "with"));
} else {
  main(process.argv.slice(2));
}
