/** The npm package as a user has it: packed, installed in an empty project, and run by the real CLI. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Run } from "../pulumi-cli/cli";
import { withStack } from "../pulumi-cli/cli";
import { describeWithPulumi } from "../pulumi-cli/describe";

const root = join(__dirname, "..", "..");
const { name, version, devDependencies } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
  readonly name: string;
  readonly version: string;
  readonly devDependencies: Readonly<Record<string, string>>;
};

function npm(cwd: string, ...args: string[]): void {
  execFileSync("npm", [...args, "--no-audit", "--no-fund", "--prefer-offline"], { cwd, stdio: "pipe" });
}

/** What the lines of a message that begin with `Fix:` tell a user to write, in the form of TypeScript and YAML. */
function fixIn(message: string): Record<string, string> {
  const [, lines = ""] = /^Fix: inside networkProfile, set (.*)$/m.exec(message) ?? [];
  return Object.fromEntries(
    [...lines.matchAll(/(\w+): "(\w+)"/g)].map(([, key = "", value = ""]) => [key, value]),
  );
}

describeWithPulumi("the npm package in an empty project,", () => {
  let project: string;
  beforeAll(() => {
    project = mkdtempSync(join(tmpdir(), "installed-"));
    writeFileSync(join(project, "package.json"), JSON.stringify({ name: "shop", private: true }));
    // The build stands already; packing must not remove it under the tests that run beside this one.
    npm(root, "pack", "--ignore-scripts", "--pack-destination", project);
    const hosts = ["@pulumi/policy", "@pulumi/pulumi"].map(
      (host) => `${host}@${devDependencies[host] ?? ""}`,
    );
    npm(project, "install", "--save-dev", join(project, `${name}-${version}.tgz`), ...hosts);
  });
  afterAll(() => {
    rmSync(project, { recursive: true, force: true });
  });

  test.each([
    ["as a directory", ["node_modules", name, "pulumi-pack"]],
    ["as an executable file", ["node_modules", ".bin", name]],
  ])("%s, stops a cluster without an engine until its own fix is written", async (_form, path) => {
    const pack = join(project, ...path);
    const previewOf = (networkProfile: Readonly<Record<string, string>>): Promise<Run> =>
      withStack(
        {
          program: ({ resource }) => {
            resource("azure-native:containerservice:ManagedCluster", "aks", {
              resourceGroupName: "rg",
              networkProfile,
            });
          },
        },
        (stack) => stack.preview({ pack }),
      );

    const red = await previewOf({ networkPlugin: "azure" });
    expect(red.exitCode).not.toBe(0);
    expect(red.stdout).toContain(`❌ aks-network-policy@v${version}`);
    expect(red.events.map(({ enforcementLevel, policyName }) => `${enforcementLevel} ${policyName}`)).toEqual(
      ["mandatory network-policy-configured"],
    );

    const fix = fixIn(red.events[0]?.message ?? "");
    expect(Object.keys(fix)).not.toEqual([]);
    const green = await previewOf({ networkPlugin: "azure", ...fix });
    expect([green.exitCode, green.events]).toEqual([0, []]);
    expect(green.stdout).toContain(`✅ aks-network-policy@v${version}`);
  });
});
