import type { ClusterInDocument, UnreadableBlock } from "../shared/documents/clusters";
import { clustersOfDocument } from "../shared/documents/terraform/clusters";
import type { ConstructLike, StackLike } from "./constructs";
import { otherStacksOf, statesIn } from "./other-stacks";
import { Writers } from "./writers";

/**
 * A cluster that a stack writes, or something that may be one and could not be read. Its source is the
 * construct that writes it, or the stack.
 */
export type ClusterOfStack = ClusterInDocument<ConstructLike> | UnreadableBlock<ConstructLike>;

/** The clusters of a stack in the document that it writes. */
export function clustersOfStack(stack: StackLike, document: unknown): readonly ClusterOfStack[] {
  const writers = new Writers(stack);
  const unreadable = [...writers.unreadable];
  const otherStacks = otherStacksOf(stack);
  const seen = <Found>(look: () => Found, nothing: Found): Found => {
    try {
      return look();
    } catch (error) {
      // What cannot be seen of them must not pass for nothing.
      unreadable.push({ source: stack, error });
      return nothing;
    }
  };
  const clusters = clustersOfDocument(document, (block) => writers.originOf(block), {
    azurermVersion: writers.azurermVersion,
    name: stack.node.path,
    states: statesIn(stack),
    others: () => seen(otherStacks.withPools, []),
    otherNamed: (path) => seen(() => otherStacks.at(path), undefined),
  });
  return [...unreadable, ...clusters];
}
