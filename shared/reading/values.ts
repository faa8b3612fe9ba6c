/** Parses fields as values of settings. */
import type { IpFamilies } from "../cluster/cluster";
import { ipFamilies } from "../cluster/cluster";
import type { Answer, Setting, Unrecognized } from "../cluster/setting";
import { answer, is, unknownBecauseOf, wrongIn } from "../cluster/setting";
import type { Dialect } from "../dialects/dialect";
import { closestWord } from "./closest-word";
import { isEmpty, shapeOf } from "./field";
import type { Located } from "./paths";
import { blockOf } from "./paths";

/** A value that the setting does not accept. */
export function unrecognized(
  found: Located,
  expected: string,
): { state: "known"; value: Unrecognized; path: string } {
  const { field, path, at } = found;
  const shape = field.kind === "absent" || field.kind === "unknown" ? "nothing" : shapeOf(field);
  return {
    state: "known",
    path,
    value: { unrecognized: shape, at, expected: at === path ? expected : "an object" },
  };
}

/**
 * Absent and unknown values are the same for every kind of setting; `undefined` means that something is
 * written.
 */
export function notWritten(found: Located): Exclude<Setting<never>, { state: "known" }> | undefined {
  const { field, path, at } = found;
  if (isEmpty(field)) return { state: "absent", path };
  if (field.kind === "unknown") return { state: "unknown", path, unknownAt: at };
  return undefined;
}

/** The value at exactly this path, if it is neither a block nor a list. */
export function scalarAt({ field, path, at }: Located): string | number | boolean | undefined {
  return at === path && field.kind === "scalar" ? field.value : undefined;
}

/** One of `words`. For any other value the message suggests the `advised` ones. */
export function wordOf<T extends string>(
  found: Located,
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

/** Equal except for case, in ASCII letters only: Unicode lower-cases the Kelvin sign to k. */
function isSameWord(word: string, text: string): boolean {
  return word.toLowerCase() === text.toLowerCase() && word.toUpperCase() === text.toUpperCase();
}

/** Do the IP families make a dual stack? */
export function ipFamiliesOf(found: Located, dialect: Dialect): Setting<IpFamilies | Unrecognized> {
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

/** Any string, or a number in its place; other types are not read here. */
export function textOf(found: Located): Setting<string> {
  const { path } = found;
  const unwritten = notWritten(found);
  if (unwritten !== undefined) return unwritten;
  const text = scalarAt(found);
  return text === undefined ? { state: "absent", path } : { state: "known", path, value: String(text) };
}

/** A boolean, possibly written as text. */
export function truthOf(found: Located): Setting<boolean | Unrecognized> {
  const unwritten = notWritten(found);
  if (unwritten !== undefined) return unwritten;
  const text = String(scalarAt(found)).toLowerCase();
  return text === "true" || text === "false"
    ? { state: "known", path: found.path, value: text === "true" }
    : unrecognized(found, "true or false");
}

/** A number of nodes, possibly written as text. */
export function numberOf(found: Located): Setting<number | Unrecognized> {
  const unwritten = notWritten(found);
  if (unwritten !== undefined) return unwritten;
  const wrong = () => unrecognized(found, "a number of nodes");
  // JavaScript also converts texts such as a blank to a number.
  const digits = /^(-?)\d+$/.exec(String(scalarAt(found)));
  if (digits === null) return wrong();
  return digits[1] === "-"
    ? { state: "known", path: found.path, value: { ...wrong().value, unrecognized: "a negative number" } }
    : { state: "known", path: found.path, value: Number(digits[0]) };
}

/** Is anything written there, an empty block included? What is no block has nothing in it. */
export function isWritten(found: Located, dialect: Dialect): Answer {
  switch (blockOf(found.field, dialect).kind) {
    case "absent":
      return answer(false);
    case "unknown":
      return unknownBecauseOf(found.at);
    case "scalar":
    case "list":
    case "object":
      return answer(found.at === found.path);
  }
}
