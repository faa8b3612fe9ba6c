import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Need } from "./needs";

/** The folder of a CLI that is installed apart, and what its tests need. */
export function installed(name: "cdktf" | "cdktn"): { readonly folder: string; readonly need: Need } {
  const folder = join(__dirname, "..", `${name}-cli`, "node_modules");
  const install = `npm ci --ignore-scripts --prefix test/${name}-cli`;
  const what = `the CLI of ${name}`;
  const missing = existsSync(join(folder, ".bin", name)) ? undefined : `${what} is not installed: ${install}`;
  return { folder, need: { what, missing } };
}
