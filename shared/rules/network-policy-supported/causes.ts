import type { CausesOf } from "../cause";
import { fixTheCluster } from "../cause";
import type { Ending, Windows } from "../verdict";
import { days, hasWindowsPools, isSetTo } from "../wording";
import { countdownDays } from "./lifetimes";

export type NotSupportedCause =
  | ({ readonly cause: "engine-azure-ends" } & Ending)
  | ({ readonly cause: "engine-azure-ends-on-windows"; readonly windows: Windows } & Ending)
  | ({ readonly cause: "kubenet-ends" } & Ending);

export const causes: CausesOf<NotSupportedCause> = {
  "engine-azure-ends": {
    heading: "Engine azure on Linux nodes",
    found: (cause, { engine }) =>
      `${isSetTo(engine, "azure")}: Azure Network Policy Manager ${ends(cause, "on Linux nodes")}.`,
    why: () =>
      "Engine azure is unsupported above 250 nodes or 20,000 pods and has no IPv6. Cilium has neither limit and no announced end of support.",
    advice: () => ({ fix: "of the cluster, if it changes the engine" }),
  },
  "engine-azure-ends-on-windows": {
    heading: "Engine azure on Windows nodes",
    found: (cause, { engine }) =>
      `${isSetTo(engine, "azure")}: Azure Network Policy Manager ${ends(cause, "on Windows nodes")}. ${hasWindowsPools(cause.windows)}.`,
    why: () =>
      "Without that support, pods on Windows nodes may not be protected (not confirmed by Microsoft).",
    advice: ({ windows }) => ({ fix: "of the cluster, with Windows pools", windows }),
  },
  "kubenet-ends": {
    heading: "kubenet under engine calico",
    found: (cause, { plugin }) => `${isSetTo(plugin, "kubenet")}: kubenet ${ends(cause, "on every node")}.`,
    why: () => "Calico on kubenet is enforced until then; clusters move to Azure CNI Overlay.",
    advice: fixTheCluster,
  },
};

function ends({ end, daysLeft }: Ending, where: string): string {
  if (daysLeft < 0) return `lost Azure's support ${where} on ${end}`;
  const countdown = daysLeft <= countdownDays ? `, ${days(daysLeft)} from now` : "";
  return `loses Azure's support ${where} on ${end}${countdown}`;
}
