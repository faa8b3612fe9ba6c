import type { PolicyResource } from "@pulumi/policy";
import type { Cluster, Dialect, Field, Identity, Pool, Subject } from "../shared";
import {
  clusterIdentity,
  poolsClusterIdentity,
  readCluster,
  readPool,
  sameCluster,
  unknownField,
  withPools,
} from "../shared";
import { fieldOf, kindOf } from "./resources";

interface DeclaredCluster {
  readonly subject: Subject;
  readonly identity: Identity;
}

interface DeclaredPool {
  readonly pool: Pool;
  /** The cluster that the pool says it belongs to. */
  readonly cluster: Identity;
}

/** A cluster at the end of the run, with the pools of the stack that belong to it. */
export interface ClusterOfStack {
  readonly whole: Subject;
  /** What was judged when the cluster was registered; `undefined` where nothing was. */
  readonly judged: Subject | undefined;
  /** The program reads the cluster and does not create it. */
  readonly readOnly: boolean;
}

/**
 * What the program declared in this run. The engine shows inputs when a resource is registered and outputs at the
 * end; only the inputs say what is written and what is not, and only the end says which pool belongs to which
 * cluster. A cluster that was never registered is one that the program reads.
 */
export class Inventory {
  private readonly clusters = new Map<string, DeclaredCluster>();
  private readonly pools = new Map<string, DeclaredPool>();
  private readonly empty = new Set<string>();

  /** Notes a resource with its inputs; answers the cluster, where it is one. */
  register(urn: string, type: string, props: unknown): Subject | undefined {
    const kind = kindOf(type);
    if (kind === undefined) return undefined;
    const { dialect } = kind;
    const root = fieldOf(props);
    switch (kind.what) {
      case "pool":
        this.pools.set(urn, poolFrom(root, dialect));
        return undefined;
      case "cluster": {
        const cluster = clusterFrom(root, dialect);
        this.clusters.set(urn, cluster);
        return cluster.subject;
      }
    }
  }

  /** Notes a cluster without any inputs, which can only be judged by its outputs. */
  registerEmpty(urn: string): void {
    this.empty.add(urn);
  }

  /** One cluster of the stack as it stands at the end of the run. */
  clusterOf(resource: PolicyResource, stack: readonly PolicyResource[]): ClusterOfStack | undefined {
    const kind = kindOf(resource.type);
    if (kind?.what !== "cluster") return undefined;
    const declared = this.clusters.get(resource.urn);
    const { subject, identity } = declared ?? clusterFrom(outputsOf(resource), kind.dialect);
    const pools = stack.flatMap((other) => this.poolOf(other, resource, identity) ?? []);
    return {
      whole: { ...subject, cluster: withPools(subject.cluster, pools) },
      judged: declared?.subject,
      // Azure always answers with a network: without inputs and without that, it is no read but an empty declaration.
      readOnly: declared === undefined && !(this.empty.has(resource.urn) && saysNothing(subject.cluster)),
    };
  }

  private poolOf(resource: PolicyResource, cluster: PolicyResource, identity: Identity): Pool | undefined {
    const kind = kindOf(resource.type);
    if (kind?.what !== "pool") return undefined;
    const { dialect } = kind;
    const declared = this.pools.get(resource.urn) ?? poolFrom(fieldOf(resource.props), dialect);
    const belongs = (): boolean => {
      const named = clustersAmong(resource.propertyDependencies[dialect.poolsCluster.path] ?? []);
      if (named.length > 0) return named.includes(cluster.urn);
      if (declared.cluster.name !== undefined) return sameCluster(declared.cluster, identity);
      // An SDK that tells no dependencies per property still tells those of the resource.
      return clustersAmong(resource.dependencies).includes(cluster.urn);
    };
    return belongs() ? declared.pool : undefined;
  }
}

function clusterFrom(root: Field, dialect: Dialect): DeclaredCluster {
  return {
    subject: { cluster: readCluster(root, dialect), dialect },
    identity: clusterIdentity(root, dialect),
  };
}

function poolFrom(root: Field, dialect: Dialect): DeclaredPool {
  return { pool: readPool(root, dialect), cluster: poolsClusterIdentity(root, dialect) };
}

/** In a preview the engine has no outputs at all for a resource whose id is not known yet. */
function outputsOf(resource: PolicyResource): Field {
  return Object.keys(resource.props).length === 0 ? unknownField : fieldOf(resource.props);
}

function saysNothing(cluster: Cluster): boolean {
  return [cluster.engine, cluster.plugin, cluster.dataplane, cluster.sku, cluster.pools].every(
    ({ state }) => state !== "known",
  );
}

function clustersAmong(resources: readonly PolicyResource[]): string[] {
  return resources.filter(({ type }) => kindOf(type)?.what === "cluster").map(({ urn }) => urn);
}
