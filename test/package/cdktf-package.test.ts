import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { describeWith } from "../support/needs";
import { cdktfCommand, cdktnCommand, terraformClis } from "../support/terraform-clis";

const root = join(__dirname, "..", "..");
const { cdktf } = terraformClis;

interface Result {
  readonly status: number | null;
  readonly output: string;
}

function run(cwd: string, file: string, ...args: string[]): Result {
  const clean = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(?:VITEST|npm_|CI$|NODE_ENV$)/.test(name)),
  );
  const { status, stdout, stderr } = spawnSync(file, args, {
    cwd,
    encoding: "utf8",
    env: { ...clean, CHECKPOINT_DISABLE: "1", FORCE_COLOR: "0" },
  });
  return { status, output: `${stdout}\n${stderr}` };
}

function npm(cwd: string, ...args: string[]): void {
  const { status, output } = run(
    cwd,
    "npm",
    ...args,
    "--ignore-scripts",
    "--no-audit",
    "--no-fund",
    "--prefer-offline",
  );
  if (status !== 0) throw new Error(output);
}

interface Manifest {
  readonly version: string;
  dependencies: Record<string, string>;
}
const readManifest = (folder: string): Manifest =>
  JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Manifest;

let work: string;
let tarball: string;
beforeAll(() => {
  work = mkdtempSync(join(tmpdir(), "terraform-"));
  npm(root, "pack", "--pack-destination", work);
  tarball = join(work, `aks-network-policy-pack-${readManifest(root).version}.tgz`);
});
afterAll(() => {
  rmSync(work, { recursive: true, force: true });
});

describe.each(["cdktf", "cdktn"] as const)("the tarball in a project of %s", (library) => {
  let folder: string;
  beforeAll(() => {
    folder = join(work, library);
    cpSync(join(root, "examples", library), folder, {
      recursive: true,
      filter: (file) => !file.includes("node_modules") && !file.includes("cdktf.out"),
    });
    const manifest = readManifest(folder);
    manifest.dependencies["aks-network-policy-pack"] = `file:${tarball}`;
    writeFileSync(join(folder, "package.json"), JSON.stringify(manifest));
    npm(folder, "install");
  }, 600_000);

  const stopped = [
    "[shop/nothing-set] network-policy-configured: networkProfile.networkPolicy is not set",
    "[shop/overridden] network-policy-configured: networkProfile.networkPolicy is not set",
  ];

  test("installs nothing of Pulumi, and nothing of the other library", () => {
    const installed = readdirSync(join(folder, "node_modules"));
    expect(installed).toContain(library);
    expect(installed).not.toContain("@pulumi");
    expect(installed).not.toContain(library === "cdktf" ? "cdktn" : "cdktf");
  });

  test("compiles the example unchanged", () => {
    expect(run(folder, join(folder, "node_modules", ".bin", "tsc"), "--noEmit", "-p", ".")).toEqual({
      status: 0,
      output: "\n",
    });
  });

  test("stops the program, and says why", () => {
    const { status, output } = run(folder, join(folder, "node_modules", ".bin", "ts-node"), "main.ts");
    expect(status).toBe(1);
    for (const line of stopped) expect(output).toContain(line);
    expect(output).not.toContain("[shop/fine]");
  });

  const own = terraformClis[library];
  describeWith(own.need, "with the template of its own CLI", () => {
    test("compiles with the template's tsconfig", () => {
      cpSync(join(own.template, "tsconfig.json"), join(folder, "tsconfig.template.json"));
      const tsc = join(folder, "node_modules", ".bin", "tsc");
      expect(run(folder, tsc, "--noEmit", "-p", "tsconfig.template.json")).toEqual({
        status: 0,
        output: "\n",
      });
    });
  });

  // cdktf's CLI synthesizes apps of both libraries.
  describeWith(cdktf.need, "with the real CLI of CDKTF", () => {
    stopsTheProgram(...cdktfCommand.command);
  });
  if (library === "cdktn") {
    describeWith(cdktnCommand.need, "with the real CLI of CDK Terrain", () => {
      stopsTheProgram(...cdktnCommand.command);
    });
  }

  function stopsTheProgram(file: string, ...first: string[]): void {
    test.each([["synth"], ["synth", "--hcl"]])("%s %s stops the program, one line per finding", (...args) => {
      const { status, output } = run(folder, file, ...first, ...args);
      expect(status).toBe(1);
      const hcl = args.length > 1;
      expect(output).toContain(stopped[0]?.replace("] ", "]: "));
      // HCL does not contain the override that removes the engine.
      if (hcl) expect(output).not.toContain("[shop/overridden]");
      else expect(output).toContain(stopped[1]?.replace("] ", "]: "));
      expect(output).toMatch(/\[shop\/later\]: network-policy-configured: Unknown: /);
      expect(output).not.toMatch(/^\s+at .*cdktf-aspect/m);
    });
  }
});
