import { execFileSync } from "node:child_process";
import { join } from "node:path";

/** Tests run what ships: the compiled files are rebuilt from the sources before the first test. */
export default function buildFirst(): void {
  execFileSync(process.execPath, [require.resolve("typescript/bin/tsc"), "-p", join(__dirname, "..")], {
    stdio: "inherit",
  });
}
