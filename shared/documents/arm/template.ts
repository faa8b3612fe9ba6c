import type { Cluster, Pool } from "../../cluster/cluster";
import { withPools } from "../../cluster/cluster";
import type { Dialect, TemplateTypes } from "../../dialects/dialect";
import { dialectAt } from "../../dialects/at-version";
import { apiVersionOf, isSameType } from "../../dialects/lookup";
import { readCluster } from "../../reading/cluster";
import type { Field } from "../../reading/field";
import { absentField, fieldsOf } from "../../reading/field";
import { Owners } from "../../reading/owners";
import { readPool } from "../../reading/pool";
import type { JsonObject } from "../json";
import { isRecord } from "../json";
import { childOf, separatePoolAt, textOf } from "../separate-pool";
import type { Scope } from "./expressions";
import { armValue, isArmExpression, scopeOfNested } from "./expressions";

/** A cluster of an ARM template, with the pools that belong to it. */
export interface ClusterInTemplate {
  /** Where in the template it is: `resources[0]`. */
  readonly part: string;
  readonly cluster: Cluster;
  /** The dialect at the resource's API version. */
  readonly dialect: Dialect;
}

/** What is known of a template beside its text. */
export interface Deployment {
  /** The parameters that it is deployed with, in the form of a parameters file; no object where they are not known. */
  readonly parameters: unknown;
  /** What its parts are named after, where it is itself a part of something. */
  readonly place?: string;
  /** Is it a value that the document around the template fills in? */
  readonly isFilledIn?: (value: unknown) => boolean;
}

/** The clusters of an ARM template, those of its nested templates included. */
export function clustersInTemplate(
  template: JsonObject,
  dialect: Dialect,
  types: TemplateTypes,
  { parameters, place = "", isFilledIn = () => false }: Deployment,
): readonly ClusterInTemplate[] {
  return new TemplateReader(dialect, types, isFilledIn).clustersOf(template, { template, parameters }, place);
}

interface ClusterResource {
  readonly part: string;
  readonly resource: JsonObject;
  readonly name: string;
}

interface PoolResource {
  readonly resource: JsonObject;
  /** The name of its cluster as the template writes it, an expression perhaps. */
  readonly cluster: string;
}

class TemplateReader {
  constructor(
    private readonly dialect: Dialect,
    private readonly types: TemplateTypes,
    private readonly isFilledIn: (value: unknown) => boolean,
  ) {}

  clustersOf(template: JsonObject, scope: Scope, place: string): readonly ClusterInTemplate[] {
    const found: ClusterInTemplate[] = [];
    const clusters: ClusterResource[] = [];
    const pools: PoolResource[] = [];
    for (const [part, resource] of resourcesOf(template, place)) {
      if (!isRecord(resource) || resource["existing"] === true || resource["condition"] === false) continue;
      const name = String(resource["name"]);
      switch (this.kindOf(resource)) {
        case "deployment": {
          const properties = isRecord(resource["properties"]) ? resource["properties"] : {};
          const { template: nested } = properties;
          if (!isRecord(nested)) break;
          const own = scopeOfNested(properties, nested, template, scope);
          found.push(...this.clustersOf(nested, own, part));
          break;
        }
        case "cluster":
          clusters.push({ part, resource, name });
          for (const child of this.poolsBelow(resource)) pools.push({ resource: child, cluster: name });
          break;
        case "pool":
          pools.push({ resource, cluster: name.replace(/\/[^/]*$/, "") });
          break;
        case "another resource":
      }
    }
    const poolsOf = this.attributed(pools, clusters);
    for (const declared of clusters) {
      const root = this.fieldOf(declared.resource, scope);
      const dialect = dialectAt(this.dialect, apiVersionOf(textOf(childOf(root, "apiVersion"))));
      const cluster = readCluster(root, dialect);
      const own = poolsOf(declared).map(({ resource }) => this.poolOf(resource, scope));
      found.push({ part: declared.part, cluster: withPools(cluster, own), dialect });
    }
    return found;
  }

  private kindOf({ type }: JsonObject): "deployment" | "cluster" | "pool" | "another resource" {
    const text = String(type);
    if (isSameType(text, this.types.deployment)) return "deployment";
    if (isSameType(text, this.types.cluster)) return "cluster";
    return isSameType(text, this.types.pool) ? "pool" : "another resource";
  }

  /** Pools that are written inside their cluster as resources, by the whole type or its last part. */
  private poolsBelow({ resources }: JsonObject): readonly JsonObject[] {
    const lastPart = this.types.pool.replace(/^.*\//, "").toLowerCase();
    const all: readonly unknown[] = Array.isArray(resources) ? resources : [];
    return all.filter(isRecord).filter(({ type }) => String(type).toLowerCase().endsWith(lastPart));
  }

  /** A pool belongs to the clusters of its name, and the only pool to the only cluster. */
  private attributed(
    pools: readonly PoolResource[],
    clusters: readonly ClusterResource[],
  ): (cluster: ClusterResource) => readonly PoolResource[] {
    const owners = new Owners<ClusterResource>(() => []);
    const poolsOf = new Map<ClusterResource, PoolResource[]>();
    for (const pool of pools) {
      const all = owners.ownersOf({
        named: () => clusters.filter(({ name }) => name === pool.cluster),
        identity: () => ({ name: undefined, resourceGroup: undefined }),
        related: () => (pools.length === 1 ? clusters : []),
      });
      for (const owner of all.sure) poolsOf.set(owner, [...(poolsOf.get(owner) ?? []), pool]);
    }
    return (cluster) => poolsOf.get(cluster) ?? [];
  }

  private poolOf(resource: JsonObject, scope: Scope): Pool {
    const root = this.fieldOf(resource, scope);
    // The name may be written behind its cluster's: `aks/pool`.
    const name = textOf(childOf(root, "name"))?.replace(/^.*\//, "");
    const nameField: Field = name === undefined ? absentField : { kind: "scalar", value: name };
    return readPool(separatePoolAt(root, this.dialect.separatePoolSettings, nameField), this.dialect);
  }

  private fieldOf(resource: JsonObject, scope: Scope): Field {
    return templateField(resource, (expression) => armValue(expression, scope), this.isFilledIn);
  }
}

/** A resource of a template, whose expressions are in brackets. */
export function templateField(
  resource: JsonObject,
  resolve: (expression: string) => unknown,
  isFilledIn: (value: unknown) => boolean,
): Field {
  return fieldsOf((holder, key) => {
    const written: unknown = Reflect.get(holder, key);
    const value = isArmExpression(written) ? resolve(written) : written;
    return value === undefined || isArmExpression(value) || isFilledIn(value) ? "unknown" : { value };
  })(resource);
}

/** The resources of a template, each with the name of its part. From language version 2.0 on they have names of their own. */
function resourcesOf({ resources }: JsonObject, place: string): readonly (readonly [string, unknown])[] {
  const prefix = place === "" ? "" : `${place} `;
  if (Array.isArray(resources)) {
    return resources.map((resource: unknown, i) => [`${prefix}resources[${i}]`, resource] as const);
  }
  return isRecord(resources)
    ? Object.values(resources).map(
        (resource, i) => [`${prefix}resources, number ${i + 1}`, resource] as const,
      )
    : [];
}
