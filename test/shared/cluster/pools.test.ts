/** The pools of a cluster: their number of nodes, and which declarations are the same pool. */
import { describe, expect, test } from "vitest";
import { knownPools, moreNodesThan, withPools } from "../../../shared/cluster/cluster";
import { notKnownYet } from "../../../shared/cluster/declaration";
import { azapi } from "../../../shared/dialects/azapi";
import { azureNative } from "../../../shared/dialects/azure-native";
import type { Dialect } from "../../../shared/dialects/dialect";
import { avmModule } from "../../../shared/dialects/module-avm";
import { aksModule } from "../../../shared/dialects/module-azure-aks";
import { readCluster } from "../../../shared/reading/cluster";
import { readPool } from "../../../shared/reading/pool";
import { exampleDay, plainField } from "../../support/evaluate";
import { judgeWritten } from "../../support/judge-written";
import { processorTime } from "../../support/processor-time";

describe("pools", () => {
  const inside = (pools: unknown, dialect = azureNative) =>
    moreNodesThan(readCluster(plainField({ agentPoolProfiles: pools }), dialect), 250).truth;

  test.each([
    [
      "fixed sizes",
      {
        manual: [
          { size: "a", count: 200 },
          { size: "b", count: 60 },
        ],
      },
      true,
    ],
    ["as many as are supported", { manual: [{ count: 200 }, { count: 50 }] }, false],
    ["sizes with autoscaling", { autoscale: [{ minCount: 1, maxCount: 251 }] }, true],
    ["one size with autoscaling", { autoscale: { maxCount: 251 } }, true],
    ["both", { manual: [{ count: 200 }], autoscale: [{ maxCount: 51 }] }, true],
    ["a count that is not known", { manual: [{ count: notKnownYet }] }, "unknown"],
    ["sizes that are not known", { manual: notKnownYet }, "unknown"],
    ["no count", { manual: [{ size: "a" }] }, false],
    ["no count beside a large one", { manual: [{ size: "a" }, { size: "b", count: 300 }] }, true],
    ["a size that is not an object, which another check reports", { manual: ["many"] }, false],
  ])("of virtual machines count: %s", (_title, scale, truth) => {
    expect(inside([{ name: "p", type: "VirtualMachines", virtualMachinesProfile: { scale } }])).toBe(truth);
  });

  test.each<[title: string, dialect: Dialect, inputs: object, truth: unknown]>([
    ["its own", aksModule, { agents_count: 300 }, true],
    ["its own, not known yet", aksModule, { agents_count: notKnownYet }, "unknown"],
    ["its own and a map", aksModule, { agents_count: 200, node_pools: { a: { node_count: 60 } } }, true],
    ["its own and what is not known yet", aksModule, { agents_count: 1, node_pools: notKnownYet }, "unknown"],
    ["a map", aksModule, { node_pools: { a: { node_count: 251 } } }, true],
    ["none", aksModule, {}, false],
    ["a default one", avmModule, { default_agent_pool: { count_of: 251 } }, true],
    ["a default one, not known yet", avmModule, { default_agent_pool: notKnownYet }, "unknown"],
    [
      "a default one and a map",
      avmModule,
      { default_agent_pool: { count_of: 1 }, agent_pools: { a: { count_of: 250 } } },
      true,
    ],
    [
      "a default one and what is not known yet",
      avmModule,
      { default_agent_pool: { count_of: 1 }, agent_pools: notKnownYet },
      "unknown",
    ],
  ])("of a module count: %s", (_title, dialect, inputs, truth) => {
    expect(moreNodesThan(readCluster(plainField(inputs), dialect), 250).truth).toBe(truth);
  });

  test("of virtual machines fail with engine azure, and without a count they change nothing", () => {
    const document = (count: number): object => ({
      resource: {
        azapi_resource: {
          aks: {
            type: "Microsoft.ContainerService/managedClusters@2025-07-01",
            body: {
              properties: {
                networkProfile: { networkPlugin: "azure", networkPolicy: "azure" },
                agentPoolProfiles: [
                  {
                    name: "p",
                    type: "VirtualMachines",
                    virtualMachinesProfile: { scale: { manual: [{ count }] } },
                  },
                ],
              },
            },
          },
        },
      },
    });
    const levels = (count: number): string[] =>
      judgeWritten(document(count), {}, { today: () => exampleDay }).map(({ level }) => level);
    expect(levels(300)).toEqual(["error", "warning"]);
    expect(levels(3)).toEqual(["warning"]);
    expect(azapi.pool.virtualMachines).toBe(azureNative.pool.virtualMachines);
  });

  test("of one name are matched in linear time", () => {
    const pools = Array.from({ length: 20_000 }, (_, i) =>
      readPool(plainField({ agentPoolName: `pool${i}`, count: 1 }), azureNative),
    );
    const cluster = withPools(
      readCluster(plainField({ agentPoolProfiles: [{ name: "POOL7", count: 5 }] }), azureNative),
      pools,
    );
    let found = 0;
    expect(processorTime(() => (found = knownPools(cluster).length))).toBeLessThan(1000);
    expect(found).toBe(20_000);
    expect(knownPools(cluster)[0]?.maximumNodes).toMatchObject({ value: 5 });
  });

  test("without a name are separate pools", () => {
    const apart = [1, 2].map((count) => readPool(plainField({ count }), azureNative));
    expect(knownPools(withPools(readCluster(plainField({}), azureNative), apart))).toHaveLength(2);
  });
});
