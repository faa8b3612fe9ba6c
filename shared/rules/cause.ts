import type { Cluster } from "../cluster/cluster";
import type { Unrecognized } from "../cluster/setting";
import type { Windows } from "./verdict";

/** The fix for a cause, as data: the lines for a given cluster are computed from it. */
export type Advice =
  /** The settings that make every rule pass, computed from the whole cluster. */
  | { readonly fix: "of the cluster" }
  /** The same, as if the cluster had Windows node pools. */
  | { readonly fix: "of the cluster, with Windows pools"; readonly windows: Windows }
  /** The same, unless the cluster's own CNI enforces network policies. */
  | { readonly fix: "of the cluster, or keep the CNI" }
  /** The same, if it leads to another engine; otherwise the organisation accepts no engine that fits. */
  | { readonly fix: "of the cluster, if it changes the engine" }
  /** Keep Windows node pools on a Windows version that the engine is documented for. */
  | { readonly fix: "another Windows" }
  /** Write a documented value, or none. `path` is the setting's. */
  | { readonly fix: "correct the value"; readonly path: string; readonly found: Unrecognized };

/** The name of a cause, its text for the user, and its fix. */
export interface CauseWords<OneCause> {
  /** The heading under which the rule's page groups its examples. */
  readonly heading: string;
  /** One sentence: what was found on this cluster. */
  found(cause: OneCause, cluster: Cluster): string;
  /** One sentence: why that matters. */
  why(cause: OneCause, cluster: Cluster): string;
  advice(cause: OneCause): Advice;
}

/** The words for all causes of a rule: a cause without words does not compile. */
export type CausesOf<Causes extends { readonly cause: string }> = {
  readonly [Name in Causes["cause"]]: CauseWords<Extract<Causes, { readonly cause: Name }>>;
};

/** The advice for most causes. */
export function fixTheCluster(): Advice {
  return { fix: "of the cluster" };
}
