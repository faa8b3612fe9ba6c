import type { Day } from "./days";
import type { Cause } from "./index";

/**
 * Windows pools are declared, with the path that says so, or only hinted at by Windows credentials or a
 * Windows image.
 */
export type Windows = { readonly declaredAt: string } | "hinted";

/**
 * An announced end of support: `end` is the last day; `daysLeft` counts from today and is negative once it is
 * over.
 */
export interface Ending {
  readonly end: Day;
  readonly daysLeft: number;
}

/** The verdict of one rule on one cluster. `notices` do not fail the cluster; each cause is one finding. */
export type Verdict =
  | { readonly verdict: "pass"; readonly notices: readonly Cause[] }
  | { readonly verdict: "fail"; readonly causes: readonly [Cause, ...Cause[]] }
  | { readonly verdict: "unknown"; readonly dependsOn: readonly string[] }
  /** Another rule fails, or cannot decide, for the same reason, and reports it. */
  | { readonly verdict: "not applicable" };
