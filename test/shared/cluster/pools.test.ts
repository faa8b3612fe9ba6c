/** The pools of a cluster: their number of nodes, and which declarations are the same pool. */
import { describe, expect, test } from "vitest";
import { knownPools, moreNodesThan, withPools } from "../../../shared/cluster/cluster";
import { notKnownYet } from "../../../shared/cluster/declaration";
import { azapi } from "../../../shared/dialects/azapi";
import { azureNative } from "../../../shared/dialects/azure-native";
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
  ])("of virtual machines count: %s", (_title, scale, truth) => {
    expect(inside([{ name: "p", type: "VirtualMachines", virtualMachinesProfile: { scale } }])).toBe(truth);
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
