import { existsSync, readFileSync, readdirSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { readConfiguration, rules } from "../shared";
import { replacementPage } from "./pages/replacement-page";
import { rulePage } from "./pages/rule-page";
import { verdictTable } from "./pages/verdict-table";
import { anchorsOf } from "./support/markdown";

const root = join(__dirname, "..");
const docs = join(root, "docs");

describe("the generated pages are what the rules say", () => {
  test.each(rules.map((rule) => [rule.name, rule] as const))("%s", async (name, rule) => {
    await expect(rulePage(rule)).toMatchFileSnapshot(join(docs, "rules", `${name}.md`));
  });

  test("replaced or in place", async () => {
    await expect(replacementPage()).toMatchFileSnapshot(join(docs, "replacement.md"));
  });

  test("the table of verdicts in the README", () => {
    const readme = readFileSync(join(docs, "..", "README.md"), "utf8");
    const [, shown] = /<!-- verdicts -->\n([^]*)<!-- \/verdicts -->/.exec(readme) ?? [];
    expect(shown).toBe(verdictTable());
  });
});

describe("the pages", () => {
  const pages = readdirSync(docs, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".md"))
    .map((name) => join(docs, name));
  const textOf = (page: string): string => readFileSync(page, "utf8");

  test("are those of the rules, and what they share", () => {
    const expected = ["replacement", ...rules.map(({ name }) => `rules/${name}`)];
    expect(pages.sort()).toEqual(expected.map((name) => join(docs, `${name}.md`)).sort());
  });

  test("lead nowhere that does not exist", () => {
    let links = 0;
    for (const page of pages) {
      for (const [, to = ""] of textOf(page).matchAll(/\]\((?!https:)([^)]+)\)/g)) {
        const [file = "", anchor] = to.split("#");
        const target = resolve(dirname(page), file);
        expect(existsSync(target)).toBe(true);
        if (anchor !== undefined) expect(anchorsOf(textOf(target))).toContain(anchor);
        links += 1;
      }
    }
    expect(links).toBeGreaterThan(rules.length);
  });

  test("show configurations that are accepted", () => {
    const blocks = pages.flatMap((page) => [...textOf(page).matchAll(/```json\n([^`]*)```/g)]);
    expect(blocks.length).toBe(rules.length);
    for (const [, text = ""] of blocks)
      expect(readConfiguration(JSON.parse(text))).toMatchObject({ valid: true });
  });
});
