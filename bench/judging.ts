import { pulumiDialects } from "../shared/dialects";
import { azureNative } from "../shared/dialects/azure-native";
import type { Dialect } from "../shared/dialects/dialect";
import { findingsOf } from "../shared/findings/judge";
import { readCluster } from "../shared/reading/cluster";
import type { Field } from "../shared/reading/field";
import { fieldsOf } from "../shared/reading/field";
import { defaultOptions, rules } from "../shared/rules";
import type { Pack, StackResource, Value } from "../test/engine/analyzer";
import { bootPack, isSecret, isUnknown } from "../test/engine/analyzer";
import { exampleDay, plainField, spellings } from "../test/support/evaluate";
import { bootWeighedPack, forEachOf, ownHeap } from "../test/support/heap";
import { otherResource, realCluster } from "../test/support/real-cluster";
/**
 * The cost of checking: clusters per second of the evaluator alone; calls per second of the pack's process
 * over its protocol, compared with packs whose policies do nothing; and the memory left behind by 100,000
 * checked clusters.
 *
 * A policy that does nothing answers like any policy that does not concern a resource: "not applicable", as
 * the SDK's own `validateResourceOfType` does; for clusters it reports nothing. The goal is for a whole
 * stack: its clusters and its other resources one by one, and then its end.
 *
 * The calls go out one at a time, as the engine's do, to one pack after another in alternating order.
 * Disturbances only ever make a call slower, so the figures are those of the faster half. Needs /proc
 * (Linux).
 *
 * Usage: npm run bench:judging [-- ROUNDS [CLUSTERS]]. Default: 30 rounds and 100000 clusters. Exits 1 if a
 * goal is missed.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";

const goal = 0.95;
/** Bytes that may be left behind by checking a known cluster again, and by checking a new one. */
const bytesGoals = { again: 16, fresh: 512 } as const;

const stackSize = { clusters: 50, others: 150 } as const;

const idlePack = join(__dirname, "idle-pack");
const ourPack = join(__dirname, "..", "pulumi-pack");

interface Form {
  readonly name: string;
  readonly path: string;
  readonly env: NodeJS.ProcessEnv;
}

const oneIdle: Form = { name: "a policy that does nothing", path: idlePack, env: { IDLE_POLICIES: "1" } };
/**
 * The reference: the SDK decodes every resource again for every policy, so a pack with as many policies
 * cannot be faster than this.
 */
const comparisonPack: Form = {
  name: `${rules.length} policies that do nothing`,
  path: idlePack,
  env: { IDLE_POLICIES: String(rules.length) },
};
const ours: Form = { name: "this pack", path: ourPack, env: {} };
const forms: readonly Form[] = [oneIdle, comparisonPack, ours];

interface Work {
  readonly name: string;
  /** The number of calls to each pack per round. */
  readonly calls: number;
  /** The number of calls per stack. */
  readonly perStack: number;
  readonly call: (pack: Pack, i: number) => Promise<unknown>;
}

const stack: readonly StackResource[] = [
  ...Array.from({ length: stackSize.clusters }, (_, i) => realCluster(i)),
  ...Array.from({ length: stackSize.others }, (_, i) => otherResource(i)),
];

const works: readonly Work[] = [
  {
    name: "Analyze of a cluster",
    calls: 100,
    perStack: stackSize.clusters,
    call: (pack, i) => pack.analyze(realCluster(i % 200)),
  },
  {
    name: "Analyze of another resource",
    calls: 100,
    perStack: stackSize.others,
    call: (pack, i) => pack.analyze(otherResource(i)),
  },
  {
    name: `AnalyzeStack of ${stackSize.clusters} clusters and ${stackSize.others} others`,
    calls: 2,
    perStack: 1,
    call: (pack) => pack.analyzeStack(stack),
  },
];

function cpuOf(pack: Pack): number {
  const cpu = pack.cpu();
  if (cpu === undefined) throw new Error("CPU time is read from /proc, which this system does not have");
  return cpu.user + cpu.system;
}

interface Subject {
  readonly form: Form;
  readonly pack: Pack;
}

interface Cost {
  readonly wall: number;
  readonly cpu: number;
}

/** The cost of one call for each pack, in milliseconds. */
async function measure(
  subjects: readonly Subject[],
  { calls, call }: Work,
  rounds: number,
): Promise<ReadonlyMap<Form, Cost>> {
  for (let i = 0; i < 3 * calls; i++) for (const { pack } of subjects) await call(pack, i);
  const before = new Map(subjects.map(({ form, pack }) => [form, cpuOf(pack)]));
  const walls = new Map<Form, number[]>(subjects.map(({ form }) => [form, []]));
  for (let i = 0; i < rounds * calls; i++) {
    for (const { form, pack } of i % 2 === 0 ? subjects : [...subjects].reverse()) {
      const began = performance.now();
      await call(pack, i);
      walls.get(form)?.push(performance.now() - began);
    }
  }
  return new Map(
    subjects.map(({ form, pack }) => [
      form,
      {
        wall: mean(fasterHalf(walls.get(form) ?? [])),
        cpu: (cpuOf(pack) - (before.get(form) ?? NaN)) / (rounds * calls),
      },
    ]),
  );
}

async function throughput(rounds: number): Promise<boolean> {
  const subjects = await Promise.all(
    forms.map(async (form) => ({ form, pack: await bootPack(form.path, { env: form.env }) })),
  );
  console.log(
    `\nCalls of the pack's protocol, one at a time, ${rounds} rounds, Node ${process.versions.node}:\n`,
  );
  console.log("| call | pack | per second | ratio | CPU ms of the pack's process | ratio |");
  console.log("| --- | --- | --- | --- | --- | --- |");
  const rows = (name: string, costs: ReadonlyMap<Form, Cost>): void => {
    const base = costs.get(comparisonPack) ?? noCost;
    for (const [form, { wall, cpu }] of costs) {
      const figures = [
        (1000 / wall).toPrecision(3),
        (base.wall / wall).toFixed(3),
        cpu.toFixed(3),
        (cpu / base.cpu).toFixed(2),
      ];
      console.log(`| ${[name, form.name, ...figures].join(" | ")} |`);
    }
  };
  const wholeStack = new Map<Form, Cost>();
  try {
    for (const work of works) {
      const costs = await measure(subjects, work, rounds);
      rows(work.name, costs);
      for (const [form, { wall, cpu }] of costs) {
        const before = wholeStack.get(form) ?? noCost;
        wholeStack.set(form, {
          wall: before.wall + work.perStack * wall,
          cpu: before.cpu + work.perStack * cpu,
        });
      }
    }
  } finally {
    await Promise.all(subjects.map(({ pack }) => pack.stop()));
  }
  rows(`The whole stack of ${stackSize.clusters} clusters and ${stackSize.others} others`, wholeStack);
  return (wholeStack.get(comparisonPack) ?? noCost).wall / (wholeStack.get(ours) ?? noCost).wall >= goal;
}

const noCost: Cost = { wall: 0, cpu: 0 };

function mean(numbers: readonly number[]): number {
  return numbers.reduce((sum, each) => sum + each, 0) / numbers.length;
}

function fasterHalf(numbers: readonly number[]): number[] {
  return [...numbers].sort((a, b) => a - b).slice(0, Math.ceil(numbers.length / 2));
}

/**
 * Reads and checks clusters by every rule without any host, for about a second each; prints how many per
 * second.
 */
function evaluatorAlone(): void {
  const examples = rules.flatMap((rule) =>
    rule.examples.flatMap(({ cluster }) => spellings(cluster, pulumiDialects)),
  );
  const real = Array.from({ length: 200 }, (_, i) => realCluster(i).props);
  const kinds: Readonly<Record<string, readonly Judged[]>> = {
    "the rules' worked examples, in every dialect of Pulumi": examples.map(({ spelled, dialect }) => ({
      root: () => plainField(spelled.cluster),
      dialect,
    })),
    "clusters of a hundred properties, one of ten broken": real.map((props) => ({
      root: () => engineField(props),
      dialect: azureNative,
    })),
  };
  console.log(`The evaluator alone, Node ${process.versions.node}:\n`);
  console.log("| clusters | judged per second |");
  console.log("| --- | --- |");
  for (const [name, clusters] of Object.entries(kinds)) {
    const perSecond = Array.from({ length: 10 }, () => {
      const began = performance.now();
      let count = 0;
      for (; performance.now() - began < 200; count += clusters.length)
        for (const each of clusters) judge(each);
      return (1000 * count) / (performance.now() - began);
    });
    console.log(`| ${name} | ${Math.max(...perSecond).toFixed(0)} |`);
  }
}

interface Judged {
  readonly root: () => Field;
  readonly dialect: Dialect;
}

function judge({ root, dialect }: Judged): void {
  const cluster = readCluster(root(), dialect);
  for (const rule of rules)
    findingsOf(rule, { cluster, dialect }, { today: exampleDay, options: defaultOptions });
}

/** Properties as the engine sends them, without its protocol. */
const engineField = fieldsOf((holder, key) => {
  const value = Reflect.get(holder, key) as Value | undefined;
  return isUnknown(value) ? "unknown" : { value: isSecret(value) ? value.value : value };
});

/** Checks this many clusters again and again, and as many new ones. */
async function memory(clusters: number): Promise<boolean> {
  console.log(`\nWhat ${clusters} judged clusters leave behind, in bytes per cluster:\n`);
  console.log("| where | which | heap | goal |");
  console.log("| --- | --- | --- | --- |");
  let kept = true;
  const row = (where: string, which: string, bytes: number, most: number): void => {
    kept &&= bytes <= most;
    console.log(`| ${where} | ${which} | ${bytes.toFixed(1)} | at most ${most} |`);
  };

  const plain = Array.from({ length: 200 }, (_, i) => realCluster(i).props);
  const evaluate = (count: number): void => {
    for (let i = 0; i < count; i++) {
      judge({ root: () => engineField(plain[i % plain.length]), dialect: azureNative });
    }
  };
  evaluate(clusters / 10);
  const own = ownHeap();
  evaluate(clusters);
  row("the evaluator alone", "any", (ownHeap() - own) / clusters, bytesGoals.again);

  const { pack, heap, stop } = await bootWeighedPack(ourPack);
  try {
    await forEachOf(warmUp, (i) => pack.analyze(realCluster(i % 200)));
    const before = await heap();
    await forEachOf(clusters, (i) => pack.analyze(realCluster(i % 200)));
    const again = await heap();
    row("the pack's process", "200, again and again", (again - before) / clusters, bytesGoals.again);
    await forEachOf(clusters, (i) => pack.analyze(realCluster(200 + i)));
    const fresh = await heap();
    row("the pack's process", "each another one", (fresh - again) / clusters, bytesGoals.fresh);
    const rss = /VmHWM:\s*(\d+) kB/.exec(readFileSync(`/proc/${pack.pid}/status`, "utf8"))?.[1];
    console.log(`\nThe pack's process was never larger than ${(Number(rss) / 1024).toFixed(0)} MB.`);
  } finally {
    await stop();
  }
  return kept;
}

/** Calls until the pack's process has compiled and cached everything. */
const warmUp = 2000;

async function main(): Promise<void> {
  const [rounds = 30, clusters = 100_000] = process.argv.slice(2).map(Number);
  if (![rounds, clusters].every((each) => Number.isInteger(each) && each > 0))
    throw new Error("usage: npm run bench:judging [-- ROUNDS [CLUSTERS]]");
  evaluatorAlone();
  const quick = await throughput(rounds);
  const flat = await memory(clusters);
  console.log(
    `\n${quick ? "Kept" : "MISSED"}: whole stacks per second at least ${goal} of ${comparisonPack.name}.`,
  );
  console.log(`${flat ? "Kept" : "MISSED"}: what judged clusters leave behind.`);
  process.exitCode = quick && flat ? 0 : 1;
}

void main();
