/**
 * The evaluator: one decision about an AKS cluster's network policies for every host. It is pure: no I/O and
 * no global state.
 */
export type { CheckOptions } from "./check";
export { check } from "./check";
export type { Cluster } from "./cluster/cluster";
export { configurationMessage } from "./messages/configuration";
export type { Report } from "./messages/report";
export type { Policy } from "./policy/configuration";
export { readConfiguration } from "./policy/configuration";
export type { Exemption } from "./policy/exemptions";
export type { Configuration, Level } from "./policy/schema";
export type { Cause, RuleName } from "./rules";
export { rules } from "./rules";
export type { Circumstances, Rule } from "./rules/rule";
export type { Verdict } from "./rules/verdict";
