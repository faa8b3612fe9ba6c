import { azurerm } from "../shared/dialects/azurerm";
import { poolTypesOfTerraform } from "../shared/dialects/lookup";
import { isRecord } from "../shared/documents/json";
import { likenessOf, writtenParts } from "../shared/documents/terraform/likeness";

/** What was judged before. */
export interface KnownClusters {
  /** Is a cluster of this likeness fine? */
  readonly isFine: (likeness: string) => boolean;
  readonly likenessAt: (address: string) => string | undefined;
}

/**
 * A document without the clusters of azurerm that are known by their address and likeness: to read each costs more than
 * to see that. The whole document where a verdict may depend on more than the cluster itself, or blocks are written where
 * neither library writes them.
 */
export function withoutKnown(document: unknown, known: KnownClusters): unknown {
  const resource = isRecord(document) ? document["resource"] : undefined;
  const clusters = isRecord(resource) ? resource[clusterType] : undefined;
  if (!isRecord(document) || !isRecord(resource) || !isRecord(clusters)) return document;
  if (poolTypesOfTerraform.some((type) => type in resource)) return document;
  const likenesses = new Map<string, string | undefined>();
  const left = Object.keys(clusters).filter((id) => {
    const attributes = clusters[id];
    if (!isRecord(attributes)) return true;
    // What is written out tells more than a likeness, and is there sooner: one of each kind is looked into.
    const kind = JSON.stringify(tellingNames.map((name) => attributes[name]));
    if (!likenesses.has(kind)) likenesses.set(kind, likenessOf(attributes, writtenParts));
    const likeness = likenesses.get(kind);
    if (likeness === undefined) return true;
    return !known.isFine(likeness) && known.likenessAt(`${clusterType}.${id}`) !== likeness;
  });
  return {
    ...document,
    resource: { ...resource, [clusterType]: Object.fromEntries(left.map((id) => [id, clusters[id]])) },
  };
}

const clusterType = azurerm.matches.terraform?.cluster ?? "";
const tellingNames = [...writtenParts.map(({ name }) => name), "dynamic"];
