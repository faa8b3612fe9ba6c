/** Compares the recorded facts about versions with the pinned packages. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { dialectAt } from "../../../shared/dialects/at-version";
import { azureClassic } from "../../../shared/dialects/azure-classic";
import { azurerm } from "../../../shared/dialects/azurerm";
import type { Dialect } from "../../../shared/dialects/dialect";
import { pulumiPartIn } from "../../../shared/dialects/lookup";
import { modulesOfSdk } from "../../facts/azure-native-sdk";
import { expectTheSame } from "../../support/azure-api-versions";

const modules = join(__dirname, "..", "..", "..", "node_modules");

describe("the versions of Azure's API", () => {
  test("are those of version 3 of azure-native", () => {
    const found = modulesOfSdk(join(modules, "@pulumi", "azure-native"));
    expect(found.map(({ module }) => module)).toEqual([""]);
    expectTheSame(found, "3.28.0");
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
    expect(pulumiPartIn(token)?.what).toBe("cluster");
  });
});
