import type { Cluster, RealEngine } from "../../cluster/cluster";
import { realEngines } from "../../cluster/cluster";
import { anEngineIsNamed, ifStated, isAutomatic, pluginMayBeAzure } from "../conditions";
import { defaultOptions } from "../../policy/configuration";
import { notKnownYet } from "../../cluster/declaration";
import type { Row } from "../decision";
import { decide, rowsPer } from "../decision";
import type { Circumstances, Rule } from "../rule";
import { all, answer, is, isAbsent, isNotRecognized, not, wrongIn } from "../../cluster/setting";
import type { Cause, Verdict } from "../verdict";

type Outcome =
  | { readonly weight: "good"; readonly notice?: Cause }
  | { readonly weight: "bad"; readonly cause: Cause }
  /** `network-policy-compatible` fails, and says why. */
  | { readonly weight: "elsewhere" };

const good: Outcome = { weight: "good" };
const elsewhere: Outcome = { weight: "elsewhere" };
const bad = (cause: Cause): Outcome => ({ weight: "bad", cause });

function judge(cluster: Cluster, { options = defaultOptions }: Circumstances): Verdict {
  const { engine, plugin, dataplane } = cluster;
  const named = anEngineIsNamed(cluster);
  const { engines: accepted, bringYourOwnCni } = options["network-policy-configured"];
  type By = Extract<Cause, { cause: "engine-not-accepted" }>["by"];
  const runs = (word: RealEngine, by: By): Outcome =>
    accepted.includes(word) ? good : bad({ cause: "engine-not-accepted", engine: word, by, accepted });
  const notConfigured = bad({
    cause: "not-configured",
    written: engine.state === "known" ? "none" : "nothing",
  });
  const found = wrongIn(engine);
  const rows: Row<Outcome>[] = [
    {
      when: isNotRecognized(engine),
      then: found ? bad({ cause: "not-an-engine", path: engine.path, found }) : notConfigured,
    },
    { when: all(isAutomatic(cluster), is(engine, "none", "azure", "calico")), then: elsewhere },
    {
      when: all(isAutomatic(cluster), not(is(engine, "none", "azure", "calico"))),
      then: runs("cilium", "sku"),
    },
    { when: all(is(plugin, "none"), named), then: elsewhere },
    // An engine that is not known yet makes this no better.
    {
      when: all(ifStated(is(plugin, "none")), answer(named.truth !== true)),
      then: ownCni(bringYourOwnCni),
    },
    ...rowsPer(realEngines, engine, (word) => ({ when: answer(true), then: runs(word, "engine") })),
    // Azure sets the engine to Cilium by itself: https://learn.microsoft.com/azure/aks/azure-cni-powered-by-cilium (read 2026-08).
    {
      when: all(isAbsent(engine), is(dataplane, "cilium"), pluginMayBeAzure(cluster)),
      then: runs("cilium", "dataplane"),
    },
    { when: is(dataplane, "cilium"), then: elsewhere },
  ];
  const decision = decide(rows, notConfigured);
  if (!decision.decided) return { verdict: "unknown", dependsOn: decision.dependsOn };
  const { outcome } = decision;
  switch (outcome.weight) {
    case "good":
      return { verdict: "pass", notices: outcome.notice === undefined ? [] : [outcome.notice] };
    case "bad":
      return { verdict: "fail", causes: [outcome.cause] };
    case "elsewhere":
      return { verdict: "not applicable" };
  }
}

/** Azure enforces nothing there, and what the cluster's own CNI does cannot be seen: the organisation decides. */
function ownCni(weight: "fail" | "warn" | "allow"): Outcome {
  const cause = { cause: "bring-your-own-cni" } as const;
  switch (weight) {
    case "fail":
      return bad(cause);
    case "warn":
      return { weight: "good", notice: cause };
    case "allow":
      return good;
  }
}

export const networkPolicyConfigured: Rule = {
  name: "network-policy-configured",
  title: "A network policy engine is set",
  description: "An AKS cluster has a network policy engine, so that NetworkPolicy objects are enforced.",
  severity: "high",
  level: "mandatory",
  why: "Without an engine AKS accepts NetworkPolicy objects and ignores them: every pod can reach every pod.",
  remedy:
    "Set the network policy engine: Cilium with the Cilium dataplane on Linux, Calico where the cluster has Windows node pools.",
  references: [
    {
      title: "Secure traffic between pods by using network policies in AKS",
      url: "https://learn.microsoft.com/azure/aks/use-network-policies",
      read: "2026-08-20",
    },
    {
      title: "Configure Azure CNI Powered by Cilium in AKS",
      url: "https://learn.microsoft.com/azure/aks/azure-cni-powered-by-cilium",
      read: "2026-08",
    },
    {
      title: "Introduction to AKS Automatic",
      url: "https://learn.microsoft.com/azure/aks/intro-aks-automatic",
      read: "2026-08",
    },
    {
      title: "Bring your own CNI plugin with AKS",
      url: "https://learn.microsoft.com/azure/aks/use-byo-cni",
      read: "2026-08",
    },
    {
      title: "Best practices for network connectivity and security in AKS",
      url: "https://learn.microsoft.com/azure/aks/operator-best-practices-network",
    },
    {
      title: "Azure Well-Architected Framework: segmentation (SE:04)",
      url: "https://learn.microsoft.com/azure/well-architected/security/segmentation",
    },
    {
      title: "Kubernetes: Network Policies",
      url: "https://kubernetes.io/docs/concepts/services-networking/network-policies/",
    },
  ],
  reviewed: "2026-11-23",
  sameCheckIn: [
    { tool: "PSRule for Azure", id: "Azure.AKS.NetworkPolicy (AZR-000027)" },
    { tool: "Checkov", id: "CKV_AZURE_7" },
    { tool: "Trivy", id: "AZU-0043" },
    { tool: "KICS", id: "f5342045-b935-402d-adf1-8dbbd09c0eef" },
    { tool: "Terrascan", id: "AC_AZURE_0158" },
    { tool: "Kubescape", id: "C-0240" },
  ],
  frameworks: [
    {
      name: "Microsoft cloud security benchmark",
      version: "v1",
      reference: "NS-1",
      specification: "Establish network segmentation boundaries",
    },
    {
      name: "CIS AKS Benchmark",
      version: "1.7",
      reference: "5.4.4",
      specification: "Ensure that Network Policy is Enabled",
    },
    {
      name: "Azure Well-Architected Framework",
      version: "2024",
      reference: "SE:04",
      specification: "Segmentation",
    },
  ],
  judge,
  examples: [
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
      title: "an object's own machinery as an engine",
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
  ],
};
