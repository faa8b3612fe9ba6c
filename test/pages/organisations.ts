import type { Declaration } from "../../shared/cluster/declaration";
import { azureNative } from "../../shared/dialects/azure-native";
import type { Finding } from "../../shared/findings/findings";
import type { Options } from "../../shared/policy/configuration";
import { defaultOptions } from "../../shared/policy/configuration";
import { spell } from "../../shared/reading/spell";
import type { Rule } from "../../shared/rules/rule";
import { evaluate, exampleDay, pulumiVoice } from "../support/evaluate";

/** Clusters of which an organisation's own configuration decides, with what it asks for. */
export interface OrganisationExample {
  readonly title: string;
  readonly configured: Partial<Options["network-policy-configured"]>;
  readonly cluster: Declaration;
}

export const organisationExamples: readonly OrganisationExample[] = [
  {
    title: "azure on kubenet, calico accepted",
    configured: { engines: ["calico"] },
    cluster: { plugin: "kubenet", engine: "azure" },
  },
  {
    title: "cilium implied, azure accepted",
    configured: { engines: ["azure"] },
    cluster: { plugin: "azure", dataplane: "cilium" },
  },
  {
    title: "SKU Automatic, azure and calico accepted",
    configured: { engines: ["azure", "calico"] },
    cluster: { sku: "Automatic" },
  },
  {
    title: "engine azure ends, azure accepted",
    configured: { engines: ["azure"] },
    cluster: { plugin: "azure", engine: "azure" },
  },
  {
    title: "bring your own CNI, with a warning",
    configured: { bringYourOwnCni: "warn" },
    cluster: { plugin: "none" },
  },
];

/** What a rule says to a user of azure-native. */
export function saidUnder({ configured, cluster }: OrganisationExample, rule: Rule): Finding[] {
  const options = {
    ...defaultOptions,
    "network-policy-configured": { ...defaultOptions["network-policy-configured"], ...configured },
  };
  const spelled = spell(cluster, azureNative);
  if (spelled === undefined) throw new Error("azure-native has words for it");
  return evaluate(rule, spelled, azureNative, exampleDay, pulumiVoice, undefined, options);
}
