import type { Cluster } from "../cluster/cluster";
import type { Advice, CauseWords } from "./cause";
import * as networkPolicyCompatible from "./network-policy-compatible";
import * as networkPolicyConfigured from "./network-policy-configured";
import * as networkPolicySupported from "./network-policy-supported";
import type { Rule } from "./rule";

/**
 * The single list of rules, in the order in which a person fixes a cluster. Everything else that knows the
 * rules is derived from it: their names, causes and options, the configuration's schema and the pages.
 */
const folders = {
  "network-policy-configured": networkPolicyConfigured,
  "network-policy-compatible": networkPolicyCompatible,
  "network-policy-supported": networkPolicySupported,
};
type Folders = typeof folders;

/** The rules' published names. They never change, because exceptions and configurations refer to them. */
export type RuleName = keyof Folders;
export const ruleNames = Object.keys(folders) as readonly RuleName[];

/** A record with the result of `of` for each rule. */
export function byRule<T>(of: (name: RuleName) => T): Readonly<Record<RuleName, T>> {
  return Object.fromEntries(ruleNames.map((name) => [name, of(name)])) as Record<RuleName, T>;
}

/** The rules, in the order in which a person fixes a cluster. */
export const rules: readonly Rule[] = ruleNames.map((name) => folders[name].rule);

type CausesOfRule<Name extends RuleName> = Folders[Name]["causes"];
type CauseOf<Table> = {
  [Name in keyof Table]: Table[Name] extends CauseWords<infer OneCause> ? OneCause : never;
}[keyof Table];

/** The reason for a verdict, as data. It is put into words in one place for every host. */
export type Cause = { [Name in RuleName]: CauseOf<CausesOfRule<Name>> }[RuleName];
export type CauseName = Cause["cause"];

const words = Object.assign({}, ...ruleNames.map((name) => folders[name].causes)) as Readonly<
  Record<CauseName, CauseWords<Cause>>
>;
export const causeNames = Object.keys(words) as readonly CauseName[];

/** The heading of a cause on its rule's page. */
export function headingOf(cause: CauseName): string {
  return words[cause].heading;
}

/** The text for the user about a cause on this cluster. */
export function describeCause(
  cause: Cause,
  cluster: Cluster,
): { readonly found: string; readonly why: string } {
  const ofCause = words[cause.cause];
  return { found: ofCause.found(cause, cluster), why: ofCause.why(cause, cluster) };
}

/** The fix for a cause. */
export function adviceOn(cause: Cause): Advice {
  return words[cause.cause].advice(cause);
}

/** How the options of each rule are written in a configuration. */
export type OptionEntries = { readonly [Name in RuleName]: Folders[Name]["options"]["entries"] };
export const optionEntries: OptionEntries = byRule((name) => folders[name].options.entries) as OptionEntries;

/** A rule's own options, with all defaults filled in. */
export type RuleOptions<Name extends RuleName = RuleName> = Folders[Name]["options"]["defaults"];
export type Options = { readonly [Name in RuleName]: RuleOptions<Name> };
export const defaultOptions: Options = byRule((name) => folders[name].options.defaults) as Options;

/** Problems between options of a rule that are each well-formed. */
export function problemsAcross<Name extends RuleName>(
  name: Name,
  options: RuleOptions<Name>,
): readonly string[] {
  const problems = folders[name].options.problems as (options: RuleOptions<Name>) => readonly string[];
  return problems(options);
}
