// Removes `prepare` from the packed manifest: it builds from the sources, which the tarball does not contain,
// and npm warns of it. npm packs the package.json on disk, so it is replaced while packing.
//
// Usage: node bundle/packed-manifest.mjs write | restore, before and after packing.
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const manifest = join(root, "package.json");
const whole = join(root, "package.json.whole");

function packed(text) {
  const content = JSON.parse(text);
  if (content.scripts.prepare === undefined)
    throw new Error("package.json has no prepare: was a packing stopped? git checkout package.json");
  delete content.scripts.prepare;
  return `${JSON.stringify(content, null, 2)}\n`;
}

/** Also runs after an interrupted packing. Changes made since then are kept. */
function restore() {
  if (!existsSync(whole)) return;
  const text = readFileSync(whole, "utf8");
  if (readFileSync(manifest, "utf8") === packed(text)) writeFileSync(manifest, text);
  rmSync(whole);
}

function write() {
  restore();
  const text = readFileSync(manifest, "utf8");
  const without = packed(text);
  writeFileSync(whole, text);
  writeFileSync(manifest, without);
}

const [what] = process.argv.slice(2);
if (what === "write") write();
else if (what === "restore") restore();
else throw new Error("Usage: node bundle/packed-manifest.mjs write | restore");
