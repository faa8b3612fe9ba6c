import { managedClusters } from "../dialects/azure-api";
import type { Dialect } from "../dialects/dialect";
import type { Field } from "./field";
import { walk } from "./paths";

/** The known name of a cluster. In lower case, because Azure's names are case-insensitive. */
export interface Identity {
  readonly name: string | undefined;
  readonly resourceGroup: string | undefined;
}

/** The segment before a cluster's name in an ID that is all lower case. */
export const clusterSegment = managedClusters.replace(/.*\//, "").toLowerCase();

/** The name and resource group of a cluster from its inputs or outputs, as far as they are known. */
export function clusterIdentity(root: Field, dialect: Dialect): Identity {
  const { name: path, resourceGroup, prefix = "" } = dialect.identity;
  // azure-native names its resources by `resourceName` in inputs and by `name` in outputs.
  const name = textAt(root, path, dialect) ?? textAt(root, "name", dialect);
  return {
    name: name === undefined ? undefined : `${prefix}${name}`,
    resourceGroup:
      textAt(root, resourceGroup, dialect) ?? identityOfId(textAt(root, "id", dialect))?.resourceGroup,
  };
}

/** The cluster that a separate pool refers to, as far as it is known. */
export function poolsClusterIdentity(root: Field, dialect: Dialect): Identity {
  const { path, olderPath = path, by } = dialect.poolsCluster;
  const text = textAt(root, path, dialect) ?? textAt(root, olderPath, dialect);
  switch (by) {
    case "name":
      return { name: text, resourceGroup: textAt(root, dialect.identity.resourceGroup, dialect) };
    case "id":
      return identityOfId(text) ?? { name: undefined, resourceGroup: undefined };
  }
}

/**
 * The identity in a lower-case ID:
 * `/subscriptions/…/resourceGroups/GROUP/providers/Microsoft.ContainerService/managedClusters/NAME`, possibly
 * followed by more.
 */
export function identityOfId(id: string | undefined): Identity | undefined {
  if (id === undefined) return undefined;
  const parts = id.split("/");
  const after = (part: string): string | undefined => parts[parts.indexOf(part) + 1];
  if (!parts.includes(clusterSegment)) return undefined;
  return {
    name: after(clusterSegment),
    resourceGroup: parts.includes("resourcegroups") ? after("resourcegroups") : undefined,
  };
}

function textAt(root: Field, path: string, dialect: Dialect): string | undefined {
  const { field } = walk(root, path, dialect);
  return field.kind === "scalar" ? String(field.value).toLowerCase() : undefined;
}
