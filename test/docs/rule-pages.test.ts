import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { causeNames, rules } from "../../shared/rules";
import { azurePolicyPage } from "../pages/azure-policy-page";
import { replacementPage } from "../pages/replacement-page";
import { rulePage } from "../pages/rule-page";
import { pagesWithSections, withGeneratedSection } from "../pages/readme-sections";
import { anchorsOf } from "../support/markdown";

const root = join(__dirname, "..", "..");
const docs = join(root, "docs");

function outdated(file: string): string {
  return `${file} is missing or is not what the rules say: run \`npx vitest run --update\` and read what changed`;
}

describe("the generated pages match the rules", () => {
  test.each(rules.map((rule) => [rule.name, rule] as const))("%s", async (name, rule) => {
    const page = `docs/rules/${name}.md`;
    await expect(rulePage(rule), outdated(page)).toMatchFileSnapshot(join(root, page));
  });

  test("replaced or in place", async () => {
    await expect(replacementPage(), outdated("docs/replacement.md")).toMatchFileSnapshot(
      join(docs, "replacement.md"),
    );
  });

  test("Azure Policy", async () => {
    await expect(azurePolicyPage(), outdated("docs/azure-policy.md")).toMatchFileSnapshot(
      join(docs, "azure-policy.md"),
    );
  });

  test.each(Object.keys(pagesWithSections) as (keyof typeof pagesWithSections)[])(
    "the section of %s",
    async (page) => {
      const file = join(root, page);
      const text = readFileSync(file, "utf8");
      await expect(withGeneratedSection(page, text), outdated(page)).toMatchFileSnapshot(file);
    },
  );
});

describe("the pages", () => {
  const pages = readdirSync(docs, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".md"))
    // The contributors' pages have their own tests.
    .filter((name) => !name.startsWith("decisions/") && name !== "architecture.md")
    .map((name) => join(docs, name));

  test("are those of the rules, what they share, and those that the README links to", () => {
    const expected = [
      "auto-set",
      "azure-policy",
      "cdktf",
      "check",
      "configuration",
      "evidence",
      "exemptions",
      "limits",
      "messages",
      "pipelines",
      "pulumi",
      "replacement",
      "roll-out",
      "verdicts",
      "versions",
      "what-is-judged",
      ...rules.map(({ name }) => `rules/${name}`),
    ];
    const ofRules = rules.map(({ name }) => join(docs, "rules", `${name}.md`));
    // A missing rule page is written, or fails, above.
    expect([...new Set([...pages, ...ofRules])].sort()).toEqual(
      expected.map((name) => join(docs, `${name}.md`)).sort(),
    );
  });

  test("have a section for every cause, and for unknown values", () => {
    const anchors = new Set(rules.flatMap((rule) => [...anchorsOf(rulePage(rule))]));
    for (const cause of causeNames)
      expect(anchors.has(cause) || anchors.has(`${cause}-notice`) ? undefined : cause).toBeUndefined();
    for (const rule of rules) expect(anchorsOf(rulePage(rule))).toContain("not-known-yet");
  });
});
