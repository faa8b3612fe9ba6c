/**
 * Compares the recorded facts about Azure's API and the tools with the packages that have them as data.
 *
 * Usage: npm run facts [-- --newest] [-- --write]
 *
 * By default the pinned and installed packages are read; `--newest` reads the registry's newest versions, and
 * the old ones that nobody installs. `--write` writes the generated tables, and with `--newest` the evidence
 * from packages. Exits 1 if something differs, and names the file to change. What is not installed is
 * reported as skipped, and fails if `CI` is set.
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Difference } from "./compare";
import { datedFacts, oldestFact, olderThan, readByPersons } from "./dates";
import { committedEvidence } from "./evidence";
import { newestFacts, pinnedFacts } from "./facts";
import { azureApiTable, azureApiVersions } from "./generated";
import { root } from "./surface";

const listed = (title: string, lines: readonly string[]): void => {
  if (lines.length === 0) return;
  console.log(`\n${title}`);
  for (const line of lines) console.log(`- ${line}`);
};
const inWords = ({ what, where, change }: Difference): string => `${what}\n  ${where}: ${change}`;

async function main(options: readonly string[]): Promise<number> {
  const wrong = options.find((option) => option !== "--newest" && option !== "--write");
  if (wrong !== undefined) {
    console.error(`facts: what is ${wrong}?`);
    return 2;
  }
  const evidence = committedEvidence();
  if (options.includes("--write")) {
    const ofApi = evidence.find(({ called }) => called === "API version");
    if (ofApi !== undefined) writeFileSync(join(root, azureApiTable), await azureApiVersions(ofApi));
    console.log(`Written: ${azureApiTable}`);
  }
  const newest = options.includes("--newest");
  const { differences, skipped, compared, notes } = await (newest
    ? newestFacts(options.includes("--write"))
    : pinnedFacts());
  const old = olderThan(oldestFact, datedFacts(evidence), new Date()).map(
    ({ where, read }) => `${where}: read ${read}, more than ${oldestFact} days ago: read it again`,
  );

  console.log(`Compared: ${compared.join("; ")}.`);
  listed("What no program can compare, for a person to read:", readByPersons(evidence));
  listed("Notes:", notes);
  listed("SKIPPED:", skipped);
  listed(newest ? "OLD:" : "Old (a warning here, a failure in the weekly run):", old);
  listed("DIFFERENT:", differences.map(inWords));
  const failed =
    differences.length > 0 ||
    (newest && old.length > 0) ||
    (skipped.length > 0 && (newest || process.env["CI"] !== undefined));
  console.log(failed ? "\nThe facts differ." : "\nThe facts agree.");
  return failed ? 1 : 0;
}

void main(process.argv.slice(2)).then((status) => {
  process.exitCode = status;
});
