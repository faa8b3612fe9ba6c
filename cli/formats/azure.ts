import type { Report } from "../../shared/messages/report";
import { visible } from "../../shared/messages/visible";
import type { FormatOptions } from "./options";
import type { Result } from "./results";
import { addressedLines, resultsOf } from "./results";
import { summaryLine } from "./summary-line";
import { troublesOf } from "./troubles";

/**
 * Logging commands of Azure Pipelines, which create errors and warnings of a run:
 * https://learn.microsoft.com/azure/devops/pipelines/scripts/logging-commands (read 2026-11-26).
 */
export function azure(report: Report, options: FormatOptions): string {
  const issues = resultsOf(report).map(issueOf);
  const troubles = troublesOf(report, options).map(({ level, text }) => command(level, {}, [text]));
  return [...troubles, ...issues, summaryLine(report), ""].join("\n");
}

function issueOf(result: Result): string {
  const { cluster, finding, file, line } = result;
  const place = cluster.location === null ? {} : { sourcepath: file, linenumber: String(line) };
  return command(finding.level, { ...place, code: finding.rule }, addressedLines(result));
}

function command(
  type: "error" | "warning",
  properties: Readonly<Record<string, string>>,
  lines: readonly string[],
): string {
  const written = Object.entries({ type, ...properties }).map(
    ([key, value]) => `${key}=${escaped(visible(value)).replaceAll(";", "%3B").replaceAll("]", "%5D")}`,
  );
  return `##vso[task.logissue ${written.join(";")}]${lines.map(escaped).join("%0A")}`;
}

/** The agent decodes `%AZP25` to `%`. */
function escaped(text: string): string {
  return text.replaceAll("%", "%AZP25");
}
