/** Clusters as Azure Policy sees them: the body of a PUT, and the response to a GET. */
import type { Declaration } from "../../../shared/cluster/declaration";
import type { Cluster } from "../../../shared/cluster/cluster";
import { withPools } from "../../../shared/cluster/cluster";
import { armTemplate } from "../../../shared/dialects/arm-template";
import { dialectAt } from "../../../shared/dialects/at-version";
import { readCluster } from "../../../shared/reading/cluster";
import { readPool } from "../../../shared/reading/pool";
import type { Inputs } from "../../../shared/reading/spell";
import { spell } from "../../../shared/reading/spell";
import { plainField } from "../../support/evaluate";
import type { Resource } from "./interpreter";

/** A cluster, and the properties of its separate pools. */
export interface Written {
  readonly cluster: Inputs;
  readonly separatePools: readonly Inputs[];
}

/** A resource of Azure's API at the newest version. */
const dialect = dialectAt(armTemplate, undefined);

export function writtenOf(declaration: Declaration): Written {
  const spelled = spell(declaration, dialect);
  if (spelled === undefined) throw new Error("Azure has a word for everything");
  return spelled;
}

export function requestOf({ cluster }: Written): Resource {
  return { ...cluster, type: "Microsoft.ContainerService/managedClusters", name: "shop" };
}

export function poolRequestOf(properties: Inputs): Resource {
  return { type: "Microsoft.ContainerService/managedClusters/agentPools", name: "shop/more", properties };
}

/** The cluster that the rules check. */
export function clusterOf({ cluster, separatePools }: Written): Cluster {
  const pools = separatePools.map((pool) => readPool(plainField(pool), dialect));
  return withPools(readCluster(plainField(cluster), dialect), pools);
}

type Block = Readonly<Record<string, unknown>>;
export const blockIn = (value: unknown): Block =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Block) : {};
const isEmpty = (value: unknown): boolean => value === undefined || value === null || value === "";
const or = (value: unknown, byDefault: unknown): unknown => (isEmpty(value) ? byDefault : value);

/**
 * The response to a GET of a cluster created from this: Azure adds its defaults, and lists all pools inside.
 */
export function answerOf({ cluster, separatePools }: Written): Written {
  const { properties, sku, ...rest } = cluster;
  const { networkProfile, nodeProvisioningProfile, agentPoolProfiles, ...others } = blockIn(properties);
  const network = blockIn(networkProfile);
  const isAutomatic = /^automatic$/i.test(String(blockIn(sku)["name"]));
  const dataplane = or(network["networkDataplane"], isAutomatic ? "cilium" : "azure");
  const implied = isAutomatic || /^cilium$/i.test(String(dataplane)) ? "cilium" : "none";
  const plugin = or(network["networkPlugin"], "azure");
  const pools: readonly unknown[] = Array.isArray(agentPoolProfiles) ? agentPoolProfiles : [];
  return {
    cluster: {
      ...rest,
      sku: { name: or(blockIn(sku)["name"], "Base"), tier: "Free" },
      properties: {
        ...others,
        provisioningState: "Succeeded",
        nodeProvisioningProfile: {
          ...blockIn(nodeProvisioningProfile),
          mode: or(blockIn(nodeProvisioningProfile)["mode"], isAutomatic ? "Auto" : "Manual"),
        },
        agentPoolProfiles: [...pools, ...separatePools].map((pool) => {
          const { osType, ...ofPool } = blockIn(pool);
          return { osDiskSizeGB: 128, ...ofPool, osType: or(osType, "Linux") };
        }),
        networkProfile: {
          ...network,
          networkPlugin: plugin,
          networkDataplane: dataplane,
          networkPolicy: or(network["networkPolicy"], implied),
          ipFamilies: or(network["ipFamilies"], ["IPv4"]),
          loadBalancerSku: "standard",
        },
      },
    },
    separatePools: [],
  };
}
