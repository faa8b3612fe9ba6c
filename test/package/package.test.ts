import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, posix } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bootPack } from "../engine/analyzer";
import { pages } from "../pages/markdown-files";

const root = join(__dirname, "..", "..");
const typescript = join(root, "node_modules", "typescript", "bin", "tsc");

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly main: string;
  readonly exports: Readonly<Record<string, unknown>>;
  readonly scripts?: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly peerDependencies: Readonly<Record<string, string>>;
  readonly peerDependenciesMeta: Readonly<Record<string, { readonly optional?: boolean }>>;
}
const manifestAt = (...path: string[]): Manifest =>
  JSON.parse(readFileSync(join(...path, "package.json"), "utf8")) as Manifest;
const manifest = manifestAt(root);

let work: string;
let tarball: string;
beforeAll(() => {
  work = mkdtempSync(join(tmpdir(), "packed-"));
  // The build exists already; packing must not remove it while other tests run.
  npm(root, "pack", "--ignore-scripts", "--pack-destination", work);
  tarball = join(work, `${manifest.name}-${manifest.version}.tgz`);
});
afterAll(() => {
  rmSync(work, { recursive: true, force: true });
});

function npm(cwd: string, ...args: string[]): string {
  return execFileSync("npm", [...args, "--no-audit", "--no-fund", "--prefer-offline"], {
    cwd,
    encoding: "utf8",
    stdio: "pipe",
  });
}

/** Runs the command of a development dependency. */
function tool(file: string, ...args: string[]): { status: number | null; stdout: string } {
  return spawnSync(process.execPath, [join(root, "node_modules", file), ...args], {
    cwd: work,
    encoding: "utf8",
  });
}

/** A folder and its subfolders, from the top of the repository. */
function foldersOf(folder: string): string[] {
  const below = readdirSync(join(root, folder), { withFileTypes: true }).filter((each) => each.isDirectory());
  return [folder, ...below.flatMap(({ name }) => foldersOf(posix.join(folder, name)))].sort();
}

/** An empty project with the tarball and more installed, as a user has it. */
function projectWith(name: string, ...packages: string[]): string {
  const folder = join(work, name);
  mkdirSync(folder);
  writeFileSync(join(folder, "package.json"), JSON.stringify({ name, private: true }));
  npm(folder, "install", tarball, ...packages);
  return folder;
}

const cluster = {
  type: "azure-native:containerservice:ManagedCluster",
  name: "aks",
  props: { networkProfile: { networkPlugin: "azure", networkPolicy: "none" } },
};

async function verdictsOf(
  pack: string,
  cwd: string,
): Promise<{ name: string; version: string; violations: string[] }> {
  const booted = await bootPack(pack, { cwd });
  try {
    const { name, version } = await booted.info();
    const { violations } = await booted.analyze(cluster);
    return { name, version, violations: violations.map((v) => `${v.enforcementLevel} ${v.policyName}`) };
  } finally {
    await booted.stop();
  }
}

describe("the versions", () => {
  test("of the package and of the pack that engines show are the same", () => {
    expect(manifestAt(root, "pulumi-pack").version).toBe(manifest.version);
  });

  test("have an entry in the changelog", () => {
    expect(readFileSync(join(root, "CHANGELOG.md"), "utf8")).toContain(`## ${manifest.version}`);
  });
});

describe("the tarball", () => {
  interface Packed {
    readonly size: number;
    readonly files: readonly { readonly path: string }[];
  }
  let packed: Packed | undefined;
  beforeAll(() => {
    [packed] = JSON.parse(npm(root, "pack", "--dry-run", "--ignore-scripts", "--json")) as Packed[];
  });

  test("contains the code and the pages that explain it, and nothing else", () => {
    const folders = new Set(packed?.files.map(({ path }) => path.replace(/\/[^/]+$/, "")));
    expect([...folders].sort()).toEqual([
      "CHANGELOG.md",
      "LICENSE",
      "README.md",
      "dist/cdktf-aspect",
      ...foldersOf("cli").map((folder) => `dist/${folder}`),
      "dist/pulumi-pack",
      ...foldersOf("shared").map((folder) => `dist/${folder}`),
      "docs",
      "docs/rules",
      "examples",
      "package.json",
      "pulumi-pack",
    ]);
    expect(packed?.size).toBeLessThan(245_000);
  });

  test("contains everything that its pages link to, except for files to copy from the repository, evidence and contributors' pages", () => {
    const ofRepository =
      /^(?:examples|test|docs\/decisions)\/|^(?:SECURITY|CONTRIBUTING|docs\/architecture|docs\/evidence)\.md$/;
    const held = new Set(packed?.files.map(({ path }) => path));
    const led = pages
      .filter(({ name }) => held.has(name))
      .flatMap(({ name, text }) =>
        [...text.matchAll(/\]\((?!https:|#)([^)# ]+)/g)].map(([, to = ""]) =>
          posix.join(posix.dirname(name), to),
        ),
      );
    expect(led).toContain("docs/blocked-preview.svg");
    expect(led.filter((path) => !held.has(path) && !ofRepository.test(path))).toEqual([]);
  });

  test("has exactly these entry points, for every kind of type resolution", () => {
    const doors = [".", "./pulumi", "./cdktf", "./package.json"];
    expect(Object.keys(manifest.exports)).toEqual(doors);
    const { status, stdout } = tool("@arethetypeswrong/cli/dist/index.js", tarball, "--format", "json");
    const { analysis, problems = {} } = JSON.parse(stdout) as {
      readonly analysis: {
        readonly entrypoints: Readonly<
          Record<string, { readonly resolutions: Readonly<Record<string, unknown>> }>
        >;
      };
      readonly problems?: object;
    };
    expect([status, problems]).toEqual([0, {}]);
    expect(Object.keys(analysis.entrypoints).sort()).toEqual([...doors].sort());
    for (const { resolutions } of Object.values(analysis.entrypoints))
      expect(Object.keys(resolutions).sort()).toEqual(["bundler", "node10", "node16-cjs", "node16-esm"]);
  });

  test("passes publint", () => {
    const { status, stdout } = tool("publint/src/cli.js", "run", tarball, "--strict");
    expect([status, stdout]).toEqual([0, expect.stringContaining("All good!")]);
  });

  test("has its hosts and the HCL reader as optional peers", () => {
    const hosts = ["@cdktn/hcl2json", "@pulumi/policy", "@pulumi/pulumi", "cdktf", "cdktn", "constructs"];
    expect(Object.keys(manifest.peerDependencies).sort()).toEqual(hosts);
    expect(manifest.peerDependenciesMeta).toEqual(
      Object.fromEntries(hosts.map((name) => [name, { optional: true }])),
    );
  });

  test("alone installs nothing of Pulumi and CDKTF and no install script, and its evaluator runs", () => {
    const folder = projectWith("alone");
    const installed = readdirSync(join(folder, "node_modules")).filter((name) => !name.startsWith("."));
    expect(installed).toEqual([manifest.name, ...Object.keys(manifest.dependencies).sort()]);
    for (const name of installed) {
      const files = readdirSync(join(folder, "node_modules", name));
      const { scripts = {} } = manifestAt(folder, "node_modules", name);
      // With a binding.gyp, npm adds an install script.
      const ran = [...Object.keys(scripts), ...files].filter((each) =>
        /^((pre|post)?install|binding\.gyp)$/.test(each),
      );
      expect([name, ...ran]).toEqual([name]);
    }
    const script = `const { rules } = require("aks-network-policy-pack"); console.log(rules.map((rule) => rule.name).join());`;
    expect(execFileSync(process.execPath, ["-e", script], { cwd: folder, encoding: "utf8" }).trim()).toBe(
      "network-policy-configured,network-policy-compatible,network-policy-supported",
    );
  });
});

describe("the tarball next to the Pulumi SDKs", () => {
  let folder: string;
  beforeAll(() => {
    const { "@pulumi/policy": policy = "", "@pulumi/pulumi": pulumi = "" } = manifest.devDependencies;
    folder = projectWith("user", `@pulumi/policy@${policy}`, `@pulumi/pulumi@${pulumi}`);
  });
  const red = ["mandatory network-policy-configured"];

  test("installs nothing of CDKTF", () => {
    const installed = readdirSync(join(folder, "node_modules"));
    expect(installed).toContain("@pulumi");
    expect(installed.filter((name) => ["cdktf", "cdktn", "constructs"].includes(name))).toEqual([]);
  });

  test("runs as a directory", async () => {
    const pack = join(folder, "node_modules", manifest.name, "pulumi-pack");
    expect(await verdictsOf(pack, folder)).toEqual({
      name: "aks-network-policy",
      version: manifest.version,
      violations: red,
    });
  });

  test("runs as an executable file, with its own version and not the caller's", async () => {
    const bin = join(folder, "node_modules", ".bin", manifest.name);
    expect(statSync(bin).mode & 0o111).not.toBe(0);
    expect(await verdictsOf(bin, folder)).toEqual({
      name: "aks-network-policy",
      version: manifest.version,
      violations: red,
    });
  });

  test("prints its usage when the file is started manually", () => {
    const bin = join(folder, "node_modules", ".bin", manifest.name);
    const help = execFileSync("sh", ["-c", '"$0" --help 2>&1', bin], { encoding: "utf8" });
    expect(help).toContain("pulumi preview --policy-pack node_modules/.bin/aks-network-policy-pack");
    expect(help).toContain(manifest.version);
    expect(() => execFileSync(bin, [], { stdio: "pipe" })).toThrow(/aks-network-policy-pack check/);
  });

  test("starts nothing when its policies are imported", () => {
    const script = [
      `const { policies, createPolicies } = require("aks-network-policy-pack/pulumi");`,
      `const loaded = Object.keys(require.cache).filter((file) => file.includes("@pulumi"));`,
      `console.log(JSON.stringify([policies.length, createPolicies().length, loaded, process.getActiveResourcesInfo()]));`,
    ].join("\n");
    const printed = execFileSync(process.execPath, ["-e", script], { cwd: folder, encoding: "utf8" });
    const [one, two, loaded, active] = JSON.parse(printed) as [number, number, string[], string[]];
    expect([one, two, loaded]).toEqual([3, 3, []]);
    expect(active.filter((name) => name.startsWith("TCP"))).toEqual([]);
  });

  test("can be included in an organisation's own pack", async () => {
    const own = join(folder, "own-pack");
    mkdirSync(own);
    writeFileSync(join(own, "PulumiPolicy.yaml"), "runtime: nodejs\n");
    writeFileSync(
      join(own, "package.json"),
      JSON.stringify({ name: "own", version: "7.0.0", main: "index.js" }),
    );
    writeFileSync(
      join(own, "index.js"),
      `const { PolicyPack } = require("@pulumi/policy");
const { policies } = require("aks-network-policy-pack/pulumi");
const ours = { name: "ours", description: "ours", enforcementLevel: "advisory", validateResource: (_, report) => report("hello") };
new PolicyPack("own-rules", { policies: [...policies, ours] });
`,
    );
    expect(await verdictsOf(own, folder)).toEqual({
      name: "own-rules",
      version: "7.0.0",
      violations: [...red, "advisory ours"],
    });
  });

  test.each([
    ["node10", { module: "commonjs", moduleResolution: "node10" }],
    ["node16", { module: "node16", moduleResolution: "node16" }],
    ["bundler", { module: "preserve", moduleResolution: "bundler" }],
  ])("has types for %s", (name, resolution) => {
    const project = join(folder, name);
    mkdirSync(project);
    writeFileSync(
      join(project, "index.ts"),
      `import { PolicyPack } from "@pulumi/policy";
import { rules, type RuleName } from "aks-network-policy-pack";
import { createPolicies, policies } from "aks-network-policy-pack/pulumi";
import { AksNetworkPolicyAspect, type Configuration } from "aks-network-policy-pack/cdktf";
export const configuration: Configuration = { all: "advisory" };
export const aspect = (): AksNetworkPolicyAspect => new AksNetworkPolicyAspect(configuration);
export const names: RuleName[] = rules.map((rule) => rule.name);
export const pack = (): PolicyPack => new PolicyPack("own", { policies: [...policies] });
createPolicies({ today: () => new Date(0) });
`,
    );
    const compilerOptions = {
      ...resolution,
      strict: true,
      noEmit: true,
      target: "es2022",
      types: [],
      skipLibCheck: true,
    };
    writeFileSync(join(project, "tsconfig.json"), JSON.stringify({ compilerOptions }));
    const { stdout } = spawnSync(process.execPath, [typescript, "-p", project], { encoding: "utf8" });
    expect(stdout).toBe("");
  });
});
