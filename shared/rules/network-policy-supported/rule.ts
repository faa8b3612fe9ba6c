import type { Cluster } from "../../cluster/cluster";
import { windowsPools } from "../../cluster/cluster";
import { all, answer, is, not } from "../../cluster/setting";
import { ifStated, isAutomatic } from "../conditions";
import type { Row } from "../decision";
import { decide } from "../decision";
import { networkPolicyCompatible } from "../network-policy-compatible/rule";
import { networkPolicyConfigured } from "../network-policy-configured/rule";
import type { Cause } from "../index";
import type { Outcome } from "../outcome";
import { bad, good, goodWith, verdictOf } from "../outcome";
import { unlessReportedBy } from "../reported";
import type { Circumstances, Rule } from "../rule";
import type { Verdict } from "../verdict";
import type { NotSupportedCause } from "./causes";
import { examples, fixesShown } from "./examples";
import { endingOf, lifetimes } from "./lifetimes";
import { options as ownOptions } from "./options";

function judge(cluster: Cluster, circumstances: Circumstances): Verdict {
  const { engine, plugin, dataplane } = cluster;
  const { options } = circumstances;
  const { noticeDays } = options?.["network-policy-supported"] ?? ownOptions.defaults;
  const runsNpm = all(
    is(engine, "azure"),
    // If Azure rejects the engine anyway, its end of support does not matter.
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
  const hint: Cause = { cause: "engine-azure-ends-on-windows", windows: "hinted", ...onWindows };
  const dueOnLinux = dueTo({ cause: "engine-azure-ends", ...onLinux }, noticeDays);
  const rows: Row<Outcome>[] = [
    {
      when: all(runsNpm, windows.yes),
      then: dueTo(
        { cause: "engine-azure-ends-on-windows", windows: { declaredAt: windows.at }, ...onWindows },
        noticeDays,
      ),
    },
    {
      // A hint at Windows pools warns and does not fail, so it gives way once support has ended everywhere.
      // The Linux nodes exist, whatever the hint means.
      when: all(runsNpm, windows.hinted, answer(onLinux.daysLeft >= 0)),
      then: goodWith(hint, ...(dueOnLinux.weight === "good" ? dueOnLinux.notices : [])),
    },
    { when: runsNpm, then: dueOnLinux },
    {
      when: calicoOnKubenet,
      then: dueTo({ cause: "kubenet-ends", ...ofKubenet }, noticeDays),
    },
  ];
  const others = [networkPolicyConfigured, networkPolicyCompatible];
  return unlessReportedBy(others, verdictOf(decide(rows, good)), cluster, circumstances);
}

/** A notice before the end of support, whose last day still counts; a failure from the day after. */
function dueTo(cause: NotSupportedCause, noticeDays: number | null): Outcome {
  if (cause.daysLeft < 0) return bad(cause);
  const isReported = noticeDays === null || (noticeDays > 0 && cause.daysLeft <= noticeDays);
  return isReported ? goodWith(cause) : good;
}

export const networkPolicySupported: Rule = {
  name: "network-policy-supported",
  title: "The engine is within its support lifetime",
  description:
    "The network policy engine of an AKS cluster, and kubenet under it, is still supported by Azure on the nodes that it protects.",
  summary:
    "Fails if Azure no longer supports the engine, or kubenet under it. Until then it reports a notice, with the days left in\nthe last year. [Its page](docs/rules/network-policy-supported.md) has the last days.",
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
      title: "Update the CNI and the network policy engine of an AKS cluster",
      url: "https://learn.microsoft.com/azure/aks/update-azure-cni",
      read: "2026-08-21",
    },
  ],
  reviewed: "2026-11-26",
  sameCheckIn: [],
  frameworks: [networkPolicyConfigured.frameworks[0]],
  judge,
  examples,
  fixesShown,
};
