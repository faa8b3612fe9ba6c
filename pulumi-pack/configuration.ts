import type { PolicyConfigSchema } from "@pulumi/policy";
import { configurationMessage } from "../shared/messages/configuration";
import type { Options } from "../shared/policy/configuration";
import { defaultOptions, readRuleOptions } from "../shared/policy/configuration";
import type { Circumstances, Rule } from "../shared/rules/rule";
import type { RuleName } from "../shared/rules/verdict";
import { ruleNames } from "../shared/rules/verdict";
import schema from "../shared/configuration.schema.json";

/** What the engine told one rule. */
interface Told {
  readonly given: Readonly<Record<string, unknown>>;
  /** What is wrong with it; absent where nothing is. */
  readonly refusal?: string;
}

/**
 * The configuration as the engine hands it out: each policy gets its own options when it is called, and a disabled one
 * is never called. What one rule was told counts for the others too, so it is remembered here.
 */
export class ConfigurationOfRun {
  private readonly told = new Map<RuleName, Told>();
  private readonly reported = new Set<Told>();
  private options: Options = defaultOptions;
  private disabled: readonly RuleName[] = ruleNames;

  /**
   * Takes what a rule is told. Where that is not valid the rule must judge nothing; `refusal` is the text that says
   * so, and `isNew` is true the first time only.
   */
  read(
    rule: Rule,
    given: Readonly<Record<string, unknown>>,
  ): { readonly refusal?: string; readonly isNew: boolean } {
    const told = this.take(rule, given);
    if (told.refusal === undefined) return valid;
    const isNew = !this.reported.has(told);
    this.reported.add(told);
    return { refusal: told.refusal, isNew };
  }

  /** The same for a remediation, which cannot say anything: is it valid? */
  accepts(rule: Rule, given: Readonly<Record<string, unknown>>): boolean {
    return this.take(rule, given).refusal === undefined;
  }

  private take({ name }: Rule, given: Readonly<Record<string, unknown>>): Told {
    const before = this.told.get(name);
    if (before !== undefined && isSame(before.given, given)) return before;
    const reading = readRuleOptions(name, given);
    const told: Told = {
      given,
      ...(reading.valid ? {} : { refusal: configurationMessage(reading.problems) }),
    };
    this.told.set(name, told);
    this.disabled = ruleNames.filter((each) => !this.told.has(each));
    if (reading.valid) this.options = { ...this.options, [name]: reading.value };
    return told;
  }

  circumstances(clock: () => Date): Circumstances {
    return {
      // Asked where a failure of the clock becomes a finding.
      get today() {
        return clock();
      },
      options: this.options,
      disabled: this.disabled,
    };
  }
}

const valid = { isNew: false } as const;

/** The SDK hands out a new object each time, around the same values. */
function isSame(one: Readonly<Record<string, unknown>>, other: Readonly<Record<string, unknown>>): boolean {
  const names = Object.keys(one);
  return names.length === Object.keys(other).length && names.every((name) => one[name] === other[name]);
}

/**
 * What the engine checks and fills in, and what Pulumi Cloud shows for a policy group. It is the schema for editors
 * without its constraints but the types: what is left to the pack, the pack refuses in words that name the closest valid one.
 */
export function configSchemaOf(name: RuleName): PolicyConfigSchema {
  const options = schema.properties[name].anyOf.flatMap(({ properties }) => Object.entries(properties ?? {}));
  return {
    properties: Object.fromEntries(
      options
        // The level is the engine's own.
        .filter(([option]) => option !== "enforcementLevel")
        .map(([option, of]) => [option, withoutConstraints(of)]),
    ) as PolicyConfigSchema["properties"],
  };
}

function withoutConstraints(of: unknown): unknown {
  if (typeof of !== "object" || of === null) return of;
  const { description, default: byDefault, type, anyOf, items } = of as Readonly<Record<string, unknown>>;
  const types = Array.isArray(anyOf) ? anyOf.map((each: { readonly type: string }) => each.type) : type;
  return {
    type: types,
    ...(description === undefined ? {} : { description }),
    ...(byDefault === undefined ? {} : { default: byDefault }),
    ...(items === undefined ? {} : { items: withoutConstraints(items) }),
  };
}
