/**
 * Assigns the separate pools of a stack to clusters, by what each resource shows of the origin of its
 * properties.
 */
import type { Pool } from "../../cluster/cluster";
import type { Dialect } from "../../dialects/dialect";
import type { Identity } from "../../reading/identity";
import type { Candidate, PoolsReferences } from "../../reading/owners";
import { Owners, PoolsOfClusters } from "../../reading/owners";
import { once } from "../once";
import type { PoolOfNamed } from "./parts";

/** The references of a stack's resource, as URNs. */
export interface ResourceOfStack {
  readonly urn: string;
  readonly dialect: Dialect;
  /** Everything that it refers to, its parent included. */
  readonly dependencies: () => readonly string[];
  /** The resources that one of its properties depends on. */
  readonly dependenciesOf: (property: string) => readonly string[];
}

export interface ClusterOfStack extends ResourceOfStack {
  /** `undefined` for a cluster that cannot be read. It gets no pools. */
  readonly identity: () => Identity | undefined;
}

export interface PoolOfStack extends ResourceOfStack, PoolOfNamed {}

/**
 * The separate pools of a stack by the URNs of their clusters. The clusters are requested only if there are
 * pools.
 */
export function poolsOfStack(
  clustersOf: () => readonly ClusterOfStack[],
  pools: readonly PoolOfStack[],
): PoolsOfClusters<string, Pool> {
  const clusters = once(clustersOf);
  const urns = once(() => new Set(clusters().map(({ urn }) => urn)));
  const owners = new Owners(() => clusters().flatMap(candidateOf));
  const decided = new PoolsOfClusters<string, Pool>();
  for (const pool of pools)
    decided.add(pool.pool, owners.ownersOf(referencesOf(pool, (urn) => urns().has(urn))));
  return decided;
}

function candidateOf(cluster: ClusterOfStack): Candidate<string>[] {
  const identity = cluster.identity();
  if (identity === undefined) return [];
  const { urn, dialect } = cluster;
  const nameOrigin = originOf(cluster, dialect.identity.name);
  const groupOrigin = originOf(cluster, dialect.identity.resourceGroup);
  return [{ cluster: urn, identity, nameOrigin, groupOrigin }];
}

/**
 * What a pool tells about its cluster: the property that names the cluster, and the resource's own
 * dependencies.
 */
function referencesOf(pool: PoolOfStack, isCluster: (urn: string) => boolean): PoolsReferences<string> {
  const { dialect, cluster } = pool;
  const { path, olderPath = path } = dialect.poolsCluster;
  const link = pool.dependenciesOf(path).length > 0 ? path : olderPath;
  // A name made of two clusters' names is the name of at most one of them.
  const mentioned = pool.dependenciesOf(link).filter(isCluster);
  return {
    named: () => (mentioned.length === 1 ? mentioned : []),
    identity: () => cluster,
    related: () => (mentioned.length === 0 ? pool.dependencies().filter(isCluster) : mentioned),
    nameOrigin: originOf(pool, link),
    groupOrigin: originOf(pool, dialect.identity.resourceGroup),
  };
}

/** The resources that a property depends on. */
function originOf({ dependenciesOf }: ResourceOfStack, property: string): string {
  return [...dependenciesOf(property)].sort().join();
}
