// `npm run build`: builds everything that is made from the sources. If it fails, nothing outdated remains
// that could still be used. If it succeeds, no file is missing in the meantime, so that concurrent runs are
// not disturbed.
import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { bundle } from "./bundle.mjs";
import sources from "./sources.cjs";

const folders = ["cdktf-aspect", "cli", "pulumi-pack", "shared"];
const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const dist = join(root, "dist");
const tsc = createRequire(import.meta.url).resolve("typescript/bin/tsc");

/**
 * Strips comments and formatting, which would make up a seventh of the tarball: readers have the sources, or
 * the declarations, which keep their comments, and only programs read the schema.
 */
function stripComments() {
  const compilerOptions = { target: "ES2022", module: "commonjs", removeComments: true };
  for (const folder of folders) {
    for (const name of readdirSync(join(dist, folder), { recursive: true })) {
      const file = join(dist, folder, name);
      const text = () => readFileSync(file, "utf8");
      if (file.endsWith(".js"))
        writeFileSync(file, ts.transpileModule(text(), { compilerOptions }).outputText);
      if (file.endsWith(".json")) writeFileSync(file, JSON.stringify(JSON.parse(text())));
    }
  }
}

/** Removes output of deleted sources: `require` would find an old `rule.js` before the folder `rule/`. */
function removeStaleOutput() {
  for (const folder of folders) {
    for (const name of readdirSync(join(dist, folder), { recursive: true })) {
      const source = join(root, folder, name.replace(/(?:\.d\.ts|\.js)$/, ".ts"));
      if (!existsSync(source)) rmSync(join(dist, folder, name), { recursive: true, force: true });
    }
  }
}

/** Removes declarations that no entry point of the package leads to: no compiler reads them. */
function removeInnerDeclarations() {
  const { exports } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const doors = Object.values(exports).flatMap(({ types }) =>
    types === undefined ? [] : [join(root, types)],
  );
  const program = ts.createProgram(doors, { module: ts.ModuleKind.Node16, types: [] });
  const reached = new Set(program.getSourceFiles().map(({ fileName }) => resolve(fileName)));
  for (const name of readdirSync(dist, { recursive: true })) {
    const file = join(dist, name);
    if (file.endsWith(".d.ts") && !reached.has(file)) rmSync(file);
  }
}

try {
  const digest = sources.digestOf(root);
  const { status } = spawnSync(process.execPath, [tsc, "-p", root], { stdio: "inherit" });
  if (status !== 0) throw new Error("tsc found errors");
  removeStaleOutput();
  stripComments();
  removeInnerDeclarations();
  chmodSync(join(dist, "cli", "bin.js"), 0o755);
  await bundle(dist);
  writeFileSync(join(root, sources.digestFile), digest);
} catch (error) {
  rmSync(dist, { recursive: true, force: true });
  throw error;
}
