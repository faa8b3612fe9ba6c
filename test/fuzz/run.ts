/**
 * A large number of generated inputs: `npm run fuzz -- --seed N --runs M` (default: a million, with a seed
 * from the current day). A tenth of them are hostile documents for `check`, all of them with `--stage
 * documents`. Exits 1 if an invariant is violated, a document takes too long, or the inputs were too similar.
 */
import type { ChildProcess } from "node:child_process";
import { fork } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { emptyTally } from "./invariants";
import type { Job, Outcome, Stage } from "./jobs";
import { emptyDocumentTally } from "./documents/check-document";
import { added, addedDocuments, documentSummary, run, stages, summary, tooRare } from "./jobs";

const shard = 10_000;
const shardOfDocuments = 250;

/** The maximum time of a job with this many documents, in milliseconds, if none of them hangs. */
const patience = 600_000;

function jobsFor(seed: number, runs: number, stage: Stage | undefined): Job[] {
  const few = Math.max(Math.ceil(runs / 200), 100);
  const readers = shards("readers", seed, runs, shard);
  switch (stage) {
    case undefined:
      return [
        { stage: "pack", seed, runs: few },
        { stage: "libraries", seed, runs: few },
        ...shards("documents", seed, Math.ceil(runs / 10), shardOfDocuments),
        ...readers,
      ];
    case "readers":
      return readers;
    case "documents":
      return shards(stage, seed, runs, shardOfDocuments);
    case "pack":
    case "libraries":
      return [{ stage, seed, runs }];
  }
}

function shards(stage: Stage, seed: number, runs: number, size: number): Job[] {
  return Array.from({ length: Math.ceil(runs / size) }, (_, i): Job => ({
    stage,
    seed: seed + i,
    runs: Math.min(size, runs - i * size),
  }));
}

function wholeNumber(text: string | undefined, byDefault: number, name: string): number {
  const value = text === undefined ? byDefault : Number(text);
  if (!Number.isSafeInteger(value) || value < 0)
    throw new Error(`--${name} takes a whole number, not ${text}`);
  return value;
}

/** Hands out the jobs to separate processes, one job at a time, until all are done or one fails. */
async function runAll(jobs: readonly Job[]): Promise<number> {
  const waiting = [...jobs];
  const workers = new Set<ChildProcess>();
  let tally = emptyTally();
  let documents = emptyDocumentTally();
  let failure: string | undefined;
  let done = 0;
  const tenth = Math.max(Math.ceil(jobs.length / 10), 2);
  const began = performance.now();
  const work = (): Promise<void> =>
    new Promise((resolve) => {
      const worker = fork(__filename, ["--worker"], { execArgv: process.execArgv });
      workers.add(worker);
      let watch: NodeJS.Timeout | undefined;
      const next = (): void => {
        clearTimeout(watch);
        const job = failure === undefined ? waiting.shift() : undefined;
        if (job === undefined) {
          worker.disconnect();
          return;
        }
        if (job.stage === "documents")
          watch = setTimeout(() => {
            failure ??= `seed ${job.seed}, documents: no end within ${patience / 1000} s`;
            for (const each of workers) each.kill();
          }, patience);
        worker.send(job);
      };
      worker.on("message", (outcome: Outcome) => {
        if ("failure" in outcome) {
          failure ??= outcome.failure;
          for (const each of workers) each.kill();
        } else {
          tally = added(tally, outcome.tally);
          if (outcome.documents !== undefined) documents = addedDocuments(documents, outcome.documents);
          done += 1;
          if (done % tenth === 0) console.log(`${done} of ${jobs.length} jobs done`);
        }
        next();
      });
      worker.once("exit", (code) => {
        clearTimeout(watch);
        workers.delete(worker);
        if (code !== 0) failure ??= `a worker ended with ${code ?? "a signal"}`;
        resolve();
      });
      next();
    });
  await Promise.all(Array.from({ length: Math.min(availableParallelism(), jobs.length) }, work));
  if (failure !== undefined) {
    console.error(failure);
    return 1;
  }
  for (const { stage, runs } of jobs.filter((job) => job.stage === "pack" || job.stage === "libraries"))
    console.log(
      `${runs.toLocaleString("en")} inputs through ${stage === "pack" ? "the booted pack" : "the libraries"}`,
    );
  const list = (counts: Readonly<Partial<Record<string, number>>>): string =>
    Object.entries(counts)
      .map(([name, count = 0]) => `${name} ${count.toLocaleString("en")}`)
      .sort()
      .join(", ");
  const seconds = Math.round((performance.now() - began) / 1000);
  if (jobs.some(({ stage }) => stage === "documents")) {
    console.log(documentSummary(documents));
    console.log(`documents by kind: ${list(documents.kinds)}`);
    console.log(`checked of documents: ${list(documents.checked)}`);
    console.log(`slowest document: ${Math.round(documents.slowest.ms)} ms (${documents.slowest.what})`);
  }
  if (!jobs.some(({ stage }) => stage === "readers")) {
    console.log(`seed ${jobs[0]?.seed ?? 0}, ${seconds} s`);
    return 0;
  }
  console.log(`causes: ${list(tally.causes)}`);
  console.log(`checked beside the table: ${list(tally.checked)}`);
  console.log(`undecided although every value leads to one verdict: ${tally.undecided.toLocaleString("en")}`);
  const rare = tooRare(tally);
  console.log(`${summary(tally)} (seed ${jobs[0]?.seed ?? 0}, ${seconds} s)`);
  if (rare.length > 0) console.error(`Too few that ${rare.join(", ")}: such inputs prove nothing.`);
  return rare.length > 0 ? 1 : 0;
}

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: { seed: { type: "string" }, runs: { type: "string" }, stage: { type: "string" } },
  });
  const seed = wholeNumber(values.seed, Date.now() % 1_000_000_000, "seed");
  const runs = wholeNumber(values.runs, 1_000_000, "runs");
  const stage = stages.find((each) => each === values.stage);
  if (values.stage !== undefined && stage === undefined)
    throw new Error(`--stage takes one of ${stages.join(", ")}`);
  console.log(`fuzz: seed ${seed}, ${runs.toLocaleString("en")} inputs`);
  // The libraries leave a folder behind for every app.
  const scratch = mkdtempSync(join(tmpdir(), "aks-network-policy-pack-fuzz-"));
  process.env["TMPDIR"] = scratch;
  try {
    return await runAll(jobsFor(seed, runs, stage));
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

if (process.argv.includes("--worker")) {
  process.on("message", (job: Job) => {
    void run(job)
      .catch((error: unknown): Outcome => ({ failure: String(error instanceof Error ? error.stack : error) }))
      .then((outcome) => process.send?.(outcome));
  });
} else {
  void main().then((code) => {
    process.exitCode = code;
  });
}
