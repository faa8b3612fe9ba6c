/**
 * A second implementation of the verdict: one plain function, written from Azure's documentation, over values
 * that are all known, and called for every possible value of an unknown one. It shares nothing with the
 * evaluator but the mark for unknown values, so the two can only agree by being correct.
 */
import { notKnownYet } from "../../shared/cluster/declaration";
import type { Spelling, SettingName } from "./spellings";

/** The rules that are implemented a second time here. For other rules, the table alone decides. */
export const readTwice: readonly string[] = [
  "network-policy-configured",
  "network-policy-compatible",
  "network-policy-supported",
];

/** What somebody wrote: JSON, in which `notKnownYet` may occur anywhere. */
export type Tree =
  null | boolean | number | string | typeof notKnownYet | readonly Tree[] | { readonly [name: string]: Tree };

/** A cluster's inputs and those of its separate pools. */
export interface Written {
  readonly cluster: Tree;
  readonly separatePools: readonly Tree[];
}

/** An organisation's configuration, and the date. */
export interface Ask {
  readonly today: string;
  readonly engines: readonly string[];
  readonly ownCni: "fail" | "warn" | "allow";
}

export type Judgement = "pass" | "fail" | "unknown";

type Open<T> = T | "unknown";
type Doubt = "wrong" | "nothing";
type Fact<T> = Open<T | Doubt>;

/** A summary of what is written. `wrong` is whatever Azure does not document. */
export interface Facts {
  readonly engine: Fact<"none" | "azure" | "calico" | "cilium">;
  readonly plugin: Fact<"azure" | "kubenet" | "none">;
  readonly dataplane: Fact<"azure" | "cilium">;
  readonly automatic: Open<boolean | "wrong">;
  readonly dualStack: Open<boolean | "wrong">;
  readonly autoProvisioning: Open<boolean | "wrong">;
  readonly security: Open<boolean | "wrong">;
  readonly encryption: Open<boolean | "wrong">;
  readonly acceleration: Open<boolean | "wrong">;
  /** Any other setting, or a pool, is not what Azure documents. */
  readonly somethingWrong: boolean;
  readonly windows: Open<boolean>;
  /** More than 250 nodes may be declared. */
  readonly manyNodes: Open<boolean | "wrong">;
}

const known = new Map<string, Judgement>();

export function judgedBy(facts: Facts, ask: Ask): Judgement {
  const key = `${JSON.stringify(facts)}${JSON.stringify(ask)}`;
  let judgement = known.get(key);
  if (judgement === undefined) {
    const worth = new Set([...completions(facts)].map((each) => isEnforced(each, ask)));
    judgement = worth.size === 2 ? "unknown" : worth.has(true) ? "pass" : "fail";
    known.set(key, judgement);
  }
  return judgement;
}

const engines = ["none", "azure", "calico", "cilium"] as const;
const plugins = ["azure", "kubenet", "none"] as const;
const dataplanes = ["azure", "cilium"] as const;
const either = [true, false] as const;

/**
 * Every possible value of the unknown. An unknown setting will have a documented value; only the engine may
 * become anything, because with anything else nothing is enforced.
 */
const mayBe: { readonly [Name in keyof Facts]: readonly Facts[Name][] } = {
  engine: ["nothing", "wrong", ...engines],
  plugin: ["nothing", ...plugins],
  dataplane: ["nothing", ...dataplanes],
  automatic: either,
  dualStack: either,
  autoProvisioning: either,
  security: either,
  encryption: either,
  acceleration: either,
  somethingWrong: [],
  windows: either,
  manyNodes: either,
};

function* completions(facts: Facts): Generator<Facts> {
  const open = (Object.keys(facts) as (keyof Facts)[]).find((name) => facts[name] === "unknown");
  if (open === undefined) yield facts;
  else for (const value of mayBe[open]) yield* completions({ ...facts, [open]: value });
}

/** Are network policies enforced on every pod, in a way that Azure accepts and supports on that day? */
function isEnforced(facts: Facts, { today, engines: accepted, ownCni }: Ask): boolean {
  const { engine, plugin, dataplane, automatic, dualStack, autoProvisioning, windows } = facts;
  const onlyCilium = [facts.security, facts.encryption, facts.acceleration];
  const wrong = [engine, plugin, dataplane, automatic, dualStack, autoProvisioning, ...onlyCilium];
  if (facts.somethingWrong || wrong.includes("wrong")) return false;
  if (automatic === true) {
    return ["nothing", "cilium"].includes(engine) && windows !== true && accepted.includes("cilium");
  }
  if (plugin === "none") {
    return (
      ["nothing", "none"].includes(engine) &&
      ownCni !== "fail" &&
      windows !== true &&
      !onlyCilium.includes(true)
    );
  }
  if (dataplane === "cilium") {
    const runs = ["nothing", "cilium"].includes(engine) && plugin !== "kubenet";
    return runs && windows !== true && accepted.includes("cilium");
  }
  if (onlyCilium.includes(true) || dualStack === true || !accepted.includes(engine)) return false;
  switch (engine) {
    case "calico": {
      if (autoProvisioning === true) return false;
      return plugin !== "kubenet" || (windows !== true && today <= "2028-03-31");
    }
    case "azure":
      if (plugin === "kubenet" || facts.manyNodes !== false) return false;
      return today <= (windows === true ? "2026-09-30" : "2028-09-30");
    case "cilium":
    case "none":
    case "nothing":
    case "wrong":
    case "unknown":
      return false;
  }
}

/** One part of what is written. */
type Part = Tree | undefined;

/** Represents a part below something that is not a block: like any undocumented text. */
const belowNonBlock = "(below something that is no block)";

export function factsOf({ cluster, separatePools }: Written, spelling: Spelling): Facts {
  const { settings, ignoresCase } = spelling;
  const isPathStated = (path: string): boolean => {
    const [document = ""] = path.split(".");
    // A document that is null or empty as a whole states nothing.
    return !isNothing(partAt(cluster, document, spelling)) && partAt(cluster, path, spelling) !== undefined;
  };
  const isStated = (name: SettingName): boolean => settings[name].some(isPathStated);
  const sku = wordOf(firstWritten(cluster, settings.sku, spelling), skus, ignoresCase);
  const read = (name: SettingName): Part => {
    const found = readAsWritten(name);
    // What is not sent is absent; if it may or may not be sent, it may or may not be present.
    if (spelling.automaticAlone !== true || !network.includes(name) || isNothing(found)) return found;
    return sku === "Automatic" ? undefined : sku === "unknown" ? notKnownYet : found;
  };
  const readAsWritten = (name: SettingName): Part => {
    const { ownProfile } = spelling;
    const profile = ownProfile === undefined ? "" : partAt(cluster, spelling.profile, spelling);
    const paths = settings[name];
    if (paths.some((path) => path.startsWith(`${spelling.profile}.`))) {
      if (profile === undefined) return ownProfile?.[name];
      if (profile === null) return notKnownYet;
    }
    const found = firstWritten(cluster, paths, spelling);
    if (found !== undefined) return found;
    // Null and an empty text are stated, and are empty.
    if (spelling.patch === true && name !== "sku" && !isStated(name)) return notKnownYet;
    return name === "plugin" ? spelling.plugin : name === "sku" ? spelling.sku : undefined;
  };
  const word = <T extends string>(name: SettingName, words: readonly T[]): Fact<T> =>
    wordOf(read(name), words, ignoresCase);
  const isWord = (name: SettingName, words: readonly string[], yes: string): Open<boolean | "wrong"> => {
    const found = word(name, words);
    return found === "wrong" || found === "unknown" ? found : found === yes;
  };
  const inside = partAt(cluster, spelling.pools.at, spelling);
  const leftOpen = spelling.patch === true && !isPathStated(spelling.pools.at);
  const pools = poolsOf(leftOpen ? notKnownYet : inside, besides(cluster, spelling), separatePools, spelling);
  const mode = word("mode", ["overlay"]);
  const engine = word("engine", engines);
  // A patch that removes the engine is no better for what it leaves unstated.
  const takesAway = (name: SettingName, ...by: readonly string[]): boolean =>
    spelling.patch === true && !isStated(name) && by.includes(engine);
  return {
    engine,
    plugin: takesAway("plugin", "none", "nothing") ? "azure" : word("plugin", plugins),
    dataplane: takesAway("dataplane", "nothing") ? "nothing" : word("dataplane", dataplanes),
    automatic:
      spelling.noAutomatic === true && sku === "Automatic" ? false : isWord("sku", skus, "Automatic"),
    dualStack: dualStackOf(read("ipFamilies"), ignoresCase),
    autoProvisioning: isWord("nodeProvisioning", ["Auto", "Manual"], "Auto"),
    security: truthOf(read("advancedNetworkSecurity")),
    encryption: isWord("transitEncryption", ["None", "WireGuard", "mTLS"], "WireGuard"),
    acceleration: isWord("accelerationMode", ["None", "BpfVeth"], "BpfVeth"),
    somethingWrong: mode === "wrong" || pools === "wrong" || pools.some(({ os }) => os === "wrong"),
    windows:
      pools === "wrong" ? false : anyOf(pools.map(({ os }) => (os === "unknown" ? os : os === "Windows"))),
    manyNodes: pools === "wrong" ? false : manyNodes(pools.map(({ nodes }) => nodes)),
  };
}

const skus = ["Base", "Basic", "Automatic"];
const network: readonly SettingName[] = [
  "engine",
  "plugin",
  "mode",
  "dataplane",
  "ipFamilies",
  "advancedNetworkSecurity",
];

function isNothing(part: Part): part is undefined | null | "" {
  return part === undefined || part === null || part === "";
}

/** A part by the names that lead to it. */
function partAt(root: Part, path: string, { listsAreBlocks }: Pick<Spelling, "listsAreBlocks">): Part {
  let part = root;
  for (const name of path.split(".")) {
    if (listsAreBlocks && Array.isArray(part)) {
      if (part.length > 1) return belowNonBlock;
      part = part[0] as Part;
    }
    if (part === notKnownYet) return part;
    if (isNothing(part)) return part;
    if (typeof part !== "object" || Array.isArray(part)) return belowNonBlock;
    part = Object.hasOwn(part, name) ? (part as { readonly [name: string]: Tree })[name] : undefined;
  }
  return part;
}

/** A setting may have had several names; the first one with a value counts. */
function firstWritten(root: Part, paths: readonly string[], spelling: Spelling): Part {
  for (const path of paths) {
    const part = partAt(root, path, spelling);
    if (!isNothing(part)) return part;
  }
  return undefined;
}

function wordOf<T extends string>(part: Part, words: readonly T[], ignoresCase: boolean): Fact<T> {
  if (part === notKnownYet) return "unknown";
  if (isNothing(part)) return "nothing";
  if (typeof part !== "string") return "wrong";
  const same = (word: string): boolean =>
    ignoresCase ? asciiLower(word) === asciiLower(part) : word === part;
  return words.find(same) ?? "wrong";
}

/** ASCII only: a Kelvin sign is not a k. */
function asciiLower(text: string): string {
  return text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}

function dualStackOf(part: Part, ignoresCase: boolean): Open<boolean | "wrong"> {
  if (part === notKnownYet) return "unknown";
  if (isNothing(part)) return false;
  if (!Array.isArray(part)) return "wrong";
  const families = part.map((each: Tree) => wordOf(each, ["IPv4", "IPv6"], ignoresCase));
  if (families.includes("wrong")) return "wrong";
  if (families.includes("IPv4") && families.includes("IPv6")) return true;
  return families.includes("unknown") ? "unknown" : false;
}

function truthOf(part: Part): Open<boolean | "wrong"> {
  if (part === notKnownYet) return "unknown";
  if (isNothing(part)) return false;
  if (typeof part !== "boolean" && typeof part !== "string") return "wrong";
  const text = asciiLower(String(part));
  return text === "true" || text === "false" ? text === "true" : "wrong";
}

interface Pool {
  readonly name: string | undefined;
  readonly os: Open<"Linux" | "Windows" | "wrong">;
  readonly nodes: Open<number | "wrong">;
}

const openPool: Pool = { name: undefined, os: "unknown", nodes: "unknown" };

function poolsOf(
  inside: Part,
  more: readonly Pool[] | "wrong",
  apart: readonly Tree[],
  spelling: Spelling,
): readonly Pool[] | "wrong" {
  const found = insidePools(inside, spelling);
  if (found === "wrong" || more === "wrong") return "wrong";
  const pools = [...found, ...more];
  for (const each of apart) {
    const pool = poolOf(each, spelling, spelling.pool.nameApart);
    // A pool that is also declared inside its cluster is one pool.
    const twin = pools.findIndex(({ name }) => name !== undefined && name === pool.name);
    const other = pools[twin];
    if (other === undefined) pools.push(pool);
    else pools[twin] = bothOf(other, pool);
  }
  return pools;
}

/** A module's additional pool next to the others. */
function besides(cluster: Tree, spelling: Spelling): readonly Pool[] | "wrong" {
  const { besides: at } = spelling.pools;
  if (at === undefined) return [];
  return insidePools(partAt(cluster, at, spelling), {
    ...spelling,
    pools: { at, form: "one, always Linux" },
  });
}

function insidePools(part: Part, spelling: Spelling): readonly Pool[] | "wrong" {
  const { form } = spelling.pools;
  const isMap = form === "map" && typeof part === "object" && part !== null && !Array.isArray(part);
  if (isNothing(part)) return [];
  if (part === notKnownYet)
    return [{ ...openPool, ...(form === "one, always Linux" ? { os: "Linux" } : {}) }];
  if (form === "one, always Linux") {
    if (Array.isArray(part) && part.length === 0) return [];
    const block = Array.isArray(part) && part.length === 1 ? (part[0] as Tree) : part;
    if (isNothing(block)) return [];
    if (block === notKnownYet) return [{ ...openPool, os: "Linux" }];
    if (typeof block !== "object" || Array.isArray(block)) return "wrong";
    return [{ ...poolOf(block, spelling, spelling.pool.name), os: "Linux" }];
  }
  if (!Array.isArray(part) && !isMap) return "wrong";
  const items: readonly Tree[] = Object.values(part as object);
  const areBlocks = items.every(
    (item) => item === notKnownYet || (typeof item === "object" && item !== null && !Array.isArray(item)),
  );
  return areBlocks ? items.map((item) => poolOf(item, spelling, spelling.pool.name)) : "wrong";
}

function poolOf(pool: Tree, spelling: Spelling, nameAt: string): Pool {
  const { os, autoscaling, count, maximum } = spelling.pool;
  const at = (...paths: string[]): Part => firstWritten(pool, paths, { ...spelling, listsAreBlocks: false });
  const name = at(nameAt, spelling.pool.name);
  const system = wordOf(at(os), ["Linux", "Windows"], true);
  const scales = truthOf(at(...autoscaling));
  const most = at(maximum);
  return {
    name: typeof name === "string" || typeof name === "number" ? asciiLower(String(name)) : undefined,
    os: system === "nothing" ? "Linux" : system,
    nodes:
      scales === "unknown" || scales === "wrong"
        ? scales
        : nodesOf(scales && !isNothing(most) ? most : at(count)),
  };
}

function nodesOf(part: Part): Pool["nodes"] {
  if (part === notKnownYet) return "unknown";
  if (isNothing(part)) return 0;
  const isWhole = typeof part === "string" ? /^\d+$/.test(part) : Number.isInteger(part);
  return isWhole && Number(part) >= 0 ? Number(part) : "wrong";
}

/**
 * A Windows pool if either says so, and as large as the larger; what is wrong or unknown in either stays so.
 */
function bothOf(one: Pool, two: Pool): Pool {
  const systems = [one.os, two.os];
  const os = (["wrong", "Windows", "unknown"] as const).find((each) => systems.includes(each)) ?? "Linux";
  const counts = [one.nodes, two.nodes];
  const open = (["wrong", "unknown"] as const).find((each) => counts.includes(each));
  const larger = Math.max(...counts.map((each) => (typeof each === "number" ? each : 0)));
  return { name: one.name, os, nodes: open ?? larger };
}

function anyOf(answers: readonly Open<boolean>[]): Open<boolean> {
  if (answers.includes(true)) return true;
  return answers.includes("unknown") ? "unknown" : false;
}

function manyNodes(counts: readonly Pool["nodes"][]): Open<boolean | "wrong"> {
  let declared = 0;
  for (const count of counts) if (typeof count === "number") declared += count;
  if (declared > 250) return true;
  if (counts.includes("wrong")) return "wrong";
  return counts.includes("unknown") ? "unknown" : false;
}
