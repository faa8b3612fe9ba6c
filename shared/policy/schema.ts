/*
 * The one source of the configuration: its static types, its validation, the JSON Schema for editors
 * (configuration.schema.json, compared with this file by a test) and Pulumi's `configSchema`. It puts together what each
 * rule has for itself and what all of them have.
 */
import * as v from "valibot";
import type { OptionEntries, RuleName } from "../rules";
import { byRule, optionEntries } from "../rules";
import type { Expectation, Given } from "../rules/options";
import { listOf, object, oneOf } from "../rules/options";
import { exemptionSchema } from "./exemptions";

/** What happens to a cluster that breaks a rule, in Pulumi's words. `remediate` also writes an engine where that is safe. */
export const levels = ["advisory", "mandatory", "remediate", "disabled"] as const;
/** One of them: `mandatory` where an organisation states none. */
export type Level = (typeof levels)[number];

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

/** A whole configuration file. */
export const configurationSchema = object({ all: levelOfAll, ...schemaOfRules });

/**
 * An organisation's policy, as Pulumi's `--policy-pack-config` takes it and the Aspect as its options: for each rule a
 * level or an object, and under `all` the level of the rules that state none.
 */
export type Configuration = Given<v.InferInput<typeof configurationSchema>>;
