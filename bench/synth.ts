/**
 * What the Aspect adds to a synthesis: CPU of `app.synth()` with it, against the same app without any Aspect, on both
 * libraries. Every measurement has a process of its own, because the libraries keep every token that they ever made.
 * Runs are interleaved in pairs whose order alternates, so that a noisy machine disturbs both alike: trust the ratios.
 *
 * Usage: npm run bench:synth [-- PAIRS [CLUSTERS...]], 9 pairs of 1000 and 5000 clusters unless told. Exits 1 where a
 * ratio is above its goal.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AksNetworkPolicyAspect } from "../cdktf-aspect";
import type { Library } from "../test/support/terraform";
import { libraries, required, stackOf } from "../test/support/terraform";

const goal = 1.1;

/** CPU in milliseconds of synthesising an app of so many clusters, nearly all of which are fine; in this process. */
function measure(library: Library, clusters: number, withAspect: boolean): number {
  const { App, Aspects, TerraformOutput } = library.lib;
  const outdir = mkdtempSync(join(tmpdir(), "bench-"));
  // The libraries take a stack trace for every token, and ts-node would look each of its lines up.
  Reflect.deleteProperty(Error, "prepareStackTrace");
  const app = new App({ outdir, stackTraces: false });
  if (withAspect) AksNetworkPolicyAspect.applyTo(app, Aspects, { all: "advisory" });
  const stack = stackOf(library, app, "s");
  for (let i = 0; i < clusters; i++) {
    const made = new library.KubernetesCluster(stack, `aks${i}`, {
      ...required,
      name: `aks${i}`,
      networkProfile: {
        networkPlugin: "azure",
        ...(i % 100 === 0 ? {} : { networkDataPlane: "cilium", networkPolicy: "cilium" }),
      },
    });
    if (i % 10 === 0) new TerraformOutput(stack, `id${i}`, { value: made.id });
  }
  (globalThis as { gc?: () => void }).gc?.();
  const before = process.cpuUsage();
  app.synth();
  const { user, system } = process.cpuUsage(before);
  rmSync(outdir, { recursive: true });
  return (user + system) / 1000;
}

/** The same in a process of its own. */
function cpuOf({ name }: Library, clusters: number, withAspect: boolean): number {
  const args = ["measure", name, String(clusters), withAspect ? "with" : "without"];
  const { stdout, stderr } = spawnSync(process.execPath, [...process.execArgv, __filename, ...args], {
    encoding: "utf8",
  });
  const cpu = Number(stdout);
  if (!(cpu > 0)) throw new Error(stderr);
  return cpu;
}

function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted[Math.floor(sorted.length / 2)];
  if (middle === undefined) throw new Error("no runs");
  return middle;
}

function main(): void {
  const [pairs = 9, ...given] = process.argv.slice(2).map(Number);
  const sizes = given.length > 0 ? given : [1000, 5000];
  if (![pairs, ...sizes].every((each) => Number.isInteger(each) && each > 0))
    throw new Error("usage: npm run bench:synth [-- PAIRS [CLUSTERS...]]");

  console.log(`app.synth(), medians of ${pairs} interleaved pairs, Node ${process.versions.node}:\n`);
  console.log("| library | clusters | CPU ms without | CPU ms with | ratio, paired |");
  console.log("| --- | --- | --- | --- | --- |");
  const ratios: number[] = [];
  for (const library of libraries) {
    for (const clusters of sizes) {
      const runs = Array.from({ length: pairs }, (_, i) => {
        const first = cpuOf(library, clusters, i % 2 === 0);
        const second = cpuOf(library, clusters, i % 2 !== 0);
        return i % 2 === 0 ? { withAspect: first, without: second } : { withAspect: second, without: first };
      });
      const ratio = median(runs.map(({ withAspect, without }) => withAspect / without));
      ratios.push(ratio);
      const without = median(runs.map((run) => run.without)).toFixed(0);
      const withAspect = median(runs.map((run) => run.withAspect)).toFixed(0);
      console.log(`| ${library.name} | ${clusters} | ${without} | ${withAspect} | ${ratio.toFixed(3)} |`);
    }
  }
  const worst = Math.max(...ratios);
  const kept = worst <= goal;
  console.log(
    `\n${kept ? "Kept" : "MISSED"}: at most ${goal} times the CPU without an Aspect; the worst is ${worst.toFixed(3)}.`,
  );
  process.exitCode = kept ? 0 : 1;
}

const [command, name, clusters, how] = process.argv.slice(2);
if (command === "measure") {
  const library = libraries.find((each) => each.name === name);
  if (library === undefined) throw new Error("no such library");
  console.log(measure(library, Number(clusters), how === "with"));
} else {
  main();
}
