import { readConfiguration } from "../../shared/policy/configuration";
import type { Policy } from "../../shared/policy/configuration";
import { outlineOf } from "../../shared/policy/outline";
import type { RuleName } from "../../shared/rules";
import { ruleNames, rules } from "../../shared/rules";
import { shortName, verdictTable } from "./verdict-table";

/** The default configuration of every rule. */
export function optionsOfRules(): Policy["options"] {
  const reading = readConfiguration({});
  if (!reading.valid) throw new Error("nothing is wrong with no configuration");
  return reading.value.options;
}

/** The pages with a generated section between markers. */
export const pagesWithSections = {
  "README.md": ["rules", () => ruleSections()],
  "docs/verdicts.md": ["verdicts", () => verdictTable()],
  "docs/configuration.md": ["options", (before: string) => optionsTable(before)],
} as const satisfies Readonly<Record<string, readonly [name: string, made: (before: string) => string]>>;

/** A page with that section generated from the rules. */
export function withGeneratedSection(page: keyof typeof pagesWithSections, text: string): string {
  const [name, made] = pagesWithSections[page];
  const [start, end] = [`<!-- ${name} -->\n`, `<!-- /${name} -->\n`];
  const [before, rest] = text.split(start);
  const [section, after] = rest?.split(end) ?? [];
  if (before === undefined || section === undefined || after === undefined)
    throw new Error(`${page} has no section between ${start.trim()} and ${end.trim()}`);
  return [before, start, made(section), end, after].join("");
}

/** A section for each rule, which messages link to. */
function ruleSections(): string {
  return rules.map(({ name, summary }) => `### ${name}\n\n${summary}\n`).join("\n");
}

/**
 * The table of options. The rules that have an option are computed. Meaning and default are handwritten, and
 * come from the schema until there is a row.
 */
function optionsTable(before: string): string {
  const [titles = "", line = "", ...rows] = before.trimEnd().split("\n");
  const cellsByKey = new Map(
    rows.map((row) => {
      const [key = "", , ...cells] = row.slice(2, -2).split(" | ");
      return [key.replaceAll("`", ""), cells];
    }),
  );
  const having = new Map<string, RuleName[]>([["enforcementLevel", [...ruleNames]]]);
  for (const name of ruleNames) {
    for (const [key, outline] of Object.entries(outlineOf(name))) {
      having.set(key, [...(having.get(key) ?? []), name]);
      if (!cellsByKey.has(key))
        cellsByKey.set(key, [outline.description ?? "", `\`${JSON.stringify(outline.default)}\``]);
    }
  }
  const made = [...cellsByKey].flatMap(([key, cells]) => {
    const names = having.get(key);
    if (names === undefined) return [];
    const ofRules = names.length === ruleNames.length ? "each" : names.map(shortName).join(", ");
    return [`| ${[`\`${key}\``, ofRules, ...cells].join(" | ")} |`];
  });
  return [titles, line, ...made, ""].join("\n");
}
