/** Whose pool a separate pool of a stack is, by what its resource shows of where its properties come from. */
import type { Pool } from "../../cluster/cluster";
import type { Dialect } from "../../dialects/dialect";
import type { Identity } from "../../reading/identity";
import type { Candidate, PoolsReferences } from "../../reading/owners";
import { Owners, PoolsOfClusters } from "../../reading/owners";
import { once } from "../once";
import type { PoolOfNamed } from "./parts";

/** What a resource of a stack refers to, by URNs. */
export interface ResourceOfStack {
  readonly urn: string;
  readonly dialect: Dialect;
  /** Everything that it refers to, its parent included. */
  readonly dependencies: () => readonly string[];
  /** What one of its properties comes from. */
  readonly dependenciesOf: (property: string) => readonly string[];
}

export interface ClusterOfStack extends ResourceOfStack {
  /** `undefined` for one that cannot be read, to which no pool is given. */
  readonly identity: () => Identity | undefined;
}

export interface PoolOfStack extends ResourceOfStack, PoolOfNamed {}

/** The separate pools of a stack by the URNs of their clusters. The clusters are asked for only where there are pools. */
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

/** What a pool says about its cluster: in the property that names the cluster, and in the resource's own dependencies. */
function referencesOf(pool: PoolOfStack, isCluster: (urn: string) => boolean): PoolsReferences<string> {
  const { dialect, cluster } = pool;
  const { path, olderPath = path } = dialect.poolsCluster;
  const link = pool.dependenciesOf(path).length > 0 ? path : olderPath;
  // A name that is made of two clusters' names is the name of one of them at most.
  const mentioned = pool.dependenciesOf(link).filter(isCluster);
  return {
    named: () => (mentioned.length === 1 ? mentioned : []),
    identity: () => cluster,
    related: () => (mentioned.length > 1 ? mentioned : pool.dependencies().filter(isCluster)),
    nameOrigin: originOf(pool, link),
    groupOrigin: originOf(pool, dialect.identity.resourceGroup),
  };
}

/** The resources that a property of a resource comes from. */
function originOf({ dependenciesOf }: ResourceOfStack, property: string): string {
  return [...dependenciesOf(property)].sort().join();
}
