import type { Cluster, RealEngine } from "../cluster/cluster";
import { dataplanes, engines, modes, plugins, windowsPools } from "../cluster/cluster";
import type { Setting, Unrecognized } from "../cluster/setting";
import { any, is, isNotRecognized, wrongIn } from "../cluster/setting";
import { isTooOldFor } from "../dialects/at-version";
import type { Dialect } from "../dialects/dialect";
import { defaultOptions } from "../rules";
import { isAutomatic } from "../rules/conditions";
import type { Circumstances } from "../rules/rule";
import type { Assignment, Choice } from "./choice";
import { assignments, failsWith, passesWith } from "./choice";

/**
 * What to write so that all rules pass, computed from the cluster and not from one finding, so that several
 * findings on one cluster ask for the same lines.
 */
export type Fix =
  | { readonly kind: "write"; readonly settings: readonly Assignment[]; readonly newerApi: boolean }
  | { readonly kind: "remove"; readonly paths: readonly string[] }
  /** No engine fits Windows pools together with what only Cilium can do. */
  | { readonly kind: "split the cluster" }
  /** None of the engines that the organisation accepts fits the cluster as it is. */
  | { readonly kind: "no accepted engine"; readonly accepted: readonly RealEngine[] }
  /** A value that no other fix writes has to be one that Azure documents. */
  | { readonly kind: "correct"; readonly wrong: Unrecognized };

/** Engine azure last, whose end of support is announced. */
const preference = ["cilium", "calico", "azure"] as const satisfies readonly RealEngine[];

/** Microsoft recommends Cilium on Linux and Calico on Windows: https://learn.microsoft.com/azure/aks/use-network-policies (read 2026-08-20). */
export function fixOf(
  cluster: Cluster,
  dialect: Dialect,
  circumstances: Circumstances,
  assume?: "Windows",
): Fix {
  const { engines: accepted } = (circumstances.options ?? defaultOptions)["network-policy-configured"];
  const takes = (engine: RealEngine): boolean => accepted.includes(engine);
  const nothingFits: Fix = { kind: "no accepted engine", accepted };
  // One part for Windows nodes, and one for what only Cilium can do.
  const split: Fix = takes("calico") && takes("cilium") ? { kind: "split the cluster" } : nothingFits;
  if (isAutomatic(cluster).truth === true) {
    if (!takes("cilium")) return nothingFits;
    if (assume === "Windows" || windowsPools(cluster).yes.truth === true) return split;
    return { kind: "remove", paths: pathsToRemove(cluster) };
  }
  const write = (choice: Choice, newerApi = false): Fix => ({
    kind: "write",
    settings: assignments(cluster, choice, dialect, newerApi),
    newerApi,
  });
  const hasWindows = assume === "Windows" || probablyHasWindows(cluster);
  if (hasWindows && needsCilium(cluster)) return split;
  const isOld = isTooOldFor(dialect, "dataplane");
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

  const calico = hasWindows || (isOld && !needsCilium(cluster));
  const preferred = calico ? "calico" : "cilium";
  if (takes(preferred)) return write(targetFor(preferred, cluster, dialect), preferred === "cilium" && isOld);
  // Calico is the one engine for Windows nodes, and those that are only assumed no rule would see.
  const other = hasWindows
    ? undefined
    : preference.find((engine) => !failsWith(cluster, targetFor(engine, cluster, dialect), circumstances));
  // Cilium was not preferred, so the API is old.
  return other === undefined ? nothingFits : write(targetFor(other, cluster, dialect), other === "cilium");
}

/** On SKU Automatic nothing of the network is to be written; what is wrong as a whole is removed as a whole. */
function pathsToRemove({ engine, plugin, mode, dataplane }: Cluster): string[] {
  const wrong = [engine, plugin, mode, dataplane].flatMap((setting) => wrongIn(setting)?.at ?? []);
  return [...new Set(engine.state === "absent" || wrongIn(engine) ? wrong : [engine.path, ...wrong])];
}

/** A hint at Windows counts, except on a cluster that names Cilium and so means Linux. */
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
    ).truth === true
  );
}

/** The misspelt settings, spelt right. */
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
 * What a patch may write, best first: it keeps the plugin that the cluster has, unless it states a wrong one itself. What
 * fails on a plugin that it does not state, fails on plugin azure, too.
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
  return [...choices, ...choices.map((choice) => ({ ...choice, plugin: "azure" as const }))];
}

function targetFor(engine: RealEngine, cluster: Cluster, dialect: Dialect): Choice {
  switch (engine) {
    case "cilium":
      return ciliumFor(cluster, dialect);
    case "azure":
    case "calico":
      return {
        plugin: "azure",
        ...(isNotRecognized(cluster.mode).truth === true ? { mode: "overlay" } : {}),
        ...onAzuresDataplane(cluster),
        engine,
      };
  }
}

function onAzuresDataplane({ dataplane }: Cluster): Choice {
  return dataplane.state === "absent" ? {} : { dataplane: "azure" };
}

function ciliumFor(cluster: Cluster, { overlayUnless }: Dialect): Choice {
  // A cluster that is on plugin azure keeps the mode it has; one that comes from elsewhere gets the one that needs no
  // pod subnet.
  const isAsked = overlayUnless !== undefined && cluster.podSubnet?.truth !== true;
  const keepsMode =
    is(cluster.plugin, "azure").truth === true &&
    isNotRecognized(cluster.mode).truth !== true &&
    !(isAsked && cluster.mode.state === "absent");
  return {
    plugin: "azure",
    ...(keepsMode ? {} : { mode: "overlay" }),
    dataplane: "cilium",
    engine: "cilium",
  };
}
