import type { Dataplane, Engine, Plugin, RealEngine, Windows2025 } from "../../cluster/cluster";
import type { Unrecognized } from "../../cluster/setting";
import type { CausesOf } from "../cause";
import { fixTheCluster } from "../cause";
import type { Windows } from "../verdict";
import { hasWindowsPools, isNoSuchValue, isSetTo } from "../wording";

export type NotCompatibleCause =
  | { readonly cause: "automatic-has-cilium"; readonly engine: Exclude<Engine, "cilium"> }
  | { readonly cause: "engine-needs-plugin-azure"; readonly engine: "azure" | "cilium" }
  | { readonly cause: "dataplane-needs-plugin-azure" }
  | { readonly cause: "plugin-none-takes-no-engine"; readonly engine: RealEngine }
  | { readonly cause: "dataplane-needs-engine-cilium"; readonly engine: Exclude<Engine, "cilium"> }
  | { readonly cause: "cilium-needs-its-dataplane"; readonly dataplane: Dataplane | "nothing" }
  | { readonly cause: "plugin-not-written" }
  | { readonly cause: "cilium-is-linux-only"; readonly windows: Windows }
  | { readonly cause: "windows-needs-plugin-azure"; readonly windows: Windows; readonly plugin: Plugin }
  | { readonly cause: "dual-stack-needs-cilium"; readonly engine: "azure" | "calico" }
  | { readonly cause: "calico-not-with-auto-provisioning" }
  | { readonly cause: "network-security-needs-cilium" }
  | { readonly cause: "wireguard-needs-cilium" }
  | { readonly cause: "acceleration-needs-cilium" }
  | { readonly cause: "calico-not-documented-for-windows-2025"; readonly windows: Windows2025 }
  | { readonly cause: "too-many-nodes" }
  | { readonly cause: "unrecognized-value"; readonly path: string; readonly found: Unrecognized };

export const causes: CausesOf<NotCompatibleCause> = {
  "automatic-has-cilium": {
    heading: "SKU Automatic with an engine other than Cilium",
    found: (cause, { engine, sku }) =>
      `${isSetTo(engine, cause.engine)} on a cluster whose ${isSetTo(sku, "Automatic")}.`,
    why: () =>
      "AKS Automatic has Cilium built in and takes no other engine, so Azure should refuse this (not confirmed by Microsoft).",
    advice: fixTheCluster,
  },
  "engine-needs-plugin-azure": {
    heading: "kubenet with engine azure or cilium",
    found: (cause, { engine, plugin }) =>
      `${isSetTo(engine, cause.engine)} and ${isSetTo(plugin, "kubenet")}: engine ${cause.engine} needs plugin azure.`,
    why: ({ engine }) =>
      engine === "azure"
        ? "Azure refuses this cluster: NetworkPolicyAzureNotSupportedForKubenet."
        : "Cilium runs on Azure CNI only, so Azure should refuse this cluster (not confirmed by Microsoft).",
    advice: fixTheCluster,
  },
  "dataplane-needs-plugin-azure": {
    heading: "kubenet with the Cilium dataplane",
    found: (_, { dataplane, plugin }) =>
      `${isSetTo(dataplane, "cilium")} and ${isSetTo(plugin, "kubenet")}: the Cilium dataplane needs plugin azure.`,
    why: () => "Azure refuses this cluster.",
    advice: fixTheCluster,
  },
  "plugin-none-takes-no-engine": {
    heading: "Bring your own CNI with an engine",
    found: (cause, { engine, plugin }) =>
      `${isSetTo(engine, cause.engine)} and ${isSetTo(plugin, "none")}: AKS installs no engine with your own CNI.`,
    why: () => "Azure refuses this cluster: NetworkPolicyNotSupportedForNone.",
    advice: fixTheCluster,
  },
  "dataplane-needs-engine-cilium": {
    heading: "The Cilium dataplane with another engine",
    found: (cause, { engine, dataplane }) =>
      `${isSetTo(engine, cause.engine)} and ${isSetTo(dataplane, "cilium")}: the Cilium dataplane takes no other engine.`,
    why: () => "Azure refuses this cluster: CiliumDataplaneRequiresNetworkPolicyCilium.",
    advice: fixTheCluster,
  },
  "cilium-needs-its-dataplane": {
    heading: "Engine cilium without its dataplane",
    found: (cause, { engine, dataplane }) =>
      `${isSetTo(engine, "cilium")} but ${
        cause.dataplane === "nothing" ? `${dataplane.path} is not set` : isSetTo(dataplane, cause.dataplane)
      }: engine cilium needs the Cilium dataplane.`,
    why: () => "Azure refuses this cluster: NetworkPolicyCiliumRequiresCiliumDataplane.",
    advice: fixTheCluster,
  },
  "plugin-not-written": {
    heading: "Engine azure without a plugin",
    found: (_, { engine, plugin }) => `${isSetTo(engine, "azure")} but ${plugin.path} is not set.`,
    why: () =>
      "On Kubernetes 1.30 and later the default is azure, which works; before, it is kubenet, which Azure refuses with this engine.",
    advice: fixTheCluster,
  },
  "cilium-is-linux-only": {
    heading: "Cilium with Windows node pools",
    found: ({ windows }) =>
      `${hasWindowsPools(windows)} and the engine is Cilium, which runs on Linux nodes only.`,
    why: () => "Azure refuses the Windows pool, or does not enforce network policies on its pods.",
    advice: ({ windows }) => ({ fix: "of the cluster, with Windows pools", windows }),
  },
  "windows-needs-plugin-azure": {
    heading: "Windows node pools on another plugin than azure",
    found: (cause, { plugin }) =>
      `${hasWindowsPools(cause.windows)} and ${isSetTo(plugin, cause.plugin)}: Windows nodes need plugin azure.`,
    why: () => "Azure refuses the Windows pool: AzureCNIOnlyForWindows.",
    advice: ({ windows }) => ({ fix: "of the cluster, with Windows pools", windows }),
  },
  "dual-stack-needs-cilium": {
    heading: "Dual stack with engine azure or calico",
    found: (cause, { engine, ipFamilies }) =>
      `${isSetTo(engine, cause.engine)} and ${ipFamilies.path} has IPv4 and IPv6: engine ${cause.engine} does not support dual stack.`,
    why: () => "Network policies would not apply to IPv6 traffic between pods.",
    advice: fixTheCluster,
  },
  "calico-not-with-auto-provisioning": {
    heading: "Node auto-provisioning with engine calico",
    found: (_, { engine, nodeProvisioning }) =>
      `${isSetTo(engine, "calico")} and ${isSetTo(nodeProvisioning, "Auto")}: node auto-provisioning does not support Calico.`,
    why: () => "Azure does not support this combination.",
    advice: fixTheCluster,
  },
  "network-security-needs-cilium": {
    heading: "Advanced network security without Cilium",
    found: (_, { advancedNetworkSecurity }) =>
      `${advancedNetworkSecurity.path} is true without the Cilium dataplane on plugin azure.`,
    why: () => "Advanced network security needs both, and does not replace a network policy engine.",
    advice: fixTheCluster,
  },
  "wireguard-needs-cilium": {
    heading: "WireGuard encryption without Cilium",
    found: (_, { transitEncryption }) =>
      `${isSetTo(transitEncryption, "WireGuard")} without the Cilium dataplane on plugin azure.`,
    why: () => "The encryption is part of Cilium, and does not replace a network policy engine.",
    advice: fixTheCluster,
  },
  "acceleration-needs-cilium": {
    heading: "eBPF acceleration without Cilium",
    found: (_, { accelerationMode }) =>
      `${isSetTo(accelerationMode, "BpfVeth")} without the Cilium dataplane on plugin azure.`,
    why: () => "The acceleration is part of Cilium, and does not replace a network policy engine.",
    advice: fixTheCluster,
  },
  "calico-not-documented-for-windows-2025": {
    heading: "Calico on Windows Server 2025",
    found: ({ windows }, { engine, kubernetesVersion }) =>
      windows.by === "image"
        ? `${isSetTo(engine, "calico")} and a Windows node pool runs Windows Server 2025 (${windows.at}).`
        : `${isSetTo(engine, "calico")}, and a Windows node pool that names no image gets Windows Server 2025, because ${kubernetesVersion.path} is 1.37 or later.`,
    why: () =>
      "Azure documents Calico for Windows Server 2019 and 2022; its documentation does not say whether policies are enforced on 2025.",
    advice: () => ({ fix: "another Windows" }),
  },
  "too-many-nodes": {
    heading: "Engine azure with more than 250 nodes",
    found: (_, { engine }) =>
      `${isSetTo(engine, "azure")} and the node pools together may grow beyond 250 nodes.`,
    why: () => "Engine azure is unsupported above 250 nodes or 20,000 pods.",
    advice: fixTheCluster,
  },
  "unrecognized-value": {
    heading: "A value that AKS does not document",
    found: ({ found }) => `${isNoSuchValue(found)}.`,
    why: () => "AKS does not document this value, so nothing shows that network policies are enforced.",
    advice: ({ path, found }) => ({ fix: "correct the value", path, found }),
  },
};
