import type { Subject } from "../reading/subject";

/** A cluster found in a document, with its separate pools. */
export interface ClusterInDocument<Source> {
  /** The source of its block. */
  readonly source: Source;
  /** Its position in the block, if it is not the whole block: a template may hold several clusters. */
  readonly part: string | undefined;
  readonly subject: Subject;
  /** Its address in the document: `azurerm_kubernetes_cluster.aks`. */
  readonly address: () => string;
  /** What the program tells its tool about changes to it. */
  readonly lifecycle: () => Lifecycle;
}

export interface Lifecycle {
  /** Is the tool told to ignore a change of the setting at this path? */
  readonly ignores: (path: string) => boolean;
  /** The tool must not delete the cluster, and so must not replace it. */
  readonly isProtected: boolean;
}

/** A block that may be a cluster and could not be read. */
export interface UnreadableBlock<Source> {
  readonly source: Source;
  readonly error: unknown;
}
