import { armTemplate, templateTypes } from "../../dialects/arm-template";
import type { ClusterOfDocument, ReadDocument } from "../document";
import type { JsonObject } from "../json";
import { isRecord } from "../json";
import { noLifecycle } from "../no-lifecycle";
import { Members } from "./expressions/values";
import { parametersIn, parametersOfArtifact } from "./parameters";
import type { ClusterInTemplate } from "./template";
import { readTemplate } from "./template";

/**
 * Reads an ARM template: standalone, or inside an export or a Blueprint artifact.
 *
 * @param parameters the content of its parameters file; without it, parameters without a default are unknown
 */
export function readArmTemplate(document: unknown, parameters?: unknown): ReadDocument {
  const found = isRecord(document) ? templateIn(document) : undefined;
  if (found === undefined) return { kind: "arm-template", clusters: [], notes: [] };
  const { template, path } = found;
  try {
    const { clusters, unseenDeployments } = readTemplate(template, armTemplate, templateTypes, {
      parameters: parameters === undefined ? found.parameters : parametersIn(parameters),
    });
    return {
      kind: "arm-template",
      clusters: clusters.map((cluster) => clusterAt(cluster, path)),
      notes: unseenDeployments.length === 0 ? [] : ["linked templates are not followed"],
    };
  } catch (error) {
    // The template is one unit: a problem in one place may affect every cluster.
    const source = { address: "the template", place: { in: "document", path } } as const;
    return { kind: "arm-template", clusters: [{ source, error }], notes: [] };
  }
}

function clusterAt(
  { part, path, name, cluster, dialect }: ClusterInTemplate,
  around: readonly string[],
): ClusterOfDocument {
  const address = name === "" ? part : name;
  return {
    source: { address, place: { in: "document", path: [...around, ...path] } },
    part: undefined,
    subject: { cluster, dialect },
    address: () => address,
    lifecycle: noLifecycle,
  };
}

interface TemplateInDocument {
  readonly template: JsonObject;
  /** The keys that lead to it. */
  readonly path: readonly string[];
  /** The parameter values that the document itself supplies. */
  readonly parameters: unknown;
}

/**
 * The template itself, or inside an Azure export (`template`: `az stack group export`, the REST API) or a
 * Blueprint artifact (`properties.template`).
 */
export function templateIn(document: JsonObject): TemplateInDocument | undefined {
  if (isTemplate(document)) return { template: document, path: [], parameters: {} };
  const outer = new Members<unknown>(document);
  const exported = templateOf(outer);
  if (exported !== undefined) return { ...exported, parameters: {} };
  const properties = recordAt(outer, "properties");
  if (properties === undefined) return undefined;
  const inner = new Members<unknown>(properties.record);
  const found = templateOf(inner);
  return (
    found && {
      template: found.template,
      path: [properties.key, ...found.path],
      parameters: parametersOfArtifact(inner.get("parameters")),
    }
  );
}

function templateOf(members: Members<unknown>): Pick<TemplateInDocument, "template" | "path"> | undefined {
  const found = recordAt(members, "template");
  if (found === undefined || !isTemplate(found.record)) return undefined;
  return { template: found.record, path: [found.key] };
}

/** A member that is an object, and its name as spelled. */
function recordAt(
  members: Members<unknown>,
  name: string,
): { readonly key: string; readonly record: JsonObject } | undefined {
  const key = members.spelt(name);
  const record = members.get(name);
  return key !== undefined && isRecord(record) ? { key, record } : undefined;
}

/** Azure requires a schema and a version in every template. Names are case-insensitive. */
function isTemplate(document: JsonObject): boolean {
  if (schemaOf(document)?.includes("deploymenttemplate.json") === true) return true;
  const members = new Members<unknown>(document);
  const resources = members.get("resources");
  return (
    typeof members.get("contentVersion") === "string" && typeof resources === "object" && resources !== null
  );
}

/** The schema that a document declares, in lower case. */
export function schemaOf(document: JsonObject): string | undefined {
  const schema = new Members<unknown>(document).get("$schema");
  return typeof schema === "string" ? schema.toLowerCase() : undefined;
}
