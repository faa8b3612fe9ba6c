import type { Pool } from "../../cluster/cluster";
import type { Ownership } from "../../reading/owners";
import { Owners, PoolsOfClusters, grouped } from "../../reading/owners";
import { once } from "../once";
import type { NameSegment } from "./expressions/names";
import { segmentsOfName } from "./expressions/names";
import type { PoolInTemplate, ResourceInTemplate, ResourcesOfTemplate } from "./resources";
import { oneSegment } from "./resources";

/** The pools of one cluster. */
export interface PoolsOfCluster {
  readonly own: readonly Pool[];
  /** Pools that may belong to another cluster, or may not be deployed with this one. */
  readonly possible: readonly Pool[];
}

/** The pools of a template by cluster: those written inside, and those that name their cluster. */
export function poolsByCluster(
  { clusters, pools }: ResourcesOfTemplate,
  read: (pool: PoolInTemplate) => Pool,
): (cluster: ResourceInTemplate) => PoolsOfCluster {
  const decided = new PoolsOfClusters<ResourceInTemplate, Pool>();
  const ofAnyCluster = new SummedPools();
  const names = once(() => new ClusterNames(clusters));
  for (const each of pools) {
    if (!each.place.isDeployed) continue;
    const owners = each.inside === undefined ? names().ownersOf(each) : only(each.inside);
    const pool = read(each);
    if (owners === "any of them") ofAnyCluster.add(pool);
    else {
      const isWith = (cluster: ResourceInTemplate): boolean => isDeployedWith(cluster, each);
      decided.add(pool, { sure: owners.sure.filter(isWith), possible: owners.possible });
      const without = owners.sure.filter((cluster) => !isWith(cluster));
      decided.add({ ...pool, mayBeNone: true }, { sure: [], possible: without });
    }
  }
  return (cluster) => {
    const { own, possible } = decided.of(cluster);
    return { own, possible: [...possible, ...ofAnyCluster.all] };
  };
}

/** Does the pool exist whenever its cluster does? */
function isDeployedWith(cluster: ResourceInTemplate, pool: ResourceInTemplate): boolean {
  return pool.place.openConditions.every((each) => cluster.place.openConditions.includes(each));
}

/** Merges pools that differ only in their number of nodes: every cluster of the template gets them all. */
class SummedPools {
  private readonly byKind = new Map<string, { readonly pool: Pool; readonly total: number }>();

  add(pool: Pool): void {
    const { maximumNodes: nodes } = pool;
    const isCounted = nodes.state === "known" && typeof nodes.value === "number";
    const key = JSON.stringify({ ...pool, name: "", maximumNodes: isCounted ? "counted" : nodes });
    const before = this.byKind.get(key)?.total ?? 0;
    const total = before + (isCounted ? nodes.value : 0);
    this.byKind.set(key, {
      pool: isCounted ? { ...pool, maximumNodes: { ...nodes, value: total } } : pool,
      total,
    });
  }

  get all(): readonly Pool[] {
    return Array.from(this.byKind.values(), ({ pool }) => pool);
  }
}

/** A pool that may belong to every cluster of the template is not listed with each of them. */
type PoolOwners = Ownership<ResourceInTemplate> | "any of them";

function only(cluster: ResourceInTemplate): PoolOwners {
  return { sure: [cluster], possible: [] };
}

interface Named {
  readonly cluster: ResourceInTemplate;
  readonly name: NameSegment;
}

/** Looks up clusters by name and deployment scope, either of which may be partly unknown. */
class ClusterNames {
  private readonly owners = new Owners<ResourceInTemplate>(() => []);
  private readonly all: readonly Named[];
  private readonly ofOpenName: readonly Named[];
  private readonly byName: ReadonlyMap<string, readonly Named[]>;
  private readonly byNameAndGroup: ReadonlyMap<string, readonly Named[]>;

  constructor(clusters: readonly ResourceInTemplate[]) {
    this.all = clusters.map((cluster) => {
      const { resource, scope } = cluster;
      return { cluster, name: oneSegment(segmentsOfName(resource["name"], scope)) };
    });
    this.ofOpenName = this.all.filter(({ name }) => !name.isKnown);
    this.byName = grouped(this.all, ({ name }) => name.key);
    this.byNameAndGroup = grouped(this.all, ({ name, cluster }) => keyOf(name, cluster));
  }

  ownersOf(pool: PoolInTemplate): PoolOwners {
    const { resource, scope } = pool;
    const segments = segmentsOfName(resource["name"], scope);
    // If the whole name is unknown, the cluster's name may be a part of it.
    const name = segments.length > 1 ? oneSegment(segments.slice(0, -1)) : { key: "", isKnown: false };
    const named = this.byNameAndGroup.get(keyOf(name, pool)) ?? [];
    const namesakes = this.byName.get(name.key) ?? [];
    const others = name.isKnown ? this.ofOpenName : this.all;
    if (!scope.template.shared.budget.spend(named.length + namesakes.length + others.length))
      return "any of them";
    const owners = this.owners.ownersOf({
      named: () => named.map(({ cluster }) => cluster),
      identity: () => ({ name: undefined, resourceGroup: undefined }),
      related: () =>
        [...new Set([...namesakes, ...others])]
          .map(({ cluster }) => cluster)
          .filter((cluster) => maySharePlace(cluster, pool)),
    });
    return owners.possible.length > 1 && owners.possible.length === this.all.length ? "any of them" : owners;
  }
}

function keyOf({ key }: NameSegment, { place }: ResourceInTemplate): string {
  return [...place.group.map((each) => each.key), key].join(" ");
}

/** Can both be deployed to the same subscription and resource group? */
function maySharePlace({ place: one }: ResourceInTemplate, { place: other }: ResourceInTemplate): boolean {
  return one.group.every((segment, i) => {
    const there = other.group[i];
    return segment.key === there?.key || !(segment.isKnown && there?.isKnown);
  });
}
