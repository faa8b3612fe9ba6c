/** The working tree, including changed and new files, as a separate Git repository with one commit. */
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync } from "node:fs";
import { dirname, join } from "node:path";

const root = join(__dirname, "..", "..");

/** Without the variables that the Git and the npm running the tests set for their own processes. */
export const plainEnvironment: NodeJS.ProcessEnv = Object.fromEntries(
  Object.entries(process.env).filter(
    ([name]) => !/^(?:GIT_|npm_(?:package|lifecycle|config_local)|INIT_CWD$)/i.test(name),
  ),
);

export function git(folder: string, ...args: string[]): string {
  const settings = ["user.name=test", "user.email=test@example.com", "commit.gpgsign=false"];
  return execFileSync("git", [...settings.flatMap((each) => ["-c", each]), ...args], {
    cwd: folder,
    encoding: "utf8",
    env: plainEnvironment,
    stdio: "pipe",
    maxBuffer: 1024 ** 3,
  });
}

export function commitAll(folder: string): void {
  git(folder, "init", "--quiet");
  git(folder, "add", "--all");
  git(folder, "commit", "--quiet", "--message", "all", "--no-verify");
}

export function copyRepositoryTo(folder: string): void {
  const files = git(root, "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--deduplicate");
  const gone = new Set(git(root, "ls-files", "-z", "--deleted").split("\0"));
  for (const file of files.split("\0").filter((name) => name !== "" && !gone.has(name))) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    cpSync(join(root, file), join(folder, file));
  }
  commitAll(folder);
}
