import type { Cluster } from "../cluster/cluster";
import type { Day, Month } from "./days";
import type { Declaration } from "../cluster/declaration";
import type { CauseName, Options, RuleName } from "./index";
import type { Verdict } from "./verdict";

/** What a rule may ask in addition to the cluster. */
export interface Circumstances {
  /** The clock, passed in: no rule reads it. Only the UTC day counts. */
  readonly today: Date;
  /** The rules' options; by default nothing is asked for except what Azure enforces. */
  readonly options?: Options;
  /** The rules that the organisation disabled, which report nothing. */
  readonly disabled?: readonly RuleName[];
}

/** A rule is a value: what it is, what it decides, and the examples that document and test it. */
export interface Rule {
  readonly name: RuleName;
  /** The good condition in a few words. */
  readonly title: string;
  /** One sentence for lists of policies. */
  readonly description: string;
  /** The rule's section in the README, in Markdown with addresses from there; it links to the rule's page. */
  readonly summary: string;
  readonly severity: "medium" | "high";
  /** The enforcement level where an organisation states none. */
  readonly level: "mandatory";
  /** What goes wrong on a cluster that breaks the rule. */
  readonly why: string;
  /** What to do, in general; a finding has the exact lines. */
  readonly remedy: string;
  readonly references: readonly Reference[];
  /** The day on which the rule was last compared with its references. */
  readonly reviewed: Day;
  /** The same check in other tools, so that findings can be matched. */
  readonly sameCheckIn: readonly { readonly tool: string; readonly id: string }[];
  readonly frameworks: readonly Framework[];
  /** Decides about one cluster. It never throws on data. */
  readonly judge: (cluster: Cluster, circumstances: Circumstances) => Verdict;
  readonly examples: readonly Example[];
  /** Examples that need an organisation's options; every rule's page shows what it says about them. */
  readonly configuredExamples?: readonly ConfiguredExample[];
  /** The examples whose fix the rule's page shows in full, the most frequent first. */
  readonly fixesShown: readonly ShownFix[];
}

export interface Reference {
  readonly title: string;
  readonly url: string;
  /** When facts of the rule were read there; absent where it is further reading. */
  readonly read?: Day | Month;
}

export interface Framework {
  readonly name: string;
  readonly version: string;
  readonly reference: string;
  readonly specification: string;
}

/** A cluster with what the rule says about it: at once a test through every host and dialect and a line of documentation. */
export interface Example {
  readonly title: string;
  readonly cluster: Declaration;
  readonly expect:
    | { readonly verdict: "pass" | "unknown" | "not applicable" }
    | { readonly verdict: "fail" | "notice"; readonly causes: readonly CauseName[] };
  /** The day on which it is judged, where that matters. */
  readonly today?: Date;
}

/** A cluster of which an organisation's own options decide. */
export interface ConfiguredExample {
  readonly title: string;
  /** What the organisation asks for beyond the defaults. */
  readonly options: { readonly [Name in RuleName]?: Partial<Options[Name]> };
  readonly cluster: Declaration;
}

export interface ShownFix {
  readonly heading: string;
  /** The title of the example. */
  readonly example: string;
}
