import * as v from "valibot";
import { closestWord } from "../reading/closest-word";
import { realEngines } from "../cluster/cluster";
import { exemptionSchema, problemsOfExemptions } from "./exemptions";
import type { RuleName } from "../rules/verdict";
import { ruleNames } from "../rules/verdict";

/*
 * The one source of the configuration: its static types, its validation, the JSON Schema for editors
 * (configuration.schema.json, compared with this file by a test) and Pulumi's `configSchema`.
 *
 * A message in a schema says what is expected there; the path and what was found are put before it below.
 */

/** What happens to a cluster that breaks a rule, in Pulumi's words. `remediate` also writes an engine where that is safe. */
export const levels = ["advisory", "mandatory", "remediate", "disabled"] as const;
export type Level = (typeof levels)[number];

function hint(text: unknown, words: readonly string[]): string {
  const near = typeof text === "string" ? closestWord(text, words) : undefined;
  return near === undefined ? "" : ` (did you mean "${near}"?)`;
}

function oneOf<const Words extends readonly string[]>(words: Words): v.PicklistSchema<Words, Say> {
  return v.picklist(words, ({ input }) => `one of ${words.join(", ")}${hint(input, words)}`);
}

function listOf<Item extends v.GenericSchema>(item: Item, what: string): v.ArraySchema<Item, Say> {
  return v.array(item, () => `a list of ${what}`);
}

/** An object with these keys and no other. */
function object<const Entries extends v.ObjectEntries>(
  entries: Entries,
  name = "an object",
): v.StrictObjectSchema<Entries, Say> {
  const keys = Object.keys(entries);
  return v.strictObject(entries, ({ expected, received }) =>
    expected === "never" ? `one of ${keys.join(", ")}${hint(unquoted(received), keys)}` : name,
  );
}

type Say = (issue: v.BaseIssue<unknown>) => string;

const truth = v.boolean(() => "true or false");
const text = v.string(() => "a text");

/** How auto-set works, where `network-policy-configured` is at level `remediate`. */
const autoSetSchema = object({
  engine: v.pipe(
    v.optional(oneOf(["auto", ...realEngines]), "auto"),
    v.description("The engine that is written where it fits; auto chooses one that fits the cluster."),
  ),
  wholeProfile: v.pipe(
    v.optional(truth, false),
    v.description("Also write a whole network profile on a cluster that has none."),
  ),
  newClusters: v.pipe(
    v.optional(listOf(text, "addresses"), []),
    v.description(
      "Clusters that do not exist yet, by exact Pulumi URN or CDKTF construct path: there a change that would replace a cluster is written.",
    ),
  ),
  acceptReplacement: v.pipe(
    v.optional(truth, false),
    v.description("A replacement of any cluster is meant."),
  ),
});

const level = v.pipe(
  oneOf(levels),
  v.description("What a finding of this rule does; the rule's own is mandatory."),
);

const ofEachRule = {
  enforcementLevel: v.optional(level),
  maxExemptionDays: v.pipe(
    v.optional(
      v.pipe(
        v.number(() => "a whole number of days"),
        v.integer(() => "a whole number of days"),
        v.minValue(1, () => "at least 1 day"),
      ),
      180,
    ),
    v.description("The longest life of an exemption, in days from createdOn to expiresOn."),
  ),
  exemptions: v.pipe(
    v.optional(listOf(object(exemptionSchema, "an exemption"), "exemptions"), []),
    v.description("Clusters whose findings of this rule are advisory until a day."),
  ),
};

const answers = ["fail", "warn", "ignore"] as const;
/** What a cluster is on which a rule cannot decide before deployment. */
export type OnUnknown = (typeof answers)[number];
const unknown = v.pipe(
  v.optional(oneOf(answers), "warn"),
  v.description("What a cluster is that cannot be decided before its values are known."),
);

const schemasOfRules = {
  "network-policy-configured": object({
    ...ofEachRule,
    engines: v.pipe(
      v.optional(
        v.pipe(
          listOf(oneOf(realEngines), "engines"),
          v.minLength(1, () => `one engine at least, of ${realEngines.join(", ")}`),
        ),
        [...realEngines],
      ),
      v.description("The engines that the organisation accepts."),
    ),
    bringYourOwnCni: v.pipe(
      v.optional(oneOf(["fail", "warn", "allow"]), "fail"),
      v.description("What a cluster with plugin none and without an engine is: AKS enforces nothing there."),
    ),
    unknown,
    autoSet: v.pipe(v.optional(autoSetSchema, {}), v.description("How level remediate writes an engine.")),
  }),
  "network-policy-compatible": object({ ...ofEachRule, unknown }),
  "network-policy-supported": object({
    ...ofEachRule,
    noticeDays: v.pipe(
      v.optional(
        v.nullable(
          v.pipe(
            v.number(() => "a whole number of days, or null"),
            v.integer(() => "a whole number of days, or null"),
            v.minValue(0, () => "0 or more days, or null"),
          ),
        ),
        null,
      ),
      v.description(
        "How many days before an end of support its notice starts; 0 = no notice, null = always.",
      ),
    ),
  }),
};

const levelOr = <Rule extends v.GenericSchema>(rule: Rule): v.UnionSchema<[typeof level, Rule], Say> =>
  v.union([level, rule], () => "a level or an object");

/** A whole configuration file. */
export const configurationSchema = object({
  all: v.optional(levelOr(object({ enforcementLevel: v.optional(level) }))),
  "network-policy-configured": v.optional(levelOr(schemasOfRules["network-policy-configured"])),
  "network-policy-compatible": v.optional(levelOr(schemasOfRules["network-policy-compatible"])),
  "network-policy-supported": v.optional(levelOr(schemasOfRules["network-policy-supported"])),
});

/** A value of a JSON document that its reader does not change. */
type Given<T> = T extends object ? { readonly [Key in keyof T]: Given<T[Key]> } : T;

/**
 * An organisation's policy, as Pulumi's `--policy-pack-config` takes it and the Aspect as its options: for each rule a
 * level or an object, and under `all` the level of the rules that state none.
 */
export type Configuration = Given<v.InferInput<typeof configurationSchema>>;
export type AutoSet = Given<v.InferOutput<typeof autoSetSchema>>;

/** A rule's options with nothing left open, but for its level, which Pulumi keeps to itself. */
export type RuleOptions<Name extends RuleName = RuleName> = Name extends RuleName
  ? Given<Omit<v.InferOutput<(typeof schemasOfRules)[Name]>, "enforcementLevel">>
  : never;
export type Options = { readonly [Name in RuleName]: RuleOptions<Name> };

/** A configuration with nothing left open. */
export interface Policy {
  readonly levels: Readonly<Record<RuleName, Level>>;
  readonly options: Options;
}

export type Reading<T> =
  | { readonly valid: true; readonly value: T }
  | { readonly valid: false; readonly problems: readonly string[] };

/** Reads a configuration as a user wrote it. Anything that is not understood is a problem, and every problem is told. */
export function readConfiguration(configuration: unknown): Reading<Policy> {
  const parsed = parse(configurationSchema, configuration, []);
  if (!parsed.valid) return parsed;
  const { all, ...rules } = parsed.value;
  const problems = ruleNames.flatMap((name) => {
    const rule = rules[name];
    return typeof rule === "object" ? problemsAcross(name, rule) : [];
  });
  if (problems.length > 0) return { valid: false, problems };

  const levelIn = (rule: Level | { enforcementLevel?: Level | undefined } | undefined): Level | undefined =>
    typeof rule === "object" ? rule.enforcementLevel : rule;
  const levelOf = (name: RuleName): Level => levelIn(rules[name]) ?? levelIn(all) ?? "mandatory";
  const optionsOf = <Name extends RuleName>(name: Name): RuleOptions<Name> => {
    const rule = rules[name];
    // What a disabled rule was told counts for nothing, for the other rules neither.
    const counts = typeof rule === "object" && levelOf(name) !== "disabled";
    return (counts ? rule : defaultsOf(name)) as RuleOptions<Name>;
  };
  return { valid: true, value: { levels: byRule(levelOf), options: byRule(optionsOf) as Options } };
}

/** Reads the options of one rule: what Pulumi hands to it, whose engine has taken the level off. */
export function readRuleOptions<Name extends RuleName>(
  name: Name,
  options: unknown,
): Reading<RuleOptions<Name>> {
  const parsed = parse(schemasOfRules[name], options, [name]);
  if (!parsed.valid) return parsed;
  const problems = problemsAcross(name, parsed.value);
  return problems.length > 0
    ? { valid: false, problems }
    : { valid: true, value: parsed.value as unknown as RuleOptions<Name> };
}

type Path = readonly (string | number)[];

function parse<Schema extends v.GenericSchema>(
  schema: Schema,
  value: unknown,
  at: Path,
): Reading<v.InferOutput<Schema>> {
  const parsed = v.safeParse(schema, value, { abortPipeEarly: true });
  if (!parsed.success) return { valid: false, problems: problemsOf(parsed.issues, at) };
  const problems = listsForObjects(value, parsed.output, at);
  return problems.length > 0 ? { valid: false, problems } : { valid: true, value: parsed.output };
}

/** To the library an empty list is an object without keys. */
function listsForObjects(given: unknown, taken: unknown, at: Path): string[] {
  if (!(taken instanceof Object)) return [];
  if (Array.isArray(given) && !Array.isArray(taken))
    return [`${written(at)} is ${described(given)}; expected an object`];
  return Object.entries(given as object).flatMap(([key, value]) =>
    listsForObjects(value, Reflect.get(taken, key), [...at, key]),
  );
}

function defaultsOf<Name extends RuleName>(name: Name): RuleOptions<Name> {
  return v.parse(schemasOfRules[name], {}) as unknown as RuleOptions<Name>;
}

function byRule<T>(of: (name: RuleName) => T): Record<RuleName, T> {
  return {
    "network-policy-configured": of("network-policy-configured"),
    "network-policy-compatible": of("network-policy-compatible"),
    "network-policy-supported": of("network-policy-supported"),
  };
}

export const defaultOptions = byRule(defaultsOf) as Options;
export const autoSetDefaults: AutoSet = defaultOptions["network-policy-configured"].autoSet;

/** What no schema can say, because it is between two values. */
function problemsAcross(name: RuleName, options: RuleOptions): string[] {
  const problems = problemsOfExemptions(options.exemptions, options.maxExemptionDays);
  if ("engines" in options) {
    const { engine } = options.autoSet;
    if (engine !== "auto" && !options.engines.includes(engine))
      problems.push(`autoSet.engine is "${engine}", which engines does not accept`);
  }
  return problems.map((problem) => `${name}.${problem}`);
}

/** What a schema found, as lines for the one who wrote it: where, what is there, what may be there. */
function problemsOf(issues: readonly v.BaseIssue<unknown>[], above: Path): string[] {
  return issues.flatMap((issue) => {
    const keys = (issue.path ?? []).map(({ key }) => (typeof key === "number" ? key : String(key)));
    const path = [...above, ...keys];
    const ofAlternatives = issue.issues?.filter(({ path: deep, type }) =>
      typeof issue.input === "string" ? type === "picklist" : deep !== undefined,
    );
    if (ofAlternatives !== undefined && ofAlternatives.length > 0) return problemsOf(ofAlternatives, path);
    if (issue.expected === "never") {
      const name = quoted(unquoted(issue.received));
      return [`${written(path.slice(0, -1))} has an unknown key ${name}; expected ${issue.message}`];
    }
    if (issue.input === undefined) return [`${written(path)} is missing`];
    return [`${written(path)} is ${described(issue.input)}; expected ${issue.message}`];
  });
}

function written(path: Path): string {
  if (path.length === 0) return "the configuration";
  return path
    .map((key) => (typeof key === "number" ? `[${key}]` : `.${key}`))
    .join("")
    .slice(1);
}

function described(value: unknown): string {
  if (typeof value === "string") return quoted(value);
  if (Array.isArray(value)) return value.length === 0 ? "an empty list" : "a list";
  if (typeof value === "object") return value === null ? "null" : "an object";
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  return `a ${typeof value}`;
}

function quoted(words: string): string {
  return JSON.stringify(words.length > 60 ? `${words.slice(0, 57)}...` : words);
}

/** A key as the library names it. */
function unquoted(literal: string): string {
  return literal.slice(1, -1);
}
