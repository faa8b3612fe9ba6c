/**
 * The policies as values, for an organisation's own pack. Importing this starts nothing.
 *
 * @example
 *   import { PolicyPack } from "@pulumi/policy";
 *   import { policies } from "aks-network-policy-pack/pulumi";
 *   new PolicyPack("our-rules", { policies: [...policies, ...ourOwn] });
 */
import type { ResourceValidationPolicy, StackValidationPolicy } from "@pulumi/policy";
import { autoSetRule } from "../shared/findings/auto-set";
import { pageOf } from "../shared/messages/pages";
import { rules } from "../shared/rules";
import type { Rule } from "../shared/rules/rule";
import { AutoSets } from "./auto-set";
import { ConfigurationOfRun, configSchemaOf } from "./configuration";
import { Inventory } from "./inventory";
import { validateResource } from "./registration";
import { remediateResource } from "./remediation";
import { Reported } from "./reported";
import type { Report, Run } from "./run";
import { validateStack } from "./whole-stack";

/** A rule as Pulumi runs it: on every registered resource, and on the whole stack at the end. */
export type AksNetworkPolicy = ResourceValidationPolicy & StackValidationPolicy;

export interface PolicyOptions {
  /** The clock for ends of support and exemptions; the system's by default. Only the UTC day counts. */
  readonly today?: () => Date;
}

/** The three rules as Pulumi policies. One set serves one run: it remembers what the program declared. */
export function createPolicies({ today = () => new Date() }: PolicyOptions = {}): AksNetworkPolicy[] {
  const run: Run = {
    inventory: new Inventory(),
    configuration: new ConfigurationOfRun(),
    autoSets: new AutoSets(),
    reported: new Reported(),
    refusals: new Map(),
    today,
  };
  return rules.map((rule) => policyOf(rule, run));
}

/** The three rules as Pulumi policies, with the system's clock. */
export const policies: readonly AksNetworkPolicy[] = createPolicies();

function policyOf(rule: Rule, run: Run): AksNetworkPolicy {
  return {
    name: rule.name,
    displayName: rule.title,
    description: rule.description,
    enforcementLevel: rule.level,
    severity: rule.severity,
    configSchema: configSchemaOf(rule.name),
    url: pageOf(rule.name),
    remediationSteps: rule.remedy,
    framework: { ...rule.frameworks[0] },
    tags: [
      "azure",
      "aks",
      "kubernetes",
      "network-policy",
      ...rule.frameworks.map(({ reference }) => reference),
    ],
    ...(rule.name === autoSetRule ? { remediateResource: (args) => remediateResource(rule, run, args) } : {}),
    validateResource: (args, report) => validateResource(rule, run, args, report as unknown as Report),
    validateStack: (args, report) => {
      validateStack(rule, run, args, report as unknown as Report);
    },
  };
}
