import fc from "fast-check";
import { notKnownYet } from "../../shared/cluster/declaration";
import type { Ask, Tree, Written } from "./oracle";
import type { SettingName, Spelling } from "./spellings";
import { namesIn, settingNames, spellings } from "./spellings";

/**
 * Part of every generated text that is not a documented value, so that a message that repeats one is
 * detected.
 */
export const marker = "zq7hunter2";

/** A cluster before it is spelled in a dialect. */
export interface Model {
  readonly settings: Readonly<Partial<Record<SettingName, Tree>>>;
  readonly pools: readonly PoolModel[];
}

export interface PoolModel {
  readonly os?: Tree;
  readonly osSku?: Tree;
  readonly autoscaling?: Tree;
  readonly count?: Tree;
  readonly maximum?: Tree;
  readonly apart: boolean;
}

/** One generated input, and the variations under which the result must not change. */
export interface Input {
  /** The intended cluster; absent if the inputs are arbitrary JSON. */
  readonly model?: Model;
  readonly written: Written;
  readonly spelling: Spelling;
  /** Another way to express the same. */
  readonly other: Spelling;
  readonly ask: Ask;
  readonly toolVersion: string | undefined;
  /** A meaningless key with its value. */
  readonly unrelated: readonly [name: string, value: Tree];
  /** Picks the place to change, if one changes. */
  readonly dice: number;
}

const junk: readonly Tree[] = [
  marker,
  `azure ${marker}`,
  `${marker}\ncilium`,
  "istio",
  "azrue",
  "calicoo",
  "cilum",
  " cilium",
  "kubnet",
  "\u212Aubenet",
  "c\u0131lium",
  "undefined",
  "__proto__",
  "constructor",
  "toString",
  0,
  -1,
  1.5,
  1e308,
  true,
  false,
  [],
  {},
  ["azure"],
  ["cilium", "calico"],
  { value: marker },
  { "": "azure" },
  [[marker]],
];

/** The value of a setting: mostly a documented one, sometimes anything. */
function valueOf(words: readonly Tree[]): fc.Arbitrary<Tree | undefined> {
  const spelt = words.flatMap((word) => (typeof word === "string" ? variantsOf(word) : []));
  return fc.oneof(
    { weight: 45, arbitrary: fc.constantFrom<Tree | undefined>(...words, ...words, undefined) },
    { weight: 1, arbitrary: fc.constantFrom<Tree>(...spelt, ...words) },
    { weight: 1, arbitrary: fc.constantFrom<Tree>(...junk) },
    { weight: 1, arbitrary: fc.constantFrom<Tree>(null, "") },
    { weight: 2, arbitrary: fc.constant(notKnownYet) },
  );
}

function variantsOf(word: string): readonly string[] {
  const capital = word.charAt(0).toUpperCase() + word.slice(1);
  return [word.toUpperCase(), word.toLowerCase(), capital, `${word} `, word.slice(1)];
}

const rarely = (words: readonly Tree[]): fc.Arbitrary<Tree | undefined> =>
  fc.oneof({ weight: 4, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: valueOf(words) });

function defined<T extends object>(record: fc.Arbitrary<T>): fc.Arbitrary<T> {
  return record.map(
    (all) => Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)) as T,
  );
}

const counts: readonly Tree[] = [1, 3, 50, 200, 251, "3", "300", 0];
const pool = defined(
  fc.record({
    os: fc.oneof(
      { weight: 3, arbitrary: fc.constant(undefined) },
      { weight: 2, arbitrary: valueOf(["Linux", "Linux", "Windows"]) },
    ),
    osSku: fc.constantFrom(undefined, undefined, "Ubuntu", "Windows2022", marker),
    autoscaling: rarely([true, true, false, "true"]),
    count: valueOf(counts),
    maximum: rarely(counts),
    apart: fc.boolean(),
  }),
) as fc.Arbitrary<PoolModel>;

const families: readonly Tree[] = [["IPv4"], ["IPv4", "IPv6"], ["IPv6"], []];
const oddFamilies: readonly Tree[] = [
  ["IPv4", notKnownYet],
  [notKnownYet],
  ["IPv4", "IPv6", notKnownYet],
  ["ipv4", "IPV6"],
  ["IPv4", marker],
  ["IPv4", null],
  ["IPv4", 6],
  "IPv4",
];

const settings = defined(
  fc.record({
    engine: valueOf(["calico", "cilium", "cilium", "azure", "none"]),
    plugin: valueOf(["azure", "azure", "azure", "kubenet", "none"]),
    mode: rarely(["overlay"]),
    dataplane: valueOf(["cilium", "cilium", "azure"]),
    sku: rarely(["Base", "Basic", "Automatic"]),
    ipFamilies: rarely([...families, ...families, ...oddFamilies]),
    nodeProvisioning: rarely(["Auto", "Manual"]),
    advancedNetworkSecurity: rarely([true, false, "true"]),
    transitEncryption: rarely(["WireGuard", "wireguard", "None", "mTLS"]),
    accelerationMode: rarely(["BpfVeth", "None"]),
    windowsProfile: rarely([{ adminUsername: marker }, {}]),
  }),
) as fc.Arbitrary<Model["settings"]>;

export const models: fc.Arbitrary<Model> = fc.record({
  settings,
  pools: fc.oneof(
    { weight: 3, arbitrary: fc.constant([]) },
    { weight: 2, arbitrary: fc.array(pool, { minLength: 1, maxLength: 3 }) },
  ),
});

const names = fc.constantFrom(
  ...new Set([
    ...spellings.flatMap((each) => [...namesIn(each)]),
    "NetworkPolicy",
    "network_policyy",
    "outboundType",
    "tags",
    marker,
    "__proto__",
    "constructor",
    "toString",
    "hasOwnProperty",
    "length",
    "0",
    "",
  ]),
);

const leafWords = [
  ...["azure", "calico", "cilium", "none", "kubenet", "Automatic", "Windows", "Linux", "overlay", "Auto"],
  ...[null, true, false, 0, 300, "", marker],
];
const leaves = fc.constantFrom<Tree>(...leafWords, notKnownYet);

/** Arbitrary JSON, including meaningful names and words. */
const trees: fc.Arbitrary<Tree> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.letrec<{ tree: Tree; list: Tree; object: Tree }>((tie) => ({
      tree: fc.oneof({ depthSize: "small", withCrossShrink: true }, leaves, tie("list"), tie("object")),
      list: fc.array(tie("tree"), { maxLength: 3 }),
      object: fc.dictionary(names, tie("tree"), { maxKeys: 5 }),
    })).tree,
  },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<Tree> },
);

/** Damage on the way of the inputs: a value is lost, wrapped, misnamed or unknown. */
type Damage = (value: Tree) => Tree | undefined;
const damages: readonly Damage[] = [
  () => notKnownYet,
  () => notKnownYet,
  () => undefined,
  () => null,
  () => "",
  () => marker,
  () => 7,
  (value) => [value],
  (value) => [value],
  () => [],
  () => ({}),
  (value) => [value, value],
];
const misnamed = (name: string): readonly string[] => [
  name.toLowerCase(),
  name.toUpperCase(),
  `${name}s`,
  name.slice(1),
];

export interface Blow {
  readonly at: number;
  readonly by: number;
}

export const blows: fc.Arbitrary<readonly Blow[]> = fc.oneof(
  { weight: 3, arbitrary: fc.constant([]) },
  {
    weight: 1,
    arbitrary: fc.array(fc.record({ at: fc.nat(1000), by: fc.nat(1000) }), { minLength: 1, maxLength: 2 }),
  },
);

export const asks: fc.Arbitrary<Ask> = fc.record({
  today: fc.constantFrom("2026-11-23", "2026-11-23", "2026-09-30", "2028-03-31", "2028-06-01", "2029-01-01"),
  engines: fc.oneof(
    { weight: 6, arbitrary: fc.constant(["azure", "calico", "cilium"]) },
    { weight: 1, arbitrary: fc.subarray(["azure", "calico", "cilium"], { minLength: 1 }) },
  ),
  ownCni: fc.constantFrom<Ask["ownCni"]>("fail", "fail", "warn", "allow"),
});

const around = {
  spelling: fc.constantFrom(...spellings),
  other: fc.constantFrom(...spellings),
  ask: asks,
  toolVersion: fc.constantFrom(undefined, "4.55.0", "4.73.0", "3.28.0", "latest", `4.73.0 ${marker}`),
  unrelated: fc.tuple(names, trees),
  dice: fc.nat(1_000_000),
};

/** A cluster as somebody might declare it, correct or nearly so. */
const clusters: fc.Arbitrary<Input> = fc
  .record({ ...around, model: models, blows })
  .map(({ model, blows: hits, ...rest }) => {
    const sayable = { ...model, settings: sayableIn(model.settings, rest.spelling) };
    const spelt = spell(sayable, rest.spelling, rest.dice);
    const written = hits.reduce((hurt, blow) => damaged(hurt, blow), spelt);
    return { ...rest, model: sayable, written };
  });

/** Arbitrary JSON, as a whole cluster or as one part of it. */
const anything: fc.Arbitrary<Input> = fc
  .record({
    ...around,
    model: models,
    tree: trees,
    object: fc.dictionary(names, trees, { maxKeys: 6 }),
    whole: fc.boolean(),
  })
  .map(({ model, tree, object, whole, ...rest }) => {
    const { spelling, dice } = rest;
    if (whole) return { ...rest, written: { cluster: object, separatePools: [] } };
    const { cluster, separatePools } = spell(
      { ...model, settings: sayableIn(model.settings, spelling) },
      spelling,
      dice,
    );
    const places = placesIn(cluster);
    const place = places[dice % Math.max(places.length, 1)];
    return {
      ...rest,
      written: {
        cluster: place === undefined ? object : replaced(cluster, place, () => tree),
        separatePools,
      },
    };
  });

export const inputs: fc.Arbitrary<Input> = fc.oneof(
  { weight: 9, arbitrary: clusters },
  { weight: 1, arbitrary: anything },
);

/** The settings that a spelling can express. */
export function sayableIn(all: Model["settings"], spelling: Spelling): Model["settings"] {
  return Object.fromEntries(
    settingNames.flatMap((name) => {
      const value = all[name];
      return value === undefined || pathsOf(spelling, name).length === 0 ? [] : [[name, value]];
    }),
  );
}

/** The names of a setting, those of other versions last. */
function pathsOf({ settings, gone = {} }: Spelling, name: SettingName): readonly string[] {
  return [...settings[name], ...(gone[name] ?? [])];
}

/** A model in a spelling; `dice` sometimes picks the older name of a setting. */
export function spell({ settings: all, pools }: Model, spelling: Spelling, dice = 0): Written {
  let cluster: Tree = {};
  for (const name of settingNames) {
    const value = all[name];
    const paths = pathsOf(spelling, name);
    const path = paths[dice % 8 === 0 ? paths.length - 1 : 0];
    if (value !== undefined && path !== undefined) cluster = set(cluster, path.split("."), value);
  }
  const inside: Tree[] = [];
  const separatePools: Tree[] = [];
  pools.forEach((each, i) => {
    const isApart = each.apart || (spelling.pools.form === "one, always Linux" && (i > 0 || "os" in each));
    // Sometimes a pool is declared in both places.
    const isTwin = dice % 16 === 1 && i === 1 && spelling.pools.form !== "one, always Linux";
    const number = isTwin ? 0 : i;
    (isApart || isTwin ? separatePools : inside).push(
      spellPool(each, number, spelling, isApart || isTwin, dice),
    );
  });
  const { at, form, besides } = spelling.pools;
  const first = pools[0];
  if (besides !== undefined && dice % 3 === 0 && first?.apart === false && !("os" in first))
    cluster = set(cluster, [besides], inside.shift() ?? null);
  if (inside.length > 0) {
    const map = (): Tree => Object.fromEntries(inside.map((each, i) => [`pool${i} ${marker}`, each]));
    const value = form === "list" ? inside : form === "map" ? map() : (inside[0] ?? null);
    cluster = set(cluster, at.split("."), value);
  }
  return { cluster, separatePools };
}

function spellPool(
  { os, osSku, autoscaling, count, maximum }: PoolModel,
  i: number,
  { pool: at }: Spelling,
  isApart: boolean,
  dice: number,
): Tree {
  const scaling = at.autoscaling[dice % at.autoscaling.length];
  return {
    [isApart ? at.nameApart : at.name]: isApart && dice % 2 === 0 ? `POOL${i}` : `pool${i}`,
    ...(os === undefined ? {} : { [at.os]: os }),
    ...(osSku === undefined ? {} : { [at.osSku]: osSku }),
    ...(autoscaling === undefined || scaling === undefined ? {} : { [scaling]: autoscaling }),
    ...(count === undefined ? {} : { [at.count]: count }),
    ...(maximum === undefined ? {} : { [at.maximum]: maximum }),
  };
}

type Place = readonly (string | number)[];

function isBlock(tree: Tree): tree is { readonly [name: string]: Tree } {
  return typeof tree === "object" && tree !== null && !Array.isArray(tree);
}

function set(tree: Tree, [name, ...rest]: readonly string[], value: Tree): Tree {
  if (name === undefined) return value;
  const block = isBlock(tree) ? tree : {};
  return { ...block, [name]: set(block[name] ?? {}, rest, value) };
}

/** Every place below the top. */
export function placesIn(tree: Tree, at: Place = [], found: Place[] = []): readonly Place[] {
  if (typeof tree !== "object" || tree === null) return found;
  for (const [name, inner] of Object.entries<Tree>(tree)) {
    const place = [...at, Array.isArray(tree) ? Number(name) : name];
    found.push(place);
    placesIn(inner, place, found);
  }
  return found;
}

/** A copy in which one place is replaced or removed. */
export function replaced(
  tree: Tree,
  [key, ...rest]: Place,
  by: (value: Tree) => Tree | undefined,
  rename: (name: string) => string = (name) => name,
): Tree {
  if (key === undefined || typeof tree !== "object" || tree === null) return tree;
  const change = (inner: Tree): Tree | undefined =>
    rest.length === 0 ? by(inner) : replaced(inner, rest, by, rename);
  if (Array.isArray(tree)) {
    const list: readonly Tree[] = tree;
    return list.flatMap((inner, i) => {
      const changed = i === key ? change(inner) : inner;
      return changed === undefined ? [] : [changed];
    });
  }
  return Object.fromEntries(
    Object.entries(tree).flatMap(([name, inner]: [string, Tree]): [string, Tree][] => {
      if (name !== key) return [[name, inner]];
      const changed = change(inner);
      return changed === undefined ? [] : [[rest.length === 0 ? rename(name) : name, changed]];
    }),
  );
}

/** The same for a cluster with its pools: the places of both form one list. */
export function changed(
  { cluster, separatePools }: Written,
  dice: number,
  by: (value: Tree) => Tree | undefined,
  rename?: (name: string) => string,
): Written | undefined {
  const places = placesIn([cluster, ...separatePools]).filter((place) => place.length > 1);
  const place = places[dice % Math.max(places.length, 1)];
  if (place === undefined) return undefined;
  const [first = {}, ...others] = replaced([cluster, ...separatePools], place, by, rename) as readonly Tree[];
  return { cluster: first, separatePools: others };
}

/** Damaged inputs: one place has another value or another name. */
export function damaged(written: Written, { at, by }: Blow): Written {
  const blow = by % (damages.length + 2);
  const damage = damages[blow];
  const rename = (name: string): string => misnamed(name)[by % 4] ?? name;
  const hurt =
    damage === undefined ? changed(written, at, (value) => value, rename) : changed(written, at, damage);
  return hurt ?? written;
}
