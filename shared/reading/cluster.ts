import type { Cluster, NotInVersion } from "../cluster/cluster";
import {
  accelerationModes,
  dataplanes,
  engines,
  modes,
  nodeProvisioningModes,
  plugins,
  realEngines,
  skus,
  transitEncryptions,
} from "../cluster/cluster";
import type { Setting, Unrecognized } from "../cluster/setting";
import { answer, is, unstated } from "../cluster/setting";
import type { Dialect, SettingName } from "../dialects/dialect";
import type { Field } from "./field";
import type { Located } from "./paths";
import { find, walk } from "./paths";
import { absentField, isEmpty, isStated, plainField, unknownField } from "./field";
import { poolsInside } from "./pool";
import { ipFamiliesOf, isWritten, textOf, truthOf, wordOf } from "./values";

/** Reads a cluster as far as its parts are known. Never throws on data. */
export function readCluster(whole: Field, dialect: Dialect): Cluster {
  const root = withOwnPart(whole, dialect);
  const profile = isWritten(walk(whole, blockAround(dialect.settings.engine[0] ?? ""), dialect), dialect);
  const cluster: Cluster = { ...readWritten(root, dialect), profile };
  return dialect.patch === true ? asPatch(cluster, root, dialect) : cluster;
}

/** The same cluster with the module's own values for a part that is not written. */
function withOwnPart(root: Field, { ownPart }: Dialect): Field {
  if (ownPart === undefined || root.kind !== "object") return root;
  const { path, values } = ownPart;
  const written = root.child(path);
  if (written.kind !== "absent") return root;
  const part = isStated(written) ? unknownField : plainField(values);
  return { ...root, child: (name) => (name === path ? part : root.child(name)) };
}

/**
 * What a patch leaves out keeps the cluster's value; its SKU is assumed to be the default. Null and an empty
 * string are stated.
 */
function asPatch(cluster: Cluster, root: Field, dialect: Dialect): Cluster {
  const isPathStated = (path: string): boolean => {
    const { field, at } = walk(root, path, dialect);
    // A document that is null as a whole states nothing.
    return at.includes(".") && isStated(field);
  };
  const left = <T>(setting: Setting<T>, paths: readonly string[]): Setting<T> =>
    setting.state !== "absent" || paths.some(isPathStated)
      ? setting
      : { state: "unknown", path: setting.path, unknownAt: unstated };
  const { settings, poolsInside: inside } = dialect;
  return {
    ...cluster,
    engine: left(cluster.engine, settings.engine),
    plugin: left(cluster.plugin, settings.plugin),
    mode: left(cluster.mode, settings.mode),
    dataplane: left(cluster.dataplane, settings.dataplane),
    ipFamilies: left(cluster.ipFamilies, settings.ipFamilies),
    nodeProvisioning: left(cluster.nodeProvisioning, settings.nodeProvisioning),
    advancedNetworkSecurity: left(cluster.advancedNetworkSecurity, settings.advancedNetworkSecurity),
    transitEncryption: left(cluster.transitEncryption, settings.transitEncryption),
    accelerationMode: left(cluster.accelerationMode, settings.accelerationMode),
    kubernetesVersion: left(cluster.kubernetesVersion, settings.kubernetesVersion),
    pools: left(cluster.pools, [inside.path]),
  };
}

function readWritten(root: Field, dialect: Dialect): Omit<Cluster, "profile"> {
  const notInVersion = notInVersionOf(root, dialect);
  const at = (name: SettingName): Located => {
    const paths = dialect.settings[name];
    if (paths.length > 0) return find(root, paths, dialect);
    // This version has no such name, but users know the setting by its name in another version.
    const path = dialect.absentNames?.[name]?.[0] ?? "";
    return { field: absentField, path, at: path };
  };
  const word = <T extends string>(name: SettingName, words: readonly T[]): Setting<T | Unrecognized> => {
    const setting = wordOf(at(name), words, dialect.caseSensitive);
    if (setting.state !== "known" || typeof setting.value !== "string") return setting;
    if (dialect.absentValues?.[name]?.includes(setting.value) !== true) return setting;
    notInVersion.push({ path: setting.path, value: setting.value });
    return { state: "absent", path: setting.path };
  };
  const withDefault = <T>(setting: Setting<T>, value: T | undefined): Setting<T> =>
    setting.state === "absent" && value !== undefined
      ? { state: "known", path: setting.path, value }
      : setting;
  const cluster: Omit<Cluster, "profile"> = {
    // A real engine is expected, so ARM's `none` is not suggested.
    engine: wordOf(at("engine"), engines, dialect.caseSensitive, realEngines),
    plugin: withDefault(word("plugin", plugins), dialect.defaults?.plugin),
    mode: word("mode", modes),
    dataplane: word("dataplane", dataplanes),
    sku: withDefault(word("sku", skus), dialect.defaults?.sku),
    ipFamilies: ipFamiliesOf(at("ipFamilies"), dialect),
    nodeProvisioning: word("nodeProvisioning", nodeProvisioningModes),
    advancedNetworkSecurity: truthOf(at("advancedNetworkSecurity")),
    transitEncryption: word("transitEncryption", transitEncryptions),
    accelerationMode: word("accelerationMode", accelerationModes),
    kubernetesVersion: textOf(at("kubernetesVersion")),
    windowsProfile: isWritten(at("windowsProfile"), dialect),
    pools: poolsInside(root, dialect),
    separatePools: [],
    ...(dialect.overlayUnless === undefined
      ? {}
      : { podSubnet: answer(dialect.overlayUnless.some((path) => isSomething(walk(root, path, dialect)))) }),
  };
  const sent = dialect.automaticSendsNoNetwork === true ? withoutUnsent(cluster) : cluster;
  return notInVersion.length === 0 ? sent : { ...sent, notInVersion };
}

/** What is written under names that this version does not have. */
function notInVersionOf(root: Field, dialect: Dialect): NotInVersion[] {
  if (dialect.absentNames === undefined) return [];
  return Object.values(dialect.absentNames)
    .flat()
    .filter((path) => isSomething(walk(root, path, dialect)))
    .map((path) => ({ path }));
}

/** Is anything written at exactly this path, known or not? */
function isSomething({ field, path, at }: Located): boolean {
  return at === path && !isEmpty(field);
}

/** With SKU Automatic the module does not send its network settings; with an unknown SKU it may not. */
function withoutUnsent<Read extends Omit<Cluster, "profile">>(cluster: Read): Read {
  const { sku, engine, plugin, mode, dataplane, ipFamilies } = cluster;
  const { advancedNetworkSecurity, transitEncryption, accelerationMode } = cluster;
  const isAutomatic = is(sku, "Automatic");
  if (isAutomatic.truth === false) return cluster;
  const sent = <T>(setting: Setting<T>): Setting<T> => {
    const { state, path } = setting;
    if (state === "absent" || isAutomatic.truth === true) return { state: "absent", path };
    return state === "unknown" || sku.state !== "unknown"
      ? setting
      : { state: "unknown", path, unknownAt: sku.unknownAt };
  };
  return {
    ...cluster,
    engine: sent(engine),
    plugin: sent(plugin),
    mode: sent(mode),
    dataplane: sent(dataplane),
    ipFamilies: sent(ipFamilies),
    advancedNetworkSecurity: sent(advancedNetworkSecurity),
    transitEncryption: sent(transitEncryption),
    accelerationMode: sent(accelerationMode),
  };
}

/** The path of the block around a setting; a top-level setting is its own. */
function blockAround(path: string): string {
  const end = path.lastIndexOf(".");
  return end === -1 ? path : path.slice(0, end);
}
