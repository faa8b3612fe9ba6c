import { posix } from "node:path";
import type { Report, ReportedCluster, ReportedFinding, ReportedInput } from "../../shared/messages/report";
import { visible } from "../../shared/messages/visible";

/** A finding with its cluster, for formats that list findings. */
export interface Result {
  readonly cluster: ReportedCluster;
  readonly finding: ReportedFinding;
  /** The file to point at: the cluster's source if known, else the input. */
  readonly file: string;
  readonly line: number;
}

/**
 * The findings on all clusters, errors first, because services show a limited number. Exempted ones are left
 * out unless requested.
 */
export function resultsOf(report: Report, withExempted = false): readonly Result[] {
  const all = report.clusters.flatMap((cluster) =>
    cluster.findings
      .filter(({ kind }) => withExempted || kind !== "exempt")
      .map((finding): Result => {
        const { file, line } = cluster.location ?? {
          file: nameOfInput(report.inputs[cluster.input]),
          line: 1,
        };
        return { cluster, finding, file: fileInRepository(file), line };
      }),
  );
  return [...all.filter(isError), ...all.filter((result) => !isError(result))];
}

function isError({ finding: { level } }: Result): boolean {
  return level === "error";
}

/** The display name of an input. */
export function nameOfInput(input: Pick<ReportedInput, "file"> | undefined): string {
  const file = input?.file ?? null;
  return file === null || file === "-" ? "standard-input" : file;
}

/**
 * A path in the form that services expect: relative to the repository root, without `./`, and never outside
 * it.
 */
export function fileInRepository(file: string): string {
  return posix
    .normalize(file)
    .split("/")
    .filter((part) => part !== ".." && part !== "." && part !== "")
    .join("/");
}

/** A finding's message, line by line, safe to print. */
export function linesOf({ message }: Pick<ReportedFinding, "message">): readonly string[] {
  return message.split("\n").map(visible);
}

/** The same, starting with the cluster's address. */
export function addressedLines({ cluster, finding }: Result): readonly string[] {
  const [first = "", ...more] = linesOf(finding);
  return [`${visible(cluster.address)}: ${first}`, ...more];
}
