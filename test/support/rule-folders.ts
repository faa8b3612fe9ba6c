import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

const folder = join(__dirname, "..", "..", "shared", "rules");

/**
 * The folders of rules that are missing in the list of rules: their types do not compile either, but that
 * error is less clear.
 */
export function unlistedRuleFolders(): readonly string[] {
  const list = readFileSync(join(folder, "index.ts"), "utf8");
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .filter((name) => !list.includes(`from "./${name}"`) || !list.includes(`"${name}": `));
}
