import { azureClassic } from "../../shared/dialects/azure-classic";
import { azureNative } from "../../shared/dialects/azure-native";
import { azurermBridged } from "../../shared/dialects/azurerm-bridged";
import type { Dialect } from "../../shared/dialects/dialect";
import type { Configuration } from "../../shared/policy/schema";
import type { Props } from "../engine/analyzer";
import type { ToolName } from "./auto-set-rows";
import { azureClassicBefore6 } from "./old-dialects";

/** The rule with auto-set. */
export const configured = "network-policy-configured";
export type Options = Exclude<Configuration[typeof configured], string | undefined>;
export type AutoSet = NonNullable<Options["autoSet"]>;

/** A tool at a version, and its effect on an existing cluster. */
export interface Deployment {
  readonly by: string;
  readonly type: string;
  readonly dialect: Dialect;
  readonly tool: ToolName;
  readonly version?: string;
  /** What an SDK adds to the network profile, if the program writes one. */
  readonly defaults?: Props;
}

export const nativeType = "azure-native:containerservice:ManagedCluster";
export const classicType = "azure:containerservice/kubernetesCluster:KubernetesCluster";
export const sdkDefaults = {
  dnsServiceIP: "10.0.0.10",
  outboundType: "loadBalancer",
  podCidr: "10.244.0.0/16",
  serviceCidr: "10.0.0.0/16",
};
const native = { type: nativeType, dialect: azureNative, tool: "replaces always" } as const;
const classic = { type: classicType, dialect: azureClassic } as const;
const bridged = {
  type: "azurerm:index/kubernetesCluster:KubernetesCluster",
  dialect: azurermBridged,
} as const;

export const deployments: readonly Deployment[] = [
  {
    by: "azure-native 2",
    ...native,
    version: "2.92.3",
    defaults: { networkPlugin: "kubenet", ...sdkDefaults },
  },
  { by: "azure-native 3", ...native, version: "3.28.0", defaults: sdkDefaults },
  { by: "azure-native, no SDK", ...native },
  { by: "classic 6.40.0", ...classic, tool: "moves to Cilium in place", version: "6.40.0" },
  { by: "classic 6.31.0", ...classic, tool: "adds an engine in place", version: "6.31.0" },
  {
    by: "classic 5.45.0",
    ...classic,
    dialect: azureClassicBefore6,
    tool: "replaces always",
    version: "5.45.0",
  },
  { by: "classic, no SDK", ...classic, tool: "replaces always" },
  { by: "azurerm 4.73.0, bridged", ...bridged, tool: "moves to Cilium in place", version: "4.73.0" },
  { by: "azurerm 4.57.0, bridged", ...bridged, tool: "adds an engine in place", version: "4.57.0" },
];
