/** The promises of `docs/decisions/`: a file per decision, and an index with all of them. */
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const folder = join(__dirname, "..", "..", "docs", "decisions");
const read = (name: string): string => readFileSync(join(folder, name), "utf8");
const files = readdirSync(folder).filter((name) => name !== "README.md");

test("every decision is in the index once, with its title and a line", () => {
  const rows = [...read("README.md").matchAll(/^- \[(.+)\]\(([^)]+)\): \S.*$/gm)];
  const listed = rows.map(([, title = "", file = ""]) => ({ file, title }));
  const titles = files.map((file) => ({ file, title: /^# (.+)\n/.exec(read(file))?.[1] }));
  const byFile = (one: { file: string }, other: { file: string }): number => (one.file < other.file ? -1 : 1);
  expect(listed.sort(byFile)).toEqual(titles.sort(byFile));
  expect(files.length).toBeGreaterThan(15);
});

test.each(files)("%s has what, why and alternatives, and is short", (file) => {
  expect(file).toMatch(/^[a-z]+(?:-[a-z]+)+\.md$/);
  const text = read(file);
  const [, ...sections] = text.split(/^## /m);
  expect(sections.map((section) => section.split("\n", 1)[0])).toEqual(["What", "Why", "Alternatives"]);
  for (const section of sections)
    expect(section.trim().split("\n").slice(1).join("").length).toBeGreaterThan(40);
  expect(sections[2]).toContain("\n- ");
  expect(text.split("\n").length).toBeLessThan(40);
});
