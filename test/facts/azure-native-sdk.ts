import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

/** What one module of an azure-native SDK declares for a managed cluster. */
export interface ModuleOfSdk {
  /** `v20240901`; empty for the module without a version. */
  readonly module: string;
  /** Does it have a property at a path such as `networkProfile.networkPolicy`? */
  readonly has: (path: string) => boolean;
  /** The values of the enumeration of SKU names. */
  readonly skus: readonly string[];
  /** Does the SDK itself write `networkPlugin: "kubenet"` if a program sets none? */
  readonly writesKubenet: boolean;
}

/**
 * The modules of an azure-native package, read from its types as text: compiling 40 MB would take too long.
 */
export function modulesOfSdk(folder: string): readonly ModuleOfSdk[] {
  const types = namespacesIn(readFileSync(join(folder, "types", "input.d.ts"), "utf8"));
  const defaults = defaultsIn(readFileSync(join(folder, "types", "input.js"), "utf8"));
  const containerservice = join(folder, "containerservice");
  const modules = ["", ...readdirSync(containerservice).filter((name) => /^v\d/.test(name))];
  return modules.flatMap((module): ModuleOfSdk[] => {
    const file = join(containerservice, module, "managedCluster.d.ts");
    if (!existsSync(file)) return [];
    const args = readFileSync(file, "utf8").split("export interface ManagedClusterArgs")[1] ?? "";
    const interfaces = types.get(module) ?? new Map<string, string>();
    return [
      {
        module,
        has: (path) => typeAt(path, args, interfaces) !== undefined,
        skus: enumIn(
          join(folder, "types", "enums", "containerservice", module, "index.d.ts"),
          "ManagedClusterSKUName",
        ),
        writesKubenet: /networkPlugin: .*"kubenet"/.test(defaults.get(module) ?? ""),
      },
    ];
  });
}

function typeAt(path: string, args: string, interfaces: ReadonlyMap<string, string>): string | undefined {
  let declaration = args;
  let type: string | undefined;
  for (const name of path.split(".")) {
    type = new RegExp(`^ +${name}\\??: (.*);$`, "m").exec(declaration)?.[1];
    if (type === undefined) return undefined;
    const [, inner = ""] = /inputs\.containerservice\.(?:v\w+\.)?(\w+)/.exec(type) ?? [];
    declaration = interfaces.get(inner) ?? "";
  }
  return type;
}

/** The interfaces of each module, by name. */
function namespacesIn(text: string): ReadonlyMap<string, ReadonlyMap<string, string>> {
  const start = text.indexOf("export declare namespace containerservice {");
  const all = text.slice(start, text.indexOf("\n}\n", start));
  const modules = new Map<string, Map<string, string>>();
  let module = "";
  for (const part of all.split(/^(?= *(?:namespace|interface) )/m)) {
    const [, depth = "", kind, name = ""] = /^( *)(namespace|interface) (\w+)/.exec(part) ?? [];
    if (kind === "namespace") module = name;
    if (kind !== "interface") continue;
    // Interfaces of the module without a version are indented one level less.
    const own = depth.length === 4 ? "" : module;
    const interfaces = modules.get(own) ?? new Map<string, string>();
    modules.set(own, interfaces);
    interfaces.set(name, part);
  }
  return modules;
}

/** The function of each module that writes the network profile's defaults. */
function defaultsIn(text: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const name = "containerServiceNetworkProfileArgsProvideDefaults";
  for (let at = text.indexOf(`function ${name}`); at !== -1; at = text.indexOf(`function ${name}`, at + 1)) {
    const end = text.indexOf(`.${name} = ${name};`, at);
    const [, module = ""] = /(\w+)$/.exec(text.slice(at, end)) ?? [];
    found.set(module === "containerservice" ? "" : module, text.slice(at, end));
  }
  return found;
}

function enumIn(file: string, name: string): readonly string[] {
  if (!existsSync(file)) return [];
  const [, body = ""] =
    new RegExp(`export declare const ${name}: \\{(.*?)\\};`, "s").exec(readFileSync(file, "utf8")) ?? [];
  return [...body.matchAll(/readonly \w+: "([^"]*)"/g)].map(([, value = ""]) => value);
}
