import type { Report, ReportedCluster, ReportedFinding } from "../../shared/messages/report";

/** Findings that differ only in their clusters. */
export interface Kind {
  readonly finding: ReportedFinding;
  /** Grouped by message; identical clusters share it. */
  readonly groups: Map<string, ReportedCluster[]>;
}

export function kindsOf({ clusters }: Report): readonly Kind[] {
  const kinds = new Map<string, Kind>();
  for (const cluster of clusters) {
    for (const finding of cluster.findings) {
      const { level, kind, rule, why } = finding;
      const key = JSON.stringify([level, kind, rule, why]);
      let found = kinds.get(key);
      if (found === undefined) kinds.set(key, (found = { finding, groups: new Map() }));
      const said = ownLines(finding).join("\n");
      const group = found.groups.get(said);
      if (group === undefined) found.groups.set(said, [cluster]);
      else group.push(cluster);
    }
  }
  const all = [...kinds.values()];
  return [...all.filter(isError), ...all.filter((kind) => !isError(kind))];
}

export function isError({ finding: { level } }: Kind): boolean {
  return level === "error";
}

/** The lines that concern this cluster in particular. */
function ownLines({ message, why }: ReportedFinding): readonly string[] {
  return message
    .split("\n")
    .filter((line) => line !== why && !line.startsWith("Rule: "))
    .map((line) => line.replace(/^ {5}/, "  "));
}
