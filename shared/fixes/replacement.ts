import { isBefore } from "../dialects/version";
import type { Cluster, Tool } from "../cluster/cluster";
import { dataplanes, modes, plugins, realEngines } from "../cluster/cluster";
import type { Setting } from "../cluster/setting";
import { is, isUnrecognized } from "../cluster/setting";
import type { Assignment, Choice } from "./choice";
import type { Value } from "./known-changes";
import { bridges, inPlaceChanges } from "./known-changes";

/** What a tool does to an existing cluster when its networking changes. */
export type Effect = "replaced" | "in place";

/** The part of a cluster and its tool that an effect depends on. */
export interface Deployed {
  readonly cluster: Cluster;
  readonly dialect: { readonly tool: Tool };
  readonly toolVersion?: string | undefined;
  readonly notSentBecauseOf?: string;
}

/** A change to an existing cluster, what the tool does with it, and how Azure accepts it. */
export interface ChangeEffect {
  readonly tool: Tool;
  readonly toolVersion: string | undefined;
  /** `undefined` if it depends on a version that is not known, or if Azure documents no such change. */
  readonly effect: Effect | undefined;
  /**
   * The first azurerm, as `MAJOR.MINOR`, that makes the change in place: `0.0` if all do, `undefined` if none
   * does.
   */
  readonly azurermSince: string | undefined;
  /** The operations that Azure needs, in order: mode and dataplane never change together. */
  readonly steps: readonly (readonly Assignment[])[];
  /** What must be done before the first step. */
  readonly before: readonly Preparation[];
  /** The change enables the Cilium dataplane, which Azure does for Linux node pools only. */
  readonly toCilium: boolean;
  /** The program has no network profile yet, so the cluster's current settings are unknown. */
  readonly newBlock: boolean;
  /** The setting that makes the tool plan the change in place but not send it. */
  readonly notSentBecauseOf?: string;
}

/** An installed engine is removed; node auto-provisioning is turned off until the change is made. */
export type Preparation = "engine off" | "node auto-provisioning off";

/** What writing `settings` does to an existing cluster. An empty list stands for a removal. */
export function changeEffect(
  { cluster, dialect: { tool }, toolVersion, notSentBecauseOf }: Deployed,
  settings: readonly Assignment[],
): ChangeEffect {
  const changes = changesOf(cluster, settings);
  const since = settings.length === 0 ? undefined : inPlaceSince(changes);
  const toCilium = changes.some(({ attribute, to }) => attribute === "dataplane" && to === "cilium");
  const effect = effectWith(tool, toolVersion, since, settings.length > 0 && changes.every(isMadeByAzure));
  return {
    tool,
    toolVersion,
    effect,
    azurermSince: since?.split(".", 2).join("."),
    steps: stepsOf(changes, settings),
    before: [
      ...(changes.some(isOfAddresses) && hasEngineToRemove(cluster) ? (["engine off"] as const) : []),
      ...(toCilium && is(cluster.nodeProvisioning, "Auto").truth === true
        ? (["node auto-provisioning off"] as const)
        : []),
    ],
    toCilium,
    newBlock:
      settings.length > 0 &&
      cluster.profile.truth === false &&
      settings.every(({ path }) => path.includes(".")),
    ...(notSentBecauseOf === undefined || effect === "replaced" ? {} : { notSentBecauseOf }),
  };
}

/**
 * The effect of applying all `settings` at once, as auto-set does. If Azure needs several operations, nothing
 * is certain.
 */
export function effectOf(deployed: Deployed, settings: readonly Assignment[]): Effect | undefined {
  const { effect, steps, before } = changeEffect(deployed, settings);
  return effect === "in place" && (steps.length > 1 || before.includes("engine off")) ? undefined : effect;
}

/** Does the tool's newest version make the change in place and all at once? */
export function isInPlaceAtLast(deployed: Deployed, settings: readonly Assignment[]): boolean {
  const { tool, azurermSince, effect, steps, before } = changeEffect(deployed, settings);
  const newest = tool === "azurerm" || tool === "azure" ? azurermSince !== undefined : effect === "in place";
  return newest && steps.length === 1 && !before.includes("engine off");
}

function effectWith(
  tool: Tool,
  version: string | undefined,
  since: string | undefined,
  byAzure: boolean,
): Effect | undefined {
  switch (tool) {
    // Its list has networkPolicy, networkPlugin, networkPluginMode and networkDataplane.
    case "azure-native":
      return "replaced";
    case "azurerm":
      return effectIn(version, since);
    case "azure":
      // The bridged azurerm may be later: what is in place stays in place, and nothing else is known.
      return effectIn(bridgedBy(version), since) === "in place" ? "in place" : undefined;
    case "azapi":
    case "az":
      return byAzure ? "in place" : undefined;
  }
}

function effectIn(version: string | undefined, since: string | undefined): Effect | undefined {
  if (!isVersion(version)) return undefined;
  return since === undefined || isBefore(version, since) ? "replaced" : "in place";
}

/**
 * The oldest azurerm that this version of `@pulumi/azure` may bridge. What it changes in place, later
 * versions do too.
 */
export function bridgedBy(version: string | undefined): string | undefined {
  if (!isVersion(version)) return undefined;
  return bridges.find(({ since }) => !isBefore(version, since))?.azurerm;
}

/** A change of one attribute, from each possible value to another. */
interface AttributeChange {
  readonly attribute: keyof Choice;
  readonly from: Value;
  readonly to: string;
  /** The cluster after the change. */
  readonly after: {
    readonly overlay: boolean;
    readonly engineCilium: boolean;
    readonly dataplaneCilium: boolean;
  };
}

/**
 * Every change that `settings` may mean, because not every old value is known. Unchanged values are left out.
 */
function changesOf(cluster: Cluster, settings: readonly Assignment[]): AttributeChange[] {
  const has = (setting: keyof Choice, value: string): boolean => {
    const written = settings.find((each) => each.setting === setting);
    const standing: Setting<unknown> = cluster[setting];
    return written === undefined ? is(standing, value).truth === true : written.value === value;
  };
  const after = {
    overlay: has("mode", "overlay"),
    engineCilium: has("engine", "cilium"),
    dataplaneCilium: has("dataplane", "cilium"),
  };
  return settings.flatMap(({ setting, value }) => {
    const to = value === "none" && setting === "engine" ? "nothing" : String(value);
    return oldValues(cluster, setting)
      .filter((from) => from !== to)
      .map((from) => ({ attribute: setting, from, to, after }));
  });
}

/** The values an existing cluster may have, judging by the program so far. */
function oldValues(cluster: Cluster, attribute: keyof Choice): readonly Value[] {
  const setting: Setting<unknown> = cluster[attribute];
  if (setting.state === "known" && !isUnrecognized(setting.value))
    return [attribute === "engine" && setting.value === "none" ? "nothing" : (setting.value as Value)];
  const isAbsent = setting.state === "absent";
  switch (attribute) {
    case "engine":
      return isAbsent ? ["nothing"] : ["nothing", ...realEngines];
    case "dataplane":
      return isAbsent ? ["nothing", "azure"] : ["nothing", ...dataplanes];
    case "mode":
      return isAbsent ? ["nothing"] : ["nothing", ...modes];
    case "plugin":
      if (!isAbsent) return plugins;
      // Before Kubernetes 1.30 Azure's default is kubenet, which supports no engine but Calico.
      return is(cluster.engine, "azure", "cilium").truth === true ||
        is(cluster.dataplane, "cilium").truth === true
        ? ["azure"]
        : ["azure", "kubenet"];
  }
}

/** The first azurerm that makes all of the changes in place; the latest one decides. */
function inPlaceSince(changes: readonly AttributeChange[]): string | undefined {
  let latest = "0.0.0";
  for (const change of changes) {
    const first = inPlaceChanges.find(
      ({ attribute, from, to, withMode }) =>
        attribute === change.attribute &&
        (from === "any" || from === change.from) &&
        (to === "any" || to === change.to) &&
        (withMode === undefined || change.after.overlay),
    );
    if (first === undefined) return undefined;
    if (isBefore(latest, first.since)) latest = first.since;
  }
  return latest;
}

/**
 * Does Azure itself make this change to an existing cluster? Changes between engines count only by way of
 * `none`.
 */
function isMadeByAzure({ attribute, from, to, after }: AttributeChange): boolean {
  switch (attribute) {
    case "engine":
      return from === "nothing" || (to === "cilium" && after.dataplaneCilium);
    case "dataplane":
      return to === "cilium" ? after.engineCilium : from === "nothing";
    // The only mode.
    case "mode":
      return true;
    case "plugin":
      return from === "kubenet" && to === "azure" && after.overlay;
  }
}

/** Azure never installed engine azure on kubenet. */
function hasEngineToRemove({ engine, plugin }: Cluster): boolean {
  return (
    is(engine, "calico").truth === true ||
    (is(engine, "azure").truth === true && is(plugin, "kubenet").truth !== true)
  );
}

/**
 * Does the change give pods new addresses? Azure requires a separate operation for that, without an engine.
 */
function isOfAddresses({ attribute }: AttributeChange): boolean {
  return attribute === "plugin" || attribute === "mode";
}

function stepsOf(
  changes: readonly AttributeChange[],
  settings: readonly Assignment[],
): ChangeEffect["steps"] {
  const moved = settings.filter(({ setting }) => setting === "plugin" || setting === "mode");
  const rest = settings.filter((each) => !moved.includes(each));
  return changes.some(isOfAddresses) && rest.length > 0 ? [moved, rest] : [settings];
}

/** A program can pass any string as a provider version: only numbers and the usual words make one. */
function isVersion(text: string | undefined): text is string {
  return /^\d+\.\d+(?:\.\d+)?(?:-(?:alpha|beta|dev|preview|rc)[.\d]*)?(?:\+[-.0-9a-f]+)?$/.test(String(text));
}
