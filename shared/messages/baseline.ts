import { mostBaselineDays } from "../policy/baseline";
import type { ReportedBaseline } from "./report";

/** What a baseline does to a failure. */
export function baselineLine(since: string): string {
  return `In the baseline since ${since}: it is not new, and still to be mended.`;
}

/** The whole text about a baseline that is old; `undefined` for one that is not. */
export function oldBaselineMessage({ isOld, oldest, owner }: ReportedBaseline): string | undefined {
  if (!isOld || oldest === null) return undefined;
  const by = owner === null ? "" : ` (owner ${owner})`;
  return `The baseline${by} has findings since ${oldest}, which is more than ${mostBaselineDays} days ago.\nMend them, or have an exemption approved for what has to stay.`;
}
