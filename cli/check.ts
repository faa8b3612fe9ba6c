import { appendFileSync, writeFileSync } from "node:fs";
import { circumstancesOf } from "../shared/findings/judgement";
import type { NamedDocument } from "../shared/findings/judged-documents";
import { judgeDocuments } from "../shared/findings/judged-documents";
import { noteMessage } from "../shared/messages/document-notes";
import type { Report } from "../shared/messages/report";
import { reportOf } from "../shared/messages/reporting";
import { visible } from "../shared/messages/visible";
import type { Policy } from "../shared/policy/configuration";
import { ruleNames } from "../shared/rules";
import { counted } from "../shared/rules/wording";
import type { CheckArguments, Output } from "./arguments";
import { checkArguments } from "./arguments";
import { policyIn } from "./configuration-file";
import type { ExitCode } from "./exit-codes";
import { exitCodes } from "./exit-codes";
import type { PageOfRule } from "./explain";
import type { FormatOptions } from "./formats";
import { formatted } from "./formats";
import type { Inputs } from "./inputs";
import { readInputs } from "./inputs";
import { Places } from "./places";
import { Progress } from "./progress";
import type { Streams } from "./streams";

/** Judges what files hold, and prints it. `today` is the day of the judgement. */
export async function check(
  args: readonly string[],
  streams: Streams,
  pageOfRule: PageOfRule,
  today: Date,
): Promise<ExitCode> {
  const asked = checkArguments(args);
  const policy = policyIn(asked.config);
  const progress = new Progress(streams);
  const inputs = await readInputs(asked, (file) => {
    progress.at(file);
  });
  progress.end();
  const documents = inputs.all.map(({ document, stack }): NamedDocument => ({ ...document, stack }));
  const judged = judgeDocuments(
    documents,
    policy,
    circumstancesOf(policy, () => today),
  );
  const places = new Places(inputs.all, asked.root);
  const report = reportOf(documents, judged, {
    today,
    policy,
    files: inputs.all.map(({ file }) => file),
    unreadable: inputs.unreadable,
    locate: (input, place) => places.locate(input, place),
  });
  tell(inputs, report, asked, streams);
  const options = { pageOfRule, withExempted: asked.sarifExempted };
  const areWritten = asked.outputs
    .map((output) => write(output, report, options, streams))
    .every((isWritten) => isWritten);
  if (inputs.unreadable.length > 0 || !areWritten) return exitCodes.notChecked;
  return exitCodeOf(report, policy, asked);
}

/** What is no result goes to standard error. */
function tell(
  { unreadable, passedOver }: Inputs,
  report: Report,
  { outputs }: CheckArguments,
  { error }: Streams,
): void {
  for (const { file, reason } of unreadable) error(`${visible(file)}: ${reason}\n`);
  if (passedOver > 0) error(`${counted(passedOver, "file")} passed over: none of the kinds that are read.\n`);
  for (const { file, notes } of report.inputs)
    for (const note of notes) error(`${visible(file ?? "the document")}: ${noteMessage(note)}\n`);
  const inSources = outputs.find(({ format }) => format === "sarif" || format === "gitlab")?.format;
  const placeless = report.clusters.filter(
    ({ location, findings }) => location === null && findings.length > 0,
  );
  if (inSources !== undefined && placeless.length > 0)
    error(
      `${inSources}: no source line is known for the findings of ${counted(placeless.length, "cluster")}, so they are shown at the file that was checked. For a plan, a state or a Pulumi stack, --root names the sources.\n`,
    );
}

function write(
  { format, file }: Output,
  report: Report,
  options: Omit<FormatOptions, "colors">,
  { out, error, colors, stepSummary }: Streams,
): boolean {
  const text = formatted(format, report, { ...options, colors: colors && file === undefined });
  if (file !== undefined)
    return isDone(
      file,
      () => {
        writeFileSync(file, text);
      },
      error,
    );
  out(text);
  if (format !== "github" || stepSummary === undefined) return true;
  const summary = formatted("markdown", report, { ...options, colors: false });
  return isDone(
    stepSummary,
    () => {
      appendFileSync(stepSummary, summary);
    },
    error,
  );
}

function isDone(file: string, writing: () => void, error: Streams["error"]): boolean {
  try {
    writing();
    return true;
  } catch {
    error(`${visible(file)}: It cannot be written.\n`);
    return false;
  }
}

function exitCodeOf(report: Report, policy: Policy, { allowNone, failOnWarning }: CheckArguments): ExitCode {
  const findings = report.clusters.flatMap((cluster) => cluster.findings);
  const notes = report.inputs.flatMap((input) => input.notes);
  // An exemption is an organisation's word that the cluster may stay as it is.
  const hasWarnings =
    notes.length > 0 || report.unusedExemptions.length > 0 || findings.some(({ kind }) => kind !== "exempt");
  if (findings.some(({ level }) => level === "error")) return exitCodes.findings;
  if (failOnWarning && hasWarnings) return exitCodes.findings;
  if (notes.length > 0 && unknownFails(policy)) return exitCodes.findings;
  return report.clusters.length === 0 && !allowNone ? exitCodes.nothingFound : exitCodes.clean;
}

/** What a document does not show is unknown, as much as a value is. */
function unknownFails({ levels, options }: Policy): boolean {
  return ruleNames.some((name) => {
    const ofRule = options[name];
    return (
      levels[name] !== "disabled" &&
      levels[name] !== "advisory" &&
      "unknown" in ofRule &&
      ofRule.unknown === "fail"
    );
  });
}
