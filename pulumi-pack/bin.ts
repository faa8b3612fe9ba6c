#!/usr/bin/env node
/** The pack as an executable file, which `pulumi --policy-pack FILE` runs as it is (Pulumi CLI 3.255 and later). */
import { readFileSync } from "node:fs";
import { join } from "node:path";

const packFolder = join(__dirname, "..", "..", "pulumi-pack");
const [engineAddress] = process.argv.slice(2);

if (engineAddress === undefined || engineAddress.startsWith("-")) {
  const { version } = JSON.parse(readFileSync(join(packFolder, "package.json"), "utf8")) as {
    version: string;
  };
  process.stderr.write(
    [
      `aks-network-policy-pack ${version}: a Pulumi policy pack, started by the Pulumi CLI:`,
      "  pulumi preview --policy-pack node_modules/.bin/aks-network-policy-pack",
      "",
    ].join("\n"),
  );
  process.exitCode = engineAddress === "--version" || engineAddress === "--help" ? 0 : 2;
} else {
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
