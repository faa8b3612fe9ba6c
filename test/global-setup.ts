import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { unlistedRuleFolders } from "./support/rule-folders";

/** Tests run what ships: the compiled files are rebuilt from the sources before the first test. */
export default function setUp(): void {
  const [missing] = unlistedRuleFolders();
  if (missing !== undefined)
    throw new Error(
      `shared/rules/${missing} is not in the list of rules: import it in shared/rules/index.ts and add it there`,
    );
  execFileSync("npm", ["run", "--silent", "build"], { cwd: join(__dirname, ".."), stdio: "inherit" });
}
