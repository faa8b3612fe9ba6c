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

/** A cluster of an ARM template, with its pools. */
export interface ClusterInTemplate {
  /** Its position in the template: `resources[0]`. */
  readonly part: string;
  /** The keys and indexes that lead to it in the template. */
  readonly path: readonly (string | number)[];
  /** Its name after deployment, else the expression as written; empty if it has no name. */
  readonly name: string;
  readonly cluster: Cluster;
  /** Its dialect, at the resource's API version. */
  readonly dialect: Dialect;
}

/** The result of reading a template. */
export interface TemplateReading {
  readonly clusters: readonly ClusterInTemplate[];
  /** The nested deployments whose templates are linked or computed, by their position in this template. */
  readonly unseenDeployments: readonly string[];
}

/** What is known of a template's deployment. */
export interface Deployment {
  /**
   * The parameters of the deployment, in the form of a parameters file; not an object if they are not known.
   */
  readonly parameters: unknown;
  /** The prefix of its parts' labels, if it is nested in something else. */
  readonly place?: string;
  /** Does the surrounding document fill in this value? */
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
 * The clusters of an ARM template and of its nested templates. A cluster whose condition is unknown is
 * included: a template that may deploy a bad cluster is a bad one. The same goes for deployments that are not
 * visible.
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

/** Reports one copy for all of them; each has its own name. */
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
  // The name may be prefixed with its cluster's: `aks/pool`.
  const name = textOf(childOf(root, "name"))?.replace(/.*\//, "");
  const nameField: Field = name === undefined ? absentField : { kind: "scalar", value: name };
  return readPool(separatePoolAt(root, dialect.separatePoolSettings, nameField), dialect);
}
