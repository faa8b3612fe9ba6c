import type { Cluster } from "../cluster/cluster";
import {
  dataplanes,
  engines,
  modes,
  nodeProvisioningModes,
  plugins,
  realEngines,
  skus,
} from "../cluster/cluster";
import type { Setting, Unrecognized } from "../cluster/setting";
import { unstated } from "../cluster/setting";
import type { Dialect, SettingName } from "../dialects/dialect";
import type { Field } from "./field";
import { unknownField } from "./field";
import type { Located } from "./paths";
import { find, walk } from "./paths";
import { poolsInside } from "./pool";
import { ipFamiliesOf, isWritten, truthOf, wordOf } from "./values";

/** Reads a cluster as far as its parts are known. Never throws on data. */
export function readCluster(whole: Field, dialect: Dialect): Cluster {
  const { unknownWithout } = dialect;
  const root =
    unknownWithout !== undefined && walk(whole, unknownWithout, dialect).field.kind === "absent"
      ? withUnknown(whole, unknownWithout)
      : whole;
  const cluster = readWritten(root, dialect);
  return dialect.patch === true ? asPatch(cluster, root, dialect) : cluster;
}

/** The same part, of which one name is not known. */
function withUnknown(field: Field, name: string): Field {
  if (field.kind !== "object") return field;
  return { ...field, child: (child) => (child === name ? unknownField : field.child(child)) };
}

/**
 * What a patch leaves out is whatever the cluster has; its SKU is taken to be the usual one. What it states to be nothing
 * is nothing.
 */
function asPatch(cluster: Cluster, root: Field, dialect: Dialect): Cluster {
  const left = <T>(setting: Setting<T>, paths: readonly string[]): Setting<T> =>
    setting.state === "absent" && !paths.some((path) => isStated(walk(root, path, dialect)))
      ? { state: "unknown", path: setting.path, unknownAt: unstated }
      : setting;
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
    pools: left(cluster.pools, [inside.path]),
  };
}

/** Is an empty text or a null written there, or in the place of a block around it? To a resource itself null is no value. */
function isStated({ field, at }: Located): boolean {
  return at.includes(".") && (field.kind !== "absent" || field.written === true);
}

function readWritten(root: Field, dialect: Dialect): Cluster {
  const at = (name: SettingName): Located => find(root, dialect.settings[name], dialect);
  const word = <T extends string>(name: SettingName, words: readonly T[]): Setting<T | Unrecognized> =>
    wordOf(at(name), words, dialect.caseSensitive);
  const withDefault = <T>(setting: Setting<T>, value: T | undefined): Setting<T> =>
    setting.state === "absent" && value !== undefined
      ? { state: "known", path: setting.path, value }
      : setting;
  return {
    profile: isWritten(walk(root, blockAround(dialect.settings.engine[0] ?? ""), dialect), dialect),
    // An engine is expected: ARM's word for none is not advised.
    engine: wordOf(at("engine"), engines, dialect.caseSensitive, realEngines),
    plugin: withDefault(word("plugin", plugins), dialect.defaults?.plugin),
    mode: word("mode", modes),
    dataplane: word("dataplane", dataplanes),
    sku: withDefault(word("sku", skus), dialect.defaults?.sku),
    ipFamilies: ipFamiliesOf(at("ipFamilies"), dialect),
    nodeProvisioning: word("nodeProvisioning", nodeProvisioningModes),
    advancedNetworkSecurity: truthOf(at("advancedNetworkSecurity")),
    windowsProfile: isWritten(at("windowsProfile"), dialect),
    pools: poolsInside(root, dialect),
    separatePools: [],
  };
}

/** The path of the block around a setting; a setting outside of any block is its own. */
function blockAround(path: string): string {
  const end = path.lastIndexOf(".");
  return end === -1 ? path : path.slice(0, end);
}
