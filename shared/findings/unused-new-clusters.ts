import type { Circumstances } from "../rules/rule";
import { defaultOptions } from "../rules";
import { namesake } from "./unused-exemptions";

/** An entry of `autoSet.newClusters` that is of this stack and names no cluster of it. */
export interface UnusedNewCluster {
  readonly address: string;
  /** An address that differs from it in upper and lower case alone. */
  readonly near: string | undefined;
  /** The addresses of the clusters that there are. */
  readonly clusters: readonly string[];
}

/** `belongs` picks the entries that are about this stack from those of other stacks, projects and hosts. */
export function unusedNewClusters(
  clusters: Iterable<string>,
  belongs: (address: string) => boolean,
  { options = defaultOptions }: Circumstances,
): UnusedNewCluster[] {
  const { newClusters } = options["network-policy-configured"].autoSet;
  if (newClusters.length === 0) return [];
  const all = [...clusters];
  return [...new Set(newClusters)]
    .filter((address) => belongs(address) && !all.includes(address))
    .map((address) => ({ address, near: namesake(all, address), clusters: all }));
}
