import { isBefore } from "../dialects/version";
import type { Cluster, Tool } from "../cluster/cluster";
import { any, is, isAbsent } from "../cluster/setting";
import type { Assignment } from "./choice";

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
export function bridgedBy(version: string | undefined): string | undefined {
  if (!isVersion(version)) return undefined;
  return bridges.find(({ since }) => !isBefore(version, since))?.azurerm;
}

/** A cluster with the tool that deploys it, as far as an effect depends on them. */
export interface Deployed {
  readonly cluster: Cluster;
  readonly dialect: { readonly tool: Tool };
  readonly toolVersion?: string | undefined;
  readonly notSentBecauseOf?: string;
}

/** A change to a cluster that exists, and what the tool in hand does with it. */
export interface ChangeEffect {
  readonly tool: Tool;
  readonly toolVersion: string | undefined;
  readonly change: Change;
  /** A setting gets its first value. */
  readonly isFirstValue: boolean;
  /** `undefined` where it depends on a version that is not known. */
  readonly effect: Effect | undefined;
  /** The setting because of which the tool plans the change in place and does not send it. */
  readonly notSentBecauseOf?: string;
}

/** What writing `settings` does to a cluster that exists. No settings stand for a removal. */
export function changeEffect(
  { cluster, dialect: { tool }, toolVersion, notSentBecauseOf }: Deployed,
  settings: readonly Assignment[],
): ChangeEffect {
  const change = changeOf(cluster, settings);
  const isFirstValue = settings.some(({ setting }) => isAbsent(cluster[setting]).truth === true);
  const effect = effectWith(tool, toolVersion, change);
  const isNotSent = notSentBecauseOf !== undefined && effect !== "replaced";
  return { tool, toolVersion, change, isFirstValue, effect, ...(isNotSent ? { notSentBecauseOf } : {}) };
}

/** The effect alone. */
export function effectOf(deployed: Deployed, settings: readonly Assignment[]): Effect | undefined {
  return changeEffect(deployed, settings).effect;
}

function effectWith(tool: Tool, version: string | undefined, change: Change): Effect | undefined {
  switch (tool) {
    case "azure-native":
      return "replaced";
    case "azurerm":
      return effectIn(version, change);
    case "azure":
      // The azurerm inside may be a later one: what it has in place stays so, and nothing else is known.
      return effectIn(bridgedBy(version), change) === "in place" ? "in place" : undefined;
    case "azapi":
      return "in place";
  }
}

/** The first azurerm, as `MAJOR.MINOR`, that makes such a change in place. */
export function inPlaceSince(change: Change): string | undefined {
  const [first] = azurermEras.filter((era) => era.inPlace.includes(change)).reverse();
  return first?.since.split(".", 2).join(".");
}

function effectIn(version: string | undefined, change: Change): Effect | undefined {
  if (!isVersion(version)) return undefined;
  const era = azurermEras.find(({ since }) => !isBefore(version, since));
  return era?.inPlace.includes(change) === true ? "in place" : "replaced";
}

/** A program may hand its provider anything as a version: only numbers and the usual words make one. */
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
