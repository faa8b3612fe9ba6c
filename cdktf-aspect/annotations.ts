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

/** Annotations that one Aspect made, so that judging again replaces them and repeats nothing. */
export class Annotations {
  /** By everything that they are in, so that an app of many stacks is not gone through for each of them. */
  private readonly made = new WeakMap<ConstructLike, Made[]>();

  /** Adds a message, once, and without the stack trace that the libraries' own method prints under it. */
  add(construct: ConstructLike, level: AnnotationLevel, message: string): void {
    const { node } = construct;
    const type = types[level];
    const said = (): MetadataEntry | undefined =>
      node.metadata.find((entry) => entry.type === type && entry.data === message);
    if (said() !== undefined) return;
    node.addMetadata(type, message);
    const entry = said();
    // A node of somebody's own may take none.
    if (entry === undefined) return;
    for (const scope of [construct, ...scopesOf(construct)]) {
      const made = this.made.get(scope);
      if (made === undefined) this.made.set(scope, [{ construct, entry }]);
      else made.push({ construct, entry });
    }
  }

  /** Takes back the annotations of a stack's constructs, and with `inner` those of the stacks inside it. */
  withdraw(stack: StackLike, { inner }: { readonly inner: boolean }): void {
    const kept = (this.made.get(stack) ?? []).filter(({ construct, entry }) => {
      if (!inner && stackOf(construct) !== stack) return true;
      // Metadata can be added and not removed, but a node hands out its own entries.
      (entry as { type: string }).type = withdrawn;
      return false;
    });
    this.made.set(stack, kept);
  }
}
