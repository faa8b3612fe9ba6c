/** Judges files of stacks, JSON or HCL, in a process of its own: a list of { file, configuration } comes on stdin, findings go to stdout. */
const { readFileSync } = require("node:fs");
const { createRequire } = require("node:module");
const { join } = require("node:path");

const root = join(__dirname, "..", "..");
const { check } = require(join(root, "dist", "shared"));
const { parse } = createRequire(join(root, "test", "cdktf-cli", "package.json"))("@cdktf/hcl2json");

async function main() {
  const { today, files } = JSON.parse(readFileSync(0, "utf8"));
  const found = [];
  for (const { file, configuration } of files) {
    const text = readFileSync(file, "utf8");
    const document = file.endsWith(".json") ? JSON.parse(text) : await parse(file, text);
    const { clusters } = check(document, configuration, { today: () => new Date(today) });
    found.push(
      clusters.flatMap(({ address, findings }) =>
        findings.map(({ rule, level, message }) => ({ address, level, message: `${rule}: ${message}` })),
      ),
    );
  }
  process.stdout.write(JSON.stringify(found));
}

void main();
