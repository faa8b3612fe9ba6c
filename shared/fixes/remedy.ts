import type { Cluster } from "../cluster/cluster";
import { windowsPools } from "../cluster/cluster";
import type { Setting } from "../cluster/setting";
import { any, is } from "../cluster/setting";
import type { Dialect } from "../dialects/dialect";
import { exemptionOf, exemptionsFrom, standingOf } from "../policy/exemptions";
import { isAutomatic } from "../rules/conditions";
import type { AutoSet } from "../rules/network-policy-configured/options";
import type { Circumstances } from "../rules/rule";
import type { Assignment, Choice } from "./choice";
import { assignments, passesWith } from "./choice";
import type { Effect } from "./replacement";

/** Why auto-set writes nothing. */
export type Refusal =
  | { readonly because: "nothing to do" }
  | { readonly because: "exempted" }
  | { readonly because: "an engine is written" }
  | { readonly because: "bring your own CNI" }
  | { readonly because: "not known"; readonly parts: readonly string[] }
  | { readonly because: "no network profile" }
  | { readonly because: "no plugin" }
  | { readonly because: "nothing fits" }
  /** The host cannot write what would have been chosen. */
  | { readonly because: "out of reach" }
  /** A module of another tool creates the cluster from its own values. */
  | { readonly because: "made by a module" }
  | { readonly because: "made by a template" }
  /** The program tells the tool to ignore a change of `settings`, by an option that is called so in its language. */
  | { readonly because: "ignored"; readonly settings: readonly Assignment[]; readonly option: string }
  /** `settings` would have been written if replacement had been allowed. */
  | { readonly because: "replacement"; readonly settings: readonly Assignment[] }
  /** `settings` would replace a cluster that the program protects from deletion. */
  | { readonly because: "protected"; readonly settings: readonly Assignment[]; readonly option: string }
  /** The tool would plan `settings` in place but not send them, because of the setting at `path`. */
  | { readonly because: "not sent"; readonly settings: readonly Assignment[]; readonly path: string }
  | { readonly because: "a bug" };

/** What auto-set writes into a cluster, or why it leaves it alone. */
export type Remedy =
  | { readonly writes: true; readonly settings: readonly Assignment[] }
  | ({ readonly writes: false } & Refusal);

export interface RemedyCircumstances extends Circumstances {
  readonly autoSet: AutoSet;
  /** The cluster's exact address, as used in `newClusters`. */
  readonly address: string;
  /** What the tool does to an existing cluster with these settings; unknown counts as a replacement. */
  readonly effectOf: (settings: readonly Assignment[]) => Effect | undefined;
  /** The setting that keeps the tool from sending what it plans in place. */
  readonly notSentBecauseOf?: string | undefined;
  /** Does the program tell the tool to ignore a change at this path? By default it does not. */
  readonly ignores?: (path: string) => boolean;
  /** The program protects the cluster from deletion, and so from replacement. */
  readonly isProtected?: boolean;
  /** The names of these options in the program's language; Pulumi's names by default. */
  readonly lifecycleOptions?: LifecycleOptions;
}

export interface LifecycleOptions {
  readonly ignores: string;
  readonly protects: string;
}

const ofPulumi: LifecycleOptions = { ignores: "ignoreChanges", protects: "protect" };

const pair: Choice = { dataplane: "cilium", engine: "cilium" };
const wholeProfile = { plugin: "azure", mode: "overlay" } as const;

/**
 * Chooses what auto-set writes. Three things always hold: no existing value is changed, the cluster passes
 * every rule afterwards, and a change that replaces a cluster is written only if that is allowed.
 */
export function remedyOf(cluster: Cluster, dialect: Dialect, circumstances: RemedyCircumstances): Remedy {
  const { autoSet, address, today } = circumstances;
  const exemption = exemptionOf(exemptionsFrom("network-policy-configured", circumstances), address);
  if (exemption !== undefined && standingOf(exemption, today).state === "in force")
    return { writes: false, because: "exempted" };
  const refusal = reasonToLeave(cluster, dialect);
  if (refusal !== undefined) return { writes: false, ...refusal };
  const choices = choicesFor(cluster, autoSet);
  if (!Array.isArray(choices)) return { writes: false, ...choices };

  let refused: Refusal | undefined;
  for (const choice of choices) {
    const settings = additions(cluster, choice, dialect);
    if (settings === undefined || !passesWith(cluster, choice, circumstances)) continue;
    const obstacle = obstacleTo(settings, circumstances);
    if (obstacle === undefined) return { writes: true, settings };
    refused ??= obstacle;
  }
  return { writes: false, ...(refused ?? { because: "nothing fits" }) };
}

/** Why a suitable choice must not be written. */
function obstacleTo(
  settings: readonly Assignment[],
  {
    autoSet,
    address,
    effectOf,
    notSentBecauseOf,
    ignores,
    isProtected,
    lifecycleOptions = ofPulumi,
  }: RemedyCircumstances,
): Refusal | undefined {
  if (ignores !== undefined && settings.some(({ path }) => ignores(path)))
    return { because: "ignored", settings, option: lifecycleOptions.ignores };
  // A cluster that does not exist yet cannot be replaced.
  if (autoSet.newClusters.includes(address)) return undefined;
  const effect = effectOf(settings);
  // A change that may be in place may not be sent either.
  if (notSentBecauseOf !== undefined && effect !== "replaced")
    return { because: "not sent", settings, path: notSentBecauseOf };
  if (effect === "in place") return undefined;
  if (isProtected === true) return { because: "protected", settings, option: lifecycleOptions.protects };
  return autoSet.acceptReplacement ? undefined : { because: "replacement", settings };
}

/** Does the cluster have all of these settings with these values? Unknown counts as no. */
export function has(cluster: Cluster, settings: readonly Assignment[]): boolean {
  return settings.every(({ setting, value }) => {
    const standing: Setting<unknown> = cluster[setting];
    return is(standing, value).truth === true;
  });
}

function reasonToLeave(cluster: Cluster, dialect: Dialect): Refusal | undefined {
  const { engine, plugin, dataplane, sku, profile } = cluster;
  if (isAutomatic(cluster).truth === true) return { because: "nothing to do" };
  if (engine.state === "known") return { because: "an engine is written" };
  if (is(plugin, "none").truth === true) return { because: "bring your own CNI" };
  const { yes, hinted } = windowsPools(cluster);
  const open = [engine, plugin, dataplane, sku].flatMap((setting) =>
    setting.state === "unknown" ? [setting.unknownAt] : [],
  );
  // Windows pools decide between Cilium and Calico, so while they are unknown, so is the choice.
  open.push(...yes.dependsOn, ...hinted.dependsOn, ...profile.dependsOn);
  if (open.length > 0) return { because: "not known", parts: [...new Set(open)] };
  const implied = is(dataplane, "cilium").truth === true && is(plugin, "azure").truth === true;
  // Azure's API infers "cilium"; azurerm requires it explicitly.
  return implied && dialect.tool === "azure-native" ? { because: "nothing to do" } : undefined;
}

function choicesFor(cluster: Cluster, autoSet: AutoSet): Choice[] | Refusal {
  const { plugin, profile } = cluster;
  const { yes, hinted } = windowsPools(cluster);
  const windows = any(yes, hinted).truth === true;
  if (profile.truth === false) {
    if (!autoSet.wholeProfile) return { because: "no network profile" };
    const engines = withEngine(autoSet.engine, windows ? [] : [pair]);
    return engines.map((choice) => ({ ...wholeProfile, ...choice }));
  }
  if (plugin.state === "absent") return { because: "no plugin" };
  return withEngine(autoSet.engine, windows ? [{ engine: "calico" }] : [pair, { engine: "calico" }]);
}

function withEngine(engine: AutoSet["engine"], auto: Choice[]): Choice[] {
  switch (engine) {
    case "auto":
      return auto;
    case "cilium":
      return [pair];
    case "calico":
    case "azure":
      return [{ engine }];
  }
}

/**
 * The settings that the choice adds; `undefined` if it would change an existing value or the dialect cannot
 * express it.
 */
function additions(cluster: Cluster, choice: Choice, dialect: Dialect): readonly Assignment[] | undefined {
  const settings = assignments(cluster, choice, dialect);
  const stands = settings.some(({ setting }) => cluster[setting].state !== "absent");
  const wordless = (["plugin", "mode", "dataplane", "engine"] as const).some(
    (name) => choice[name] !== undefined && dialect.settings[name].length === 0,
  );
  return stands || wordless ? undefined : settings;
}
