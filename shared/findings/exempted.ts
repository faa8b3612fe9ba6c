import type { Exemption, Standing } from "../policy/exemptions";
import { standingOf } from "../policy/exemptions";
import type { Circumstances } from "../rules/rule";
import type { Finding } from "./finding";

/**
 * Applies an exemption to findings: failures become advisory and name the exemption. No finding disappears.
 */
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
    // If the clock is broken, nothing is exempt.
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
