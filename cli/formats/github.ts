import type { Report } from "../../shared/messages/report";
import { visible } from "../../shared/messages/visible";
import type { FormatOptions } from "./options";
import type { Result } from "./results";
import { fileInRepository, linesOf, nameOfInput, resultsOf } from "./results";
import { summaryLine } from "./summary-line";
import { troublesOf } from "./troubles";

/**
 * Annotations of a workflow run. GitHub shows only ten errors and ten warnings per step, so errors come
 * first: https://docs.github.com/actions/reference/workflow-commands-for-github-actions (read 2026-11-26).
 */
export function github(report: Report, options: FormatOptions): string {
  const annotations = resultsOf(report).map(annotationOf);
  const troubles = troublesOf(report, options).map(({ level, file, text }) =>
    command(level, file === undefined ? {} : { file: fileInRepository(nameOfInput({ file })) }, [text]),
  );
  return [...troubles, ...annotations, summaryLine(report), ""].join("\n");
}

function annotationOf({ cluster, finding, file, line }: Result): string {
  const place = cluster.location === null ? {} : { file, line: String(line) };
  const title = `${finding.rule}: ${cluster.address}`;
  return command(finding.kind === "notice" ? "notice" : finding.level, { ...place, title }, linesOf(finding));
}

function command(
  name: "error" | "warning" | "notice",
  properties: Readonly<Record<string, string>>,
  lines: readonly string[],
): string {
  const written = Object.entries(properties).map(
    ([key, value]) => `${key}=${escaped(visible(value)).replaceAll(":", "%3A").replaceAll(",", "%2C")}`,
  );
  return `::${name} ${written.join(",")}::${lines.map(escaped).join("%0A")}`;
}

function escaped(text: string): string {
  return text.replaceAll("%", "%25");
}
