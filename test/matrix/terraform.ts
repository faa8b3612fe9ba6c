import { deepStrictEqual } from "node:assert";
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { terraformClis } from "../support/terraform-clis";
import type { End, LibraryName, TerraformCell } from "./cells";
import { hostAt, manifest } from "./cells";
import { mainSource, seenFile, stackSource, testSource } from "./fixtures";
import type { Dependencies, NodeBinary, Result, Workshop } from "./workshop";
import { run } from "./workshop";

/** The azurerm bindings for a version of a library, and what the program and its finding say about them. */
interface Bindings {
  readonly version: string;
  readonly features: "{}" | "[{}]";
  readonly existing: string;
  readonly written: Readonly<Record<string, unknown>>;
}

const written = { network_plugin: "azure", network_plugin_mode: "overlay", network_policy: "cilium" };
const pinned = (name: string): string => manifest.devDependencies[`@${name}/provider-azurerm`] ?? "";

function bindingsOf(library: LibraryName, end: End): Bindings {
  const newest = {
    version: pinned(library),
    features: "[{}]",
    written: { ...written, network_data_plane: "cilium" },
  } as const;
  if (library === "cdktn") {
    return {
      ...newest,
      existing:
        "If the cluster exists: azurerm 4.73.0 (this program's version) changes it in place (every node pool is reimaged).",
    };
  }
  if (end === "newest") {
    return {
      ...newest,
      existing:
        "If the cluster exists: azurerm 4.55.0 (this program's version) REPLACES it; 4.58 and later change it in place. To keep the cluster: https://www.npmjs.com/package/aks-network-policy-pack#clusters-that-exist",
    };
  }
  const version = hostAt(library, end);
  const oldest = bindingsOfOldest[version];
  if (oldest === undefined) throw new Error(`which bindings of azurerm belong to ${library} ${version}?`);
  return oldest;
}

/** By the version of cdktf; the oldest is read from the range. */
const bindingsOfOldest: Readonly<Record<string, Bindings>> = {
  "0.15.0": {
    version: "6.0.0",
    features: "{}",
    existing:
      "If the cluster exists: azurerm 3.52.0 (this program's version) REPLACES it; 4.58 and later change it in place. To keep the cluster: https://www.npmjs.com/package/aks-network-policy-pack#clusters-that-exist",
    written: { ...written, ebpf_data_plane: "cilium" },
  },
};

const findingOf = ({ existing, written: { ebpf_data_plane: ebpf } }: Bindings): string =>
  [
    "[shop/open] network-policy-configured: networkProfile.networkPolicy is not set: this cluster has no network policy engine.",
    "Without an engine AKS accepts NetworkPolicy objects and ignores them: every pod can reach every pod.",
    `Fix: inside networkProfile, set ${ebpf === undefined ? "networkDataPlane" : "ebpfDataPlane"}: "cilium", networkPolicy: "cilium"`,
    existing,
    "Rule: https://www.npmjs.com/package/aks-network-policy-pack#network-policy-configured",
  ].join("\n");

function dependenciesOf(library: LibraryName, end: End, typescript: string): Dependencies {
  const bindings = `@${library}/provider-azurerm`;
  return {
    dependencies: {
      [library]: hostAt(library, end),
      // The newest requires the right constructs version itself.
      ...(end === "oldest" ? { constructs: hostAt("constructs", end) } : {}),
      [bindings]: bindingsOf(library, end).version,
      typescript: `~${typescript}.0`,
      "ts-node": "^10.9.2",
      tsx: "^4.0.0",
      // The last versions that run on Node 20.
      vitest: "^4.0.0",
      vite: "^6.0.0",
      jest: "^30.0.0",
      "ts-jest": "^29.0.0",
      "@types/jest": "^30.0.0",
      "@types/node": "^20.0.0",
    },
    // cdktn's bindings lag behind by one version.
    overrides: { [bindings]: { [library]: `$${library}` } },
  };
}

/** A project as created by the library's CLI, with its own tsconfig and Jest setup. */
function prepare(library: LibraryName, { features }: Bindings, typescript: string, folder: string): void {
  const { template, need } = terraformClis[library];
  if (need.missing !== undefined) throw new Error(need.missing);
  for (const file of ["tsconfig.json", "jest.config.js", "setup.js"])
    cpSync(join(template, file), join(folder, file));
  if (typescript === "6.0") adaptToTypeScript6(join(folder, "tsconfig.json"));
  writeFileSync(join(folder, "stack.ts"), stackSource(library, features));
  writeFileSync(join(folder, "main.ts"), mainSource(library));
  mkdirSync(join(folder, "__tests__"), { recursive: true });
  writeFileSync(join(folder, "__tests__", "main-test.ts"), testSource(library, "jest"));
  mkdirSync(join(folder, "vitest"), { recursive: true });
  writeFileSync(join(folder, "vitest", "main.ts"), testSource(library, "vitest"));
  writeFileSync(
    join(folder, "vitest.config.mjs"),
    `export default { test: { include: ["vitest/*.ts"], testTimeout: 60_000 } };\n`,
  );
}

/**
 * What the template needs for TypeScript 6 even without this package: types are no longer found, and ts-jest
 * still sets `node10`.
 */
function adaptToTypeScript6(file: string): void {
  const tsconfig = JSON.parse(readFileSync(file, "utf8")) as { compilerOptions: Record<string, unknown> };
  Object.assign(tsconfig.compilerOptions, { types: ["node"], ignoreDeprecations: "6.0" });
  writeFileSync(file, JSON.stringify(tsconfig));
}

export const terraformProject = ({ part, host }: TerraformCell): string => `${part}-${host}`;

/** Throws if the cell fails. */
export function runTerraformCell(cell: TerraformCell, workshop: Workshop, node: NodeBinary): void {
  const { part: library, host, typescript } = cell;
  const bindings = bindingsOf(library, host);
  const folder = workshop.project(
    terraformProject(cell),
    dependenciesOf(library, host, typescript),
    (project) => {
      prepare(library, bindings, typescript, project);
    },
  );
  const bin = (...path: string[]): string => join(folder, "node_modules", ...path);
  const execute = (...args: string[]): Result => run(folder, node.path, args, node.path);
  const passes = (...args: string[]): void => {
    const result = execute(...args);
    if (result.status !== 0)
      throw new Error(`ended with ${result.status}:\n${result.stdout}\n${result.stderr}`);
  };
  switch (cell.runner) {
    case "tsc": {
      const build = join(folder, "build");
      passes(bin("typescript", "bin", "tsc"), "--outDir", build, "--incremental", "false");
      const result = execute(join(build, "main.js"));
      rmSync(build, { recursive: true });
      stopped(result, bindings);
      return;
    }
    case "ts-node":
      stopped(execute(bin("ts-node", "dist", "bin.js"), "main.ts"), bindings);
      return;
    case "tsx":
      stopped(execute(bin("tsx", "dist", "cli.mjs"), "main.ts"), bindings);
      return;
    case "vitest":
      tested(() => {
        passes(bin("vitest", "vitest.mjs"), "run");
      });
      return;
    case "jest":
      tested(() => {
        passes(bin("jest", "bin", "jest.js"), "--no-cache");
      });
      return;
  }

  function tested(runTests: () => void): void {
    const file = join(folder, seenFile);
    rmSync(file, { force: true });
    runTests();
    if (!existsSync(file)) throw new Error("the runner passed, and ran no test");
    deepStrictEqual(JSON.parse(readFileSync(file, "utf8")), {
      node: node.version,
      found: [findingOf(bindings)],
      written: bindings.written,
    });
  }
}

/** The program failed with the finding on its one bad cluster and no other. */
function stopped({ status, stdout, stderr }: Result, bindings: Bindings): void {
  const said = /Encountered Annotations with level "ERROR":\n(\[[^]*?)\n(?:\n| {4}at )/.exec(stderr)?.[1];
  if (said === undefined) throw new Error(`no error annotation, ended with ${status}:\n${stdout}\n${stderr}`);
  deepStrictEqual({ status, said }, { status: 1, said: findingOf(bindings) });
}
