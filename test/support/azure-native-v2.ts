import { existsSync } from "node:fs";
import { join } from "node:path";
import { describeWith } from "./needs";

/** Has a separate install, because one install contains one version of an SDK. */
export const azureNativeV2 = join(__dirname, "..", "azure-native-v2");

/** Tests that need version 2 of `@pulumi/azure-native`. */
export function describeWithAzureNativeV2(name: string, define: () => void): void {
  const modules = join(azureNativeV2, "node_modules", "@pulumi");
  const installed = ["azure-native", "pulumi"].every((each) =>
    existsSync(join(modules, each, "package.json")),
  );
  const missing = installed
    ? undefined
    : "version 2 of @pulumi/azure-native (600 MB) is missing. Install it once with: npm ci --prefix test/azure-native-v2";
  describeWith({ what: "@pulumi/azure-native version 2", missing }, name, define);
}
