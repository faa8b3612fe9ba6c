import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

const folder = join(__dirname, "..", "..", "shared", "rules");

/** The folders of rules that are not in the list of rules: their types do not compile, which says so less plainly. */
export function foldersWithoutLine(): readonly string[] {
  const list = readFileSync(join(folder, "index.ts"), "utf8");
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .filter((name) => !list.includes(`from "./${name}"`) || !list.includes(`"${name}": `));
}
