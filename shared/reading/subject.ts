import type { Cluster } from "../cluster/cluster";
import type { Dialect } from "../dialects/dialect";

/** A parsed cluster, with what its fix and its effect depend on. */
export interface Subject {
  readonly cluster: Cluster;
  readonly dialect: Dialect;
  /** The version of the dialect's tool, if the program names one. */
  readonly toolVersion?: string | undefined;
  /** The program only reads the cluster, so problems are fixed elsewhere. */
  readonly readOnly?: true;
  /** The setting that keeps the tool from sending a network change that it plans in place. */
  readonly notSentBecauseOf?: string;
}
