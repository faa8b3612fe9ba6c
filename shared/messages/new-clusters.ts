import type { UnusedNewCluster } from "../findings/unused-new-clusters";
import { clustersLine, nearOr } from "./exemptions";
import { pageOf } from "./pages";

/** The message about an entry of `autoSet.newClusters` that matches no cluster. */
export function unusedNewClusterMessage({ address, near, clusters }: UnusedNewCluster): string {
  return [
    `\`autoSet.newClusters\` names no cluster of this stack: ${JSON.stringify(address)}.`,
    nearOr(near, "Correct it, or remove it from the configuration."),
    clustersLine(clusters),
    `More: ${pageOf("auto-set")}`,
  ].join("\n");
}
