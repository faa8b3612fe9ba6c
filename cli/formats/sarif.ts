import type { Report } from "../../shared/messages/report";
import { Occurrences } from "../../shared/messages/occurrences";
import { pageOf } from "../../shared/messages/pages";
import { visible } from "../../shared/messages/visible";
import { ruleNames, rules } from "../../shared/rules";
import type { Rule } from "../../shared/rules/rule";
import { withoutGeneratorNote } from "../explain";
import { digest } from "./digest";
import { jsonText } from "./json";
import type { FormatOptions } from "./options";
import type { Result } from "./results";
import { addressedLines, nameOfInput, resultsOf } from "./results";
import { troublesOf } from "./troubles";

/**
 * GitHub rejects a file with more runs:
 * https://docs.github.com/code-security/reference/code-scanning/sarif-files/sarif-support-for-code-scanning
 * (read 2026-11-26).
 */
const mostRuns = 20;

/**
 * SARIF 2.1.0 for code scanning: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html. One run
 * per input, because a run replaces the results previously reported under its name, and nothing else.
 *
 * Exempted findings may be listed with `suppressions`. GitHub ignores these and would show the findings.
 */
export function sarif(
  report: Report,
  options: Pick<FormatOptions, "pageOfRule" | "withExempted" | "notesFail">,
): string | undefined {
  const { pageOfRule, withExempted } = options;
  const results = resultsOf(report, withExempted);
  const { inputs } = report;
  const oneForAll = inputs.length === 0 || inputs.length > mostRuns;
  // It would close the alerts of the files that could not be read.
  if (oneForAll && report.unreadable.length > 0) return undefined;
  // One file may be checked with several parameters files, and GitHub requires unique names.
  const names = new Occurrences();
  const uniqueName = (name: string): string => {
    const times = names.next(name);
    return times === 1 ? name : `${name}/${times}`;
  };
  const runs = oneForAll
    ? [{ name: undefined, results }]
    : inputs.map((input, i) => ({
        name: uniqueName(nameOfInput(input)),
        results: results.filter(({ cluster }) => cluster.input === i),
      }));
  const driver = {
    name: report.tool.name,
    fullName: `${report.tool.name} ${report.tool.version}`,
    version: report.tool.version,
    semanticVersion: report.tool.version,
    informationUri: "https://www.npmjs.com/package/aks-network-policy-pack",
    rules: rules.map((rule) => descriptorOf(rule, pageOfRule(rule.name))),
  };
  return jsonText({
    $schema: "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
    version: "2.1.0",
    runs: runs.map(({ name, results: ofRun }, i) => ({
      tool: { driver },
      automationDetails: {
        id: name === undefined ? "aks-network-policy/" : `aks-network-policy/${visible(name)}/`,
      },
      // Notifications that concern no cluster are reported once.
      ...(i === 0 ? { invocations: [invocationOf(report, options)] } : {}),
      columnKind: "utf16CodeUnits",
      results: ofRun.map(resultOf),
    })),
  });
}

function invocationOf(report: Report, options: Pick<FormatOptions, "notesFail">): unknown {
  return {
    executionSuccessful: report.unreadable.length === 0,
    toolExecutionNotifications: troublesOf(report, options).map(({ level, text }) => ({
      level,
      message: { text: unlinked(text) },
    })),
  };
}

function descriptorOf(
  { name, title, description, why, remedy, severity, frameworks }: Rule,
  page: string,
): unknown {
  return {
    id: name,
    name: name.replace(/(?:^|-)(.)/g, (_, letter: string) => letter.toUpperCase()),
    shortDescription: { text: `${title}.` },
    fullDescription: { text: `${description} ${why}` },
    help: { text: `${why} ${remedy}`, markdown: shortPage(page) },
    helpUri: pageOf(name),
    defaultConfiguration: { level: "error" },
    properties: {
      tags: ["security", "azure", "aks", "kubernetes", "network-policy", ...frameworks.map(tagOf)],
      precision: "very-high",
      "problem.severity": "error",
      // GitHub's bands: high from 7.0, medium from 4.0.
      "security-severity": severity === "high" ? "8.0" : "5.0",
    },
  };
}

function tagOf({ name, reference }: Rule["frameworks"][number]): string {
  return `${name} ${reference}`;
}

/** The part of the page about the fix; its links would not work here. */
function shortPage(page: string): string {
  const [fix = ""] = withoutGeneratorNote(page).split("\n## What is checked");
  return fix
    .replace(
      /\]\((?:\.\.\/)+README\.md#([\w-]+)\)/g,
      "](https://www.npmjs.com/package/aks-network-policy-pack#$1)",
    )
    .replace(/\[([^\]]*)\]\(\.\.[^)]*\)/g, "$1")
    .trimEnd();
}

function resultOf(result: Result): unknown {
  const { cluster, finding, file, line } = result;
  const { rule, kind, level, fingerprint, exemption } = finding;
  return {
    ruleId: rule,
    ruleIndex: ruleNames.indexOf(rule),
    level: kind === "notice" ? "note" : level,
    message: { text: unlinked(addressedLines(result).join("\n")) },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: visible(file).split("/").map(encodeURIComponent).join("/") },
          region: { startLine: line },
        },
        logicalLocations: [{ fullyQualifiedName: visible(cluster.address), kind: "resource" }],
      },
    ],
    // GitHub identifies alerts by this one only.
    partialFingerprints: { primaryLocationLineHash: digest(fingerprint) },
    ...(exemption === null
      ? {}
      : {
          suppressions: [{ kind: "external", status: "accepted", justification: visible(exemption.reason) }],
        }),
  };
}

/** Escapes the message syntax of SARIF: `[text](address)` would be a link. */
function unlinked(text: string): string {
  return text.replace(/\[([^[\]]*)\]\(/g, "\\[$1\\](");
}
