import * as v from "valibot";
import type { RuleName, RuleOptions } from "../rules";
import { byRule, problemsAcross, ruleNames } from "../rules";
import type { ExemptionOptions } from "./exemptions";
import { problemsOfExemptions } from "./exemptions";
import type { Path } from "./problems";
import { listsForObjects, problemsOf } from "./problems";
import type { Level } from "./schema";
import { configurationSchema, ruleSchemas } from "./schema";

/** What an organisation asks of one rule, with nothing left open but the level, which Pulumi keeps to itself. */
export type RulePolicy<Name extends RuleName = RuleName> = RuleOptions<Name> & ExemptionOptions;

/** A configuration with nothing left open. */
export interface Policy {
  readonly levels: Readonly<Record<RuleName, Level>>;
  readonly options: { readonly [Name in RuleName]: RulePolicy<Name> };
}

export type Reading<T> =
  | { readonly valid: true; readonly value: T }
  | { readonly valid: false; readonly problems: readonly string[] };

/** Reads a configuration as a user wrote it. Anything that is not understood is a problem, and every problem is reported. */
export function readConfiguration(configuration: unknown): Reading<Policy> {
  const parsed = parse(configurationSchema, configuration, []);
  if (!parsed.valid) return parsed;
  const { all, ...ofRules } = parsed.value;
  const rules: Readonly<Partial<Record<RuleName, Level | ParsedRule | undefined>>> = ofRules;
  const problems = ruleNames.flatMap((name) => {
    const rule = rules[name];
    return typeof rule === "object" ? problemsUnder(name, rule) : [];
  });
  if (problems.length > 0) return { valid: false, problems };

  const levelIn = (rule: Level | { enforcementLevel?: Level | undefined } | undefined): Level | undefined =>
    typeof rule === "object" ? rule.enforcementLevel : rule;
  const levelOf = (name: RuleName): Level => levelIn(rules[name]) ?? levelIn(all) ?? "mandatory";
  const optionsOf = (name: RuleName): RulePolicy => {
    const rule = rules[name];
    // What is configured for a disabled rule counts for nothing, for the other rules neither.
    const counts = typeof rule === "object" && levelOf(name) !== "disabled";
    return counts ? rule : defaultsOf(name);
  };
  return {
    valid: true,
    value: { levels: byRule(levelOf), options: byRule(optionsOf) as Policy["options"] },
  };
}

/** Reads the options of one rule: what Pulumi hands to it, whose engine has taken the level off. */
export function readRuleOptions<Name extends RuleName>(
  name: Name,
  options: unknown,
): Reading<RulePolicy<Name>> {
  const parsed = parse<v.GenericSchema>(ruleSchemas[name], options, [name]);
  if (!parsed.valid) return parsed;
  const value = parsed.value as RulePolicy<Name>;
  const problems = problemsUnder(name, value);
  return problems.length > 0 ? { valid: false, problems } : { valid: true, value };
}

type ParsedRule = RulePolicy & { readonly enforcementLevel?: Level | undefined };

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

function defaultsOf(name: RuleName): RulePolicy {
  return v.parse<v.GenericSchema>(ruleSchemas[name], {}) as RulePolicy;
}

/** What no schema can say, because it is between two values. */
function problemsUnder(name: RuleName, options: RulePolicy): string[] {
  const problems = [
    ...problemsOfExemptions(options.exemptions, options.maxExemptionDays),
    ...problemsAcross(name, options),
  ];
  return problems.map((problem) => `${name}.${problem}`);
}
