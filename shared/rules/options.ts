/**
 * Building blocks for the rules' options. A message in a schema says what is expected; the configuration
 * reader puts the path and the value found before it.
 */
import * as v from "valibot";
import { closestWord } from "../reading/closest-word";

export type Expectation = (issue: v.BaseIssue<unknown>) => string;

/** A value of a JSON document that its reader does not change. */
export type Given<T> = T extends object ? { readonly [Key in keyof T]: Given<T[Key]> } : T;

type Output<Entries extends v.ObjectEntries> = Given<v.InferOutput<v.ObjectSchema<Entries, undefined>>>;

/** The options of one rule: how they are written, their defaults, and what the schema cannot express. */
export interface OptionsOf<Entries extends v.ObjectEntries> {
  readonly entries: Entries;
  readonly defaults: Output<Entries>;
  /** Problems between options that are each well-formed: lines that start with an option's path. */
  readonly problems: (options: Output<Entries>) => readonly string[];
}

/** The options of a rule: an entry each, with its default, and the checks across them. */
export function ruleOptions<const Entries extends v.ObjectEntries>(
  entries: Entries,
  problems: OptionsOf<Entries>["problems"] = () => [],
): OptionsOf<Entries> {
  const defaults = v.parse(v.object(entries), {}) as Output<Entries>;
  return { entries, defaults, problems };
}

/** One of these words; the problem for any other value suggests the closest word. */
export function oneOf<const Words extends readonly string[]>(
  words: Words,
): v.PicklistSchema<Words, Expectation> {
  return v.picklist(words, ({ input }) => `one of ${words.join(", ")}${hint(input, words)}`);
}

export function listOf<Item extends v.GenericSchema>(
  item: Item,
  what: string,
): v.ArraySchema<Item, Expectation> {
  return v.array(item, () => `a list of ${what}`);
}

/** An object with exactly these keys. */
export function object<const Entries extends v.ObjectEntries>(
  entries: Entries,
  name = "an object",
): v.StrictObjectSchema<Entries, Expectation> {
  const keys = Object.keys(entries);
  return v.strictObject(entries, ({ expected, received }) =>
    expected === "never" ? `one of ${keys.join(", ")}${hint(unquoted(received), keys)}` : name,
  );
}

export const trueOrFalse = v.boolean(() => "true or false");
export const text = v.string(() => "a text");

const answers = ["fail", "warn", "ignore"] as const;
/** How to treat a cluster that a rule cannot decide before deployment. */
export type OnUnknown = (typeof answers)[number];
/** The option `unknown` of a rule that may have to wait for values. */
export const unknown = v.pipe(
  v.optional(oneOf(answers), "warn"),
  v.description("What to report if the verdict depends on a value that is not known yet."),
);

function hint(given: unknown, words: readonly string[]): string {
  const near = typeof given === "string" ? closestWord(given, words) : undefined;
  return near === undefined ? "" : ` (did you mean "${near}"?)`;
}

/** The library puts keys in quotes; this removes them. */
export function unquoted(literal: string): string {
  return literal.slice(1, -1);
}
