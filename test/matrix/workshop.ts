import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { manifest, oldestOf, root } from "./cells";

export interface Result {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program as from a user's own shell: without the environment of this process's test runner. */
export function run(cwd: string, command: string, args: readonly string[], node = process.execPath): Result {
  const foreign = /^(?:VITEST|npm_|NODE_|TS_NODE_|CI$|CDKTF_|PULUMI_)/;
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !foreign.test(name)));
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd,
    encoding: "utf8",
    timeout: 300_000,
    maxBuffer: 64 * 1024 * 1024,
    env: {
      ...env,
      PATH: [dirname(node), process.env["PATH"]].join(delimiter),
      CHECKPOINT_DISABLE: "1",
      FORCE_COLOR: "0",
    },
  });
  if (error !== undefined) throw error;
  return { status, stdout, stderr };
}

function npm(cwd: string, ...args: string[]): string {
  const { status, stdout, stderr } = run(cwd, "npm", [
    ...args,
    "--no-audit",
    "--no-fund",
    "--prefer-offline",
  ]);
  if (status !== 0) throw new Error(`npm ${args.join(" ")} ended with ${status}:\n${stdout}\n${stderr}`);
  return stdout;
}

/** The dependencies of a user's project. */
export interface Dependencies {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly overrides?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** Failures are kept too: each cell that needs the value fails with it, and nothing is tried twice. */
type Kept<Value> = { readonly value: Value } | { readonly error: unknown };

function keep<Value>(kept: Map<string, Kept<Value>>, key: string, make: () => Value): Value {
  let found = kept.get(key);
  if (found === undefined) {
    try {
      found = { value: make() };
    } catch (error) {
      found = { error };
    }
    kept.set(key, found);
  }
  if ("error" in found) throw found.error;
  return found.value;
}

export interface NodeBinary {
  readonly path: string;
  readonly version: string;
}

/** The tarball, the Node versions and the projects of one matrix run. */
export class Workshop {
  readonly #folder = mkdtempSync(join(tmpdir(), "matrix-"));
  readonly #tarballs = new Map<string, Kept<string>>();
  readonly #nodes = new Map<string, Kept<NodeBinary>>();
  readonly #projects = new Map<string, Kept<string>>();

  /** What npm would publish from the current sources. */
  tarball(): string {
    return keep(this.#tarballs, manifest.name, () => {
      const folder = join(this.#folder, "tarball");
      mkdirSync(folder);
      npm(root, "run", "build");
      npm(root, "pack", "--ignore-scripts", "--pack-destination", folder);
      return join(folder, `${manifest.name}-${manifest.version}.tgz`);
    });
  }

  /** For the oldest major version, the oldest Node that `engines` allows; for every other one, its newest. */
  node(major: string): NodeBinary {
    return keep(this.#nodes, major, () => {
      const oldest = oldestOf(manifest.engines.node);
      const wanted = oldest.startsWith(`${major}.`) ? oldest : major;
      // npm's package `node` downloads one of these in an install script.
      const name = `node-${process.platform}-${process.arch}`;
      const folder = join(this.#folder, `node-${major}`);
      this.#install(folder, { dependencies: { [name]: wanted } });
      const path = join(folder, "node_modules", name, "bin", "node");
      const { stdout } = run(folder, path, ["--version"]);
      const version = stdout.trim().replace(/^v/, "");
      if (!version.startsWith(`${wanted}.`) && version !== wanted)
        throw new Error(`${path} is Node ${version} and not ${wanted}`);
      return { path, version };
    });
  }

  /**
   * A project with the tarball and more installed; `prepare` writes its sources. If it already exists with
   * another TypeScript, only the differences are installed: the azurerm bindings alone are 270 MB.
   */
  project(
    name: string,
    { dependencies, overrides = {} }: Dependencies,
    prepare: (folder: string) => void,
  ): string {
    const all = { ...dependencies, [manifest.name]: `file:${this.tarball()}` };
    return keep(this.#projects, JSON.stringify([name, all]), () => {
      const folder = join(this.#folder, name);
      this.#install(folder, { dependencies: all, overrides });
      prepare(folder);
      return folder;
    });
  }

  removeProject(name: string): void {
    rmSync(join(this.#folder, name), { recursive: true, force: true });
  }

  #install(folder: string, dependencies: Dependencies): void {
    mkdirSync(folder, { recursive: true });
    writeFileSync(
      join(folder, "package.json"),
      JSON.stringify({ name: "user", private: true, ...dependencies }),
    );
    npm(folder, "install", "--ignore-scripts");
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
