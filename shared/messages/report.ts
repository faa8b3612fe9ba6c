import type { RealEngine, Tool } from "../cluster/cluster";
import type { DocumentKind, DocumentNote } from "../documents/document";
import type { RuleName } from "../rules";

/** What `check` answers: the clusters of some documents with every rule's verdict. Its JSON is stable. */
export interface Report {
  /** The version of this shape. */
  readonly version: 1;
  readonly tool: { readonly name: "aks-network-policy-pack"; readonly version: string };
  /** The UTC day by which ends of support and exemptions were judged: `2026-11-26`. */
  readonly judgedOn: string;
  readonly inputs: readonly ReportedInput[];
  /** Files that were to be checked and could not be read: nothing below is about them. */
  readonly unreadable: readonly { readonly file: string; readonly reason: string }[];
  readonly clusters: readonly ReportedCluster[];
  /** Exemptions of what was judged that do nothing. */
  readonly unusedExemptions: readonly ReportedExemption[];
  /** The baseline that the findings were held against; `null` without one. */
  readonly baseline: ReportedBaseline | null;
  readonly summary: Summary;
}

export interface ReportedInput {
  /** As the caller names it; `null` for a document without a file. */
  readonly file: string | null;
  readonly kind: DocumentKind;
  /** The number of clusters in it. */
  readonly clusters: number;
  /** What keeps it from showing everything that a user may expect in it. */
  readonly notes: readonly DocumentNote[];
}

export interface ReportedCluster {
  /** What its tool calls it: Terraform's address, Pulumi's URN, Azure's resource id. */
  readonly address: string;
  /** The index of its input. */
  readonly input: number;
  readonly location: Location | null;
  /** The tool that deploys it; `null` where it could not be read. */
  readonly tool: Tool | "arm" | null;
  /** The network policy engine that is written; `null` where none is, or none that is known. */
  readonly engine: RealEngine | "none" | null;
  readonly verdicts: Readonly<Record<RuleName, ReportedVerdict>>;
  readonly findings: readonly ReportedFinding[];
}

/** A place in a file that exists. Lines count from 1. */
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
  /** What the fix does to a cluster that exists. */
  readonly effect: string | null;
  readonly exemption: {
    readonly id: string;
    readonly reason: string;
    readonly owner: string | null;
    readonly expiresOn: string | null;
  } | null;
  /** The day since which a baseline has the failure. */
  readonly baseline: { readonly since: string } | null;
  readonly url: string;
  /** Stays the same when lines move and other clusters come and go. */
  readonly fingerprint: string;
  /** All of it as a text of several lines. */
  readonly message: string;
}

export interface ReportedExemption {
  readonly rule: RuleName;
  readonly id: string;
  readonly target: string;
  readonly message: string;
}

export interface ReportedBaseline {
  /** The day on which it was written last. */
  readonly writtenOn: string;
  readonly owner: string | null;
  /** The first day of its oldest finding that is not gone; `null` where it has none. */
  readonly oldest: string | null;
  /** A warning: that day is more than 180 days ago. */
  readonly isOld: boolean;
  /** Its findings that what was judged has no more. */
  readonly gone: readonly {
    readonly rule: RuleName;
    /** The stack or the file, where the address is not unique by itself. */
    readonly in: string | null;
    readonly address: string;
    readonly since: string;
    readonly fingerprint: string;
  }[];
}

/** `passing` counts clusters with notices, too; a cluster counts once, by the worst. */
export interface Summary {
  readonly clusters: number;
  readonly failing: number;
  /** Those of the failing clusters that have findings in the baseline, and none at level error. */
  readonly baselined: number;
  readonly unknown: number;
  readonly exempt: number;
  readonly passing: number;
}
