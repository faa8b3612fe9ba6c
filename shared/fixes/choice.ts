import type { Cluster, Dataplane, Engine, Mode, Plugin } from "../cluster/cluster";
import type { Setting } from "../cluster/setting";
import { is, isUnrecognized } from "../cluster/setting";
import type { Dialect } from "../dialects/dialect";
import { rules } from "../rules";
import type { Circumstances } from "../rules/rule";
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
 * The part of `choice` that the cluster does not say yet, in the spelling that it uses itself; without what the version at
 * hand does not have, unless a newer one is advised.
 */
export function assignments(
  cluster: Cluster,
  choice: Choice,
  dialect: Dialect,
  newerVersion = false,
): Assignment[] {
  // What a module takes for a part that nobody writes is gone once the part is written.
  const isGone = dialect.ownPart !== undefined && cluster.profile.truth === false;
  const whole: Choice = isGone ? { ...choiceOf(cluster), ...choice } : choice;
  return choosable.flatMap((name) => {
    const value = whole[name];
    const setting: Setting<unknown> = cluster[name];
    if (value === undefined || (!isGone && is(setting, value).truth === true)) return [];
    const [current = newerVersion ? dialect.absentNames?.[name]?.[0] : undefined] = dialect.settings[name];
    return current === undefined
      ? []
      : [{ setting: name, path: setting.state === "absent" ? current : setting.path, value }];
  });
}

/** What the cluster has, as far as that is known and right. */
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
