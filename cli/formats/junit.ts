import { noteMessage } from "../../shared/messages/document-notes";
import { Occurrences } from "../../shared/messages/occurrences";
import type { Report, ReportedCluster, ReportedFinding } from "../../shared/messages/report";
import { visible } from "../../shared/messages/visible";
import { grouped } from "../../shared/reading/owners";
import type { RuleName } from "../../shared/rules";
import { ruleNames } from "../../shared/rules";
import type { FormatOptions } from "./options";
import { linesOf, nameOfInput } from "./results";

/** The result of one test case; a passed one may also have lines. */
type Result = { readonly lines: readonly string[] } & (
  | { readonly result: "passed" }
  | {
      readonly result: "failed" | "error" | "skipped";
      /** In one line. */
      readonly message: string;
    }
);
type Case = { readonly name: string } & Result;

/**
 * Test results: a suite per input, a case per cluster and rule. Only errors fail, as for the exit code. The
 * format is Jenkins's, which GitLab and Azure Pipelines also read.
 */
export function junit(report: Report, { notesFail }: FormatOptions): string {
  const byInput = grouped(report.clusters, ({ input }) => input);
  const suites = [
    ...report.unreadable.map(({ file, reason }) =>
      suite(file, [{ name: "can be read", result: "error", message: reason, lines: [] }], report.judgedOn),
    ),
    ...report.inputs.map((input, i) => {
      const clusters = byInput.get(i) ?? [];
      const shown = input.notes.map((note): Case => ({
        name: `shows everything: ${note}`,
        result: notesFail ? "failed" : "skipped",
        message: noteMessage(note),
        lines: [],
      }));
      const cases = clusters.length === 0 ? noCluster : casesOf(clusters);
      return suite(nameOfInput(input), [...shown, ...cases], report.judgedOn);
    }),
  ];
  const all = suites.length === 0 ? [suite("aks-network-policy-pack", noCluster, report.judgedOn)] : suites;
  return ['<?xml version="1.0" encoding="UTF-8"?>', "<testsuites>", ...all, "</testsuites>", ""].join("\n");
}

const noCluster: readonly Case[] = [
  { name: "AKS clusters", result: "skipped", message: "No AKS cluster found.", lines: [] },
];

function casesOf(clusters: readonly ReportedCluster[]): readonly Case[] {
  const addresses = new Occurrences();
  return clusters.flatMap((cluster) => {
    // GitLab merges two cases of the same name.
    const time = addresses.next(cluster.address);
    const address = time === 1 ? cluster.address : `${cluster.address} (${time})`;
    return ruleNames.flatMap((rule): Case[] => {
      const result = resultOf(cluster, rule);
      return result === undefined ? [] : [{ name: `${address}: ${rule}`, ...result }];
    });
  });
}

function resultOf({ findings, verdicts }: ReportedCluster, rule: RuleName): Result | undefined {
  const ofRule = findings.filter((finding) => finding.rule === rule);
  const errors = ofRule.filter(({ level }) => level === "error");
  if (errors.length > 0) return { result: "failed", ...said(errors, ({ found }) => found) };
  const warnings = ofRule.filter(({ kind }) => kind !== "notice");
  if (warnings.length > 0) return { result: "skipped", ...said(warnings, whyNoFailure) };
  switch (verdicts[rule]) {
    case "disabled":
      return undefined;
    case "pass":
    case "notice":
      return { result: "passed", lines: linesOfAll(ofRule) };
    case "not-applicable":
      return { result: "skipped", message: "The rule does not apply to this cluster.", lines: [] };
    // The organisation wants neither reported.
    case "fail":
    case "unknown":
      return { result: "skipped", message: `Not reported: ${verdicts[rule]}.`, lines: [] };
  }
}

function whyNoFailure({ kind, exemption, baseline, found }: ReportedFinding): string {
  if (exemption !== null) {
    const until = exemption.expiresOn === null ? "" : ` until ${exemption.expiresOn}`;
    return `Exempted${until} (${exemption.id}): ${exemption.reason}`;
  }
  if (baseline !== null) return `In the baseline since ${baseline.since}: ${found}`;
  return kind === "unknown" ? found : `Advisory: ${found}`;
}

function said(
  findings: readonly ReportedFinding[],
  message: (finding: ReportedFinding) => string,
): { readonly message: string; readonly lines: readonly string[] } {
  return { message: findings.map(message).join(" "), lines: linesOfAll(findings) };
}

function linesOfAll(findings: readonly ReportedFinding[]): readonly string[] {
  return findings.flatMap((finding, i) => (i === 0 ? linesOf(finding) : ["", ...linesOf(finding)]));
}

function suite(file: string, cases: readonly Case[], day: string): string {
  const count = (wanted: Case["result"]): number => cases.filter(({ result }) => result === wanted).length;
  const name = xml(file);
  return [
    `  <testsuite name="${name}" tests="${cases.length}" failures="${count("failed")}" errors="${count("error")}" skipped="${count("skipped")}" time="0" timestamp="${day}T00:00:00">`,
    ...cases.map((each) => testcase(each, name)),
    "  </testsuite>",
  ].join("\n");
}

function testcase(each: Case, classname: string): string {
  const start = `    <testcase name="${xml(each.name)}" classname="${classname}" time="0"`;
  const text = each.lines.map(xml).join("\n");
  if (each.result === "passed")
    return text === "" ? `${start}/>` : `${start}><system-out>${text}</system-out></testcase>`;
  const message = `message="${xml(each.message)}"`;
  switch (each.result) {
    case "failed":
      return `${start}><failure type="failure" ${message}>${text}</failure></testcase>`;
    case "error":
      return `${start}><error type="error" ${message}>${text}</error></testcase>`;
    case "skipped":
      return `${start}><skipped ${message}>${text}</skipped></testcase>`;
  }
}

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  // XML 1.0 cannot represent these two.
  "\ufffe": "\\u{fffe}",
  "\uffff": "\\u{ffff}",
};

function xml(text: string): string {
  return visible(text).replace(/[&<>"\ufffe\uffff]/g, (character) => entities[character] ?? "");
}
