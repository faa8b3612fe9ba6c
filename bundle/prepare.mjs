// `prepare`: npm runs it after an install in a clone, and in the clone that it makes to install the package
// from Git. With `--global`, which pre-commit uses to install its hooks, npm forgets the dependencies of that
// clone (npm/cli#8440, open in November 2026) and runs this twice. So this installs missing build
// dependencies without the test dependencies, which are ten times as large, and skips a build that is up to
// date.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import sources from "./sources.cjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const tools = ["@pulumi/policy", "@pulumi/pulumi", "@types/node", "esbuild", "typescript"];

function npm(...args) {
  const { status } = spawnSync("npm", args, {
    cwd: root,
    stdio: "inherit",
    shell: process.platform === "win32",
  });
  if (status !== 0) process.exit(1);
}

function installTools() {
  const { devDependencies } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  npm(
    ...["install", "--no-global", "--ignore-scripts", "--no-save", "--no-audit", "--no-fund"],
    ...["--save-prod", "--omit=dev", "--omit=peer", "--include=optional"],
    ...tools.map((name) => `${name}@${devDependencies[name]}`),
  );
}

function isBuilt() {
  const digest = join(root, sources.digestFile);
  return existsSync(digest) && readFileSync(digest, "utf8") === sources.digestOf(root);
}

if (!existsSync(join(root, "node_modules"))) installTools();
if (process.env.npm_config_global !== "true" || !isBuilt()) npm("run", "build");
