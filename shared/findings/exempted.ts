import type { Exemption, Standing } from "../policy/exemptions";
import { standingOf } from "../policy/exemptions";
import type { Circumstances } from "../rules/rule";
import type { Finding } from "./finding";

/** Findings as an exemption leaves them: its failures become advisory and name the exemption; none disappears. */
export function withExemption(
  findings: readonly Finding[],
  exemption: Exemption | undefined,
  circumstances: Circumstances,
): readonly Finding[] {
  if (exemption === undefined) return findings;
  let standing: Standing;
  try {
    standing = standingOf(exemption, circumstances.today);
  } catch {
    // A clock that is broken exempts nothing.
    return findings;
  }
  return findings.map((finding) =>
    finding.kind === "failure"
      ? {
          ...finding,
          kind: standing.state === "in force" ? "exempt" : "failure",
          exemption: { exemption, standing },
        }
      : finding,
  );
}
