import type { Cluster } from "../cluster/cluster";
import type { Dialect } from "../dialects/dialect";

/** A cluster as it was read, with what its fix and its effect depend on. */
export interface Subject {
  readonly cluster: Cluster;
  readonly dialect: Dialect;
  /** The version of the dialect's tool that the program names, where it names one. */
  readonly toolVersion?: string | undefined;
  /** The program only reads the cluster: what is wrong with it is fixed elsewhere. */
  readonly readOnly?: true;
  /** The setting that keeps the tool from sending a change of the network that it plans in place. */
  readonly notSentBecauseOf?: string;
}
