import type { Cluster, Pool } from "../../cluster/cluster";
import { withPools } from "../../cluster/cluster";
import { dialectAt } from "../../dialects/at-version";
import type { Dialect, TemplateTypes } from "../../dialects/dialect";
import { apiVersionOf } from "../../dialects/lookup";
import { readCluster } from "../../reading/cluster";
import type { Field } from "../../reading/field";
import { absentField } from "../../reading/field";
import { grouped } from "../../reading/owners";
import { readPool } from "../../reading/pool";
import { dialectOfRole } from "../../reading/role";
import type { JsonObject } from "../json";
import { isRecord } from "../json";
import { childOf, separatePoolAt, textOf } from "../separate-pool";
import { evaluate } from "./expressions/evaluate";
import { writtenField } from "./expressions/field";
import { createScope } from "./expressions/scope";
import { UNKNOWN } from "./expressions/values";
import type { PoolsOfCluster } from "./pools";
import { poolsByCluster } from "./pools";
import type { ResourceInTemplate } from "./resources";
import { asTemplate, resourcesOf } from "./resources";

/** A cluster of an ARM template, with the pools that belong to it. */
export interface ClusterInTemplate {
  /** Where in the template it is: `resources[0]`. */
  readonly part: string;
  /** The keys and indices that lead to it in the template. */
  readonly path: readonly (string | number)[];
  /** What it is called once it is deployed, else the expression as written; empty where it has no name. */
  readonly name: string;
  readonly cluster: Cluster;
  /** The dialect in which it is read, at the resource's API version. */
  readonly dialect: Dialect;
}

/** What is seen of a template. */
export interface TemplateReading {
  readonly clusters: readonly ClusterInTemplate[];
  /** The nested deployments whose templates are linked or come out of an expression, by their parts of this template. */
  readonly unseenDeployments: readonly string[];
}

/** What is known of a template in addition to its text. */
export interface Deployment {
  /** The parameters that it is deployed with, in the form of a parameters file; no object where they are not known. */
  readonly parameters: unknown;
  /** What its parts are named after, where it is itself a part of something. */
  readonly place?: string;
  /** Is it a value that the document around the template fills in? */
  readonly isFilledIn?: (value: unknown) => boolean;
}

/** The clusters of an ARM template: see `readTemplate`. */
export function clustersInTemplate(
  written: JsonObject,
  dialect: Dialect,
  types: TemplateTypes,
  deployment: Deployment,
): readonly ClusterInTemplate[] {
  return readTemplate(written, dialect, types, deployment).clusters;
}

/**
 * The clusters of an ARM template, those of its nested templates included. A cluster whose condition is not known is
 * among them: a template that may deploy a bad cluster is a bad one. The same goes for deployments that are not seen.
 */
export function readTemplate(
  written: JsonObject,
  dialect: Dialect,
  types: TemplateTypes,
  { parameters, place = "", isFilledIn = () => false }: Deployment,
): TemplateReading {
  const template = asTemplate(written);
  const scope = createScope(template, isRecord(parameters) ? parameters : UNKNOWN, { isFilledIn });
  const resources = resourcesOf(template, types, scope, place);
  const poolsOf = poolsByCluster(resources, (pool) => poolOf(pool, dialect));
  const found = resources.clusters
    .filter((each) => each.place.isDeployed)
    .map((each) => ({
      declaredAt: each.place.declaredAt,
      nameAsWritten: nameAsWritten(each),
      ...clusterOf(each, poolsOf(each), dialect),
    }));
  const clusters = [...grouped(found, ({ declaredAt }) => declaredAt)].flatMap(([part, copies]) =>
    areAlike(copies) ? copies.slice(0, 1).map((one) => asOne(one, part, copies.length)) : copies,
  );
  return { clusters, unseenDeployments: [...resources.unseenDeployments] };
}

function clusterOf(
  { resource, scope, place }: ResourceInTemplate,
  { own, possible }: PoolsOfCluster,
  ofTemplate: Dialect,
): ClusterInTemplate {
  const root = writtenField(resource, scope);
  const ofRole = dialectOfRole(root, ofTemplate);
  const dialect = dialectAt(ofRole, apiVersionOf(textOf(childOf(root, "apiVersion"))));
  const name = evaluate(resource["name"], scope);
  return {
    part: place.part,
    path: place.path,
    name: typeof name === "string" ? name : nameAsWritten({ resource }),
    cluster: withPools(readCluster(root, dialect), own, possible),
    dialect,
  };
}

function nameAsWritten({ resource: { name } }: Pick<ResourceInTemplate, "resource">): string {
  return typeof name === "string" ? name : "";
}

/** One copy for all of them, which have a name each. */
function asOne<T extends ClusterInTemplate & { readonly nameAsWritten: string }>(
  one: T,
  part: string,
  copies: number,
): T {
  return { ...one, part, ...(copies === 1 ? {} : { name: one.nameAsWritten }) };
}

/** Copies of one resource that read the same are reported once. */
function areAlike(copies: readonly ClusterInTemplate[]): boolean {
  if (copies.length === 1) return true;
  const readings = new Set<string>();
  return copies.every(({ cluster, dialect }) => {
    readings.add(JSON.stringify([dialect.name, cluster]));
    return readings.size === 1;
  });
}

function poolOf({ resource, scope }: ResourceInTemplate, dialect: Dialect): Pool {
  const root = writtenField(resource, scope);
  // The name may be written behind its cluster's: `aks/pool`.
  const name = textOf(childOf(root, "name"))?.replace(/^.*\//, "");
  const nameField: Field = name === undefined ? absentField : { kind: "scalar", value: name };
  return readPool(separatePoolAt(root, dialect.separatePoolSettings, nameField), dialect);
}
