import type { Cluster, Dataplane, Engine, Mode, Plugin } from "./cluster";
import { windowsPools } from "./cluster";
import { isAutomatic } from "./conditions";
import type { Inputs } from "./declaration";
import { write } from "./declaration";
import type { Dialect, SettingName } from "./dialects";
import type { Setting, Unrecognized } from "./setting";
import { any, is, isNotRecognized } from "./setting";

/**
 * What to write so that all rules pass, computed from the cluster and not from one finding, so that several
 * findings on one cluster ask for the same lines.
 */
export type Fix =
  | { readonly kind: "write"; readonly settings: readonly Assignment[] }
  | { readonly kind: "remove"; readonly paths: readonly string[] }
  /** No engine fits Windows pools together with what only Cilium can do. */
  | { readonly kind: "split the cluster" };

export interface Assignment {
  readonly setting: SettingName;
  readonly path: string;
  readonly value: string | boolean;
}

interface Target {
  readonly plugin?: Plugin;
  readonly mode?: Mode;
  readonly dataplane: Dataplane;
  readonly engine: Engine;
}

/** Microsoft recommends Cilium on Linux and Calico on Windows: https://learn.microsoft.com/azure/aks/use-network-policies (read 2026-08-20). */
export function fixOf(cluster: Cluster, dialect: Dialect, assume?: "Windows"): Fix {
  if (isAutomatic(cluster).truth === true) {
    if (assume === "Windows" || windowsPools(cluster).yes.truth === true)
      return { kind: "split the cluster" };
    const { engine, plugin, mode, dataplane } = cluster;
    const wrong = [plugin, mode, dataplane].filter((setting) => isNotRecognized(setting).truth === true);
    return {
      kind: "remove",
      paths: [engine, ...wrong].filter(({ state }) => state !== "absent").map(({ path }) => path),
    };
  }
  const hasWindows = assume === "Windows" || probablyHasWindows(cluster);
  if (hasWindows && needsCilium(cluster)) return { kind: "split the cluster" };
  // A patch keeps the plugin that the cluster has.
  if (dialect.patch === true) {
    return {
      kind: "write",
      settings: assignments(cluster, { dataplane: "cilium", engine: "cilium" }, dialect),
    };
  }
  const target: Target = hasWindows
    ? { plugin: "azure", dataplane: "azure", engine: "calico" }
    : { plugin: "azure", mode: "overlay", dataplane: "cilium", engine: "cilium" };
  return { kind: "write", settings: assignments(cluster, target, dialect) };
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

function assignments(cluster: Cluster, target: Target, dialect: Dialect): Assignment[] {
  const out: Assignment[] = [];
  const set = <T extends string>(name: SettingName, setting: Setting<T | Unrecognized>, value: T): void => {
    const [path] = dialect.settings[name];
    if (path !== undefined && is<T | Unrecognized>(setting, value).truth !== true)
      out.push({ setting: name, path, value });
  };
  if (target.plugin !== undefined) set("plugin", cluster.plugin, target.plugin);
  // A cluster that is on plugin azure keeps the mode it has; one that comes from elsewhere gets the one that needs no pod subnet.
  const modeIsWrong = cluster.mode.state === "known" && typeof cluster.mode.value !== "string";
  const pluginChanges = cluster.plugin.state !== "known" || cluster.plugin.value !== "azure";
  if (target.mode !== undefined && (pluginChanges || modeIsWrong)) set("mode", cluster.mode, target.mode);
  if (target.dataplane === "cilium" || cluster.dataplane.state !== "absent") {
    set("dataplane", cluster.dataplane, target.dataplane);
  }
  set("engine", cluster.engine, target.engine);
  return out;
}

/** The assignments as one block for each top-level property: valid in a TypeScript program and in Pulumi YAML alike. */
export function linesOf(settings: readonly Assignment[]): string[] {
  const inputs: Inputs = {};
  for (const { path, value } of settings) write(inputs, path, value);
  return Object.entries(inputs).map(([name, value]) => `${name}: ${literal(value)}`);
}

function literal(value: unknown): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  return `{ ${Object.entries(value)
    .map(([name, inner]) => `${name}: ${literal(inner)}`)
    .join(", ")} }`;
}
