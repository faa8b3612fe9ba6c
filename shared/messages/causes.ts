import type { Cluster } from "../cluster/cluster";
import type { Unrecognized } from "../cluster/setting";
import { countdownDays } from "../rules/network-policy-supported/lifetimes";
import type { Rule } from "../rules/rule";
import type { Cause, Ending, Windows } from "../rules/verdict";
interface Words {
  readonly found: string;
  readonly why: string;
}

/** What was found, and why it matters. */
export function describe(cause: Cause, cluster: Cluster, rule: Rule): Words {
  const { engine, plugin, dataplane, sku } = cluster;
  const set = (setting: { path: string }, value: string): string => `${setting.path} is "${value}"`;
  switch (cause.cause) {
    case "not-configured":
      return {
        found: `${cause.written === "none" ? set(engine, "none") : `${engine.path} is not set`}: this cluster has no network policy engine.`,
        why: rule.why,
      };
    case "bring-your-own-cni":
      return {
        found: `${set(plugin, "none")} (bring your own CNI): AKS runs no network policy engine on this cluster.`,
        why: "Whether your CNI enforces NetworkPolicy objects cannot be seen from here; if it does not, every pod can reach every pod.",
      };
    case "engine-not-accepted":
      return {
        found: `${isTheEngine(cause, cluster)}; your organisation accepts ${listed(cause.accepted)}.`,
        why: "Azure knows this engine; your organisation's policy leaves it out (`engines`).",
      };
    case "not-an-engine":
      return { found: `${unlike(cause.found)}: this cluster has no network policy engine.`, why: rule.why };
    case "automatic-has-cilium":
      return {
        found: `${set(engine, cause.engine)} on a cluster whose ${set(sku, "Automatic")}.`,
        why: "AKS Automatic has Cilium built in and takes no other engine; we believe that Azure refuses this.",
      };
    case "engine-needs-plugin-azure":
      return {
        found: `${set(engine, cause.engine)} and ${set(plugin, "kubenet")}: engine ${cause.engine} needs plugin azure.`,
        why:
          cause.engine === "azure"
            ? "Azure refuses this cluster: NetworkPolicyAzureNotSupportedForKubenet."
            : "Azure refuses this cluster, we believe: Cilium runs on Azure CNI only.",
      };
    case "dataplane-needs-plugin-azure":
      return {
        found: `${set(dataplane, "cilium")} and ${set(plugin, "kubenet")}: the Cilium dataplane needs plugin azure.`,
        why: "Azure refuses this cluster.",
      };
    case "plugin-none-takes-no-engine":
      return {
        found: `${set(engine, cause.engine)} and ${set(plugin, "none")}: with your own CNI AKS installs no engine.`,
        why: "Azure refuses this cluster: NetworkPolicyNotSupportedForNone.",
      };
    case "dataplane-needs-engine-cilium":
      return {
        found: `${set(engine, cause.engine)} and ${set(dataplane, "cilium")}: the Cilium dataplane takes no other engine.`,
        why: "Azure refuses this cluster: CiliumDataplaneRequiresNetworkPolicyCilium.",
      };
    case "cilium-needs-its-dataplane":
      return {
        found: `${set(engine, "cilium")} but ${
          cause.dataplane === "nothing" ? `${dataplane.path} is not set` : set(dataplane, cause.dataplane)
        }: engine cilium needs the Cilium dataplane.`,
        why: "Azure refuses this cluster: NetworkPolicyCiliumRequiresCiliumDataplane.",
      };
    case "plugin-not-written":
      return {
        found: `${set(engine, "azure")} but ${plugin.path} is not set.`,
        why: "From Kubernetes 1.30 that means azure, which fits; below it means kubenet, and Azure refuses the cluster.",
      };
    case "cilium-is-linux-only":
      return {
        found: `${windowsPools(cause)} and the engine is Cilium, which runs on Linux nodes only.`,
        why: "Windows pods would have no enforced network policy, or Azure refuses the pool.",
      };
    case "windows-needs-plugin-azure":
      return {
        found: `${windowsPools(cause)} and ${set(plugin, cause.plugin)}: Windows nodes need plugin azure.`,
        why: "Azure refuses the Windows pool: AzureCNIOnlyForWindows.",
      };
    case "dual-stack-needs-cilium":
      return {
        found: `${set(engine, cause.engine)} and ${cluster.ipFamilies.path} has IPv4 and IPv6: engine ${cause.engine} does not support dual stack.`,
        why: "IPv6 traffic between pods would not be policed.",
      };
    case "calico-not-with-auto-provisioning":
      return {
        found: `${set(engine, "calico")} and ${set(cluster.nodeProvisioning, "Auto")}: node auto-provisioning does not support Calico.`,
        why: "The combination is unsupported by Azure.",
      };
    case "network-security-needs-cilium":
      return {
        found: `${cluster.advancedNetworkSecurity.path} is true without the Cilium dataplane on plugin azure.`,
        why: "Advanced network security needs both, and it replaces no network policy engine.",
      };
    case "too-many-nodes":
      return {
        found: `${set(engine, "azure")} and the node pools may grow beyond 250 nodes together.`,
        why: "Engine azure is unsupported above 250 nodes or 20,000 pods.",
      };
    case "unrecognized-value":
      return {
        found: `${unlike(cause.found)}.`,
        why: "AKS documents no such value, so nothing shows that network policies are enforced.",
      };
    case "engine-azure-ends":
      return {
        found: `${set(engine, "azure")}: Azure Network Policy Manager ${ends(cause, "on Linux nodes")}.`,
        why: "It is unsupported above 250 nodes or 20,000 pods and has no IPv6; Cilium has neither limit, nor an announced end.",
      };
    case "engine-azure-ends-on-windows":
      return {
        found: `${set(engine, "azure")}: Azure Network Policy Manager ${ends(cause, "on Windows nodes")}. ${windowsPools(cause)}.`,
        why: "After that day pods on Windows nodes are not protected, we believe.",
      };
    case "kubenet-ends":
      return {
        found: `${set(plugin, "kubenet")}: kubenet ${ends(cause, "on every node")}.`,
        why: "Calico on kubenet is enforced until then; clusters move to Azure CNI Overlay.",
      };
  }
}

function isTheEngine(
  { engine, by }: Extract<Cause, { cause: "engine-not-accepted" }>,
  { engine: named, dataplane, sku }: Cluster,
): string {
  switch (by) {
    case "engine":
      return `${named.path} is "${engine}"`;
    case "dataplane":
      return `${dataplane.path} is "cilium", which makes ${engine} the engine`;
    case "sku":
      return `${sku.path} is "Automatic", which has ${engine} built in`;
  }
}

function listed(words: readonly string[]): string {
  return new Intl.ListFormat("en").format(new Set(words));
}

function windowsPools({ windows }: { readonly windows: Windows }): string {
  return windows === "hinted"
    ? "This cluster may have Windows node pools (it names Windows credentials or a Windows image)"
    : `This cluster has a Windows node pool (${windows.declaredAt})`;
}

function unlike({ at, unrecognized, expected, closest }: Unrecognized): string {
  if (unrecognized !== "text" || !expected.startsWith("one of"))
    return `${at} is ${unrecognized}, not ${expected}`;
  const hint = closest === undefined ? "" : ` (did you mean "${closest}"?)`;
  return `${at} is not ${expected}${hint}`;
}

function ends({ end, daysLeft }: Ending, where: string): string {
  if (daysLeft < 0) return `lost Azure's support ${where} on ${end}`;
  const countdown = daysLeft <= countdownDays ? `, ${days(daysLeft)} from now` : "";
  return `loses Azure's support ${where} on ${end}${countdown}`;
}

export function days(count: number): string {
  return count === 1 ? "1 day" : `${count} days`;
}
