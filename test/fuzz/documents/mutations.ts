/** What an attacker, or something broken, does to a document: to its tree, to its JSON and to its bytes. */
import fc from "fast-check";
import { marker } from "../generate";
import { hostileTexts, prototypeNames, rawNumbers, strangeValues } from "./hostile-values";

/** One mutation. `at` picks the place, `by` the change. */
export interface Mutation {
  readonly what: MutationName;
  readonly at: number;
  readonly by: number;
}

type Key = string | number;
type Container = Record<string, unknown> | unknown[];
interface Place {
  readonly holder: Container;
  readonly key: Key;
}

/** Writes JSON text with parts that `JSON.stringify` could not write. */
class Writer {
  private readonly raws: string[] = [];
  private names = 0;

  /** A placeholder in the tree for a part that is written verbatim. */
  raw(text: string): string {
    this.raws.push(text);
    return `\ue000${this.raws.length - 1}\ue001`;
  }

  /** A name that is written like another one of the same object. */
  again(name: string): string {
    return `\ue002${this.names++}\ue003${name}`;
  }

  text(tree: unknown, indent: number): string {
    const text = JSON.stringify(tree, null, indent);
    const named = text.replace(/\ue002\d+\ue003/g, "");
    return named.replace(/"\ue000(\d+)\ue001"/g, (_, i: string) => this.raws[Number(i)] ?? "null");
  }
}

/** Keys whose values a report shows, because they name a resource. A secret is not inserted there. */
const namesKeys =
  /^(?:address|module_address|module|name|index|index_key|urn|type|id|resourceId|resourceName|path|file|sourcePosition|replace_paths|replaceReasons|keys|detailedDiff|parent)$/i;

function placesIn(tree: unknown): Place[] {
  const found: Place[] = [];
  const waiting: unknown[] = [tree];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (typeof next !== "object" || next === null) continue;
    for (const key of Object.keys(next)) {
      found.push({ holder: next as Container, key: Array.isArray(next) ? Number(key) : key });
      waiting.push((next as Record<string, unknown>)[key] ?? null);
    }
  }
  return found;
}

function get({ holder, key }: Place): unknown {
  return Object.hasOwn(holder, key) ? (holder as Record<Key, unknown>)[key] : undefined;
}

/** `__proto__` is an ordinary name. */
function set({ holder, key }: Place, value: unknown): void {
  Object.defineProperty(holder, key, { value, enumerable: true, configurable: true, writable: true });
}

function remove({ holder, key }: Place): void {
  if (Array.isArray(holder)) holder.splice(Number(key), 1);
  else Reflect.deleteProperty(holder, key);
}

/** Renames a member and keeps its position. */
function rename({ holder, key }: Place, name: string): void {
  if (Array.isArray(holder)) return;
  const members = Object.entries(holder);
  for (const [each] of members) Reflect.deleteProperty(holder, each);
  for (const [each, value] of members) set({ holder, key: each === key ? name : each }, value);
}

function one<T>(list: readonly T[], by: number): T {
  return list[by % list.length] as T;
}

function spelledOtherwise(name: string, by: number): string {
  return one(
    [
      name.toUpperCase(),
      name.toLowerCase(),
      name.charAt(0).toUpperCase() + name.slice(1),
      name.replace(/k/, "\u212a"),
      name.replace(/i/, "\u0131"),
      `${name} `,
      `${name}\u200b`,
      name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase()),
      ...prototypeNames,
    ],
    by,
  );
}

/** Typical depths; JSON.parse accepts them. */
const levels = [3, 50, 500, 1_000, 5_000, 20_000];

type OnTree = (place: Place, by: number, places: readonly Place[], writer: Writer) => void;

const onTree = {
  strange: (place, by) => {
    const value = one(strangeValues, by);
    const isNamed = namesKeys.test(String(place.key)) && JSON.stringify(value).includes(marker);
    set(place, isNamed ? null : structuredClone(value));
  },
  delete: (place) => {
    remove(place);
  },
  twice: (place, by) => {
    const { holder, key } = place;
    if (Array.isArray(holder)) holder.splice(Number(key), 0, structuredClone(get(place)));
    else set({ holder, key: `${key}${by % 2 === 0 ? "2" : "_"}` }, structuredClone(get(place)));
  },
  "a name twice": (place, by, _places, writer) => {
    if (Array.isArray(place.holder)) return;
    const value = structuredClone(by % 2 === 0 ? get(place) : one(strangeValues, by));
    set({ holder: place.holder, key: writer.again(String(place.key)) }, value);
  },
  "in another case, too": (place, by) => {
    if (Array.isArray(place.holder)) return;
    const name = spelledOtherwise(String(place.key), by % 3);
    if (!Object.hasOwn(place.holder, name)) set({ ...place, key: name }, structuredClone(get(place)));
  },
  swap: (place, by, places) => {
    const other = one(places, by);
    const values = [get(place), get(other)];
    // A value is never inserted into itself.
    if (
      values.some((value) =>
        placesIn(value).some(({ holder }) => holder === place.holder || holder === other.holder),
      )
    )
      return;
    set(place, values[1] ?? null);
    set(other, structuredClone(values[0]) ?? null);
  },
  rename: (place, by) => {
    rename(place, spelledOtherwise(String(place.key), by));
  },
  "a prototype's name beside": (place, by) => {
    if (!Array.isArray(place.holder))
      set({ holder: place.holder, key: one(prototypeNames, by) }, structuredClone(get(place)));
  },
  wrap: (place, by) => {
    const value = get(place);
    set(place, one([[value], [[value]], { value }, [value, null], { "": value }], by));
  },
  unwrap: (place) => {
    const value = get(place);
    const [inner] = typeof value === "object" && value !== null ? (Object.values(value) as unknown[]) : [];
    if (inner !== undefined) set(place, inner);
  },
  "a number": (place, by, _places, writer) => {
    set(place, writer.raw(one(rawNumbers, by)));
  },
  deep: (place, by, _places, writer) => {
    const depth = one(levels, by);
    const [open, close] = one(
      [
        ["[", "]"],
        ['{"a":', "}"],
        ['{"properties":', "}"],
        ['[{"resources":', "}]"],
      ] as const,
      by >> 3,
    );
    set(place, writer.raw(`${open.repeat(depth)}1${close.repeat(depth)}`));
  },
  long: (place, by) => {
    set(
      place,
      one(["x", "[", "a.", "${", "(", '"', "\u202e"], by).repeat(by % 97 === 0 ? 1_000_000 : 20_000),
    );
  },
  many: (place, by, _places, writer) => {
    const value = JSON.stringify(get(place) ?? null);
    const times = by % 97 === 0 ? 150_000 : 300;
    if (value.length * times < (by % 97 === 0 ? 4_000_000 : 200_000))
      set(place, writer.raw(`[${Array(times).fill(value).join(",")}]`));
  },
  "a hostile name": (place, by) => {
    const text = one(hostileTexts, by);
    if (typeof get(place) === "string" && namesKeys.test(String(place.key))) set(place, text);
    else rename(place, text);
  },
  "a hostile value": (place, by) => {
    set(place, one(hostileTexts, by));
  },
  "a secret": (place) => {
    if (!namesKeys.test(String(place.key))) set(place, marker);
  },
} satisfies Readonly<Record<string, OnTree>>;

/** Mutations of the written text. */
const onText = {
  truncated: (text, at) => text.slice(0, at % (text.length + 1)),
  "a character changed": (text, at, by) => {
    const place = at % (text.length + 1);
    return (
      text.slice(0, place) +
      one(['"', "{", "}", "[", "]", ",", "\\", "\u0000", "\u001b", " ", "\n", "e", "0"], by) +
      text.slice(place + (by % 2))
    );
  },
  "something after it": (text, _at, by) =>
    text + one(["{}", "\n{}", "\n[]", ",", "\u0000", "\n\n", "//", "\n1", `\n${text}`], by),
  "something before it": (text, _at, by) =>
    one(["{}\n", "\n", "\u0000", ")]}'\n", "# comment\n", "[", '{"a":1}\n'], by) + text,
} satisfies Readonly<Record<string, (text: string, at: number, by: number) => string>>;

/** Mutations of the text's bytes. Only the last three change the meaning. */
const onBytes = {
  "a byte order mark": (text) => Buffer.from(`\ufeff${text}`),
  "UTF-16": (text) => Buffer.from(`\ufeff${text}`, "utf16le"),
  "UTF-16, big-endian": (text) => Buffer.from(`\ufeff${text}`, "utf16le").swap16(),
  "UTF-16 without a mark": (text) => Buffer.from(text, "utf16le"),
  "Latin-1": (text) => Buffer.from(`${text.slice(0, -1)} `, "latin1"),
  "broken UTF-8": (text) =>
    Buffer.concat([Buffer.from(text.slice(0, 40)), Buffer.from([0xff, 0xc0]), Buffer.from(text.slice(40))]),
} satisfies Readonly<Record<string, (text: string) => Buffer>>;

export type MutationName = keyof typeof onTree | keyof typeof onText | keyof typeof onBytes;
const isOf = <Name extends string>(table: Readonly<Record<Name, unknown>>, name: string): name is Name =>
  Object.hasOwn(table, name);

/** These do not change the document's meaning. */
export const harmless: readonly MutationName[] = ["a byte order mark", "UTF-16", "UTF-16, big-endian"];
export const mutationNames = [
  ...Object.keys(onTree),
  ...Object.keys(onTree),
  ...Object.keys(onText),
  ...Object.keys(onBytes),
] as readonly MutationName[];

export function mutations(
  names: readonly MutationName[],
  bounds: fc.ArrayConstraints,
): fc.Arbitrary<readonly Mutation[]> {
  return fc.array(
    fc.record({ what: fc.constantFrom(...names), at: fc.nat(1_000_000), by: fc.nat(1_000_000) }),
    bounds,
  );
}

/** A document as bytes and as the text that they encode. */
export interface Mutated {
  readonly bytes: Buffer;
  readonly text: string;
}

export function mutated(content: unknown, all: readonly Mutation[], indent: number): Mutated {
  const writer = new Writer();
  const holder = { content: structuredClone(content) };
  for (const { what, at, by } of all) {
    if (!isOf(onTree, what)) continue;
    const places = placesIn(holder);
    const place = places[at % places.length];
    const change: OnTree = onTree[what];
    if (place !== undefined) change(place, by, places, writer);
  }
  const tree = Object.hasOwn(holder, "content") ? holder.content : Object.values(holder)[0];
  let text = writer.text(tree ?? null, indent);
  for (const { what, at, by } of all) if (isOf(onText, what)) text = onText[what](text, at, by);
  const coded = all.find(({ what }) => isOf(onBytes, what))?.what;
  if (coded === undefined || !isOf(onBytes, coded)) return { bytes: Buffer.from(text), text };
  const bytes = onBytes[coded](text);
  return { bytes, text: harmless.includes(coded) ? text : new TextDecoder().decode(bytes) };
}
