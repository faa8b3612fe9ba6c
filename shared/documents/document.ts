import type { ClusterInDocument, UnreadableBlock } from "./clusters";

/** The kinds of documents, recognized by content. */
export const documentKinds = [
  "terraform-plan",
  "terraform-state",
  "terraform-json",
  "terraform-hcl",
  "pulumi-stack",
  "pulumi-preview",
  "arm-template",
  "azure",
] as const;
export type DocumentKind = (typeof documentKinds)[number];

/** A document with the clusters in it. */
export interface ReadDocument {
  readonly kind: DocumentKind;
  readonly clusters: readonly ClusterOfDocument[];
  readonly notes: readonly DocumentNote[];
}

export type ClusterOfDocument = ClusterInDocument<Origin> | UnreadableBlock<Origin>;

/** The tool's name for a cluster. */
export function addressOfCluster(found: ClusterOfDocument): string {
  return "subject" in found ? found.address() : found.source.address;
}

/** The origin of a cluster, as far as the document tells. */
export interface Origin {
  /**
   * The tool's name for it. An exemption for a Terraform or ARM document puts the caller's stack name before
   * it.
   */
  readonly address: string;
  /** The path of its construct, if CDKTF wrote the document. An exemption may use it instead. */
  readonly constructPath?: string;
  /** The index of its document, if several are read as one; the first by default. */
  readonly document?: number;
  readonly place?: Place | undefined;
  readonly planned?: PlannedChange | undefined;
}

/** Where to look for the source of a cluster. */
export type Place =
  /** A Terraform block. `module` holds the names of the enclosing module calls, the outermost first. */
  | {
      readonly in: "terraform";
      readonly module: readonly string[];
      readonly block: "resource" | "module";
      /** Empty for a module. */
      readonly type: string;
      readonly name: string;
    }
  /** A line of the program; the file is relative to the project folder. */
  | { readonly in: "program"; readonly file: string; readonly line: number }
  /** The keys and indexes that lead to it in the document itself. */
  | { readonly in: "document"; readonly path: readonly (string | number)[] };

/** What the tool is about to do with the cluster, according to the document. */
export interface PlannedChange {
  readonly action: "create" | "update" | "replace" | "none";
  /** The attributes that force the replacement, as dotted paths, if the document names them. */
  readonly because: readonly string[];
}

/** Reasons why a document does not show everything that a user may expect in it. */
export const documentNotes = [
  "the plan is incomplete",
  "the plan failed",
  "the plan defers changes",
  "the preview leaves unchanged resources out",
  "the preview failed",
  "an operation was interrupted",
  "linked templates are not followed",
  "the answer has more pages",
] as const;
export type DocumentNote = (typeof documentNotes)[number];
