/** The evaluator: one decision about an AKS cluster's network policies for every host. Pure: values in, values out. */
export type { Cluster, Pool, Tool } from "./cluster/cluster";
export { withPools } from "./cluster/cluster";
export type { AutoSet, Configuration, Level, Options, Policy, RuleOptions } from "./policy/configuration";
export {
  autoSetDefaults,
  configurationSchema,
  defaultOptions,
  readConfiguration,
  readRuleOptions,
} from "./policy/configuration";
export type { Dialect } from "./dialects/dialect";
export { dialectAt } from "./dialects/at-version";
export { dialects } from "./dialects";
export { readCluster } from "./reading/cluster";
export type { Identity } from "./reading/identity";
export { clusterIdentity, poolsClusterIdentity } from "./reading/identity";
export { readPool } from "./reading/pool";
export type { Field, Read } from "./reading/field";
export { fieldsOf, unknownField } from "./reading/field";
export type { Finding } from "./findings/findings";
export {
  bugFinding,
  findingsOf,
  lostFinding,
  surplusExemptions,
  unseenFindings,
  withExemption,
} from "./findings/findings";
export type { Exemption } from "./policy/exemptions";
export { exemptionOf } from "./policy/exemptions";
export { pageOf, sections } from "./messages/pages";
export type { Refusal, Remedy } from "./fixes/remedy";
export { has, remedyOf } from "./fixes/remedy";
export type { Assignment } from "./fixes/fix";
export { effectOf } from "./fixes/replacement";
export type { Circumstances, Example, Framework, Reference, Rule } from "./rules/rule";
export { rules } from "./rules";
export type { Subject } from "./reading/subject";
export type { Cause, CauseName, RuleName, Verdict } from "./rules/verdict";
export { ruleNames } from "./rules/verdict";
export type { Voice } from "./messages/words";
export { explainConfiguration, explainNotApplied, explainRefusal, explainWritten } from "./messages/words";
