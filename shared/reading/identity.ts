import { managedClusters } from "../dialects/azure-api";
import type { Dialect } from "../dialects/dialect";
import type { Field } from "./field";
import { walk } from "./paths";

/** What a cluster is known to be called. In lower case, because Azure's names are case-insensitive. */
export interface Identity {
  readonly name: string | undefined;
  readonly resourceGroup: string | undefined;
}

/** The segment of an id, all of which is in lower case, before the name of a cluster. */
const clusterSegment = managedClusters.replace(/^.*\//, "").toLowerCase();

/** The name and resource group that a cluster declares, or that its outputs show, as far as they are known. */
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

/** The cluster that a separate pool says it belongs to, as far as that is known. */
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

/** What an id in lower case names: `/subscriptions/…/resourceGroups/GROUP/providers/Microsoft.ContainerService/managedClusters/NAME`, and what may follow. */
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
