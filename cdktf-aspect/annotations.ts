import type { ConstructLike, MetadataEntry, StackLike } from "./constructs";
import { scopesOf, stackOf } from "./constructs";

/** Both libraries collect annotations from a node's metadata under these names (cdktf 0.21, cdktn 0.24). */
const types = { error: "@cdktf/error", warning: "@cdktf/warn", info: "@cdktf/info" } as const;
export type AnnotationLevel = keyof typeof types;

/** A name that neither library collects. */
const withdrawn = "aks-network-policy-pack/withdrawn";

interface Made {
  readonly construct: ConstructLike;
  readonly entry: MetadataEntry;
}

/** The annotations of one Aspect, so that checking again replaces them instead of repeating them. */
export class Annotations {
  /**
   * Indexed by every enclosing construct, so that an app with many stacks is not searched for each of them.
   */
  private readonly made = new WeakMap<ConstructLike, Made[]>();

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
      if (made === undefined) this.made.set(scope, [{ construct, entry }]);
      else made.push({ construct, entry });
    }
  }

  /** Withdraws the annotations of a stack's constructs; with `inner` also those of nested stacks. */
  withdraw(stack: StackLike, { inner }: { readonly inner: boolean }): void {
    const kept = (this.made.get(stack) ?? []).filter(({ construct, entry }) => {
      if (!inner && stackOf(construct) !== stack) return true;
      // Metadata cannot be removed, but a node exposes its own entries.
      (entry as { type: string }).type = withdrawn;
      return false;
    });
    this.made.set(stack, kept);
  }
}
