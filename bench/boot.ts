/**
 * What it costs to start the pack: CPU of its process from the start until it has answered GetAnalyzerInfo, against an
 * empty JavaScript pack started the same way. Runs are interleaved, so that a noisy machine disturbs all alike: trust
 * the ratios. Needs /proc (Linux).
 *
 * Usage: npm run bench:boot [-- RUNS], 15 runs unless told. Exits 1 where the directory form costs more than its goal.
 */
import { join } from "node:path";
import { bootPack } from "../test/engine/analyzer";

const root = join(__dirname, "..");
const yardstick = "an empty JavaScript pack, as a directory";
const ours = "this pack, as a directory";
const subjects: Readonly<Record<string, string>> = {
  [yardstick]: join(__dirname, "empty-pack"),
  [ours]: join(root, "pulumi-pack"),
  "this pack, as an executable file": join(root, "dist", "pulumi-pack", "bin.js"),
};
const goal = 1.1;

interface Boot {
  readonly cpu: number;
  readonly wall: number;
}

async function boot(pack: string): Promise<Boot> {
  const booted = await bootPack(pack);
  try {
    const cpu = booted.cpu();
    if (cpu === undefined) throw new Error("CPU time is read from /proc, which this system does not have");
    return { cpu: cpu.user + cpu.system, wall: booted.timings.info };
  } finally {
    await booted.stop();
  }
}

function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted[Math.floor(sorted.length / 2)];
  if (middle === undefined) throw new Error("no runs");
  return middle;
}

async function main(): Promise<void> {
  const runs = Number(process.argv[2] ?? 15);
  if (!Number.isInteger(runs) || runs < 1) throw new Error("usage: npm run bench:boot [-- RUNS]");
  const boots = new Map<string, Boot[]>(Object.keys(subjects).map((name) => [name, []]));
  for (const pack of Object.values(subjects)) await boot(pack);
  for (let i = 0; i < runs; i++) {
    for (const [name, pack] of Object.entries(subjects)) boots.get(name)?.push(await boot(pack));
  }

  const base = boots.get(yardstick) ?? [];
  console.log(
    `Boot until the policies are known, medians of ${runs} interleaved runs, Node ${process.versions.node}:\n`,
  );
  console.log("| pack | CPU ms | wall ms | CPU ratio, paired |");
  console.log("| --- | --- | --- | --- |");
  const ratios = new Map<string, number>();
  for (const [name, all] of boots) {
    const ratio = median(all.map(({ cpu }, i) => cpu / (base[i]?.cpu ?? NaN)));
    ratios.set(name, ratio);
    const cpu = median(all.map((one) => one.cpu)).toFixed(0);
    const wall = median(all.map((one) => one.wall)).toFixed(0);
    console.log(`| ${name} | ${cpu} | ${wall} | ${ratio.toFixed(2)} |`);
  }
  const ratio = ratios.get(ours) ?? NaN;
  const kept = ratio <= goal;
  console.log(
    `\n${kept ? "Kept" : "MISSED"}: at most ${goal} times the CPU of the empty pack; measured ${ratio.toFixed(2)}.`,
  );
  process.exitCode = kept ? 0 : 1;
}

void main();
