/**
 * The cost that the Aspect adds to a synthesis, on both libraries: for apps with clusters, and for apps with
 * other resources only. Every measurement is the first synthesis of a new process, because that is what users
 * run, and because the libraries keep every token that they ever create.
 *
 * On a shared machine two runs of the same app differ by a fifth, far more than the cost of the Aspect. So
 * the ratio is computed within each run: the whole of `app.synth()` divided by the same without the time
 * spent in the Aspect. The result is the median of all runs. It leaves out what the libraries do for any
 * Aspect (for each construct they record that it was called, a quarter of a percent) and the later collection
 * of the Aspect's garbage. Interleaved runs without any Aspect are printed next to it.
 *
 * HCL is read while the library produces it, so the time in the Aspect cannot be separated: there the ratio
 * is that of the medians with and without it, and as noisy as the machine.
 *
 * Usage: npm run bench:synth [-- RUNS [SIZES...]]. A size is a number of clusters (1000), with one node pool
 * in the app (1000-pool) or one for each cluster, one in ten Windows (1000-pools), or of other resources
 * (20000-others), and may end in -hcl. Default: 10 runs of all of these. Exits 1 if a ratio is above its
 * goal.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TerraformStack } from "cdktf";
import { ResourceGroup as CdktfResourceGroup } from "@cdktf/provider-azurerm/lib/resource-group";
import { ResourceGroup as CdktnResourceGroup } from "@cdktn/provider-azurerm/lib/resource-group";
import { AksNetworkPolicyAspect } from "../cdktf-aspect";
import { Synthesis } from "../cdktf-aspect/synthesis";
import type { Library } from "../test/support/terraform";
import { libraries, required, stackOf } from "../test/support/terraform";
import { median } from "./median";

interface Size {
  readonly count: number;
  readonly of: "clusters" | "clusters, one pool" | "clusters, a pool each" | "other resources";
  readonly hcl: boolean;
}

const kinds = {
  "": "clusters",
  "-pool": "clusters, one pool",
  "-pools": "clusters, a pool each",
  "-others": "other resources",
} as const;
const goals = {
  clusters: 1.02,
  "clusters, one pool": 1.03,
  "clusters, a pool each": 1.03,
  "other resources": 1.01,
} as const;
const goalOfHcl = 1.05;
const everything = [
  "1000",
  "1000-pool",
  "1000-pools",
  "5000",
  "5000-pools",
  "1000-hcl",
  "1000-pools-hcl",
  "20000-others",
];

function sizeOf(text: string): Size {
  const [, count, kind = "", hcl] = /^([1-9]\d*)(-pools?|-others)?(-hcl)?$/.exec(text) ?? [];
  if (count === undefined) throw new Error("usage: npm run bench:synth [-- RUNS [SIZES...]]");
  return { count: Number(count), of: kinds[kind as keyof typeof kinds], hcl: hcl !== undefined };
}

/** Clusters of twenty kinds, nearly all of which pass. */
function makeClusters(library: Library, stack: TerraformStack, { count, of }: Size): void {
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
    if (of === "clusters" || (of === "clusters, one pool" && i > 0)) continue;
    new library.KubernetesClusterNodePool(stack, `pool${i}`, {
      name: `pool${i}`,
      vmSize: "Standard_D4s_v5",
      kubernetesClusterId: made.id,
      nodeCount: 3,
      osType: i % 10 === 0 ? "Windows" : "Linux",
    });
  }
}

function makeOthers({ name }: Library, stack: TerraformStack, { count }: Size): void {
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

/**
 * Measures the time spent where the libraries call the Aspect: for every construct, and in the custom
 * synthesis, except for the rendering, which replaces the library's own. Returns a function that returns the
 * total.
 */
function timeInAspect(): () => number {
  const spent = { visit: 0, run: 0 };
  const clocked = (prototype: object, name: keyof typeof spent, argsOf = (args: unknown[]) => args): void => {
    const enter: unknown = Reflect.get(prototype, name);
    if (typeof enter !== "function") throw new Error(`no method ${name} to measure`);
    Reflect.set(prototype, name, function (this: unknown, ...args: unknown[]): unknown {
      const start = performance.now();
      try {
        return Reflect.apply(enter, this, argsOf(args)) as unknown;
      } finally {
        spent[name] += performance.now() - start;
      }
    });
  };
  clocked(AksNetworkPolicyAspect.prototype, "visit");
  clocked(Synthesis.prototype, "run", ([output, render]) => [
    output,
    () => {
      const start = performance.now();
      const result = (render as () => unknown)();
      spent.run -= performance.now() - start;
      return result;
    },
  ]);
  return () => {
    if (spent.visit === 0 || spent.run === 0) throw new Error("the Aspect was never called");
    return spent.visit + spent.run;
  };
}

/** Synthesizes an app of this size in this process. */
function measure(library: Library, size: Size, withAspect: boolean): Measured {
  const { App, Aspects } = library.lib;
  const outdir = mkdtempSync(join(tmpdir(), "bench-"));
  if (size.hcl) process.env["SYNTH_HCL_OUTPUT"] = "true";
  // The libraries take a stack trace for every token, and ts-node would map each of its lines.
  Reflect.deleteProperty(Error, "prepareStackTrace");
  // Creating the app is not measured, and stack traces would take most of its time.
  const captureStackTrace = Error.captureStackTrace.bind(Error);
  Error.captureStackTrace = () => undefined;
  const app = new App({ outdir, stackTraces: false });
  const inAspect = withAspect ? timeInAspect() : () => 0;
  if (withAspect) AksNetworkPolicyAspect.applyTo(app, Aspects, { all: "advisory" });
  const stack = stackOf(library, app, "s");
  (size.of === "other resources" ? makeOthers : makeClusters)(library, stack, size);
  Error.captureStackTrace = captureStackTrace;
  (globalThis as { gc?: () => void }).gc?.();
  const start = performance.now();
  app.synth();
  const whole = performance.now() - start;
  rmSync(outdir, { recursive: true });
  return { whole, inAspect: inAspect() };
}

/** The same in a new process. */
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
  const sizes = (given.length > 0 ? given : everything).map((text) => ({
    text,
    ...sizeOf(text),
  }));

  console.log(`app.synth(), medians of ${runs} runs in ms, Node ${process.versions.node}:\n`);
  console.log("| library | app | without any Aspect, from–to | with | in the Aspect | ratio, from–to |");
  console.log("| --- | --- | --- | --- | --- | --- |");
  let kept = true;
  for (const library of libraries) {
    for (const { text, count, of, hcl } of sizes) {
      const withIt: Measured[] = [];
      const without: number[] = [];
      for (let i = 0; i < runs; i++) {
        withIt.push(measureApart(library, text, true));
        without.push(measureApart(library, text, false).whole);
      }
      const ratios = withIt.map(({ whole, inAspect }) => whole / (whole - inAspect));
      const ratio = hcl ? median(withIt.map(({ whole }) => whole)) / median(without) : median(ratios);
      kept &&= ratio <= (hcl ? goalOfHcl : goals[of]);
      const cells = [
        library.name,
        `${count} ${of}${hcl ? ", HCL" : ""}`,
        `${median(without).toFixed(0)}, ${spread(without, 0)}`,
        median(withIt.map(({ whole }) => whole)).toFixed(0),
        median(withIt.map(({ inAspect }) => inAspect)).toFixed(1),
        `${ratio.toFixed(3)}, ${spread(ratios, 3)}`,
      ];
      console.log(`| ${cells.join(" | ")} |`);
    }
  }
  const goal = Object.entries(goals).map(([of, each]) => `${each} for ${of}`);
  console.log(`\n${kept ? "Kept" : "MISSED"}: at most ${goal.join(", ")}, HCL ${goalOfHcl}.`);
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
