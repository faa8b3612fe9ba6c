#!/usr/bin/env node
/**
 * The executable of the package: the policy pack if Pulumi starts it (`pulumi --policy-pack FILE`, Pulumi CLI
 * 3.255 and later), else the command line. Each loads only its own modules.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { isCalledByPulumi } from "./called-by-pulumi";

const packageFolder = join(__dirname, "..", "..");

if (isCalledByPulumi(process.argv.slice(2))) {
  // The SDK reads the pack's version from the package.json of the current folder, and Pulumi starts a file in
  // its caller's folder.
  process.chdir(join(packageFolder, "pulumi-pack"));
  try {
    require.resolve("@pulumi/policy");
  } catch {
    process.stderr.write(
      "aks-network-policy-pack needs the Pulumi policy SDK: npm install --save-dev @pulumi/policy\n",
    );
    process.exit(1);
  }
  void import("../pulumi-pack/pack.js");
} else {
  void import("./start.js").then(({ start }) =>
    start({
      path: "node_modules/.bin/aks-network-policy-pack",
      pageOfRule: (rule) => readFileSync(join(packageFolder, "docs", "rules", `${rule}.md`), "utf8"),
    }),
  );
}
