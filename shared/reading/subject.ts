import type { Cluster } from "../cluster/cluster";
import type { Dialect } from "../dialects/dialect";

/** A cluster as a host hands it in. */
export interface Subject {
  readonly cluster: Cluster;
  readonly dialect: Dialect;
  /** The version of the dialect's tool that the program names, where it names one. */
  readonly toolVersion?: string | undefined;
  /** What auto-set says of this cluster, where an organisation switched it on. */
  readonly autoSet?: readonly string[];
  /** The program only reads the cluster: what is wrong with it is fixed elsewhere. */
  readonly readOnly?: true;
}
