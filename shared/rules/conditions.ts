import type { Cluster } from "../cluster/cluster";
import type { Answer } from "../cluster/setting";
import { all, answer, any, is, isAbsent, isOnlyUnstated } from "../cluster/setting";

/** SKU Automatic has Azure CNI Overlay with Cilium built in: https://learn.microsoft.com/azure/aks/intro-aks-automatic (read 2026-08). */
export function isAutomatic(cluster: Cluster): Answer {
  return is(cluster.sku, "Automatic");
}

/** Azure accepts an engine only where the plugin allows one; no plugin written means `azure`, or `kubenet` below Kubernetes 1.30. */
export function pluginMayBeAzure(cluster: Cluster): Answer {
  return any(is(cluster.plugin, "azure"), isAbsent(cluster.plugin));
}

export function anEngineIsNamed(cluster: Cluster): Answer {
  return is(cluster.engine, "azure", "calico", "cilium");
}

/** The engine is Cilium: by name, implied by its dataplane, or built into SKU Automatic. */
export function runsCilium(cluster: Cluster): Answer {
  return any(
    isAutomatic(cluster),
    is(cluster.engine, "cilium"),
    all(isAbsent(cluster.engine), is(cluster.dataplane, "cilium")),
  );
}

/** What a patch leaves unsaid is no way out for what it says: there the answer is no. */
export function ifStated(a: Answer): Answer {
  return a.truth === "unknown" && isOnlyUnstated(a.dependsOn) ? answer(false) : a;
}
