/**
 * The cost of starting each form of the pack, next to other packs: CPU time of its process and wall time from
 * the start until it has answered GetAnalyzerInfo. Runs are interleaved, so that a noisy machine disturbs all
 * alike. The ratios are reliable: they are medians over pairs of neighbouring runs. Needs /proc (Linux).
 *
 * Usage: npm run bench:boot [-- RUNS]. Default: 15 runs. Exits 1 if a form costs more than its goal.
 */
import { join } from "node:path";
import { bootPack } from "../test/engine/analyzer";
import { median } from "./median";

const root = join(__dirname, "..");

interface Subject {
  readonly name: string;
  readonly path: string;
  /** The CPU limit, as a fraction of the baseline's. */
  readonly goal?: number;
}

const comparisonPack: Subject = { name: "an empty pack, JavaScript", path: join(__dirname, "empty-pack") };
const subjects: readonly Subject[] = [
  comparisonPack,
  { name: "this pack, the single file", path: join(root, "dist", "aks-network-policy-pack.cjs"), goal: 0.3 },
  { name: "this pack, the npm package's executable", path: join(root, "dist", "cli", "bin.js") },
  { name: "this pack, as a directory", path: join(root, "pulumi-pack"), goal: 1.05 },
  { name: "an empty pack, TypeScript", path: join(__dirname, "empty-ts-pack") },
  { name: "a typical pack: TypeScript and `@pulumi/azure-native`", path: join(__dirname, "typical-pack") },
];

interface Boot {
  readonly cpu: number;
  readonly wall: number;
}

async function boot({ path }: Subject): Promise<Boot> {
  const booted = await bootPack(path);
  try {
    const cpu = booted.cpu();
    if (cpu === undefined) throw new Error("CPU time is read from /proc, which this system does not have");
    return { cpu: cpu.user + cpu.system, wall: booted.timings.info };
  } finally {
    await booted.stop();
  }
}

async function main(): Promise<void> {
  const runs = Number(process.argv[2] ?? 15);
  if (!Number.isInteger(runs) || runs < 1) throw new Error("usage: npm run bench:boot [-- RUNS]");
  for (const subject of subjects) await boot(subject);
  const rounds: ReadonlyMap<Subject, Boot>[] = [];
  for (let i = 0; i < runs; i++) {
    const round = new Map<Subject, Boot>();
    for (const subject of subjects) round.set(subject, await boot(subject));
    rounds.push(round);
  }

  const medianOf = (subject: Subject, what: keyof Boot): number =>
    median(rounds.map((round) => round.get(subject)?.[what] ?? NaN));
  const ratioOf = (subject: Subject, what: keyof Boot): number =>
    median(
      rounds.map((round) => (round.get(subject)?.[what] ?? NaN) / (round.get(comparisonPack)?.[what] ?? NaN)),
    );

  console.log(
    `Start until the policies are known, medians of ${runs} interleaved runs, Node ${process.versions.node}:\n`,
  );
  console.log("| pack | CPU, ms | clock, ms | CPU, ratio | clock, ratio |");
  console.log("| --- | --- | --- | --- | --- |");
  for (const subject of subjects) {
    const absolute = [medianOf(subject, "cpu"), medianOf(subject, "wall")].map((ms) => ms.toFixed(0));
    const ratios = [ratioOf(subject, "cpu"), ratioOf(subject, "wall")].map((ratio) => ratio.toFixed(2));
    console.log(`| ${[subject.name, ...absolute, ...ratios].join(" | ")} |`);
  }
  console.log("");
  for (const subject of subjects) {
    if (subject.goal === undefined) continue;
    const ratio = ratioOf(subject, "cpu");
    const kept = ratio <= subject.goal;
    if (!kept) process.exitCode = 1;
    console.log(
      `${kept ? "Kept" : "MISSED"}: ${subject.name}, at most ${subject.goal} of the CPU of ${comparisonPack.name}: ${ratio.toFixed(3)}.`,
    );
  }
}

void main();
