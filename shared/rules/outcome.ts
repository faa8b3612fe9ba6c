import type { Decision } from "./decision";
import type { Cause } from "./index";
import type { Verdict } from "./verdict";

/** The outcome of a row in a rule's decision table. */
export type Outcome =
  | { readonly weight: "good"; readonly notices: readonly Cause[] }
  | { readonly weight: "bad"; readonly cause: Cause }
  /** Another rule, or another check of the same rule, fails and says why. */
  | { readonly weight: "elsewhere" };

export const good = { weight: "good", notices: [] } as const satisfies Outcome;
export const elsewhere: Outcome = { weight: "elsewhere" };

export function bad(cause: Cause): Outcome {
  return { weight: "bad", cause };
}

/** Good, with notices. */
export function goodWith(...notices: readonly Cause[]): Outcome & { readonly weight: "good" } {
  return { weight: "good", notices };
}

/** The verdict of a rule with a single table. */
export function verdictOf(decision: Decision<Outcome>): Verdict {
  if (!decision.decided) return { verdict: "unknown", dependsOn: decision.dependsOn };
  const { outcome } = decision;
  switch (outcome.weight) {
    case "good":
      return { verdict: "pass", notices: outcome.notices };
    case "bad":
      return { verdict: "fail", causes: [outcome.cause] };
    case "elsewhere":
      return { verdict: "not applicable" };
  }
}
