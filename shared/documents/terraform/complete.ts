import type { Pool } from "../../cluster/cluster";
import { withPools } from "../../cluster/cluster";
import type { Ownership } from "../../reading/owners";
import { Owners, PoolsOfClusters, grouped } from "../../reading/owners";
import type { Subject } from "../../reading/subject";
import type { ClusterInDocument, UnreadableBlock } from "../clusters";
import { once } from "../once";
import { unnamed } from "./link";
import type { ClusterAlone, PartsOfClusters, SeparatePool } from "./parts";
import { ofProvider } from "./parts";

/** What is known of azurerm's version in the whole program. */
export interface AzurermVersions {
  /** The version that the program uses. */
  readonly used: string | undefined;
  /** The newest version that it may use: a fix of a block that names none is spelt as that has it. */
  readonly newest: string | undefined;
}

/** The clusters among the parts, each with its separate pools, and at the end the blocks that could not be read. */
export function completeClusters<Source>(
  { clusters, pools, unreadable }: PartsOfClusters<Source>,
  versions: AzurermVersions,
): (ClusterInDocument<Source> | UnreadableBlock<Source>)[] {
  const poolsOf = new PoolsOfClusters<ClusterAlone<Source>, Pool>();
  const counted = relevant(pools, clusters);
  if (counted.length > 0) {
    const ownersOf = ownersAmong(clusters);
    for (const each of counted) poolsOf.add(each.pool, ownersOf(each));
  }
  // Clusters that are alike go on sharing their subject.
  const subjects = new Map<Subject, Subject>();
  return [
    ...clusters.map((cluster) => complete(cluster, poolsOf.of(cluster), versions, subjects)),
    ...unreadable,
  ];
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

/** Pools that may change a verdict. A Linux pool counts for nothing but its nodes, and those for engine azure only. */
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

/** A pool names its cluster by an id, which may be an expression that leads to the cluster's address. */
function ownersAmong<Source>(
  clusters: readonly ClusterAlone<Source>[],
): (pool: SeparatePool) => Ownership<ClusterAlone<Source>> {
  const owners = new Owners(() => clusters.map((cluster) => ({ cluster, identity: cluster.identity() })));
  const byAddress = once(() => grouped(clusters, ({ address }) => address()));
  const nobody = { sure: [], possible: [] };
  return (pool) => {
    const link = pool.link();
    if (link === undefined) return nobody;
    const { addresses, identity, isOpen } = link;
    const found = addresses.flatMap((address) => byAddress().get(address) ?? []);
    const isElsewhere = addresses.length > 0 && found.length === 0 && !addresses.some(isModule);
    // It names a cluster that is not in this document.
    if (isElsewhere && !isOpen) return nobody;
    const isOnlyOne = found.length === 1 && (isOpen || found.length < addresses.length);
    return owners.ownersOf({
      named: () => [],
      identity: () => (isOpen ? unnamed : identity),
      related: () => (isOnlyOne ? [] : found),
    });
  };
}

function isModule(address: string): boolean {
  return address.startsWith("module.");
}
