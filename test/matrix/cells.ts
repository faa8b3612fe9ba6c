/**
 * The cells of the matrix: every combination is one cell, named by its values, and any of them can be
 * selected.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";

export const root = join(__dirname, "..", "..");

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly engines: { readonly node: string };
  readonly peerDependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}
export const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as Manifest;

export type LibraryName = "cdktf" | "cdktn";
export type End = "oldest" | "newest";

interface Combination {
  /**
   * `vendored` is the TypeScript 3.8 that comes with `@pulumi/pulumi`, which uses it if there is no other.
   */
  readonly typescript: "vendored" | "5.9" | "6.0";
  readonly node: "20" | "22" | "24" | "26";
}
export interface TerraformCell extends Combination {
  readonly part: LibraryName;
  readonly host: End;
  readonly runner: TerraformRunner;
}
export interface PulumiCell extends Combination {
  readonly part: "pulumi";
  /** The end of the range of `@pulumi/policy`, then that of `@pulumi/pulumi`. */
  readonly host: `${End}/${End}`;
  readonly runner: PackForm;
}
export type Cell = TerraformCell | PulumiCell;
export type TerraformRunner = "tsc" | "ts-node" | "tsx" | "vitest" | "jest";
/**
 * How a pack is given to Pulumi: `own-pack` is a user's own pack in TypeScript that includes the policies,
 * and `oldest-cli` the file in the oldest CLI that accepts one; the others are started as its engine starts
 * them.
 */
export type PackForm = "directory" | "file" | "own-pack" | "oldest-cli";

export const dimensions = ["part", "host", "typescript", "node", "runner"] as const;
export type Dimension = (typeof dimensions)[number];
/** The selected values of a cell; a dimension that is left out includes all of its values. */
export type Choice = Partial<Readonly<Record<Dimension, readonly string[]>>>;

const ends: readonly End[] = ["oldest", "newest"];
const nodes = ["20", "22", "24", "26"] as const;
const typescripts = ["5.9", "6.0"] as const;
const terraformRunners = ["tsc", "ts-node", "tsx", "vitest", "jest"] as const;

/**
 * A project's version of a host. The ends of every range are those of `peerDependencies`. Pulumi's newest is
 * the one that npm finds today; the newest of a library, together with its bindings, is the one installed in
 * the repository.
 */
export function hostAt(name: string, end: End): string {
  const range = manifest.peerDependencies[name] ?? "";
  if (end === "oldest") return oldestOf(range);
  return name.startsWith("@pulumi/") ? range : (manifest.devDependencies[name] ?? range);
}

function terraformCells(part: LibraryName): TerraformCell[] {
  const hosts = hostAt(part, "oldest") === hostAt(part, "newest") ? (["newest"] as const) : ends;
  return hosts.flatMap((host) =>
    typescripts.flatMap((typescript) =>
      nodes.flatMap((node) => terraformRunners.map((runner) => ({ part, host, typescript, node, runner }))),
    ),
  );
}

function pulumiCells(): PulumiCell[] {
  return ends.flatMap((policy) =>
    ends.flatMap((pulumi) => {
      // The oldest @pulumi/pulumi itself rejects TypeScript 6 (its peer is `typescript <6`).
      const own = typescripts.filter((typescript) => pulumi === "newest" || typescript !== "6.0");
      return (["vendored", ...own] as const).flatMap((typescript) => {
        // The engine starts a file without TypeScript, so one of them is enough.
        const forms: readonly PackForm[] =
          typescript === "vendored"
            ? ["directory", "file", "own-pack", "oldest-cli"]
            : ["directory", "own-pack"];
        return nodes.flatMap((node) =>
          forms.map((runner): PulumiCell => ({
            part: "pulumi",
            host: `${policy}/${pulumi}`,
            typescript,
            node,
            runner,
          })),
        );
      });
    }),
  );
}

/** Every cell, in an order that keeps cells with the same install together. */
export const cells: readonly Cell[] = [
  ...terraformCells("cdktf"),
  ...terraformCells("cdktn"),
  ...pulumiCells(),
];

/**
 * What CI runs: the corners, with every runner, both ends of every range, and every form except the oldest
 * CLI.
 */
export const corners: readonly Choice[] = [
  { part: ["cdktf"], host: ["oldest"], typescript: ["5.9"], node: ["20"], runner: ["tsc", "jest"] },
  { part: ["cdktf"], host: ["newest"], typescript: ["6.0"], node: ["26"], runner: ["ts-node", "vitest"] },
  { part: ["cdktn"], host: ["newest"], typescript: ["5.9"], node: ["20"], runner: ["ts-node", "vitest"] },
  { part: ["cdktn"], host: ["newest"], typescript: ["6.0"], node: ["26"], runner: ["tsc", "tsx", "jest"] },
  {
    part: ["pulumi"],
    host: ["oldest/oldest"],
    typescript: ["vendored"],
    node: ["20"],
    // Two builds of the CLI would take too long.
    runner: ["directory", "file", "own-pack"],
  },
  { part: ["pulumi"], host: ["newest/newest"], typescript: ["vendored"], node: ["26"], runner: ["file"] },
  { part: ["pulumi"], host: ["newest/newest"], typescript: ["6.0"], node: ["26"] },
];

export function matches(cell: Cell, choice: Choice): boolean {
  return dimensions.every((dimension) => choice[dimension]?.includes(cell[dimension]) ?? true);
}

/** The full lowest version of a range in `package.json`. */
export function oldestOf(range: string): string {
  const [, major, minor = "0", patch = "0"] = /^[\^~>=]*\s*(\d+)(?:\.(\d+))?(?:\.(\d+))?/.exec(range) ?? [];
  if (major === undefined) throw new Error(`a range without a lowest version: ${range}`);
  return `${major}.${minor}.${patch}`;
}
