import { readdirSync, readFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import ts from "typescript";
import { describe, expect, test } from "vitest";

const root = join(__dirname, "..");

/** What each folder may import beside its own files. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  shared: ["fastest-levenshtein", "valibot"],
  "pulumi-pack": ["shared", "@pulumi/policy", "node:fs", "node:module", "node:path"],
  // Not even their types: one Aspect serves every copy of both libraries.
  "cdktf-aspect": ["shared"],
};

function importsOf(file: string): string[] {
  return ts
    .preProcessFile(readFileSync(file, "utf8"), true, true)
    .importedFiles.map(({ fileName }) => fileName);
}

function filesUnder(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => join(root, folder, name));
}

/** The folder at the top level, or the package, that a file's import leads to. */
function target(file: string, name: string): string {
  if (!name.startsWith(".")) return name;
  const [folder = ""] = relative(root, resolve(file, "..", name)).split("/");
  return folder;
}

describe.each(Object.entries(allowed))("%s", (folder, names) => {
  test("imports only what the design lets it", () => {
    const files = filesUnder(folder);
    expect(files.length).toBeGreaterThan(2);
    const wrong = files.flatMap((file) =>
      importsOf(file)
        .map((name) => target(file, name))
        .filter((to) => to !== folder && !names.includes(to))
        .map((to) => `${relative(root, file)} -> ${to}`),
    );
    expect(wrong).toEqual([]);
  });
});

test("shared reads no clock, no process and no global of a host", () => {
  const words = /\bnew Date\(\)|\bDate\.now\b|\bprocess\.|\brequire\(|\bglobalThis\b|\bMath\.random\b/;
  // Comments and worked examples are code to this test as well: an example names its day.
  const wrong = filesUnder("shared").filter((file) => words.test(readFileSync(file, "utf8")));
  expect(wrong).toEqual([]);
});

test("what ships loads no provider SDK", () => {
  const wrong = Object.keys(allowed)
    .flatMap(filesUnder)
    .filter((file) => importsOf(file).some((name) => /^@pulumi\/(azure|pulumi)|provider-/.test(name)));
  expect(wrong).toEqual([]);
});
