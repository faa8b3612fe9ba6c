import { existsSync } from "node:fs";
import type { NextBaseline } from "../shared/messages/baselined";
import type { Report } from "../shared/messages/report";
import { visible } from "../shared/messages/visible";
import type { Baseline } from "../shared/policy/baseline";
import { readBaseline } from "../shared/policy/baseline";
import { counted } from "../shared/rules/wording";
import type { CheckArguments } from "./arguments";
import { Unusable, contentOf } from "./configuration-file";
import type { ExitCode } from "./exit-codes";
import { exitCodes } from "./exit-codes";
import { seen } from "./formats/json";
import type { Streams } from "./streams";
import { isWritten } from "./text-file";

/**
 * The baseline at the start of a run: the named one, else the one about to be overwritten, so that its days
 * are kept. Without findings if it does not exist yet; `undefined` for a run without a baseline.
 */
export function baselineFor(
  { baseline, writeBaseline }: Pick<CheckArguments, "baseline" | "writeBaseline">,
  today: Date,
): Baseline | undefined {
  if (baseline !== undefined) return baselineIn(baseline, today);
  if (writeBaseline === undefined) return undefined;
  if (existsSync(writeBaseline)) return baselineIn(writeBaseline, today);
  return { version: 1, writtenOn: today.toISOString().slice(0, 10), findings: [] };
}

function baselineIn(file: string, today: Date): Baseline {
  const reading = readBaseline(contentOf("baseline", file));
  const day = today.toISOString().slice(0, 10);
  // A baseline dated in the future would not become old until then.
  if (reading.valid && reading.value.writtenOn <= day) return reading.value;
  const found = reading.valid
    ? [`writtenOn is ${reading.value.writtenOn}, after today (${day})`]
    : reading.problems;
  const problems = found.map((each) => `- ${each}`);
  throw new Unusable([`The baseline ${JSON.stringify(file)} is invalid:`, ...problems].join("\n"));
}

/** Writes the next baseline if everything was checked, and prints what is in it. */
export function writeBaseline(
  file: string,
  code: ExitCode,
  { report, known, next }: { readonly report: Report; readonly known: Baseline; readonly next: NextBaseline },
  streams: Streams,
): ExitCode {
  const say = (text: string): void => {
    streams.error(`${visible(file)}: ${text}\n`);
  };
  if (code === exitCodes.notChecked || code === exitCodes.nothingFound) {
    say("Not written, because not everything could be checked or there was no cluster.");
    return code;
  }
  const { baseline, added, kept } = next;
  if (!isWritten(file, baselineText(baseline), streams)) return exitCodes.notChecked;
  const { length } = baseline.findings;
  say(
    `${counted(length, "finding")}: ${added} new, ${length - added - kept} known, ${kept} not judged here. ${known.findings.length + added - length} dropped.`,
  );
  const errors = report.clusters.flatMap(({ findings }) => findings.filter(({ level }) => level === "error"));
  if (errors.length > 0)
    say(
      `${counted(errors.length, "error")} not included: the cluster could not be judged, or an exemption names it.`,
    );
  return code;
}

/** One finding per line, so that a diff of two baselines shows what was added and removed. */
function baselineText({ findings, ...head }: Baseline): string {
  const start = JSON.stringify(head, null, 2).slice(0, -"\n}".length);
  const lines = findings.map((each) => `\n    ${JSON.stringify(each)}`);
  return `${seen(`${start},\n  "findings": [${lines.join(",")}\n  ]\n}`)}\n`;
}
