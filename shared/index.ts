/** The evaluator: one decision about an AKS cluster's network policies for every host. Pure: values in, values out. */
export type { Cluster, Pool, Tool } from "./cluster";
export { withPools } from "./cluster";
export type { AutoSet, Configuration, Level, Options, Policy, RuleOptions } from "./configuration";
export {
  autoSetDefaults,
  configurationSchema,
  defaultOptions,
  readConfiguration,
  readRuleOptions,
} from "./configuration";
export type { Dialect, Identity, PulumiDialect, PulumiDialectName, TerraformDialectName } from "./dialects";
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
} from "./dialects";
export type { Field, Read } from "./field";
export { fieldsOf, unknownField } from "./field";
export type { Finding } from "./findings";
export {
  bugFinding,
  findingsOf,
  lostFinding,
  surplusExemptions,
  unseenFindings,
  withExemption,
} from "./findings";
export type { Exemption } from "./exemptions";
export { exemptionOf } from "./exemptions";
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
} from "./terraform";
export { pageOf, sections } from "./pages";
export type { Refusal, Remedy } from "./remedy";
export { has, remedyOf } from "./remedy";
export type { Assignment } from "./fix";
export { effectOf, isBefore } from "./replacement";
export type { Circumstances, Example, Framework, Reference, Rule } from "./rule";
export { rules } from "./rules";
export type { Subject } from "./subject";
export type { Cause, CauseName, RuleName, Verdict } from "./verdict";
export { ruleNames } from "./verdict";
export type { Voice } from "./words";
export { explainConfiguration, explainNotApplied, explainRefusal, explainWritten } from "./words";
