import { mostBaselineDays } from "../policy/baseline";
import type { ReportedBaseline } from "./report";

/** What a baseline does to a failure. */
export function baselineLine(since: string): string {
  return `In the baseline since ${since}: it is not new, but still has to be fixed.`;
}

/** The message about an old baseline; empty otherwise. */
export function oldBaselineMessage(baseline: ReportedBaseline | null): readonly string[] {
  if (baseline === null || !baseline.isOld || baseline.oldest === null) return [];
  const { oldest, owner } = baseline;
  const by = owner === null ? "" : ` (owner ${owner})`;
  return [
    `The baseline${by} has findings since ${oldest}, which is more than ${mostBaselineDays} days ago.\nFix them, or get an exemption approved for what must stay.`,
  ];
}
