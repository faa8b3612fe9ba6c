import type { ListedExemption, ReasonOfDisuse } from "../../shared/findings/listed-exemptions";
import { daysLeft as daysLeftWords } from "../../shared/messages/exemptions";
import { visible } from "../../shared/messages/visible";
import { isDated } from "../../shared/policy/exemptions";
import { counted, days } from "../../shared/rules/wording";
import type { ListFormat } from "../arguments";
import { csvText } from "./csv-text";
import { jsonText } from "./json";
import type { Look, Style } from "./look";
import { styled } from "./look";

export interface ExemptionList {
  readonly listed: readonly ListedExemption[];
  readonly today: Date;
  /** How many end within the given number of days; `undefined` without one. */
  readonly ending: { readonly count: number; readonly within: number } | undefined;
}

type ListLook = Pick<Look, "colors">;

/** The exemptions of a configuration in one of the formats. */
export function listText(format: ListFormat, list: ExemptionList, look: ListLook): string {
  const rows = list.listed.map(rowOf);
  switch (format) {
    case "text":
      return [...rows.map((row) => rowText(row, look)), lastLine(list)].join("\n\n").concat("\n");
    case "json":
      return jsonText({ version: 1, judgedOn: list.today.toISOString().slice(0, 10), exemptions: rows });
    case "csv":
      return csvText(
        columns,
        rows.map((row) => columns.map((column) => visible(String(row[column] ?? "")))),
      );
  }
}

const columns = [
  "rule",
  "id",
  "target",
  "owner",
  "ticket",
  "createdOn",
  "expiresOn",
  "daysLeft",
  "state",
  "use",
  "because",
] as const;

type Row = ReturnType<typeof rowOf>;

/** An exemption in the JSON format. */
function rowOf({ rule, exemption, state, daysLeft, use }: ListedExemption) {
  const { id, target } = exemption;
  const dated = isDated(exemption) ? exemption : undefined;
  return {
    rule,
    id,
    target,
    owner: dated?.owner ?? null,
    ticket: dated?.ticket ?? null,
    createdOn: dated?.createdOn ?? null,
    expiresOn: dated?.expiresOn ?? null,
    daysLeft: daysLeft ?? null,
    state,
    use: use?.state ?? null,
    because: use?.state === "unused" ? use.because : null,
    near: (use?.state === "not about these inputs" ? use.near : undefined) ?? null,
  };
}

function rowText(row: Row, look: ListLook): string {
  const { rule, id, target, owner, ticket, createdOn, expiresOn, daysLeft, state, use, because, near } = row;
  const end =
    daysLeft === null ? "no end" : daysLeft < 0 ? `${days(-daysLeft)} ago` : daysLeftWords(daysLeft);
  const who = [
    ...(owner === null ? ["an exception, without an owner"] : [`owner ${owner}`]),
    ...(ticket === null ? [] : [`ticket ${ticket}`]),
    ...(createdOn === null || expiresOn === null ? [] : [`from ${createdOn} to ${expiresOn}`]),
  ];
  return [
    [styled(look, styles[state], state), styled(look, "bold", visible(id)), rule, end].join("  "),
    `  ${visible(target)}`,
    `  ${visible(who.join(", "))}`,
    ...(use === null ? [] : [`  ${use}${because === null ? "" : `: ${reasons[because]}`}`]),
    ...(near === null ? [] : [`  did you mean ${visible(JSON.stringify(near))}?`]),
  ].join("\n");
}

const styles: Readonly<Record<ListedExemption["state"], Style>> = {
  expired: "red",
  "ends soon": "yellow",
  "not yet": "dim",
  "in force": "green",
};

const reasons: Readonly<Record<ReasonOfDisuse, string>> = {
  "no cluster": "no cluster has this target",
  "several clusters": "several clusters have this target",
  "a cluster that complies": "the cluster now complies, so remove it",
  "not in force": "the cluster fails, and this is not in force",
  "nothing to exempt": "the cluster's verdict is unknown, it cannot be read, or another entry comes first",
};

function lastLine({ listed, ending }: ExemptionList): string {
  const states = (Object.keys(styles) as ListedExemption["state"][]).flatMap((state) => {
    const { length } = listed.filter((each) => each.state === state);
    return length === 0 ? [] : [`${length} ${state}`];
  });
  const all = `${counted(listed.length, "exemption")}${states.length === 0 ? "" : `: ${states.join(", ")}`}.`;
  return ending === undefined
    ? all
    : `${all} Expired or with at most ${days(ending.within)} left: ${ending.count}.`;
}
