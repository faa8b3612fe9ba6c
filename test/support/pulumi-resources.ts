import { azureNative } from "../../shared/dialects/azure-native";
import type { Dialect, PulumiTypes } from "../../shared/dialects/dialect";
import { pulumiDialects } from "../../shared/dialects";
import { rules } from "../../shared/rules";
import { spellings } from "./evaluate";

/** Further tokens of a resource, besides the first one in its dialect. */
const otherClusterTypes: Readonly<Record<string, readonly string[]>> = {
  [azureNative.name]: [
    "azure-native:containerservice/v20250901:ManagedCluster",
    "azure-native:containerservice/v20250102preview:ManagedCluster",
    "azure-native_containerservice_v20250901:containerservice:ManagedCluster",
    "azure-native_containerservice_v20251001:containerservice/v20251001:ManagedCluster",
  ],
};

export function clusterTypesOf(dialect: Dialect): readonly [string, ...string[]] {
  return [typesOf(dialect).cluster, ...(otherClusterTypes[dialect.name] ?? [])];
}

export function poolTypeOf(dialect: Dialect): string {
  return typesOf(dialect).pool ?? "";
}

function typesOf({ name, matches: { pulumi } }: Dialect): PulumiTypes {
  if (pulumi === undefined) throw new Error(`${name} is no dialect of Pulumi`);
  return pulumi;
}

/**
 * The truth table as Pulumi sees it: every worked example of every rule, in every spelling that can express
 * it.
 */
export const truthTable = rules.flatMap((rule) =>
  rule.examples.flatMap((example) =>
    spellings(example.cluster, pulumiDialects).map((spelling) => ({ rule, example, ...spelling })),
  ),
);
