/** The resources in output of `az`, Az PowerShell, the REST API and Resource Graph. */
import { azureDialectOf } from "../../dialects/lookup";
import { Members, UNKNOWN } from "../arm/expressions/values";
import type { JsonObject } from "../json";
import { isRecord } from "../json";

/** A resource, and the keys and indexes that lead to it in the document. */
export interface ResourceOfAnswer {
  readonly resource: JsonObject;
  readonly path: readonly (string | number)[];
}

/** Is the document output of Azure: resources, or an empty list? */
export function isAnswerOfAzure(document: unknown): boolean {
  const listed = listIn(document);
  if (listed !== undefined) return listed.items.length === 0 || listed.items.some(isResource);
  return isResource(document);
}

/** Everything in Azure's output that may be a resource, in order. */
export function resourcesOfAnswer(document: unknown): readonly ResourceOfAnswer[] {
  const { items, path } = listIn(document) ?? { items: [document], path: undefined };
  return items.flatMap((resource, i) =>
    isRecord(resource) ? [{ resource, path: path === undefined ? [] : [...path, i] }] : [],
  );
}

/** Does the output have more pages? The REST API has a link to the next page, Resource Graph a token. */
export function isPageOfMore(document: unknown): boolean {
  if (!isRecord(document)) return false;
  const members = new Members<unknown>(document);
  return tokensOfMore.some((name) => {
    const token = members.get(name);
    return token === UNKNOWN || (typeof token === "string" && token !== "");
  });
}

const tokensOfMore = ["nextLink", "skip_token", "skipToken", "$skipToken"];

/** The list that the document is, or that Resource Graph and the REST API wrap in an object. */
function listIn(
  document: unknown,
): { readonly items: readonly unknown[]; readonly path: readonly string[] } | undefined {
  if (Array.isArray(document)) return { items: document as readonly unknown[], path: [] };
  if (!isRecord(document)) return undefined;
  for (const [key, items] of Object.entries(document)) {
    const beside = wrappers.get(key.toLowerCase());
    if (beside === undefined || !Array.isArray(items)) continue;
    const others = Object.keys(document).filter((name) => name !== key);
    if (others.every((name) => beside.includes(name.toLowerCase().replace(/[$_]/g, ""))))
      return { items: items as readonly unknown[], path: [key] };
  }
  return undefined;
}

/** The member with the list, and what may be next to it. */
const wrappers: ReadonlyMap<string, readonly string[]> = new Map([
  ["value", ["nextlink", "count"]],
  ["data", ["count", "skiptoken", "totalrecords", "totalcount", "resulttruncated", "facets"]],
]);

/** Azure resource types, `Microsoft.Network/virtualNetworks`: the provider comes before the first slash. */
const typeOfAzure = /^[a-z0-9-]+\.[a-z0-9.-]+\/[\w./-]+$/i;

function isResource(value: unknown): boolean {
  if (!isRecord(value)) return false;
  const members = new Members<unknown>(value);
  if (isCluster(members)) return true;
  const ids = [members.get("id"), members.get("resourceId")];
  return (
    ids.some((id) => typeof id === "string" && id.startsWith("/")) &&
    typesIn(members).some((type) => typeOfAzure.test(type))
  );
}

/** Is a resource a cluster, by its type or, without one, by members that only clusters have? */
export function isCluster(members: Members<unknown>): boolean {
  const types = typesIn(members);
  if (types.length > 0) return types.some((type) => azureDialectOf(type) !== undefined);
  const properties = members.get("properties");
  return hasParts(members) || (isRecord(properties) && hasParts(new Members<unknown>(properties)));
}

function hasParts(members: Members<unknown>): boolean {
  return members.get("networkProfile") !== undefined && members.get("agentPoolProfiles") !== undefined;
}

/** In some of its output Az PowerShell calls the type `ResourceType`. */
function typesIn(members: Members<unknown>): readonly string[] {
  return [members.get("type"), members.get("resourceType")].filter((type) => typeof type === "string");
}
