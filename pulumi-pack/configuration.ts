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
  /** The problem with it, if there is one. */
  readonly refusal: string | undefined;
}

/**
 * The configuration as the engine passes it: each policy gets its own options when it is called, and a
 * disabled one is never called. Options of one rule also matter to the others, so they are kept here.
 */
export class ConfigurationOfRun {
  private readonly told = new Map<RuleName, Told>();
  private readonly reported = new Set<Told>();
  private options: Options = defaultOptions;
  private disabled: readonly RuleName[] = ruleNames;

  /**
   * Takes what Pulumi passes to a rule. If it is invalid the rule must check nothing; `refusal` is the
   * message, and `isNew` is true only the first time.
   */
  read(
    rule: Rule,
    given: Readonly<Record<string, unknown>>,
  ): { readonly refusal: string | undefined; readonly isNew: boolean } {
    const told = this.take(rule, given);
    const isNew = !this.reported.has(told);
    this.reported.add(told);
    return { refusal: told.refusal, isNew };
  }

  /** The same for a remediation, which cannot report anything: is it valid? */
  accepts(rule: Rule, given: Readonly<Record<string, unknown>>): boolean {
    return this.take(rule, given).refusal === undefined;
  }

  private take({ name }: Rule, given: Readonly<Record<string, unknown>>): Told {
    const before = this.told.get(name);
    if (before !== undefined && isSame(before.given, given)) return before;
    const reading = readRuleOptions(name, given);
    const refusal = reading.valid ? undefined : configurationMessage(reading.problems);
    const told: Told = { given, refusal };
    this.told.set(name, told);
    this.disabled = ruleNames.filter((each) => !this.told.has(each));
    if (reading.valid) this.options = { ...this.options, [name]: reading.value };
    return told;
  }

  circumstances(clock: () => Date): Circumstances {
    return {
      // Read lazily, so that a failing clock becomes a finding.
      get today() {
        return clock();
      },
      options: this.options,
      disabled: this.disabled,
    };
  }
}

/** The SDK creates a new object each time, around the same values. */
function isSame(one: Readonly<Record<string, unknown>>, other: Readonly<Record<string, unknown>>): boolean {
  const names = Object.keys(one);
  return names.length === Object.keys(other).length && names.every((name) => one[name] === other[name]);
}

/**
 * What the engine checks and fills in, and what Pulumi Cloud shows for a policy group: types without
 * constraints. The pack checks the rest, with a message that suggests the closest valid value.
 */
export function configSchemaOf(name: RuleName): PolicyConfigSchema {
  // Pulumi adds the level itself.
  return { properties: outlineOf(name) as PolicyConfigSchema["properties"] };
}
