import type { Dataplane, Engine, Plugin, RealEngine } from "../cluster/cluster";
import type { Day } from "./days";
import type { Unrecognized } from "../cluster/setting";

export const ruleNames = [
  "network-policy-configured",
  "network-policy-compatible",
  "network-policy-supported",
] as const;
/** The rules' published names: they never change, because exceptions and configurations match on them. */
export type RuleName = (typeof ruleNames)[number];

/** Why a verdict is what it is, as data. The words are made from it in one place, for every host. */
export type Cause =
  | { readonly cause: "not-configured"; readonly written: "none" | "nothing" }
  | { readonly cause: "bring-your-own-cni" }
  | { readonly cause: "not-an-engine"; readonly path: string; readonly found: Unrecognized }
  | {
      readonly cause: "engine-not-accepted";
      readonly engine: RealEngine;
      /** What makes it the engine: its name, the dataplane that implies it, or the SKU that has it built in. */
      readonly by: "engine" | "dataplane" | "sku";
      readonly accepted: readonly RealEngine[];
    }
  | { readonly cause: "automatic-has-cilium"; readonly engine: Exclude<Engine, "cilium"> }
  | { readonly cause: "engine-needs-plugin-azure"; readonly engine: "azure" | "cilium" }
  | { readonly cause: "dataplane-needs-plugin-azure" }
  | { readonly cause: "plugin-none-takes-no-engine"; readonly engine: RealEngine }
  | { readonly cause: "dataplane-needs-engine-cilium"; readonly engine: Exclude<Engine, "cilium"> }
  | { readonly cause: "cilium-needs-its-dataplane"; readonly dataplane: Dataplane | "nothing" }
  | { readonly cause: "plugin-not-written" }
  | { readonly cause: "cilium-is-linux-only"; readonly windows: Windows }
  | { readonly cause: "windows-needs-plugin-azure"; readonly windows: Windows; readonly plugin: Plugin }
  | { readonly cause: "dual-stack-needs-cilium"; readonly engine: "azure" | "calico" }
  | { readonly cause: "calico-not-with-auto-provisioning" }
  | { readonly cause: "network-security-needs-cilium" }
  | { readonly cause: "too-many-nodes" }
  | { readonly cause: "unrecognized-value"; readonly path: string; readonly found: Unrecognized }
  | ({ readonly cause: "engine-azure-ends" } & Ending)
  | ({ readonly cause: "engine-azure-ends-on-windows"; readonly windows: Windows } & Ending)
  | ({ readonly cause: "kubenet-ends" } & Ending);

export type CauseName = Cause["cause"];

/** Windows pools are declared, at a part that says so, or only hinted at by Windows credentials or a Windows image. */
export type Windows = { readonly declaredAt: string } | "hinted";

/** An announced end of support: `end` is the last day, `daysLeft` counts from today and is negative once it is over. */
export interface Ending {
  readonly end: Day;
  readonly daysLeft: number;
}

/** What one rule says of one cluster. `notices` do not fail the cluster; each cause is one finding. */
export type Verdict =
  | { readonly verdict: "pass"; readonly notices: readonly Cause[] }
  | { readonly verdict: "fail"; readonly causes: readonly [Cause, ...Cause[]] }
  | { readonly verdict: "unknown"; readonly dependsOn: readonly string[] }
  /** Another rule fails, or cannot decide, for the same reason, and says so. */
  | { readonly verdict: "not applicable" };
