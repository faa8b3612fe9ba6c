import { expect } from "vitest";
import { isIn } from "../../shared/dialects/at-version";
import { apiVersionsOfNames, apiVersionsOfSkus } from "../../shared/dialects/azure-api-versions";
import { azureNative } from "../../shared/dialects/azure-native";
import { pulumiPartIn } from "../../shared/dialects/lookup";
import type { ModuleOfSdk } from "../facts/azure-native-sdk";

/** The differences between a module of the SDK and the table. */
export function differences({ module, has, skus, writesKubenet }: ModuleOfSdk, provider: string): string[] {
  const type = `azure-native:containerservice${module === "" ? "" : `/${module}`}:ManagedCluster`;
  const dialect = pulumiPartIn(type, provider)?.dialect;
  const { version, sdkWrites } = dialect ?? {};
  const inTable = (table: typeof apiVersionsOfNames, name: string): boolean =>
    table[name]?.some((span) => isIn(span, version)) === true;
  const kubenet =
    sdkWrites !== undefined &&
    isIn(sdkWrites.versions, provider) &&
    sdkWrites.apis.some((api) => isIn(api, version));
  return [
    ...Object.keys(apiVersionsOfNames)
      // What version 3 itself uses counts as the newest API, which the table knows and the SDK need not.
      .filter((name) => version !== undefined || Object.values(azureNative.settings).flat().includes(name))
      .filter((name) => has(name) !== inTable(apiVersionsOfNames, name)),
    ...Object.keys(apiVersionsOfSkus).filter((sku) => skus.includes(sku) !== inTable(apiVersionsOfSkus, sku)),
    ...(writesKubenet === kubenet ? [] : ["kubenet"]),
  ];
}

/** Expects every module of an SDK to match the table of API versions. */
export function expectTheSame(found: readonly ModuleOfSdk[], provider: string): void {
  const wrong = found.flatMap((each) =>
    differences(each, provider).map(
      (name) => `${each.module === "" ? "default module" : each.module}: ${name}`,
    ),
  );
  expect(wrong).toEqual([]);
}
