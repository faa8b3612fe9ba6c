import { az } from "../../dialects/az";
import { readCluster } from "../../reading/cluster";
import type { Field } from "../../reading/field";
import { fieldsOf, unknownField } from "../../reading/field";
import { Members, UNKNOWN } from "../arm/expressions/values";
import type { ClusterOfDocument, DocumentNote, Origin, ReadDocument } from "../document";
import { isRecord } from "../json";
import { noLifecycle } from "../no-lifecycle";
import type { ResourceOfAnswer } from "./answer";
import { isCluster, isPageOfMore, resourcesOfAnswer } from "./answer";

/** Reads Azure's output about running clusters. Other resources are skipped. */
export function readAzure(document: unknown): ReadDocument {
  const notes: readonly DocumentNote[] = isPageOfMore(document) ? ["the answer has more pages"] : [];
  const clusters = resourcesOfAnswer(document).flatMap((each) => clusterOf(each));
  return { kind: "azure", clusters, notes };
}

function clusterOf({ resource, path }: ResourceOfAnswer): ClusterOfDocument[] {
  const members = new Members<unknown>(resource);
  if (!isCluster(members)) return [];
  const source: Origin = { address: addressOf(members, path), place: { in: "document", path } };
  try {
    const subject = { cluster: readCluster(rootOf(members), az), dialect: az };
    return [{ source, part: undefined, subject, address: () => source.address, lifecycle: noLifecycle }];
  } catch (error) {
    return [{ source, error }];
  }
}

/** The resource ID, else the name, else its position. */
function addressOf(members: Members<unknown>, path: ResourceOfAnswer["path"]): string {
  const names = ["id", "resourceId", "name", "resourceName"].map((name) => members.get(name));
  return (
    (names.find((name) => typeof name === "string" && name !== "") as string | undefined) ??
    `cluster ${path.join(" ")}`.trim()
  );
}

/**
 * A resource in the flat form of `az aks show`: the REST API's `properties` are lifted to the top, where only
 * the SKU is in both forms. If neither form has any settings, as in a list of all resources, all of them are
 * unknown.
 */
function rootOf(members: Members<unknown>): Field {
  const properties = members.get("properties");
  const below = isRecord(properties) ? new Members<unknown>(properties) : undefined;
  const isShown = below !== undefined || namesOfFlatForm.some((name) => members.get(name) !== undefined);
  return {
    kind: "object",
    child: (name) => {
      if (name === "sku") return fieldOf(only(members.get(name)));
      return isShown ? fieldOf(only((below ?? members).get(name))) : unknownField;
    },
  };
}

const namesOfFlatForm = ["networkProfile", "agentPoolProfiles"];

/** Names are case-insensitive: Az PowerShell writes `NetworkProfile`. */
const fieldOf: (value: unknown) => Field = fieldsOf(
  (holder, key) => {
    const value = typeof key === "number" ? (holder as readonly unknown[])[key] : membersOf(holder).get(key);
    return { value: only(value) };
  },
  // A missing member counts as not set.
  () => true,
);

const known = new WeakMap<object, Members<unknown>>();

function membersOf(holder: object): Members<unknown> {
  let members = known.get(holder);
  if (members === undefined) known.set(holder, (members = new Members<unknown>(holder)));
  return members;
}

/** None of Azure's tools writes a name twice, and it is undefined which of the two would count. */
function only(value: unknown): unknown {
  if (value === UNKNOWN) throw new TypeError("a name is there twice, in different spellings");
  return value;
}
