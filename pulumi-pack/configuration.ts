import type { PolicyConfigSchema } from "@pulumi/policy";
import { configurationMessage } from "../shared/messages/configuration";
import { readRuleOptions } from "../shared/policy/configuration";
import { outlineOf } from "../shared/policy/outline";
import type { Options, RuleName } from "../shared/rules";
import { defaultOptions, ruleNames } from "../shared/rules";
import type { Circumstances, Rule } from "../shared/rules/rule";

/** What Pulumi passed to one rule. */
interface Told {
  readonly given: Readonly<Record<string, unknown>>;
  /** What is wrong with it; absent where nothing is. */
  readonly refusal?: string;
}

/**
 * The configuration as the engine hands it out: each policy gets its own options when it is called, and a disabled one
 * is never called. What Pulumi passed to one rule counts for the others too, so it is remembered here.
 */
export class ConfigurationOfRun {
  private readonly told = new Map<RuleName, Told>();
  private readonly reported = new Set<Told>();
  private options: Options = defaultOptions;
  private disabled: readonly RuleName[] = ruleNames;

  /**
   * Takes what Pulumi passes to a rule. If that is not valid the rule must judge nothing; `refusal` is the text that says
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
 * What the engine checks and fills in, and what Pulumi Cloud shows for a policy group: types without constraints. What is
 * left to the pack, the pack refuses in words that name the closest valid one.
 */
export function configSchemaOf(name: RuleName): PolicyConfigSchema {
  // The level is Pulumi's own.
  return { properties: outlineOf(name) as PolicyConfigSchema["properties"] };
}
