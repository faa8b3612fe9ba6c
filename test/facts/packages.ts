/** The packages that are read: where they are, and which of their versions only the weekly run reads. */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isBefore } from "../../shared/dialects/version";
import type { Surface } from "./surface";
import {
  armSurfaces,
  azureClassicSurfaces,
  azureNativeSurfaces,
  bindingsSurfaces,
  installed,
  root,
} from "./surface";

export interface Package {
  readonly name: string;
  /** The folder with the package.json that pins it. */
  readonly pinnedIn: string;
  readonly surfaces: (folder: string) => Surface[];
  /** The parts to unpack: all of it is hundreds of megabytes. */
  readonly parts: readonly string[];
  /** The version to fetch from npm in the weekly run; by default the newest. */
  readonly newest?: string;
}

const ofPulumi = ["types/input.d.ts", "types/input.js", "containerservice"];
const ofBindings = ["lib/kubernetes-cluster", "lib/kubernetes-cluster-node-pool"];

export const packages: readonly Package[] = [
  {
    name: "@pulumi/azure-native",
    pinnedIn: ".",
    surfaces: azureNativeSurfaces,
    parts: [...ofPulumi, "types/enums/containerservice"],
  },
  {
    name: "@pulumi/azure-native",
    pinnedIn: "test/azure-native-v2",
    surfaces: azureNativeSurfaces,
    parts: [...ofPulumi, "types/enums/containerservice"],
    newest: "2",
  },
  { name: "@pulumi/azure", pinnedIn: ".", surfaces: azureClassicSurfaces, parts: ofPulumi },
  ...["@cdktf/provider-azurerm", "@cdktn/provider-azurerm"].map((name) => ({
    name,
    pinnedIn: ".",
    surfaces: (folder: string) => bindingsSurfaces(folder, name),
    parts: ofBindings,
  })),
  {
    name: "@azure/arm-containerservice",
    pinnedIn: ".",
    surfaces: armSurfaces,
    parts: ["dist/commonjs/models"],
  },
];

/**
 * Versions that nobody installs any more. Their content is committed as evidence; the weekly run reads them
 * again.
 */
export const olderPackages: readonly (Omit<Package, "pinnedIn" | "newest"> & { readonly version: string })[] =
  [
    {
      name: "@pulumi/azure-native",
      version: "1.104.0",
      surfaces: azureNativeSurfaces,
      parts: [...ofPulumi, "types/enums/containerservice"],
    },
    ...["5.45.0", "5.89.0", "6.30.0", "6.31.0"].map((version) => ({
      name: "@pulumi/azure",
      version,
      surfaces: azureClassicSurfaces,
      parts: ofPulumi,
    })),
    ...["12.18.0", "12.20.0", "12.21.0", "12.27.0", "13.0.0", "14.12.0", "14.13.0"].map((version) => ({
      name: "@cdktf/provider-azurerm",
      version,
      surfaces: (folder: string) => bindingsSurfaces(folder, "@cdktf/provider-azurerm"),
      parts: ofBindings,
    })),
  ];

/** What was read, and what could not be. */
export interface Reading {
  readonly surfaces: readonly Surface[];
  readonly skipped: readonly string[];
}

/** The packages as installed. */
export function pinnedSurfaces(): Reading {
  const surfaces: Surface[] = [];
  const skipped: string[] = [];
  for (const { name, pinnedIn, surfaces: read } of packages) {
    const folder = installed(join(root, pinnedIn), name);
    if (folder === undefined)
      skipped.push(`${name} of ${pinnedIn}/package.json is not installed: npm ci --prefix ${pinnedIn}`);
    else surfaces.push(...read(folder));
  }
  return { surfaces, skipped };
}

/** Packages from the registry, each unpacked only while it is read. */
export function fetchedSurfaces(
  wanted: readonly {
    readonly name: string;
    readonly version: string;
    readonly surfaces: Package["surfaces"];
    readonly parts: readonly string[];
  }[],
): Reading {
  const surfaces: Surface[] = [];
  const skipped: string[] = [];
  for (const { name, version, surfaces: read, parts } of wanted) {
    const work = mkdtempSync(join(tmpdir(), "facts-"));
    try {
      surfaces.push(...read(unpacked(work, `${name}@${version}`, parts)));
    } catch (error) {
      skipped.push(`${name}@${version} could not be read: ${String(error).split("\n")[0] ?? ""}`);
    } finally {
      rmSync(work, { recursive: true, force: true });
    }
  }
  return { surfaces, skipped };
}

/** Downloads a package without its dependencies, and runs nothing in it. */
function unpacked(work: string, specifier: string, parts: readonly string[]): string {
  execFileSync("npm", ["pack", "--silent", "--ignore-scripts", "--pack-destination", work, specifier], {
    stdio: ["ignore", "ignore", "pipe"],
    cwd: work,
  });
  const [archive = ""] = readdirSync(work).filter((file) => file.endsWith(".tgz"));
  const folder = join(work, "unpacked");
  mkdirSync(folder);
  const wanted = ["package.json", ...parts].map((part) => `package/${part}`);
  execFileSync("tar", ["-xzf", join(work, archive), "-C", folder, ...wanted], { stdio: "pipe" });
  return join(folder, "package");
}

/** The newest version in the registry. */
export function newestVersion(specifier: string): string {
  const text = execFileSync("npm", ["view", specifier, "version", "--json"], {
    encoding: "utf8",
    cwd: tmpdir(),
  });
  const versions = JSON.parse(text) as string | readonly string[];
  // For a range, npm lists versions in order of publication.
  const all = typeof versions === "string" ? [versions] : versions;
  return all.reduce((newest, each) => (isBefore(newest, each) ? each : newest), "0.0.0");
}

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

/** The pins in one of this repository's package.json files. */
export function pinsOf(pinnedIn: string): Readonly<Record<string, string>> {
  const { dependencies, devDependencies } = JSON.parse(
    readFileSync(join(root, pinnedIn, "package.json"), "utf8"),
  ) as Manifest;
  return { ...dependencies, ...devDependencies };
}
