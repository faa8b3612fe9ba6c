/** Verifies `docs/architecture.md`. */
import { existsSync, readFileSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { describe, expect, test } from "vitest";
import { rooms } from "../support/rooms";

const root = join(__dirname, "..", "..");
const page = readFileSync(join(root, "docs", "architecture.md"), "utf8");

/** The steps, rows and paragraphs of the page, each in one line. */
const passages = page.split(/\n\n|\n(?=\||- |\d+\. )/).map((passage) => passage.replace(/\s+/g, " "));

/** `shared/rules/` or `shared/rules/rule.ts`. */
const path = /^[\w-]+(?:\/[\w.-]+)*(?:\/|\.\w+)$/;
/** `decide()`, or `Inventory.register()`. */
const call = /^((?:\w+\.)?\w+)\(\)$/;

interface NamedFunction {
  /** The last file named before it in the same passage. */
  readonly file: string | undefined;
  /** A method is prefixed with its class. */
  readonly name: string;
}

function codeIn(passage: string): string[] {
  return [...passage.matchAll(/`([^`]+)`/g)].map(([, code = ""]) => code);
}

const functions = passages.flatMap((passage) => {
  let file: string | undefined;
  return codeIn(passage).flatMap((code): NamedFunction[] => {
    if (path.test(code)) file = code;
    const name = call.exec(code)?.[1];
    return name === undefined ? [] : [{ file, name }];
  });
});

/** The exported functions of a file, and the methods of its exported classes as `Class.method`. */
function exportedFunctions(file: string): ReadonlySet<string> {
  const text = readFileSync(join(root, file), "utf8");
  const names = new Set<string>();
  for (const statement of ts.createSourceFile(file, text, ts.ScriptTarget.ES2022).statements) {
    const modifiers = ts.canHaveModifiers(statement) ? (ts.getModifiers(statement) ?? []) : [];
    if (!modifiers.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)) continue;
    if (ts.isFunctionDeclaration(statement) && statement.name !== undefined) names.add(statement.name.text);
    if (ts.isVariableStatement(statement)) {
      for (const { name } of statement.declarationList.declarations)
        if (ts.isIdentifier(name)) names.add(name.text);
    }
    if (ts.isClassDeclaration(statement)) {
      for (const member of statement.members) {
        if (!ts.isMethodDeclaration(member) || !ts.isIdentifier(member.name)) continue;
        names.add(`${statement.name?.text ?? ""}.${member.name.text}`);
      }
    }
  }
  return names;
}

test("every file and folder that the page names exists", () => {
  const named = passages.flatMap(codeIn).filter((code) => path.test(code));
  expect(named.length).toBeGreaterThan(40);
  expect(named.filter((each) => !existsSync(join(root, each)))).toEqual([]);
});

test("every function that the page names is exported from the file named before it", () => {
  expect(functions.length).toBeGreaterThan(30);
  const missing = functions.filter(({ file, name }) => {
    if (file?.endsWith(".ts") !== true || !existsSync(join(root, file))) return true;
    return !exportedFunctions(file).has(name);
  });
  expect(missing.map(({ file = "no file", name }) => `${file}: ${name}()`)).toEqual([]);
});

test("every walk-through leads to the messages, step by step", () => {
  const walks = page.split(/^## /m).filter((section) => /^(?:One cluster|From a cluster)/.test(section));
  expect(walks.length).toBe(4);
  for (const walk of walks) {
    const steps = walk.split(/\n(?=\d+\. )/).slice(1);
    expect(steps.length).toBeGreaterThan(4);
    const withoutFunction = steps.filter((step) => !/\(\)`|\]\(#/.test(step));
    expect(withoutFunction).toEqual([]);
  }
  expect(functions.map(({ name }) => name)).toContain("messageOf");
});

describe("the rooms of shared/", () => {
  test("are listed, each with its job and a starting file, in the order in which they may import", () => {
    const rows = passages.filter((passage) => passage.startsWith("| `shared/"));
    const listed = rows.map((row) => {
      const [room = "", job = "", start = ""] = row
        .split("|")
        .slice(1, -1)
        .map((cell) => cell.trim());
      expect(job.length).toBeGreaterThan(20);
      expect(start.startsWith(room.slice(0, -1))).toBe(true);
      return room;
    });
    expect(listed).toEqual(rooms.map((room) => `\`shared/${room}/\``));
  });

  test("are all the folders that it has", () => {
    const shared = join(root, "shared");
    const folders = readdirSync(shared).filter((name) => statSync(join(shared, name)).isDirectory());
    expect(folders.sort()).toEqual([...rooms].sort());
  });
});
