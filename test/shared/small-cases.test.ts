/** Small cases that were slow, or that nobody reported. */
import { describe, expect, test } from "vitest";
import { judgeWritten } from "../support/judge-written";
import { covers } from "../../shared/documents/pulumi/ignore-changes";
import { knownPools, moreNodesThan, withPools } from "../../shared/cluster/cluster";
import { azureNative } from "../../shared/dialects/azure-native";
import { azapi } from "../../shared/dialects/azapi";
import { readCluster } from "../../shared/reading/cluster";
import { readPool } from "../../shared/reading/pool";
import { onExampleDay } from "../support/terraform";
import { plainField } from "../support/evaluate";
import { notKnownYet } from "../../shared/cluster/declaration";

function milliseconds(work: () => void): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

describe("a path of `ignoreChanges`", () => {
  const path = "networkProfile.networkPolicy";
  test.each([
    ["networkProfile", true],
    ["networkProfile.networkPolicy", true],
    ['["networkProfile"]["networkPolicy"]', true],
    ['networkProfile["networkPolicy"]', true],
    ["networkProfile[0].networkPolicy", true],
    ["networkProfile[0]", true],
    ["[networkProfile]", true],
    ["*", true],
    ["*.networkPolicy", true],
    ["networkProfile.*", true],
    ["**.networkPolicy", false],
    ["*.*", true],
    ["*.*.*", true],
    ["", true],
    ["networkProfile.networkPlugin", false],
    ["networkProfile.networkPolicy.x", false],
    ['["network\\"Profile"]', false],
    ["networkPolicy", false],
    ["networkProfile[", true],
    ["networkProfile[1", true],
    ['networkProfile["networkPolicy', false],
  ])("%s covers the engine: %s", (ignored, expected) => {
    expect(covers(ignored, path)).toBe(expected);
  });

  test("with a quote in a name", () => {
    expect(covers('["a\\"b"].c', 'a"b.c')).toBe(true);
  });

  test.each([
    ["open brackets", "[".repeat(200_000)],
    ["open quotes", '["'.repeat(100_000)],
    ["closed brackets", "[]".repeat(100_000)],
    ["escaped quotes", `["${'\\"'.repeat(100_000)}`],
    ["stars", "*.".repeat(100_000)],
    ["dots", ".".repeat(200_000)],
  ])("of %s is read in one go", (_title, ignored) => {
    expect(milliseconds(() => covers(ignored, path))).toBeLessThan(500);
  });
});

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
    ["sizes that scale", { autoscale: [{ minCount: 1, maxCount: 251 }] }, true],
    ["one size that scales", { autoscale: { maxCount: 251 } }, true],
    ["both", { manual: [{ count: 200 }], autoscale: [{ maxCount: 51 }] }, true],
    ["a count that is not known", { manual: [{ count: notKnownYet }] }, "unknown"],
    ["sizes that are not known", { manual: notKnownYet }, "unknown"],
    ["no count", { manual: [{ size: "a" }] }, false],
  ])("of virtual machines count: %s", (_title, scale, truth) => {
    expect(inside([{ name: "p", type: "VirtualMachines", virtualMachinesProfile: { scale } }])).toBe(truth);
  });

  test("of virtual machines fail with engine azure, and without a count they are what they were", () => {
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
      judgeWritten(document(count), {}, onExampleDay).map(({ level }) => level);
    expect(levels(300)).toEqual(["error", "warning"]);
    expect(levels(3)).toEqual(["warning"]);
    expect(azapi.pool.virtualMachines).toBe(azureNative.pool.virtualMachines);
  });

  test("of one name are told apart by no more work than there are pools", () => {
    const pools = Array.from({ length: 20_000 }, (_, i) =>
      readPool(plainField({ agentPoolName: `pool${i}`, count: 1 }), azureNative),
    );
    const cluster = withPools(
      readCluster(plainField({ agentPoolProfiles: [{ name: "POOL7", count: 5 }] }), azureNative),
      pools,
    );
    let found = 0;
    expect(milliseconds(() => (found = knownPools(cluster).length))).toBeLessThan(500);
    expect(found).toBe(20_000);
    expect(knownPools(cluster)[0]?.maximumNodes).toMatchObject({ value: 5 });
  });

  test("without a name are pools of their own", () => {
    const apart = [1, 2].map((count) => readPool(plainField({ count }), azureNative));
    expect(knownPools(withPools(readCluster(plainField({}), azureNative), apart))).toHaveLength(2);
  });
});

describe("an engine that is none", () => {
  const document = {
    resource: {
      azurerm_kubernetes_cluster: {
        aks: { network_profile: { network_plugin: "azure", network_policy: "istio" } },
      },
    },
  };
  test.each([
    [{}, ["network-policy-configured"]],
    [{ "network-policy-configured": "disabled" }, ["network-policy-compatible"]],
    [{ "network-policy-compatible": "disabled" }, ["network-policy-configured"]],
  ] as const)("is reported once, with %j", (configuration, rules) => {
    const told = judgeWritten(document, configuration, onExampleDay);
    expect(told.map(({ message }) => message.split(":")[0])).toEqual(rules);
    expect(told.map(({ level }) => level)).toEqual(["error"]);
    expect(told[0]?.message).toContain("network_policy is not one of azure, calico, cilium");
  });
});
