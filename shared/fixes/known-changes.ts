/** Known effects of changes that tools make to an existing cluster: data, with sources. */
import type { Dataplane, Engine, Mode, Plugin, Tool } from "../cluster/cluster";
import type { Choice } from "./choice";

/** The value of an attribute: `nothing` also stands for the engine `none`. */
export type Value = "nothing" | Exclude<Engine, "none"> | Plugin | Dataplane | Mode;

/** A change of one attribute that azurerm makes in place from a version on, and in every later version. */
export interface InPlaceChange {
  /** No fix writes the pod CIDR; it is listed for users who plan such a change. */
  readonly attribute: keyof Choice | "podCidr";
  readonly from: Value | "any";
  readonly to: Value | "any";
  /** Only if the cluster has this mode afterwards. */
  readonly withMode?: Mode;
  readonly since: string;
}

/**
 * What azurerm changes in place, attribute by attribute; for everything else it replaces the cluster. The
 * state of an existing cluster usually has dataplane `azure` if the program does not set one, because that is
 * the default.
 */
export const inPlaceChanges: readonly InPlaceChange[] = [
  { attribute: "engine", from: "nothing", to: "cilium", since: "3.75.0" },
  { attribute: "engine", from: "nothing", to: "any", since: "3.108.0" },
  { attribute: "engine", from: "azure", to: "cilium", since: "4.58.0" },
  { attribute: "engine", from: "calico", to: "cilium", since: "4.59.0" },
  { attribute: "dataplane", from: "nothing", to: "any", since: "3.71.0" },
  { attribute: "dataplane", from: "azure", to: "cilium", since: "4.58.0" },
  { attribute: "mode", from: "any", to: "overlay", since: "3.72.0" },
  { attribute: "plugin", from: "kubenet", to: "azure", withMode: "overlay", since: "4.66.0" },
  { attribute: "podCidr", from: "nothing", to: "any", since: "4.66.0" },
];

/**
 * The azurerm version bridged by `@pulumi/azure` from a version on, newest first. 6.40 has the automatic
 * cluster, which azurerm has from 4.81 on. Version 5 bridged many releases of azurerm 3; which one when has
 * not been checked.
 */
export const bridges = [
  { since: "6.40.0", azurerm: "4.81.0" },
  { since: "6.39.0", azurerm: "4.80.0" },
  { since: "6.38.0", azurerm: "4.74.0" },
  { since: "6.36.0", azurerm: "4.73.0" },
  { since: "6.35.0", azurerm: "4.69.0" },
  { since: "6.34.0", azurerm: "4.66.0" },
  { since: "6.33.0", azurerm: "4.61.0" },
  { since: "6.32.0", azurerm: "4.58.0" },
  { since: "6.0.0", azurerm: "4.0.0" },
] as const;

const azuresOwnRules =
  "https://learn.microsoft.com/azure/aks/use-network-policies (read 2026-08-20), https://learn.microsoft.com/azure/aks/update-azure-cni and https://learn.microsoft.com/azure/aks/azure-cni-powered-by-cilium (read 2026-08-21)";

/** Where the effects were read, and when. */
export const effectSources: Readonly<Record<Tool, string>> = {
  azurerm:
    "CustomizeDiff of internal/services/containers/kubernetes_cluster_resource.go in terraform-provider-azurerm, at the tags from 3.70.0 to 5.2.0 (read 2026-11)",
  azure:
    "pulumi-azure's migration guide to version 6 (2024-09) and the azurerm that its releases v6.32.0 to v6.39.0 have as their submodule `upstream` (read 2026-11)",
  "azure-native":
    "pulumi-azure-native, pull request 4771 (2026-07): its list of properties that force a new resource; Diff of provider/pkg/provider/provider.go: what is deleted first (read 2026-11)",
  azapi: azuresOwnRules,
  az: azuresOwnRules,
};
