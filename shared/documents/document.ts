import type { ClusterInDocument, UnreadableBlock } from "./clusters";

/** What a document is, by its content. */
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

/** What the document's tool calls a cluster. */
export function addressOfCluster(found: ClusterOfDocument): string {
  return "subject" in found ? found.address() : found.source.address;
}

/** Where a cluster of a document comes from, as far as the document tells. */
export interface Origin {
  /** What its tool calls it. An exemption of a Terraform or ARM document names the caller's stack before it. */
  readonly address: string;
  /** The path of its construct, where CDKTF wrote the document. An exemption may name it instead. */
  readonly constructPath?: string;
  /** Which of the documents that were read as one it is in; the first by default. */
  readonly document?: number;
  readonly place?: Place;
  readonly planned?: PlannedChange;
}

/** Where to look for a cluster's lines. */
export type Place =
  /** A block of Terraform. `module` holds the names of the module calls around it, the outermost first. */
  | {
      readonly in: "terraform";
      readonly module: readonly string[];
      readonly block: "resource" | "module";
      /** Empty for a module. */
      readonly type: string;
      readonly name: string;
    }
  /** A line of the program, whose file is named from its project's folder. */
  | { readonly in: "program"; readonly file: string; readonly line: number }
  /** The keys and indices that lead to it in the document itself. */
  | { readonly in: "document"; readonly path: readonly (string | number)[] };

/** What the document says that its tool is about to do with the cluster. */
export interface PlannedChange {
  readonly action: "create" | "update" | "replace" | "none";
  /** The attributes because of which it is replaced, as dotted paths, where the document names them. */
  readonly because: readonly string[];
}

/** What keeps a document from showing everything that a user may expect in it. */
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
