/** Derives one dialect from another. */
import type { Dialect, DialectShape, PoolPaths, SettingName, Versions } from "./dialect";

/** For a resource that has no names for any setting. */
export const noSettings: Dialect["settings"] = {
  engine: [],
  plugin: [],
  mode: [],
  dataplane: [],
  sku: [],
  ipFamilies: [],
  nodeProvisioning: [],
  advancedNetworkSecurity: [],
  transitEncryption: [],
  accelerationMode: [],
  kubernetesVersion: [],
  windowsProfile: [],
};

/**
 * `network_profile.network_policy` in the spelling of the generated classes: `networkProfile.networkPolicy`.
 */
export function camelCase(path: string): string {
  return path.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

/** The reverse of `camelCase`. */
export function snakeCase(path: string): string {
  return path.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** A dialect in the spelling of CDKTF's prebuilt classes. */
export function inCamelCase(dialect: Dialect): Dialect {
  const { settings, outboundType, poolsInside, pool, poolsCluster, identity } = dialect;
  const camelPool: PoolPaths = {
    name: camelCase(pool.name),
    os: camelCase(pool.os),
    osSku: camelCase(pool.osSku),
    autoscaling: pool.autoscaling.map(camelCase),
    count: camelCase(pool.count),
    maximum: camelCase(pool.maximum),
  };
  return {
    ...dialect,
    name: typedName(dialect),
    settings: mapPaths(settings, camelCase),
    ...(outboundType === undefined ? {} : { outboundType: camelCase(outboundType) }),
    poolsInside: { ...poolsInside, path: camelCase(poolsInside.path) },
    pool: camelPool,
    poolsCluster: { ...poolsCluster, path: camelCase(poolsCluster.path) },
    identity: { name: camelCase(identity.name), resourceGroup: camelCase(identity.resourceGroup) },
    ...versionsWith(dialect, camelCase),
  };
}

/** Generated module bindings spell variables in camel case and leave what is inside a variable unchanged. */
export function withTypedVariables(dialect: Dialect): Dialect {
  const variable = (path: string): string => path.replace(/[^.]+/, camelCase);
  const { settings, outboundType, poolsInside, identity, ownPart, overlayUnless } = dialect;
  return {
    ...dialect,
    name: typedName(dialect),
    settings: mapPaths(settings, variable),
    ...(outboundType === undefined ? {} : { outboundType: variable(outboundType) }),
    ...(ownPart === undefined ? {} : { ownPart: { ...ownPart, path: variable(ownPart.path) } }),
    ...(overlayUnless === undefined ? {} : { overlayUnless: overlayUnless.map(variable) }),
    poolsInside: {
      ...poolsInside,
      path: variable(poolsInside.path),
      ...(poolsInside.besides === undefined ? {} : { besides: variable(poolsInside.besides) }),
      ...(poolsInside.outside === undefined ? {} : { outside: mapSizes(poolsInside.outside, variable) }),
    },
    identity: {
      ...identity,
      name: variable(identity.name),
      resourceGroup: variable(identity.resourceGroup),
    },
    ...versionsWith(dialect, variable),
  };
}

/**
 * The shape of Azure's API at a path of another resource. The whole API resource has its settings below
 * `properties`. Azure rejects names that its version does not have: `UnmarshalError`.
 */
export function armBelow(
  place: string,
  { settings, pool, poolsInside, versions }: Dialect,
  name: string,
): DialectShape & Pick<Dialect, "versions"> {
  const at = (path: string): string => (place === "" ? path : `${place}.${path}`);
  const below = (path: string): string => at(path.startsWith("sku.") ? path : `properties.${path}`);
  return {
    name,
    tool: "azapi",
    caseSensitive: false,
    blocksMayBeLists: false,
    settings: mapPaths(settings, below),
    poolsInside: { ...poolsInside, path: below(poolsInside.path) },
    pool,
    poolsCluster: { path: "parent_id", by: "id" },
    identity: { name: "name", resourceGroup: "resource_group_name" },
    ...(versions === undefined ? {} : { versions: mapVersions({ ...versions, absent: "refused" }, below) }),
  };
}

function typedName({ name }: Dialect): string {
  return `${name}, typed`;
}

function mapPaths(settings: Dialect["settings"], map: (path: string) => string): Dialect["settings"] {
  const mapped = { ...settings };
  for (const name of Object.keys(settings) as SettingName[]) mapped[name] = settings[name].map(map);
  return mapped;
}

type Sizes = NonNullable<DialectShape["poolsInside"]["outside"]>;

function mapSizes({ autoscaling, count, maximum }: Sizes, map: (path: string) => string): Sizes {
  return { autoscaling: autoscaling.map(map), count: map(count), maximum: map(maximum) };
}

function versionsWith(
  { versions }: Dialect,
  map: (path: string) => string,
): { readonly versions?: Versions } {
  return versions === undefined ? {} : { versions: mapVersions(versions, map) };
}

function mapVersions(versions: Versions, map: (path: string) => string): Versions {
  const names = Object.entries(versions.names).map(([path, spans]) => [map(path), spans] as const);
  return { ...versions, names: Object.fromEntries(names) };
}
