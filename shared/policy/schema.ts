/*
 * The one source of the configuration: its static types, its validation, the JSON Schema for editors
 * (configuration.schema.json, compared with this file by a test) and Pulumi's `configSchema`. It puts together what each
 * rule has for itself and what all of them have.
 */
import * as v from "valibot";
import type { OptionEntries, RuleName } from "../rules";
import { byRule, optionEntries, ruleNames } from "../rules";
import type { Expectation, Given } from "../rules/options";
import { listOf, object, oneOf, text } from "../rules/options";
import { exemptionSchema } from "./exemptions";

/** What happens to a cluster that breaks a rule, in Pulumi's words. `remediate` also writes an engine where that is safe. */
export const levels = ["advisory", "mandatory", "remediate", "disabled"] as const;
/** One of them: `mandatory` where an organisation states none. */
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

/** The options of each rule: its own, and those that every rule has. */
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

/** What a configuration asks of the rules. */
const ofTheRules = { all: levelOfAll, ...schemaOfRules };

/** A configuration without a version: the rules stand at its top. */
export const unversionedSchema = object(ofTheRules);

/**
 * An exception of Pulumi's: read in pkg/v3/resource/analyzer/exceptions.go of its CLI 3.274.1. Pulumi takes exact URNs as
 * targets; the Aspect has construct paths.
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

/** Pulumi's configuration of version 2, which its CLI takes from 3.272 on. */
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
 * An organisation's policy, as Pulumi's `--policy-pack-config` takes it and the Aspect as its options: for each rule a
 * level or an object, and under `all` the level of the rules that state none; or Pulumi's version 2, which has all of that
 * under `policies`, and exceptions.
 */
export type Configuration = Unversioned | (Version2 & { readonly [Key in keyof Unversioned]?: never });
