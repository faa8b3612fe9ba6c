/** `npm pack` with its scripts, in a copy of the repository: it removes the build, which other tests use. */
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { copyRepositoryTo, git, plainEnvironment } from "../support/working-copy";

const root = join(__dirname, "..", "..");
const text = readFileSync(join(root, "package.json"), "utf8");
const manifest = JSON.parse(text) as {
  readonly name: string;
  readonly version: string;
  readonly scripts: Readonly<Record<string, string>>;
};

let work: string;
let clone: string;
beforeAll(() => {
  work = mkdtempSync(join(tmpdir(), "packing-"));
  clone = join(work, "clone");
  mkdirSync(clone);
  copyRepositoryTo(clone);
  symlinkSync(join(root, "node_modules"), join(work, "node_modules"));
});
afterAll(() => {
  rmSync(work, { recursive: true });
});

const manifestOfClone = (): string => readFileSync(join(clone, "package.json"), "utf8");

function npm(folder: string, ...args: string[]): { status: number | null; stdout: string; stderr: string } {
  return spawnSync("npm", args, {
    cwd: folder,
    encoding: "utf8",
    env: { ...plainEnvironment, npm_config_update_notifier: "false" },
  });
}

describe("`npm pack`", () => {
  let printed: string;
  beforeAll(() => {
    const { status, stdout, stderr } = npm(clone, "pack");
    expect([status, stderr]).toEqual([0, expect.any(String)]);
    printed = stdout;
  });

  test("prints only the tarball's name", () => {
    expect(printed).toBe(`${manifest.name}-${manifest.version}.tgz\n`);
  });

  test("leaves the repository unchanged", () => {
    expect(manifestOfClone()).toBe(text);
    expect(git(clone, "status", "--porcelain", "--ignored").split("\n").filter(Boolean).sort()).toEqual([
      `!! ${printed.trim()}`,
      "!! dist/",
    ]);
  });

  test("packs the package.json without `prepare`, and otherwise unchanged", () => {
    const packed = execFileSync("tar", ["-xzOf", printed.trim(), "package/package.json"], {
      cwd: clone,
      encoding: "utf8",
    });
    expect(manifest.scripts).toHaveProperty("prepare");
    const { prepare, ...scripts } = manifest.scripts;
    expect(prepare).toBeDefined();
    expect(JSON.parse(packed)).toEqual({ ...manifest, scripts });
    expect(Object.keys(JSON.parse(packed) as object)).toEqual(Object.keys(manifest));
  });

  test("creates a package that npm installs without a warning", () => {
    const folder = join(work, "user");
    mkdirSync(folder);
    writeFileSync(join(folder, "package.json"), `{ "private": true }`);
    const installed = npm(
      folder,
      "install",
      "--no-audit",
      "--no-fund",
      "--prefer-offline",
      join(clone, printed.trim()),
    );
    expect([installed.status, installed.stderr]).toEqual([0, ""]);
    const version = spawnSync(join(folder, "node_modules", ".bin", manifest.name), ["--version"], {
      encoding: "utf8",
    });
    expect(version.stdout).toBe(`${manifest.version}\n`);
  });
});

describe("an interrupted packing", () => {
  const script = (what: string): number | null =>
    spawnSync(process.execPath, [join("bundle", "packed-manifest.mjs"), what], { cwd: clone }).status;

  test("is repaired by the next one", () => {
    expect(script("write")).toBe(0);
    expect(manifestOfClone()).not.toBe(text);
    expect(script("write")).toBe(0);
    expect(script("restore")).toBe(0);
    expect(manifestOfClone()).toBe(text);
    expect(script("restore")).toBe(0);
    expect(manifestOfClone()).toBe(text);
  });

  test("reverts no later changes", () => {
    expect(script("write")).toBe(0);
    const changed = text.replace(`"version": "${manifest.version}"`, `"version": "9.9.9"`);
    writeFileSync(join(clone, "package.json"), changed);
    expect(script("write")).toBe(0);
    expect(script("restore")).toBe(0);
    expect(manifestOfClone()).toBe(changed);
  });

  test("is reported if nothing can repair it", () => {
    writeFileSync(join(clone, "package.json"), text.replace(/\n +"prepare": .*/, ""));
    expect(script("write")).toBe(1);
  });
});
