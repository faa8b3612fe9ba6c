/** Passes a hostile document to the command, and checks every invariant on the result. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { formatNames, formatted } from "../../../cli/formats";
import { main, ownBug } from "../../../cli/main";
import type { Report, ReportedCluster } from "../../../shared/messages/report";
import { expectThat, isNoGreenerThanTheTable } from "../invariants";
import type { Judgement } from "../oracle";
import { factsOf } from "../oracle";
import { processorTimeSince } from "../../support/processor-time";
import { clustersDeclared } from "./declared";
import type { HostileDocument } from "./generate";
import { hasItsShape, isFitToPrint, isNamedLikeTheSecret, keepsTheSecret } from "./printed";

/** The results for the documents. */
export interface DocumentTally {
  readonly kinds: Record<string, number>;
  readonly outcomes: Record<string, number>;
  /** How often each invariant had something to check. */
  readonly checked: Record<string, number>;
  undecided: number;
  slowest: { ms: number; what: string };
}

export function emptyDocumentTally(): DocumentTally {
  return { kinds: {}, outcomes: {}, checked: {}, undecided: 0, slowest: { ms: 0, what: "" } };
}

/**
 * The maximum of the processor's time per document and format, in milliseconds: every kilobyte may add one,
 * because a name of a million hidden characters is escaped in each sentence about it.
 */
export const timeLimit = (bytes: number): number => 2_000 + bytes / 1_000;

export interface Run {
  readonly code: number;
  readonly out: string;
  readonly error: string;
}

/** The command under test; a test of these invariants replaces it with a defective one. */
export type Command = (args: readonly string[], today: Date) => Promise<Run>;

export const command: Command = async (args, today) => {
  const printed = { out: "", error: "" };
  const streams = {
    out: (text: string) => (printed.out += text),
    error: (text: string) => (printed.error += text),
    colors: false,
    isWatched: false,
    stepSummary: undefined,
  };
  const code = await main(args, streams, { path: "./pack", pageOfRule }, today);
  return { code, ...printed };
};

const pageOfRule = (rule: string): string => `page of ${rule}\n`;

/** A folder in which the documents of a run are written, one after the other. */
export class Folder {
  private readonly path = mkdtempSync(join(tmpdir(), "hostile-"));

  write(name: string, content: string | Buffer): string {
    const file = join(this.path, name);
    writeFileSync(file, content);
    return file;
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}

/** Checks all invariants on one document. Throws if one is violated. */
export async function checkDocument(
  hostile: HostileDocument,
  folder: Folder,
  tally: DocumentTally,
  run: Command = command,
): Promise<void> {
  const { way, fileName, bytes, parameters } = hostile;
  const file = folder.write(fileName, bytes);
  const given = parameters === undefined ? [] : ["--parameters", folder.write("parameters.json", parameters)];
  const today = new Date(`${hostile.ask.today}T12:00:00Z`);
  const before = process.cpuUsage();
  const { code, out, error } = await run(
    ["check", file, ...given, ...hostile.options, "--format", "json"],
    today,
  );
  const ran = processorTimeSince(before);
  const report = out === "" ? undefined : (JSON.parse(out) as Report);
  const texts = report === undefined ? [] : textsOf(report);
  // A user prints one format.
  const ms = ran + Math.max(0, ...texts.map((each) => each.ms));
  if (ms > tally.slowest.ms)
    tally.slowest = { ms, what: `${way.name}: ${hostile.mutations.map(({ what }) => what).join(", ")}` };
  const limit = timeLimit(Buffer.byteLength(bytes));
  expectThat(ms < limit, `ends within ${limit} ms`, ms);

  count(tally.kinds, way.kind);
  count(tally.outcomes, outcomeOf(code, report));
  expectThat([0, 1, 2, 3].includes(code), "the exit code is one of the documented ones", code);
  expectThat(!error.includes(ownBug), "never throws", error);
  expectThat(
    report !== undefined || (code === 2 && error !== ""),
    "says why there is no report",
    code,
    error,
  );
  isFitToPrint("standard error", error);
  keepsTheSecretIn("standard error", error, report);
  isFitToPrint("json", out);
  keepsTheSecretIn("json", out, report);
  for (const { name, text } of texts) {
    isFitToPrint(name, text);
    keepsTheSecretIn(name, text, report);
    hasItsShape(name, text);
  }
  if (code !== 2 && report !== undefined) isNotGreen(hostile, report, code, tally);
  if (code === 2) expectThat(hostile.says === undefined, "reads what is whole", error);
}

function textsOf(report: Report) {
  const options = {
    pageOfRule,
    withExempted: true,
    notesFail: false,
    shows: "everything",
    colors: false,
  } as const;
  return formatNames.flatMap((name) => {
    const before = process.cpuUsage();
    const text = formatted(name, report, options);
    return text === undefined ? [] : [{ name, text, ms: processorTimeSince(before) }];
  });
}

function keepsTheSecretIn(name: string, text: string, report: Report | undefined): void {
  if (report === undefined || !isNamedLikeTheSecret(report)) keepsTheSecret(name, text);
}

/** The result is no better than a second reading of the same document allows. */
function isNotGreen(
  hostile: HostileDocument,
  { clusters }: Report,
  code: number,
  tally: DocumentTally,
): void {
  const { way, text, isHopeless, says, ask } = hostile;
  const documents = documentsIn(text);
  expectThat(documents !== undefined, "what is no JSON is not read");
  const counts = documents?.map((each) => clustersDeclared(way.kind, each)) ?? [];
  // A stream is one document, or one per line.
  const declared = Math.max(
    clustersDeclared(way.kind, documents),
    counts.reduce((sum, each) => sum + each, 0),
  );
  if (declared > 0) count(tally.checked, "declared clusters");
  const isWritten = way.kind === "terraform-json" || way.kind === "arm-template";
  expectThat(
    !isWritten || !hasNameTwice(text, documents),
    "what has a name twice is not judged by one of the two",
  );
  expectThat(
    clusters.length >= declared,
    "no declared cluster is left out",
    declared,
    clusters.map(({ address }) => address),
  );
  if (isHopeless) {
    count(tally.checked, "hopeless clusters");
    const green = clusters.find((each) =>
      ["pass", "notice"].includes(each.verdicts["network-policy-configured"]),
    );
    expectThat(green === undefined, "where no engine is named, none is found", green);
  }
  if (says !== undefined) {
    count(tally.checked, "the table");
    expectThat(clusters.length === 1, "finds the one cluster", clusters.length);
    const judgements = clusters.map(judgementOf);
    isNoGreenerThanTheTable(
      judgements[0] ?? "pass",
      factsOf(says, way.spelling),
      { ask, spelling: way.spelling },
      tally,
    );
  }
  const isAllGood = clusters.every((each) => judgementOf(each) !== "fail");
  expectThat((code === 1) === !isAllGood, "the exit code is that of the verdicts", code, clusters);
}

function judgementOf({ verdicts }: ReportedCluster): Judgement {
  const all = Object.values(verdicts);
  if (all.includes("fail")) return "fail";
  return all.includes("unknown") ? "unknown" : "pass";
}

/** The documents of a text: one, or one per line. `undefined` if it is neither. */
function documentsIn(text: string): readonly unknown[] | undefined {
  const whole = text.replace(/^\ufeff/, "");
  try {
    return [JSON.parse(whole) as unknown];
  } catch {
    try {
      const lines = whole.split("\n").filter((line) => line.trim() !== "");
      return lines.map((line) => JSON.parse(line) as unknown);
    } catch {
      return undefined;
    }
  }
}

/** Does the text have more names than the parsed value? */
function hasNameTwice(text: string, parsed: unknown): boolean {
  const written = [...text.matchAll(/"(?:[^"\\]|\\.)*"(\s*:)?/g)].filter(
    ([, colon]) => colon !== undefined,
  ).length;
  let names = 0;
  const waiting: unknown[] = [parsed];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (typeof next !== "object" || next === null) continue;
    if (!Array.isArray(next)) names += Object.keys(next).length;
    for (const each of Object.values(next) as unknown[]) waiting.push(each);
  }
  return written > names;
}

function outcomeOf(code: number, report: Report | undefined): string {
  if (code !== 0) return ["", "findings", "not checked", "no cluster"][code] ?? String(code);
  return report?.clusters.some((each) => judgementOf(each) === "unknown") === true ? "unknown" : "clean";
}

function count(counts: Record<string, number>, name: string): void {
  counts[name] = (counts[name] ?? 0) + 1;
}
