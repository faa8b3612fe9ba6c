import type { ClusterInDocument, UnreadableBlock } from "../clusters";
import { newestAllowedBy } from "../../dialects/version-constraint";
import { once } from "../once";
import type { BlockOrigin, BlockWithAttributes } from "./block";
import { blocksOf } from "./block";
import { completeClusters } from "./complete";
import { PartsOfClusters } from "./parts";
import { References } from "./references";
import { constraintOnAzurerm } from "./required-providers";
import { WrittenAttributes } from "./written-attributes";

/**
 * The clusters of a document in Terraform's JSON syntax, each with its separate pools, and at the end the blocks that could
 * not be read.
 *
 * @param originOf what is known of a block beside the document
 * @param azurermVersion the version of azurerm that the program is known to use; without it, names are advised that the
 *   newest version has which the document allows
 */
export function clustersOfDocument<Source>(
  document: unknown,
  originOf: (block: BlockWithAttributes) => BlockOrigin<Source>,
  azurermVersion?: string,
): (ClusterInDocument<Source> | UnreadableBlock<Source>)[] {
  const parts = new PartsOfClusters<Source>();
  const references = once(() => new References(document));
  for (const block of blocksOf(document)) {
    const attributes = new WrittenAttributes(block.attributes, references);
    parts.add({ ...block, ...originOf(block), attributes });
  }
  const newest = azurermVersion ?? newestAllowedBy(constraintOnAzurerm(document));
  return completeClusters(parts, { used: azurermVersion, newest });
}
