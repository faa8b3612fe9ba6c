import { appendFileSync } from "node:fs";
import { nextBaseline } from "../shared/messages/baselined";
import { scopeOf } from "../shared/messages/fingerprints";
import type { Report } from "../shared/messages/report";
import { reportOf } from "../shared/messages/reporting";
import type { Policy } from "../shared/policy/configuration";
import { ruleNames } from "../shared/rules";
import { counted } from "../shared/rules/wording";
import type { CheckArguments, Output } from "./arguments";
import { checkArguments } from "./arguments";
import { baselineFor, writeBaseline } from "./baseline-file";
import { Unusable, policyIn } from "./configuration-file";
import type { ExitCode } from "./exit-codes";
import { exitCodes } from "./exit-codes";
import type { PageOfRule } from "./explain";
import { formatted } from "./formats";
import { markdown } from "./formats/markdown";
import type { FormatOptions } from "./formats/options";
import { judgedInputs } from "./judged-inputs";
import { Places } from "./places";
import type { Streams } from "./streams";
import { isWritten } from "./text-file";

/** Checks files and prints the result. `today` is the date of the check. */
export async function check(
  args: readonly string[],
  streams: Streams,
  pageOfRule: PageOfRule,
  today: Date,
): Promise<ExitCode> {
  const asked = checkArguments(args);
  const policy = policyIn(asked.config);
  if (ruleNames.every((name) => policy.levels[name] === "disabled"))
    throw new Unusable("The configuration disables every rule: there is nothing to check.");
  const known = baselineFor(asked, today);
  const { inputs, documents, judged } = await judgedInputs(asked, policy, streams, today);
  const files = inputs.all.map(({ file }) => file);
  const places = new Places(inputs.all, asked.root);
  const report = reportOf(documents, judged, {
    today,
    policy,
    files,
    unreadable: inputs.unreadable,
    locate: (input, place) => places.locate(input, place),
    baseline: known && { known, takesNew: asked.writeBaseline !== undefined },
  });
  warnOfMissingPlaces(report, asked, streams);
  const shows = !asked.quiet ? "everything" : asked.failOnWarning ? "warnings" : "errors";
  const notesFail = unknownFails(policy);
  const options = { pageOfRule, withExempted: asked.sarifExempted, notesFail, shows } as const;
  const areWritten = asked.outputs
    .map((output) => write(output, report, options, streams))
    .every((isDone) => isDone);
  const isChecked = inputs.unreadable.length === 0 && areWritten;
  const code = isChecked ? exitCodeOf(report, policy, asked) : exitCodes.notChecked;
  if (asked.writeBaseline === undefined || known === undefined) return code;
  const scopes = documents.map((document, i) => scopeOf(document, files[i]));
  const next = nextBaseline(report, scopes, known, asked.owner ?? known.owner);
  return writeBaseline(asked.writeBaseline, code, { report, known, next }, streams);
}

/** Some formats need a repository file for each finding. */
function warnOfMissingPlaces(report: Report, { outputs }: CheckArguments, { error }: Streams): void {
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
  streams: Streams,
): boolean {
  const { out, error, colors, stepSummary } = streams;
  const text = formatted(format, report, { ...options, colors: colors && file === undefined });
  if (text === undefined) {
    error(`${format}: not written, because it would report files that could not be read as fine.\n`);
    return false;
  }
  if (file !== undefined) return isWritten(file, text, streams);
  out(text);
  if (format !== "github" || stepSummary === undefined) return true;
  const summary = markdown(report, { ...options, colors: false });
  return isWritten(stepSummary, summary, streams, appendFileSync);
}

function exitCodeOf(report: Report, policy: Policy, { allowNone, failOnWarning }: CheckArguments): ExitCode {
  const findings = report.clusters.flatMap((cluster) => cluster.findings);
  const notes = report.inputs.flatMap((input) => input.notes);
  // An exemption means that the organisation accepts the cluster, so it is not a warning.
  const hasWarnings =
    notes.length > 0 ||
    report.unusedExemptions.length > 0 ||
    report.baseline?.isOld === true ||
    findings.some(({ kind }) => kind !== "exempt");
  if (findings.some(({ level }) => level === "error")) return exitCodes.findings;
  if (failOnWarning && hasWarnings) return exitCodes.findings;
  if (notes.length > 0 && unknownFails(policy)) return exitCodes.findings;
  return report.clusters.length === 0 && !allowNone ? exitCodes.nothingFound : exitCodes.clean;
}

/** What a document does not show is unknown, just like an unknown value. A disabled rule has the default options, by which that does not fail. */
function unknownFails({ levels, options }: Policy): boolean {
  return ruleNames.some((name) => {
    const ofRule = options[name];
    return levels[name] !== "advisory" && "unknown" in ofRule && ofRule.unknown === "fail";
  });
}
