import type { Cluster } from "../cluster/cluster";
import type { Day, Month } from "./days";
import type { Declaration } from "../cluster/declaration";
import type { CauseName, Options, RuleName } from "./index";
import type { Verdict } from "./verdict";

/** What a rule may read besides the cluster. */
export interface Circumstances {
  /** The date, passed in: no rule reads a clock. Only the UTC day counts. */
  readonly today: Date;
  /** The rules' options; by default only what Azure enforces is required. */
  readonly options?: Options;
  /** The rules that the organisation disabled, which report nothing. */
  readonly disabled?: readonly RuleName[];
}

/** A rule is a value: its description, its decision, and the examples that document and test it. */
export interface Rule {
  readonly name: RuleName;
  /** The good condition in a few words. */
  readonly title: string;
  /** One sentence for lists of policies. */
  readonly description: string;
  /**
   * The rule's section in the README, in Markdown with links relative to the README; it links to the rule's
   * page.
   */
  readonly summary: string;
  readonly severity: "medium" | "high";
  /** The default enforcement level. */
  readonly level: "mandatory";
  /** What goes wrong on a cluster that breaks the rule. */
  readonly why: string;
  /** What to do in general; a finding has the exact lines. */
  readonly remedy: string;
  readonly references: readonly Reference[];
  /** The day on which the rule was last compared with its references. */
  readonly reviewed: Day;
  /** The same check in other tools, so that findings can be matched. */
  readonly sameCheckIn: readonly { readonly tool: string; readonly id: string }[];
  readonly frameworks: readonly [Framework, ...Framework[]];
  /** Decides about one cluster. Never throws on data. */
  readonly judge: (cluster: Cluster, circumstances: Circumstances) => Verdict;
  readonly examples: readonly Example[];
  /** Examples that need an organisation's options; every rule's page shows its verdict on them. */
  readonly configuredExamples?: readonly ConfiguredExample[];
  /** The examples whose fix the rule's page shows in full, the most frequent first. */
  readonly fixesShown: readonly ShownFix[];
}

export interface Reference {
  readonly title: string;
  readonly url: string;
  /** When facts of the rule were read there; absent for further reading. */
  readonly read?: Day | Month;
}

export interface Framework {
  readonly name: string;
  readonly version: string;
  readonly reference: string;
  readonly specification: string;
}

/** A cluster with the rule's verdict: both a test in every host and dialect and a line of documentation. */
export interface Example {
  readonly title: string;
  readonly cluster: Declaration;
  readonly expect:
    | { readonly verdict: "pass" | "unknown" | "not applicable" }
    | { readonly verdict: "fail" | "notice"; readonly causes: readonly CauseName[] };
  /** The date of the check, if it matters. */
  readonly today?: Date;
}

/** A cluster whose verdict depends on an organisation's options. */
export interface ConfiguredExample {
  readonly title: string;
  /** The organisation's options that differ from the defaults. */
  readonly options: { readonly [Name in RuleName]?: Partial<Options[Name]> };
  readonly cluster: Declaration;
}

export interface ShownFix {
  readonly heading: string;
  /** The title of the example. */
  readonly example: string;
}
