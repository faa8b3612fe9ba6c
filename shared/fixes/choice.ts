import type { Cluster, Dataplane, Engine, Mode, Plugin } from "../cluster/cluster";
import type { Setting } from "../cluster/setting";
import { is, isUnrecognized } from "../cluster/setting";
import { isTooOldFor } from "../dialects/at-version";
import type { Dialect } from "../dialects/dialect";
import { rules } from "../rules";
import type { Circumstances } from "../rules/rule";

/** One setting that is written, and where. */
export interface Assignment {
  readonly setting: keyof Choice;
  readonly path: string;
  readonly value: string | boolean;
}

/** The settings that a fix or auto-set chooses. */
export interface Choice {
  readonly plugin?: Plugin;
  readonly mode?: Mode;
  readonly dataplane?: Dataplane;
  readonly engine?: Engine;
}

const choosable = ["plugin", "mode", "dataplane", "engine"] as const;

/**
 * The part of `choice` that the cluster does not have yet, in the cluster's own spelling. Names that this
 * version does not have are left out, unless a newer version is advised.
 */
export function assignments(
  cluster: Cluster,
  choice: Choice,
  dialect: Dialect,
  newerVersion = false,
): Assignment[] {
  // Once a part is written, the module no longer uses its own values for that part.
  const isGone = dialect.ownPart !== undefined && cluster.profile.truth === false;
  const whole: Choice = isGone ? { ...choiceOf(cluster), ...choice } : choice;
  return choosable.flatMap((name) => {
    const value = whole[name];
    const setting: Setting<unknown> = cluster[name];
    if (value === undefined || (!isGone && is(setting, value).truth === true)) return [];
    const hasName = dialect.settings[name].length > 0 || (newerVersion && isTooOldFor(dialect, name));
    return hasName ? [{ setting: name, path: setting.path, value }] : [];
  });
}

/** The cluster's current settings, as far as they are known and valid. */
function choiceOf(cluster: Cluster): Choice {
  return Object.fromEntries(
    choosable.flatMap((name) => {
      const setting: Setting<unknown> = cluster[name];
      return setting.state === "known" && !isUnrecognized(setting.value) ? [[name, setting.value]] : [];
    }),
  );
}

/** The cluster with `choice` written over it. */
export function withChoice(cluster: Cluster, choice: Choice): Cluster {
  const chosen = <T>(setting: Setting<T>, value: T | undefined): Setting<T> =>
    value === undefined ? setting : { state: "known", value, path: setting.path };
  return {
    ...cluster,
    plugin: chosen(cluster.plugin, choice.plugin),
    mode: chosen(cluster.mode, choice.mode),
    dataplane: chosen(cluster.dataplane, choice.dataplane),
    engine: chosen(cluster.engine, choice.engine),
  };
}

/** Does every rule pass once `choice` is written? */
export function passesWith(cluster: Cluster, choice: Choice, circumstances: Circumstances): boolean {
  const after = withChoice(cluster, choice);
  return rules.every((rule) => rule.judge(after, circumstances).verdict === "pass");
}

/** Does any rule fail once `choice` is written? */
export function failsWith(cluster: Cluster, choice: Choice, circumstances: Circumstances): boolean {
  const after = withChoice(cluster, choice);
  return rules.some((rule) => rule.judge(after, circumstances).verdict === "fail");
}
