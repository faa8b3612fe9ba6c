import type { ConstructLike, MetadataEntry, StackLike } from "./constructs";
import { scopesOf } from "./constructs";

/** Both libraries collect annotations from a node's metadata under these names (cdktf 0.21, cdktn 0.24). */
const types = { error: "@cdktf/error", warning: "@cdktf/warn", info: "@cdktf/info" } as const;
export type AnnotationLevel = keyof typeof types;

/** A name that neither library collects. */
const withdrawn = "aks-network-policy-pack/withdrawn";

/** Annotations that one Aspect made, so that judging again replaces them and repeats nothing. */
export class Annotations {
  /** By everything that they are in, so that an app of many stacks is not gone through for each of them. */
  private readonly made = new WeakMap<ConstructLike, MetadataEntry[]>();

  /** Adds a message once, without the stack trace that the libraries' own method prints below it. */
  add(construct: ConstructLike, level: AnnotationLevel, message: string): void {
    const { node } = construct;
    const type = types[level];
    const said = (): MetadataEntry | undefined =>
      node.metadata.find((entry) => entry.type === type && entry.data === message);
    if (said() !== undefined) return;
    node.addMetadata(type, message);
    const entry = said();
    // A custom node may not accept any.
    if (entry === undefined) return;
    for (const scope of [construct, ...scopesOf(construct)]) {
      const made = this.made.get(scope);
      if (made === undefined) this.made.set(scope, [entry]);
      else made.push(entry);
    }
  }

  /** Takes back the annotations of everything in a stack, the stacks inside it too. */
  withdraw(stack: StackLike): void {
    for (const entry of this.made.get(stack) ?? [])
      // Metadata can be added and not removed, but a node hands out its own entries.
      (entry as { type: string }).type = withdrawn;
    this.made.delete(stack);
  }
}
