import { fieldOf } from "./marks";
import { childOf, textOf } from "../separate-pool";
import type { ShownResource } from "./resources";

/** The versions of the providers that resources refer to as `URN::ID`. */
export class ProviderVersions {
  private readonly byUrn = new Map<string, string | undefined>();

  constructor(resources: readonly ShownResource[]) {
    for (const { urn, type, state } of resources)
      if (type.startsWith("pulumi:providers:"))
        this.byUrn.set(urn, textOf(childOf(fieldOf(state["inputs"]), "version")));
  }

  /** The version of a provider, by reference; `undefined` if the document does not show it. */
  of(reference: unknown): string | undefined {
    if (typeof reference !== "string") return undefined;
    // A preview does not know the ID of a provider that it creates.
    const urn = reference.replace(/::[^:]*$/, "");
    return this.byUrn.get(urn) ?? versionInName(urn);
  }
}

/** A preview does not show default providers, but their names contain their version: `…::default_3_28_0`. */
function versionInName(urn: string): string | undefined {
  return /::default_(\d+)_(\d+)_(\d+)$/.exec(urn)?.slice(1).join(".");
}
