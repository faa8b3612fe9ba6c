import * as v from "valibot";
import type { RuleName, RuleOptions } from "../rules";
import { byRule, problemsAcross, ruleNames } from "../rules";
import type { ExemptionOptions, PulumiException } from "./exemptions";
import { problemsOfExemptions } from "./exemptions";
import type { Path } from "./problems";
import { listsForObjects, problemsOf } from "./problems";
import type { Level } from "./schema";
import { ruleSchemas, unversionedSchema, version2Schema } from "./schema";

/**
 * An organisation's options for one rule, with all defaults filled in. The level is missing, because Pulumi
 * keeps it to itself.
 */
export type RulePolicy<Name extends RuleName = RuleName> = RuleOptions<Name> & ExemptionOptions;

/** A configuration with all defaults filled in. */
export interface Policy {
  readonly levels: Readonly<Record<RuleName, Level>>;
  readonly options: { readonly [Name in RuleName]: RulePolicy<Name> };
}

export type Reading<T> =
  | { readonly valid: true; readonly value: T }
  | { readonly valid: false; readonly problems: readonly string[] };

/** Reads a configuration as a user wrote it. Anything invalid is a problem, and all problems are reported. */
export function readConfiguration(configuration: unknown): Reading<Policy> {
  const parsed = parseEither(configuration);
  if (!parsed.valid) return parsed;
  const { at, all, rules, exceptions } = parsed.value;
  const problems = ruleNames.flatMap((name) => {
    const rule = rules[name];
    return typeof rule === "object" ? problemsUnder(`${at}${name}`, name, rule) : [];
  });
  if (problems.length > 0) return { valid: false, problems };

  const levelIn = (rule: Level | { enforcementLevel?: Level | undefined } | undefined): Level | undefined =>
    typeof rule === "object" ? rule.enforcementLevel : rule;
  const levelOf = (name: RuleName): Level => levelIn(rules[name]) ?? levelIn(all) ?? "mandatory";
  const optionsOf = (name: RuleName): RulePolicy => {
    const rule = rules[name];
    // The options of a disabled rule have no effect, not even on other rules.
    if (levelOf(name) === "disabled") return defaultsOf(name);
    const options = typeof rule === "object" ? rule : defaultsOf(name);
    const excepted = exceptionsFrom(name, exceptions);
    // Exceptions never expire, so they come before exemptions that may have expired.
    return excepted.length === 0 ? options : { ...options, exemptions: [...excepted, ...options.exemptions] };
  };
  return {
    valid: true,
    value: { levels: byRule(levelOf), options: byRule(optionsOf) as Policy["options"] },
  };
}

/** A configuration of either version, as written. */
interface Written {
  /** The prefix of the rules' paths. */
  readonly at: string;
  readonly all: Level | { readonly enforcementLevel?: Level | undefined } | undefined;
  readonly rules: Readonly<Partial<Record<RuleName, Level | ParsedRule | undefined>>>;
  readonly exceptions: Exceptions;
}

type Exceptions = v.InferOutput<typeof version2Schema>["exceptions"];

function parseEither(configuration: unknown): Reading<Written> {
  const keys = typeof configuration === "object" && configuration !== null ? Object.keys(configuration) : [];
  if (!keys.includes("version")) {
    const early = keys.filter((key) => keysOfVersion2.includes(key));
    if (early.length > 0) {
      const problems = early.map(
        (key) => `the configuration has "${key}" without a version; expected "version": 2`,
      );
      return { valid: false, problems };
    }
    const parsed = parse(unversionedSchema, configuration, []);
    if (!parsed.valid) return parsed;
    const { all, ...rules } = parsed.value;
    return { valid: true, value: { at: "", all, rules, exceptions: {} } };
  }
  const late = ["all", ...ruleNames].filter((key) => keys.includes(key));
  if (late.length > 0) {
    const problems = late.map(
      (key) => `the configuration has "${key}" beside a version; expected it under policies`,
    );
    return { valid: false, problems };
  }
  const parsed = parse(version2Schema, configuration, []);
  if (!parsed.valid) return parsed;
  const { policies, exceptions } = parsed.value;
  const { all, ...rules } = policies;
  return { valid: true, value: { at: "policies.", all, rules, exceptions } };
}

/** Keys that only Pulumi's version 2 has. Pulumi accepts `environments` in either. */
const keysOfVersion2 = ["policies", "exceptions"];

/** Converts exceptions to exemptions from one rule. */
function exceptionsFrom(name: RuleName, exceptions: Exceptions): PulumiException[] {
  return Object.entries(exceptions).flatMap(([id, { reason, match }]) => {
    const targets = match.flatMap((each) => (each.policies.includes(name) ? each.targets : []));
    return [...new Set(targets)].map((target) => ({ id, target, reason }));
  });
}

/** Reads the options of one rule as Pulumi passes them: its engine removes the level. */
export function readRuleOptions<Name extends RuleName>(
  name: Name,
  options: unknown,
): Reading<RulePolicy<Name>> {
  const parsed = parse<v.GenericSchema>(ruleSchemas[name], options, [name]);
  if (!parsed.valid) return parsed;
  const value = parsed.value as RulePolicy<Name>;
  const problems = problemsUnder(name, name, value);
  return problems.length > 0 ? { valid: false, problems } : { valid: true, value };
}

type ParsedRule = RulePolicy & { readonly enforcementLevel?: Level | undefined };

/** Reads a value by a schema and reports every problem in it. `at` is its path. */
export function parse<Schema extends v.GenericSchema>(
  schema: Schema,
  value: unknown,
  at: Path,
): Reading<v.InferOutput<Schema>> {
  const parsed = v.safeParse(schema, value, { abortPipeEarly: true });
  if (!parsed.success) return { valid: false, problems: problemsOf(parsed.issues, at) };
  const problems = listsForObjects(value, parsed.output, at);
  return problems.length > 0 ? { valid: false, problems } : { valid: true, value: parsed.output };
}

function defaultsOf(name: RuleName): RulePolicy {
  return v.parse<v.GenericSchema>(ruleSchemas[name], {}) as RulePolicy;
}

/** Problems that no schema can express, because they concern two values. */
function problemsUnder(at: string, name: RuleName, options: RulePolicy): string[] {
  const problems = [
    ...problemsOfExemptions(options.exemptions, options.maxExemptionDays),
    ...problemsAcross(name, options),
  ];
  return problems.map((problem) => `${at}.${problem}`);
}
