import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const root = join(__dirname, "..", "..");

/** A copy of what the script reads and writes. */
let place: string;
beforeAll(() => {
  place = mkdtempSync(join(tmpdir(), "new-rule-"));
  mkdirSync(join(place, "test"));
  for (const name of ["shared", "README.md", "tsconfig.json", join("test", "new-rule.mjs")])
    cpSync(join(root, name), join(place, name), { recursive: true });
  symlinkSync(join(root, "node_modules"), join(place, "node_modules"));
});
afterAll(() => {
  rmSync(place, { recursive: true });
});

function newRule(...args: readonly string[]): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, [join(place, "test", "new-rule.mjs"), ...args], { encoding: "utf8" });
}

describe("npm run new:rule", () => {
  test.each([
    [undefined, "usage: "],
    ["Flat", "is not a name for a rule"],
    ["flat", "is not a name for a rule"],
    ["../flat-rule", "is not a name for a rule"],
    ["network-policy-configured", "shared/rules/network-policy-configured exists already"],
    ["auto-set", "the README has a section named auto-set already"],
  ])("rejects %s", (name, reason) => {
    const { status, stderr } = newRule(...(name === undefined ? [] : [name]));
    expect([status, stderr]).toEqual([1, expect.stringContaining(reason)]);
  });

  test("writes a rule that compiles once it is listed as instructed", () => {
    const { status, stdout } = newRule("network-policy-flat");
    expect(status).toBe(0);
    const [imported = "", listed = ""] = stdout.split("\n").filter((line) => line.startsWith("     "));
    const list = join(place, "shared", "rules", "index.ts");
    const before = readFileSync(list, "utf8");
    const compile = (): string =>
      spawnSync(
        process.execPath,
        [join(root, "node_modules/typescript/bin/tsc"), "-p", join(place, "shared")],
        {
          encoding: "utf8",
        },
      ).stdout;
    writeFileSync(
      list,
      `${imported.trim()}\n${before.replace("const folders = {\n", `const folders = {\n${listed}\n`)}`,
    );
    expect(compile()).toBe("");
    const causes = join(place, "shared", "rules", "network-policy-flat", "causes.ts");
    const written = readFileSync(causes, "utf8");
    writeFileSync(causes, written.replace('-flat" };', '-flat" } | { readonly cause: "without-words" };'));
    expect(compile()).toContain("Property '\"without-words\"' is missing");
  });
});
