import type { ReadDocument } from "../document";
import { isRecord } from "../json";
import type { ShownResource } from "./resources";
import { clustersOfResources, shownResource } from "./resources";

/**
 * Reads an exported stack: `pulumi stack export`. Clusters are read as the program declares them, from their
 * inputs.
 */
export function readPulumiStack(document: unknown): ReadDocument {
  const deployment = isRecord(document) ? document["deployment"] : undefined;
  const { resources, pending_operations: pending } = isRecord(deployment) ? deployment : {};
  return {
    kind: "pulumi-stack",
    clusters: clustersOfResources(Array.isArray(resources) ? resources.flatMap(resourceAt) : []),
    notes: Array.isArray(pending) && pending.length > 0 ? ["an operation was interrupted"] : [],
  };
}

function resourceAt(state: unknown, i: number): ShownResource[] {
  // A replaced resource stays in the state until it is deleted.
  if (!isRecord(state) || state["delete"] === true) return [];
  return [shownResource(state, { urn: state["urn"], type: state["type"] }, `resources[${i}]`)];
}
