import { notKnownYet } from "../../cluster/declaration";
import type { Example, ShownFix } from "../rule";

const windowsPool = { os: "Windows" } as const;
const windowsPoolApart = { os: "Windows", separate: true } as const;
const linuxPool = { count: 3 } as const;

export const examples: readonly Example[] = [
  {
    title: "engine cilium without its dataplane",
    cluster: { plugin: "azure", engine: "cilium" },
    expect: { verdict: "fail", causes: ["cilium-needs-its-dataplane"] },
  },
  {
    title: "engine cilium on dataplane azure",
    cluster: { plugin: "azure", dataplane: "azure", engine: "cilium" },
    expect: { verdict: "fail", causes: ["cilium-needs-its-dataplane"] },
  },
  {
    title: "no plugin, engine cilium without its dataplane",
    cluster: { engine: "cilium" },
    expect: { verdict: "fail", causes: ["cilium-needs-its-dataplane"] },
  },
  {
    title: "engine cilium without its dataplane, plugin not known yet: no plugin makes it right",
    cluster: { plugin: notKnownYet, engine: "cilium" },
    expect: { verdict: "fail", causes: ["cilium-needs-its-dataplane"] },
  },
  {
    title: "dataplane cilium, engine none",
    cluster: { plugin: "azure", dataplane: "cilium", engine: "none" },
    expect: { verdict: "fail", causes: ["dataplane-needs-engine-cilium"] },
  },
  {
    title: "dataplane cilium, engine azure",
    cluster: { plugin: "azure", dataplane: "cilium", engine: "azure" },
    expect: { verdict: "fail", causes: ["dataplane-needs-engine-cilium"] },
  },
  {
    title: "dataplane cilium, engine calico",
    cluster: { plugin: "azure", dataplane: "cilium", engine: "calico" },
    expect: { verdict: "fail", causes: ["dataplane-needs-engine-cilium"] },
  },
  {
    title: "no plugin, dataplane cilium, engine calico",
    cluster: { dataplane: "cilium", engine: "calico" },
    expect: { verdict: "fail", causes: ["dataplane-needs-engine-cilium"] },
  },
  {
    title: "kubenet, engine azure",
    cluster: { plugin: "kubenet", engine: "azure" },
    expect: { verdict: "fail", causes: ["engine-needs-plugin-azure"] },
  },
  {
    title: "kubenet, dataplane cilium, engine azure",
    cluster: { plugin: "kubenet", dataplane: "cilium", engine: "azure" },
    expect: { verdict: "fail", causes: ["engine-needs-plugin-azure"] },
  },
  {
    title: "kubenet, engine cilium",
    cluster: { plugin: "kubenet", engine: "cilium" },
    expect: { verdict: "fail", causes: ["engine-needs-plugin-azure"] },
  },
  {
    title: "kubenet, dataplane cilium, no engine",
    cluster: { plugin: "kubenet", dataplane: "cilium" },
    expect: { verdict: "fail", causes: ["dataplane-needs-plugin-azure"] },
  },
  {
    title: "kubenet, dataplane cilium, engine none",
    cluster: { plugin: "kubenet", dataplane: "cilium", engine: "none" },
    expect: { verdict: "fail", causes: ["dataplane-needs-plugin-azure"] },
  },
  {
    title: "kubenet, dataplane cilium, engine calico",
    cluster: { plugin: "kubenet", dataplane: "cilium", engine: "calico" },
    expect: { verdict: "fail", causes: ["dataplane-needs-plugin-azure"] },
  },
  {
    title: "kubenet, dataplane cilium, engine not known yet: no engine makes it right",
    cluster: { plugin: "kubenet", dataplane: "cilium", engine: notKnownYet },
    expect: { verdict: "fail", causes: ["dataplane-needs-plugin-azure"] },
  },
  {
    title: "bring your own CNI, engine azure",
    cluster: { plugin: "none", engine: "azure" },
    expect: { verdict: "fail", causes: ["plugin-none-takes-no-engine"] },
  },
  {
    title: "bring your own CNI, engine azure, whatever the dataplane is",
    cluster: { plugin: "none", dataplane: notKnownYet, engine: "azure" },
    expect: { verdict: "fail", causes: ["plugin-none-takes-no-engine"] },
  },
  {
    title: "bring your own CNI, engine calico",
    cluster: { plugin: "none", engine: "calico" },
    expect: { verdict: "fail", causes: ["plugin-none-takes-no-engine"] },
  },
  {
    title: "bring your own CNI, Cilium with its dataplane",
    cluster: { plugin: "none", dataplane: "cilium", engine: "cilium" },
    expect: { verdict: "fail", causes: ["plugin-none-takes-no-engine"] },
  },
  {
    title: "SKU Automatic, engine calico",
    cluster: { sku: "Automatic", engine: "calico" },
    expect: { verdict: "fail", causes: ["automatic-has-cilium"] },
  },
  {
    title: "SKU Automatic, engine none",
    cluster: { sku: "Automatic", engine: "none" },
    expect: { verdict: "fail", causes: ["automatic-has-cilium"] },
  },
  {
    title: "SKU Automatic, engine calico, dual stack: one cause, one finding",
    cluster: { sku: "Automatic", engine: "calico", ipFamilies: ["IPv4", "IPv6"], nodeProvisioning: "Auto" },
    expect: { verdict: "fail", causes: ["automatic-has-cilium"] },
  },
  { title: "SKU Automatic, nothing set", cluster: { sku: "Automatic" }, expect: { verdict: "pass" } },
  {
    title: "SKU Automatic, engine cilium",
    cluster: { sku: "Automatic", engine: "cilium" },
    expect: { verdict: "pass" },
  },
  {
    title: "SKU Automatic with a Windows pool",
    cluster: { sku: "Automatic", pools: [windowsPool] },
    expect: { verdict: "fail", causes: ["cilium-is-linux-only"] },
  },
  {
    title: "Windows pool, Cilium with its dataplane",
    cluster: { plugin: "azure", dataplane: "cilium", engine: "cilium", pools: [linuxPool, windowsPool] },
    expect: { verdict: "fail", causes: ["cilium-is-linux-only"] },
  },
  {
    title: "separate Windows pool, Cilium with its dataplane",
    cluster: {
      plugin: "azure",
      dataplane: "cilium",
      engine: "cilium",
      pools: [linuxPool, windowsPoolApart],
    },
    expect: { verdict: "fail", causes: ["cilium-is-linux-only"] },
  },
  {
    title: "Windows credentials, and a separate Windows pool, Cilium with its dataplane",
    cluster: {
      plugin: "azure",
      dataplane: "cilium",
      engine: "cilium",
      windowsProfile: { adminUsername: "azureuser" },
      pools: [linuxPool, windowsPoolApart],
    },
    expect: { verdict: "fail", causes: ["cilium-is-linux-only"] },
  },
  {
    title: "Windows pool, dataplane cilium, plugin not known yet: no plugin makes it right",
    cluster: {
      plugin: notKnownYet,
      dataplane: "cilium",
      engine: "cilium",
      pools: [linuxPool, windowsPool],
    },
    expect: { verdict: "fail", causes: ["cilium-is-linux-only"] },
  },
  {
    title: "Windows pool, dataplane cilium, which implies the engine",
    cluster: { plugin: "azure", dataplane: "cilium", pools: [linuxPool, windowsPool] },
    expect: { verdict: "fail", causes: ["cilium-is-linux-only"] },
  },
  {
    title: "Windows pool on kubenet, engine calico",
    cluster: { plugin: "kubenet", engine: "calico", pools: [linuxPool, windowsPool] },
    expect: { verdict: "fail", causes: ["windows-needs-plugin-azure"] },
  },
  {
    title: "Windows pool, bring your own CNI",
    cluster: { plugin: "none", pools: [linuxPool, windowsPool] },
    expect: { verdict: "fail", causes: ["windows-needs-plugin-azure"] },
  },
  {
    title: "Windows pool, engine calico",
    cluster: { plugin: "azure", engine: "calico", pools: [linuxPool, windowsPool] },
    expect: { verdict: "pass" },
  },
  {
    title: "Windows pool of Windows Server 2025, engine calico",
    cluster: {
      plugin: "azure",
      engine: "calico",
      pools: [linuxPool, { os: "Windows", osSku: "Windows2025" }],
    },
    expect: { verdict: "notice", causes: ["calico-not-documented-for-windows-2025"] },
  },
  {
    title: "Windows pool of Windows Server 2025, engine azure",
    cluster: {
      plugin: "azure",
      engine: "azure",
      pools: [linuxPool, { os: "Windows", osSku: "Windows2025" }],
    },
    expect: { verdict: "pass" },
  },
  {
    title: "Windows pool of Windows Server 2025, engine calico, dataplane cilium",
    cluster: {
      plugin: "azure",
      dataplane: "cilium",
      engine: "calico",
      pools: [linuxPool, { os: "Windows", osSku: "Windows2025" }],
    },
    expect: { verdict: "fail", causes: ["dataplane-needs-engine-cilium"] },
  },
  {
    title: "separate Windows pool of Windows Server 2025, engine calico",
    cluster: {
      plugin: "azure",
      engine: "calico",
      pools: [linuxPool, { os: "Windows", osSku: "WindowsServer2025", separate: true }],
    },
    expect: { verdict: "notice", causes: ["calico-not-documented-for-windows-2025"] },
  },
  {
    title: "Windows pool without an image on Kubernetes 1.37, engine calico",
    cluster: {
      plugin: "azure",
      engine: "calico",
      kubernetesVersion: "1.37.2",
      pools: [linuxPool, windowsPool],
    },
    expect: { verdict: "notice", causes: ["calico-not-documented-for-windows-2025"] },
  },
  {
    title: "Windows pool without an image on Kubernetes 1.36, engine calico",
    cluster: {
      plugin: "azure",
      engine: "calico",
      kubernetesVersion: "1.36",
      pools: [linuxPool, windowsPool],
    },
    expect: { verdict: "pass" },
  },
  {
    title: "Windows pool of Windows Server 2022 on Kubernetes 1.37, engine calico",
    cluster: {
      plugin: "azure",
      engine: "calico",
      kubernetesVersion: "1.37",
      pools: [linuxPool, { os: "Windows", osSku: "Windows2022" }],
    },
    expect: { verdict: "pass" },
  },
  {
    title: "Windows pool with an image that is not known yet, engine calico",
    cluster: {
      plugin: "azure",
      engine: "calico",
      kubernetesVersion: "1.37",
      pools: [linuxPool, { os: "Windows", osSku: notKnownYet }],
    },
    expect: { verdict: "pass" },
  },
  {
    title: "Windows credentials on a Cilium cluster: a hint, not a pool",
    cluster: {
      plugin: "azure",
      dataplane: "cilium",
      engine: "cilium",
      windowsProfile: { adminUsername: "azureuser" },
      pools: [linuxPool],
    },
    expect: { verdict: "notice", causes: ["cilium-is-linux-only"] },
  },
  {
    title: "a Windows image without an operating system on a Cilium cluster: a hint",
    cluster: {
      plugin: "azure",
      dataplane: "cilium",
      engine: "cilium",
      pools: [linuxPool, { osSku: "Windows2022", separate: true }],
    },
    expect: { verdict: "notice", causes: ["cilium-is-linux-only"] },
  },
  {
    title: "Cilium, a pool's operating system not known yet",
    cluster: {
      plugin: "azure",
      dataplane: "cilium",
      engine: "cilium",
      pools: [linuxPool, { os: notKnownYet }],
    },
    expect: { verdict: "unknown" },
  },
  {
    title: "dual stack, engine azure",
    cluster: { plugin: "azure", engine: "azure", ipFamilies: ["IPv4", "IPv6"] },
    expect: { verdict: "fail", causes: ["dual-stack-needs-cilium"] },
  },
  {
    title: "dual stack, engine calico",
    cluster: { plugin: "azure", engine: "calico", ipFamilies: ["IPv4", "IPv6"] },
    expect: { verdict: "fail", causes: ["dual-stack-needs-cilium"] },
  },
  {
    title: "dual stack, Cilium with its dataplane",
    cluster: { plugin: "azure", dataplane: "cilium", engine: "cilium", ipFamilies: ["IPv4", "IPv6"] },
    expect: { verdict: "pass" },
  },
  {
    title: "IPv4 only, engine calico",
    cluster: { plugin: "azure", engine: "calico", ipFamilies: ["IPv4"] },
    expect: { verdict: "pass" },
  },
  {
    title: "engine calico, IP families not known yet",
    cluster: { plugin: "azure", engine: "calico", ipFamilies: notKnownYet },
    expect: { verdict: "unknown" },
  },
  {
    title: "node auto-provisioning, engine calico",
    cluster: { plugin: "azure", engine: "calico", nodeProvisioning: "Auto" },
    expect: { verdict: "fail", causes: ["calico-not-with-auto-provisioning"] },
  },
  {
    title: "node auto-provisioning, Cilium with its dataplane",
    cluster: { plugin: "azure", dataplane: "cilium", engine: "cilium", nodeProvisioning: "Auto" },
    expect: { verdict: "pass" },
  },
  {
    title: "node auto-provisioning with dual stack: not judged, because Azure decides",
    cluster: {
      plugin: "azure",
      dataplane: "cilium",
      engine: "cilium",
      nodeProvisioning: "Auto",
      ipFamilies: ["IPv4", "IPv6"],
    },
    expect: { verdict: "pass" },
  },
  {
    title: "SKU Automatic, nothing set, WireGuard encryption",
    cluster: { sku: "Automatic", transitEncryption: "WireGuard" },
    expect: { verdict: "pass" },
  },
  {
    title: "no node auto-provisioning, engine calico",
    cluster: { plugin: "azure", engine: "calico", nodeProvisioning: "Manual" },
    expect: { verdict: "pass" },
  },
  {
    title: "network security on, engine calico",
    cluster: { plugin: "azure", engine: "calico", advancedNetworkSecurity: true },
    expect: { verdict: "fail", causes: ["network-security-needs-cilium"] },
  },
  {
    title: "network security on, engine cilium without its dataplane: one cause, one finding",
    cluster: { plugin: "azure", engine: "cilium", advancedNetworkSecurity: true },
    expect: { verdict: "fail", causes: ["cilium-needs-its-dataplane"] },
  },
  {
    title: "network security on, Cilium with its dataplane",
    cluster: { plugin: "azure", dataplane: "cilium", engine: "cilium", advancedNetworkSecurity: true },
    expect: { verdict: "pass" },
  },
  {
    title: "WireGuard encryption, engine calico",
    cluster: { plugin: "azure", engine: "calico", transitEncryption: "WireGuard" },
    expect: { verdict: "fail", causes: ["wireguard-needs-cilium"] },
  },
  {
    title: "WireGuard encryption, Cilium with its dataplane",
    cluster: { plugin: "azure", dataplane: "cilium", engine: "cilium", transitEncryption: "WireGuard" },
    expect: { verdict: "pass" },
  },
  {
    title: "WireGuard encryption, engine cilium without its dataplane: one cause, one finding",
    cluster: { plugin: "azure", engine: "cilium", transitEncryption: "WireGuard" },
    expect: { verdict: "fail", causes: ["cilium-needs-its-dataplane"] },
  },
  {
    title: "no encryption, engine calico",
    cluster: { plugin: "azure", engine: "calico", transitEncryption: "None" },
    expect: { verdict: "pass" },
  },
  {
    title: "eBPF acceleration, engine calico",
    cluster: { plugin: "azure", engine: "calico", accelerationMode: "BpfVeth" },
    expect: { verdict: "fail", causes: ["acceleration-needs-cilium"] },
  },
  {
    title: "eBPF acceleration, Cilium with its dataplane",
    cluster: { plugin: "azure", dataplane: "cilium", engine: "cilium", accelerationMode: "BpfVeth" },
    expect: { verdict: "pass" },
  },
  {
    title: "eBPF acceleration that is not known yet, engine calico",
    cluster: { plugin: "azure", engine: "calico", accelerationMode: notKnownYet },
    expect: { verdict: "unknown" },
  },
  {
    title: "engine azure, 251 nodes declared",
    cluster: { plugin: "azure", engine: "azure", pools: [{ count: 51 }, { maximum: 200, separate: true }] },
    expect: { verdict: "fail", causes: ["too-many-nodes"] },
  },
  {
    title: "engine azure, 250 nodes declared",
    cluster: { plugin: "azure", engine: "azure", pools: [{ count: 50 }, { maximum: 200, separate: true }] },
    expect: { verdict: "pass" },
  },
  {
    title: "engine azure, number of nodes not known yet",
    cluster: { plugin: "azure", engine: "azure", pools: [{ count: notKnownYet }] },
    expect: { verdict: "unknown" },
  },
  {
    title: "engine azure, no plugin: valid from Kubernetes 1.30",
    cluster: { engine: "azure" },
    expect: { verdict: "notice", causes: ["plugin-not-written"] },
  },
  { title: "no plugin, engine calico", cluster: { engine: "calico" }, expect: { verdict: "pass" } },
  {
    title: "no plugin, Cilium with its dataplane",
    cluster: { dataplane: "cilium", engine: "cilium" },
    expect: { verdict: "pass" },
  },
  {
    title: "plugin azure, engine calico",
    cluster: { plugin: "azure", engine: "calico" },
    expect: { verdict: "pass" },
  },
  {
    title: "plugin azure, mode overlay, Cilium with its dataplane",
    cluster: { plugin: "azure", mode: "overlay", dataplane: "cilium", engine: "cilium" },
    expect: { verdict: "pass" },
  },
  {
    title: "kubenet, engine calico",
    cluster: { plugin: "kubenet", engine: "calico" },
    expect: { verdict: "pass" },
  },
  {
    title: "engine calico, plugin not known yet: it may be none",
    cluster: { plugin: notKnownYet, engine: "calico" },
    expect: { verdict: "unknown" },
  },
  {
    title: "engine not known yet: network-policy-configured reports it",
    cluster: { plugin: "azure", engine: notKnownYet },
    expect: { verdict: "not applicable" },
  },
  {
    title: "no engine at all: network-policy-configured reports it",
    cluster: { plugin: "azure" },
    expect: { verdict: "pass" },
  },
  {
    title: "a misspelt dataplane",
    cluster: { plugin: "azure", dataplane: "cilum", engine: "cilium" },
    expect: { verdict: "fail", causes: ["unrecognized-value"] },
  },
  {
    title: "a plugin that does not exist",
    cluster: { plugin: "flannel", engine: "calico" },
    expect: { verdict: "fail", causes: ["unrecognized-value"] },
  },
  {
    title: "a mode that does not exist",
    cluster: { plugin: "azure", mode: "underlay", engine: "calico" },
    expect: { verdict: "fail", causes: ["unrecognized-value"] },
  },
  {
    title: "an SKU that does not exist",
    cluster: { sku: "Automagic", plugin: "azure", engine: "calico" },
    expect: { verdict: "fail", causes: ["unrecognized-value"] },
  },
];

export const fixesShown: readonly ShownFix[] = [
  { heading: "Engine cilium without its dataplane", example: "engine cilium without its dataplane" },
  { heading: "The Cilium dataplane with another engine", example: "dataplane cilium, engine calico" },
  { heading: "kubenet with engine azure", example: "kubenet, engine azure" },
  { heading: "Cilium with Windows node pools", example: "Windows pool, Cilium with its dataplane" },
];
