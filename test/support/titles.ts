import { readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";

const known = new Map<string, ReadonlySet<string>>();

/**
 * The titles in a test file: of its tests and groups, as written, and of the rows of its tables, which are
 * the first text of a list, a `title`, or a name in an object.
 */
export function titlesIn(file: string): ReadonlySet<string> {
  const before = known.get(file);
  if (before !== undefined) return before;
  const titles = new Set<string>();
  const add = (node: ts.Node | undefined): void => {
    if (node !== undefined && ts.isStringLiteralLike(node)) titles.add(node.text);
  };
  visit(sourceOf(file), (node) => {
    if (isTest(node)) add(titleOf(node));
    else if (ts.isArrayLiteralExpression(node)) add(node.elements[0]);
    else if (ts.isPropertyAssignment(node)) {
      if (ts.isIdentifier(node.name) && node.name.text === "title") add(node.initializer);
      else add(node.name);
    }
  });
  known.set(file, titles);
  return titles;
}

/** The titles of tests in a file, each with those of the enclosing groups, the innermost first. */
export function testsIn(file: string): (readonly string[])[] {
  const tests: string[][] = [];
  visit(sourceOf(file), (node) => {
    if (!isTest(node) || !/^(test|it)\b/.test(node.expression.getText())) return;
    const path: string[] = [];
    for (let at: ts.Node = node; !ts.isSourceFile(at); at = at.parent) {
      const title = isTest(at) ? titleOf(at) : undefined;
      if (title !== undefined && ts.isStringLiteralLike(title)) path.push(title.text);
    }
    tests.push(path);
  });
  return tests;
}

function sourceOf(file: string): ts.SourceFile {
  const text = readFileSync(join(__dirname, "..", "..", file), "utf8");
  return ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true);
}

function visit(node: ts.Node, use: (node: ts.Node) => void): void {
  use(node);
  ts.forEachChild(node, (child) => {
    visit(child, use);
  });
}

/** `test(…)`, `describe.each(…)(…)` and the like. A skipped one does not count. */
function isTest(node: ts.Node): node is ts.CallExpression {
  if (!ts.isCallExpression(node)) return false;
  const callee = node.expression.getText();
  return (
    /^(test|it|describe\w*)\b/.test(callee) &&
    !/^\w+\.(skip|todo)\b/.test(callee) &&
    !callee.endsWith(".each")
  );
}

function titleOf(call: ts.CallExpression): ts.Expression | undefined {
  // A group with a need names that first.
  return call.arguments.find((each) => ts.isStringLiteralLike(each));
}
