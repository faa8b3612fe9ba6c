import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Cluster, Pool } from "../../../shared/cluster/cluster";
import type { Declaration } from "../../../shared/cluster/declaration";
import { notKnownYet } from "../../../shared/cluster/declaration";
import type { Answer, Setting } from "../../../shared/cluster/setting";
import { isOnlyUnstated, isUnrecognized, unstated } from "../../../shared/cluster/setting";
import { pulumiDialects, terraformDialects } from "../../../shared/dialects";
import { armTemplate } from "../../../shared/dialects/arm-template";
import { dialectAt } from "../../../shared/dialects/at-version";
import { az } from "../../../shared/dialects/az";
import { azapi, azapiPatch, opaqueResource } from "../../../shared/dialects/azapi";
import { azureAutomatic } from "../../../shared/dialects/azure-automatic";
import { azureClassic } from "../../../shared/dialects/azure-classic";
import { azureNative } from "../../../shared/dialects/azure-native";
import { azurerm, azurermTyped } from "../../../shared/dialects/azurerm";
import { azurermAutomatic } from "../../../shared/dialects/azurerm-automatic";
import { azurermBridged } from "../../../shared/dialects/azurerm-bridged";
import type { Dialect, Versions } from "../../../shared/dialects/dialect";
import { avmModule, avmModuleBefore04, avmModuleTyped } from "../../../shared/dialects/module-avm";
import { aksModule, aksModuleTyped } from "../../../shared/dialects/module-azure-aks";
import { opaqueModule } from "../../../shared/dialects/module-opaque";
import { readCluster } from "../../../shared/reading/cluster";
import type { Field } from "../../../shared/reading/field";
import { fieldsOf, unknownField } from "../../../shared/reading/field";
import type { Identity } from "../../../shared/reading/identity";
import { clusterIdentity, poolsClusterIdentity } from "../../../shared/reading/identity";
import { readPool } from "../../../shared/reading/pool";
import { spell, writeAt } from "../../../shared/reading/spell";
import { plainField } from "../../support/evaluate";
import {
  azureClassicBefore6,
  azureNativeBefore2023,
  azurermBridgedBefore4,
} from "../../support/old-dialects";

/** The value read and its path; the position is added unless the value is simply known. */
function shown(setting: Setting<unknown>): string {
  switch (setting.state) {
    case "absent":
      return `absent, ${setting.path}`;
    case "unknown":
      return `unknown, ${setting.path} at ${setting.unknownAt}`;
    case "known": {
      if (!isUnrecognized(setting.value)) return `${String(setting.value)}, ${setting.path}`;
      const { unrecognized, at, expected, closest } = setting.value;
      const near = closest === undefined ? "" : `, closest ${closest}`;
      return `wrong, ${setting.path}: ${at} is ${unrecognized}, not ${expected}${near}`;
    }
  }
}

const answered = ({ truth, dependsOn }: Answer): string => [String(truth), ...dependsOn].join(" ");

const rootOf = (inputs: unknown): Field => (inputs === notKnownYet ? unknownField : plainField(inputs));

const engine = (networkPolicy: unknown): object => ({ networkProfile: { networkPolicy } });
const network = (name: string, value: unknown): object => ({ networkProfile: { [name]: value } });
const none = { whole: undefined };

type SettingOf =
  | "engine"
  | "plugin"
  | "mode"
  | "dataplane"
  | "sku"
  | "ipFamilies"
  | "nodeProvisioning"
  | "advancedNetworkSecurity";
const policy = "networkProfile.networkPolicy";
const engines = "one of azure, calico, cilium";
const aProfile = "networkProfile";
const families = "networkProfile.ipFamilies";
const secure = "networkProfile.advancedNetworking.security.enabled";
const secured = (enabled: unknown): object => network("advancedNetworking", { security: { enabled } });
const dataplane = "networkProfile.networkDataplane";

/**
 * Paths are parsed once, by the first test that uses them, so only that test detects mutants of the parser.
 */
test("the first reads, one of each kind", () => {
  const { engine: first, sku } = readCluster(unknownField, azureNative);
  expect(shown(first)).toBe(`unknown, ${policy} at `);
  expect(shown(sku)).toBe("unknown, sku.name at ");
  const inPool = readCluster(plainField({ agentPoolProfiles: [notKnownYet] }), azureNative).pools;
  expect(shownPools(inPool)).toEqual([
    "- | unknown, agentPoolProfiles[0].osType at agentPoolProfiles[0] | false | unknown, agentPoolProfiles[0].enableAutoScaling at agentPoolProfiles[0]",
  ]);
  const { os } = readPool(unknownField, azureNative);
  expect(shown(os)).toBe("unknown, osType of a separate node pool at a separate node pool");
});

describe("a setting", () => {
  test.each<[inputs: unknown, setting: SettingOf, read: string, dialect?: Dialect]>([
    [engine("calico"), "engine", `calico, ${policy}`],
    [engine("CALICO"), "engine", `calico, ${policy}`],
    [engine("none"), "engine", `none, ${policy}`],
    [
      engine("Calico"),
      "engine",
      `wrong, ${policy}: ${policy} is text, not ${engines}, closest calico`,
      azureClassic,
    ],
    [engine("calico"), "engine", `calico, ${policy}`, azureClassic],
    [engine("nine"), "engine", `wrong, ${policy}: ${policy} is text, not ${engines}`],
    // Unicode considers these equal to Cilium and kubenet except for case.
    [
      engine("c\u0131l\u0131um"),
      "engine",
      `wrong, ${policy}: ${policy} is text, not ${engines}, closest cilium`,
    ],
    [
      network("networkPlugin", "\u212aubenet"),
      "plugin",
      "wrong, networkProfile.networkPlugin: networkProfile.networkPlugin is text, not one of azure, kubenet, none, closest kubenet",
    ],
    [engine("calic"), "engine", `wrong, ${policy}: ${policy} is text, not ${engines}, closest calico`],
    [engine(""), "engine", `absent, ${policy}`],
    [engine(null), "engine", `absent, ${policy}`],
    [engine(undefined), "engine", `absent, ${policy}`],
    [engine(notKnownYet), "engine", `unknown, ${policy} at ${policy}`],
    [engine(5), "engine", `wrong, ${policy}: ${policy} is a number, not ${engines}`],
    [engine(5n), "engine", `wrong, ${policy}: ${policy} is a number, not ${engines}`],
    [engine(true), "engine", `wrong, ${policy}: ${policy} is a boolean, not ${engines}`],
    [engine([]), "engine", `wrong, ${policy}: ${policy} is a list, not ${engines}`],
    [engine({}), "engine", `wrong, ${policy}: ${policy} is an object, not ${engines}`],
    [engine(() => "calico"), "engine", `wrong, ${policy}: ${policy} is an object, not ${engines}`],
    [engine(Symbol("calico")), "engine", `wrong, ${policy}: ${policy} is an object, not ${engines}`],
    [{ networkProfile: 5 }, "engine", `wrong, ${policy}: ${aProfile} is a number, not an object`],
    [{ networkProfile: "calico" }, "engine", `wrong, ${policy}: ${aProfile} is text, not an object`],
    [
      { networkProfile: [{ networkPolicy: "calico" }] },
      "engine",
      `wrong, ${policy}: ${aProfile} is a list, not an object`,
    ],
    [{ networkProfile: () => 5 }, "engine", `absent, ${policy}`],
    [{ networkProfile: notKnownYet }, "engine", `unknown, ${policy} at ${aProfile}`],
    [{ networkProfile: null }, "engine", `absent, ${policy}`],
    [{}, "engine", `absent, ${policy}`],
    [notKnownYet, "engine", `unknown, ${policy} at `],
    [5, "engine", `wrong, ${policy}:  is a number, not an object`],
    // A bridge may turn a block into a list of one.
    [{ networkProfile: [{ networkPolicy: "calico" }] }, "engine", `calico, ${policy}`, azureClassic],
    [{ networkProfile: [] }, "engine", `absent, ${policy}`, azureClassic],
    [{ networkProfile: [notKnownYet] }, "engine", `unknown, ${policy} at ${aProfile}`, azureClassic],
    [
      { networkProfile: [{}, {}] },
      "engine",
      `wrong, ${policy}: ${aProfile} is a list, not an object`,
      azureClassic,
    ],
    // The newer of two names is read first, and an empty one hides nothing.
    [network("ebpfDataplane", "cilium"), "dataplane", "cilium, networkProfile.ebpfDataplane"],
    [
      { networkProfile: { networkDataplane: "azure", ebpfDataplane: "cilium" } },
      "dataplane",
      `azure, ${dataplane}`,
    ],
    [
      { networkProfile: { networkDataplane: "", ebpfDataplane: "cilium" } },
      "dataplane",
      "cilium, networkProfile.ebpfDataplane",
    ],
    [{}, "dataplane", `absent, ${dataplane}`],
    [{}, "dataplane", "absent, networkProfile.ebpfDataPlane", azureClassicBefore6],
    [{}, "dataplane", "absent, networkProfile.ebpfDataPlane", azurermBridgedBefore4],
    [{ sku: { name: "automatic" } }, "sku", "Automatic, sku.name"],
    [{ sku: { name: "Automatic" } }, "sku", "absent, ", azureClassic],
    [{ sku: { name: "Automatic" } }, "sku", "absent, sku.name", dialectAt(azureNative, "2024-02-01")],
    [{ sku: { name: "Base" } }, "sku", "Base, sku.name", dialectAt(azureNative, "2024-02-01")],
    [{ sku: { name: "Automatic" } }, "sku", "Automatic, sku.name", dialectAt(azureNative, "2025-07-01")],
    [{}, "sku", "Automatic, ", azurermAutomatic],
    [{}, "sku", "Automatic, ", azureAutomatic],
    [{}, "plugin", "kubenet, network_plugin", aksModule],
    [{ network_plugin: "azure" }, "plugin", "azure, network_plugin", aksModule],
    [{ network_plugin: notKnownYet }, "plugin", "unknown, network_plugin at network_plugin", aksModule],
    [{ networkPlugin: "azure" }, "plugin", "azure, networkPlugin", aksModuleTyped],
    [{}, "plugin", "azure, network_profile.network_plugin", avmModuleBefore04],
    [{}, "engine", "azure, network_profile.network_policy", avmModuleBefore04],
    [{}, "mode", "overlay, network_profile.network_plugin_mode", avmModuleBefore04],
    [{}, "dataplane", "absent, network_profile.network_data_plane", avmModuleBefore04],
    [
      { network_profile: null },
      "plugin",
      "unknown, network_profile.network_plugin at network_profile",
      avmModuleBefore04,
    ],
    [{ network_profile: {} }, "plugin", "absent, network_profile.network_plugin", avmModuleBefore04],
    [{}, "plugin", "azure, networkProfile.network_plugin", avmModuleBefore04.typed ?? avmModuleBefore04],
    [{}, "plugin", "absent, network_profile.network_plugin", avmModule],
    [{ sku: { name: "Automatic" } }, "sku", "Automatic, sku.name", avmModule],
    [notKnownYet, "plugin", "unknown, network_profile.network_plugin at ", avmModule],
    [5, "plugin", "wrong, network_profile.network_plugin:  is a number, not an object", avmModule],
    // A patch leaves unstated settings alone.
    [{}, "plugin", `unknown, body.properties.networkProfile.networkPlugin at ${unstated}`, azapiPatch],
    [{}, "engine", `unknown, body.properties.${policy} at ${unstated}`, azapiPatch],
    [{}, "mode", `unknown, body.properties.networkProfile.networkPluginMode at ${unstated}`, azapiPatch],
    [{}, "dataplane", `unknown, body.properties.${dataplane} at ${unstated}`, azapiPatch],
    [{}, "ipFamilies", `unknown, body.properties.${families} at ${unstated}`, azapiPatch],
    [
      {},
      "nodeProvisioning",
      `unknown, body.properties.nodeProvisioningProfile.mode at ${unstated}`,
      azapiPatch,
    ],
    [{}, "advancedNetworkSecurity", `unknown, body.properties.${secure} at ${unstated}`, azapiPatch],
    [
      { body: { properties: { networkProfile: notKnownYet } } },
      "engine",
      `unknown, body.properties.${policy} at body.properties.networkProfile`,
      azapiPatch,
    ],
    [
      { body: { properties: { networkProfile: { networkPolicy: null } } } },
      "engine",
      `absent, body.properties.${policy}`,
      azapiPatch,
    ],
    [{ body: notKnownYet }, "engine", `unknown, body.properties.${policy} at body`, azapiPatch],
    [{}, "sku", "absent, body.sku.name", azapiPatch],
    [
      { sku: { name: "Automatci" }, network_profile: { network_policy: "calico" } },
      "engine",
      "calico, network_profile.network_policy",
      avmModule,
    ],
    [
      { sku: { name: notKnownYet }, network_profile: { network_policy: "calico" } },
      "engine",
      "unknown, network_profile.network_policy at sku.name",
      avmModule,
    ],
    [{}, "plugin", "absent, body.properties.networkProfile.networkPlugin", azapi],
    // IP families.
    [network("ipFamilies", ["IPv4"]), "ipFamilies", `single stack, ${families}`],
    [network("ipFamilies", []), "ipFamilies", `single stack, ${families}`],
    [network("ipFamilies", ["IPv6"]), "ipFamilies", `single stack, ${families}`],
    [network("ipFamilies", ["ipv6", "ipv4"]), "ipFamilies", `dual stack, ${families}`],
    [network("ipFamilies", ["IPv4", notKnownYet]), "ipFamilies", `unknown, ${families} at ${families}[1]`],
    [network("ipFamilies", ["IPv4", notKnownYet, "IPv6"]), "ipFamilies", `dual stack, ${families}`],
    [network("ipFamilies", ["IPv4", null]), "ipFamilies", `single stack, ${families}`],
    [
      network("ipFamilies", [notKnownYet, "IPv5"]),
      "ipFamilies",
      `wrong, ${families}: ${families}[1] is text, not one of IPv4, IPv6, closest IPv4`,
    ],
    [
      network("ipFamilies", "IPv4"),
      "ipFamilies",
      `wrong, ${families}: ${families} is text, not a list of IPv4, IPv6`,
    ],
    [network("ipFamilies", notKnownYet), "ipFamilies", `unknown, ${families} at ${families}`],
    [
      { networkProfile: ["IPv4", "IPv6"] },
      "ipFamilies",
      `wrong, ${families}: ${aProfile} is a list, not an object`,
    ],
    [{ networkProfile: 5 }, "ipFamilies", `wrong, ${families}: ${aProfile} is a number, not an object`],
    [{}, "ipFamilies", `absent, ${families}`],
    // Booleans.
    [secured(true), "advancedNetworkSecurity", `true, ${secure}`],
    [secured(false), "advancedNetworkSecurity", `false, ${secure}`],
    [secured("TRUE"), "advancedNetworkSecurity", `true, ${secure}`],
    [secured("False"), "advancedNetworkSecurity", `false, ${secure}`],
    [secured("yes"), "advancedNetworkSecurity", `wrong, ${secure}: ${secure} is text, not true or false`],
    [secured(1), "advancedNetworkSecurity", `wrong, ${secure}: ${secure} is a number, not true or false`],
    [secured([]), "advancedNetworkSecurity", `wrong, ${secure}: ${secure} is a list, not true or false`],
    [secured(""), "advancedNetworkSecurity", `absent, ${secure}`],
    [
      { networkProfile: "true" },
      "advancedNetworkSecurity",
      `wrong, ${secure}: ${aProfile} is text, not an object`,
    ],
    [{ nodeProvisioningProfile: { mode: "auto" } }, "nodeProvisioning", "Auto, nodeProvisioningProfile.mode"],
    [network("networkPluginMode", "overlay"), "mode", "overlay, networkProfile.networkPluginMode"],
    [none, "mode", "absent, networkProfile.networkPluginMode"],
  ])("in %o, %s: %s", (inputs, setting, read, dialect = azureNative) => {
    expect(shown(readCluster(rootOf(inputs), dialect)[setting])).toBe(read);
  });
});

describe("whether something is written", () => {
  test.each<[inputs: unknown, part: "profile" | "windowsProfile", read: string, dialect?: Dialect]>([
    [{}, "profile", "false"],
    [{ networkProfile: {} }, "profile", "true"],
    [{ networkProfile: [] }, "profile", "true"],
    [{ networkProfile: [] }, "profile", "false", azureClassic],
    [{ networkProfile: [{}] }, "profile", "true", azureClassic],
    [{ networkProfile: 5 }, "profile", "true"],
    [{ networkProfile: notKnownYet }, "profile", "unknown networkProfile"],
    [{ network_policy: "calico" }, "profile", "true", aksModule],
    [{}, "profile", "false", aksModule],
    [{ body: { properties: { networkProfile: {} } } }, "profile", "true", azapi],
    [{}, "windowsProfile", "false"],
    [{ windowsProfile: {} }, "windowsProfile", "true"],
    [{ windowsProfile: notKnownYet }, "windowsProfile", "unknown windowsProfile"],
    [{ windowsProfile: {} }, "windowsProfile", "false", azurermAutomatic],
    [{ body: { properties: { windowsProfile: {} } } }, "windowsProfile", "true", azapi],
    [{ body: { properties: "text" } }, "windowsProfile", "false", azapi],
    [{ body: [] }, "windowsProfile", "false", azapi],
    [{ body: 7 }, "profile", "false", azapi],
  ])("%j, %s: %s", (inputs, part, read, dialect = azureNative) => {
    expect(answered(readCluster(rootOf(inputs), dialect)[part])).toBe(read);
  });
});

function shownPools(pools: Cluster["pools"]): string | string[] {
  return pools.state === "known" && !isUnrecognized(pools.value) ? pools.value.map(shownPool) : shown(pools);
}

function shownPool({ name = "-", os, windowsImage, maximumNodes }: Pool): string {
  return [name, shown(os), answered(windowsImage), shown(maximumNodes)].join(" | ");
}

const inside = (...agentPoolProfiles: unknown[]): object => ({ agentPoolProfiles });
const at = (i: number, part: string): string => `agentPoolProfiles[${i}].${part}`;
const counted = (count: string, i = 0): string => `- | absent, ${at(i, "osType")} | false | ${count}`;

describe("pools inside the cluster", () => {
  test.each<[inputs: unknown, pools: string | readonly string[], dialect?: Dialect]>([
    [{}, "absent, agentPoolProfiles"],
    [{ agentPoolProfiles: notKnownYet }, "unknown, agentPoolProfiles at agentPoolProfiles"],
    [
      { agentPoolProfiles: {} },
      "wrong, agentPoolProfiles: agentPoolProfiles is an object, not a list of pools",
    ],
    [{ agentPoolProfiles: "x" }, "wrong, agentPoolProfiles: agentPoolProfiles is text, not a list of pools"],
    [inside(), []],
    [
      inside({ name: "a" }, { name: 5 }),
      [
        `a | absent, ${at(0, "osType")} | false | absent, ${at(0, "count")}`,
        `5 | absent, ${at(1, "osType")} | false | absent, ${at(1, "count")}`,
      ],
    ],
    [
      inside({ agentPoolName: "apart", name: "in" }),
      [`in | absent, ${at(0, "osType")} | false | absent, ${at(0, "count")}`],
    ],
    [inside({}, null), "wrong, agentPoolProfiles: agentPoolProfiles[1] is nothing, not an object"],
    [inside("x"), "wrong, agentPoolProfiles: agentPoolProfiles[0] is text, not an object"],
    [
      inside(notKnownYet),
      [
        `- | unknown, ${at(0, "osType")} at agentPoolProfiles[0] | false | unknown, ${at(0, "enableAutoScaling")} at agentPoolProfiles[0]`,
      ],
    ],
    [inside({ osType: "windows" }), [`- | Windows, ${at(0, "osType")} | false | absent, ${at(0, "count")}`]],
    [inside({ osSKU: "Windows2022" }), [`- | absent, ${at(0, "osType")} | true | absent, ${at(0, "count")}`]],
    [
      inside({ osSKU: "windowsAnnual" }),
      [`- | absent, ${at(0, "osType")} | true | absent, ${at(0, "count")}`],
    ],
    [inside({ osSKU: "Ubuntu" }), [`- | absent, ${at(0, "osType")} | false | absent, ${at(0, "count")}`]],
    [inside({ osSKU: ["Windows"] }), [`- | absent, ${at(0, "osType")} | false | absent, ${at(0, "count")}`]],
    [
      inside({ osSKU: notKnownYet }),
      [`- | absent, ${at(0, "osType")} | unknown ${at(0, "osSKU")} | absent, ${at(0, "count")}`],
    ],
    [
      inside({ osType: "Linux", osSKU: "Windows2022" }),
      [`- | Linux, ${at(0, "osType")} | false | absent, ${at(0, "count")}`],
    ],
    [inside({ count: 3 }), [counted(`3, ${at(0, "count")}`)]],
    [inside({ count: "3" }), [counted(`3, ${at(0, "count")}`)]],
    [inside({ count: 0 }), [counted(`0, ${at(0, "count")}`)]],
    [inside({ count: "" }), [counted(`absent, ${at(0, "count")}`)]],
    [
      inside({ count: -1 }),
      [counted(`wrong, ${at(0, "count")}: ${at(0, "count")} is a negative number, not a number of nodes`)],
    ],
    [
      inside({ count: "-1" }),
      [counted(`wrong, ${at(0, "count")}: ${at(0, "count")} is a negative number, not a number of nodes`)],
    ],
    [
      inside({ count: 1.5 }),
      [counted(`wrong, ${at(0, "count")}: ${at(0, "count")} is a number, not a number of nodes`)],
    ],
    [
      inside({ count: NaN }),
      [counted(`wrong, ${at(0, "count")}: ${at(0, "count")} is a number, not a number of nodes`)],
    ],
    [
      inside({ count: true }),
      [counted(`wrong, ${at(0, "count")}: ${at(0, "count")} is a boolean, not a number of nodes`)],
    ],
    [
      inside({ count: "3x" }),
      [counted(`wrong, ${at(0, "count")}: ${at(0, "count")} is text, not a number of nodes`)],
    ],
    [
      inside({ count: "x3" }),
      [counted(`wrong, ${at(0, "count")}: ${at(0, "count")} is text, not a number of nodes`)],
    ],
    [
      inside({ count: "0x10" }),
      [counted(`wrong, ${at(0, "count")}: ${at(0, "count")} is text, not a number of nodes`)],
    ],
    [
      inside({ count: [3] }),
      [counted(`wrong, ${at(0, "count")}: ${at(0, "count")} is a list, not a number of nodes`)],
    ],
    [inside({ count: "100" }), [counted(`100, ${at(0, "count")}`)]],
    [inside({ count: 3, maxCount: 9 }), [counted(`3, ${at(0, "count")}`)]],
    [inside({ count: 3, maxCount: 9, enableAutoScaling: true }), [counted(`9, ${at(0, "maxCount")}`)]],
    [inside({ count: 3, enableAutoScaling: true }), [counted(`3, ${at(0, "count")}`)]],
    [inside({ count: 3, maxCount: 9, enableAutoScaling: false }), [counted(`3, ${at(0, "count")}`)]],
    [
      inside({ count: 3, maxCount: notKnownYet, enableAutoScaling: true }),
      [counted(`unknown, ${at(0, "maxCount")} at ${at(0, "maxCount")}`)],
    ],
    [
      inside({ count: 3, maxCount: 9, enableAutoScaling: notKnownYet }),
      [counted(`unknown, ${at(0, "enableAutoScaling")} at ${at(0, "enableAutoScaling")}`)],
    ],
    [
      inside({ count: 3, maxCount: 9, enableAutoScaling: "on" }),
      [
        counted(
          `wrong, ${at(0, "enableAutoScaling")}: ${at(0, "enableAutoScaling")} is text, not true or false`,
        ),
      ],
    ],
    // azurerm's pool inside the cluster is always Linux.
    [
      { defaultNodePool: { name: "p", osType: "Windows", nodeCount: 3 } },
      ["p | Linux, defaultNodePool.osType | false | 3, defaultNodePool.nodeCount"],
      azureClassic,
    ],
    [
      { defaultNodePool: [{ name: "p" }] },
      ["p | Linux, defaultNodePool.osType | false | absent, defaultNodePool.nodeCount"],
      azureClassic,
    ],
    [{ defaultNodePool: [] }, "absent, defaultNodePool", azureClassic],
    [{ defaultNodePool: "" }, "absent, defaultNodePool", azureClassic],
    [{}, "absent, defaultNodePool", azureClassic],
    [
      { defaultNodePool: 5 },
      "wrong, defaultNodePool: defaultNodePool is a number, not an object",
      azureClassic,
    ],
    [
      { defaultNodePool: [{}, {}] },
      "wrong, defaultNodePool: defaultNodePool is a list, not an object",
      azureClassic,
    ],
    [
      { defaultNodePool: notKnownYet },
      [
        "- | Linux, defaultNodePool.osType | false | unknown, defaultNodePool.autoScalingEnabled at defaultNodePool",
      ],
      azureClassic,
    ],
    [notKnownYet, "unknown, defaultNodePool at ", azureClassic],
    [5, "wrong, defaultNodePool:  is a number, not an object", azureClassic],
    [
      { defaultNodePool: { autoScalingEnabled: true, maxCount: 7 } },
      ["- | Linux, defaultNodePool.osType | false | 7, defaultNodePool.maxCount"],
      azureClassic,
    ],
    [
      { defaultNodePool: { enableAutoScaling: true, maxCount: 7 } },
      ["- | Linux, defaultNodePool.osType | false | 7, defaultNodePool.maxCount"],
      azureClassic,
    ],
    // A module has a map of pools, or a list.
    [
      { node_pools: { a: { name: "p" }, b: {} } },
      [
        "p | absent, node_pools[0].os_type | false | absent, node_pools[0].node_count",
        "- | absent, node_pools[1].os_type | false | absent, node_pools[1].node_count",
      ],
      aksModule,
    ],
    [
      { node_pools: [{ name: "p" }] },
      ["p | absent, node_pools[0].os_type | false | absent, node_pools[0].node_count"],
      aksModule,
    ],
    [{ node_pools: 5 }, "wrong, node_pools: node_pools is a number, not a map of pools", aksModule],
    [{ node_pools: { a: 5 } }, "wrong, node_pools: node_pools[0] is a number, not an object", aksModule],
    [
      { nodePools: { a: {} } },
      ["- | absent, nodePools[0].os_type | false | absent, nodePools[0].node_count"],
      aksModuleTyped,
    ],
    [
      { agentPools: { a: {} }, networkProfile: {} },
      ["- | absent, agentPools[0].os_type | false | absent, agentPools[0].count_of"],
      avmModuleTyped,
    ],
    [{}, `unknown, body.properties.agentPoolProfiles at ${unstated}`, azapiPatch],
    [{ body: notKnownYet }, "unknown, body.properties.agentPoolProfiles at body", azapiPatch],
    [
      { body: { properties: { agentPoolProfiles: null } } },
      "absent, body.properties.agentPoolProfiles",
      azapiPatch,
    ],
    [
      { properties: { agentPoolProfiles: [{ count: 1 }] } },
      [
        "- | absent, properties.agentPoolProfiles[0].osType | false | 1, properties.agentPoolProfiles[0].count",
      ],
      armTemplate,
    ],
    [
      { properties: [{ name: "p" }] },
      "wrong, properties.agentPoolProfiles: properties is a list, not an object",
      armTemplate,
    ],
    [
      { default_node_pool: [{ node_count: 2 }] },
      ["- | Linux, default_node_pool.os_type | false | 2, default_node_pool.node_count"],
      azurerm,
    ],
    [
      { defaultNodePool: { nodeCount: 2 } },
      ["- | Linux, defaultNodePool.osType | false | 2, defaultNodePool.nodeCount"],
      azurermTyped,
    ],
  ])("%j: %j", (inputs, pools, dialect = azureNative) => {
    expect(shownPools(readCluster(rootOf(inputs), dialect).pools)).toEqual(pools);
  });

  test("of a map that cannot list its names are empty", () => {
    const map: Field = { kind: "object", child: () => plainField({}) };
    const root: Field = {
      kind: "object",
      child: (name) => (name === "node_pools" ? map : plainField(undefined)),
    };
    expect(shownPools(readCluster(root, aksModule).pools)).toEqual([]);
  });
});

describe("a pool that stands apart", () => {
  const whole = "a separate node pool";
  const apart = (part: string): string => `${part} of ${whole}`;
  const rest = `absent, ${apart("osType")} | false | absent, ${apart("count")}`;
  test.each<[inputs: unknown, pool: string, dialect?: Dialect]>([
    [{ agentPoolName: "p", name: "q" }, `p | ${rest}`],
    [{ agentPoolName: "", name: "q" }, `q | ${rest}`],
    [{ name: "q" }, `q | ${rest}`],
    [{ agentPoolName: {} }, `- | ${rest}`],
    [
      { agentPoolName: "p", name: "q" },
      `q | absent, ${apart("osType")} | false | absent, ${apart("nodeCount")}`,
      azureClassic,
    ],
    [
      { osType: "Windoze" },
      `- | wrong, ${apart("osType")}: ${apart("osType")} is text, not one of Linux, Windows, closest Windows | false | absent, ${apart("count")}`,
    ],
    [
      notKnownYet,
      `- | unknown, ${apart("osType")} at ${whole} | false | unknown, ${apart("enableAutoScaling")} at ${whole}`,
    ],
    [
      { os_type: "windows" },
      `- | Windows, ${apart("os_type")} | false | absent, ${apart("node_count")}`,
      azurerm,
    ],
    [
      { osType: "Windows", osSku: "x", nodeCount: 4 },
      `- | Windows, ${apart("osType")} | false | 4, ${apart("nodeCount")}`,
      azurermTyped,
    ],
    [
      { osSku: "Windows2022", maxCount: 4, enableAutoScaling: true },
      `- | absent, ${apart("osType")} | true | 4, ${apart("maxCount")}`,
      azurermTyped,
    ],
  ])("%j: %s", (inputs, pool, dialect = azureNative) => {
    expect(shownPool(readPool(rootOf(inputs), dialect))).toBe(pool);
  });
});

describe("names and groups", () => {
  const id = "/subscriptions/0/resourceGroups/RG/providers/Microsoft.ContainerService/managedClusters/Shop";
  const identity = (name?: string, resourceGroup?: string): Identity => ({ name, resourceGroup });
  test.each<[inputs: object, found: Identity, dialect?: Dialect]>([
    [{ resourceName: "Shop", resourceGroupName: "RG" }, identity("shop", "rg")],
    [{ name: "Shop" }, identity("shop")],
    [{ resourceName: "one", name: "two" }, identity("one")],
    [{ name: "Shop", id }, identity("shop", "rg")],
    [{ resourceGroupName: "other", id }, identity(undefined, "other")],
    [{ resourceName: notKnownYet, resourceGroupName: 5 }, identity(undefined, "5")],
    [{ resourceName: ["x"] }, identity()],
    [{ id: "/subscriptions/0/resourceGroups/RG/other/Shop" }, identity()],
    [{ name: "Shop", resource_group_name: "RG" }, identity("shop", "rg"), azurerm],
    [{ cluster_name: "Shop", resource_group_name: "RG" }, identity("shop", "rg"), aksModule],
    [{ clusterName: "Shop", resourceGroupName: "RG" }, identity("shop", "rg"), aksModuleTyped],
    [{ name: "Shop", resourceGroupName: "RG" }, identity("shop", "rg"), azurermTyped],
    [{ name: "Shop", resource_group_name: "RG" }, identity("shop", "rg"), armTemplate],
  ])("of a cluster: %j", (inputs, found, dialect = azureNative) => {
    expect(clusterIdentity(plainField(inputs), dialect)).toEqual(found);
  });

  test.each<[inputs: object, found: Identity, dialect?: Dialect]>([
    [{ resourceName: "Shop", resourceGroupName: "RG" }, identity("shop", "rg")],
    [{ managedClusterName: "Shop", resourceGroupName: "RG" }, identity("shop", "rg")],
    [{}, identity()],
    [{ kubernetesClusterId: id }, identity("shop", "rg"), azureClassic],
    [{ kubernetesClusterId: `${id}/agentPools/p` }, identity("shop", "rg"), azurermBridged],
    [{ kubernetesClusterId: "/managedClusters/shop" }, identity("shop"), azureClassic],
    [{ kubernetesClusterId: "shop" }, identity(), azureClassic],
    [{}, identity(), azureClassic],
    [{ kubernetes_cluster_id: id }, identity("shop", "rg"), azurerm],
    [{ kubernetesClusterId: id }, identity("shop", "rg"), azurermTyped],
    [{ parent_id: id }, identity("shop", "rg"), azapi],
    [{ kubernetes_cluster_id: id }, identity("shop", "rg"), aksModule],
  ])("of a pool's cluster: %j", (inputs, found, dialect = azureNative) => {
    expect(poolsClusterIdentity(plainField(inputs), dialect)).toEqual(found);
  });
});

test.each([[null], [undefined], ["unrecognized"], [{}], [5]])("%j is not an unrecognized value", (value) => {
  expect(isUnrecognized(value)).toBe(false);
});

test("a patch is silent exactly where nothing is stated", () => {
  expect([[], [unstated], [unstated, "x"], ["x"]].map(isOnlyUnstated)).toEqual([true, true, false, false]);
});

describe("a host's objects", () => {
  test("are read one property at a time, each once, and only if they have it", () => {
    const reads: string[] = [];
    const has = (holder: object, name: string): boolean => name !== "hidden" && name in holder;
    const field = fieldsOf((holder, key) => {
      reads.push(String(key));
      return { value: Reflect.get(holder, key) as unknown };
    }, has)({ a: [1, "x"], hidden: 1 });
    if (field.kind !== "object") throw new Error("it is an object");
    expect(reads).toEqual([]);
    const list = field.child("a");
    expect(field.child("a")).toBe(list);
    expect([field.child("hidden").kind, field.child("b").kind]).toEqual(["absent", "absent"]);
    expect(list.kind === "list" && list.items()).toEqual([
      { kind: "scalar", value: 1 },
      { kind: "scalar", value: "x" },
    ]);
    expect(reads).toEqual(["a", "0", "1"]);
    expect(field.names?.()).toEqual(["a", "hidden"]);
  });

  test("have only their own properties", () => {
    const field = plainField({ a: 1 });
    if (field.kind !== "object") throw new Error("it is an object");
    expect([field.child("a").kind, field.child("toString").kind, field.child("__proto__").kind]).toEqual([
      "scalar",
      "absent",
      "absent",
    ]);
  });
});

test("every dialect is recorded, so that a changed path is visible in review", async () => {
  const all = [
    ...pulumiDialects,
    ...terraformDialects,
    opaqueModule,
    opaqueResource,
    armTemplate,
    az,
    azureClassicBefore6,
    azurermBridgedBefore4,
  ];
  // Their types are tested with the lookup.
  // The names in versions of Azure's API are generated, and compared with their source.
  const shape = (key: string, value: unknown): unknown => {
    if (["matches", "version", "typed", "separatePoolSettings"].includes(key)) return undefined;
    const isGenerated = key === "versions" && (value as Versions).of === "API";
    return isGenerated ? { ...(value as Versions), names: undefined, values: undefined } : value;
  };
  await expect(`${JSON.stringify(all, shape, 2)}\n`).toMatchFileSnapshot(
    join(__dirname, "..", "..", "words", "dialects.json"),
  );
  const { settings } = azureNativeBefore2023;
  expect([settings.dataplane, settings.mode, settings.nodeProvisioning]).toEqual([[], [], []]);
});

describe("a declaration is spelled", () => {
  const windows = { os: "Windows" };
  test.each<[declaration: Declaration, dialect: Dialect, spelt: object | undefined]>([
    [{}, azureNative, { cluster: {}, separatePools: [] }],
    [{ pools: [] }, azureNative, { cluster: {}, separatePools: [] }],
    [{ sku: "Automatic" }, azureClassic, undefined],
    [
      { plugin: "azure", engine: null },
      azureNative,
      { cluster: { networkProfile: { networkPlugin: "azure", networkPolicy: null } }, separatePools: [] },
    ],
    [
      { pools: [{ count: 1, osSku: "Ubuntu" }, windows, { maximum: 9, separate: true }] },
      azureNative,
      {
        cluster: {
          agentPoolProfiles: [
            { name: "pool0", count: 1, osSKU: "Ubuntu" },
            { name: "pool1", osType: "Windows" },
          ],
        },
        separatePools: [{ name: "pool2", enableAutoScaling: true, maxCount: 9 }],
      },
    ],
    [
      { pools: [{ count: 1 }, { count: 2 }, windows] },
      azureClassic,
      {
        cluster: { defaultNodePool: { name: "pool0", nodeCount: 1 } },
        separatePools: [
          { name: "pool1", nodeCount: 2 },
          { name: "pool2", osType: "Windows" },
        ],
      },
    ],
    [
      { pools: [windows] },
      azureClassic,
      { cluster: {}, separatePools: [{ name: "pool0", osType: "Windows" }] },
    ],
    [
      { pools: [{}, {}] },
      aksModule,
      { cluster: { node_pools: { pool0: { name: "pool0" }, pool1: { name: "pool1" } } }, separatePools: [] },
    ],
  ])("%o as %#", (declaration, dialect, spelt) => {
    expect(spell(declaration, dialect)).toStrictEqual(spelt);
  });

  test("and a path is written into an existing value", () => {
    const inputs = { a: null, b: { c: 1 }, d: 5 };
    for (const path of ["a.x.y", "b.z", "d.w", "e"]) writeAt(inputs, path, path);
    expect(inputs).toEqual({ a: { x: { y: "a.x.y" } }, b: { c: 1, z: "b.z" }, d: { w: "d.w" }, e: "e" });
  });
});
