import type { Subject } from "../reading/subject";

/** A cluster that was found in a document, with the separate pools that belong to it. */
export interface ClusterInDocument<Source> {
  /** The source of its block. */
  readonly source: Source;
  /** Where in the block it is, where that is not the whole block: a template may hold several clusters. */
  readonly part: string | undefined;
  readonly subject: Subject;
  /** What it is called in the document: `azurerm_kubernetes_cluster.aks`. */
  readonly address: () => string;
  /** What the program tells its tool about changes to it. */
  readonly lifecycle: () => Lifecycle;
}

/** What a program tells its tool about changes to a cluster. */
export interface Lifecycle {
  /** Does it tell the tool to ignore a change of the setting at this path? */
  readonly ignores: (path: string) => boolean;
  /** It keeps the cluster from being deleted, and so from being replaced. */
  readonly isProtected: boolean;
}

/** A block that may be a cluster and could not be read. */
export interface UnreadableBlock<Source> {
  readonly source: Source;
  readonly error: unknown;
}
