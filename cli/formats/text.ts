import type { Outcome } from "../../shared/findings/judgement";
import { oldBaselineMessage } from "../../shared/messages/baseline";
import type { Report, ReportedBaseline, ReportedCluster } from "../../shared/messages/report";
import { outcomeOfCluster } from "../../shared/messages/reporting";
import { visible } from "../../shared/messages/visible";
import { grouped } from "../../shared/reading/owners";
import { counted } from "../../shared/rules/wording";
import type { Look, Style } from "./look";
import type { Kind } from "./kinds";
import { isError, kindsOf } from "./kinds";
import { styled } from "./look";
import { nameOfInput } from "./results";
import { summaryLine } from "./summary-line";

/** For people: findings grouped by kind, then every cluster with each rule's verdict. */
export function text(report: Report, look: Look): string {
  const kinds = kindsOf(report).filter((kind) => look.shows !== "errors" || isError(kind));
  return [
    ...kinds.map((kind) => kindText(kind, look)),
    ...(look.shows === "errors" ? [] : warnings(report, look)),
    ...(look.shows === "everything" ? inventories(report, look) : []),
    summaryLine(report),
  ]
    .join("\n\n")
    .concat("\n");
}

/** Warnings that concern no cluster of the run. */
function warnings({ unusedExemptions, baseline }: Report, look: Look): readonly string[] {
  return [
    ...unusedExemptions.map(({ target, message }) => warning(target, message, look)),
    ...oldBaselineMessage(baseline).map((message) => warning("baseline", message, look)),
  ];
}

function warning(about: string, message: string, look: Look): string {
  return [
    `${styled(look, "yellow", "warning")}  ${styled(look, "bold", visible(about))}`,
    ...message.split("\n").map((line) => `  ${visible(line)}`),
  ].join("\n");
}

function inventories({ clusters, inputs, baseline }: Report, look: Look): readonly string[] {
  return [
    ...(baseline === null || baseline.gone.length === 0 ? [] : [goneFindingsText(baseline, look)]),
    ...[...grouped(clusters, ({ input }) => input)].map(([input, ofInput]) =>
      inventory(nameOfInput(inputs[input]), ofInput, look),
    ),
  ];
}

function goneFindingsText({ gone }: ReportedBaseline, look: Look): string {
  return [
    `${styled(look, "green", "gone")}  ${styled(look, "bold", "baseline")}  ${counted(gone.length, "finding")}`,
    "Fixed, removed or exempted. A baseline that is written again leaves them out.",
    ...gone.map(({ rule, in: scope, address, since }) =>
      [` ${rule}`, visible(scope === null ? address : `${scope}:${address}`), `since ${since}`].join("  "),
    ),
  ].join("\n");
}

function kindText({ finding, groups }: Kind, look: Look): string {
  const { level, rule, why, url, kind } = finding;
  const number = [...groups.values()].reduce((sum, group) => sum + group.length, 0);
  const label = styled(look, level === "error" ? "red" : "yellow", kind === "failure" ? level : kind);
  const head = `${label}  ${styled(look, "bold", rule)}  ${counted(number, "cluster")}`;
  return [
    [head, ...(why === null ? [] : [visible(why)]), styled(look, "dim", url)].join("\n"),
    ...[...groups].map(([said, group]) =>
      [
        ...group.map((cluster) => `  ${styled(look, "bold", visible(cluster.address))}${placeOf(cluster)}`),
        ...said.split("\n").map((line) => `    ${visible(line)}`),
      ].join("\n"),
    ),
  ].join("\n\n");
}

function placeOf({ location }: ReportedCluster): string {
  return location === null ? "" : `  ${visible(location.file)}:${location.line}`;
}

function inventory(input: string, clusters: readonly ReportedCluster[], look: Look): string {
  const longest = clusters.reduce((most, { address }) => Math.max(most, visible(address).length), 0);
  const width = Math.min(72, longest);
  const rows = clusters.map((cluster) => {
    const { address, engine, verdicts } = cluster;
    const outcome = outcomeOfCluster(cluster);
    const each = Object.entries(verdicts).map(
      ([rule, verdict]) => `${rule.replace("network-policy-", "")} ${verdict}`,
    );
    return [
      ` ${styled(look, styles[outcome], outcome.padEnd(7))}`,
      visible(address).padEnd(width),
      `engine ${(engine ?? "-").padEnd(6)}`,
      each.join(", "),
    ].join("  ");
  });
  return [styled(look, "bold", visible(input)), ...rows].join("\n");
}

const styles: Readonly<Record<Outcome, Style>> = {
  fail: "red",
  unknown: "yellow",
  exempt: "yellow",
  pass: "green",
};
