// `npm run build`: whatever is made from the sources. Where that fails nothing is left standing that would go on enforcing
// yesterday's rules; where it goes well nothing is missing meanwhile, for runs that go on beside it.
import { spawnSync } from "node:child_process";
import { chmodSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { bundle } from "./bundle.mjs";
import sources from "./sources.cjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const dist = join(root, "dist");
const tsc = createRequire(import.meta.url).resolve("typescript/bin/tsc");

try {
  const digest = sources.digestOf(root);
  const { status } = spawnSync(process.execPath, [tsc, "-p", root], { stdio: "inherit" });
  if (status !== 0) throw new Error("tsc found errors");
  chmodSync(join(dist, "pulumi-pack", "bin.js"), 0o755);
  await bundle(dist);
  writeFileSync(join(root, sources.digestFile), digest);
} catch (error) {
  rmSync(dist, { recursive: true, force: true });
  throw error;
}
