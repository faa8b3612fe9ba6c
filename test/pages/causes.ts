import type { CauseName } from "../../shared/rules/verdict";

/** What a rule reports, as a heading: the name under which a page groups the examples. */
export const headings: Readonly<Record<CauseName, string>> = {
  "not-configured": "No engine",
  "bring-your-own-cni": "Bring your own CNI without an engine",
  "engine-not-accepted": "An engine that the organisation does not accept (`engines`)",
  "not-an-engine": "A text that is no engine",
  "automatic-has-cilium": "SKU Automatic with an engine other than Cilium",
  "engine-needs-plugin-azure": "kubenet with engine azure or cilium",
  "dataplane-needs-plugin-azure": "kubenet with the Cilium dataplane",
  "plugin-none-takes-no-engine": "Bring your own CNI with an engine",
  "dataplane-needs-engine-cilium": "The Cilium dataplane with another engine",
  "cilium-needs-its-dataplane": "Engine cilium without its dataplane",
  "plugin-not-written": "Engine azure without a plugin",
  "cilium-is-linux-only": "Cilium with Windows node pools",
  "windows-needs-plugin-azure": "Windows node pools on another plugin than azure",
  "dual-stack-needs-cilium": "Dual stack with engine azure or calico",
  "calico-not-with-auto-provisioning": "Node auto-provisioning with engine calico",
  "network-security-needs-cilium": "Advanced network security without Cilium",
  "too-many-nodes": "Engine azure with more than 250 nodes",
  "unrecognized-value": "A value that AKS does not document",
  "engine-azure-ends": "Engine azure on Linux nodes",
  "engine-azure-ends-on-windows": "Engine azure on Windows nodes",
  "kubenet-ends": "kubenet under engine calico",
};
