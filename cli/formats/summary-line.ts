import type { Report, Summary } from "../../shared/messages/report";
import { counted } from "../../shared/rules/wording";

/** The number of clusters and their outcomes, in a sentence. */
export function summaryLine({ summary, inputs, unreadable }: Report): string {
  const where = `in ${counted(inputs.length, "input")}`;
  const unread =
    unreadable.length === 0 ? "." : `; ${counted(unreadable.length, "file")} could not be checked.`;
  if (summary.clusters === 0) return `No cluster found ${where}${unread}`;
  const parts = (
    ["failing", "unknown", "exempt", "passing"] as const satisfies readonly (keyof Summary)[]
  ).flatMap((name) => {
    const known =
      name === "failing" && summary.baselined > 0 ? ` (${summary.baselined} in the baseline)` : "";
    return summary[name] === 0 ? [] : [`${summary[name]} ${name}${known}`];
  });
  return `${counted(summary.clusters, "cluster")} ${where}: ${parts.join(", ")}${unread}`;
}
