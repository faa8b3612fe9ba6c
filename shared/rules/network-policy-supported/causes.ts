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
    found: (cause, { plugin }) => `${isSetTo(plugin, "kubenet")}: kubenet ${ends(cause)}.`,
    why: () =>
      "Azure enforces Calico on kubenet as long as it supports kubenet. Azure CNI Overlay replaces kubenet.",
    advice: fixTheCluster,
  },
};

function ends({ end, daysLeft }: Ending, where?: string): string {
  const support = where === undefined ? "Azure's support" : `Azure's support ${where}`;
  if (daysLeft < 0) return `lost ${support} on ${end}`;
  return `loses ${support} on ${end}${daysLeft <= countdownDays ? countdown(daysLeft) : ""}`;
}

function countdown(daysLeft: number): string {
  return daysLeft === 0 ? ", which is today" : `, ${days(daysLeft)} from now`;
}
