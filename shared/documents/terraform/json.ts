import type { ClusterOfDocument, Origin, Place, ReadDocument } from "../document";
import { isRecord } from "../json";
import type { BlockName, BlockWithAttributes } from "./block";
import { addressOf, blocksOf } from "./block";
import { clustersOfDocument } from "./clusters";
import { withOverrides } from "./overrides";
import { listOf } from "./syntax";

/**
 * Reads documents in Terraform's JSON syntax that are one configuration, as the `*.tf.json` files of a folder are: what one of
 * them refers to may stand in another one. HCL reads the same once it is turned into that syntax.
 *
 * @param isOverride is the document one that overrides the others?
 */
export function readTerraformJson(
  written: readonly unknown[],
  kind: "terraform-json" | "terraform-hcl" = "terraform-json",
  isOverride: (index: number) => boolean = () => false,
): ReadDocument {
  const documents = withOverrides(written, isOverride);
  const files = new Map<object, number>();
  const claims = new Map<string, number>();
  documents.forEach((document, file) => {
    for (const { attributes } of blocksOf(document)) {
      if (!files.has(attributes)) files.set(attributes, file);
      const path = constructPathIn(attributes);
      if (path !== undefined) claims.set(path, (claims.get(path) ?? 0) + 1);
    }
  });
  const originOf = (block: BlockWithAttributes): Origin => {
    const { attributes, ...name } = block;
    const path = constructPathIn(attributes);
    const file = files.get(attributes) ?? 0;
    return {
      address: addressOf(block),
      place: placeOf(name),
      ...(file === 0 ? {} : { document: file }),
      // A path that two blocks claim belongs to neither: an exemption for one must not cover the other.
      ...(path === undefined || claims.get(path) !== 1 ? {} : { constructPath: path }),
    };
  };
  // Of several settings of Terraform itself the first counts, and the last override is to be it.
  const inOrder = [
    ...documents.filter((_, i) => isOverride(i)).reverse(),
    ...documents.filter((_, i) => !isOverride(i)),
  ];
  const clusters: ClusterOfDocument[] = clustersOfDocument(mergedDocument(inOrder), (block) => ({
    source: originOf(block),
  }));
  return { kind, clusters, notes: [] };
}

/** Merges several documents. The syntax allows a list of documents in place of one. */
export function mergedDocument(documents: readonly unknown[]): unknown {
  return documents.flatMap(listOf);
}

function placeOf({ kind, type, name }: BlockName): Place {
  return { in: "terraform", module: [], block: kind, type, name };
}

/** CDKTF and CDK Terrain write it into a comment of each block. */
function constructPathIn({ "//": comment }: BlockWithAttributes["attributes"]): string | undefined {
  const metadata = isRecord(comment) ? comment["metadata"] : undefined;
  const path = isRecord(metadata) ? metadata["path"] : undefined;
  return typeof path === "string" ? path : undefined;
}
