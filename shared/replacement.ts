import type { Cluster, Tool } from "./cluster";
import type { Assignment } from "./fix";
import type { SettingName } from "./dialects";
import { is, isAbsent } from "./setting";

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

/** The kind of change that `settings` make to `cluster`; several changes are as hard as the hardest. */
function changeOf(cluster: Cluster, settings: readonly Assignment[]): Change {
  const changes = settings.map(({ setting, value }): Change => {
    if (setting === "engine" && isAbsent(cluster.engine).truth === true) return "first engine";
    const toCilium =
      (setting === "engine" && is(cluster.engine, "azure", "calico").truth === true) ||
      (setting === "dataplane" && cluster.dataplane.state !== "unknown");
    return toCilium && value === "cilium" ? "to cilium" : "any other";
  });
  if (changes.length === 0 || changes.includes("any other")) return "any other";
  return changes.includes("to cilium") ? "to cilium" : "first engine";
}

/** One sentence: do `settings` replace a cluster that exists, with this tool? No settings stand for a removal. */
export function effectSentence(tool: Tool, cluster: Cluster, settings: readonly Assignment[]): string {
  switch (tool) {
    // networkPolicy, networkPlugin, networkPluginMode and networkDataplane are on azure-native's list of properties
    // that force a new resource (pulumi-azure-native, pull request 4771, 2026-07).
    case "azure-native": {
      const firstValue = settings.some(({ setting }) => isFirstValue(cluster, setting));
      const belief = firstValue
        ? " (where no value was, we believe so; the preview shows it as `replace`)"
        : "";
      return `azure-native REPLACES it: the old cluster is deleted first${belief}.`;
    }
    case "azure":
      return `@pulumi/azure does what the azurerm inside it does: ${azurermSentence(changeOf(cluster, settings))}`;
    case "azurerm":
      return azurermSentence(changeOf(cluster, settings));
  }
}

function isFirstValue(cluster: Cluster, setting: SettingName): boolean {
  return setting !== "windowsProfile" && isAbsent(cluster[setting]).truth === true;
}

function azurermSentence(change: Change): string {
  const inPlace = azurermEras.filter(({ effects }) => effects[change] === "in place").at(-1);
  return inPlace === undefined
    ? "azurerm REPLACES it, in every version."
    : `azurerm changes it in place from ${inPlace.since.replace(/\.0$/, "")} (every node pool is reimaged) and REPLACES it before.`;
}
