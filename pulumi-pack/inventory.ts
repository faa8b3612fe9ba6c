import type { PolicyResource, ResourceValidationArgs } from "@pulumi/policy";
import type { Cluster, Pool } from "../shared/cluster/cluster";
import { withPools } from "../shared/cluster/cluster";
import type { Dialect } from "../shared/dialects/dialect";
import type { DeployedCluster } from "../shared/documents/pulumi/deployed";
import type { PoolOfStack, ResourceOfStack } from "../shared/documents/pulumi/owners";
import { poolsOfStack } from "../shared/documents/pulumi/owners";
import type { NamedCluster, PoolOfNamed } from "../shared/documents/pulumi/parts";
import { clusterFrom, poolFrom, toolVersionOf } from "../shared/documents/pulumi/parts";
import { readCluster } from "../shared/reading/cluster";
import type { Field } from "../shared/reading/field";
import { unknownField } from "../shared/reading/field";
import type { Identity } from "../shared/reading/identity";
import type { PoolsOfClusters } from "../shared/reading/owners";
import type { Subject } from "../shared/reading/subject";
import type { RuleName } from "../shared/rules";
import { partOf, rootOf, versionOf } from "./resources";

/**
 * What the program declared in this run. The engine shows inputs when a resource is registered and outputs at
 * the end; only the inputs tell what is written, and only the end tells which pool belongs to which cluster.
 * A cluster that was never registered is one that the program only reads.
 */
export class Inventory {
  readonly clusters = new Map<string, NamedCluster>();
  readonly pools = new Map<string, PoolOfNamed>();
  /** The clusters of ARM templates, by the URN of what deploys them. */
  readonly deployed = new Map<string, readonly DeployedCluster[]>();
  /** Clusters that were registered without any inputs, which can only be judged by their outputs. */
  readonly empty = new Set<string>();

  private readonly kinds = new KindsOfClusters();
  private last: Registration | undefined;

  /** Records a part of a cluster that a rule is asked about. */
  register(rule: RuleName, args: ResourceValidationArgs): Registered {
    const { last } = this;
    if (last !== undefined && isSameCall(last, rule, args)) {
      last.rules.add(rule);
      return last.registered;
    }
    this.last = undefined;
    const registered = this.note(args);
    this.last = { urn: args.urn, list: listOfRequest(args), rules: new Set([rule]), registered };
    return registered;
  }

  private note({ urn, type, props, provider }: ResourceValidationArgs): Registered {
    const version = versionOf(provider);
    const part = partOf({ type, props }, version);
    switch (part?.what) {
      case "pool":
        if (isEmpty(props)) return this.noteEmpty(urn);
        this.pools.set(urn, poolFrom(rootOf(props, part.dialect), part.dialect));
        return { what: "pool" };
      case "cluster": {
        const root = rootOf(props, part.dialect);
        const read = clusterFrom(root, part.dialect, toolVersionOf(type, version));
        // Listing the names in the SDK's object is slow, and only needed if nothing was found.
        if (hasNoSettings(read.subject.cluster) && isEmpty(props)) return this.noteEmpty(urn);
        const subject = this.clusters.size < fewClusters ? read.subject : this.kinds.shared(read.subject);
        this.clusters.set(urn, { subject, identity: read.identity });
        return { what: "cluster", subject };
      }
      case "template deployment":
      case undefined:
        throw new TypeError("not a part of a cluster");
    }
  }

  private noteEmpty(urn: string): Registered {
    this.empty.add(urn);
    return { what: "nothing" };
  }
}

function isEmpty(props: object): boolean {
  return Reflect.ownKeys(props).length === 0;
}

/** What Pulumi registers: a cluster, a pool, or a part of one that has no inputs. */
export type Registered =
  | { readonly what: "cluster"; readonly subject: Subject }
  | { readonly what: "pool" }
  | { readonly what: "nothing" };

/** The engine's latest registration. */
interface Registration {
  readonly urn: string;
  readonly list: unknown;
  /** The rules that were asked about it. */
  readonly rules: Set<RuleName>;
  readonly registered: Registered;
}

/**
 * Is a rule asked about the same registration as the previous rule? The SDK asks one rule after another and
 * gives each its own copy of the same inputs, and reading them takes longer than checking them.
 */
function isSameCall(
  { urn, list, rules }: Registration,
  rule: RuleName,
  args: ResourceValidationArgs,
): boolean {
  return list !== undefined && list === listOfRequest(args) && urn === args.urn && !rules.has(rule);
}

/** A list that belongs to the request: another request, or a copy, has a different object. */
function listOfRequest({ opts }: Partial<ResourceValidationArgs>): unknown {
  return opts?.ignoreChanges;
}

/** Remembering this many clusters separately costs next to nothing. */
const fewClusters = 500;

/** Identical clusters share one subject: a program with many clusters has few kinds of them. */
class KindsOfClusters {
  private readonly known = new Map<Dialect, Map<string, Subject>>();

  shared(subject: Subject): Subject {
    const { cluster, dialect, toolVersion = "", notSentBecauseOf = "" } = subject;
    const ofDialect = this.known.get(dialect) ?? new Map<string, Subject>();
    this.known.set(dialect, ofDialect);
    const key = `${toolVersion} ${notSentBecauseOf} ${JSON.stringify(cluster)}`;
    const twin = ofDialect.get(key);
    if (twin !== undefined) return twin;
    // If hardly any two are identical, there is nothing to share.
    if (ofDialect.size >= mostKinds) ofDialect.clear();
    ofDialect.set(key, subject);
    return subject;
  }
}

const mostKinds = 256;

/** A cluster with its current inputs, whether or not it is registered with them. */
export function subjectOf(type: string, props: unknown, version: string | undefined): Subject | undefined {
  const part = partOf({ type, props }, version);
  return part?.what === "cluster"
    ? clusterFrom(rootOf(props, part.dialect), part.dialect, toolVersionOf(type, version)).subject
    : undefined;
}

/** A cluster at the end of the run, with its pools in the stack. */
export interface ClusterOfStack {
  readonly whole: Subject;
  /** What was checked when the cluster was registered; `undefined` if nothing was. */
  readonly judged: Subject | undefined;
}

/** The resources of a stack at the end of a run. Properties are read on demand. */
export class StackOfClusters {
  readonly clusters: readonly PolicyResource[];
  private pools: PoolsOfClusters<string, Pool> | undefined;

  constructor(
    private readonly resources: readonly PolicyResource[],
    private readonly inventory: Inventory,
  ) {
    this.clusters = resources.filter(isCluster);
  }

  /** One of `clusters` at the end of the run. */
  clusterOf(resource: PolicyResource): ClusterOfStack {
    this.pools ??= this.poolsByCluster();
    const declared = this.inventory.clusters.get(resource.urn);
    const { subject } = this.declaredOrRead(resource);
    const { own, possible } = this.pools.of(resource.urn);
    const cluster = withPools(subject.cluster, own, possible);
    // Azure always returns a network: without inputs and without a network it is an empty declaration, not a
    // read.
    const isEmpty = this.inventory.empty.has(resource.urn) && hasNoSettings(subject.cluster);
    const readOnly = declared === undefined && !isEmpty;
    return {
      whole: { ...subject, cluster, ...(readOnly ? { readOnly } : {}) },
      judged: declared?.subject,
    };
  }

  /**
   * One of `clusters` by its outputs: what is deployed, or would be after a preview. `undefined` if they are
   * not available: in a preview the engine does not ask a provider that is not configured yet, and has no
   * outputs.
   */
  deployed(resource: PolicyResource): Cluster | undefined {
    const { props } = resource;
    const dialect = dialectOf(resource);
    return Object.keys(props).length === 0 ? undefined : readCluster(rootOf(props, dialect), dialect);
  }

  private declaredOrRead(resource: PolicyResource): NamedCluster {
    const registered = this.inventory.clusters.get(resource.urn);
    if (registered !== undefined) return registered;
    const dialect = dialectOf(resource);
    return clusterFrom(outputsOf(resource, dialect), dialect);
  }

  private identityOf(cluster: PolicyResource): Identity | undefined {
    try {
      return this.declaredOrRead(cluster).identity;
    } catch {
      // An unreadable cluster is reported when it is requested, and must not keep the others from their
      // pools.
      return undefined;
    }
  }

  private poolsByCluster(): PoolsOfClusters<string, Pool> {
    const pools = this.resources.flatMap((resource): PoolOfStack[] => {
      const part = partOf(resource);
      if (part?.what !== "pool") return [];
      const { dialect } = part;
      const { pool, cluster } =
        this.inventory.pools.get(resource.urn) ?? poolFrom(rootOf(resource.props, dialect), dialect);
      return [{ ...linksOf(resource, dialect), pool, cluster }];
    });
    return poolsOfStack(
      () =>
        this.clusters.map((resource) => ({
          ...linksOf(resource, dialectOf(resource)),
          identity: () => this.identityOf(resource),
        })),
      pools,
    );
  }
}

function linksOf(resource: PolicyResource, dialect: Dialect): ResourceOfStack {
  return {
    urn: resource.urn,
    dialect,
    dependencies: () => {
      const { dependencies, parent } = resource;
      return (parent === undefined ? dependencies : [...dependencies, parent]).map(({ urn }) => urn);
    },
    dependenciesOf: (property) => (resource.propertyDependencies[property] ?? []).map(({ urn }) => urn),
  };
}

function dialectOf(resource: Pick<PolicyResource, "type" | "props">): Dialect {
  const dialect = partOf(resource)?.dialect;
  if (dialect === undefined) throw new TypeError("not a cluster");
  return dialect;
}

function isCluster(resource: Pick<PolicyResource, "type" | "props">): boolean {
  return partOf(resource)?.what === "cluster";
}

/** In a preview the engine has no outputs for a resource whose ID is not known yet. */
function outputsOf({ props }: PolicyResource, dialect: Dialect): Field {
  return Object.keys(props).length === 0 ? unknownField : rootOf(props, dialect);
}

function hasNoSettings(cluster: Cluster): boolean {
  return [cluster.engine, cluster.plugin, cluster.dataplane, cluster.sku, cluster.pools].every(
    ({ state }) => state !== "known",
  );
}
