import type { Cluster } from "../cluster/cluster";
import { isOnlyUnstated } from "../cluster/setting";
import type { Circumstances, Rule } from "./rule";
import type { Verdict } from "./verdict";

/**
 * An undecided verdict, unless one of these rules reports the cluster anyway: a cluster that it fails or
 * leaves undecided is not green, and will be checked again.
 */
export function unlessReportedBy(
  rules: readonly Rule[],
  verdict: Verdict,
  cluster: Cluster,
  circumstances: Circumstances,
): Verdict {
  if (verdict.verdict !== "unknown") return verdict;
  const { disabled = [] } = circumstances;
  const isReported = rules.some(
    (rule) => !disabled.includes(rule.name) && !isFine(rule.judge(cluster, circumstances)),
  );
  return isReported ? { verdict: "not applicable" } : verdict;
}

function isFine(verdict: Verdict): boolean {
  return verdict.verdict === "pass" || (verdict.verdict === "unknown" && isOnlyUnstated(verdict.dependsOn));
}
