import { notKnownYet } from "../../cluster/declaration";
import type { Example, ShownFix } from "../rule";

export const examples: readonly Example[] = [
  {
    title: "engine azure on Linux",
    cluster: { plugin: "azure", engine: "azure" },
    expect: { verdict: "notice", causes: ["engine-azure-ends"] },
  },
  {
    title: "engine azure on Linux, on the last day of its support",
    cluster: { plugin: "azure", engine: "azure" },
    today: new Date("2028-09-30T23:59:59Z"),
    expect: { verdict: "notice", causes: ["engine-azure-ends"] },
  },
  {
    title: "engine azure on Linux, the day after the end of its support",
    cluster: { plugin: "azure", engine: "azure" },
    today: new Date("2028-10-01T00:00:00Z"),
    expect: { verdict: "fail", causes: ["engine-azure-ends"] },
  },
  {
    title: "engine azure with a Windows pool, after the end of support on Windows nodes",
    cluster: { plugin: "azure", engine: "azure", pools: [{ count: 3 }, { os: "Windows" }] },
    expect: { verdict: "fail", causes: ["engine-azure-ends-on-windows"] },
  },
  {
    title: "engine azure with a separate Windows pool",
    cluster: { plugin: "azure", engine: "azure", pools: [{ count: 3 }, { os: "Windows", separate: true }] },
    expect: { verdict: "fail", causes: ["engine-azure-ends-on-windows"] },
  },
  {
    title: "engine azure with Windows credentials, and a separate Windows pool",
    cluster: {
      plugin: "azure",
      engine: "azure",
      windowsProfile: { adminUsername: "azureuser" },
      pools: [{ count: 3 }, { os: "Windows", separate: true }],
    },
    expect: { verdict: "fail", causes: ["engine-azure-ends-on-windows"] },
  },
  {
    title: "engine azure with a Windows pool, on the last day of its support there",
    cluster: { plugin: "azure", engine: "azure", pools: [{ count: 3 }, { os: "Windows" }] },
    today: new Date("2026-09-30T12:00:00Z"),
    expect: { verdict: "notice", causes: ["engine-azure-ends-on-windows"] },
  },
  {
    title: "engine azure with Windows credentials: a hint, not a pool",
    cluster: { plugin: "azure", engine: "azure", windowsProfile: { adminUsername: "azureuser" } },
    expect: { verdict: "notice", causes: ["engine-azure-ends-on-windows", "engine-azure-ends"] },
  },
  {
    title: "engine azure, a pool's operating system not known yet",
    cluster: { plugin: "azure", engine: "azure", pools: [{ count: 3 }, { os: notKnownYet }] },
    expect: { verdict: "unknown" },
  },
  {
    title: "kubenet, engine calico",
    cluster: { plugin: "kubenet", engine: "calico" },
    expect: { verdict: "notice", causes: ["kubenet-ends"] },
  },
  {
    title: "kubenet, engine calico, the day after the end of kubenet",
    cluster: { plugin: "kubenet", engine: "calico" },
    today: new Date("2028-04-01T00:00:00Z"),
    expect: { verdict: "fail", causes: ["kubenet-ends"] },
  },
  {
    title: "plugin azure, engine calico",
    cluster: { plugin: "azure", engine: "calico" },
    expect: { verdict: "pass" },
  },
  {
    title: "Windows pool, engine calico",
    cluster: { plugin: "azure", engine: "calico", pools: [{ count: 3 }, { os: "Windows" }] },
    expect: { verdict: "pass" },
  },
  {
    title: "plugin azure, Cilium with its dataplane",
    cluster: { plugin: "azure", dataplane: "cilium", engine: "cilium" },
    expect: { verdict: "pass" },
  },
  { title: "SKU Automatic, nothing set", cluster: { sku: "Automatic" }, expect: { verdict: "pass" } },
  {
    title: "engine azure that Azure refuses: network-policy-compatible reports it",
    cluster: { plugin: "azure", dataplane: "cilium", engine: "azure" },
    expect: { verdict: "pass" },
  },
];

export const fixesShown: readonly ShownFix[] = [
  { heading: "Engine azure on Linux nodes", example: "engine azure on Linux" },
  {
    heading: "Engine azure on Windows nodes",
    example: "engine azure with a Windows pool, after the end of support on Windows nodes",
  },
  { heading: "kubenet under engine calico", example: "kubenet, engine calico" },
];
