import type { Cluster } from "./cluster";
import type { Dialect } from "./dialects";

/** A cluster as a host hands it in. */
export interface Subject {
  readonly cluster: Cluster;
  readonly dialect: Dialect;
  /** The program only reads the cluster: what is wrong with it is fixed elsewhere. */
  readonly readOnly?: true;
}
