import { noteMessage } from "../../shared/messages/document-notes";
import type { Report } from "../../shared/messages/report";
import { ruleNames, rules } from "../../shared/rules";
import { visible } from "../../shared/messages/visible";
import { digest } from "./digest";
import { jsonText } from "./json";
import type { FormatOptions } from "./options";
import type { Result } from "./results";
import { fileInRepository, nameOfInput, resultsOf } from "./results";

/**
 * A Code Quality report, which GitLab compares with the target branch's:
 * https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format (read 2026-11-26).
 */
export function gitlab(report: Report, { notesFail }: FormatOptions): string {
  const notChecked = report.unreadable.map(({ file, reason }) => ({
    description: visible(`${file} was not checked. ${reason}`),
    check_name: "not-checked",
    fingerprint: digest(`not-checked|${file}`),
    severity: "blocker",
    location: { path: fileInRepository(file), lines: { begin: 1 } },
  }));
  const notShown = report.inputs.flatMap(({ file, notes }) =>
    notes.map((note) => ({
      description: visible(`${nameOfInput({ file })}: ${noteMessage(note)}`),
      check_name: "not-shown",
      fingerprint: digest(`not-shown|${nameOfInput({ file })}|${note}`),
      severity: notesFail ? "critical" : "minor",
      location: { path: fileInRepository(nameOfInput({ file })), lines: { begin: 1 } },
    })),
  );
  return jsonText([...notChecked, ...notShown, ...resultsOf(report).map(entryOf)]);
}

function entryOf(result: Result): unknown {
  const { cluster, finding, file, line } = result;
  return {
    description: visible(`${cluster.address}: ${finding.found}`),
    check_name: finding.rule,
    fingerprint: digest(finding.fingerprint),
    severity: severityOf(result),
    location: { path: file, lines: { begin: line } },
  };
}

function severityOf({ finding: { level, kind, rule } }: Result): string {
  if (kind === "notice") return "info";
  if (level === "warning") return "minor";
  return rules[ruleNames.indexOf(rule)]?.severity === "high" ? "critical" : "major";
}
