import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Need } from "./needs";

/** The CLI of a library, which is installed apart because of its size. */
export interface TerraformCli {
  readonly folder: string;
  /** What `cdktf init --template typescript` and `cdktn init --template typescript` copy. */
  readonly template: string;
  readonly need: Need;
}

function installed(name: "cdktf" | "cdktn", ...templates: string[]): TerraformCli {
  const folder = join(__dirname, "..", `${name}-cli`, "node_modules");
  const install = `npm ci --ignore-scripts --prefix test/${name}-cli`;
  const what = `the CLI of ${name}`;
  const missing = existsSync(join(folder, ".bin", name)) ? undefined : `${what} is not installed: ${install}`;
  return { folder, template: join(folder, ...templates, "templates", "typescript"), need: { what, missing } };
}

export const terraformClis = {
  cdktf: installed("cdktf", "@cdktf", "cli-core"),
  cdktn: installed("cdktn", "cdktn-cli", "bundle"),
} as const;
