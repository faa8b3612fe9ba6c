import { evidence } from "./evidence";

/** The page that lists, for every limit and every promise, the tests that show it. */
export function evidencePage(): string {
  const linesOf = (page: string): string[] =>
    evidence
      .filter((each) => each.page === page)
      .flatMap(({ line, tests }) => [
        `- **${line}**`,
        ...tests.map(([file, title]) => `  - [${title}](../test/${file}.test.ts)`),
      ]);
  return [
    "<!-- Made from test/pages/evidence.ts by test/docs/evidence.test.ts, which fails where the two differ. -->",
    "",
    "# Evidence",
    "",
    "The tests that show each limit and each promise, by their titles. `npm test` and `npm run test:long` run them.",
    "",
    "## [What it cannot stop](limits.md)",
    "",
    ...linesOf("docs/limits.md"),
    "",
    "## [The promise](../SECURITY.md#the-promise)",
    "",
    ...linesOf("SECURITY.md"),
    "",
  ].join("\n");
}
