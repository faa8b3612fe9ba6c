#!/usr/bin/env node
/** The pack as an executable file, which `pulumi --policy-pack FILE` runs as it is (Pulumi CLI 3.255 and later). */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { startedByEngine } from "./usage";

const packFolder = join(__dirname, "..", "..", "pulumi-pack");
const { version } = JSON.parse(readFileSync(join(packFolder, "package.json"), "utf8")) as { version: string };

if (startedByEngine(version, "node_modules/.bin/aks-network-policy-pack")) {
  // The SDK takes the pack's version from the package.json of the current folder, and the engine starts a file in its caller's.
  process.chdir(packFolder);
  try {
    require.resolve("@pulumi/policy");
  } catch {
    process.stderr.write(
      "aks-network-policy-pack needs the Pulumi policy SDK beside it: npm install --save-dev @pulumi/policy @pulumi/pulumi\n",
    );
    process.exit(1);
  }
  void import("./pack.js");
}
