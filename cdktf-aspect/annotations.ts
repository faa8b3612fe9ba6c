import type { ConstructLike, MetadataEntry } from "./constructs";

/** Both libraries collect annotations from a node's metadata under these names (cdktf 0.21, cdktn 0.24). */
const types = { error: "@cdktf/error", warning: "@cdktf/warn", info: "@cdktf/info" } as const;
export type AnnotationLevel = keyof typeof types;

/** A name that neither library collects. */
const withdrawn = "aks-network-policy-pack/withdrawn";

/** Annotations that one Aspect made, so that judging again replaces them and repeats nothing. */
export class Annotations {
  private made: { readonly construct: ConstructLike; readonly entry: MetadataEntry }[] = [];

  /** Adds a message, once, and without the stack trace that the libraries' own method prints under it. */
  add(construct: ConstructLike, level: AnnotationLevel, message: string): void {
    const { node } = construct;
    const type = types[level];
    if (node.metadata.some((entry) => entry.type === type && entry.data === message)) return;
    node.addMetadata(type, message);
    const entry = node.metadata.at(-1);
    if (entry !== undefined) this.made.push({ construct, entry });
  }

  /** Takes back what was said of constructs that `about` names. */
  withdraw(about: (construct: ConstructLike) => boolean): void {
    this.made = this.made.filter(({ construct, entry }) => {
      if (!about(construct)) return true;
      // Metadata can be added and not removed, but a node hands out its own entries.
      (entry as { type: string }).type = withdrawn;
      return false;
    });
  }
}
