import type { ClusterInDocument, UnreadableBlock } from "../clusters";
import { exactVersionIn, newestAllowedBy } from "../../dialects/version-constraint";
import { once } from "../once";
import type { BlockOrigin, BlockWithAttributes } from "./block";
import { blocksOf } from "./block";
import { completeClusters } from "./complete";
import { Constants } from "./constants";
import type { PoolsOfDocument } from "./owners-of-pools";
import { OwnersOfPools } from "./owners-of-pools";
import { PartsOfClusters } from "./parts";
import { References } from "./references";
import { constraintOnAzurerm } from "./required-providers";
import { WrittenAttributes } from "./written-attributes";

/** What is known of the program that a document belongs to. */
export interface Program {
  /**
   * The azurerm version in use, if known. Without it, advice uses names from the newest version that the
   * document allows.
   */
  readonly azurermVersion?: string | undefined;
  /** This document's name among the program's documents. */
  readonly name?: string;
  /** The document of the program that each `terraform_remote_state` of this one reads. */
  readonly states?: ReadonlyMap<string, string>;
  /**
   * The program's other documents, whose pools may belong to clusters of this one. Called only if there are
   * clusters.
   */
  readonly others?: () => readonly PoolsOfDocument[];
}

/**
 * The clusters of a document in Terraform's JSON syntax, each with its separate pools, followed by the blocks
 * that could not be read.
 *
 * @param originOf what is known of a block beyond the document
 */
export function clustersOfDocument<Source>(
  document: unknown,
  originOf: (block: BlockWithAttributes) => BlockOrigin<Source>,
  { azurermVersion, name, states, others = () => [] }: Program = {},
): (ClusterInDocument<Source> | UnreadableBlock<Source>)[] {
  const references = once(() => new References(document, states));
  const parts = partsOf(document, originOf, references);
  const constraint = constraintOnAzurerm(document);
  const used = azurermVersion ?? exactVersionIn(constraint);
  return completeClusters(
    parts,
    { used, newest: used ?? newestAllowedBy(constraint) },
    {
      all: others,
      outputOf: ({ document: of, output }) => (of === name ? references().linkOfOutput(output) : undefined),
    },
  );
}

/**
 * The separate pools of a document, for the other documents of its program. Of the document's own clusters
 * only the addresses matter.
 *
 * @param states the document of the program that each `terraform_remote_state` reads
 */
export function poolsOfDocument(
  document: unknown,
  originOf: (block: BlockWithAttributes) => BlockOrigin<unknown>,
  states: ReadonlyMap<string, string>,
): PoolsOfDocument {
  const references = once(() => new References(document, states));
  const { pools, clusters } = partsOf(document, originOf, references);
  return { pools, owners: new OwnersOfPools(clusters) };
}

function partsOf<Source>(
  document: unknown,
  originOf: (block: BlockWithAttributes) => BlockOrigin<Source>,
  references: () => References,
): PartsOfClusters<Source> {
  const parts = new PartsOfClusters<Source>();
  const constants = once(() => new Constants(document));
  for (const block of blocksOf(document)) {
    const attributes = new WrittenAttributes(block.attributes, references, constants);
    parts.add({ ...block, ...originOf(block), attributes });
  }
  return parts;
}
