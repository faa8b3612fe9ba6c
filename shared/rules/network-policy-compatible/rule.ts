import type { Cluster } from "../../cluster/cluster";
import { knownPools, moreNodesThan, windowsPools } from "../../cluster/cluster";
import { notKnownYet } from "../../cluster/declaration";
import type { Answer, Setting } from "../../cluster/setting";
import { all, any, is, isAbsent, isNotRecognized, isOnlyUnstated, not, wrongIn } from "../../cluster/setting";
import { defaultOptions } from "../../policy/configuration";
import { anEngineIsNamed, ifStated, isAutomatic, pluginMayBeAzure, runsCilium } from "../conditions";
import type { Decision, Row } from "../decision";
import { decide, rowsPer } from "../decision";
import { networkPolicyConfigured } from "../network-policy-configured/rule";
import type { Circumstances, Rule } from "../rule";
import type { Cause, Verdict, Windows } from "../verdict";

/** More nodes than this are unsupported with engine azure: https://learn.microsoft.com/azure/aks/use-network-policies (read 2026-08-20). */
const mostNodesOfEngineAzure = 250;

type Outcome =
  | { readonly weight: "good"; readonly notice?: Cause }
  | { readonly weight: "bad"; readonly cause: Cause }
  /** `network-policy-configured` or another check of this rule fails, and says why. */
  | { readonly weight: "elsewhere"; readonly notice?: never };

const good = { weight: "good" } as const satisfies Outcome;
const elsewhere: Outcome = { weight: "elsewhere" };
const bad = (cause: Cause): Outcome => ({ weight: "bad", cause });

function judge(cluster: Cluster, circumstances: Circumstances): Verdict {
  const combination = engineFitsTheNetwork(cluster, circumstances);
  const checks = [
    combination,
    windowsPoolsFit(cluster),
    dualStackFits(cluster),
    autoProvisioningFits(cluster),
    networkSecurityFits(cluster, combination),
    nodesFit(cluster),
  ];
  const causes = [...unrecognizedValues(cluster)];
  const notices: Cause[] = [];
  const dependsOn = new Set<string>();
  for (const check of checks) {
    if (!check.decided) check.dependsOn.forEach((path) => dependsOn.add(path));
    else if (check.outcome.weight === "bad") causes.push(check.outcome.cause);
    else if (check.outcome.notice !== undefined) notices.push(check.outcome.notice);
  }
  const [first, ...others] = causes;
  if (first !== undefined) return { verdict: "fail", causes: [first, ...others] };
  if (dependsOn.size === 0) return { verdict: "pass", notices };
  // Where it is not even decided that an engine is set, that rule reports it; a second report would say nothing more.
  return isReportedThere(cluster, circumstances)
    ? { verdict: "not applicable" }
    : { verdict: "unknown", dependsOn: [...dependsOn] };
}

function isReportedThere(cluster: Cluster, circumstances: Circumstances): boolean {
  const { options = defaultOptions, disabled = [] } = circumstances;
  if (disabled.includes("network-policy-configured")) return false;
  const other = networkPolicyConfigured.judge(cluster, circumstances);
  if (other.verdict !== "unknown") return other.verdict !== "pass";
  return options["network-policy-configured"].unknown !== "ignore" && !isOnlyUnstated(other.dependsOn);
}

function engineFitsTheNetwork(
  cluster: Cluster,
  { options = defaultOptions }: Circumstances,
): Decision<Outcome> {
  const { engine, plugin, dataplane } = cluster;
  const { bringYourOwnCni } = options["network-policy-configured"];
  const named = anEngineIsNamed(cluster);
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
      then: { ...good, notice: { cause: "plugin-not-written" } },
    },
    { when: all(not(named), not(is(dataplane, "cilium"))), then: elsewhere },
  ];
  return decide(rows, good);
}

function windowsPoolsFit(cluster: Cluster): Decision<Outcome> {
  const { yes, hinted, at } = windowsPools(cluster);
  // Nearly every cluster: no row below could hold.
  if (yes.truth === false && hinted.truth === false) return decide([], good);
  const rowsFor = (windows: Windows, when: Answer, outcome: (cause: Cause) => Outcome): Row<Outcome>[] => [
    ...rowsPer(["kubenet", "none"], cluster.plugin, (plugin) => ({
      when: all(when, not(isAutomatic(cluster))),
      then: outcome({ cause: "windows-needs-plugin-azure", windows, plugin }),
    })),
    { when: all(when, runsCilium(cluster)), then: outcome({ cause: "cilium-is-linux-only", windows }) },
  ];
  return decide(
    [
      ...rowsFor({ declaredAt: at }, yes, bad),
      // A hint is not a pool, so it warns and does not fail.
      ...rowsFor("hinted", hinted, (notice) => ({ weight: "good", notice })),
    ],
    good,
  );
}

function dualStackFits(cluster: Cluster): Decision<Outcome> {
  return decide(
    rowsPer(["azure", "calico"], cluster.engine, (engine) => ({
      when: all(is(cluster.ipFamilies, "dual stack"), not(isAutomatic(cluster))),
      then: bad({ cause: "dual-stack-needs-cilium", engine }),
    })),
    good,
  );
}

function autoProvisioningFits(cluster: Cluster): Decision<Outcome> {
  return decide(
    [
      {
        when: all(
          is(cluster.nodeProvisioning, "Auto"),
          is(cluster.engine, "calico"),
          not(isAutomatic(cluster)),
        ),
        then: bad({ cause: "calico-not-with-auto-provisioning" }),
      },
    ],
    good,
  );
}

function networkSecurityFits(cluster: Cluster, combination: Decision<Outcome>): Decision<Outcome> {
  const withCilium = all(is(cluster.dataplane, "cilium"), pluginMayBeAzure(cluster));
  // The same missing dataplane or plugin must not be reported twice.
  const reported =
    combination.decided && combination.outcome.weight === "bad" && asksForCilium(combination.outcome.cause);
  return decide(
    [
      {
        when: all(is(cluster.advancedNetworkSecurity, true), not(isAutomatic(cluster)), not(withCilium)),
        then: reported ? elsewhere : bad({ cause: "network-security-needs-cilium" }),
      },
    ],
    good,
  );
}

function asksForCilium(cause: Cause): boolean {
  return (
    cause.cause === "cilium-needs-its-dataplane" ||
    cause.cause === "dataplane-needs-plugin-azure" ||
    (cause.cause === "engine-needs-plugin-azure" && cause.engine === "cilium")
  );
}

function nodesFit(cluster: Cluster): Decision<Outcome> {
  return decide(
    [
      {
        when: all(
          is(cluster.engine, "azure"),
          moreNodesThan(cluster, mostNodesOfEngineAzure),
          not(isAutomatic(cluster)),
        ),
        then: bad({ cause: "too-many-nodes" }),
      },
    ],
    good,
  );
}

/** Values that Azure does not document: what is not recognised never passes. */
function* unrecognizedValues(cluster: Cluster): Generator<Cause> {
  const { engine } = cluster;
  // A profile that is not an object makes every setting in it unreadable; the rule for the engine reports it once.
  const seen = new Set([wrongIn(engine)?.at]);
  const settings: Setting<unknown>[] = [
    cluster.plugin,
    cluster.mode,
    cluster.dataplane,
    cluster.sku,
    cluster.ipFamilies,
    cluster.nodeProvisioning,
    cluster.advancedNetworkSecurity,
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

const windowsPool = { os: "Windows" } as const;
const windowsPoolApart = { os: "Windows", separate: true } as const;
const linuxPool = { count: 3 } as const;

export const networkPolicyCompatible: Rule = {
  name: "network-policy-compatible",
  title: "The engine fits the cluster",
  description:
    "The network policy engine of an AKS cluster fits its plugin, dataplane, SKU, node pools and IP families, so that Azure accepts it and enforces it on every pod.",
  severity: "high",
  level: "mandatory",
  why: "An engine that does not fit is refused by Azure half-way through a deployment, or leaves pods unprotected.",
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
  reviewed: "2026-11-23",
  sameCheckIn: [],
  frameworks: networkPolicyConfigured.frameworks,
  judge,
  examples: [
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
      title: "SKU Automatic, engine cilium written down",
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
      title: "Windows pool declared apart, Cilium with its dataplane",
      cluster: {
        plugin: "azure",
        dataplane: "cilium",
        engine: "cilium",
        pools: [linuxPool, windowsPoolApart],
      },
      expect: { verdict: "fail", causes: ["cilium-is-linux-only"] },
    },
    {
      title: "Windows credentials, and a Windows pool declared apart, Cilium with its dataplane",
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
      title: "engine not known yet: the rule for the engine says so",
      cluster: { plugin: "azure", engine: notKnownYet },
      expect: { verdict: "not applicable" },
    },
    {
      title: "no engine at all: the rule for the engine says so",
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
  ],
};
