import type { Outcome } from "../../shared/findings/judgement";
import { outcomes } from "../../shared/findings/judgement";
import type { Report, ReportedCluster, ReportedFinding } from "../../shared/messages/report";
import { outcomeOfCluster } from "../../shared/messages/reporting";
import { visible } from "../../shared/messages/visible";
import { grouped } from "../../shared/reading/owners";
import { counted } from "../../shared/rules/wording";
import type { FormatOptions } from "./options";
import type { Kind } from "./kinds";
import { kindsOf } from "./kinds";
import { summaryLine } from "./summary-line";
import { troublesOf } from "./troubles";

/** A GitHub comment holds 65,536 characters; a job summary holds more. */
const mostCharacters = 60_000;
const troubleLimit = 10_000;
const mostOfTable = 30_000;

/** For a job summary or a pull request comment: a table of clusters, and how to fix those that need it. */
export function markdown(report: Report, options: FormatOptions): string {
  const byOutcome = grouped(report.clusters, outcomeOfCluster);
  const clusters = outcomes.flatMap((outcome) => byOutcome.get(outcome) ?? []);
  const troubles = upTo(
    troubleLimit,
    troublesOf(report, options).map(({ level, text }) => `- ${marks[level]} ${escaped(text)}`),
    (left) => `- … and ${left} more`,
  );
  const head = [
    `## ${titleOf(report, options)}`,
    "",
    summaryLine(report),
    ...(troubles.length === 0 ? [] : ["", ...troubles]),
  ];
  const table = [
    "",
    "| result | cluster | engine | what is reported |",
    "| --- | --- | --- | --- |",
    ...upTo(mostOfTable, clusters.map(row), (left) => `| … | and ${counted(left, "cluster")} more | | |`),
  ];
  const fixes = kindsOf(report)
    .filter(({ finding }) => finding.kind !== "exempt")
    .flatMap(fixOf);
  const used = [...head, ...table].join("\n").length;
  const details = [
    "",
    "<details>",
    "<summary>How to fix</summary>",
    "",
    ...upTo(mostCharacters - used, fixes, (left) => `And ${left} more: see the log, or the format json.\n`),
    "</details>",
  ];
  return [...head, ...(clusters.length === 0 ? [] : table), ...(fixes.length === 0 ? [] : details), ""].join(
    "\n",
  );
}

function titleOf(report: Report, { notesFail }: FormatOptions): string {
  const { summary, unreadable, inputs } = report;
  const { clusters, failing, unknown } = summary;
  const of = `of ${counted(clusters, "AKS cluster")}`;
  const errors = report.clusters.filter(({ findings }) => findings.some(({ level }) => level === "error"));
  const inPart = inputs.filter(({ notes }) => notes.length > 0);
  const fail = (count: number): string => `${count} ${of} ${count === 1 ? "fails" : "fail"}`;
  if (errors.length > 0) return `❌ Network policies: ${fail(errors.length)}`;
  if (unreadable.length > 0)
    return `❌ Network policies: ${counted(unreadable.length, "file")} could not be checked`;
  if (inPart.length > 0)
    return `${notesFail ? "❌" : "⚠️"} Network policies: ${counted(inPart.length, "input")} may not show every cluster`;
  if (clusters === 0) return "⚠️ Network policies: no AKS cluster found";
  if (failing > 0) return `⚠️ Network policies: ${fail(failing)}, which is advisory or in the baseline`;
  if (unknown > 0) return `⚠️ Network policies: ${unknown} ${of} ${unknown === 1 ? "is" : "are"} unknown`;
  return `✅ Network policies: ${counted(clusters, "AKS cluster")} checked, none fails`;
}

const marks: Readonly<Record<Outcome | "error" | "warning", string>> = {
  error: "❌",
  warning: "⚠️",
  fail: "❌",
  unknown: "⚠️",
  exempt: "➖",
  pass: "✅",
};

function row(cluster: ReportedCluster): string {
  const { address, location, engine, findings } = cluster;
  const outcome = outcomeOfCluster(cluster);
  const place = location === null ? "" : `<br>${inTable(code(`${location.file}:${location.line}`))}`;
  const found = findings.map(reportedOf).join("<br>");
  return `| ${marks[outcome]} ${outcome} | ${inTable(code(address))}${place} | ${engine ?? "–"} | ${found} |`;
}

function reportedOf({ rule, url, found, exemption, baseline }: ReportedFinding): string {
  const until = exemption?.expiresOn ?? null;
  const tolerated =
    exemption === null
      ? ""
      : ` Exempted${until === null ? "" : ` until ${until}`}: ${escaped(exemption.id)}, ${escaped(exemption.reason)}`;
  const known = baseline === null ? "" : ` In the baseline since ${baseline.since}.`;
  return `[${rule}](${url}): ${escaped(found)}${tolerated}${known}`;
}

function fixOf({ finding, groups }: Kind): readonly string[] {
  const heading = `**[${finding.rule}](${finding.url})**${finding.why === null ? "" : ` ${escaped(finding.why)}`}`;
  return [...groups].map(([said, clusters], i) => {
    const fence = fenceFor(said);
    return [
      ...(i === 0 ? [heading, ""] : []),
      clusters.map(({ address }) => code(address)).join(", "),
      "",
      `${fence}text`,
      ...said.split("\n").map(visible),
      fence,
      "",
    ].join("\n");
  });
}

/** As many pieces as fit into `most` characters, and how many are left out. */
function upTo(most: number, pieces: readonly string[], leftOut: (left: number) => string): readonly string[] {
  let used = 0;
  const shown = pieces.findIndex((piece) => (used += piece.length + 1) > most);
  return shown === -1 ? pieces : [...pieces.slice(0, shown), leftOut(pieces.length - shown)];
}

/** In a table, `|` ends a cell even inside code. */
function inTable(markdownOfCell: string): string {
  return markdownOfCell.replaceAll("|", "\\|");
}

/** A name as code, so that no character is Markdown. */
function code(name: string): string {
  const text = visible(name);
  const fence = "`".repeat(longestRun(text) + 1);
  const pad = /^`|`$/.test(text) ? " " : "";
  return `${fence}${pad}${text}${pad}${fence}`;
}

function fenceFor(text: string): string {
  return "`".repeat(Math.max(3, longestRun(text) + 1));
}

function longestRun(text: string): number {
  return (text.match(/`+/g) ?? []).reduce((most, run) => Math.max(most, run.length), 0);
}

/** Text without Markdown, HTML, links, or mentions that would notify someone. */
function escaped(text: string): string {
  return visible(text)
    .replace(/[\\`*_[\]|~]/g, "\\$&")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replace(
      /@|:(?=\/\/(?!www\.npmjs\.com\/package\/aks-network-policy-pack#))|(?<=(?<!\/\/)www)\./gi,
      "$&<!-- -->",
    );
}
