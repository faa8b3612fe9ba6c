/* The single source of the configuration: its static types, its validation, the JSON Schema for editors
 * (configuration.schema.json, compared with this file by a test) and Pulumi's `configSchema`. It combines the
 * options of each rule with those that all rules share. */
import * as v from "valibot";
import type { OptionEntries, RuleName } from "../rules";
import { byRule, optionEntries, ruleNames } from "../rules";
import type { Expectation, Given } from "../rules/options";
import { listOf, object, oneOf, text } from "../rules/options";
import { exemptionSchema } from "./exemptions";

/**
 * What happens to a cluster that breaks a rule, in Pulumi's terms. `remediate` also writes an engine if that
 * is safe.
 */
export const levels = ["advisory", "mandatory", "remediate", "disabled"] as const;
/** One of `levels`; `mandatory` by default. */
export type Level = (typeof levels)[number];

const level = v.pipe(oneOf(levels), v.description("What a failure of this rule does; mandatory by default."));

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
    v.description("The most days from createdOn to expiresOn of an exemption."),
  ),
  exemptions: v.pipe(
    v.optional(listOf(object(exemptionSchema, "an exemption"), "exemptions"), []),
    v.description("Clusters whose findings of this rule are advisory until a date."),
  ),
};

type RuleSchema<Name extends RuleName> = v.StrictObjectSchema<
  typeof ofEachRule & OptionEntries[Name],
  Expectation
>;

/** The options of each rule: its own, and those that all rules share. */
export const ruleSchemas = byRule((name) => object({ ...ofEachRule, ...optionEntries[name] })) as {
  readonly [Name in RuleName]: RuleSchema<Name>;
};

type LevelOr<Schema extends v.GenericSchema> = v.OptionalSchema<
  v.UnionSchema<[typeof level, Schema], Expectation>,
  undefined
>;

function levelOr<Schema extends v.GenericSchema>(schema: Schema): LevelOr<Schema> {
  return v.optional(v.union([level, schema], () => "a level or an object"));
}

const levelOfAll = levelOr(object({ enforcementLevel: v.optional(level) }));
const schemaOfRules = byRule((name) => levelOr(ruleSchemas[name])) as {
  readonly [Name in RuleName]: RuleSchema<Name> extends infer Schema extends v.GenericSchema
    ? LevelOr<Schema>
    : never;
};

/** What a configuration sets for the rules. */
const ofTheRules = { all: levelOfAll, ...schemaOfRules };

/** A configuration without a version: the rules are at the top level. */
export const unversionedSchema = object(ofTheRules);

/**
 * A Pulumi exception: read in pkg/v3/resource/analyzer/exceptions.go of its CLI 3.274.1. Pulumi accepts exact
 * URNs as targets; the Aspect uses construct paths.
 */
const exception = object(
  {
    reason: v.pipe(
      v.string(() => "a reason"),
      v.regex(/\S/, () => "a reason"),
      v.description("Why these clusters may break these rules."),
    ),
    match: v.pipe(
      listOf(
        object(
          {
            policies: v.pipe(
              listOf(oneOf(ruleNames), "rules"),
              v.minLength(1, () => "at least one rule"),
              v.description("The rules that it exempts from."),
            ),
            targets: v.pipe(
              listOf(exemptionSchema.target, "exact Pulumi URNs or CDKTF construct paths"),
              v.minLength(1, () => "at least one target"),
              v.description("The clusters that it exempts."),
            ),
          },
          "an object with policies and targets",
        ),
        "objects with policies and targets",
      ),
      v.minLength(1, () => "at least one object with policies and targets"),
      v.description("Rules, and the clusters that are exempted from them."),
    ),
  },
  "an exception",
);

/** Pulumi's configuration of version 2, which its CLI accepts from 3.272 on. */
export const version2Schema = object({
  version: v.pipe(
    v.literal(2, () => "2"),
    v.description("The version of the configuration format."),
  ),
  environments: v.pipe(
    v.optional(listOf(text, "names of environments")),
    v.description("Environments of Pulumi ESC, which only Pulumi uses."),
  ),
  policies: v.pipe(
    v.optional(object(ofTheRules), {}),
    v.description("The rules, as a configuration without a version has them at the top level."),
  ),
  exceptions: v.pipe(
    v.optional(
      v.record(
        v.pipe(
          v.string(),
          v.regex(/^[-.\w]+$/, () => "an id of letters, digits, -, . and _"),
        ),
        exception,
        () => "an object of exceptions by their ids",
      ),
      {},
    ),
    v.description("Exceptions from rules, by id. They do not expire."),
  ),
});

/** A whole configuration file. */
export const configurationSchema = v.union([unversionedSchema, version2Schema]);

type Unversioned = Given<v.InferInput<typeof unversionedSchema>>;
type Version2 = Given<v.InferInput<typeof version2Schema>>;

/**
 * An organisation's policy, as passed to Pulumi's `--policy-pack-config` and as options of the Aspect. Each
 * rule has a level or an object, and `all` sets the level of the other rules. In Pulumi's version 2 all of
 * that is under `policies`, next to exceptions.
 */
export type Configuration = Unversioned | (Version2 & { readonly [Key in keyof Unversioned]?: never });
