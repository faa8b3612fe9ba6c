import type { Pool } from "../../cluster/cluster";
import { Owners, grouped } from "../../reading/owners";
import { possiblePool } from "../../reading/pool";
import { once } from "../once";
import type { NameSegment } from "./expressions/names";
import { segmentsOfName } from "./expressions/names";
import type { PoolInTemplate, ResourceInTemplate, ResourcesOfTemplate } from "./resources";
import { oneSegment } from "./resources";

/**
 * The pools of a template by their clusters: those that are written inside, and those that name their cluster. A pool
 * that may belong to several clusters, or may not be deployed with its cluster, is a possible one.
 */
export function poolsByCluster(
  { clusters, pools }: ResourcesOfTemplate,
  read: (pool: PoolInTemplate) => Pool,
): (cluster: ResourceInTemplate) => readonly Pool[] {
  const sure = new Map<ResourceInTemplate, Pool[]>();
  const possible = new Map<ResourceInTemplate | "any", PossiblePools>();
  const names = once(() => new ClusterNames(clusters));
  for (const pool of pools) {
    if (!pool.place.isDeployed) continue;
    const owners = pool.inside === undefined ? names().ownersOf(pool) : surely([pool.inside]);
    for (const owner of owners.all) {
      if (owner === "any" || !owners.areSure || !isDeployedWith(owner, pool)) {
        let ofOwner = possible.get(owner);
        if (ofOwner === undefined) possible.set(owner, (ofOwner = new PossiblePools()));
        ofOwner.add(read(pool));
      } else if (owner.place.isDeployed) {
        const known = sure.get(owner);
        if (known === undefined) sure.set(owner, [read(pool)]);
        else known.push(read(pool));
      }
    }
  }
  return (cluster) => [
    ...(sure.get(cluster) ?? []),
    ...(possible.get(cluster)?.all ?? []),
    ...(possible.get("any")?.all ?? []),
  ];
}

/** Does the pool exist wherever its cluster does? */
function isDeployedWith(cluster: ResourceInTemplate, pool: ResourceInTemplate): boolean {
  return pool.place.openConditions.every((each) => cluster.place.openConditions.includes(each));
}

/** One possible pool says as much as many. */
class PossiblePools {
  private readonly different = new Map<string, Pool>();

  add(pool: Pool): void {
    const possible = possiblePool(pool);
    if (possible !== undefined) this.different.set(JSON.stringify(possible), possible);
  }

  get all(): Iterable<Pool> {
    return this.different.values();
  }
}

interface PoolOwners {
  readonly all: readonly (ResourceInTemplate | "any")[];
  readonly areSure: boolean;
}

function surely(all: readonly ResourceInTemplate[]): PoolOwners {
  return { all, areSure: true };
}

interface Named {
  readonly cluster: ResourceInTemplate;
  readonly name: NameSegment;
}

/** Clusters by their names and where they are deployed to, all of which may not be known. */
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
    // Where the whole name is not known, the cluster's may be a part of it.
    const name = segments.length > 1 ? oneSegment(segments.slice(0, -1)) : { key: "", isKnown: false };
    const named = this.byNameAndGroup.get(keyOf(name, pool)) ?? [];
    const namesakes = this.byName.get(name.key) ?? [];
    const others = name.isKnown ? this.ofOpenName : this.all;
    if (!scope.template.shared.budget.spend(named.length + namesakes.length + others.length))
      return { all: ["any"], areSure: false };
    const mayOwn = once(() =>
      [...new Set([...namesakes, ...others])]
        .map(({ cluster }) => cluster)
        .filter((cluster) => maySharePlace(cluster, pool)),
    );
    const { sure } = this.owners.ownersOf({
      named: () => named.map(({ cluster }) => cluster),
      identity: () => ({ name: undefined, resourceGroup: undefined }),
      related: mayOwn,
    });
    if (sure.length > 0) return surely(sure);
    return { all: mayOwn().length === this.all.length ? ["any"] : mayOwn(), areSure: false };
  }
}

function keyOf({ key }: NameSegment, { place }: ResourceInTemplate): string {
  return [...place.group.map((each) => each.key), key].join(" ");
}

/** May both be deployed to one subscription and resource group? */
function maySharePlace({ place: one }: ResourceInTemplate, { place: other }: ResourceInTemplate): boolean {
  return one.group.every((segment, i) => {
    const there = other.group[i];
    return segment.key === there?.key || !segment.isKnown || there?.isKnown !== true;
  });
}
