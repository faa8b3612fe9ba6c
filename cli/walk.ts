import type { Dirent } from "node:fs";
import { closeSync, openSync, readSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { Unreadable } from "./text-file";

const skipped = new Set(["node_modules", ".git", ".terraform"]);

/**
 * A file that CDKTF and CDK Terrain write next to `cdk.tf` (their lib/synthesize/synthesizer.ts, read
 * 2026-11): each resource again, with its path in the program and without settings. Terraform does not read
 * it, but it looks like Terraform JSON.
 */
const metadataOfHcl = "metadata.json";

/**
 * The files in and below a folder, by name. Links to files are followed, as Terraform does; links to folders
 * are not, because they may form a cycle.
 */
export function* filesBelow(folder: string): Generator<string> {
  let entries: Dirent[];
  try {
    entries = readdirSync(folder, { withFileTypes: true });
  } catch {
    throw new Unreadable("The folder, or one in it, cannot be read.");
  }
  entries.sort((one, other) => (one.name < other.name ? -1 : 1));
  const isHclOfCdktf = entries.some(({ name }) => name === "cdk.tf");
  for (const entry of entries) {
    if (isHclOfCdktf && entry.name === metadataOfHcl) continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      if (!skipped.has(entry.name)) yield* filesBelow(path);
    } else if (entry.isFile() || (entry.isSymbolicLink() && !isFolder(path))) yield path;
  }
}

/** What cannot be examined, such as a broken link, counts as a file, and reading it reports the problem. */
export function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}

const enough = 256;

/**
 * May a file be JSON, judging by its first characters? A folder holds many files, and few of them need to be
 * read.
 */
export function startsLikeJson(path: string): boolean {
  const start = Buffer.alloc(enough);
  try {
    const file = openSync(path, "r");
    try {
      readSync(file, start, 0, enough, 0);
    } finally {
      closeSync(file);
    }
  } catch {
    // Reading it will report why it cannot be read.
    return true;
  }
  const [first] = start.filter(
    (byte) => ![0, 0x09, 0x0a, 0x0d, 0x20, 0xef, 0xbb, 0xbf, 0xff, 0xfe].includes(byte),
  );
  return first === 0x7b || first === 0x5b;
}
