import { azurermTyped } from "../shared/dialects/azurerm";
import { terraformPartOf } from "../shared/dialects/lookup";
import type { ClusterInDocument, UnreadableBlock } from "../shared/documents/clusters";
import type { TerraformBlock } from "../shared/documents/terraform/block";
import { addressOf } from "../shared/documents/terraform/block";
import { clustersAmong } from "../shared/documents/terraform/clusters";
import type { ConstructLike, ElementLike } from "./constructs";
import { isOverridden } from "./constructs";
import { azurermVersionOf } from "./generated";
import type { Judged } from "./judged";
import type { Truth } from "./truth";

/** A cluster of a stack, or a construct that could not be read. */
export type ClusterOfStack = Judged & { readonly construct: ConstructLike };

/** The clusters among the constructs of a stack, each with its separate pools. */
export function clustersOfStack(constructs: Iterable<ConstructLike>, truth: Truth): ClusterOfStack[] {
  const blocks = new BlocksOfConstructs(constructs, truth);
  return clustersAmong(blocks, () => blocks.azurermVersion).map(ofConstruct);
}

function ofConstruct(
  found: ClusterInDocument<ConstructLike> | UnreadableBlock<ConstructLike>,
): ClusterOfStack {
  const construct = found.source;
  const path = (): string => construct.node.path;
  if ("error" in found) return { construct, path, error: found.error };
  const { part, subject, likeness, address } = found;
  const overridden = (): boolean => subject.dialect === azurermTyped && isOverridden(construct);
  return { construct, path, part, subject, likeness, address, overridden };
}

/** The constructs of a stack as the blocks that they write, made one by one. */
class BlocksOfConstructs {
  /** The version of azurerm that the app's bindings were generated for, once all blocks are made. */
  azurermVersion: string | undefined;

  constructor(
    private readonly constructs: Iterable<ConstructLike>,
    private readonly truth: Truth,
  ) {}

  *[Symbol.iterator](): Generator<TerraformBlock<ConstructLike> | UnreadableBlock<ConstructLike>> {
    const { constructs, truth } = this;
    const known = new Set<string>();
    for (const construct of constructs) {
      let block: TerraformBlock<ConstructLike> | undefined;
      try {
        this.azurermVersion ??= azurermVersionOf(construct);
        if (!mayBePart(construct)) continue;
        block = truth.blockOf(construct);
        if (block === undefined) continue;
        if (truth.hasMoreThanConstructs) known.add(addressOf(block));
      } catch (error) {
        yield { source: construct, error };
        continue;
      }
      yield block;
    }
    yield* truth.withoutConstruct(known);
  }
}

function mayBePart(construct: ConstructLike): construct is ElementLike {
  // By their names, which is sooner than by any way that takes the name: each construct of an app comes by here.
  const may = construct as { toTerraform?: unknown; terraformResourceType?: unknown; source?: unknown };
  if (typeof may.toTerraform !== "function") return false;
  const type = may.terraformResourceType;
  return typeof type === "string" ? terraformPartOf(type) !== undefined : typeof may.source === "string";
}
