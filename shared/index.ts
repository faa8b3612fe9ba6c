/** The evaluator: one decision about an AKS cluster's network policies for every host. Pure: values in, values out. */
export type { Cluster, Pool, Tool } from "./cluster";
export { withPools } from "./cluster";
export type { Dialect, Identity } from "./dialects";
export {
  azureClassic,
  azureNative,
  azureNativeBefore2022,
  azurermBridged,
  clusterIdentity,
  dialects,
  poolsClusterIdentity,
  readCluster,
  readPool,
} from "./dialects";
export type { Field, Read } from "./field";
export { fieldsOf, unknownField } from "./field";
export type { Finding } from "./findings";
export { bugFinding, findingsOf } from "./findings";
export type { Circumstances, Example, Framework, Rule } from "./rule";
export { rules } from "./rules";
export type { Subject } from "./subject";
export type { Cause, CauseName, RuleName, Verdict } from "./verdict";
export type { Voice } from "./words";
export { pageOf } from "./words";
