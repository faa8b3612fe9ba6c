/**
 * A clone runs what was once built from its sources. If these have changed since, no form of the pack in its
 * `dist` starts, because it would apply outdated rules. Elsewhere there are no sources, and this costs one
 * file lookup.
 */
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";

interface Sources {
  readonly digestFile: string;
  readonly digestOf: (clone: string) => string;
}

const dist = [__dirname, dirname(__dirname)].find((folder) => basename(folder) === "dist") ?? __dirname;
const clone = dirname(dist);
const sources = join(clone, "bundle", "sources.cjs");

if (basename(dist) === "dist" && existsSync(sources)) {
  const { digestFile, digestOf } = createRequire(__filename)(sources) as Sources;
  const built = join(clone, digestFile);
  if (!existsSync(built) || readFileSync(built, "utf8") !== digestOf(clone)) {
    process.stderr.write(
      `aks-network-policy-pack: dist was built from other sources than those in ${clone}. Run there: npm run build\n`,
    );
    process.exit(1);
  }
}
