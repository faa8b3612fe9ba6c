import type { Day } from "../days";
import { dayNumber } from "../days";
import type { Ending } from "../verdict";

/** How many days before an end of support a notice starts counting down. */
export const countdownDays = 365;

interface Lifetime {
  /** The last day of support. */
  readonly end: Day;
  readonly source: string;
}

/** Announced ends of support, with the document that announces each and the day it was read. */
export const lifetimes = {
  "engine azure on Windows": {
    end: "2026-09-30",
    source: "https://learn.microsoft.com/azure/aks/use-network-policies (read 2026-08-20)",
  },
  "engine azure on Linux": {
    end: "2028-09-30",
    source: "https://learn.microsoft.com/azure/aks/use-network-policies (read 2026-08-20)",
  },
  kubenet: {
    end: "2028-03-31",
    source: "https://learn.microsoft.com/azure/aks/configure-kubenet (read 2026-08-20)",
  },
} as const satisfies Record<string, Lifetime>;

/** For messages only, no rule checks it: the image's end of support on node pools of any engine. */
export const windowsServer2022 = {
  end: "2028-06-30",
  source: "https://github.com/Azure/AKS/releases (of 2026-07-17, read 2026-08-21)",
} as const satisfies Lifetime;

/**
 * How far an end of support is from `today`. Days are UTC days, and the last day still counts as supported.
 */
export function endingOf({ end }: Lifetime, today: Date): Ending {
  return { end, daysLeft: dayNumber(new Date(end)) - dayNumber(today) };
}
