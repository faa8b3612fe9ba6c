import type { Finding } from "../shared/findings/finding";
import { keyOf } from "../shared/findings/finding";
import type { RuleName } from "../shared/rules";

/** What was reported when clusters were registered, so that the end of the run reports only new findings. */
export class Reported {
  private readonly keys = new Map<string, ReadonlySet<string>>();

  /**
   * Records the findings of `rule` on the cluster with this URN. A later registration replaces an earlier
   * one.
   */
  note(rule: RuleName, urn: string, findings: readonly Finding[]): void {
    const at = placeOf(rule, urn);
    // Most clusters have no findings, and a program may have many clusters.
    if (findings.length > 0) this.keys.set(at, new Set(findings.map(keyOf)));
    else this.keys.delete(at);
  }

  has(urn: string, finding: Finding): boolean {
    return this.keys.get(placeOf(finding.rule, urn))?.has(keyOf(finding)) === true;
  }
}

function placeOf(rule: RuleName, urn: string): string {
  return `${rule} ${urn}`;
}
