// The sources of the pack and the command line, as one digest. By content instead of time, because a
// checkout, a copy and an archive all set different times.
const { createHash } = require("node:crypto");
const { readdirSync, readFileSync } = require("node:fs");
const { join } = require("node:path");

/** Where a successful build writes the digest of the sources that it started with. */
exports.digestFile = join("dist", "sources.sha256");

exports.digestOf = (clone) => {
  const inFolders = ["bundle", "cli", "pulumi-pack", "shared"].flatMap((folder) =>
    readdirSync(join(clone, folder), { recursive: true })
      .filter((name) => /\.(ts|[cm]js|json|yaml)$/.test(name))
      .map((name) => join(folder, name)),
  );
  const hash = createHash("sha256");
  for (const file of [...inFolders, "package.json", "tsconfig.json"].sort()) {
    const content = readFileSync(join(clone, file));
    hash.update(`${file} ${content.length}\n`).update(content);
  }
  return hash.digest("hex");
};
