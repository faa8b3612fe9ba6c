// `npm run build`: whatever is made from the sources. Where that fails nothing is left standing that would go on enforcing
// yesterday's rules; where it goes well nothing is missing meanwhile, for runs that go on at the same time.
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
 * Whoever reads comments has the sources, or the declarations, which keep theirs, and who reads the schema is a program: of
 * the tarball they would be a seventh.
 */
function withoutWhatNoProgramReads() {
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

/** What an earlier build made of sources that have gone: `require` would find `rule.js` before the folder `rule/`. */
function withoutWhatHasNoSource() {
  for (const folder of folders) {
    for (const name of readdirSync(join(dist, folder), { recursive: true })) {
      const source = join(root, folder, name.replace(/(?:\.d\.ts|\.js)$/, ".ts"));
      if (!existsSync(source)) rmSync(join(dist, folder, name), { recursive: true, force: true });
    }
  }
}

/** Declarations that no door of the package leads to are read by no compiler. */
function withoutInnerDeclarations() {
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
  withoutWhatHasNoSource();
  withoutWhatNoProgramReads();
  withoutInnerDeclarations();
  chmodSync(join(dist, "cli", "bin.js"), 0o755);
  await bundle(dist);
  writeFileSync(join(root, sources.digestFile), digest);
} catch (error) {
  rmSync(dist, { recursive: true, force: true });
  throw error;
}
