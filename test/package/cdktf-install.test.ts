import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Library } from "../support/terraform";
import { libraries } from "../support/terraform";

const root = join(__dirname, "..", "..");

/** Runs a program in a separate process, as `node main.js` does. */
function run(
  library: Library,
  body: string,
  env: NodeJS.ProcessEnv = {},
): { status: number | null; stderr: string } {
  const folder = mkdtempSync(join(tmpdir(), "program-"));
  const file = join(folder, "main.cjs");
  writeFileSync(
    file,
    `const { createRequire } = require("node:module");
const load = createRequire(${JSON.stringify(join(root, "package.json"))});
const { App, TerraformStack, TerraformResource, Aspects } = load(${JSON.stringify(library.name)});
const { AksNetworkPolicyAspect } = load(${JSON.stringify(join(root, "dist", "cdktf-aspect"))});
const app = new App({ outdir: ${JSON.stringify(join(folder, "out"))}, skipValidation: true });
const aks = (stack, profile) => {
  const made = new TerraformResource(stack, "aks", { terraformResourceType: "azurerm_kubernetes_cluster" });
  made.addOverride("network_profile", profile);
};
${body}`,
  );
  const clean = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !name.startsWith("VITEST")),
  );
  const { status, stderr } = spawnSync(process.execPath, [file], {
    encoding: "utf8",
    env: { ...clean, ...env },
  });
  rmSync(folder, { recursive: true });
  return { status, stderr };
}

describe.each(libraries)("$name: it cannot be installed without taking effect:", (library) => {
  describe("in a separate program", () => {
    const open = '{ network_plugin: "azure" }';
    const fine = '{ network_plugin: "azure", network_policy: "calico" }';
    test("a cluster without an engine fails it, with a message", () => {
      const { status, stderr } = run(
        library,
        `AksNetworkPolicyAspect.applyTo(app, Aspects); aks(new TerraformStack(app, "s"), ${open}); app.synth();`,
      );
      expect(status).toBe(1);
      expect(stderr).toContain(
        "[s/aks] network-policy-configured: network_profile.network_policy is not set",
      );
    });

    test("a cluster with an engine does not", () => {
      const program = `AksNetworkPolicyAspect.applyTo(app, Aspects); aks(new TerraformStack(app, "s"), ${fine}); app.synth();`;
      expect(run(library, program)).toEqual({
        status: 0,
        stderr: "aks-network-policy-pack: 1 cluster checked: 1 pass\n",
      });
    });

    const applied = (options = "{}", configuration = "{}"): string =>
      `AksNetworkPolicyAspect.applyTo(app, Aspects, ${configuration}, ${options}); const s = new TerraformStack(app, "s");`;
    const cluster = (id: string, profile: string): string =>
      `new TerraformResource(s, "${id}", { terraformResourceType: "azurerm_kubernetes_cluster" }).addOverride("network_profile", ${profile});`;
    const unknown = '{ network_plugin: "azure", network_policy: "${var.np}" }';
    const many = [cluster("a", fine), cluster("b", unknown), cluster("c", open)].join("");

    test("it also prints its warnings, and finally what was checked", () => {
      const { status, stderr } = run(library, `${applied("{}", '{ all: "advisory" }')} ${many} app.synth();`);
      expect(status).toBe(0);
      const lines = stderr.split("\n").filter((line) => /^\[|checked/.test(line));
      expect(lines).toEqual([
        expect.stringMatching(/^\[s\/b\] network-policy-configured: Unknown: /),
        expect.stringMatching(
          /^\[s\/c\] network-policy-configured: network_profile.network_policy is not set/,
        ),
        "aks-network-policy-pack: 3 clusters checked: 1 pass, 1 not decided, 1 fail",
      ]);
    });

    test("it prints that once, even if the synthesis fails and two Aspects look at it", () => {
      const { status, stderr } = run(
        library,
        `${applied()} Aspects.of(s).add(new AksNetworkPolicyAspect()); ${many} app.synth();`,
      );
      expect(status).toBe(1);
      expect(stderr.match(/clusters checked/g)).toHaveLength(1);
      expect(stderr).toContain("3 clusters checked: 1 pass, 1 not decided, 1 fail");
      expect(stderr.match(/\[s\/b\]/g)).toHaveLength(1);
    });

    test.each([
      ["a stack without clusters is counted too", "{}", "", "aks-network-policy-pack: 0 clusters checked\n"],
      ["an option silences the count", "{ summary: false }", cluster("a", fine), ""],
    ])("%s", (_title, options, body, stderr) => {
      expect(run(library, `${applied(options)} ${body} app.synth();`)).toEqual({ status: 0, stderr });
    });

    test("under the command lines, which print annotations themselves, only the count is printed", () => {
      const env = { CDKTF_CONTINUE_SYNTH_ON_ERROR_ANNOTATIONS: "true", CDKTF_OUTDIR: "unused" };
      expect(run(library, `${applied()} ${many} app.synth();`, env)).toEqual({
        status: 0,
        stderr: "aks-network-policy-pack: 3 clusters checked: 1 pass, 1 not decided, 1 fail\n",
      });
    });

    test("CDKTF_CONTINUE_SYNTH_ON_ERROR_ANNOTATIONS is left to the user", () => {
      const program = `AksNetworkPolicyAspect.applyTo(app, Aspects); aks(new TerraformStack(app, "s"), ${open}); app.synth();`;
      expect(run(library, program, { CDKTF_CONTINUE_SYNTH_ON_ERROR_ANNOTATIONS: "1" })).toEqual({
        status: 0,
        stderr: "aks-network-policy-pack: 1 cluster checked: 1 fail\n",
      });
    });

    test("an Aspect on the App, which the libraries never call, fails it and says what to write", () => {
      const { status, stderr } = run(
        library,
        `Aspects.of(app).add(new AksNetworkPolicyAspect()); aks(new TerraformStack(app, "s"), ${open}); app.synth();`,
      );
      expect(status).toBe(1);
      expect(stderr).toContain("AksNetworkPolicyAspect.applyTo(app, Aspects, config)");
    });

    test("an Aspect that was called prints nothing of that", () => {
      const { status, stderr } = run(
        library,
        `const s = new TerraformStack(app, "s"); Aspects.of(s).add(new AksNetworkPolicyAspect()); aks(s, ${fine}); app.synth();`,
      );
      expect({ status, stderr }).toEqual({
        status: 0,
        stderr: "aks-network-policy-pack: 1 cluster checked: 1 pass\n",
      });
    });
  });
});
