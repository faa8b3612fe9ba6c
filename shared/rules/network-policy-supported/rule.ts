import type { Cluster } from "../../cluster/cluster";
import { windowsPools } from "../../cluster/cluster";
import { notKnownYet } from "../../cluster/declaration";
import { all, answer, is, isOnlyUnstated, not } from "../../cluster/setting";
import { defaultOptions } from "../../policy/configuration";
import { ifStated, isAutomatic } from "../conditions";
import type { Row } from "../decision";
import { decide } from "../decision";
import { networkPolicyCompatible } from "../network-policy-compatible/rule";
import { networkPolicyConfigured } from "../network-policy-configured/rule";
import type { Circumstances, Rule } from "../rule";
import type { Cause, Verdict } from "../verdict";
import { endingOf, lifetimes } from "./lifetimes";

type Outcome =
  { readonly weight: "good"; readonly notice?: Cause } | { readonly weight: "bad"; readonly cause: Cause };

function judge(cluster: Cluster, circumstances: Circumstances): Verdict {
  const { engine, plugin, dataplane } = cluster;
  const { options = defaultOptions, disabled = [] } = circumstances;
  const { noticeDays } = options["network-policy-supported"];
  const runsNpm = all(
    is(engine, "azure"),
    // Where Azure refuses the engine anyway, its end of support is beside the point.
    not(ifStated(is(plugin, "kubenet", "none"))),
    not(ifStated(is(dataplane, "cilium"))),
    not(isAutomatic(cluster)),
  );
  const calicoOnKubenet = all(
    is(plugin, "kubenet"),
    is(engine, "calico"),
    not(is(dataplane, "cilium")),
    not(isAutomatic(cluster)),
  );
  // Nearly every cluster: nothing that it runs has an announced end.
  if (runsNpm.truth === false && calicoOnKubenet.truth === false) return { verdict: "pass", notices: [] };
  const { today } = circumstances;
  const windows = windowsPools(cluster);
  const onWindows = endingOf(lifetimes["engine azure on Windows"], today);
  const onLinux = endingOf(lifetimes["engine azure on Linux"], today);
  const ofKubenet = endingOf(lifetimes.kubenet, today);
  const rows: Row<Outcome>[] = [
    {
      when: all(runsNpm, windows.yes),
      then: outcome(
        {
          cause: "engine-azure-ends-on-windows",
          windows: { declaredAt: windows.at },
          ...onWindows,
        },
        noticeDays,
      ),
    },
    {
      // A hint at Windows pools warns and does not fail, so it gives way once the engine has ended everywhere.
      when: all(runsNpm, windows.hinted, answer(onLinux.daysLeft >= 0)),
      then: {
        weight: "good",
        notice: { cause: "engine-azure-ends-on-windows", windows: "hinted", ...onWindows },
      },
    },
    { when: runsNpm, then: outcome({ cause: "engine-azure-ends", ...onLinux }, noticeDays) },
    {
      when: calicoOnKubenet,
      then: outcome({ cause: "kubenet-ends", ...ofKubenet }, noticeDays),
    },
  ];
  const decision = decide<Outcome>(rows, { weight: "good" });
  if (!decision.decided) {
    // A cluster that another rule already fails or leaves open is not green, and will be judged again.
    const otherwiseFine = [networkPolicyConfigured, networkPolicyCompatible].every(
      (rule) => disabled.includes(rule.name) || isFine(rule.judge(cluster, circumstances)),
    );
    return otherwiseFine
      ? { verdict: "unknown", dependsOn: decision.dependsOn }
      : { verdict: "not applicable" };
  }
  const decided = decision.outcome;
  switch (decided.weight) {
    case "bad":
      return { verdict: "fail", causes: [decided.cause] };
    case "good":
      return { verdict: "pass", notices: decided.notice === undefined ? [] : [decided.notice] };
  }
}

function isFine(verdict: Verdict): boolean {
  return verdict.verdict === "pass" || (verdict.verdict === "unknown" && isOnlyUnstated(verdict.dependsOn));
}

/** A notice before the end of support, whose last day still counts; a failure from the day after. */
function outcome(cause: Extract<Cause, { daysLeft: number }>, noticeDays: number | null): Outcome {
  if (cause.daysLeft < 0) return { weight: "bad", cause };
  const isTold = noticeDays === null || (noticeDays > 0 && cause.daysLeft <= noticeDays);
  return isTold ? { weight: "good", notice: cause } : { weight: "good" };
}

export const networkPolicySupported: Rule = {
  name: "network-policy-supported",
  title: "The engine is within its support lifetime",
  description:
    "The network policy engine of an AKS cluster, and kubenet under it, is still supported by Azure on the nodes that it protects.",
  severity: "medium",
  level: "mandatory",
  why: "An engine past its end of support gets no security fixes, and the pods that rely on it may lose their protection.",
  remedy: "Move to Cilium on Linux or to Calico on Windows, which have no announced end of support.",
  references: [
    {
      title: "Secure traffic between pods by using network policies in AKS",
      url: "https://learn.microsoft.com/azure/aks/use-network-policies",
      read: "2026-08-20",
    },
    {
      title: "Use kubenet networking in AKS",
      url: "https://learn.microsoft.com/azure/aks/configure-kubenet",
      read: "2026-08-20",
    },
    {
      title: "Upgrade the network policy engine of an AKS cluster",
      url: "https://learn.microsoft.com/azure/aks/upgrade-azure-cni",
      read: "2026-08-20",
    },
  ],
  reviewed: "2026-11-23",
  sameCheckIn: [],
  frameworks: networkPolicyConfigured.frameworks.filter(({ reference }) => reference === "NS-1"),
  judge,
  examples: [
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
      title: "engine azure with a Windows pool: ended on Windows nodes",
      cluster: { plugin: "azure", engine: "azure", pools: [{ count: 3 }, { os: "Windows" }] },
      expect: { verdict: "fail", causes: ["engine-azure-ends-on-windows"] },
    },
    {
      title: "engine azure with a Windows pool that is declared apart",
      cluster: { plugin: "azure", engine: "azure", pools: [{ count: 3 }, { os: "Windows", separate: true }] },
      expect: { verdict: "fail", causes: ["engine-azure-ends-on-windows"] },
    },
    {
      title: "engine azure with Windows credentials, and a Windows pool that is declared apart",
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
      title: "engine azure with Windows credentials: a hint",
      cluster: { plugin: "azure", engine: "azure", windowsProfile: { adminUsername: "azureuser" } },
      expect: { verdict: "notice", causes: ["engine-azure-ends-on-windows"] },
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
      title: "engine azure that Azure refuses: the rule for what fits says so",
      cluster: { plugin: "azure", dataplane: "cilium", engine: "azure" },
      expect: { verdict: "pass" },
    },
  ],
};
