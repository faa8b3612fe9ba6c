import { isBefore } from "../dialects/version";
import type { Cluster, Tool } from "../cluster/cluster";
import { dataplanes, modes, plugins, realEngines } from "../cluster/cluster";
import type { Setting } from "../cluster/setting";
import { is, isUnrecognized } from "../cluster/setting";
import type { Assignment, Choice } from "./choice";
import type { Value } from "./known-changes";
import { bridges, inPlaceChanges } from "./known-changes";

/** What a tool does to a cluster that exists when its networking changes. */
export type Effect = "replaced" | "in place";

/** A cluster with the tool that deploys it, as far as an effect depends on them. */
export interface Deployed {
  readonly cluster: Cluster;
  readonly dialect: { readonly tool: Tool };
  readonly toolVersion?: string | undefined;
  readonly notSentBecauseOf?: string;
}

/** A change to a cluster that exists, what the tool in hand does with it, and how Azure takes it. */
export interface ChangeEffect {
  readonly tool: Tool;
  readonly toolVersion: string | undefined;
  /** `undefined` where it depends on a version that is not known, or where Azure documents no such change. */
  readonly effect: Effect | undefined;
  /** The first azurerm, as `MAJOR.MINOR`, that makes the change in place: `0.0` where all do, `undefined` where none does. */
  readonly azurermSince: string | undefined;
  /** What Azure takes in one operation each, in this order: the mode and the dataplane never go together. */
  readonly steps: readonly (readonly Assignment[])[];
  /** What has to be done before the first step. */
  readonly before: readonly Preparation[];
  /** The Cilium dataplane is switched on, which Azure does for Linux node pools only. */
  readonly toCilium: boolean;
  /** The program has no network profile so far, so that what the cluster has in it is not known. */
  readonly newBlock: boolean;
  /** The setting because of which the tool plans the change in place and does not send it. */
  readonly notSentBecauseOf?: string;
}

/** An engine that is installed is removed; node auto-provisioning is switched off until the change is made. */
export type Preparation = "engine off" | "node auto-provisioning off";

/** What writing `settings` does to a cluster that exists. No settings stand for a removal. */
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
 * What happens when `settings` are applied all at once, as auto-set applies them. Where Azure takes them one after the
 * other only, nothing is certain.
 */
export function effectOf(deployed: Deployed, settings: readonly Assignment[]): Effect | undefined {
  const { effect, steps, before } = changeEffect(deployed, settings);
  return effect === "in place" && (steps.length > 1 || before.includes("engine off")) ? undefined : effect;
}

/** Does the tool, in its newest version, make the change in place and all at once? */
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
    // networkPolicy, networkPlugin, networkPluginMode and networkDataplane are on its list.
    case "azure-native":
      return "replaced";
    case "azurerm":
      return effectIn(version, since);
    case "azure":
      // The azurerm inside may be a later one: what it has in place stays so, and nothing else is known.
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

/** The oldest azurerm that this version of `@pulumi/azure` may bridge; what it does is true of every later one. */
export function bridgedBy(version: string | undefined): string | undefined {
  if (!isVersion(version)) return undefined;
  return bridges.find(({ since }) => !isBefore(version, since))?.azurerm;
}

/** A change of one attribute, from every value that it may have to another. */
interface AttributeChange {
  readonly attribute: keyof Choice;
  readonly from: Value;
  readonly to: string;
  /** The cluster as it is afterwards. */
  readonly after: {
    readonly overlay: boolean;
    readonly engineCilium: boolean;
    readonly dataplaneCilium: boolean;
  };
}

/** Every change that `settings` may mean, because not every old value is known. What stays as it is, is none. */
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

/** What a cluster that exists may have, going by what the program says about it so far. */
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
      // Azure's default is kubenet before Kubernetes 1.30, where it takes no engine but Calico.
      return is(cluster.engine, "azure", "cilium").truth === true ||
        is(cluster.dataplane, "cilium").truth === true
        ? ["azure"]
        : ["azure", "kubenet"];
  }
}

/** The first azurerm that makes all of the changes in place: they are as hard as the hardest of them. */
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

/** Does Azure itself make this change of a cluster that exists, engines other than by way of `none`? */
function isMadeByAzure({ attribute, from, to, after }: AttributeChange): boolean {
  switch (attribute) {
    case "engine":
      return to !== "nothing" && (from === "nothing" || (to === "cilium" && after.dataplaneCilium));
    case "dataplane":
      return to === "cilium" ? after.engineCilium : from === "nothing";
    case "mode":
      return to === "overlay";
    case "plugin":
      return from === "kubenet" && to === "azure" && after.overlay;
  }
}

/** Engine azure on kubenet is none that Azure ever installed. */
function hasEngineToRemove({ engine, plugin }: Cluster): boolean {
  return (
    is(engine, "calico").truth === true ||
    (is(engine, "azure").truth === true && is(plugin, "kubenet").truth !== true)
  );
}

/** Does the change move the pods to other addresses? Azure takes that for an operation of its own, without an engine. */
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

/** A program may hand its provider anything as a version: only numbers and the usual words make one. */
function isVersion(text: string | undefined): text is string {
  return /^\d+\.\d+(?:\.\d+)?(?:-(?:alpha|beta|dev|preview|rc)[.\d]*)?(?:\+[-.0-9a-f]+)?$/.test(String(text));
}
