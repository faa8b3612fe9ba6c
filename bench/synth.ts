/**
 * What the Aspect adds to a synthesis, on both libraries: for apps of clusters, and for apps of resources that are none.
 * Every measurement is the first synthesis of a process of its own, as a user's is, and because the libraries keep every
 * token that they ever made.
 *
 * Two runs of the same app differ by a fifth on a shared machine, by far more than the Aspect takes. So the ratio is
 * taken within each run: the whole of `app.synth()` by what is left of it without the time spent in the Aspect, and of
 * all runs the median counts. It leaves out what the libraries do for any Aspect (for each construct they note that it
 * was called, a quarter of a percent) and what collecting the Aspect's garbage takes later. Interleaved runs without any
 * Aspect stand beside it.
 *
 * Usage: npm run bench:synth [-- RUNS [SIZES...]], where a size is a number of clusters (1000) or of other resources
 * (20000-others); 10 runs of 1000, 5000 and 20000-others unless told. Exits 1 where a ratio is above its goal.
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
import { median } from "./median";

interface Size {
  readonly count: number;
  readonly of: "clusters" | "other resources";
}

const goals = { clusters: 1.03, "other resources": 1.02 } as const;

function sizeOf(text: string): Size {
  const [, count, others] = /^([1-9]\d*)(-others)?$/.exec(text) ?? [];
  if (count === undefined) throw new Error("usage: npm run bench:synth [-- RUNS [SIZES...]]");
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

/** Milliseconds. */
interface Measured {
  readonly whole: number;
  readonly inAspect: number;
}

/** Where the libraries enter the Aspect: for every construct, for the judgement, and with what is written. */
const entrances: readonly (readonly [prototype: object, method: string])[] = [
  [AksNetworkPolicyAspect.prototype, "visit"],
  [AksNetworkPolicyAspect.prototype, "judge"],
];

/** Keeps the time spent in each of the entrances. Answers how to ask for their sum. */
function clockEntrances(): () => number {
  const spent = entrances.map(([prototype, method], i) => {
    const enter: unknown = Reflect.get(prototype, method);
    if (typeof enter !== "function") throw new Error(`no method ${method} to measure`);
    Reflect.set(prototype, method, function (this: unknown, ...args: unknown[]): unknown {
      const start = performance.now();
      try {
        return Reflect.apply(enter, this, args) as unknown;
      } finally {
        spent[i] = (spent[i] ?? 0) + performance.now() - start;
      }
    });
    return 0;
  });
  return () => {
    const unused = entrances.filter((_, i) => !((spent[i] ?? 0) > 0));
    if (unused.length > 0) throw new Error(`never called: ${unused.map(([, method]) => method).join(", ")}`);
    return spent.reduce((sum, each) => sum + each, 0);
  };
}

/** Synthesises an app of this size; in this process. */
function measure(library: Library, size: Size, withAspect: boolean): Measured {
  const { App, Aspects } = library.lib;
  const outdir = mkdtempSync(join(tmpdir(), "bench-"));
  // The libraries take a stack trace for every token, and ts-node would look each of its lines up.
  Reflect.deleteProperty(Error, "prepareStackTrace");
  // While the app is made, which is not measured, they would take most of the time.
  const captureStackTrace = Error.captureStackTrace.bind(Error);
  Error.captureStackTrace = () => undefined;
  const app = new App({ outdir, stackTraces: false });
  const inAspect = withAspect ? clockEntrances() : () => 0;
  if (withAspect) AksNetworkPolicyAspect.applyTo(app, Aspects, { all: "advisory" });
  const stack = stackOf(library, app, "s");
  (size.of === "clusters" ? makeClusters : makeOthers)(library, stack, size.count);
  Error.captureStackTrace = captureStackTrace;
  (globalThis as { gc?: () => void }).gc?.();
  const start = performance.now();
  app.synth();
  const whole = performance.now() - start;
  rmSync(outdir, { recursive: true });
  return { whole, inAspect: inAspect() };
}

/** The same in a process of its own. */
function measureApart({ name }: Library, size: string, withAspect: boolean): Measured {
  const args = ["measure", name, size, withAspect ? "with" : "without"];
  const { stdout, stderr, status } = spawnSync(process.execPath, [...process.execArgv, __filename, ...args], {
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as Measured;
}

function main([runsGiven = "10", ...given]: readonly string[]): void {
  const runs = sizeOf(runsGiven).count;
  const sizes = (given.length > 0 ? given : ["1000", "5000", "20000-others"]).map((text) => ({
    text,
    ...sizeOf(text),
  }));

  console.log(`app.synth(), medians of ${runs} runs in ms, Node ${process.versions.node}:\n`);
  console.log("| library | app | without any Aspect, from–to | with | in the Aspect | ratio, from–to |");
  console.log("| --- | --- | --- | --- | --- | --- |");
  let kept = true;
  for (const library of libraries) {
    for (const { text, count, of } of sizes) {
      const withIt: Measured[] = [];
      const without: number[] = [];
      for (let i = 0; i < runs; i++) {
        withIt.push(measureApart(library, text, true));
        without.push(measureApart(library, text, false).whole);
      }
      const ratios = withIt.map(({ whole, inAspect }) => whole / (whole - inAspect));
      const ratio = median(ratios);
      kept &&= ratio <= goals[of];
      const cells = [
        library.name,
        `${count} ${of}`,
        `${median(without).toFixed(0)}, ${spread(without, 0)}`,
        median(withIt.map(({ whole }) => whole)).toFixed(0),
        median(withIt.map(({ inAspect }) => inAspect)).toFixed(1),
        `${ratio.toFixed(3)}, ${spread(ratios, 3)}`,
      ];
      console.log(`| ${cells.join(" | ")} |`);
    }
  }
  const goal = Object.entries(goals).map(([of, each]) => `${each} for ${of}`);
  console.log(`\n${kept ? "Kept" : "MISSED"}: at most ${goal.join(", ")}.`);
  process.exitCode = kept ? 0 : 1;
}

function spread(numbers: readonly number[], digits: number): string {
  return `${Math.min(...numbers).toFixed(digits)}–${Math.max(...numbers).toFixed(digits)}`;
}

const [command, name, size = "", how] = process.argv.slice(2);
if (command === "measure") {
  const library = libraries.find((each) => each.name === name);
  if (library === undefined) throw new Error("no such library");
  console.log(JSON.stringify(measure(library, sizeOf(size), how === "with")));
} else {
  main(process.argv.slice(2));
}
