import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { unlistedRuleFolders } from "../../support/rule-folders";
import { byRule, causeNames, ruleNames, rules } from "../../../shared/rules";

const root = join(__dirname, "..", "..", "..");
const folder = join(root, "shared", "rules");
const parts = ["index.ts", "rule.ts", "options.ts", "causes.ts", "examples.ts"];

/** Names as plain strings, whatever the type of the list. */
const listed: readonly string[] = ruleNames;

describe("a rule is a folder", () => {
  const folders = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());

  test.each(folders.map(({ name }) => [name]))("%s is in the list of rules", (name) => {
    expect(listed).toContain(name);
    expect(unlistedRuleFolders()).toEqual([]);
  });

  test.each(rules.map((rule, i) => [listed[i] ?? "", rule] as const))("%s", (name, rule) => {
    expect(rule.name, "the name in rule.ts is the name in the list, and the folder's").toBe(name);
    for (const part of parts)
      expect(existsSync(join(folder, name, part)), `shared/rules/${name}/${part} is missing`).toBe(true);
    expect(rule.summary, "the README's section leads to the page").toContain(`(docs/rules/${name}.md)`);
  });

  test("with its own causes", async () => {
    const tables = await Promise.all(
      ruleNames.map(async (name) => {
        const { causes } = (await import(join(folder, name, "causes.ts"))) as { causes: object };
        return Object.keys(causes);
      }),
    );
    expect(tables.flat().sort(), "two rules have a cause of the same name").toEqual([...causeNames].sort());
  });
});

describe("generated files that no longer belong to a rule", () => {
  test.each([
    ["docs/rules", /^(.*)\.md$/],
    ["test/words", /^(network-policy-.*)\.txt$/],
  ])("are not in %s", (place, pattern) => {
    const names = readdirSync(join(root, place)).flatMap((file) => pattern.exec(file)?.[1] ?? []);
    const strays = names.filter((name) => !listed.includes(name));
    expect(strays, `no rule has the name of these files in ${place}: remove them`).toEqual([]);
  });
});

test("what is computed for each rule is there for each, in order", () => {
  expect(Object.entries(byRule((name) => `of ${name}`))).toEqual(
    ruleNames.map((name) => [name, `of ${name}`]),
  );
});
