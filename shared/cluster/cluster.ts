import type { Answer, Setting, Unrecognized } from "./setting";
import { answer, any, is, isUnrecognized, unknownBecauseOf } from "./setting";

/** Values that `networkPolicy` takes in ARM: Microsoft.ContainerService/managedClusters, stable API 2024-05-01 and later (read 2026-08). */
export const engines = ["azure", "calico", "cilium", "none"] as const;
export type Engine = (typeof engines)[number];

/** The engines that Azure runs once they are set; `none` is the word for no engine. */
export const realEngines = ["azure", "calico", "cilium"] as const satisfies readonly Engine[];
export type RealEngine = (typeof realEngines)[number];

/** Values that `networkPlugin` takes: the same API, read 2026-08. */
export const plugins = ["azure", "kubenet", "none"] as const;
export type Plugin = (typeof plugins)[number];

/** Values that `networkPluginMode` takes: the same API, read 2026-08. */
export const modes = ["overlay"] as const;
export type Mode = (typeof modes)[number];

/** Values that `networkDataplane` takes: the same API, read 2026-08. */
export const dataplanes = ["azure", "cilium"] as const;
export type Dataplane = (typeof dataplanes)[number];

/** Values that `sku.name` takes; `Basic` is what `Base` was called before API 2023-02-01 (read 2026-08). */
export const skus = ["Base", "Basic", "Automatic"] as const;
export type Sku = (typeof skus)[number];

export const ipFamilies = ["IPv4", "IPv6"] as const;
export type IpFamilies = "single stack" | "dual stack";

export const nodeProvisioningModes = ["Auto", "Manual"] as const;
export type NodeProvisioningMode = (typeof nodeProvisioningModes)[number];

/** Values that `advancedNetworking.security.transitEncryption.type` takes: API 2026-05-02-preview, of which releases lack mTLS, read 2026-08-20. */
export const transitEncryptions = ["None", "WireGuard", "mTLS"] as const;
export type TransitEncryption = (typeof transitEncryptions)[number];

/** Values that `advancedNetworking.performance.accelerationMode` takes: the same API. */
export const accelerationModes = ["None", "BpfVeth"] as const;
export type AccelerationMode = (typeof accelerationModes)[number];

export const operatingSystems = ["Linux", "Windows"] as const;
export type OperatingSystem = (typeof operatingSystems)[number];

/** A node pool, declared inside its cluster or as a resource of its own. */
export interface Pool {
  /** Tells a separate pool from the same pool inside its cluster; never echoed. */
  readonly name: string | undefined;
  readonly os: Setting<OperatingSystem | Unrecognized>;
  /** The node image's family names Windows (`osSKU: Windows2022`) although no operating system is written. */
  readonly windowsImage: Answer;
  /** The node image's family as written (`osSKU`). */
  readonly image: Setting<string>;
  /** The most nodes that the pool may have: `maxCount` where it scales by itself, else `count`. */
  readonly maximumNodes: Setting<number | Unrecognized>;
  /** How many there are of it is not known, and there may be none. */
  readonly mayBeNone?: true;
}

/** The tool that deploys a cluster: it decides what a change does to a cluster that exists. */
export type Tool = "azure-native" | "azure" | "azurerm" | "azapi" | "az";

/** An AKS cluster in our own words: what is judged. */
export interface Cluster {
  /** Any network profile is written at all, be it empty. */
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
  /** The Kubernetes version as written, in any form. */
  readonly kubernetesVersion: Setting<string>;
  /** Credentials for Windows nodes are written on the cluster: a hint that Windows pools exist somewhere. */
  readonly windowsProfile: Answer;
  /** The pools that are declared inside the cluster. */
  readonly pools: Setting<readonly Pool[] | Unrecognized>;
  /** The pools that are declared as resources of their own. */
  readonly separatePools: readonly Pool[];
  /** Such pools that may belong to this cluster or to another one. */
  readonly possiblePools?: readonly Pool[];
  /** A subnet for pods is written; only where the dialect's fixes depend on it. */
  readonly podSubnet?: Answer;
  /** What is written and counts for nothing, because the version at hand does not have it. */
  readonly notInVersion?: readonly NotInVersion[];
}

/** A name, or a value of it, that the version at hand does not have. */
export interface NotInVersion {
  readonly path: string;
  /** A word of Azure's, where it is not the name that is missing. */
  readonly value?: string;
}

/** What a pool's cluster is called where it cannot be told which one it is. */
const whosePool = "the cluster of a separate node pool";
/** The same of a pool that may not be made at all. */
const howManyPools = "the number of instances of a separate node pool";

function openOf(pools: readonly Pool[]): string[] {
  return pools.map(({ mayBeNone }) => (mayBeNone === true ? howManyPools : whosePool));
}

/** All pools that are written and readable; a pool that is declared both inside and apart is one pool. */
export function knownPools({ pools, separatePools }: Cluster): readonly Pool[] {
  const inside = pools.state === "known" && !isUnrecognized(pools.value) ? pools.value : [];
  if (separatePools.length === 0) return inside;
  const known = [...inside];
  const places = new Map<string, number>();
  const note = ({ name }: Pool, place: number): void => {
    const key = name?.toLowerCase();
    if (key !== undefined && !places.has(key)) places.set(key, place);
  };
  known.forEach(note);
  for (const pool of separatePools) {
    const twin = places.get(pool.name?.toLowerCase() ?? "");
    const other = twin === undefined || pool.name === undefined ? undefined : known[twin];
    if (twin !== undefined && other !== undefined) {
      known[twin] = bothOf(other, pool);
      continue;
    }
    note(pool, known.length);
    known.push(pool);
  }
  return known;
}

/** One pool that is declared twice: a Windows pool if either says so, and as large as the larger. */
function bothOf(one: Pool, two: Pool): Pool {
  const [larger, smaller] = nodesOf(one) >= nodesOf(two) ? [one, two] : [two, one];
  return {
    name: one.name,
    os: moreTelling(one.os, two.os, "Windows"),
    windowsImage: any(one.windowsImage, two.windowsImage),
    image: isWindows2025(two.image) || one.image.state === "absent" ? two.image : one.image,
    maximumNodes: moreTelling(larger.maximumNodes, smaller.maximumNodes),
  };
}

/** Is the image Windows Server 2025? Azure's API says `Windows2025` (2026-05-01, read 2026-08-20). */
function isWindows2025(image: Setting<string>): boolean {
  return image.state === "known" && /^windows(?:server)?2025$/i.test(image.value);
}

/** The most nodes that a pool is known to have. */
function nodesOf({ maximumNodes }: Pool): number {
  const { value }: { readonly state: string; readonly value?: unknown } = maximumNodes;
  return typeof value === "number" ? value : 0;
}

/** Of two settings the one that must be heard: what is not recognised, then what tells, then what is not known. */
function moreTelling<T>(
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

/** `cluster` together with pools that are declared as resources of their own, and with those that may be its own. */
export function withPools(cluster: Cluster, apart: readonly Pool[], possible: readonly Pool[] = []): Cluster {
  if (apart.length === 0 && possible.length === 0) return cluster;
  return {
    ...cluster,
    separatePools: [...cluster.separatePools, ...apart],
    ...(possible.length === 0
      ? {}
      : {
          // Many clusters may have the same ones, and many of them.
          possiblePools:
            cluster.possiblePools === undefined ? possible : [...cluster.possiblePools, ...possible],
        }),
  };
}

/**
 * Does the cluster have Windows node pools, and what says so (`at`, empty where nothing does)? `yes` needs a pool that says so; `hinted` is a
 * Windows image family or Windows credentials without such a pool. "No" only means that none is seen: pools may be
 * declared in another stack.
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

/** Windows pools get Windows Server 2025 from this Kubernetes version on, where they name no image: AKS release notes of 2026-07-17. */
const kubernetesOfWindows2025 = [1, 37] as const;

/** The part that makes a Windows pool one of Windows Server 2025: its image, or the cluster's Kubernetes version. */
export type Windows2025 =
  { readonly by: "image"; readonly at: string } | { readonly by: "Kubernetes version"; readonly at: string };

/** Does a pool surely run Windows Server 2025, and what says so? */
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

/** Is it this `MAJOR.MINOR` or a later one? A text that is no version is none. */
function isFrom(version: Setting<string>, [major, minor]: readonly [number, number]): boolean {
  if (version.state !== "known") return false;
  const [, ...parts] = /^v?(\d+)\.(\d+)(?:\.|$)/.exec(version.value) ?? [];
  const [ofMajor = 0, ofMinor = 0] = parts.map(Number);
  return ofMajor > major || (ofMajor === major && ofMinor >= minor);
}

/** Does the declared maximum of nodes, over all pools that are written, exceed `limit`? */
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
