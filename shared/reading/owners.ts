import type { Identity } from "./identity";

/** What a separate pool tells about its cluster. The later parts are requested only if they are needed. */
export interface PoolsReferences<Cluster> {
  /** The clusters that the pool certainly refers to: it belongs to all of them. */
  readonly named: () => readonly Cluster[];
  /** The name and resource group that it mentions. */
  readonly identity: () => Identity;
  /** Other clusters that it refers to or depends on. */
  readonly related: () => readonly Cluster[];
  /** What the name of its cluster depends on, if that is not known. */
  readonly nameOrigin?: string | undefined;
  /** What its resource group depends on, if that is not plain text. */
  readonly groupOrigin?: string | undefined;
}

/** A cluster that a pool may belong to. */
export interface Candidate<Cluster> {
  readonly cluster: Cluster;
  readonly identity: Identity;
  /** What its name depends on, if that is not known. */
  readonly nameOrigin?: string | undefined;
  /** What its resource group depends on, if that is not plain text. */
  readonly groupOrigin?: string | undefined;
}

/** The owners of a pool. Both lists are empty if its cluster is not among the candidates. */
export interface Ownership<Cluster> {
  /** It belongs to each of these. */
  readonly sure: readonly Cluster[];
  /** It belongs to one of these, or to a cluster that is not visible. */
  readonly possible: readonly Cluster[];
}

/**
 * Decides which cluster a pool belongs to, for every host and kind of document. If that is not clear, it may
 * belong to every cluster that it does not rule out: a Windows pool must neither fail an unrelated cluster
 * nor be dropped silently.
 */
export class Owners<Cluster> {
  /** Indexed, because searching all clusters for every pool would take longer than a synthesis. */
  private byName: ReadonlyMap<string | undefined, readonly Candidate<Cluster>[]> | undefined;
  private byOrigin: ReadonlyMap<string, readonly Candidate<Cluster>[]> | undefined;
  private known: readonly Candidate<Cluster>[] | undefined;
  private readonly byGroup = new Map<string, readonly Cluster[]>();

  constructor(private readonly candidates: () => readonly Candidate<Cluster>[]) {}

  /**
   * By the clusters that it certainly refers to, else by name and resource group, else by what it depends on.
   */
  ownersOf(pool: PoolsReferences<Cluster>): Ownership<Cluster> {
    const named = pool.named();
    if (named.length > 0) return { sure: named, possible: [] };
    const group: Group = { identity: pool.identity(), groupOrigin: pool.groupOrigin };
    const { name } = group.identity;
    const related = pool.related();
    const narrowed = (clusters: readonly Cluster[]): Ownership<Cluster> => {
      const both = related.length === 0 ? [] : clusters.filter((cluster) => related.includes(cluster));
      return oneOf(both.length > 0 ? both : clusters);
    };
    if (name === undefined) {
      const { nameOrigin = "" } = pool;
      // Names that depend on the same resources are the same.
      const namesakes = this.inGroup(group, `from ${nameOrigin}`, () => this.fromOrigin(nameOrigin));
      if (namesakes.length > 0) return narrowed(namesakes);
      if (related.length > 0) return oneOf(related);
      return { sure: [], possible: this.inGroup(group, "all", () => this.all()) };
    }
    const namesakes = this.inGroup(group, `named ${name}`, () => this.named(name));
    if (namesakes.length > 0) return narrowed(namesakes);
    // A cluster whose name is not known may have this one.
    return { sure: [], possible: this.inGroup(group, "nameless", () => this.nameless()) };
  }

  /** The clusters that may be in a group. Pools share one list, so that it need not be copied. */
  private inGroup(
    group: Group,
    whose: string,
    candidates: () => readonly Candidate<Cluster>[],
  ): readonly Cluster[] {
    const key = JSON.stringify([whose, group.identity.resourceGroup, group.groupOrigin]);
    let clusters = this.byGroup.get(key);
    if (clusters === undefined) {
      clusters = candidates()
        .filter((candidate) => mayShareGroup(group, candidate))
        .map(({ cluster }) => cluster);
      this.byGroup.set(key, clusters);
    }
    return clusters;
  }

  private fromOrigin(origin: string): readonly Candidate<Cluster>[] {
    if (origin === "") return [];
    this.byOrigin ??= grouped(this.nameless(), ({ nameOrigin }) => nameOrigin);
    return this.byOrigin.get(origin) ?? [];
  }

  private all(): readonly Candidate<Cluster>[] {
    return (this.known ??= this.candidates());
  }

  private named(name: string): readonly Candidate<Cluster>[] {
    this.byName ??= grouped(this.all(), ({ identity }) => identity.name);
    return this.byName.get(name) ?? [];
  }

  private nameless(): readonly Candidate<Cluster>[] {
    return this.all().filter(({ identity }) => identity.name === undefined);
  }
}

function oneOf<Cluster>(owners: readonly Cluster[]): Ownership<Cluster> {
  return owners.length === 1 ? { sure: owners, possible: [] } : { sure: [], possible: owners };
}

type Group = Pick<Candidate<unknown>, "identity" | "groupOrigin">;

/** Can both be in one resource group? Two outputs are the same group if they depend on the same resources. */
function mayShareGroup(one: Group, other: Group): boolean {
  const [ours, theirs] = [one.identity.resourceGroup, other.identity.resourceGroup];
  if (ours !== undefined && theirs !== undefined) return ours === theirs;
  const [origin = "", otherOrigin = ""] = [one.groupOrigin, other.groupOrigin];
  return origin === "" || otherOrigin === "" || origin === otherOrigin;
}

/** The pools of each cluster, by ownership. */
export class PoolsOfClusters<Cluster, Pool> {
  private readonly sure = new Map<Cluster, Pool[]>();
  /**
   * Pools that may belong to every cluster of a list, by that list: many pools may share one long list of
   * clusters.
   */
  private readonly possible = new Map<readonly Cluster[], Pool[]>();
  private possibleOf: Map<Cluster, (readonly Pool[])[]> | undefined;

  add(pool: Pool, { sure, possible }: Ownership<Cluster>): void {
    for (const owner of sure) append(this.sure, owner, pool);
    if (possible.length === 0) return;
    append(this.possible, possible, pool);
    this.possibleOf = undefined;
  }

  of(cluster: Cluster): { readonly own: readonly Pool[]; readonly possible: readonly Pool[] } {
    const [first = [], ...others] = (this.possibleOf ??= this.byCluster()).get(cluster) ?? [];
    // Most pools share one list, so that it need not be copied.
    return {
      own: this.sure.get(cluster) ?? [],
      possible: others.length === 0 ? first : [first, ...others].flat(),
    };
  }

  private byCluster(): Map<Cluster, (readonly Pool[])[]> {
    const lists = new Map<Cluster, (readonly Pool[])[]>();
    for (const [clusters, pools] of this.possible)
      for (const cluster of new Set(clusters)) append(lists, cluster, pools);
    return lists;
  }
}

/** Items by key; items without one are left out. */
export function grouped<Item, Key>(
  items: readonly Item[],
  keyOf: (item: Item) => Key | undefined,
): Map<Key, Item[]> {
  const groups = new Map<Key, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    if (key !== undefined) append(groups, key, item);
  }
  return groups;
}

function append<Key, Item>(groups: Map<Key, Item[]>, key: Key, item: Item): void {
  const group = groups.get(key);
  if (group === undefined) groups.set(key, [item]);
  else group.push(item);
}
