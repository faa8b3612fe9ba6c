import { az } from "../../dialects/az";
import { readCluster } from "../../reading/cluster";
import type { Field } from "../../reading/field";
import { fieldsOf, unknownField } from "../../reading/field";
import { Members, UNKNOWN } from "../arm/expressions/values";
import type { ClusterOfDocument, DocumentNote, Origin, ReadDocument } from "../document";
import { isRecord } from "../json";
import { untold } from "../untold";
import type { ResourceOfAnswer } from "./answer";
import { isCluster, isPageOfMore, resourcesOfAnswer } from "./answer";

/** Reads what Azure shows of clusters that run. Other resources are passed over. */
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
    return [{ source, part: undefined, subject, address: () => source.address, lifecycle: untold }];
  } catch (error) {
    return [{ source, error }];
  }
}

/** The resource id, else the name, else where it is. */
function addressOf(members: Members<unknown>, path: ResourceOfAnswer["path"]): string {
  const names = ["id", "resourceId", "name", "resourceName"].map((name) => members.get(name));
  return (
    (names.find((name) => typeof name === "string" && name !== "") as string | undefined) ??
    `cluster ${path.join(" ")}`.trim()
  );
}

/**
 * A resource in the flat form of `az aks show`: what the REST API has below `properties` is next to the rest. Where neither
 * form shows any of it, as in a list of all resources, nothing of it is known.
 */
function rootOf(members: Members<unknown>): Field {
  const properties = members.get("properties");
  const below = isRecord(properties) ? new Members<unknown>(properties) : undefined;
  const isShown = below !== undefined || namesOfFlatForm.some((name) => members.get(name) !== undefined);
  return {
    kind: "object",
    child: (name) => {
      if (namesOfResource.includes(name)) return fieldOf(only(members.get(name)));
      return isShown ? fieldOf(only((below ?? members).get(name))) : unknownField;
    },
  };
}

const namesOfResource = ["sku", "name", "id", "resourceGroup"];
const namesOfFlatForm = ["networkProfile", "agentPoolProfiles"];

/** Names are the same in any case: Az PowerShell writes `NetworkProfile`. */
const fieldOf: (value: unknown) => Field = fieldsOf(
  (holder, key) => {
    const value = typeof key === "number" ? (holder as readonly unknown[])[key] : membersOf(holder).get(key);
    return { value: only(value) };
  },
  // What is not there is read as nothing.
  () => true,
);

const known = new WeakMap<object, Members<unknown>>();

function membersOf(holder: object): Members<unknown> {
  let members = known.get(holder);
  if (members === undefined) known.set(holder, (members = new Members<unknown>(holder)));
  return members;
}

/** No tool of Azure's writes a name twice, and nobody can tell which of the two would count. */
function only(value: unknown): unknown {
  if (value === UNKNOWN) throw new TypeError("a name is there twice, in different spellings");
  return value;
}
