import type { Circumstances } from "../rules/rule";
import { defaultOptions } from "../rules";
import { namesakesOf } from "./unused-exemptions";

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
  const known = new Set(clusters);
  const all = [...known];
  const near = namesakesOf(all);
  return [...new Set(newClusters)]
    .filter((address) => belongs(address) && !known.has(address))
    .map((address) => ({ address, near: near(address), clusters: all }));
}
