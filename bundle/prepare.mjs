// `prepare`: npm runs it after an install in a clone, and in the clone that it makes to install the package from Git. With
// `--global`, as pre-commit installs its hooks, npm forgets that clone's dependencies (npm/cli#8440, open in November 2026).
// So what the build needs is installed here where it is missing, and nothing of what tests need, which is ten times as much.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const tools = ["@pulumi/policy", "@pulumi/pulumi", "@types/node", "esbuild", "typescript"];

function npm(...args) {
  const { status } = spawnSync("npm", args, { cwd: root, stdio: "inherit", shell: process.platform === "win32" });
  if (status !== 0) process.exit(1);
}

if (!existsSync(join(root, "node_modules"))) {
  const { devDependencies } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  npm(
    ...["install", "--no-global", "--ignore-scripts", "--no-save", "--no-audit", "--no-fund"],
    ...["--save-prod", "--omit=dev", "--omit=peer"],
    ...tools.map((name) => `${name}@${devDependencies[name]}`),
  );
}
npm("run", "build");
