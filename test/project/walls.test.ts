import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import ts from "typescript";
import { describe, expect, test } from "vitest";
import { dialects } from "../../shared/dialects";
import type { Dialect } from "../../shared/dialects/dialect";
import { rooms } from "../support/rooms";

const root = join(__dirname, "..", "..");

/** What each folder may import besides its own files. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  shared: ["fastest-levenshtein", "valibot"],
  "pulumi-pack": ["shared", "@pulumi/policy", "node:fs", "node:module", "node:path"],
  // Not even their types: one Aspect works with every copy of both libraries.
  "cdktf-aspect": ["shared"],
  // It is the executable, and so starts the pack if Pulumi calls it.
  cli: ["shared", "pulumi-pack", "node:crypto", "node:fs", "node:module", "node:path", "node:util"],
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

/** The top-level folder or the package that an import leads to. */
function target(file: string, name: string): string {
  if (!name.startsWith(".")) return name;
  const [folder = ""] = relative(root, resolve(file, "..", name)).split("/");
  return folder;
}

describe.each(Object.entries(allowed))("%s", (folder, names) => {
  test("imports only what the design allows", () => {
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
  // Comments and worked examples count as code for this test: an example names its day.
  const wrong = filesUnder("shared").filter((file) => words.test(readFileSync(file, "utf8")));
  expect(wrong).toEqual([]);
});

test("what ships loads no provider SDK", () => {
  const wrong = Object.keys(allowed)
    .flatMap(filesUnder)
    .filter((file) =>
      importsOf(file).some(
        (name) => !name.startsWith(".") && /^@pulumi\/(azure|pulumi)|provider-/.test(name),
      ),
    );
  expect(wrong).toEqual([]);
});

/** The files of `shared/` outside of any room. */
const outside = ["check.ts", "configuration.schema.json", "index.ts", "report.schema.json", "tsconfig.json"];

/** The file that a relative import leads to, as a path in the repository. */
function fileOf(file: string, name: string): string {
  const path = resolve(file, "..", name);
  const found = [`${path}.ts`, join(path, "index.ts"), path].find(
    (each) => existsSync(each) && /\.\w+$/.test(each),
  );
  return relative(root, found ?? path);
}

function roomOf(path: string): string {
  const [, room = ""] = path.split("/");
  return room;
}

describe("the rooms of shared", () => {
  test("are those of the design, and no others", () => {
    const entries = readdirSync(join(root, "shared"));
    const missing = rooms
      .filter((room) => !entries.includes(room))
      .map((room) => `shared/${room} is missing`);
    const stray = entries.filter(
      (entry) => !outside.includes(entry) && !rooms.some((room) => room === entry),
    );
    expect([...missing, ...stray.map((entry) => `shared/${entry} is in no room`)]).toEqual([]);
  });

  test("import only from lower ones", () => {
    const floor = (path: string): number => rooms.findIndex((room) => room === roomOf(path));
    const wrong = rooms.flatMap((room) =>
      filesUnder(join("shared", room)).flatMap((file) =>
        importsOf(file)
          .filter((name) => name.startsWith("."))
          .map((name) => fileOf(file, name))
          .filter((to) => floor(to) === -1 || floor(to) > floor(relative(root, file)))
          .map((to) => `${relative(root, file)} -> ${to}`),
      ),
    );
    expect([...new Set(wrong)], "a file imports from its own room and from lower ones").toEqual([]);
  });

  test.each(["pulumi-pack", "cdktf-aspect", "cli"])(
    "%s imports their files, not the public entry point",
    (host) => {
      const wrong = filesUnder(host).flatMap((file) =>
        importsOf(file)
          .filter((name) => name.startsWith(".") && fileOf(file, name) === "shared/index.ts")
          .map((name) => `${relative(root, file)} -> ${name}`),
      );
      expect(wrong).toEqual([]);
    },
  );
});

describe("dialects", () => {
  const folder = join(root, "shared", "dialects");

  test("exported by a file are all in the index", async () => {
    const indexed = new Set(dialects.flatMap((dialect) => [dialect, dialect.typed]));
    const missing: string[] = [];
    for (const name of readdirSync(folder)) {
      const exported = (await import(join(folder, name))) as Readonly<Record<string, unknown>>;
      for (const [key, value] of Object.entries(exported))
        if (isDialect(value) && !indexed.has(value))
          missing.push(`${key} of shared/dialects/${name} is not in the list of shared/dialects/index.ts`);
    }
    expect(missing).toEqual([]);
  });

  test("have unique names", () => {
    const names = dialects.flatMap(({ name, typed }) => [name, ...(typed === undefined ? [] : [typed.name])]);
    // A resource of unknown type is still azapi's.
    expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual(["azapi"]);
  });

  test("are the only files that name types of resources and sources of modules", () => {
    const names = new Set(
      dialects.flatMap(({ matches }) => textsIn(matches)).map((name) => name.toLowerCase()),
    );
    // An attribute's name may belong to anything.
    const types = [...names].filter((name) => /[:/]|^(?:azurerm|azapi)_/.test(name));
    expect(types.length).toBeGreaterThan(10);
    const general =
      /azurerm_kubernetes|azapi_(?:update_)?resource|_template_deployment|microsoft\.\w+\/|managedclusters|agentpools|containerservice|azure\/aks\/azurerm|terraform-azurerm-aks|avm-res/;
    const wrong = [
      ...rooms.filter((room) => room !== "dialects").flatMap((room) => filesUnder(join("shared", room))),
      ...filesUnder("pulumi-pack"),
      ...filesUnder("cdktf-aspect"),
    ].flatMap((file) =>
      literalsOf(file)
        .filter(
          (text) =>
            general.test(text.toLowerCase()) || types.some((type) => text.toLowerCase().includes(type)),
        )
        .map((text) => `${relative(root, file)}: ${text}`),
    );
    expect(wrong, "ask shared/dialects/lookup.ts instead").toEqual([]);
  });
});

function isDialect(value: unknown): value is Dialect {
  return typeof value === "object" && value !== null && "matches" in value && "settings" in value;
}

/** All texts in a value, at any depth. */
function textsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

/** The texts and regular expressions in a file's code, without comments. */
function literalsOf(file: string): string[] {
  const source = ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.Latest, false);
  const texts: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return;
    if (ts.isLiteralExpression(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node))
      // A page's address does not name a resource.
      texts.push(node.text.replace(/https:\S+/g, ""));
    ts.forEachChild(node, visit);
  };
  visit(source);
  return texts;
}
