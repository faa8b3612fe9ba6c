import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Need } from "./needs";

/** The CLI of a library, installed separately because of its size. */
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

/** How a CLI is started. */
export interface TerraformCommand {
  readonly command: readonly [file: string, ...args: string[]];
  readonly need: Need;
}

const { cdktf, cdktn } = terraformClis;

export const cdktfCommand: TerraformCommand = {
  command: [join(cdktf.folder, ".bin", "cdktf")],
  need: cdktf.need,
};

/**
 * The CLI of cdktn 0.24 needs Node 22.19 or later. Its install contains a suitable Node, if there is one for
 * the platform.
 */
const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
const nodeOfCdktn =
  major > 22 || (major === 22 && minor >= 19)
    ? process.execPath
    : join(cdktn.folder, `node-${process.platform}-${process.arch}`, "bin", "node");
export const cdktnCommand: TerraformCommand = {
  command: [nodeOfCdktn, join(cdktn.folder, "cdktn-cli", "bin", "cdktn")],
  need:
    cdktn.need.missing !== undefined || existsSync(nodeOfCdktn)
      ? cdktn.need
      : { ...cdktn.need, missing: "the CLI of cdktn needs Node 22.19 or later" },
};
