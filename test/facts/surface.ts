/** What a package declares for clusters and pools, and the dialect that reads them. */
import { dirname, join } from "node:path";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { azureNative } from "../../shared/dialects/azure-native";
import { dialectAt } from "../../shared/dialects/at-version";
import type { Dialect } from "../../shared/dialects/dialect";
import { pulumiPartIn, terraformPartOf } from "../../shared/dialects/lookup";
import { isBefore } from "../../shared/dialects/version";
import type { Declarations } from "./types";
import { ResourceType, declarationsOf } from "./types";

/** The owner of the names, so that a property must be considered once instead of once per package. */
export type Family = "Azure's API" | "azurerm";

/** One resource of one package in one version of its API. */
export interface Surface {
  /** Where it was read, for people who look it up. */
  readonly label: string;
  readonly family: Family;
  readonly what: "cluster" | "pool";
  readonly type: ResourceType;
  /** The package's name for the resource; `undefined` if the package belongs to no host. */
  readonly token: string | undefined;
  /** The dialect that a host uses for it, at the version that it uses; `undefined` if it uses none. */
  readonly dialect: Dialect | undefined;
  /** The version that the package itself names: of the API, or of the provider. */
  readonly version: string | undefined;
  /** The value that the SDK itself writes for the plugin. */
  readonly plugin?: string | undefined;
}

const read = (folder: string, path: string): string => readFileSync(join(folder, path), "utf8");

export function versionOf(folder: string): string {
  const { version } = JSON.parse(read(folder, "package.json")) as { readonly version: string };
  return version.replace(/^v/, "");
}

/** `@pulumi/azure-native`, every module of containerservice that has clusters. */
export function azureNativeSurfaces(folder: string): Surface[] {
  const version = versionOf(folder);
  const inputs = declarationsOf(namespaceIn(read(folder, "types/input.d.ts")));
  const defaults = namespaceIn(read(folder, "types/input.js"));
  const modules = ["", ...readdirSync(join(folder, "containerservice")).filter((name) => /^v\d/.test(name))];
  return modules.flatMap((module) =>
    (
      [
        ["cluster", "managedCluster", "ManagedCluster"],
        ["pool", "agentPool", "AgentPool"],
      ] as const
    ).flatMap(([what, file, name]): Surface[] => {
      const path = join("containerservice", module, file);
      if (!existsSync(join(folder, `${path}.d.ts`))) return [];
      const text = read(folder, `${path}.d.ts`);
      const token = /__pulumiType\s*=\s*'([^']+)'/.exec(read(folder, `${path}.js`))?.[1];
      const enums = join("types/enums/containerservice", module, "index.d.ts");
      const dialect = token === undefined ? undefined : pulumiPartIn(token, version)?.dialect;
      return [
        {
          label: `@pulumi/azure-native ${version}, containerservice${module === "" ? "" : `/${module}`}`,
          family: "Azure's API",
          what,
          type: new ResourceType(`${name}Args`, [
            ...declarationsOf(text).values(),
            inputs.get(module === "" ? "containerservice" : `containerservice.${module}`) ?? new Map(),
            ...(existsSync(join(folder, enums)) ? declarationsOf(read(folder, enums)).values() : []),
          ]),
          token,
          dialect,
          version:
            apiVersionOfModule(module) ??
            /Azure REST API version:? (\d{4}-\d{2}-\d{2}(?:-preview)?)/.exec(text)?.[1] ??
            dialect?.version,
          plugin: pluginWrittenBy(defaults, module),
        },
      ];
    }),
  );
}

/** `v20240102preview` as `2024-01-02-preview`. */
function apiVersionOfModule(module: string): string | undefined {
  const [, year, month, day, preview] = /^v(\d{4})(\d{2})(\d{2})(preview)?$/.exec(module) ?? [];
  if (year === undefined) return undefined;
  return `${year}-${String(month)}-${String(day)}${preview === undefined ? "" : "-preview"}`;
}

/** The types of all services are one file of up to 40 MB. */
function namespaceIn(text: string, name = "containerservice"): string {
  const start = text.search(
    new RegExp(`^(?:export declare namespace ${name} \\{|\\(function \\(${name}\\))`, "m"),
  );
  if (start === -1) throw new Error(`no namespace ${name} is declared`);
  const end = text.indexOf("\n}", start);
  return text.slice(start, end + 2);
}

function pluginWrittenBy(defaults: string, module: string): string | undefined {
  const space = module === "" ? "containerservice" : module;
  const end = defaults.indexOf(`${space}.containerServiceNetworkProfileArgsProvideDefaults =`);
  if (end === -1) return undefined;
  const start = defaults.lastIndexOf("function containerServiceNetworkProfileArgsProvideDefaults", end);
  return /networkPlugin: [^"{}]*\?\?[^"{}]*"(\w+)"|networkPlugin: [^,]*: "(\w+)"/
    .exec(defaults.slice(start, end))
    ?.slice(1)
    .find((value) => typeof value === "string");
}

/** `@pulumi/azure`. */
export function azureClassicSurfaces(folder: string): Surface[] {
  const version = versionOf(folder);
  const inputs = declarationsOf(namespaceIn(read(folder, "types/input.d.ts"))).get("containerservice");
  return readdirSync(join(folder, "containerservice"))
    .filter((file) => /^(?:kubernetesCluster|kubernetesClusterNodePool|automaticCluster)\.d\.ts$/.test(file))
    .flatMap((file): Surface[] => {
      const path = join("containerservice", file.replace(/\.d\.ts$/, ""));
      const token = /__pulumiType\s*=\s*'([^']+)'/.exec(read(folder, `${path}.js`))?.[1];
      const part = token === undefined ? undefined : pulumiPartIn(token, version);
      const name = /:(\w+)$/.exec(token ?? "")?.[1] ?? "";
      return [
        {
          label: `@pulumi/azure ${version}, ${path}`,
          family: "azurerm",
          what: name.endsWith("NodePool") ? "pool" : "cluster",
          type: new ResourceType(`${name}Args`, [
            ...declarationsOf(read(folder, `${path}.d.ts`)).values(),
            inputs ?? new Map(),
          ]),
          token,
          dialect: part?.dialect,
          version,
        },
      ];
    });
}

/**
 * A package of prebuilt azurerm classes, for CDKTF or for CDK Terrain. Loading its root takes 270 MB, so its
 * files are read.
 */
export function bindingsSurfaces(folder: string, name: string): Surface[] {
  const version = versionOf(folder);
  return ["kubernetes-cluster", "kubernetes-cluster-node-pool", "kubernetes-automatic-cluster"].flatMap(
    (resource): Surface[] => {
      const file = join("lib", resource, "index.d.ts");
      if (!existsSync(join(folder, file))) return [];
      const text = read(folder, file);
      const token = /static readonly tfResourceType = "(\w+)"/.exec(text)?.[1];
      const provider = /providers\/hashicorp\/azurerm\/(\d+\.\d+\.\d+)\//.exec(text)?.[1];
      const part = token === undefined ? undefined : terraformPartOf(token);
      const written =
        part !== undefined && "dialect" in part ? (part.dialect.typed ?? part.dialect) : undefined;
      const config = /export interface (\w+Config) extends/.exec(text)?.[1] ?? "";
      return [
        {
          label: `${name} ${version}, lib/${resource} (azurerm ${provider ?? "of an unknown version"})`,
          family: "azurerm",
          what: resource.endsWith("pool") ? "pool" : "cluster",
          type: new ResourceType(config, [...declarationsOf(text).values()]),
          token,
          dialect: written === undefined ? undefined : dialectAt(written, provider),
          version: provider,
        },
      ];
    },
  );
}

/** `@azure/arm-containerservice`: the newest version of Azure's API, which no host uses. */
export function armSurfaces(folder: string): Surface[] {
  const models = declarationsOf(read(folder, "dist/commonjs/models/models.d.ts"));
  const declarations: Declarations = new Map([...models.values()].flatMap((each) => [...each]));
  const [newest] = [...(declarations.get("KnownVersions")?.values ?? [])].sort((a, b) =>
    isBefore(a, b) ? 1 : -1,
  );
  const label = `@azure/arm-containerservice ${versionOf(folder)} (API ${newest ?? "of an unknown version"})`;
  return (["cluster", "pool"] as const).map((what) => ({
    label: `${label}, ${what === "cluster" ? "ManagedCluster" : "AgentPool"}`,
    family: "Azure's API",
    what,
    type: new ResourceType(
      what === "cluster" ? "ManagedCluster" : "AgentPool",
      [declarations],
      (name) => `Known${name}`,
    ),
    token: undefined,
    dialect: dialectAt(azureNative, newest),
    version: newest,
  }));
}

/** The location of an installed package, or `undefined`. */
export function installed(from: string, name: string): string | undefined {
  const folder = join(from, "node_modules", name);
  return existsSync(join(folder, "package.json")) ? folder : undefined;
}

export const root = dirname(dirname(__dirname));
