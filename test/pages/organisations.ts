import { azureNative } from "../../shared/dialects/azure-native";
import { spell } from "../../shared/reading/spell";
import type { Options } from "../../shared/rules";
import { byRule, defaultOptions, rules } from "../../shared/rules";
import type { ConfiguredExample, Rule } from "../../shared/rules/rule";
import type { Told } from "../support/evaluate";
import { evaluate, exampleDay, pulumiVoice } from "../support/evaluate";

/** Clusters whose verdict depends on an organisation's options, from all rules. */
export const organisationExamples: readonly ConfiguredExample[] = rules.flatMap(
  ({ configuredExamples = [] }) => configuredExamples,
);

/** A rule's messages for a user of azure-native. */
export function saidUnder({ options, cluster }: ConfiguredExample, rule: Rule): Told[] {
  const merged = byRule((name) => ({ ...defaultOptions[name], ...options[name] })) as Options;
  const spelled = spell(cluster, azureNative);
  if (spelled === undefined) throw new Error("azure-native has words for it");
  return evaluate(rule, spelled, azureNative, exampleDay, pulumiVoice, undefined, merged);
}
