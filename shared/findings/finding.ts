import type { AdvisedFix } from "../fixes/advised-fix";
import type { Assignment } from "../fixes/choice";
import type { Refusal } from "../fixes/remedy";
import type { ChangeEffect } from "../fixes/replacement";
import type { Exemption, Standing } from "../policy/exemptions";
import type { Subject } from "../reading/subject";
import type { Cause, RuleName } from "../rules";

/** What one rule reports on one cluster, as data. `messages/` turns it into text at the edge of each host. */
export type Finding = CauseFinding | UnknownFinding | BugFinding | AutoSetFinding;

interface EveryFinding {
  readonly rule: RuleName;
  /** Only a failure has the rule's level; everything else is advisory. An exempt finding was a failure. */
  readonly kind: "failure" | "notice" | "unknown" | "exempt";
  /** The exemption for the cluster, in force or not. */
  readonly exemption?: NotedExemption;
  /** The day since which the failure is in a baseline, which makes it no error. */
  readonly baselinedSince?: string;
}

export interface NotedExemption {
  readonly exemption: Exemption;
  readonly standing: Standing;
}

/** One finding per cause of a verdict. */
export interface CauseFinding extends EveryFinding {
  readonly about: "cause";
  readonly cause: Cause;
  readonly subject: Subject;
  readonly advised: AdvisedFix;
  /** The option by which the program tells its tool to ignore what the fix writes. */
  readonly ignoredBy?: string;
  readonly autoSet?: AutoSetRemark;
}

/** The rule cannot decide before deployment. */
export interface UnknownFinding extends EveryFinding {
  readonly about: "unknown";
  readonly subject: Subject;
  /** The unknown parts; the empty path stands for the whole cluster. */
  readonly dependsOn: readonly string[];
  readonly autoSet?: AutoSetRemark;
}

/** A bug in this package kept the rule from checking the cluster, which counts as a failure. */
export interface BugFinding extends EveryFinding {
  readonly about: "bug";
  readonly error: ErrorName | "an error";
}

/** JavaScript's built-in errors. An error's message may hold a secret, so only its name is kept. */
export const errorNames = [
  "TypeError",
  "RangeError",
  "ReferenceError",
  "SyntaxError",
  "URIError",
  "EvalError",
] as const;
export type ErrorName = (typeof errorNames)[number];

/** What happened to the settings that auto-set wrote. */
export type AutoSetFinding = EveryFinding & { readonly settings: readonly Assignment[] } & (
    | {
        readonly about: "auto-set wrote";
        /** What they do to an existing cluster, and what removing them again does to it. */
        readonly effect: ChangeEffect;
        readonly effectOfRemoval: ChangeEffect;
      }
    /** The cluster at `address` is deployed without them. */
    | { readonly about: "auto-set lost"; readonly effect: ChangeEffect; readonly address: string }
    /** It is not known yet whether the cluster is deployed with them. */
    | { readonly about: "auto-set unseen" }
  );

/** Why a finding is reported although auto-set is on. */
export type AutoSetRemark =
  | { readonly state: "refused"; readonly refusal: Refusal; readonly address: string }
  /** What it wrote is missing from the inputs being checked. */
  | { readonly state: "not applied"; readonly settings: readonly Assignment[] };

/** Distinguishes two findings of one rule on one cluster: a failure never equals a notice. */
export function keyOf(finding: Finding): string {
  switch (finding.about) {
    case "cause": {
      const { kind, cause } = finding;
      return [kind, cause.cause, ...("found" in cause ? [cause.found.at] : [])].join(" ");
    }
    case "unknown":
    case "bug":
    case "auto-set wrote":
    case "auto-set lost":
    case "auto-set unseen":
      return finding.about;
  }
}
