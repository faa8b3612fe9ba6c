/** What is written down about versions, compared with the packages as they are pinned. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { dialectAt, isIn } from "../../../shared/dialects/at-version";
import { apiVersionsOfNames, apiVersionsOfSkus } from "../../../shared/dialects/azure-api-versions";
import { azureClassic } from "../../../shared/dialects/azure-classic";
import { azureNative } from "../../../shared/dialects/azure-native";
import { azurerm } from "../../../shared/dialects/azurerm";
import type { Dialect } from "../../../shared/dialects/dialect";
import { pulumiPartOf } from "../../../shared/dialects/lookup";
import type { ModuleOfSdk } from "../../facts/azure-native-sdk";
import { modulesOfSdk } from "../../facts/azure-native-sdk";
import { azureNativeV2, describeWithAzureNativeV2 } from "../../support/azure-native-v2";

const modules = join(__dirname, "..", "..", "..", "node_modules");

/** What a module of the SDK and the table say differently. */
function differences({ module, has, skus, writesKubenet }: ModuleOfSdk, provider: string): string[] {
  const type = `azure-native:containerservice${module === "" ? "" : `/${module}`}:ManagedCluster`;
  const dialect = pulumiPartOf(type, provider)?.dialect;
  const { version, sdkWrites } = dialect ?? {};
  const inTable = (table: typeof apiVersionsOfNames, name: string): boolean =>
    table[name]?.some((span) => isIn(span, version)) === true;
  const kubenet =
    sdkWrites !== undefined &&
    isIn(sdkWrites.versions, provider) &&
    sdkWrites.apis.some((api) => isIn(api, version));
  return [
    ...Object.keys(apiVersionsOfNames)
      // What version 3 takes by itself is taken to be the newest API, which the table knows and the SDK need not.
      .filter((name) => version !== undefined || Object.values(azureNative.settings).flat().includes(name))
      .filter((name) => has(name) !== inTable(apiVersionsOfNames, name)),
    ...Object.keys(apiVersionsOfSkus).filter((sku) => skus.includes(sku) !== inTable(apiVersionsOfSkus, sku)),
    ...(writesKubenet === kubenet ? [] : ["kubenet"]),
  ];
}

function expectTheSame(found: readonly ModuleOfSdk[], provider: string): void {
  const wrong = found.flatMap((each) =>
    differences(each, provider).map(
      (name) => `${each.module === "" ? "default module" : each.module}: ${name}`,
    ),
  );
  expect(wrong).toEqual([]);
}

describe("the versions of Azure's API", () => {
  test("are those of version 3 of azure-native", () => {
    const found = modulesOfSdk(join(modules, "@pulumi", "azure-native"));
    expect(found.map(({ module }) => module)).toEqual([""]);
    expectTheSame(found, "3.28.0");
  });

  describeWithAzureNativeV2("and", () => {
    const found = modulesOfSdk(join(azureNativeV2, "node_modules", "@pulumi", "azure-native"));
    test("are those of every module of version 2", () => {
      expect(found.length).toBe(34);
      expectTheSame(found, "2.92.3");
    });

    test("would differ by a property more, or one less", () => {
      const [first] = found;
      if (first === undefined) throw new Error("no module");
      const more: ModuleOfSdk = {
        ...first,
        has: (path) => path.endsWith("ebpfDataplane") || first.has(path),
      };
      expect(differences(more, "2.92.3")).toEqual(["networkProfile.ebpfDataplane"]);
      const less: ModuleOfSdk = { ...first, has: (path) => path !== "sku.name" && first.has(path) };
      expect(differences(less, "2.92.3")).toEqual(["sku.name"]);
      expect(differences({ ...first, skus: ["Base", "Automatic"] }, "2.92.3")).toEqual(["Automatic"]);
      expect(differences({ ...first, writesKubenet: false }, "2.92.3")).toEqual(["kubenet"]);
    });
  });
});

describe("the names of", () => {
  const declarationOf = (file: string, name: string): string => {
    const text = readFileSync(join(modules, file), "utf8");
    const start = text.search(new RegExp(`(?:export )?interface ${name}\\b`));
    return text.slice(start, text.indexOf("\n    }\n", start));
  };
  const namesOf = (
    dialect: Dialect,
    version: string,
  ): { readonly has: readonly string[]; readonly not: readonly string[] } => {
    const at = dialectAt(dialect, version);
    const last = (paths: readonly string[]): string[] => paths.map((path) => path.replace(/^.*\./, ""));
    return { has: last(at.settings.dataplane), not: last(at.absentNames?.dataplane ?? []) };
  };

  test("the classic provider are those of the pinned package", () => {
    const declared = declarationOf("@pulumi/azure/types/input.d.ts", "KubernetesClusterNetworkProfile");
    const { has, not } = namesOf(azureClassic, "6.40.0");
    for (const name of has) expect(declared).toMatch(new RegExp(`\\b${name}\\?:`));
    for (const name of not) expect(declared).not.toMatch(new RegExp(`\\b${name}\\?:`));
  });

  test.each(["@cdktf", "@cdktn"])("azurerm are those of the bindings %s", (scope) => {
    const file = `${scope}/provider-azurerm/lib/kubernetes-cluster/index.d.ts`;
    const declared = declarationOf(file, "KubernetesClusterNetworkProfile");
    const { has, not } = namesOf(azurerm, "4.55.0");
    for (const name of has) expect(declared).toContain(`#${name} `);
    for (const name of not) expect(declared).not.toContain(`#${name} `);
  });

  test("an automatic cluster are those of the pinned package", () => {
    const declared = readFileSync(
      join(modules, "@pulumi/azure/containerservice/automaticCluster.d.ts"),
      "utf8",
    );
    expect(declared).not.toMatch(/networkProfile\??:/);
    const token = "azure:containerservice/automaticCluster:AutomaticCluster";
    const code = readFileSync(join(modules, "@pulumi/azure/containerservice/automaticCluster.js"), "utf8");
    expect(code).toContain(`'${token}'`);
    expect(pulumiPartOf(token)?.what).toBe("cluster");
  });
});
