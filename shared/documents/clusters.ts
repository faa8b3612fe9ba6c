import type { Subject } from "../reading/subject";

/** A cluster that was found in a document, with the separate pools that belong to it. */
export interface ClusterInDocument<Source> {
  /** The source of its block. */
  readonly source: Source;
  /** Where in the block it is, where that is not the whole block: a template may hold several clusters. */
  readonly part: string | undefined;
  readonly subject: Subject;
  /** The likeness that the verdict depends on, and nothing else does; see `TerraformBlock`. */
  readonly likeness: string | undefined;
  /** What it is called in the document: `azurerm_kubernetes_cluster.aks`. */
  readonly address: () => string;
}

/** A block that may be a cluster and could not be read. */
export interface UnreadableBlock<Source> {
  readonly source: Source;
  readonly error: unknown;
}
