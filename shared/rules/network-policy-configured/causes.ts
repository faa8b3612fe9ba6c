import type { Cluster, RealEngine } from "../../cluster/cluster";
import type { Unrecognized } from "../../cluster/setting";
import type { CausesOf } from "../cause";
import { fixTheCluster } from "../cause";
import { isNoSuchValue, isSetTo } from "../wording";
import { networkPolicyConfigured } from "./rule";

export type NotConfiguredCause =
  | { readonly cause: "not-configured"; readonly written: "none" | "nothing" }
  | { readonly cause: "bring-your-own-cni" }
  | {
      readonly cause: "engine-not-accepted";
      readonly engine: RealEngine;
      /** What sets the engine: its name, the dataplane that implies it, or the SKU that has it built in. */
      readonly by: "engine" | "dataplane" | "sku";
      readonly accepted: readonly RealEngine[];
    }
  | { readonly cause: "not-an-engine"; readonly path: string; readonly found: Unrecognized };

export const causes: CausesOf<NotConfiguredCause> = {
  "not-configured": {
    heading: "No engine",
    found: ({ written }, { engine }) =>
      `${written === "none" ? isSetTo(engine, "none") : `${engine.path} is not set`}: this cluster has no network policy engine.`,
    why: () => networkPolicyConfigured.why,
    advice: fixTheCluster,
  },
  "bring-your-own-cni": {
    heading: "Bring your own CNI without an engine",
    found: (_, { plugin }) =>
      `${isSetTo(plugin, "none")} (bring your own CNI): AKS runs no network policy engine on this cluster.`,
    why: () =>
      "The pack cannot see whether your CNI enforces NetworkPolicy objects; if it does not, every pod can reach every pod.",
    advice: () => ({ fix: "of the cluster, or keep the CNI" }),
  },
  "engine-not-accepted": {
    heading: "An engine that the organisation does not accept (`engines`)",
    found: (cause, cluster) =>
      `${isTheEngine(cause, cluster)}; your organisation accepts ${listed(cause.accepted)}.`,
    why: () =>
      "The engine is valid in Azure, but your organisation's configuration leaves it out (`engines`).",
    advice: fixTheCluster,
  },
  "not-an-engine": {
    heading: "A value that is not an engine",
    found: ({ found }) => `${isNoSuchValue(found)}: this cluster has no network policy engine.`,
    why: () => networkPolicyConfigured.why,
    advice: fixTheCluster,
  },
};

function isTheEngine(
  { engine, by }: Extract<NotConfiguredCause, { cause: "engine-not-accepted" }>,
  { engine: named, dataplane, sku }: Cluster,
): string {
  switch (by) {
    case "engine":
      return isSetTo(named, engine);
    case "dataplane":
      return `${isSetTo(dataplane, "cilium")}, which makes ${engine} the engine`;
    case "sku":
      // Some kinds of cluster are always Automatic, without a setting for it.
      return `${sku.path === "" ? "This kind of cluster is Automatic" : isSetTo(sku, "Automatic")}, which has ${engine} built in`;
  }
}

function listed(words: readonly string[]): string {
  return new Intl.ListFormat("en").format(new Set(words));
}
