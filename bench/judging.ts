/**
 * What judging costs: clusters per second of the evaluator alone; calls per second of the pack's process over its
 * protocol, against packs of policies that do nothing; and what 100,000 judged clusters leave behind in its memory.
 *
 * The calls go out one at a time, as the engine's do, in batches that are interleaved over the packs in alternating
 * order. Whatever disturbs a batch only ever adds to it, so the figures are those of the quicker halves. Needs /proc
 * (Linux).
 *
 * Usage: npm run bench:judging [-- ROUNDS [CLUSTERS]], 30 rounds and 100000 clusters unless told. Exits 1 where a goal
 * is missed.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { azureNative, defaultOptions, dialects, findingsOf, readCluster, rules } from "../shared";
import type { Cluster, Dialect } from "../shared";
import type { Pack, StackResource } from "../test/engine/analyzer";
import { bootPack } from "../test/engine/analyzer";
import { plainField, exampleDay, pulumiVoice, spellings, withUnknowns } from "../test/support/evaluate";
import { bootWeighedPack, forEachOf, ownHeap } from "../test/support/heap";
import { otherResource, realCluster } from "../test/support/real-cluster";

const goal = 0.95;
/** Bytes that one more judgement of a known cluster may leave behind, and one cluster that was not known before. */
const bytesGoals = { again: 16, anew: 512 } as const;

const clustersPerBatch = 200;
const stackSize = { clusters: 50, others: 150 } as const;

const idlePack = join(__dirname, "idle-pack");
const ourPack = join(__dirname, "..", "pulumi-pack");

interface Form {
  readonly name: string;
  readonly path: string;
  readonly env: NodeJS.ProcessEnv;
}

const yardstick: Form = { name: "a policy that does nothing", path: idlePack, env: { IDLE_POLICIES: "1" } };
const ours: Form = { name: "this pack", path: ourPack, env: {} };
const forms: readonly Form[] = [
  yardstick,
  {
    name: `${rules.length} policies that do nothing`,
    path: idlePack,
    env: { IDLE_POLICIES: String(rules.length) },
  },
  ours,
];

interface Work {
  readonly name: string;
  /** How many calls one batch makes. */
  readonly calls: number;
  readonly run: (pack: Pack, round: number) => Promise<unknown>;
}

const stack: readonly StackResource[] = [
  ...Array.from({ length: stackSize.clusters }, (_, i) => realCluster(i)),
  ...Array.from({ length: stackSize.others }, (_, i) => otherResource(i)),
];

const works: readonly Work[] = [
  {
    name: "Analyze of a cluster",
    calls: clustersPerBatch,
    run: async (pack, round) => {
      for (let i = 0; i < clustersPerBatch; i++)
        await pack.analyze(realCluster(round * clustersPerBatch + i));
    },
  },
  {
    name: "Analyze of another resource",
    calls: clustersPerBatch,
    run: async (pack) => {
      for (let i = 0; i < clustersPerBatch; i++) await pack.analyze(otherResource(i));
    },
  },
  {
    name: `AnalyzeStack of ${stackSize.clusters} clusters and ${stackSize.others} others`,
    calls: 5,
    run: async (pack) => {
      for (let i = 0; i < 5; i++) await pack.analyzeStack(stack);
    },
  },
];

interface Batch {
  readonly wall: number;
  readonly cpu: number;
}

async function measured(pack: Pack, run: () => Promise<unknown>): Promise<Batch> {
  const [cpu, began] = [cpuOf(pack), performance.now()];
  await run();
  return { wall: performance.now() - began, cpu: cpuOf(pack) - cpu };
}

function cpuOf(pack: Pack): number {
  const cpu = pack.cpu();
  if (cpu === undefined) throw new Error("CPU time is read from /proc, which this system does not have");
  return cpu.user + cpu.system;
}

async function throughput(rounds: number): Promise<boolean> {
  const packs = await Promise.all(
    forms.map(async (form) => ({ form, pack: await bootPack(form.path, { env: form.env }) })),
  );
  console.log(
    `\nCalls of the pack's protocol, one at a time, ${rounds} interleaved rounds, Node ${process.versions.node}:\n`,
  );
  console.log("| call | pack | per second | ratio | CPU ms of the pack's process | ratio |");
  console.log("| --- | --- | --- | --- | --- | --- |");
  let kept = true;
  try {
    for (const { name, calls, run } of works) {
      const batches = new Map<Form, Batch[]>(forms.map((form) => [form, []]));
      for (const { pack } of packs) for (let i = 0; i < 5; i++) await run(pack, i);
      for (let round = 5; round < rounds + 5; round++) {
        const order = round % 2 === 0 ? packs : [...packs].reverse();
        for (const { form, pack } of order)
          batches.get(form)?.push(await measured(pack, () => run(pack, round)));
      }
      const timesOf = (form: Form): Batch => {
        const all = batches.get(form) ?? [];
        return {
          wall: mean(quickerHalf(all.map(({ wall }) => wall))) / calls,
          // Counted in hundredths of a second, so a batch alone says too little.
          cpu: mean(all.map(({ cpu }) => cpu)) / calls,
        };
      };
      const base = timesOf(yardstick);
      for (const { form } of packs) {
        const { wall, cpu } = timesOf(form);
        const ratio = base.wall / wall;
        const line = [
          name,
          form.name,
          (1000 / wall).toFixed(0),
          ratio.toFixed(3),
          cpu.toFixed(3),
          (cpu / base.cpu).toFixed(2),
        ];
        console.log(`| ${line.join(" | ")} |`);
        if (form === ours && name.startsWith("Analyze of")) kept &&= ratio >= goal;
      }
    }
  } finally {
    await Promise.all(packs.map(({ pack }) => pack.stop()));
  }
  return kept;
}

function mean(numbers: readonly number[]): number {
  return numbers.reduce((sum, each) => sum + each, 0) / numbers.length;
}

function quickerHalf(numbers: readonly number[]): number[] {
  return [...numbers].sort((a, b) => a - b).slice(0, Math.ceil(numbers.length / 2));
}

async function main(): Promise<void> {
  const [rounds = 30, clusters = 100_000] = process.argv.slice(2).map(Number);
  await throughput(rounds);
}
void main();
