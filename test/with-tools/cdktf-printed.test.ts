/**
 * What a user reads under the real command lines: each finding once, and once how many clusters were checked.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { describeWith } from "../support/needs";
import { cdktfCommand, cdktnCommand } from "../support/terraform-clis";

const root = join(__dirname, "..", "..");

/** Two Aspects on a stack, a nested stack and a separate one; errors, warnings and infos. */
const program = (library: string, level: string): string => `
const { createRequire } = require("node:module");
const load = createRequire(${JSON.stringify(join(root, "package.json"))});
const { App, TerraformStack, TerraformResource, Aspects } = load(${JSON.stringify(library)});
const { KubernetesCluster } = load("@${library}/provider-azurerm/lib/kubernetes-cluster");
const { AzurermProvider } = load("@${library}/provider-azurerm/lib/provider");
const { AksNetworkPolicyAspect } = load(${JSON.stringify(join(root, "dist", "cdktf-aspect"))});
const app = new App();
const configuration = { "network-policy-configured": ${level} };
AksNetworkPolicyAspect.applyTo(app, Aspects, configuration);
const stack = (scope, id) => {
  const made = new TerraformStack(scope, id);
  new AzurermProvider(made, "azurerm", { features: [{}] });
  return made;
};
const aks = (stack, id, networkProfile) =>
  new KubernetesCluster(stack, id, {
    name: id, location: "westeurope", resourceGroupName: "rg", dnsPrefix: "aks",
    defaultNodePool: { name: "default", vmSize: "x" }, networkProfile,
  });
const outer = stack(app, "outer");
Aspects.of(outer).add(new AksNetworkPolicyAspect(configuration));
const inner = stack(outer, "inner");
const beside = stack(app, "beside");
for (const each of [outer, inner, beside]) {
  aks(each, "open", { networkPlugin: "azure" });
  aks(each, "unknown", { networkPlugin: "azure", networkPolicy: "\${var.engine}" });
  aks(each, "fine", { networkPlugin: "azure", networkPolicy: "calico" });
}
app.synth();
`;

/** A part of a line for each finding, sorted. */
function printed(command: readonly [string, ...string[]], library: string, level: string, ...args: string[]) {
  const folder = mkdtempSync(join(tmpdir(), "printed-"));
  writeFileSync(join(folder, "main.js"), program(library, level));
  writeFileSync(
    join(folder, "cdktf.json"),
    JSON.stringify({
      language: "typescript",
      app: "node main.js",
      projectId: "x",
      sendCrashReports: "false",
    }),
  );
  const clean = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(?:VITEST|npm_|NODE_ENV$)/.test(name)),
  );
  const [file, ...first] = command;
  const { status, stdout, stderr } = spawnSync(file, [...first, ...args], {
    cwd: folder,
    encoding: "utf8",
    env: { ...clean, CHECKPOINT_DISABLE: "1", FORCE_COLOR: "0" },
  });
  rmSync(folder, { recursive: true });
  const lines = `${stdout}\n${stderr}`.split("\n");
  const found = lines.flatMap((line) => {
    const [, path = "", rule = ""] = /\[([\w/]+)\]:? (network-policy-\w+): /.exec(line) ?? [];
    return path === "" ? [] : [`${path} ${rule}`];
  });
  const [, summary] = /aks-network-policy-pack: (.*)/.exec(lines.join("\n")) ?? [];
  const summaries = lines.filter((line) => line.includes("clusters checked")).length;
  return { status, found: found.sort(), summary, summaries };
}

const stacks = ["beside", "outer", "outer/inner"];
const each = (...names: string[]): string[] =>
  stacks.flatMap((path) => names.map((name) => `${path}/${name} network-policy-configured`)).sort();

const ways = [
  ["cdktf", ["synth"]],
  ["cdktf", ["synth", "--hcl"]],
  ["cdktn", ["synth"]],
  ["cdktn", ["synth", "--hcl"]],
] as const;

describe.each(ways)("under `%s %s`", (library, args) => {
  const { command, need } = library === "cdktf" ? cdktfCommand : cdktnCommand;
  describeWith(need, "nothing is printed twice", () => {
    test("warnings", () => {
      expect(printed(command, library, '"advisory"', ...args)).toEqual({
        status: 0,
        found: each("open", "unknown"),
        summary: "9 clusters checked: 3 pass, 3 not decided, 3 fail",
        summaries: 1,
      });
    });

    test("errors and warnings together", () => {
      expect(printed(command, library, '"mandatory"', ...args)).toMatchObject({
        status: 1,
        found: each("open", "unknown"),
        summaries: 1,
      });
    });

    test("what auto-set wrote", () => {
      expect(printed(command, library, '"remediate"', ...args)).toMatchObject({
        status: 0,
        found: each("open", "unknown"),
        summaries: 1,
      });
    });
  });
});

test.each(["cdktf", "cdktn"])(
  "a program of %s that is run directly prints nothing twice either",
  (library) => {
    expect(printed([process.execPath], library, '"advisory"', "main.js")).toEqual({
      status: 0,
      found: each("open", "unknown"),
      summary: "9 clusters checked: 3 pass, 3 not decided, 3 fail",
      summaries: 1,
    });
  },
);
