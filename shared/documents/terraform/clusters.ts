import type { Pool } from "../../cluster/cluster";
import { withPools } from "../../cluster/cluster";
import { clusterTypesOfTerraform } from "../../dialects/lookup";
import type { Ownership } from "../../reading/owners";
import { Owners, grouped } from "../../reading/owners";
import type { ClusterInDocument, UnreadableBlock } from "../clusters";
import { once } from "../once";
import type { TerraformBlock } from "./block";
import type { ClusterAlone, SeparatePool } from "./parts";
import { PartsOfClusters } from "./parts";

/**
 * The clusters among the blocks of one Terraform program, each with its separate pools, and at the end the blocks that
 * could not be read.
 *
 * @param azurermVersion the version of azurerm that the program is known to use, asked for after the last block
 * @param newestAzurerm the newest version of azurerm that it may use, whose names are advised
 */
export function clustersAmong<Source>(
  blocks: Iterable<TerraformBlock<Source> | UnreadableBlock<Source>>,
  azurermVersion: () => string | undefined = () => undefined,
  newestAzurerm: () => string | undefined = azurermVersion,
): (ClusterInDocument<Source> | UnreadableBlock<Source>)[] {
  const parts = new PartsOfClusters<Source>();
  for (const block of blocks) parts.add(block);
  const { clusters, pools, unreadable } = parts;
  const ownersOf = ownersAmong(clusters);
  const poolsOf = new Map<ClusterAlone<Source>, Pool[]>();
  for (const each of relevant(pools, clusters)) {
    for (const owner of ownersOf(each).sure) poolsOf.set(owner, [...(poolsOf.get(owner) ?? []), each.pool]);
  }
  const [version, newest] = [azurermVersion(), newestAzurerm()];
  return [
    ...clusters.map((cluster) => complete(cluster, poolsOf.get(cluster) ?? [], version, newest)),
    ...unreadable,
  ];
}

function complete<Source>(
  alone: ClusterAlone<Source>,
  pools: readonly Pool[],
  azurermVersion: string | undefined,
  newestAzurerm: string | undefined,
): ClusterInDocument<Source> {
  const { source, part, address } = alone;
  const isOpen = alone.subject.dialect.version === undefined && newestAzurerm !== undefined;
  const subject =
    isOpen && alone.subject.dialect.versions?.of === "provider" ? alone.at(newestAzurerm) : alone.subject;
  const toolVersion =
    subject.toolVersion ?? (subject.dialect.tool === "azurerm" ? azurermVersion : undefined);
  const isComplete = pools.length === 0 && toolVersion === subject.toolVersion;
  return {
    source,
    part,
    likeness: pools.length === 0 ? alone.likeness : undefined,
    address: part === undefined ? address : () => `${address()} ${part}`,
    subject: isComplete ? subject : { ...subject, cluster: withPools(subject.cluster, pools), toolVersion },
  };
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

/** A pool names its cluster by a literal id, or by an expression that has the cluster's address. */
function ownersAmong<Source>(
  clusters: readonly ClusterAlone<Source>[],
): (pool: SeparatePool) => Ownership<ClusterAlone<Source>> {
  const owners = new Owners(() => clusters.map((cluster) => ({ cluster, identity: cluster.identity() })));
  const byAddress = once(() => grouped(clusters, ({ address }) => address()));
  return ({ link }) => {
    const { text = "", identity } = link();
    return owners.ownersOf({
      named: () => [],
      identity: () => identity,
      related: () =>
        identity.name === undefined
          ? addressesIn(text).flatMap((address) => byAddress().get(address) ?? [])
          : [],
    });
  };
}

const clusterAddress = new RegExp(`(?<![\\w.])(?:${clusterTypesOfTerraform.join("|")})\\.[\\w-]+`, "g");

/** The addresses of resources that an expression names, each once. */
function addressesIn(expression: string): string[] {
  return [...new Set([...expression.matchAll(clusterAddress)].map(([address]) => address))];
}
