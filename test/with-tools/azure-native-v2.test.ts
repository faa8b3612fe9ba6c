/** Compares the recorded versions of Azure's API with version 2 of azure-native. */
import { join } from "node:path";
import { expect, test } from "vitest";
import type { ModuleOfSdk } from "../facts/azure-native-sdk";
import { modulesOfSdk } from "../facts/azure-native-sdk";
import { differences, expectTheSame } from "../support/azure-api-versions";
import { azureNativeV2, describeWithAzureNativeV2 } from "../support/azure-native-v2";

describeWithAzureNativeV2("the versions of Azure's API", () => {
  const found = modulesOfSdk(join(azureNativeV2, "node_modules", "@pulumi", "azure-native"));
  test("are those of every module of version 2", () => {
    expect(found.length).toBe(34);
    expectTheSame(found, "2.92.3");
  });

  test("would differ with one property more or less", () => {
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
