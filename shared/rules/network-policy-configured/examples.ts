import { notKnownYet } from "../../cluster/declaration";
import type { ConfiguredExample, Example, ShownFix } from "../rule";

export const examples: readonly Example[] = [
  {
    title: "no network profile at all",
    cluster: {},
    expect: { verdict: "fail", causes: ["not-configured"] },
  },
  {
    title: "plugin azure, no engine",
    cluster: { plugin: "azure" },
    expect: { verdict: "fail", causes: ["not-configured"] },
  },
  {
    title: "plugin azure, Windows pool, no engine",
    cluster: { plugin: "azure", pools: [{ count: 3 }, { os: "Windows" }] },
    expect: { verdict: "fail", causes: ["not-configured"] },
  },
  {
    title: "plugin azure, engine null",
    cluster: { plugin: "azure", engine: null },
    expect: { verdict: "fail", causes: ["not-configured"] },
  },
  {
    title: 'plugin azure, engine ""',
    cluster: { plugin: "azure", engine: "" },
    expect: { verdict: "fail", causes: ["not-configured"] },
  },
  {
    title: "plugin azure, engine none",
    cluster: { plugin: "azure", engine: "none" },
    expect: { verdict: "fail", causes: ["not-configured"] },
  },
  {
    title: "plugin azure, dataplane azure, engine none",
    cluster: { plugin: "azure", dataplane: "azure", engine: "none" },
    expect: { verdict: "fail", causes: ["not-configured"] },
  },
  {
    title: "no plugin, engine none",
    cluster: { engine: "none" },
    expect: { verdict: "fail", causes: ["not-configured"] },
  },
  {
    title: "no plugin, dataplane azure, no engine",
    cluster: { dataplane: "azure" },
    expect: { verdict: "fail", causes: ["not-configured"] },
  },
  {
    title: "SKU Base, no engine",
    cluster: { sku: "Base", plugin: "azure" },
    expect: { verdict: "fail", causes: ["not-configured"] },
  },
  {
    title: "kubenet, no engine",
    cluster: { plugin: "kubenet" },
    expect: { verdict: "fail", causes: ["not-configured"] },
  },
  {
    title: "kubenet, engine none",
    cluster: { plugin: "kubenet", engine: "none" },
    expect: { verdict: "fail", causes: ["not-configured"] },
  },
  {
    title: "bring your own CNI, no engine",
    cluster: { plugin: "none" },
    expect: { verdict: "fail", causes: ["bring-your-own-cni"] },
  },
  {
    title: "bring your own CNI, engine none",
    cluster: { plugin: "none", engine: "none" },
    expect: { verdict: "fail", causes: ["bring-your-own-cni"] },
  },
  {
    title: "bring your own CNI, dataplane cilium, no engine",
    cluster: { plugin: "none", dataplane: "cilium" },
    expect: { verdict: "fail", causes: ["bring-your-own-cni"] },
  },
  {
    title: "an engine that does not exist",
    cluster: { plugin: "azure", engine: "istio" },
    expect: { verdict: "fail", causes: ["not-an-engine"] },
  },
  {
    title: "a misspelt engine",
    cluster: { plugin: "azure", engine: "azrue" },
    expect: { verdict: "fail", causes: ["not-an-engine"] },
  },
  {
    title: "a misspelt engine, whatever the plugin is",
    cluster: { plugin: notKnownYet, engine: "istio" },
    expect: { verdict: "fail", causes: ["not-an-engine"] },
  },
  {
    title: "the name of a JavaScript property as an engine",
    cluster: { plugin: "azure", engine: "__proto__" },
    expect: { verdict: "fail", causes: ["not-an-engine"] },
  },
  {
    title: "an engine that does not exist on SKU Automatic",
    cluster: { sku: "Automatic", engine: "istio" },
    expect: { verdict: "fail", causes: ["not-an-engine"] },
  },
  {
    title: "plugin azure, engine calico",
    cluster: { plugin: "azure", engine: "calico" },
    expect: { verdict: "pass" },
  },
  {
    title: "plugin azure, engine azure",
    cluster: { plugin: "azure", engine: "azure" },
    expect: { verdict: "pass" },
  },
  {
    title: "plugin azure, Cilium with its dataplane",
    cluster: { plugin: "azure", dataplane: "cilium", engine: "cilium" },
    expect: { verdict: "pass" },
  },
  {
    title: "plugin azure, dataplane cilium, which implies the engine",
    cluster: { plugin: "azure", dataplane: "cilium" },
    expect: { verdict: "pass" },
  },
  {
    title: "no plugin, dataplane cilium, which implies the engine",
    cluster: { dataplane: "cilium" },
    expect: { verdict: "pass" },
  },
  { title: "SKU Automatic, nothing set", cluster: { sku: "Automatic" }, expect: { verdict: "pass" } },
  {
    title: "kubenet, engine calico",
    cluster: { plugin: "kubenet", engine: "calico" },
    expect: { verdict: "pass" },
  },
  {
    title: "engine calico, plugin not known yet",
    cluster: { plugin: notKnownYet, engine: "calico" },
    expect: { verdict: "pass" },
  },
  {
    title: "engine not known yet",
    cluster: { plugin: "azure", engine: notKnownYet },
    expect: { verdict: "unknown" },
  },
  {
    title: "no engine, dataplane not known yet",
    cluster: { plugin: "azure", dataplane: notKnownYet },
    expect: { verdict: "unknown" },
  },
  {
    title: "no engine, SKU not known yet",
    cluster: { plugin: "azure", sku: notKnownYet },
    expect: { verdict: "unknown" },
  },
  {
    title: "engine none, SKU not known yet: no SKU makes it right",
    cluster: { plugin: "azure", sku: notKnownYet, engine: "none" },
    expect: { verdict: "fail", causes: ["not-configured"] },
  },
  {
    title: "dataplane cilium, plugin not known yet",
    cluster: { plugin: notKnownYet, dataplane: "cilium" },
    expect: { verdict: "unknown" },
  },
  {
    title: "no engine, dataplane azure, plugin not known yet: no plugin makes it right",
    cluster: { plugin: notKnownYet, dataplane: "azure" },
    expect: { verdict: "fail", causes: ["not-configured"] },
  },
  {
    title: "kubenet, no engine, dataplane not known yet: no dataplane makes it right",
    cluster: { plugin: "kubenet", dataplane: notKnownYet },
    expect: { verdict: "fail", causes: ["not-configured"] },
  },
  {
    title: "bring your own CNI, engine not known yet: no engine makes it right",
    cluster: { plugin: "none", engine: notKnownYet },
    expect: { verdict: "fail", causes: ["bring-your-own-cni"] },
  },
];

export const configuredExamples: readonly ConfiguredExample[] = [
  {
    title: "azure on kubenet, calico accepted",
    options: { "network-policy-configured": { engines: ["calico"] } },
    cluster: { plugin: "kubenet", engine: "azure" },
  },
  {
    title: "cilium implied, azure accepted",
    options: { "network-policy-configured": { engines: ["azure"] } },
    cluster: { plugin: "azure", dataplane: "cilium" },
  },
  {
    title: "SKU Automatic, azure and calico accepted",
    options: { "network-policy-configured": { engines: ["azure", "calico"] } },
    cluster: { sku: "Automatic" },
  },
  {
    title: "engine azure ends, azure accepted",
    options: { "network-policy-configured": { engines: ["azure"] } },
    cluster: { plugin: "azure", engine: "azure" },
  },
  {
    title: "bring your own CNI, with a warning",
    options: { "network-policy-configured": { bringYourOwnCni: "warn" } },
    cluster: { plugin: "none" },
  },
];

export const fixesShown: readonly ShownFix[] = [
  { heading: "No engine, Linux node pools", example: "plugin azure, no engine" },
  { heading: "No engine, Windows node pools", example: "plugin azure, Windows pool, no engine" },
  { heading: "No network profile at all", example: "no network profile at all" },
];
