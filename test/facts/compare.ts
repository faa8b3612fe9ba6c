/** Compares packages with the dialects and the evaluator. Pure: everything is passed in as data. */
import {
  dataplanes,
  engines,
  ipFamilies,
  modes,
  nodeProvisioningModes,
  operatingSystems,
  plugins,
  skus,
} from "../../shared/cluster/cluster";
import { isIn } from "../../shared/dialects/at-version";
import type { Dialect, SettingName, VersionSpan } from "../../shared/dialects/dialect";
import { dialects } from "../../shared/dialects";
import type { Considered } from "./considered";
import { isKnownWithoutEffect, judgedAtAnyVersion } from "./considered";
import type { Surface } from "./surface";

/** One difference between a source and our tables. */
export interface Difference {
  /** The difference, and its source. */
  readonly what: string;
  /** The file of this repository to change. */
  readonly where: string;
  /** What to change there. */
  readonly change: string;
}

/** The recorded values of a setting, and where they are recorded. */
const settingValues: Readonly<Partial<Record<SettingName, readonly string[]>>> = {
  engine: engines,
  plugin: plugins,
  mode: modes,
  dataplane: dataplanes,
  sku: skus,
  ipFamilies,
  nodeProvisioning: nodeProvisioningModes,
};
const enumerations = "shared/cluster/cluster.ts";

/** The file with a dialect's tables. */
export function fileOf({ name }: Pick<Dialect, "name">): string {
  const [plain = ""] = name.split(", typed");
  return filesOfDialects[plain] ?? "shared/dialects/";
}

const filesOfDialects: Readonly<Record<string, string>> = {
  "azure-native": "shared/dialects/azure-native.ts",
  azure: "shared/dialects/azure-classic.ts",
  azurerm: "shared/dialects/azurerm.ts",
  "azurerm, bridged": "shared/dialects/azurerm-bridged.ts",
  "azurerm, automatic": "shared/dialects/azurerm-automatic.ts",
  "module Azure/aks": "shared/dialects/module-azure-aks.ts",
  "module Azure/avm": "shared/dialects/module-avm.ts",
  "module Azure/avm before 0.4": "shared/dialects/module-avm.ts",
  "module Azure/avm-ptn-aks-production": "shared/dialects/module-avm-production.ts",
  "module Azure/avm-ptn-aks-production before 0.4": "shared/dialects/module-avm-production.ts",
};

/** The file with the versions of a name. */
export function tableOf(dialect: Dialect): string {
  return dialect.versions?.of === "API" ? "shared/dialects/azure-api-versions.ts" : fileOf(dialect);
}

/** Every name that a dialect has in any version, whether its settings are read or not yet. */
export function namesOf(dialect: Dialect): string[] {
  const { settings, absentNames = {}, versions } = dialect;
  return [
    ...new Set([
      ...Object.values(settings).flat(),
      ...Object.values(absentNames).flat(),
      ...Object.keys(versions?.names ?? {}),
    ]),
  ];
}

/**
 * Does the dialect have the name in its own version? For a name that belongs to no setting, the package's
 * version decides.
 */
function hasName(dialect: Dialect, name: string, version: string | undefined): boolean {
  if (Object.values(dialect.settings).some((names) => names.includes(name))) return true;
  if (Object.values(dialect.absentNames ?? {}).some((names) => names.includes(name))) return false;
  return existsIn(dialect.versions?.names[name], version);
}

/** Without spans, it exists in every version. */
export function existsIn(spans: readonly VersionSpan[] | undefined, version: string | undefined): boolean {
  return spans === undefined || spans.some((span) => isIn(span, version));
}

/** Names of settings, by version. */
export function compareNames({ label, what, type, dialect, version }: Surface): Difference[] {
  if (dialect === undefined || what !== "cluster") return [];
  return namesOf(dialect).flatMap((name): Difference[] => {
    const declared = type.has(name);
    if (!declared && dialect.versions?.of === "provider" && judgedAtAnyVersion.includes(name)) return [];
    if (declared === hasName(dialect, name, version ?? dialect.version)) return [];
    const at = version === undefined ? "this version" : `version ${version}`;
    return [
      declared
        ? {
            what: `${name} is in ${label}; the dialect "${dialect.name}" says that ${at} does not have it`,
            where: tableOf(dialect),
            change: `give ${name} a row that includes ${at}`,
          }
        : {
            what: `${name} is not in ${label}; the dialect "${dialect.name}" says that ${at} has it`,
            where: tableOf(dialect),
            change: `give ${name} rows that exclude ${at}, or drop the name if no version has it`,
          },
    ];
  });
}

/** Where a dialect looks for pools, and what it reads of them. */
export function comparePools({ label, what, type, dialect, token }: Surface): Difference[] {
  if (dialect === undefined) return [];
  const { pool, poolsInside, poolsCluster, identity } = dialect;
  const isCluster = what === "cluster";
  // A dialect without settings describes a resource that creates its own pools.
  if (isCluster && Object.values(dialect.settings).every((names) => names.length === 0)) return [];
  const at = (name: string): string => (isCluster ? `${poolsInside.path}.${name}` : name);
  const alternatives: readonly (readonly string[])[] = [
    [isCluster ? at(pool.name) : token === undefined ? pool.name : (pool.nameApart ?? pool.name)],
    // A single pool inside a cluster is always Linux.
    ...(isCluster && poolsInside.one ? [] : [[at(pool.os)]]),
    [at(pool.osSku)],
    pool.autoscaling.map(at),
    [at(pool.count)],
    [at(pool.maximum)],
    ...(token === undefined
      ? []
      : isCluster
        ? [[identity.name], [identity.resourceGroup]]
        : [[poolsCluster.path]]),
  ];
  return alternatives
    .filter((names) => !names.some((name) => type.has(name) || isNewerThan(type, name)))
    .map((names) => ({
      what: `${names.join(" or ")} of a ${what} is not in ${label}`,
      where: fileOf(dialect),
      change: `name what the ${what} calls it now, beside the older name`,
    }));
}

/** `osSKU` came with API version 2021-02-02: pools of an older one do not have it. */
function isNewerThan(type: Surface["type"], name: string): boolean {
  return /(?:^|\.)osSKU$/.test(name) && type.has(name.replace(/osSKU$/, "osType"));
}

/** Values of enumerations: each must be known, in exactly the versions that have it. */
export function compareValues(surface: Surface, considered: Considered): Difference[] {
  const { label, what, type, dialect, family } = surface;
  if (dialect === undefined) return [];
  const same = (one: string, other: string): boolean =>
    dialect.caseSensitive ? one === other : one.toLowerCase() === other.toLowerCase();
  const unknown = (path: string, known: readonly string[], where: string): Difference[] =>
    type
      .valuesAt(path)
      .filter((value) => !known.some((each) => same(each, value)))
      .map((value) => ({
        what: `${path} takes "${value}" in ${label}`,
        where,
        change: `add "${value}", and decide in the rules what it means`,
      }));
  if (what === "pool") return unknown(dialect.pool.os, operatingSystems, enumerations);
  const settings = (Object.entries(settingValues) as [SettingName, readonly string[]][]).flatMap(
    ([setting, known]) => dialect.settings[setting].flatMap((path) => unknown(path, known, enumerations)),
  );
  const byVersion = Object.entries(dialect.versions?.values ?? {}).flatMap(([setting, values]) =>
    Object.entries(values).flatMap(([value, spans]): Difference[] =>
      dialect.settings[setting as SettingName].flatMap((path) => {
        const declared = type.valuesAt(path);
        if (declared.length === 0) return [];
        const ours = dialect.absentValues?.[setting as SettingName]?.includes(value) !== true;
        if (
          declared.some((each) => same(each, value)) ===
          (dialect.absentValues === undefined ? existsIn(spans, surface.version) : ours)
        )
          return [];
        return [
          {
            what: `${path} ${ours ? "does not take" : "takes"} "${value}" in ${label}; our table says otherwise`,
            where: tableOf(dialect),
            change: `give "${value}" rows that ${ours ? "exclude" : "include"} version ${surface.version ?? "at hand"}`,
          },
        ];
      }),
    ),
  );
  const others = Object.entries(considered.values[family]).flatMap(([path, known]) =>
    unknown(path, known, consideredFile),
  );
  return [...settings, ...byVersion, ...others];
}

const consideredFile = "test/facts/considered.ts";

/** A property that is neither read nor listed as irrelevant may decide whether policies are enforced. */
export function compareProperties(
  { label, what, type, dialect, family }: Surface,
  considered: Considered,
): Difference[] {
  if (dialect === undefined) return [];
  const { virtualMachines = [], ...paths } = dialect.pool;
  const ofPool: readonly string[] = [
    ...Object.values(paths).flat(),
    ...virtualMachines.map(({ path }) => path),
  ];
  const readPaths = what === "pool" ? ofPool : namesOf(dialect);
  const { poolsInside, poolsCluster } = dialect;
  const isRead = (path: string): boolean =>
    readPaths.some((each) => each === path || each.startsWith(`${path}.`)) ||
    (what === "pool"
      ? path === poolsCluster.path
      : path === poolsInside.path ||
        ofPool.some((each) => `${poolsInside.path}.${each}.`.startsWith(`${path}.`)));
  return Object.entries(considered.blocks[family][what]).flatMap(([block, known]) =>
    (type.propertiesAt(block) ?? []).flatMap((name): Difference[] => {
      const path = block === "" ? name : `${block}.${name}`;
      if (isRead(path) || isKnownWithoutEffect(known, name)) return [];
      return [
        {
          what: `${path} of a ${what} is in ${label}, and nobody has considered it`,
          where: consideredFile,
          change: `if it decides whether policies are enforced, let ${fileOf(dialect)} read it; else add "${name}" to the block "${block}"`,
        },
      ];
    }),
  );
}

/** Values in our enumerations that no source has any more. */
export function compareUnionOfValues(surfaces: readonly Surface[]): Difference[] {
  return (Object.entries(settingValues) as [SettingName, readonly string[]][]).flatMap(([setting, known]) => {
    const declared = new Set(
      surfaces.flatMap(({ what, dialect, type }) =>
        what === "pool" ? [] : (dialect?.settings[setting] ?? []).flatMap((path) => type.valuesAt(path)),
      ),
    );
    return known
      .filter((value) => !declared.has(value))
      .map((value) => ({
        what: `no package that is read has "${value}" for the setting ${setting}`,
        where: enumerations,
        change: `drop "${value}", or say which source has it`,
      }));
  });
}

/** Names of resources: their dialect and role in a host. */
export function compareTokens(surfaces: readonly Surface[]): Difference[] {
  const untaken = surfaces.flatMap(({ token, dialect, label, what }) =>
    token === undefined || dialect !== undefined
      ? []
      : [
          {
            what: `${label} has the type ${token}, which no dialect takes`,
            where: "shared/dialects/index.ts",
            change: `add a dialect whose \`matches\` names ${token} as a ${what}`,
          },
        ],
  );
  return untaken;
}

/** Every type token that a dialect names in full exists in a package. */
export function compareMatches(
  surfaces: readonly Surface[],
  all: readonly Dialect[] = dialects,
): Difference[] {
  const tokens = new Set(surfaces.map(({ token }) => token));
  // Pulumi's bridge for any provider generates its package on the fly: there is none to read.
  const isRead = (token: string): boolean => !token.startsWith("azurerm:");
  return all.flatMap((dialect) => {
    const { pulumi, terraform } = dialect.matches;
    return [pulumi?.cluster, pulumi?.pool, terraform?.cluster, terraform?.pool]
      .filter((token) => token !== undefined && token !== "" && isRead(token) && !tokens.has(token))
      .filter((token) => token !== "azurerm_kubernetes_automatic_cluster")
      .map((token) => ({
        what: `no package that is read has the type ${String(token)}`,
        where: fileOf(dialect),
        change: "name the type as the package does, or drop it",
      }));
  });
}

/** The plugin that an SDK itself writes. */
export function compareSdkDefaults(
  { label, what, dialect, version, plugin }: Surface,
  sdk: string,
): Difference[] {
  if (dialect === undefined || what !== "cluster") return [];
  const { sdkWrites } = dialect;
  const expected =
    sdkWrites !== undefined &&
    isIn(sdkWrites.versions, sdk) &&
    sdkWrites.apis.some((span) => isIn(span, version))
      ? sdkWrites.value
      : undefined;
  if (expected === plugin) return [];
  return [
    {
      what: `${label} writes ${plugin === undefined ? "no plugin" : `plugin "${plugin}"`} by itself; our table says ${expected === undefined ? "none" : `"${expected}"`}`,
      where: fileOf(dialect),
      change: `correct \`sdkWrites\` for ${version ?? "this version"}`,
    },
  ];
}

/** The comparison for an old version: its properties and pools no longer need to be considered. */
export function compareOldSurface(surface: Surface): Difference[] {
  const noOthers: Considered = { blocks: noBlocks, values: { "Azure's API": {}, azurerm: {} } };
  return [...compareNames(surface), ...compareValues(surface, noOthers)];
}

const noBlocks: Considered["blocks"] = {
  "Azure's API": { cluster: {}, pool: {} },
  azurerm: { cluster: {}, pool: {} },
};

/** All comparisons for one resource of one package. */
export function compareSurface(surface: Surface, considered: Considered): Difference[] {
  return [
    ...compareNames(surface),
    ...comparePools(surface),
    ...compareValues(surface, considered),
    ...compareProperties(surface, considered),
  ];
}
