import type { RealEngine, Tool } from "../cluster/cluster";
import type { DocumentKind, DocumentNote } from "../documents/document";
import type { RuleName } from "../rules";

/** The result of `check`: the clusters of some documents with every rule's verdict. Its JSON is stable. */
export interface Report {
  /** The version of this format. */
  readonly version: 1;
  readonly tool: { readonly name: "aks-network-policy-pack"; readonly version: string };
  /** The UTC day used for ends of support and exemptions: `2026-11-26`. */
  readonly judgedOn: string;
  readonly inputs: readonly ReportedInput[];
  /** Files that could not be read: nothing below covers them. */
  readonly unreadable: readonly { readonly file: string; readonly reason: string }[];
  readonly clusters: readonly ReportedCluster[];
  /** Exemptions of what was checked that do nothing. */
  readonly unusedExemptions: readonly ReportedExemption[];
  /** The baseline that the findings were compared with; `null` without one. */
  readonly baseline: ReportedBaseline | null;
  readonly summary: Summary;
}

export interface ReportedInput {
  /** As the caller names it; `null` for a document without a file. */
  readonly file: string | null;
  readonly kind: DocumentKind;
  /** The number of clusters in it. */
  readonly clusters: number;
  /** Reasons why it does not show everything that a user may expect in it. */
  readonly notes: readonly DocumentNote[];
}

export interface ReportedCluster {
  /** The tool's name for it: a Terraform address, a Pulumi URN, an Azure resource ID. */
  readonly address: string;
  /** The index of its input. */
  readonly input: number;
  readonly location: Location | null;
  /** The tool that deploys it; `null` if it could not be read. */
  readonly tool: Tool | "arm" | null;
  /** The network policy engine that is written; `null` if none is, or an unknown one. */
  readonly engine: RealEngine | "none" | null;
  readonly verdicts: Readonly<Record<RuleName, ReportedVerdict>>;
  readonly findings: readonly ReportedFinding[];
}

/** A position in an existing file. Lines count from 1. */
export interface Location {
  readonly file: string;
  readonly line: number;
}

export const reportedVerdicts = ["pass", "notice", "fail", "unknown", "not-applicable", "disabled"] as const;
/** A verdict stays `fail` under an exemption. */
export type ReportedVerdict = (typeof reportedVerdicts)[number];

export interface ReportedFinding {
  readonly rule: RuleName;
  readonly level: "error" | "warning";
  readonly kind: "failure" | "notice" | "unknown" | "exempt";
  /** The name of the cause, `unknown`, or `bug`. */
  readonly cause: string;
  readonly found: string;
  readonly why: string | null;
  /** What to write or to run, line by line. */
  readonly fix: readonly string[];
  /** What the fix does to an existing cluster. */
  readonly effect: string | null;
  readonly exemption: {
    readonly id: string;
    readonly reason: string;
    readonly owner: string | null;
    readonly expiresOn: string | null;
  } | null;
  /** The day since which the failure is in a baseline. */
  readonly baseline: { readonly since: string } | null;
  readonly url: string;
  /** Stays the same when lines move and other clusters come and go. */
  readonly fingerprint: string;
  /** The whole finding as text of several lines. */
  readonly message: string;
}

export interface ReportedExemption {
  readonly rule: RuleName;
  readonly id: string;
  readonly target: string;
  readonly message: string;
}

export interface ReportedBaseline {
  /** The day on which it was last written. */
  readonly writtenOn: string;
  readonly owner: string | null;
  /** The first day of its oldest remaining finding; `null` if it has none. */
  readonly oldest: string | null;
  /** A warning: that day is more than 180 days ago. */
  readonly isOld: boolean;
  /** Its findings that no longer occur in what was checked. */
  readonly gone: readonly {
    readonly rule: RuleName;
    /** The stack or the file, if the address alone is not unique. */
    readonly in: string | null;
    readonly address: string;
    readonly since: string;
    readonly fingerprint: string;
  }[];
}

/** `passing` includes clusters with notices. Each cluster counts once, by its worst finding. */
export interface Summary {
  readonly clusters: number;
  readonly failing: number;
  /** The failing clusters with findings in the baseline and none at level error. */
  readonly baselined: number;
  readonly unknown: number;
  readonly exempt: number;
  readonly passing: number;
}
