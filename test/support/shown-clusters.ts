import type { Cluster } from "../../shared/cluster/cluster";
import { isUnrecognized } from "../../shared/cluster/setting";
import type { ClusterOfDocument } from "../../shared/documents/document";
import { addressOfCluster } from "../../shared/documents/document";

/** The engine of a cluster, and the names of its separate pools. */
export function engineAndPools({ engine, separatePools, possiblePools = [] }: Cluster): string {
  const value = engine.state === "known" ? (isUnrecognized(engine.value) ? "?" : engine.value) : engine.state;
  const pools = [...separatePools.map((one) => one.name), ...possiblePools.map((one) => `${one.name}?`)];
  return [value, ...pools].join(" ");
}

/** A cluster in one line: its address, its engine, and the names of its separate pools. */
export function shown(each: ClusterOfDocument): string {
  // A URN ends with the name; a name may contain line breaks.
  const name = addressOfCluster(each).replace(/^urn:.*::/, "");
  if ("error" in each) return `${name}: not readable`;
  return `${name}: ${engineAndPools(each.subject.cluster)}`;
}
