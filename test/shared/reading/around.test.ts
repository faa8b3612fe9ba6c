/** What is read around the settings: the role of a resource, its outbound type, and typing errors. */
import { describe, expect, test } from "vitest";
import { notKnownYet } from "../../../shared/cluster/declaration";
import { armTemplate, armTemplatePatch } from "../../../shared/dialects/arm-template";
import { azureNative } from "../../../shared/dialects/azure-native";
import { azurerm } from "../../../shared/dialects/azurerm";
import { dialectAt } from "../../../shared/dialects/at-version";
import type { Dialect } from "../../../shared/dialects/dialect";
import { avmModule } from "../../../shared/dialects/module-avm";
import { productionModule } from "../../../shared/dialects/module-avm-production";
import { aksModule } from "../../../shared/dialects/module-azure-aks";
import { closestAddress } from "../../../shared/reading/closest-word";
import { readCluster } from "../../../shared/reading/cluster";
import { unknownField } from "../../../shared/reading/field";
import { notSent } from "../../../shared/reading/outbound";
import { readPool } from "../../../shared/reading/pool";
import { dialectOfRole } from "../../../shared/reading/role";
import { plainField } from "../../support/evaluate";

test.each<[resource: unknown, role: "patch" | "whole", dialect?: Dialect]>([
  [{ properties: {} }, "patch"],
  [{ properties: { networkProfile: { networkPolicy: "azure" } } }, "patch"],
  [{ properties: { dnsPrefix: "aks" } }, "whole"],
  [{ properties: { fqdnSubdomain: "aks" } }, "whole"],
  [{ properties: { agentPoolProfiles: [] } }, "whole"],
  [{ properties: { agentPoolProfiles: null } }, "whole"],
  [{ properties: { copy: [] } }, "whole"],
  [{ properties: { dnsPrefix: notKnownYet } }, "whole"],
  [{}, "whole"],
  [{ properties: 5 }, "whole"],
  [{ properties: {} }, "whole", azureNative],
])("%j is the %s of a cluster", (resource, role, dialect = armTemplate) => {
  expect(dialectOfRole(plainField(resource), dialect)).toBe(role === "patch" ? armTemplatePatch : dialect);
});

describe("without a load balancer profile, azurerm sends no change of the network:", () => {
  const path = "network_profile.outbound_type";
  test.each<[type: unknown, isSent: boolean]>([
    ["userDefinedRouting", false],
    ["managedNATGateway", false],
    ["userAssignedNATGateway", false],
    ["none", false],
    ["block", false],
    ["loadBalancer", true],
    ["", true],
    [undefined, true],
    [notKnownYet, true],
  ])("outbound type %s", (type, isSent) => {
    const cluster = plainField({ network_profile: [{ outbound_type: type }] });
    expect(notSent(cluster, azurerm)).toEqual(isSent ? {} : { notSentBecauseOf: path });
    expect(notSent(cluster, azureNative)).toEqual({});
  });
});

test("a module that chooses the dataplane by the engine waits for the engine", () => {
  const dataplaneWith = (network_policy: unknown): unknown =>
    readCluster(plainField({ network_policy }), productionModule).dataplane;
  const path = "network_policy";
  expect(dataplaneWith("cilium")).toEqual({ state: "known", path, value: "cilium" });
  expect(dataplaneWith("calico")).toEqual({ state: "absent", path });
  expect(dataplaneWith(notKnownYet)).toEqual({ state: "unknown", path, unknownAt: path });
});

test("a module that sends no network settings with SKU Automatic waits for the SKU", () => {
  const engineWith = (sku: unknown, networkPolicy: unknown): unknown =>
    readCluster(
      plainField({ sku: { name: sku }, network_profile: { network_policy: networkPolicy } }),
      avmModule,
    ).engine;
  const path = "network_profile.network_policy";
  expect(engineWith("Base", "calico")).toEqual({ state: "known", path, value: "calico" });
  expect(engineWith("Automatic", "calico")).toEqual({ state: "absent", path });
  expect(engineWith(notKnownYet, "calico")).toEqual({ state: "unknown", path, unknownAt: "sku.name" });
  expect(engineWith(notKnownYet, undefined)).toEqual({ state: "absent", path });
  expect(engineWith(notKnownYet, notKnownYet)).toEqual({ state: "unknown", path, unknownAt: path });
  expect(engineWith("Automagic", "calico")).toEqual({ state: "known", path, value: "calico" });
});

test("a setting that a version does not have is not written where only the whole block is open", () => {
  const dialect = dialectAt(aksModule, "9.4.1");
  const absent = Object.values(dialect.absentNames ?? {}).flat();
  const notInVersion = (inputs: object): unknown => readCluster(plainField(inputs), dialect).notInVersion;
  const [path = ""] = absent;
  expect(notInVersion({ [path]: "x" })).toEqual([{ path }]);
  expect(notInVersion({})).toBeUndefined();
  expect(readCluster(unknownField, dialect).notInVersion).toBeUndefined();
});

test("an image that is not a text is none", () => {
  const path = "osSKU of a separate node pool";
  const imageOf = (osSKU: unknown): unknown => readPool(plainField({ osSKU }), azureNative).image;
  expect(imageOf("Windows2022")).toEqual({ state: "known", path, value: "Windows2022" });
  expect(imageOf({ a: 1 })).toEqual({ state: "absent", path });
});

test.each<[target: string, near: string | undefined]>([
  ["aws:aks", "aks:aks"],
  ["aks:aks", "aks:aks"],
  ["aks:ak", "aks:aks"],
  ["aks:akst", "aks:aks"],
  ["aks:akstt", "aks:aks"],
  ["aks:aksttt", undefined],
  ["aks:a", "aks:aks"],
  ["aks:", undefined],
  ["aws:akz", "aks:aks"],
  ["xyz:akz", undefined],
  ["aks:prod2", "aks:prod"],
  ["a".repeat(500), "a".repeat(499)],
  ["a".repeat(501), undefined],
])("the address %s may mean %s", (target, near) => {
  const addresses = ["aks:aks", "aks:prod", "a".repeat(499), "a".repeat(600)];
  expect(closestAddress(target, addresses)).toBe(near);
});

test("of several addresses that are near, the nearest is meant", () => {
  expect(closestAddress("aks:one", ["aks:onedd", "aks:oned", "aks:two"])).toBe("aks:oned");
  expect(closestAddress("aks:one", [])).toBeUndefined();
});
