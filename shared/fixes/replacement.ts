import { isBefore } from "../dialects/version";
import type { Cluster, Tool } from "../cluster/cluster";
import type { Assignment } from "./fix";
import { any, is, isAbsent } from "../cluster/setting";

/** What a tool does to a cluster that exists when its networking changes. */
export type Effect = "replaced" | "in place";

/** The kinds of change that tools treat differently, from the easiest to the hardest. */
export const changes = [
  "nothing to cilium",
  "nothing to another engine",
  /** Engine azure or dataplane azure. */
  "azure to cilium",
  "calico to cilium",
  "any other",
] as const;
export type Change = (typeof changes)[number];

interface Era {
  /** The first azurerm version of the era. */
  readonly since: string;
  readonly inPlace: readonly Change[];
}

/** What the effects below were read from, and when. */
export const effectSources: Readonly<Record<Tool, string>> = {
  azurerm:
    "CustomizeDiff of internal/services/containers/kubernetes_cluster_resource.go in terraform-provider-azurerm, at the tags up to 5.2.0 (read 2026-10)",
  azure:
    "pulumi-azure's migration guide to version 6 (2024-09) and its releases v6.32.0 and v6.33.0 (2026-02), which name the azurerm that they bridge",
  "azure-native":
    "pulumi-azure-native, pull request 4771 (2026-07): its list of properties that force a new resource",
  azapi:
    "https://learn.microsoft.com/azure/aks/use-network-policies and https://learn.microsoft.com/azure/aks/upgrade-azure-cni (read 2026-08-20)",
};

/**
 * What azurerm changes in place on a cluster that exists, by its version, newest first; it replaces the cluster for
 * everything else.
 */
export const azurermEras: readonly Era[] = [
  {
    since: "4.59.0",
    inPlace: ["nothing to cilium", "nothing to another engine", "azure to cilium", "calico to cilium"],
  },
  { since: "4.58.0", inPlace: ["nothing to cilium", "nothing to another engine", "azure to cilium"] },
  { since: "3.108.0", inPlace: ["nothing to cilium", "nothing to another engine"] },
  { since: "3.75.0", inPlace: ["nothing to cilium"] },
  { since: "0.0.0", inPlace: [] },
];

/**
 * The azurerm that `@pulumi/azure` bridges from a version on, newest first. Version 5 bridged many of azurerm 3, and
 * which one when has not been read.
 */
export const bridges = [
  { since: "6.33.0", azurerm: "4.61.0" },
  { since: "6.32.0", azurerm: "4.58.0" },
  { since: "6.0.0", azurerm: "4.0.0" },
] as const;

/** The oldest azurerm that this version of `@pulumi/azure` may bridge; what it does is true of every later one. */
function bridgedBy(version: string | undefined): string | undefined {
  if (!isVersion(version)) return undefined;
  return bridges.find(({ since }) => !isBefore(version, since))?.azurerm;
}

/** A cluster with the tool that deploys it, as far as an effect hangs on them. */
export interface Deployed {
  readonly cluster: Cluster;
  readonly dialect: { readonly tool: Tool };
  readonly toolVersion?: string | undefined;
}

/** What writing `settings` does to a cluster that exists; `undefined` where it hangs on a version that is not known. */
export function effectOf(deployed: Deployed, settings: readonly Assignment[]): Effect | undefined {
  const { cluster, dialect, toolVersion } = deployed;
  const change = changeOf(cluster, settings);
  switch (dialect.tool) {
    case "azure-native":
      return "replaced";
    case "azurerm":
      return effectIn(toolVersion, change);
    case "azure":
      // The azurerm inside may be a later one: what it has in place stays so, and nothing else is known.
      return effectIn(bridgedBy(toolVersion), change) === "in place" ? "in place" : undefined;
    case "azapi":
      return "in place";
  }
}

function effectIn(version: string | undefined, change: Change): Effect | undefined {
  if (!isVersion(version)) return undefined;
  const era = azurermEras.find(({ since }) => !isBefore(version, since));
  return era?.inPlace.includes(change) === true ? "in place" : "replaced";
}

/** A version is told, and may be anything that a program hands its provider: only numbers and the usual words make one. */
function isVersion(text: string | undefined): text is string {
  return /^\d+\.\d+(?:\.\d+)?(?:-(?:alpha|beta|dev|preview|rc)[.\d]*)?(?:\+[-.0-9a-f]+)?$/.test(String(text));
}

/** The kind of change that `settings` make to `cluster`; several changes are as hard as the hardest. */
function changeOf(cluster: Cluster, settings: readonly Assignment[]): Change {
  const made = settings.map(({ setting, value }): Change => {
    if (setting === "engine" && any(isAbsent(cluster.engine), is(cluster.engine, "none")).truth === true) {
      return value === "cilium" ? "nothing to cilium" : "nothing to another engine";
    }
    if (value !== "cilium") return "any other";
    if (setting === "engine" && is(cluster.engine, "calico").truth === true) return "calico to cilium";
    const fromAzure =
      (setting === "engine" && is(cluster.engine, "azure").truth === true) ||
      (setting === "dataplane" && cluster.dataplane.state !== "unknown");
    return fromAzure ? "azure to cilium" : "any other";
  });
  const hardest = Math.max(-1, ...made.map((change) => changes.indexOf(change)));
  return changes[hardest] ?? "any other";
}

/** One sentence: do `settings` replace a cluster that exists, with this tool? No settings stand for a removal. */
export function effectSentence(deployed: Deployed, settings: readonly Assignment[]): string {
  const { cluster, dialect, toolVersion } = deployed;
  const change = changeOf(cluster, settings);
  switch (dialect.tool) {
    // networkPolicy, networkPlugin, networkPluginMode and networkDataplane are on azure-native's list.
    case "azure-native": {
      const firstValue = settings.some(({ setting }) => isAbsent(cluster[setting]).truth === true);
      const belief = firstValue
        ? " (where no value was, we believe so; the preview shows it as `replace`)"
        : "";
      return `azure-native REPLACES it: the old cluster is deleted first${belief}.`;
    }
    case "azure": {
      const bridged = bridgedBy(toolVersion);
      if (effectIn(bridged, change) === "in place") {
        return `@pulumi/azure ${toolVersion}, which bridges azurerm ${bridged} or later, changes it in place (every node pool is reimaged).`;
      }
      return `@pulumi/azure does what the azurerm inside it does: ${azurermSentence(change)}`;
    }
    case "azurerm":
      return azurermSentenceOf(toolVersion, change) ?? azurermSentence(change);
    case "azapi":
      return azureSentence(change);
  }
}

function azurermSentence(change: Change): string {
  const since = inPlaceSince(change);
  return since === undefined
    ? "azurerm REPLACES it, in every version."
    : `azurerm changes it in place from ${since} (every node pool is reimaged) and REPLACES it before.`;
}

/** The first azurerm, as `MAJOR.MINOR`, that makes such a change in place. */
function inPlaceSince(change: Change): string | undefined {
  const [first] = azurermEras.filter((era) => era.inPlace.includes(change)).reverse();
  return first?.since.split(".", 2).join(".");
}

function azurermSentenceOf(version: string | undefined, change: Change): string | undefined {
  switch (effectIn(version, change)) {
    case undefined:
      return undefined;
    case "in place":
      return `azurerm ${version}, which this program's provider names, changes it in place (every node pool is reimaged).`;
    case "replaced": {
      const since = inPlaceSince(change);
      const later = since === undefined ? "" : `; from ${since} it is changed in place`;
      return `azurerm ${version}, which this program's provider names, REPLACES it${later}.`;
    }
  }
}

/** Azure's own rules. */
export function azureSentence(change: Change): string {
  switch (change) {
    case "nothing to cilium":
    case "nothing to another engine":
      return "Azure changes it in place, from Kubernetes 1.30, and reimages every node pool at once.";
    case "azure to cilium":
    case "calico to cilium":
      return "Azure changes it in place, engine and dataplane together and with Linux node pools only, and reimages every node pool at once.";
    case "any other":
      return "Azure changes from one engine to another by way of `none` only, and reimages every node pool each time; where it refuses a change, the cluster must be made anew.";
  }
}
