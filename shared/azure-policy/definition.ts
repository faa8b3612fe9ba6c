import { agentPools, managedClusters } from "../dialects/azure-api";
import { pageOf } from "../messages/pages";
import { version } from "../messages/version";
import type { Policy } from "../policy/configuration";
import { outlineOf } from "../policy/outline";
import { ruleNames } from "../rules";
import { ownCniAnswers } from "../rules/network-policy-configured/options";
import type { Condition } from "./conditions";
import { allOf } from "./conditions";
import { failingCluster, failingPool } from "./failing";

export const effects = ["Audit", "Deny", "Disabled"] as const;
export type Effect = (typeof effects)[number];

/** What a definition checks: a cluster with its inline pools, or a node pool that is a separate resource. */
export const resources = ["cluster", "node-pool"] as const;
export type Resource = (typeof resources)[number];

/**
 * A definition as Azure's API accepts it, Microsoft.Authorization/policyDefinitions:
 * https://learn.microsoft.com/azure/governance/policy/concepts/definition-structure-basics (read 2026-11-26).
 */
export interface Definition {
  readonly name: string;
  readonly properties: {
    readonly displayName: string;
    readonly description: string;
    readonly policyType: "Custom";
    readonly mode: "All";
    /** `nonComplianceMessage` goes into the assignment; Azure has no messages on definitions. */
    readonly metadata: Readonly<Record<"category" | "version" | "nonComplianceMessage", string>>;
    readonly parameters: Readonly<Record<string, Parameter>>;
    readonly policyRule: { readonly if: Condition; readonly then: { readonly effect: string } };
  };
}

interface Parameter {
  readonly type: "String" | "Array";
  readonly metadata: { readonly displayName: string; readonly description: string };
  readonly allowedValues?: readonly string[];
  readonly defaultValue: string | readonly string[];
}

const kinds = {
  cluster: {
    type: managedClusters,
    failing: failingCluster,
    displayName: "AKS clusters enforce network policies",
    message:
      "This AKS cluster has no network policy engine, or one that does not fit, is not accepted or is no longer supported.",
  },
  "node-pool": {
    type: agentPools,
    failing: failingPool,
    displayName: "AKS node pools have a network policy engine that fits them",
    message: "No network policy engine that your organisation accepts fits this AKS node pool.",
  },
} as const satisfies Readonly<Record<Resource, object>>;

/** The parameters' display names in the portal. */
const titles: Readonly<Record<string, string>> = {
  effect: "Effect",
  engines: "Accepted network policy engines",
  bringYourOwnCni: "Bring your own CNI",
};

/**
 * The custom definition that finds what the rules fail on the given day; `undefined` if every rule is
 * disabled.
 */
export function definitionOf(
  resource: Resource,
  { levels, options }: Policy,
  effect: Effect,
  today: Date,
): Definition | undefined {
  const { type, failing, displayName, message } = kinds[resource];
  const fails = failing({ today, disabled: ruleNames.filter((name) => levels[name] === "disabled") });
  if (typeof fails === "boolean") return undefined;
  const policyRule = {
    if: allOf({ field: "type", equals: type }, fails),
    then: { effect: "[parameters('effect')]" },
  };
  const name = "network-policy-configured";
  const { engines, bringYourOwnCni } = options[name];
  const described = outlineOf(name);
  const parameter = (key: string, defaultValue: Parameter["defaultValue"]): Parameter => ({
    type: typeof defaultValue === "string" ? "String" : "Array",
    metadata: {
      displayName: titles[key] ?? key,
      description: described[key]?.description ?? "What Azure does with a resource that fails.",
    },
    ...(key === "effect" ? { allowedValues: effects } : {}),
    ...(key === "bringYourOwnCni" ? { allowedValues: ownCniAnswers } : {}),
    defaultValue,
  });
  const parameters = { effect, engines, bringYourOwnCni };
  // Azure rejects a definition with a parameter that its rule does not use.
  const rule = JSON.stringify(policyRule);
  const used = Object.entries(parameters).filter(([key]) => rule.includes(`parameters('${key}')`));
  return {
    name: `aks-network-policy-${resource}`,
    properties: {
      displayName,
      description: `Made by aks-network-policy-pack ${version} with the ends of support before ${today.toISOString().slice(0, 10)}: ${pageOf(name)}`,
      policyType: "Custom",
      mode: "All",
      metadata: { category: "Kubernetes", version, nonComplianceMessage: `${message} ${pageOf(name)}` },
      parameters: Object.fromEntries(used.map(([key, value]) => [key, parameter(key, value)])),
      policyRule,
    },
  };
}
