import type { ClusterInDocument, UnreadableBlock } from "../clusters";
import { exactVersionIn, newestAllowedBy } from "../../dialects/version-constraint";
import { once } from "../once";
import type { BlockOrigin, BlockWithAttributes } from "./block";
import { blocksOf } from "./block";
import { completeClusters } from "./complete";
import { Constants } from "./constants";
import { unclear } from "./link";
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
  /** Those of its other documents whose pools may belong to clusters of this one. Asked for where there are clusters. */
  readonly others?: () => readonly PoolsOfDocument[];
  /** Any of its other documents. */
  readonly otherNamed?: (name: string) => PoolsOfDocument | undefined;
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
  { azurermVersion, name, states, others = () => [], otherNamed = () => undefined }: Program = {},
): (ClusterInDocument<Source> | UnreadableBlock<Source>)[] {
  const { references, constants } = lookupsIn(document, states);
  const constraint = constraintOnAzurerm(document);
  const exact = exactVersionIn(constraint);
  const allowed = exact ?? newestAllowedBy(constraint);
  const used = azurermVersion ?? exact;
  const newest = azurermVersion ?? allowed;
  // The version of generated classes says nothing of a block that is written without them.
  const parts = partsOf(document, originOf, references, constants, allowed);
  return completeClusters(
    parts,
    { used, newest },
    {
      all: others,
      outputOf: ({ document: of, output }, ours) => {
        if (of === name) return { link: references().linkOfOutput(output), owners: ours };
        const other = otherNamed(of);
        return { link: other?.linkOfOutput(output) ?? unclear, owners: other?.owners ?? ours };
      },
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
  const { references, constants } = lookupsIn(document, states);
  const { pools, clusters } = partsOf(document, originOf, references, constants);
  return {
    pools,
    owners: new OwnersOfPools(clusters),
    linkOfOutput: (name) => references().linkOfOutput(name),
  };
}

/** What the blocks of a document may name. Most documents are asked for none of it. */
function lookupsIn(document: unknown, states?: ReadonlyMap<string, string>) {
  const constants = once(() => new Constants(document));
  return { constants, references: once(() => new References(document, constants, states)) };
}

function partsOf<Source>(
  document: unknown,
  originOf: (block: BlockWithAttributes) => BlockOrigin<Source>,
  references: () => References,
  constants: () => Constants,
  azurermVersion?: string,
): PartsOfClusters<Source> {
  const parts = new PartsOfClusters<Source>(azurermVersion);
  for (const block of blocksOf(document)) {
    const attributes = new WrittenAttributes(block.attributes, references, constants);
    parts.add({ ...block, ...originOf(block), attributes });
  }
  return parts;
}
