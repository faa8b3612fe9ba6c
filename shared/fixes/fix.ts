import type { Cluster, RealEngine } from "../cluster/cluster";
import { dataplanes, engines, modes, plugins, windowsPools } from "../cluster/cluster";
import type { Setting, Unrecognized } from "../cluster/setting";
import { isTooOldFor } from "../dialects/at-version";
import { any, is, isAbsent, isNotRecognized, wrongIn } from "../cluster/setting";
import type { Dialect } from "../dialects/dialect";
import { defaultOptions } from "../rules";
import { isAutomatic } from "../rules/conditions";
import type { Circumstances } from "../rules/rule";
import type { Assignment, Choice } from "./choice";
import { assignments, failsWith, passesWith } from "./choice";
import { isInPlaceAtLast } from "./replacement";

/**
 * What to write so that all rules pass. It is computed from the cluster instead of one finding, so that
 * several findings on one cluster ask for the same lines.
 */
export type Fix =
  | { readonly kind: "write"; readonly settings: readonly Assignment[]; readonly newerApi: boolean }
  | { readonly kind: "remove"; readonly paths: readonly string[] }
  /** No engine supports Windows pools together with features that only Cilium has. */
  | { readonly kind: "split the cluster" }
  /** None of the engines that the organisation accepts fits the cluster in its current state. */
  | { readonly kind: "no accepted engine"; readonly accepted: readonly RealEngine[] };

/** Engine azure comes last, because its end of support is announced. */
const preference = ["cilium", "calico", "azure"] as const satisfies readonly RealEngine[];

/** Microsoft recommends Cilium on Linux and Calico on Windows: https://learn.microsoft.com/azure/aks/use-network-policies (read 2026-08-20). */
export function fixOf(
  cluster: Cluster,
  dialect: Dialect,
  circumstances: Circumstances,
  assume?: "Windows",
): Fix {
  const { engines: accepted } = (circumstances.options ?? defaultOptions)["network-policy-configured"];
  const takes = (engine: RealEngine): boolean =>
    accepted.includes(engine) && (dialect.engines ?? accepted).includes(engine);
  const nothingFits: Fix = { kind: "no accepted engine", accepted };
  // One part for Windows nodes, and one for the features that only Cilium has.
  const split: Fix = takes("calico") && takes("cilium") ? { kind: "split the cluster" } : nothingFits;
  if (isAutomatic(cluster).truth === true) {
    if (!takes("cilium")) return nothingFits;
    if (assume === "Windows" || windowsPools(cluster).yes.truth === true) return split;
    return { kind: "remove", paths: pathsToRemove(cluster) };
  }
  const isOld = isTooOldFor(dialect, "dataplane");
  const write = (choice: Choice): Fix => {
    // An API without a dataplane setting uses Azure's own dataplane.
    const newerApi =
      (isOld && choice.dataplane === "cilium") ||
      (choice.mode !== undefined && isTooOldFor(dialect, "mode")) ||
      isTooOldFor(dialect, "engine");
    return { kind: "write", settings: assignments(cluster, choice, dialect, newerApi), newerApi };
  };
  const hasWindows = assume === "Windows" || probablyHasWindows(cluster);
  if (hasWindows && needsCilium(cluster)) return split;
  if (dialect.patch === true) {
    const engines = preference.filter((engine) =>
      hasWindows ? engine === "calico" : !(isOld && engine === "cilium"),
    );
    const choice = patches(cluster, engines).find(
      (each) => assignments(cluster, each, dialect).length > 0 && !failsWith(cluster, each, circumstances),
    );
    return choice === undefined ? nothingFits : write(choice);
  }
  const corrected = corrections(cluster);
  if (Object.keys(corrected).length > 0 && passesWith(cluster, corrected, circumstances))
    return write(corrected);

  const passesAlone = (engine: RealEngine): boolean =>
    !hasWindows && isAddition(cluster) && passesWith(cluster, { engine }, circumstances);
  const fixWith = (engine: RealEngine): Choice =>
    engine !== "cilium" && passesAlone(engine) ? { engine } : targetFor(engine, cluster, dialect);
  const preferred = (): RealEngine => {
    if (hasWindows) return "calico";
    if (needsCilium(cluster)) return "cilium";
    if (isOld) return "calico";
    // Moving a kubenet cluster to Cilium changes pod addresses: Azure needs two operations for that, and
    // tools replace the cluster.
    const isEasier =
      is(cluster.plugin, "kubenet").truth === true &&
      passesAlone("calico") &&
      isInPlaceAtLast({ cluster, dialect }, assignments(cluster, { engine: "calico" }, dialect));
    return isEasier ? "calico" : "cilium";
  };
  const first = preferred();
  if (takes(first)) return write(fixWith(first));
  // Calico is the only engine for Windows nodes. If they are only assumed, no rule would notice.
  const other = hasWindows
    ? undefined
    : preference.find((engine) => takes(engine) && !failsWith(cluster, fixWith(engine), circumstances));
  return other === undefined ? nothingFits : write(fixWith(other));
}

/** A plugin is written but no engine: the engine may be the only thing missing. */
function isAddition({ engine, plugin }: Cluster): boolean {
  return any(isAbsent(engine), is(engine, "none")).truth === true && is(plugin, ...plugins).truth === true;
}

/** SKU Automatic takes no network settings. Whatever is wrong as a whole is removed as a whole. */
function pathsToRemove({ engine, plugin, mode, dataplane }: Cluster): string[] {
  const wrong = [engine, plugin, mode, dataplane].flatMap((setting) => wrongIn(setting)?.at ?? []);
  return [...new Set(engine.state === "absent" || wrongIn(engine) ? wrong : [engine.path, ...wrong])];
}

/** A hint at Windows counts, unless the cluster names Cilium and so must be Linux. */
function probablyHasWindows(cluster: Cluster): boolean {
  const { yes, hinted } = windowsPools(cluster);
  const namesCilium = any(is(cluster.engine, "cilium"), is(cluster.dataplane, "cilium"));
  return yes.truth === true || (hinted.truth === true && namesCilium.truth !== true);
}

function needsCilium(cluster: Cluster): boolean {
  return (
    any(
      is(cluster.ipFamilies, "dual stack"),
      is(cluster.nodeProvisioning, "Auto"),
      is(cluster.advancedNetworkSecurity, true),
      is(cluster.transitEncryption, "WireGuard"),
      is(cluster.accelerationMode, "BpfVeth"),
    ).truth === true
  );
}

/** The misspelled settings, corrected. */
function corrections({ plugin, mode, dataplane, engine }: Cluster): Choice {
  const right = <T extends string>(
    setting: Setting<T | Unrecognized>,
    words: readonly T[],
  ): T | undefined => {
    const wrong = wrongIn(setting);
    return wrong && words.find((word) => word === wrong.closest || words.length === 1);
  };
  const [p, m, d, e] = [
    right(plugin, plugins),
    right(mode, modes),
    right(dataplane, dataplanes),
    right(engine, engines),
  ];
  return {
    ...(p === undefined ? {} : { plugin: p }),
    ...(m === undefined ? {} : { mode: m }),
    ...(d === undefined ? {} : { dataplane: d }),
    ...(e === undefined ? {} : { engine: e }),
  };
}

/**
 * What a patch may write, best first. It keeps the cluster's plugin, unless the patch itself states a wrong
 * one. What fails with an unstated plugin also fails with plugin azure.
 */
function patches(
  cluster: Cluster,
  engines: readonly RealEngine[],
): readonly (Choice & { readonly engine: RealEngine })[] {
  const choices = engines.map((engine) => ({
    ...corrections(cluster),
    ...(engine === "cilium" ? { dataplane: engine } : onAzuresDataplane(cluster)),
    engine,
  }));
  const fromKubenet: Pick<Choice, "mode"> =
    is(cluster.plugin, "kubenet").truth === true ? { mode: "overlay" } : {};
  return [...choices, ...choices.map((choice) => ({ ...choice, plugin: "azure" as const, ...fromKubenet }))];
}

function targetFor(engine: RealEngine, cluster: Cluster, dialect: Dialect): Choice {
  const plugin: Choice = takesOverlay(engine, cluster, dialect)
    ? { plugin: "azure", mode: "overlay" }
    : { plugin: "azure" };
  switch (engine) {
    case "cilium":
      return { ...plugin, dataplane: "cilium", engine };
    case "azure":
    case "calico":
      return { ...plugin, ...onAzuresDataplane(cluster), engine };
  }
}

function onAzuresDataplane({ dataplane }: Cluster): Choice {
  return dataplane.state === "absent" ? {} : { dataplane: "azure" };
}

/**
 * A cluster on plugin azure keeps its mode. A cluster on another plugin gets overlay, which needs no pod
 * subnet and works with a pod CIDR: with plugin azure, azurerm accepts `pod_cidr` in this mode only
 * (kubernetes_cluster_resource.go, read 2026-11). Dual stack requires overlay:
 * https://learn.microsoft.com/azure/aks/configure-dual-stack (read 2026-08-21).
 */
function takesOverlay(
  engine: RealEngine,
  { plugin, mode, ipFamilies, podSubnet }: Cluster,
  dialect: Dialect,
): boolean {
  const needsIt = any(isNotRecognized(mode), is(ipFamilies, "dual stack"), is(plugin, "kubenet"));
  if (needsIt.truth === true) return true;
  // The module Azure/aks accepts Cilium only with overlay or a pod subnet.
  const isAsked = dialect.overlayUnless !== undefined && podSubnet?.truth !== true;
  if (engine === "cilium" && isAsked && mode.state === "absent") return true;
  // An API without modes is left behind for Cilium, which needs a newer one anyway.
  return is(plugin, "azure").truth !== true && (engine === "cilium" || !isTooOldFor(dialect, "mode"));
}
