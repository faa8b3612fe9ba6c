import type { Identity } from "./identity";

/** What a separate pool says of the cluster that it belongs to. The later parts are asked for only where they are needed. */
export interface PoolsReferences<Cluster> {
  /** The clusters that the pool's own mention of its cluster surely means: it belongs to all of them. */
  readonly named: () => readonly Cluster[];
  /** The name and resource group that it mentions. */
  readonly identity: () => Identity;
  /** The clusters that it refers to or depends on in another way. */
  readonly related: () => readonly Cluster[];
  /** What its resource group comes from, where that is no plain name. */
  readonly groupOrigin?: string | undefined;
}

/** A cluster that a pool may belong to. */
export interface Candidate<Cluster> {
  readonly cluster: Cluster;
  readonly identity: Identity;
  /** What its resource group comes from, where that is no plain name. */
  readonly groupOrigin?: string | undefined;
}

/**
 * Decides whose pool a pool is, for every host and kind of document. A pool of which it is not clear whose it is belongs to
 * nobody: a Windows pool must not turn a neighbour red.
 */
export class Owners<Cluster> {
  /** To go through all clusters for every pool takes longer than a synthesis. */
  private byName: ReadonlyMap<string | undefined, readonly Candidate<Cluster>[]> | undefined;

  constructor(private readonly candidates: () => readonly Candidate<Cluster>[]) {}

  /** By the clusters that it surely means, else by name and resource group, else by what it is related to. */
  ownersOf(pool: PoolsReferences<Cluster>): readonly Cluster[] {
    const named = pool.named();
    if (named.length > 0) return named;
    const identity = pool.identity();
    if (identity.name === undefined) return onlyOne(pool.related());
    this.byName ??= grouped(this.candidates(), (candidate) => candidate.identity.name);
    const namesakes = (this.byName.get(identity.name) ?? [])
      .filter((candidate) => mayShareGroup({ identity, groupOrigin: pool.groupOrigin }, candidate))
      .map(({ cluster }) => cluster);
    const related = pool.related();
    const narrowed = namesakes.filter((cluster) => related.includes(cluster));
    return onlyOne(narrowed.length > 0 ? narrowed : namesakes);
  }
}

function onlyOne<Cluster>(owners: readonly Cluster[]): readonly Cluster[] {
  return owners.length === 1 ? owners : [];
}

type Group = Pick<Candidate<unknown>, "identity" | "groupOrigin">;

/** May both be in one resource group? A group that is an output on both sides is the same one where it comes from the same resources. */
function mayShareGroup(one: Group, other: Group): boolean {
  const [ours, theirs] = [one.identity.resourceGroup, other.identity.resourceGroup];
  if (ours !== undefined && theirs !== undefined) return ours === theirs;
  const [origin = "", otherOrigin = ""] = [one.groupOrigin, other.groupOrigin];
  return origin === "" || otherOrigin === "" || origin === otherOrigin;
}

/** Items by a key; those without one are left out. */
export function grouped<Item, Key>(
  items: readonly Item[],
  keyOf: (item: Item) => Key | undefined,
): Map<Key, Item[]> {
  const groups = new Map<Key, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    if (key === undefined) continue;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}
