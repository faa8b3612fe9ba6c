import type { Cluster, RealEngine } from "../../cluster/cluster";
import { realEngines } from "../../cluster/cluster";
import { namesAnEngine, ifStated, isAutomatic, pluginMayBeAzure } from "../conditions";
import { all, answer, is, isAbsent, isNotRecognized, not, wrongIn } from "../../cluster/setting";
import type { Row } from "../decision";
import { decide, rowsPer } from "../decision";
import type { Outcome } from "../outcome";
import { bad, elsewhere, good, goodWith, verdictOf } from "../outcome";
import type { Circumstances, Rule } from "../rule";
import type { Verdict } from "../verdict";
import type { NotConfiguredCause } from "./causes";
import { configuredExamples, examples, fixesShown } from "./examples";
import type { ownCniAnswers } from "./options";
import { options as ownOptions } from "./options";

// `elsewhere`: `network-policy-compatible` fails and says why.
function judge(cluster: Cluster, { options }: Circumstances): Verdict {
  const { engine, plugin, dataplane } = cluster;
  const named = namesAnEngine(cluster);
  const { engines: accepted, bringYourOwnCni } =
    options?.["network-policy-configured"] ?? ownOptions.defaults;
  type By = Extract<NotConfiguredCause, { cause: "engine-not-accepted" }>["by"];
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
    // It fails whatever the engine turns out to be.
    {
      when: all(ifStated(is(plugin, "none")), answer(named.truth !== true)),
      then: ownCni(bringYourOwnCni),
    },
    ...rowsPer(realEngines, engine, (word) => ({ when: answer(true), then: runs(word, "engine") })),
    // Azure itself sets the engine to Cilium:
    // https://learn.microsoft.com/azure/aks/azure-cni-powered-by-cilium (read 2026-08).
    {
      when: all(isAbsent(engine), ifStated(is(dataplane, "cilium")), pluginMayBeAzure(cluster)),
      then: runs("cilium", "dataplane"),
    },
    { when: is(dataplane, "cilium"), then: elsewhere },
  ];
  return verdictOf(decide(rows, notConfigured));
}

/**
 * Azure enforces nothing there, and what the cluster's own CNI does is not visible: the organisation decides.
 */
function ownCni(weight: (typeof ownCniAnswers)[number]): Outcome {
  const cause = { cause: "bring-your-own-cni" } as const;
  switch (weight) {
    case "fail":
      return bad(cause);
    case "warn":
      return goodWith(cause);
    case "allow":
      return good;
  }
}

export const networkPolicyConfigured: Rule = {
  name: "network-policy-configured",
  title: "A network policy engine is set",
  description: "An AKS cluster has a network policy engine, so that NetworkPolicy objects are enforced.",
  summary:
    "Fails if no network policy engine is set, or if your organisation does not accept the engine. It is an updated form of PSRule for\nAzure's `Azure.AKS.NetworkPolicy`. [Its page](docs/rules/network-policy-configured.md) has every case and its fix.",
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
  examples,
  configuredExamples,
  fixesShown,
};
