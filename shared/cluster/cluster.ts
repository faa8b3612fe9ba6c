import type { Answer, Setting, Unrecognized } from "./setting";
import { answer, any, is, isUnrecognized, unknownBecauseOf } from "./setting";

/**
 * The values of `networkPolicy` in ARM: Microsoft.ContainerService/managedClusters, stable API 2024-05-01 and
 * later (read 2026-08).
 */
export const engines = ["azure", "calico", "cilium", "none"] as const;
export type Engine = (typeof engines)[number];

/** The values that install a network policy engine; `none` means no engine. */
export const realEngines = ["azure", "calico", "cilium"] as const satisfies readonly Engine[];
export type RealEngine = (typeof realEngines)[number];

/** The values of `networkPlugin`: same API, read 2026-08. */
export const plugins = ["azure", "kubenet", "none"] as const;
export type Plugin = (typeof plugins)[number];

/** The values of `networkPluginMode`: same API, read 2026-08. */
export const modes = ["overlay"] as const;
export type Mode = (typeof modes)[number];

/** The values of `networkDataplane`: same API, read 2026-08. */
export const dataplanes = ["azure", "cilium"] as const;
export type Dataplane = (typeof dataplanes)[number];

/** The values of `sku.name`; before API 2023-02-01 `Base` was called `Basic` (read 2026-08). */
export const skus = ["Base", "Basic", "Automatic"] as const;
export type Sku = (typeof skus)[number];

export const ipFamilies = ["IPv4", "IPv6"] as const;
export type IpFamilies = "single stack" | "dual stack";

export const nodeProvisioningModes = ["Auto", "Manual"] as const;
export type NodeProvisioningMode = (typeof nodeProvisioningModes)[number];

/**
 * The values of `advancedNetworking.security.transitEncryption.type`: API 2026-05-02-preview (read
 * 2026-08-20). No release has mTLS.
 */
export const transitEncryptions = ["None", "WireGuard", "mTLS"] as const;
export type TransitEncryption = (typeof transitEncryptions)[number];

/** The values of `advancedNetworking.performance.accelerationMode`: same API. */
export const accelerationModes = ["None", "BpfVeth"] as const;
export type AccelerationMode = (typeof accelerationModes)[number];

export const operatingSystems = ["Linux", "Windows"] as const;
export type OperatingSystem = (typeof operatingSystems)[number];

/** A node pool, declared inside its cluster or as a separate resource. */
export interface Pool {
  /** Tells a separate pool from the same pool inside its cluster; never echoed. */
  readonly name: string | undefined;
  readonly os: Setting<OperatingSystem | Unrecognized>;
  /** The node image names Windows (`osSKU: Windows2022`) but no operating system is set. */
  readonly windowsImage: Answer;
  /** The node image as written (`osSKU`). */
  readonly image: Setting<string>;
  /** The maximum number of nodes: `maxCount` with autoscaling, else `count`. */
  readonly maximumNodes: Setting<number | Unrecognized>;
  /** The number of instances is not known and may be zero. */
  readonly mayBeNone?: true;
}

/** The tool that deploys a cluster. It decides what a change does to an existing cluster. */
export type Tool = "azure-native" | "azure" | "azurerm" | "azapi" | "az";

/** An AKS cluster in the terms of this project, independent of its dialect; this is what the rules check. */
export interface Cluster {
  /** Is a network profile written at all, even an empty one? */
  readonly profile: Answer;
  readonly engine: Setting<Engine | Unrecognized>;
  readonly plugin: Setting<Plugin | Unrecognized>;
  readonly mode: Setting<Mode | Unrecognized>;
  readonly dataplane: Setting<Dataplane | Unrecognized>;
  readonly sku: Setting<Sku | Unrecognized>;
  readonly ipFamilies: Setting<IpFamilies | Unrecognized>;
  readonly nodeProvisioning: Setting<NodeProvisioningMode | Unrecognized>;
  readonly advancedNetworkSecurity: Setting<boolean | Unrecognized>;
  readonly transitEncryption: Setting<TransitEncryption | Unrecognized>;
  readonly accelerationMode: Setting<AccelerationMode | Unrecognized>;
  /** The Kubernetes version as written, in any format. */
  readonly kubernetesVersion: Setting<string>;
  /** Are credentials for Windows nodes set on the cluster? They hint that Windows pools exist somewhere. */
  readonly windowsProfile: Answer;
  /** The pools declared inside the cluster. */
  readonly pools: Setting<readonly Pool[] | Unrecognized>;
  /** The pools declared as separate resources. */
  readonly separatePools: readonly Pool[];
  /** Separate pools that may belong to this cluster or to another one. */
  readonly possiblePools?: readonly Pool[];
  /** Is a subnet for pods set? Present only if the dialect's fixes depend on it. */
  readonly podSubnet?: Answer;
  /** Settings that are written but have no effect, because this version does not have them. */
  readonly notInVersion?: readonly NotInVersion[];
}

/** A name, or a value of it, that the version in use does not have. */
export interface NotInVersion {
  readonly path: string;
  /** One of Azure's documented values, if the name exists and only the value is missing. */
  readonly value?: string;
}

/** What a pool's cluster is called where it cannot be told which one it is. */
const whosePool = "the cluster of a separate node pool";
/** The same of a pool that may not be made at all. */
const howManyPools = "the number of instances of a separate node pool";

function openOf(pools: readonly Pool[]): string[] {
  return pools.map(({ mayBeNone }) => (mayBeNone === true ? howManyPools : whosePool));
}

/** All pools that are written and readable. A pool declared both inside and separately counts once. */
export function knownPools({ pools, separatePools }: Cluster): readonly Pool[] {
  const inside = pools.state === "known" && !isUnrecognized(pools.value) ? pools.value : [];
  const known = new Map<unknown, Pool>();
  for (const pool of inside) {
    const key = keyOf(pool);
    known.set(known.has(key) ? Symbol() : key, pool);
  }
  for (const pool of separatePools) {
    const key = keyOf(pool);
    const twin = known.get(key);
    known.set(key, twin === undefined ? pool : bothOf(twin, pool));
  }
  return [...known.values()];
}

/** Its name; a pool without one is no other pool. */
function keyOf({ name }: Pool): string | symbol {
  return name?.toLowerCase() ?? Symbol();
}

/** Merges two declarations of one pool: Windows if either says so, with the larger of the two sizes. */
function bothOf(one: Pool, two: Pool): Pool {
  const [larger, smaller] = nodesOf(one) >= nodesOf(two) ? [one, two] : [two, one];
  return {
    name: one.name,
    os: strongerOf(one.os, two.os, "Windows"),
    windowsImage: any(one.windowsImage, two.windowsImage),
    image: isWindows2025(two.image) || one.image.state === "absent" ? two.image : one.image,
    maximumNodes: strongerOf(larger.maximumNodes, smaller.maximumNodes),
  };
}

/** Is the image Windows Server 2025? Azure's API calls it `Windows2025` (2026-05-01, read 2026-08-20). */
function isWindows2025(image: Setting<string>): boolean {
  return image.state === "known" && /^windows(?:server)?2025$/i.test(image.value);
}

/** The largest node count that is known for a pool. */
function nodesOf({ maximumNodes }: Pool): number {
  const { value }: { readonly state: string; readonly value?: unknown } = maximumNodes;
  return typeof value === "number" ? value : 0;
}

/**
 * Picks the setting to act on: first one that is not recognized, then one with a value, then one that is not
 * known.
 */
function strongerOf<T>(
  a: Setting<T | Unrecognized>,
  b: Setting<T | Unrecognized>,
  telling?: T,
): Setting<T | Unrecognized> {
  const rank = (setting: Setting<T | Unrecognized>): number => {
    switch (setting.state) {
      case "known":
        if (isUnrecognized(setting.value)) return 4;
        return setting.value === telling ? 3 : 1;
      case "unknown":
        return 2;
      case "absent":
        return 0;
    }
  };
  return rank(a) >= rank(b) ? a : b;
}

/** Adds pools that are declared as separate resources, and those that may belong to the cluster. */
export function withPools(cluster: Cluster, apart: readonly Pool[], possible: readonly Pool[] = []): Cluster {
  if (apart.length === 0 && possible.length === 0) return cluster;
  return {
    ...cluster,
    separatePools: [...cluster.separatePools, ...apart],
    ...(possible.length === 0
      ? {}
      : {
          // Many clusters may share the same long list.
          possiblePools:
            cluster.possiblePools === undefined ? possible : [...cluster.possiblePools, ...possible],
        }),
  };
}

/**
 * Does the cluster have Windows node pools, and which part says so (`at`, empty if none does)? `yes` needs a
 * pool that says so; `hinted` is a Windows image or Windows credentials without such a pool. "No" only means
 * that none was seen: pools may be declared in another stack.
 */
export function windowsPools(cluster: Cluster): {
  readonly yes: Answer;
  readonly hinted: Answer;
  readonly at: string;
} {
  const pools = knownPools(cluster);
  const declared = pools.find((pool) => is(pool.os, "Windows").truth === true);
  if (declared !== undefined) return { yes: answer(true), hinted: answer(false), at: declared.os.path };
  const open = pools.flatMap(({ os }) => (os.state === "unknown" ? [os.unknownAt] : []));
  if (cluster.pools.state === "unknown") open.push(cluster.pools.unknownAt);
  const { possiblePools = [] } = cluster;
  const maybeWindows = possiblePools.filter(
    ({ os }) => os.state !== "absent" && is(os, "Linux").truth !== true,
  );
  open.push(...openOf(maybeWindows));
  const maybeHinted = possiblePools.filter(({ windowsImage }) => windowsImage.truth !== false);
  return {
    yes: open.length === 0 ? answer(false) : unknownBecauseOf(...new Set(open)),
    hinted: any(
      cluster.windowsProfile,
      ...pools.map((pool) => pool.windowsImage),
      ...[...new Set(openOf(maybeHinted))].map((part) => unknownBecauseOf(part)),
    ),
    at: "",
  };
}

/**
 * From this Kubernetes version on, Windows pools without an image get Windows Server 2025: AKS release notes
 * of 2026-07-17.
 */
const kubernetesOfWindows2025 = [1, 37] as const;

/** What makes a Windows pool run Windows Server 2025: its image, or the cluster's Kubernetes version. */
export type Windows2025 =
  { readonly by: "image"; readonly at: string } | { readonly by: "Kubernetes version"; readonly at: string };

/** Does a pool certainly run Windows Server 2025, and why? */
export function windows2025In(cluster: Cluster): Windows2025 | undefined {
  const pools = knownPools(cluster).filter(
    ({ os }) => is(os, "Windows").truth === true || os.state === "absent",
  );
  const named = pools.find(({ image }) => isWindows2025(image));
  if (named !== undefined) return { by: "image", at: named.image.path };
  const { kubernetesVersion } = cluster;
  const isUnnamed = pools.some(({ os, image }) => os.state === "known" && image.state === "absent");
  return isUnnamed && isFrom(kubernetesVersion, kubernetesOfWindows2025)
    ? { by: "Kubernetes version", at: kubernetesVersion.path }
    : undefined;
}

/** Is it this `MAJOR.MINOR` or later? False for a string that is not a version. */
function isFrom(version: Setting<string>, [major, minor]: readonly [number, number]): boolean {
  if (version.state !== "known") return false;
  const [, ...parts] = /^v?(\d+)\.(\d+)(?:\.|$)/.exec(version.value) ?? [];
  const [ofMajor = 0, ofMinor = 0] = parts.map(Number);
  return ofMajor > major || (ofMajor === major && ofMinor >= minor);
}

/** Does the declared maximum number of nodes over all pools exceed `limit`? */
export function moreNodesThan(cluster: Cluster, limit: number): Answer {
  let declared = 0;
  const open: string[] = [];
  if (cluster.pools.state === "unknown") open.push(cluster.pools.unknownAt);
  for (const pool of knownPools(cluster)) {
    if (pool.maximumNodes.state === "unknown") open.push(pool.maximumNodes.unknownAt);
    declared += nodesOf(pool);
  }
  if (declared > limit) return answer(true);
  const { possiblePools = [] } = cluster;
  const possible = possiblePools.reduce((sum, pool) => sum + nodesOf(pool), declared);
  if (possible > limit) open.push(...openOf(possiblePools));
  open.push(...openOf(possiblePools.filter(({ maximumNodes }) => maximumNodes.state === "unknown")));
  return open.length === 0 ? answer(false) : unknownBecauseOf(...new Set(open));
}
