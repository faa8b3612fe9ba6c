import { fieldOf } from "./marks";
import { childOf, textOf } from "../separate-pool";
import type { ShownResource } from "./resources";

/** The versions of the providers that resources refer to as `URN::ID`. */
export class ProviderVersions {
  private readonly byName = new Map<string, string>();

  constructor(resources: readonly ShownResource[]) {
    for (const { urn, type, state } of resources) {
      if (!type.startsWith("pulumi:providers:")) continue;
      const version = textOf(childOf(fieldOf(state["inputs"]), "version"));
      if (version === undefined) continue;
      // A preview does not know the ID of a provider that it creates.
      this.byName.set(urn, version);
      if (typeof state["id"] === "string") this.byName.set(`${urn}::${state["id"]}`, version);
    }
  }

  /** The version of a provider, by reference; `undefined` if the document does not show it. */
  of(reference: unknown): string | undefined {
    if (typeof reference !== "string") return undefined;
    const urn = reference.replace(/::[^:]*$/, "");
    return this.byName.get(reference) ?? this.byName.get(urn) ?? versionInName(urn);
  }
}

/** A preview does not show default providers, but their names contain their version: `…::default_3_28_0`. */
function versionInName(urn: string): string | undefined {
  const [, ...parts] = /::default_(\d+)_(\d+)_(\d+)$/.exec(urn) ?? [];
  return parts.length === 0 ? undefined : parts.join(".");
}
