import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { rules } from "../shared/rules";
import { headings } from "./pages/causes";
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

  test("are those of the rules, what they share, and what the README leaves to them", () => {
    const expected = [
      "auto-set",
      "messages",
      "replacement",
      "what-is-judged",
      ...rules.map(({ name }) => `rules/${name}`),
    ];
    expect(pages.sort()).toEqual(expected.map((name) => join(docs, `${name}.md`)).sort());
  });

  test("have a place for every cause, and for what is not known yet", () => {
    const anchors = new Set(rules.flatMap((rule) => [...anchorsOf(rulePage(rule))]));
    for (const cause of Object.keys(headings))
      expect(anchors.has(cause) || anchors.has(`${cause}-notice`) ? undefined : cause).toBeUndefined();
    for (const rule of rules) expect(anchorsOf(rulePage(rule))).toContain("not-known-yet");
  });
});
