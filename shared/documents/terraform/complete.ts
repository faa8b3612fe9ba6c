import type { Pool } from "../../cluster/cluster";
import { withPools } from "../../cluster/cluster";
import type { Ownership } from "../../reading/owners";
import { PoolsOfClusters } from "../../reading/owners";
import type { Subject } from "../../reading/subject";
import type { ClusterInDocument, UnreadableBlock } from "../clusters";
import type { OutputOfDocument } from "./link";
import { unclear } from "./link";
import type { FollowedOutput, PoolsOfDocument } from "./owners-of-pools";
import { OwnersOfPools } from "./owners-of-pools";
import type { ClusterAlone, PartsOfClusters, SeparatePool } from "./parts";
import { ofProvider } from "./parts";

/** What is known of azurerm's version in the whole program. */
export interface AzurermVersions {
  /** The version in use. */
  readonly used: string | undefined;
  /** The newest version that may be in use. A fix for a block without a version uses its spelling. */
  readonly newest: string | undefined;
}

/** The other documents of the same program, whose pools may belong to clusters of this one. */
export interface OtherDocuments {
  /** Called only if there are clusters. */
  readonly all: () => readonly PoolsOfDocument[];
  /** What an output of a document of the program is; this one's clusters are `ours`. */
  readonly outputOf: (output: OutputOfDocument, ours: OwnersOfPools<unknown>) => FollowedOutput;
}

const noOthers: OtherDocuments = {
  all: () => [],
  outputOf: (_, owners) => ({ link: unclear, owners }),
};

/**
 * The clusters among the parts, each with its separate pools, followed by the blocks that could not be read.
 */
export function completeClusters<Source>(
  { clusters, pools, unreadable }: PartsOfClusters<Source>,
  versions: AzurermVersions,
  { all, outputOf } = noOthers,
): (ClusterInDocument<Source> | UnreadableBlock<Source>)[] {
  const poolsOf = new PoolsOfClusters<ClusterAlone<Source>, Pool>();
  if (clusters.length > 0) {
    const owners = new OwnersOfPools(clusters);
    for (const from of [{ pools, owners }, ...all()])
      for (const each of relevant(from.pools, clusters))
        poolsOf.add(each.pool, ifMade(each, owners.of(each, from.owners, outputOf)));
  }
  // Identical clusters keep sharing their subject.
  const subjects = new Map<Subject, Subject>();
  return [
    ...clusters.map((cluster) => complete(cluster, poolsOf.of(cluster), versions, subjects)),
    ...unreadable,
  ];
}

/** A pool that may not be created leaves its effect unknown. */
function ifMade<Cluster>({ pool }: SeparatePool, owners: Ownership<Cluster>): Ownership<Cluster> {
  const { sure, possible } = owners;
  return pool.mayBeNone === true && sure.length > 0 ? { sure: [], possible: [...sure, ...possible] } : owners;
}

function complete<Source>(
  { source, part, address, lifecycle, subject: alone }: ClusterAlone<Source>,
  { own, possible }: { readonly own: readonly Pool[]; readonly possible: readonly Pool[] },
  { used, newest }: AzurermVersions,
  subjects: Map<Subject, Subject>,
): ClusterInDocument<Source> {
  let subject = subjects.get(alone);
  if (subject === undefined) subjects.set(alone, (subject = withVersions(alone, used, newest)));
  const whole = withPools(subject.cluster, own, possible);
  return {
    source,
    part,
    address,
    lifecycle,
    subject: whole === subject.cluster ? subject : { ...subject, cluster: whole },
  };
}

function withVersions(subject: Subject, used: string | undefined, newest: string | undefined): Subject {
  const toolVersion = subject.toolVersion ?? (subject.dialect.tool === "azurerm" ? used : undefined);
  const dialect =
    subject.dialect.version === undefined ? ofProvider(subject.dialect, newest) : subject.dialect;
  const isComplete = toolVersion === subject.toolVersion && dialect === subject.dialect;
  return isComplete ? subject : { ...subject, dialect, toolVersion };
}

/**
 * Pools that may change a verdict. A Linux pool matters only for its number of nodes, and only with engine
 * azure.
 */
function relevant(
  pools: readonly SeparatePool[],
  clusters: readonly ClusterAlone<unknown>[],
): readonly SeparatePool[] {
  if (pools.length === 0) return pools;
  const nodesCount = clusters.some(
    ({ subject: { cluster } }) =>
      cluster.engine.state === "unknown" ||
      (cluster.engine.state === "known" && cluster.engine.value === "azure"),
  );
  if (nodesCount) return pools;
  return pools.filter(({ pool: { os, windowsImage } }) => {
    const linux = os.state === "absent" || (os.state === "known" && os.value === "Linux");
    return !linux || windowsImage.truth !== false;
  });
}
