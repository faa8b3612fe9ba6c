import type { Cluster } from "../../cluster/cluster";
import { knownPools } from "../../cluster/cluster";
import type { Setting } from "../../cluster/setting";
import { all, any, is, isAbsent, isNotRecognized, isOnlyUnstated, not, wrongIn } from "../../cluster/setting";
import { namesAnEngine, ifStated, isAutomatic } from "../conditions";
import type { Decision, Row } from "../decision";
import { decide, rowsPer } from "../decision";
import type { Cause } from "../index";
import { options as configuredOptions } from "../network-policy-configured/options";
import { networkPolicyConfigured } from "../network-policy-configured/rule";
import type { Outcome } from "../outcome";
import { bad, elsewhere, good, goodWith } from "../outcome";
import type { Circumstances, Rule } from "../rule";
import type { Verdict } from "../verdict";
import {
  advancedNetworkingFits,
  autoProvisioningFits,
  dualStackFits,
  nodesFit,
  windows2025Fits,
  windowsPoolsFit,
} from "./checks";
import { examples, fixesShown } from "./examples";

function judge(cluster: Cluster, circumstances: Circumstances): Verdict {
  const combination = engineFitsTheNetwork(cluster, circumstances);
  const checks = [
    combination,
    windowsPoolsFit(cluster),
    dualStackFits(cluster),
    autoProvisioningFits(cluster),
    windows2025Fits(cluster),
    ...advancedNetworkingFits(cluster, combination),
    nodesFit(cluster),
  ];
  const causes = [...unrecognizedValues(cluster, circumstances)];
  const notices: Cause[] = [];
  const dependsOn = new Set<string>();
  for (const check of checks) {
    if (!check.decided) {
      check.dependsOn.forEach((path) => dependsOn.add(path));
      continue;
    }
    const { outcome } = check;
    if (outcome.weight === "bad") causes.push(outcome.cause);
    if (outcome.weight === "good") notices.push(...outcome.notices);
  }
  const [first, ...others] = causes;
  if (first !== undefined) return { verdict: "fail", causes: [first, ...others] };
  if (dependsOn.size === 0) return { verdict: "pass", notices };
  // If it is not even decided whether an engine is set, that rule reports the cluster; a second report would
  // add nothing.
  return isReportedThere(cluster, circumstances)
    ? { verdict: "not applicable" }
    : { verdict: "unknown", dependsOn: [...dependsOn] };
}

function isReportedThere(cluster: Cluster, circumstances: Circumstances): boolean {
  const { options, disabled = [] } = circumstances;
  if (disabled.includes("network-policy-configured")) return false;
  const other = networkPolicyConfigured.judge(cluster, circumstances);
  if (other.verdict !== "unknown") return other.verdict !== "pass";
  const { unknown } = options?.["network-policy-configured"] ?? configuredOptions.defaults;
  return unknown !== "ignore" && !isOnlyUnstated(other.dependsOn);
}

function engineFitsTheNetwork(cluster: Cluster, { options }: Circumstances): Decision<Outcome> {
  const { engine, plugin, dataplane } = cluster;
  const { bringYourOwnCni } = options?.["network-policy-configured"] ?? configuredOptions.defaults;
  const named = namesAnEngine(cluster);
  const rows: Row<Outcome>[] = [
    { when: isNotRecognized(engine), then: elsewhere },
    ...rowsPer(["none", "azure", "calico"], engine, (word) => ({
      when: isAutomatic(cluster),
      then: bad({ cause: "automatic-has-cilium", engine: word }),
    })),
    { when: all(isAutomatic(cluster), not(is(engine, "none", "azure", "calico"))), then: good },
    { when: any(isNotRecognized(plugin), isNotRecognized(dataplane)), then: elsewhere },
    ...rowsPer(["azure", "cilium"], engine, (word) => ({
      when: is(plugin, "kubenet"),
      then: bad({ cause: "engine-needs-plugin-azure", engine: word }),
    })),
    {
      when: all(is(plugin, "kubenet"), is(dataplane, "cilium")),
      then: bad({ cause: "dataplane-needs-plugin-azure" }),
    },
    ...rowsPer(["azure", "calico", "cilium"], engine, (word) => ({
      when: is(plugin, "none"),
      then: bad({ cause: "plugin-none-takes-no-engine", engine: word }),
    })),
    { when: ifStated(is(plugin, "none")), then: bringYourOwnCni === "fail" ? elsewhere : good },
    ...rowsPer(["none", "azure", "calico"], engine, (word) => ({
      when: is(dataplane, "cilium"),
      then: bad({ cause: "dataplane-needs-engine-cilium", engine: word }),
    })),
    {
      when: all(is(engine, "cilium"), isAbsent(dataplane)),
      then: bad({ cause: "cilium-needs-its-dataplane", dataplane: "nothing" }),
    },
    {
      when: all(is(engine, "cilium"), is(dataplane, "azure")),
      then: bad({ cause: "cilium-needs-its-dataplane", dataplane: "azure" }),
    },
    {
      when: all(is(engine, "azure"), isAbsent(plugin)),
      then: goodWith({ cause: "plugin-not-written" }),
    },
    { when: all(not(named), not(is(dataplane, "cilium"))), then: elsewhere },
  ];
  return decide(rows, good);
}

/** Values that Azure does not document: what is not recognized never passes. */
function* unrecognizedValues(cluster: Cluster, { disabled = [] }: Circumstances): Generator<Cause> {
  const { engine } = cluster;
  const engineIsReported = !disabled.includes("network-policy-configured");
  // A profile that is not an object makes every setting in it unreadable; the rule for the engine reports it
  // once.
  const seen = new Set(engineIsReported ? [wrongIn(engine)?.at] : []);
  const settings: Setting<unknown>[] = [
    engine,
    cluster.plugin,
    cluster.mode,
    cluster.dataplane,
    cluster.sku,
    cluster.ipFamilies,
    cluster.nodeProvisioning,
    cluster.advancedNetworkSecurity,
    cluster.transitEncryption,
    cluster.accelerationMode,
    cluster.pools,
    ...knownPools(cluster).map((pool) => pool.os),
  ];
  if (is(engine, "azure").truth === true)
    settings.push(...knownPools(cluster).map((pool) => pool.maximumNodes));
  for (const setting of settings) {
    const found = wrongIn(setting);
    if (found === undefined || seen.has(found.at)) continue;
    seen.add(found.at);
    yield { cause: "unrecognized-value", path: setting.path, found };
  }
}

export const networkPolicyCompatible: Rule = {
  name: "network-policy-compatible",
  title: "The engine fits the cluster",
  description:
    "The network policy engine of an AKS cluster fits its plugin, dataplane, SKU, node pools and IP families, so that Azure accepts it and enforces it on every pod.",
  summary:
    "Fails if the engine does not fit the cluster, so that Azure refuses it or does not enforce it on every pod.\n[Its page](docs/rules/network-policy-compatible.md) has every case.",
  severity: "high",
  level: "mandatory",
  why: "If the engine does not fit, Azure refuses it halfway through a deployment, or pods stay unprotected.",
  remedy:
    "Cilium needs plugin azure, the Cilium dataplane and Linux pools; Calico needs IPv4 and no node auto-provisioning; engine azure needs plugin azure, IPv4 and at most 250 nodes.",
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
      title: "Use dual-stack networking in AKS",
      url: "https://learn.microsoft.com/azure/aks/configure-dual-stack",
      read: "2026-08",
    },
    {
      title: "Node auto-provisioning in AKS",
      url: "https://learn.microsoft.com/azure/aks/node-auto-provisioning",
      read: "2026-08",
    },
    {
      title: "WireGuard encryption with Advanced Container Networking Services",
      url: "https://learn.microsoft.com/azure/aks/container-network-security-wireguard-encryption-concepts",
      read: "2026-11",
    },
    {
      title: "eBPF host routing with Advanced Container Networking Services",
      url: "https://learn.microsoft.com/azure/aks/container-network-performance-ebpf-host-routing",
      read: "2026-11",
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
  ],
  reviewed: "2026-11-26",
  sameCheckIn: [],
  frameworks: networkPolicyConfigured.frameworks,
  judge,
  examples,
  fixesShown,
};
