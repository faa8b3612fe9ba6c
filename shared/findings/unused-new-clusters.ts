import type { Circumstances } from "../rules/rule";
import { defaultOptions } from "../rules";
import { namesakesOf } from "./unused-exemptions";

/** An entry of `autoSet.newClusters` that concerns this stack and matches no cluster in it. */
export interface UnusedNewCluster {
  readonly address: string;
  /** An address that differs from it only in case. */
  readonly near: string | undefined;
  /** The addresses of all clusters. */
  readonly clusters: readonly string[];
}

/** `belongs` selects the entries that concern this stack and not other stacks, projects and hosts. */
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
