import { execFileSync } from "node:child_process";
import { join } from "node:path";

/** Tests run what ships: the compiled files are rebuilt from the sources before the first test. */
export default function buildFirst(): void {
  execFileSync("npm", ["run", "--silent", "build"], { cwd: join(__dirname, ".."), stdio: "inherit" });
}
