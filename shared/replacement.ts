import type { Cluster, Tool } from "./cluster";
import type { Assignment } from "./fix";
import { isAbsent, is } from "./setting";

/** What a tool does to a cluster that exists when its networking changes. */
export type Effect = "replaced" | "in place";

/** The kinds of change that tools treat differently. */
export type Change =
  /** An engine where none was, nothing else changing. */
  | "first engine"
  /** Engine azure or calico, or dataplane azure, to cilium. */
  | "to cilium"
  | "any other";

interface Era {
  /** The first azurerm version of the era. */
  readonly since: string;
  readonly effects: Readonly<Record<Change, Effect>>;
}

/**
 * What azurerm does to a cluster that exists, by its version, newest first: CustomizeDiff of
 * internal/services/containers/kubernetes_cluster_resource.go, read at the tags up to 5.2.0 (2026-10). Version 4.58
 * upgrades engine azure in place but replaces for calico; that half counts as replaced here.
 */
export const azurermEras: readonly Era[] = [
  {
    since: "4.59.0",
    effects: { "first engine": "in place", "to cilium": "in place", "any other": "replaced" },
  },
  {
    since: "3.108.0",
    effects: { "first engine": "in place", "to cilium": "replaced", "any other": "replaced" },
  },
  {
    since: "0.0.0",
    effects: { "first engine": "replaced", "to cilium": "replaced", "any other": "replaced" },
  },
];

/**
 * What `@pulumi/azure-native` does: networkPolicy, networkPlugin, networkPluginMode and networkDataplane are on its
 * list of properties that force a new resource (pulumi-azure-native pull request 4771, 2026-07). For a value where
 * none was, that is our inference.
 */
export const azureNativeEffect: Effect = "replaced";

/** The kind of change that `settings` make to `cluster`; several changes are as hard as the hardest. */
export function changeOf(cluster: Cluster, settings: readonly Assignment[]): Change {
  const changes = settings.map(({ setting, value }): Change => {
    switch (setting) {
      case "engine":
        if (isAbsent(cluster.engine).truth === true) return "first engine";
        return value === "cilium" && is(cluster.engine, "azure", "calico").truth === true
          ? "to cilium"
          : "any other";
      case "dataplane":
        return value === "cilium" && cluster.dataplane.state !== "unknown" ? "to cilium" : "any other";
      case "plugin":
        // Writing down the default that the cluster has already changes nothing; it is at worst as hard as the rest.
        return isAbsent(cluster.plugin).truth === true ? "first engine" : "any other";
      case "mode":
        return "any other";
      case "sku":
      case "ipFamilies":
      case "nodeProvisioning":
      case "advancedNetworkSecurity":
      case "windowsProfile":
        return "any other";
    }
  });
  if (changes.includes("any other")) return "any other";
  return changes.includes("to cilium") ? "to cilium" : "first engine";
}

/** One sentence: does the change replace a cluster that exists, with this tool? */
export function effectSentence(tool: Tool, change: Change): string {
  switch (tool) {
    case "azure-native":
      return change === "first engine" || change === "to cilium"
        ? "azure-native REPLACES it: the old cluster is deleted first. (For a value where none was we believe so; the preview shows `replace`.)"
        : "azure-native REPLACES it: the old cluster is deleted first.";
    case "azure":
      return `@pulumi/azure does what the azurerm inside it does: ${azurermSentence(change)}`;
    case "azurerm":
      return azurermSentence(change);
  }
}

function azurermSentence(change: Change): string {
  const inPlace = azurermEras.filter(({ effects }) => effects[change] === "in place").at(-1);
  return inPlace === undefined
    ? "azurerm REPLACES it, in every version."
    : `azurerm changes it in place from ${shortVersion(inPlace.since)} (every node pool is reimaged) and REPLACES it before.`;
}

function shortVersion(version: string): string {
  return version.replace(/\.0$/, "");
}
