import type { Pool } from "../../cluster/cluster";
import { withPools } from "../../cluster/cluster";
import type { Ownership } from "../../reading/owners";
import { Owners, PoolsOfClusters, grouped } from "../../reading/owners";
import type { Subject } from "../../reading/subject";
import type { ClusterInDocument, UnreadableBlock } from "../clusters";
import { once } from "../once";
import type { BlockOrigin, BlockWithAttributes } from "./block";
import { blocksOf } from "./block";
import type { ClusterAlone, SeparatePool } from "./parts";
import { ofProvider, PartsOfClusters } from "./parts";
import { newestAllowedBy } from "../../dialects/version-constraint";
import { constraintOnAzurerm } from "./required-providers";
import { References, unnamed } from "./references";
import { isExpression } from "./syntax";

/**
 * The clusters of a document in Terraform's JSON syntax, each with its separate pools, and at the end the blocks that could
 * not be read.
 *
 * @param originOf what is known of a block beside the document
 * @param azurermVersion the version of azurerm that the program is known to use; without it, names are advised that the
 *   newest version has which the document allows
 */
export function clustersOfDocument<Source>(
  document: unknown,
  originOf: (block: BlockWithAttributes) => BlockOrigin<Source>,
  azurermVersion?: string,
): (ClusterInDocument<Source> | UnreadableBlock<Source>)[] {
  const parts = new PartsOfClusters<Source>();
  for (const block of blocksOf(document)) parts.add({ ...block, ...originOf(block) });
  const { clusters, pools, unreadable } = parts;
  const poolsOf = new PoolsOfClusters<ClusterAlone<Source>, Pool>();
  const counted = relevant(pools, clusters);
  if (counted.length > 0) {
    const ownersOf = ownersAmong(clusters, new References(document));
    for (const each of counted) poolsOf.add(each.pool, ownersOf(each));
  }
  const newest = azurermVersion ?? newestAllowedBy(constraintOnAzurerm(document));
  const versions: AzurermVersions = { used: azurermVersion, newest, subjects: new Map() };
  return [...clusters.map((cluster) => complete(cluster, poolsOf.of(cluster), versions)), ...unreadable];
}

/** What is known of azurerm's version in the whole program. */
interface AzurermVersions {
  /** The version that the program uses. */
  readonly used: string | undefined;
  /** The newest version that it may use: a fix of a block that names none is spelt as that has it. */
  readonly newest: string | undefined;
  /** Subjects with these versions. Clusters that are alike go on sharing theirs. */
  readonly subjects: Map<Subject, Subject>;
}

function complete<Source>(
  { source, part, address, lifecycle, subject: alone }: ClusterAlone<Source>,
  { own, possible }: { readonly own: readonly Pool[]; readonly possible: readonly Pool[] },
  { used, newest, subjects }: AzurermVersions,
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
  references: References,
): (pool: SeparatePool) => Ownership<ClusterAlone<Source>> {
  const owners = new Owners(() => clusters.map((cluster) => ({ cluster, identity: cluster.identity() })));
  const byAddress = once(() => grouped(clusters, ({ address }) => address()));
  const nobody = { sure: [], possible: [] };
  return ({ link, attributes }) => {
    if (link === undefined) return nobody;
    const { addresses, identity, isOpen } = references.linkOf(link, attributes);
    const found = addresses.flatMap((address) => byAddress().get(address) ?? []);
    const isElsewhere = addresses.length > 0 && found.length === 0 && !addresses.some(isModule);
    // It names a cluster that is not in this document, or no cluster at all, which azurerm refuses.
    const namesNone = identity.name === undefined && !isExpression(link);
    if ((isElsewhere || namesNone) && !isOpen) return nobody;
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
