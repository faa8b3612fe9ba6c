/** The evaluator: one decision about an AKS cluster's network policies for every host. Pure: values in, values out. */
export type { Cluster, Pool, Tool } from "./cluster/cluster";
export { withPools } from "./cluster/cluster";
export type { Policy, RulePolicy } from "./policy/configuration";
export { readConfiguration, readRuleOptions } from "./policy/configuration";
export type { Configuration, Level } from "./policy/schema";
export { configurationSchema } from "./policy/schema";
export type {
  Dialect,
  Identity,
  PulumiDialect,
  PulumiDialectName,
  TerraformDialectName,
} from "./dialects/dialects";
export {
  azureClassic,
  azureClassicBefore6,
  azureNative,
  azureNativeBefore2022,
  azurermBridged,
  azurermBridgedBefore4,
  clusterIdentity,
  dialects,
  poolsClusterIdentity,
  readCluster,
  readPool,
  sameCluster,
} from "./dialects/dialects";
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
export {
  aksModule,
  aksModuleTyped,
  armTemplate,
  avmModule,
  avmModuleTyped,
  azapi,
  azapiPatch,
  azurerm,
  azurermAutomatic,
  azurermTyped,
  opaqueModule,
  opaqueResource,
  terraformDialects,
} from "./dialects/terraform";
export { pageOf, sections } from "./messages/pages";
export type { Refusal, Remedy } from "./fixes/remedy";
export { has, remedyOf } from "./fixes/remedy";
export type { Assignment } from "./fixes/fix";
export { effectOf, isBefore } from "./fixes/replacement";
export type { Circumstances, Example, Framework, Reference, Rule } from "./rules/rule";
export type { Cause, CauseName, Options, RuleName, RuleOptions } from "./rules";
export { defaultOptions, ruleNames, rules } from "./rules";
export type { AutoSet } from "./rules/network-policy-configured/options";
export { autoSetDefaults } from "./rules/network-policy-configured/options";
export type { Subject } from "./reading/subject";
export type { Verdict } from "./rules/verdict";
export type { Voice } from "./messages/words";
export { explainConfiguration, explainNotApplied, explainRefusal, explainWritten } from "./messages/words";
