/** The evaluator: one decision about an AKS cluster's network policies for every host. Pure: values in, values out. */
export type { Cluster } from "./cluster/cluster";
export { configurationMessage } from "./messages/configuration";
export type { Configuration, Level, Policy } from "./policy/configuration";
export { readConfiguration } from "./policy/configuration";
export type { Exemption } from "./policy/exemptions";
export { rules } from "./rules";
export type { Circumstances, Rule } from "./rules/rule";
export type { Cause, RuleName, Verdict } from "./rules/verdict";
