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
  const read = readWritten(root, dialect);
  const cluster: Cluster = { ...(root === whole ? read : ofOwnPart(read)), profile };
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

function ofOwnPart<Read extends Omit<Cluster, "profile">>(cluster: Read): Read {
  const { engine, plugin, mode } = cluster;
  return { ...cluster, engine: byDefault(engine), plugin: byDefault(plugin), mode: byDefault(mode) };
}

function byDefault<T>(setting: Setting<T>): Setting<T> {
  return setting.state === "known" ? { ...setting, isDefault: true } : setting;
}

/** What a patch leaves out is whatever the cluster has; its SKU is taken to be the usual one. Null and an empty text are stated. */
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
      ? byDefault({ state: "known", path: setting.path, value })
      : setting;
  const engineAt = at("engine");
  const engine = withDefault(
    // An engine is expected: ARM's word for none is not advised.
    wordOf(engineAt, dialect.engines ?? engines, dialect.caseSensitive, dialect.engines ?? realEngines),
    // An empty text is a value for a module.
    engineAt.field.kind === "absent" ? dialect.defaults?.engine : undefined,
  );
  const cluster: Omit<Cluster, "profile"> = {
    engine,
    plugin: withDefault(word("plugin", plugins), dialect.defaults?.plugin),
    mode: withDefault(word("mode", modes), dialect.defaults?.mode),
    dataplane: dialect.dataplaneByEngine === true ? dataplaneOf(engine) : word("dataplane", dataplanes),
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

/** The dataplane of a module that chooses it by the engine. */
function dataplaneOf(engine: Cluster["engine"]): Cluster["dataplane"] {
  const { path } = engine;
  if (engine.state === "unknown") return { state: "unknown", path, unknownAt: engine.unknownAt };
  return is(engine, "cilium").truth === true
    ? { state: "known", path, value: "cilium" }
    : { state: "absent", path };
}

/** What is written under names that the version at hand does not have. */
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
