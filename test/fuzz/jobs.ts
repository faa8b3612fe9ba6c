import fc from "fast-check";
import { bootClockedPack } from "../support/clocked-pack";
import { libraries } from "../support/terraform";
import type { Command, DocumentTally } from "./documents/check-document";
import { Folder, checkDocument, command, emptyDocumentTally } from "./documents/check-document";
import { hostileDocuments } from "./documents/generate";
import { inputs } from "./generate";
import type { Kind, Tally } from "./invariants";
import { check, emptyTally, kinds } from "./invariants";
import { checkLibrary, checkPack, pulumiInputs, terraformInputs } from "./real-hosts";

/**
 * The stages for inputs: the evaluator and the hosts' readers, the running pack over its protocol, the
 * libraries, or, as hostile documents, the command `check`.
 */
export const stages = ["readers", "pack", "libraries", "documents"] as const;
export type Stage = (typeof stages)[number];

/** A number of inputs generated from one seed, the same everywhere. */
export interface Job {
  readonly stage: Stage;
  readonly seed: number;
  readonly runs: number;
  /** Do not look for the smallest failing input. */
  readonly endOnFailure?: boolean;
}

export type Outcome =
  { readonly tally: Tally; readonly documents?: DocumentTally } | { readonly failure: string };

const batch = 25;

/** @param checking the command that reads the documents */
export async function run(job: Job, checking: Command = command): Promise<Outcome> {
  const tally = emptyTally();
  const parameters = { seed: job.seed, numRuns: job.runs, endOnFailure: job.endOnFailure === true };
  switch (job.stage) {
    case "readers": {
      const property = fc.property(inputs, (input) => {
        check(input, tally);
      });
      return outcome(job, fc.check(property, parameters), tally);
    }
    case "pack": {
      const clocked = await bootClockedPack();
      try {
        const property = fc.asyncProperty(pulumiInputs, (input) => checkPack(clocked, input));
        return outcome(job, await fc.check(property, parameters), tally);
      } finally {
        await clocked.stop();
      }
    }
    case "libraries": {
      const batches = fc.array(terraformInputs, { minLength: batch, maxLength: batch });
      const numRuns = Math.ceil(job.runs / batch / libraries.length);
      for (const library of libraries) {
        const property = fc.property(batches, (each) => {
          checkLibrary(library, each);
        });
        const result = outcome(job, fc.check(property, { ...parameters, numRuns }), tally);
        if ("failure" in result) return result;
      }
      return { tally };
    }
    case "documents": {
      const folder = new Folder();
      const documents = emptyDocumentTally();
      try {
        const property = fc.asyncProperty(hostileDocuments, (each) =>
          checkDocument(each, folder, documents, checking),
        );
        const result = outcome(job, await fc.check(property, parameters), tally);
        return "failure" in result ? result : { tally, documents };
      } finally {
        folder.remove();
      }
    }
  }
}

function outcome<T>(job: Job, details: fc.RunDetails<T>, tally: Tally): Outcome {
  if (!details.failed) return { tally };
  const error: unknown = details.errorInstance;
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return {
    failure: [
      `seed ${job.seed}, ${job.stage}: ${fc.defaultReportMessage(details) ?? ""}`,
      text,
      `Again: npm run fuzz -- --seed ${job.seed} --runs ${job.runs} --stage ${job.stage}`,
    ].join("\n"),
  };
}

function sum<Name extends string>(
  a: Readonly<Partial<Record<Name, number>>>,
  b: Readonly<Partial<Record<Name, number>>>,
): Record<Name, number> {
  const all = { ...a, ...b } as Record<Name, number>;
  for (const name of Object.keys(all) as Name[]) all[name] = (a[name] ?? 0) + (b[name] ?? 0);
  return all;
}

export function addedDocuments(one: DocumentTally, other: DocumentTally): DocumentTally {
  return {
    kinds: sum(one.kinds, other.kinds),
    outcomes: sum(one.outcomes, other.outcomes),
    checked: sum(one.checked, other.checked),
    undecided: one.undecided + other.undecided,
    slowest: one.slowest.ms > other.slowest.ms ? one.slowest : other.slowest,
  };
}

export function added(one: Tally, other: Tally): Tally {
  return {
    kinds: sum(one.kinds, other.kinds),
    undecided: one.undecided + other.undecided,
    causes: sum(one.causes, other.causes),
    checked: sum(one.checked, other.checked),
  };
}

/** The minimum share of each kind of outcome: inputs that all have the same outcome prove nothing. */
const least = 0.02;

/** The kinds that are missing or too rare. */
export function tooRare({ kinds: counts }: Tally): readonly Kind[] {
  const all = kinds.reduce((sum, kind) => sum + counts[kind], 0);
  return kinds.filter((kind) => counts[kind] < all * least);
}

/** One line with the number of inputs per outcome. */
export function summary({ kinds: counts }: Tally): string {
  const all = kinds.reduce((sum, kind) => sum + counts[kind], 0);
  const number = (count: number): string => count.toLocaleString("en");
  return `${number(all)} inputs: ${kinds.map((kind) => `${number(counts[kind])} ${kind}`).join(", ")}`;
}

/** One line with the number of documents per outcome. */
export function documentSummary({ outcomes }: DocumentTally): string {
  const all = Object.values(outcomes).reduce((total, each) => total + each, 0);
  const ended = Object.entries(outcomes)
    .map(([name, count]) => `${count.toLocaleString("en")} ${name}`)
    .sort()
    .join(", ");
  return `${all.toLocaleString("en")} hostile documents: ${ended}`;
}
