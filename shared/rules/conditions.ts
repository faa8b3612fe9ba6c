import type { Cluster } from "../cluster/cluster";
import type { Answer } from "../cluster/setting";
import { all, answer, any, is, isAbsent, isOnlyUnstated } from "../cluster/setting";

/** SKU Automatic has Azure CNI Overlay with Cilium built in: https://learn.microsoft.com/azure/aks/intro-aks-automatic (read 2026-08). */
export function isAutomatic(cluster: Cluster): Answer {
  return is(cluster.sku, "Automatic");
}

/**
 * Azure accepts an engine only if the plugin supports one. The default plugin is `azure`, or `kubenet` before
 * Kubernetes 1.30.
 */
export function pluginMayBeAzure(cluster: Cluster): Answer {
  return any(is(cluster.plugin, "azure"), isAbsent(cluster.plugin));
}

export function namesAnEngine(cluster: Cluster): Answer {
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

/** What a patch leaves unstated cannot excuse what it states: unstated counts as no. */
export function ifStated(a: Answer): Answer {
  return a.truth === "unknown" && isOnlyUnstated(a.dependsOn) ? answer(false) : a;
}
