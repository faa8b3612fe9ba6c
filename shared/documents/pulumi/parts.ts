/**
 * Finds the parts of clusters among Pulumi's resources. The caller decides how a property becomes a field.
 */
import type { Pool } from "../../cluster/cluster";
import type { AzapiTypes, Dialect } from "../../dialects/dialect";
import type { PartOfCluster, TemplateDeployment } from "../../dialects/lookup";
import { isResourceOfModule, pulumiPartIn } from "../../dialects/lookup";
import { readCluster } from "../../reading/cluster";
import type { Field } from "../../reading/field";
import { unknownField } from "../../reading/field";
import type { Identity } from "../../reading/identity";
import { clusterIdentity, poolsClusterIdentity } from "../../reading/identity";
import { notSent } from "../../reading/outbound";
import { readPool } from "../../reading/pool";
import type { Subject } from "../../reading/subject";
import { parsedJson } from "../json";
import { once } from "../once";
import { childOf, separatePoolAt, textOf } from "../separate-pool";

export type FieldOf = (value: unknown) => Field;

/**
 * The role of a resource: a part of a cluster, a deployment that may contain clusters, or `undefined`.
 * `version` is its provider's.
 */
export function partIn(
  { type, props }: { readonly type: string; readonly props: unknown },
  fieldOf: FieldOf,
  version?: string,
): PartOfCluster | TemplateDeployment | undefined {
  return pulumiPartIn(type, version, (name) => {
    const field = childOf(fieldOf(props), name);
    return field.kind === "unknown" ? unknownText : textOf(field);
  });
}

/** A text of which nothing is known, as Terraform writes one. */
const unknownText = "${}";

/** The version of a Terraform module says nothing about the provider inside it. */
export function toolVersionOf(type: string, version: string | undefined): string | undefined {
  return isResourceOfModule(type) ? undefined : version;
}

/**
 * A resource's properties in the form of its dialect: azapi takes the whole resource as a document, possibly
 * as JSON text.
 */
export function rootOf(props: unknown, { matches: { azapi } }: Dialect, fieldOf: FieldOf): Field {
  return asSent(fieldOf(props), azapi?.document, fieldOf);
}

/** The same properties, with the document as it is sent. */
export function asSent(root: Field, places: AzapiTypes["document"] | undefined, fieldOf: FieldOf): Field {
  if (places === undefined || root.kind !== "object") return root;
  const { at, patch } = places;
  // The text may be long, and every setting asks for it once.
  const sent = once(() => documentIn(root.child(at), root.child(patch), fieldOf));
  return { ...root, child: (name) => (name === at ? sent() : root.child(name)) };
}

/** What another document would patch in is not known here. */
function documentIn(document: Field, patch: Field, fieldOf: FieldOf): Field {
  if (patch.kind !== "absent") return unknownField;
  const parsed = parsedJson(textOf(document) ?? "");
  return parsed === undefined ? document : fieldOf(parsed);
}

/** A cluster and its name. */
export interface NamedCluster {
  readonly subject: Subject;
  readonly identity: Identity;
}

export function clusterFrom(written: Field, dialect: Dialect, toolVersion?: string): NamedCluster {
  const root = dialect.whole === undefined ? written : unknownField;
  return {
    subject: { cluster: readCluster(root, dialect), dialect, toolVersion, ...notSent(root, dialect) },
    identity: clusterIdentity(root, dialect),
  };
}

/** A separate pool, and the name of the cluster that it refers to. */
export interface PoolOfNamed {
  readonly pool: Pool;
  readonly cluster: Identity;
}

export function poolFrom(root: Field, dialect: Dialect): PoolOfNamed {
  const settings = separatePoolAt(root, dialect.separatePoolSettings, childOf(root, "name"));
  return { pool: readPool(settings, dialect), cluster: poolsClusterIdentity(root, dialect) };
}
