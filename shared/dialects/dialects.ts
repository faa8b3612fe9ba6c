import type { Cluster, OperatingSystem, Plugin, Pool, Sku, Tool } from "../cluster/cluster";
import {
  dataplanes,
  engines,
  ipFamilies,
  modes,
  nodeProvisioningModes,
  operatingSystems,
  plugins,
  realEngines,
  skus,
} from "../cluster/cluster";
import type { Answer, Setting, Unrecognized } from "../cluster/setting";
import { answer, is, isUnrecognized, unknownBecauseOf, unstated, wrongIn } from "../cluster/setting";
import { closestWord } from "../reading/closest-word";
import type { Field } from "../reading/field";
import { absentField, shapeOf, unknownField } from "../reading/field";

/**
 * How one kind of resource spells a cluster. A dialect is data, so that the same paths read a cluster, spell the
 * rules' worked examples and name the lines that fix a finding. Where a setting had several names in its history, the
 * current one comes first; an empty list means that the dialect cannot say it.
 */
export interface Dialect {
  readonly name: PulumiDialectName | TerraformDialectName;
  readonly tool: Tool;
  /** azurerm's validators compare values exactly; Azure's API does not. */
  readonly caseSensitive: boolean;
  /** A block that may stand once arrives as an object, or as a list of one where a bridge did not flatten it. */
  readonly blocksMayBeLists: boolean;
  readonly settings: Readonly<Record<SettingName, readonly string[]>>;
  /** What a setting is where nobody writes it. */
  readonly defaults?: { readonly sku?: Sku; readonly plugin?: Plugin };
  /** It changes what it states on a cluster that exists and leaves the rest: what it does not state is not absent. */
  readonly patch?: true;
  /** What a user calls the whole of it where none of it can be seen into. */
  readonly whole?: string;
  /** Absent, the whole part is what a module's own version makes of it. */
  readonly unknownWithout?: string;
  /** Settings that the resource's API version does not have yet: no fix may write them. */
  readonly tooOldFor?: readonly SettingName[];
  /** Where pools are declared inside the cluster: a list of them, a map of them, or one block that is always Linux. */
  readonly poolsInside: { readonly path: string; readonly one: boolean; readonly map?: true };
  readonly pool: PoolPaths;
  /** How a pool that is declared apart names its cluster. */
  readonly poolsCluster: { readonly path: string; readonly by: "name" | "id" };
  /** What the cluster itself is called, to recognise it in `poolsCluster`. */
  readonly identity: { readonly name: string; readonly resourceGroup: string };
}

/** A dialect of Pulumi programs. */
export interface PulumiDialect extends Dialect {
  readonly name: PulumiDialectName;
}

export type PulumiDialectName = "azure-native" | "azure" | "azurerm, bridged";

export type TerraformDialectName =
  | "azurerm"
  | "azurerm, typed"
  | "azurerm, automatic"
  | "azapi"
  | "azapi, patch"
  | "ARM template"
  | "module Azure/aks"
  | "module Azure/aks, typed"
  | "module Azure/avm"
  | "module Azure/avm, typed"
  | "module";

export type SettingName =
  | "engine"
  | "plugin"
  | "mode"
  | "dataplane"
  | "sku"
  | "ipFamilies"
  | "nodeProvisioning"
  | "advancedNetworkSecurity"
  | "windowsProfile";

export interface PoolPaths {
  readonly name: string;
  /** The pool's name where it is a resource of its own, if that differs. */
  readonly nameApart?: string;
  /** Empty where pools inside the cluster cannot say it. */
  readonly os: string;
  readonly osSku: string;
  readonly autoscaling: readonly string[];
  readonly count: string;
  readonly maximum: string;
}

/** Resources shaped like Azure's API, as `@pulumi/azure-native` declares them (types of 2.92.3 and 3.28.0). `ebpfDataplane` is the dataplane's name in previews of 2022. */
export const azureNative: PulumiDialect = {
  name: "azure-native",
  tool: "azure-native",
  caseSensitive: false,
  blocksMayBeLists: false,
  settings: {
    engine: ["networkProfile.networkPolicy"],
    plugin: ["networkProfile.networkPlugin"],
    mode: ["networkProfile.networkPluginMode"],
    dataplane: ["networkProfile.networkDataplane", "networkProfile.ebpfDataplane"],
    sku: ["sku.name"],
    ipFamilies: ["networkProfile.ipFamilies"],
    nodeProvisioning: ["nodeProvisioningProfile.mode"],
    advancedNetworkSecurity: ["networkProfile.advancedNetworking.security.enabled"],
    windowsProfile: ["windowsProfile"],
  },
  poolsInside: { path: "agentPoolProfiles", one: false },
  pool: {
    name: "name",
    nameApart: "agentPoolName",
    os: "osType",
    osSku: "osSKU",
    autoscaling: ["enableAutoScaling"],
    count: "count",
    maximum: "maxCount",
  },
  poolsCluster: { path: "resourceName", by: "name" },
  identity: { name: "resourceName", resourceGroup: "resourceGroupName" },
};

/**
 * azure-native's modules of API versions before 2022, which know neither the dataplane nor the plugin's mode (modules
 * v20190601 and v20210501 of 2.92.3).
 */
export const azureNativeBefore2022: PulumiDialect = { ...azureNative, tooOldFor: ["dataplane", "mode"] };

/** Pulumi's classic provider, as `@pulumi/azure` 6.40.0 declares it; `ebpfDataPlane` and `enableAutoScaling` are version 5's names. */
export const azureClassic: PulumiDialect = {
  name: "azure",
  tool: "azure",
  caseSensitive: true,
  blocksMayBeLists: true,
  settings: {
    engine: ["networkProfile.networkPolicy"],
    plugin: ["networkProfile.networkPlugin"],
    mode: ["networkProfile.networkPluginMode"],
    dataplane: ["networkProfile.networkDataPlane", "networkProfile.ebpfDataPlane"],
    sku: [],
    ipFamilies: ["networkProfile.ipVersions"],
    nodeProvisioning: ["nodeProvisioningProfile.mode"],
    advancedNetworkSecurity: ["networkProfile.advancedNetworking.securityEnabled"],
    windowsProfile: ["windowsProfile"],
  },
  poolsInside: { path: "defaultNodePool", one: true },
  pool: {
    name: "name",
    os: "osType",
    osSku: "osSku",
    autoscaling: ["autoScalingEnabled", "enableAutoScaling"],
    count: "nodeCount",
    maximum: "maxCount",
  },
  poolsCluster: { path: "kubernetesClusterId", by: "id" },
  identity: { name: "name", resourceGroup: "resourceGroupName" },
};

/** The Terraform provider through Pulumi's bridge for any provider: the classic spelling under another name. */
export const azurermBridged: PulumiDialect = { ...azureClassic, name: "azurerm, bridged", tool: "azurerm" };

/**
 * The classic provider before version 6, and azurerm before 4.0 through the bridge: their schemas know the dataplane by
 * its older name only.
 */
export const azureClassicBefore6 = withOlderDataplane(azureClassic);
export const azurermBridgedBefore4 = withOlderDataplane(azurermBridged);

function withOlderDataplane(dialect: PulumiDialect): PulumiDialect {
  const { settings } = dialect;
  return { ...dialect, settings: { ...settings, dataplane: [...settings.dataplane].reverse() } };
}

/** The dialects of Pulumi programs. */
export const dialects: readonly PulumiDialect[] = [azureNative, azureClassic, azurermBridged];

/** Reads a cluster as far as its parts are known. Never throws on data. */
export function readCluster(whole: Field, dialect: Dialect): Cluster {
  const { unknownWithout } = dialect;
  const root =
    unknownWithout !== undefined && walk(whole, unknownWithout, dialect).field.kind === "absent"
      ? withUnknown(whole, unknownWithout)
      : whole;
  const cluster = readWritten(root, dialect);
  return dialect.patch === true ? asPatch(cluster) : cluster;
}

/** The same part with one name of it not known. */
function withUnknown(field: Field, name: string): Field {
  if (field.kind !== "object") return field;
  return { ...field, child: (child) => (child === name ? unknownField : field.child(child)) };
}

/** What a patch leaves out is whatever the cluster has; its SKU is taken to be the usual one. */
function asPatch(cluster: Cluster): Cluster {
  const left = <T>(setting: Setting<T>): Setting<T> =>
    setting.state === "absent" ? { state: "unknown", path: setting.path, unknownAt: unstated } : setting;
  return {
    ...cluster,
    engine: left(cluster.engine),
    plugin: left(cluster.plugin),
    mode: left(cluster.mode),
    dataplane: left(cluster.dataplane),
    ipFamilies: left(cluster.ipFamilies),
    nodeProvisioning: left(cluster.nodeProvisioning),
    advancedNetworkSecurity: left(cluster.advancedNetworkSecurity),
    pools: left(cluster.pools),
  };
}

function readWritten(root: Field, dialect: Dialect): Cluster {
  const at = (name: SettingName): Found => find(root, dialect.settings[name], dialect);
  const word = <T extends string>(name: SettingName, words: readonly T[]): Setting<T | Unrecognized> =>
    wordOf(at(name), words, dialect.caseSensitive);
  const withDefault = <T>(setting: Setting<T>, value: T | undefined): Setting<T> =>
    setting.state === "absent" && value !== undefined
      ? { state: "known", path: setting.path, value }
      : setting;
  return {
    profile: isWritten(walk(root, blockAround(dialect.settings.engine[0] ?? ""), dialect), dialect),
    // An engine is expected; that ARM has a word for none is no advice.
    engine: wordOf(at("engine"), engines, dialect.caseSensitive, realEngines),
    plugin: withDefault(word("plugin", plugins), dialect.defaults?.plugin),
    mode: word("mode", modes),
    dataplane: word("dataplane", dataplanes),
    sku: withDefault(word("sku", skus), dialect.defaults?.sku),
    ipFamilies: stackOf(at("ipFamilies"), dialect),
    nodeProvisioning: word("nodeProvisioning", nodeProvisioningModes),
    advancedNetworkSecurity: truthOf(at("advancedNetworkSecurity")),
    windowsProfile: isWritten(at("windowsProfile"), dialect),
    pools: poolsInside(root, dialect),
    separatePools: [],
  };
}

/** The path of the block that a setting stands in; a setting outside of any block is its own. */
function blockAround(path: string): string {
  const end = path.lastIndexOf(".");
  return end === -1 ? path : path.slice(0, end);
}

/** Reads a pool that is declared as a resource of its own. */
export function readPool(root: Field, dialect: Dialect): Pool {
  return readPoolAt(root, poolApart, dialect);
}

interface Found {
  readonly field: Field;
  readonly path: string;
  /** The outermost part that is unknown or of the wrong shape; equal to `path` where that is the setting itself. */
  readonly at: string;
}

function find(root: Field, paths: readonly string[], dialect: Dialect, place = wholeCluster): Found {
  let first: Found | undefined;
  for (const path of paths) {
    const found = walk(root, path, dialect, place);
    if (!isEmpty(found.field)) return found;
    first ??= found;
  }
  const itself = place.named("");
  return first ?? { field: absentField, path: itself, at: itself };
}

/** Where paths begin: at the cluster, or at a pool of it. */
interface Place {
  /** What a user calls a part of it. */
  readonly named: (part: string) => string;
  /** The dialects' paths are few, and every cluster is read by them: each is taken apart once. */
  readonly routes: Map<string, Route>;
}

interface Route {
  readonly path: string;
  /** The place itself. */
  readonly start: string;
  readonly steps: readonly { readonly name: string; readonly at: string }[];
}

function placeWith(named: Place["named"]): Place {
  return { named, routes: new Map() };
}

const wholeCluster = placeWith((part) => part);
/** A pool that stands apart has no place inside the cluster that its settings could be named by. */
const poolApart = placeWith((part) =>
  part === "" ? "a node pool declared apart" : `${part} of a node pool declared apart`,
);
const poolsInsideAt = new Map<string, Place>();

function poolInside(path: string): Place {
  const known = poolsInsideAt.get(path);
  if (known !== undefined) return known;
  const place = placeWith((part) => join(path, part));
  poolsInsideAt.set(path, place);
  return place;
}

function routeOf(path: string, { named, routes }: Place): Route {
  const known = routes.get(path);
  if (known !== undefined) return known;
  const names = path.split(".");
  const steps = names.map((name, i) => ({ name, at: named(names.slice(0, i + 1).join(".")) }));
  const route = { path: named(path), start: named(""), steps };
  routes.set(path, route);
  return route;
}

function walk(root: Field, route: string, dialect: Dialect, place = wholeCluster): Found {
  const { path, start, steps } = routeOf(route, place);
  let field = root;
  let at = start;
  for (const step of steps) {
    const block = blockOf(field, dialect);
    if (block.kind !== "object") return { field: block, path, at };
    at = step.at;
    field = block.child(step.name);
  }
  return { field, path, at };
}

function blockOf(field: Field, dialect: Dialect): Field {
  if (!dialect.blocksMayBeLists || field.kind !== "list") return field;
  const [only = absentField, ...others] = field.items();
  return others.length === 0 ? only : field;
}

function unrecognized(found: Found, expected: string): { state: "known"; value: Unrecognized; path: string } {
  const { field, path, at } = found;
  const shape = field.kind === "absent" || field.kind === "unknown" ? "nothing" : shapeOf(field);
  return {
    state: "known",
    path,
    value: { unrecognized: shape, at, expected: at === path ? expected : "an object" },
  };
}

/** Azure and azurerm both treat an empty text like no value. */
function isEmpty(field: Field): boolean {
  return field.kind === "absent" || (field.kind === "scalar" && field.value === "");
}

/** What is absent or unknown reads the same for every kind of setting; `undefined` means that something is written. */
function notWritten(found: Found): Exclude<Setting<never>, { state: "known" }> | undefined {
  const { field, path, at } = found;
  if (isEmpty(field)) return { state: "absent", path };
  if (field.kind === "unknown") return { state: "unknown", path, unknownAt: at };
  return undefined;
}

/** What is written at the very place of a setting, where that is no block and no list. */
function scalarAt({ field, path, at }: Found): string | number | boolean | undefined {
  return at === path && field.kind === "scalar" ? field.value : undefined;
}

function wordOf<T extends string>(
  found: Found,
  words: readonly T[],
  caseSensitive: boolean,
  advised: readonly T[] = words,
): Setting<T | Unrecognized> {
  const unwritten = notWritten(found);
  if (unwritten !== undefined) return unwritten;
  const { path } = found;
  const wrong = () => unrecognized(found, `one of ${advised.join(", ")}`);
  const text = scalarAt(found);
  if (typeof text !== "string") return wrong();
  const match =
    words.find((word) => word === text) ??
    (caseSensitive ? undefined : words.find((word) => isSameWord(word, text)));
  if (match !== undefined) return { state: "known", path, value: match };
  return { state: "known", path, value: { ...wrong().value, closest: closestWord(text, advised) } };
}

/** The same but for case, in the letters that Azure's words have: to Unicode a Kelvin sign is a capital k. */
function isSameWord(word: string, text: string): boolean {
  return word.toLowerCase() === text.toLowerCase() && word.toUpperCase() === text.toUpperCase();
}

function stackOf(found: Found, dialect: Dialect): Setting<"single stack" | "dual stack" | Unrecognized> {
  const unwritten = notWritten(found);
  if (unwritten !== undefined) return unwritten;
  const { field, path, at } = found;
  const expected = `a list of ${ipFamilies.join(", ")}`;
  if (at !== path || field.kind !== "list") return unrecognized(found, expected);
  const families = field
    .items()
    .map((item, i) =>
      wordOf({ field: item, path: `${path}[${i}]`, at: `${path}[${i}]` }, ipFamilies, dialect.caseSensitive),
    );
  const wrong = families.map(wrongIn).find((each) => each !== undefined);
  if (wrong !== undefined) return { state: "known", path, value: wrong };
  const has = (name: (typeof ipFamilies)[number]): boolean =>
    families.some((family) => is(family, name).truth === true);
  if (has("IPv4") && has("IPv6")) return { state: "known", path, value: "dual stack" };
  const open = families.find((family) => family.state === "unknown");
  if (open?.state === "unknown") return { state: "unknown", path, unknownAt: open.unknownAt };
  return { state: "known", path, value: "single stack" };
}

function truthOf(found: Found): Setting<boolean | Unrecognized> {
  const unwritten = notWritten(found);
  if (unwritten !== undefined) return unwritten;
  const text = String(scalarAt(found)).toLowerCase();
  return text === "true" || text === "false"
    ? { state: "known", path: found.path, value: text === "true" }
    : unrecognized(found, "true or false");
}

function numberOf(found: Found): Setting<number | Unrecognized> {
  const unwritten = notWritten(found);
  if (unwritten !== undefined) return unwritten;
  const wrong = () => unrecognized(found, "a number of nodes");
  // A text that only JavaScript takes for a number, such as a blank, counts no nodes.
  const digits = /^(-?)\d+$/.exec(String(scalarAt(found)));
  if (digits === null) return wrong();
  return digits[1] === "-"
    ? { state: "known", path: found.path, value: { ...wrong().value, unrecognized: "a negative number" } }
    : { state: "known", path: found.path, value: Number(digits[0]) };
}

function isWritten(found: Found, dialect: Dialect): Answer {
  switch (blockOf(found.field, dialect).kind) {
    case "absent":
      return answer(false);
    case "unknown":
      return unknownBecauseOf(found.at);
    case "scalar":
    case "list":
    case "object":
      return answer(true);
  }
}

function poolsInside(root: Field, dialect: Dialect): Cluster["pools"] {
  const { path, one, map = false } = dialect.poolsInside;
  const found = walk(root, path, dialect);
  if (one && found.at === path) {
    const block = blockOf(found.field, dialect);
    if (isEmpty(block)) return { state: "absent", path };
    if (block.kind === "scalar" || block.kind === "list")
      return unrecognized({ ...found, field: block }, "an object");
    const pool = readPoolAt(block, poolInside(path), dialect);
    // azurerm: "default_node_pool" takes Linux only (Terraform Registry, azurerm_kubernetes_cluster, read 2026-08).
    return { state: "known", path, value: [{ ...pool, os: { ...pool.os, state: "known", value: "Linux" } }] };
  }
  const unwritten = notWritten(found);
  if (unwritten !== undefined) return unwritten;
  const items = poolsOf(found.field, map);
  if (found.at !== path || items === undefined)
    return unrecognized(found, map ? "a map of pools" : "a list of pools");
  const wrong = items.findIndex((item) => item.kind !== "object" && item.kind !== "unknown");
  const wrongItem = items[wrong];
  if (wrongItem !== undefined) {
    const at = `${path}[${wrong}]`;
    return {
      state: "known",
      path,
      value: unrecognized({ field: wrongItem, path: at, at }, "an object").value,
    };
  }
  return {
    state: "known",
    path,
    value: items.map((item, i) => readPoolAt(item, poolInside(`${path}[${i}]`), dialect)),
  };
}

/** The pools of a list, or of a map where the dialect has one; `undefined` where there is neither. */
function poolsOf(field: Field, map: boolean): readonly Field[] | undefined {
  if (field.kind === "list") return field.items();
  return map && field.kind === "object"
    ? (field.names?.() ?? []).map((name) => field.child(name))
    : undefined;
}

function readPoolAt(root: Field, place: Place, dialect: Dialect): Pool {
  const at = (path: string): Found => walk(root, path, dialect, place);
  const { pool } = dialect;
  const os: Setting<OperatingSystem | Unrecognized> = wordOf(
    at(pool.os),
    operatingSystems,
    // A Windows pool stays one however it is spelt.
    false,
  );
  const apart = place === poolApart && pool.nameApart !== undefined ? at(pool.nameApart).field : absentField;
  const name = isEmpty(apart) ? at(pool.name).field : apart;
  return {
    name: name.kind === "scalar" ? String(name.value) : undefined,
    os,
    windowsImage: os.state === "absent" ? startsWithWindows(at(pool.osSku)) : answer(false),
    maximumNodes: maximumNodes(
      truthOf(find(root, pool.autoscaling, dialect, place)),
      at(pool.count),
      at(pool.maximum),
    ),
  };
}

function maximumNodes(
  autoscaling: Setting<boolean | Unrecognized>,
  count: Found,
  most: Found,
): Pool["maximumNodes"] {
  switch (autoscaling.state) {
    case "unknown":
      return autoscaling;
    case "absent":
      return numberOf(count);
    case "known": {
      const { value, path } = autoscaling;
      if (isUnrecognized(value)) return { state: "known", path, value };
      return numberOf(value && !isEmpty(most.field) ? most : count);
    }
  }
}

function startsWithWindows(found: Found): Answer {
  if (found.field.kind === "unknown") return unknownBecauseOf(found.at);
  return answer(String(scalarAt(found)).toLowerCase().startsWith("windows"));
}

function join(path: string, name: string): string {
  return name === "" ? path : `${path}.${name}`;
}

/** What a cluster is known to be called, in lower case, because Azure's names are case-insensitive. */
export interface Identity {
  readonly name: string | undefined;
  readonly resourceGroup: string | undefined;
}

/** The name and resource group that a cluster declares, or that its outputs show, as far as they are known. */
export function clusterIdentity(root: Field, dialect: Dialect): Identity {
  const { name, resourceGroup } = dialect.identity;
  return {
    // azure-native names its resources by `resourceName` in inputs and by `name` in outputs.
    name: textAt(root, name, dialect) ?? textAt(root, "name", dialect),
    resourceGroup:
      textAt(root, resourceGroup, dialect) ?? identityOfId(textAt(root, "id", dialect))?.resourceGroup,
  };
}

/** The cluster that a pool declared apart says it belongs to, as far as that is known. */
export function poolsClusterIdentity(root: Field, dialect: Dialect): Identity {
  const { path, by } = dialect.poolsCluster;
  const text = textAt(root, path, dialect);
  switch (by) {
    case "name":
      return { name: text, resourceGroup: textAt(root, dialect.identity.resourceGroup, dialect) };
    case "id":
      return identityOfId(text) ?? { name: undefined, resourceGroup: undefined };
  }
}

/** `/subscriptions/…/resourceGroups/GROUP/providers/Microsoft.ContainerService/managedClusters/NAME`, and what may follow. */
function identityOfId(id: string | undefined): Identity | undefined {
  if (id === undefined) return undefined;
  const parts = id.split("/");
  const after = (part: string): string | undefined => parts[parts.indexOf(part) + 1];
  if (!parts.includes("managedclusters")) return undefined;
  return {
    name: after("managedclusters"),
    resourceGroup: parts.includes("resourcegroups") ? after("resourcegroups") : undefined,
  };
}

/** Do both name the same cluster, as far as they are known? Nothing known is no match. */
export function sameCluster(a: Identity, b: Identity): boolean {
  if (a.name === undefined || a.name !== b.name) return false;
  return (
    a.resourceGroup === undefined || b.resourceGroup === undefined || a.resourceGroup === b.resourceGroup
  );
}

function textAt(root: Field, path: string, dialect: Dialect): string | undefined {
  const { field } = walk(root, path, dialect);
  return field.kind === "scalar" ? String(field.value).toLowerCase() : undefined;
}
