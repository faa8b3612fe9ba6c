import { describe, expect, test } from "vitest";
import type { RealEngine } from "../../../shared/cluster/cluster";
import { realEngines, withPools } from "../../../shared/cluster/cluster";
import type { Declaration } from "../../../shared/cluster/declaration";
import { notKnownYet } from "../../../shared/cluster/declaration";
import { dialectAt } from "../../../shared/dialects/at-version";
import { azapi, azapiPatch } from "../../../shared/dialects/azapi";
import { azureClassic } from "../../../shared/dialects/azure-classic";
import { azureNative } from "../../../shared/dialects/azure-native";
import { azurerm } from "../../../shared/dialects/azurerm";
import { azurermAutomatic } from "../../../shared/dialects/azurerm-automatic";
import type { Dialect } from "../../../shared/dialects/dialect";
import { avmModuleBefore04 } from "../../../shared/dialects/module-avm";
import { productionModule } from "../../../shared/dialects/module-avm-production";
import { aksModule } from "../../../shared/dialects/module-azure-aks";
import { assignments } from "../../../shared/fixes/choice";
import type { Fix } from "../../../shared/fixes/fix";
import { fixOf } from "../../../shared/fixes/fix";
import { linesOf } from "../../../shared/messages/lines";
import { readCluster } from "../../../shared/reading/cluster";
import { readPool } from "../../../shared/reading/pool";
import { spell } from "../../../shared/reading/spell";
import { accepting, exampleDay, plainField } from "../../support/evaluate";
import { azureNativeBefore2023 } from "../../support/old-dialects";

function shown(fix: Fix): string {
  switch (fix.kind) {
    case "write": {
      const settings = fix.settings.map(({ setting, value }) => `${setting}=${String(value)}`);
      return [...(fix.newerApi ? ["newer API:"] : []), ...settings].join(" ");
    }
    case "remove":
      return `remove ${fix.paths.join(" ")}`;
    case "no accepted engine":
      return `no engine among ${fix.accepted.join(" ")}`;
    case "split the cluster":
      return "split";
  }
}

function fixFor(
  inputs: { readonly cluster: unknown; readonly separatePools?: readonly unknown[] },
  { dialect = azureNative, engines = realEngines, assume, day }: Asked = {},
): Fix {
  const pools = (inputs.separatePools ?? []).map((pool) => readPool(plainField(pool), dialect));
  const cluster = withPools(readCluster(plainField(inputs.cluster), dialect), pools);
  const today = day === undefined ? exampleDay : new Date(day);
  return fixOf(cluster, dialect, { today, options: accepting(engines) }, assume);
}

interface Asked {
  readonly dialect?: Dialect;
  readonly engines?: readonly RealEngine[];
  readonly assume?: "Windows";
  readonly day?: string;
}

const windows = [{ os: "Windows" }] as const;
const windowsProfile = { adminUsername: "azureuser" };
const dualStack = ["IPv4", "IPv6"];
const cilium = "dataplane=cilium engine=cilium";
const overlay = "plugin=azure mode=overlay";
const patch = azapiPatch;
const first = dialectAt(azureNative, "2017-08-31");
const old = azureNativeBefore2023;
const oldPatch = dialectAt(patch, "2022-07-01");

describe("what to write, or why nothing is written", () => {
  test.each<[declaration: Declaration, fix: string, asked?: Asked]>([
    // On Linux: Cilium, in the cluster's own mode if it is on plugin azure.
    [{ plugin: "azure" }, cilium],
    [{ plugin: "azure", mode: "overlay" }, cilium],
    [{ plugin: "azure", mode: "underlay" }, `mode=overlay ${cilium}`],
    [{ plugin: "azure", dataplane: "azure" }, cilium],
    [{ plugin: "kubenet", engine: "azure" }, `plugin=azure mode=overlay ${cilium}`],
    [{}, `plugin=azure mode=overlay ${cilium}`],
    [{ plugin: "azure", engine: "cilium" }, "dataplane=cilium"],
    // On Windows: Calico.
    [{ plugin: "azure", pools: windows }, "engine=calico"],
    [{ plugin: "azure" }, "engine=calico", { assume: "Windows" }],
    [{ plugin: "azure", dataplane: "cilium", pools: windows }, "dataplane=azure engine=calico"],
    [{ plugin: "kubenet", mode: "underlay", pools: windows }, "plugin=azure mode=overlay engine=calico"],
    [{ plugin: "kubenet", mode: "overlay", pools: windows }, "plugin=azure engine=calico"],
    // A hint at Windows counts, unless the cluster names Cilium.
    [{ plugin: "kubenet", engine: "azure", windowsProfile }, "plugin=azure mode=overlay engine=calico"],
    [{ plugin: "azure", engine: "cilium", windowsProfile }, "dataplane=cilium"],
    [{ plugin: "azure", dataplane: "cilium", engine: "none", windowsProfile }, "engine=cilium"],
    [{ plugin: "azure", dataplane: notKnownYet, windowsProfile }, "dataplane=azure engine=calico"],
    // Windows together with features that only Cilium has.
    [{ plugin: "azure", pools: windows, ipFamilies: dualStack }, "split"],
    [{ plugin: "azure", pools: windows, nodeProvisioning: "Auto" }, "split"],
    [{ plugin: "azure", pools: windows, advancedNetworkSecurity: true }, "split"],
    [{ plugin: "azure", pools: windows, transitEncryption: "WireGuard" }, "split"],
    [{ plugin: "azure", pools: windows, accelerationMode: "BpfVeth" }, "split"],
    [{ plugin: "azure", pools: windows, nodeProvisioning: "Manual" }, "engine=calico"],
    [{ plugin: "azure", pools: windows, transitEncryption: "None" }, "engine=calico"],
    [{ plugin: "azure", pools: windows, accelerationMode: "None" }, "engine=calico"],
    [{ plugin: "azure", pools: windows, advancedNetworkSecurity: false }, "engine=calico"],
    [
      { plugin: "azure", pools: windows, ipFamilies: dualStack },
      "no engine among cilium",
      { engines: ["cilium"] },
    ],
    [
      { plugin: "azure", pools: windows, ipFamilies: dualStack },
      "no engine among calico",
      { engines: ["calico"] },
    ],
    // What the organisation accepts.
    [{ plugin: "azure" }, "engine=calico", { engines: ["calico"] }],
    [{ plugin: "azure" }, "engine=calico", { engines: ["azure", "calico"] }],
    [{ plugin: "azure" }, "engine=azure", { engines: ["azure"] }],
    [{ plugin: "azure", ipFamilies: dualStack }, "no engine among azure", { engines: ["azure"] }],
    [{ plugin: "azure", pools: windows }, "no engine among azure", { engines: ["azure"] }],
    // A misspelling is corrected, if nothing else is wrong.
    [{ plugin: "azrue", engine: "calico" }, "plugin=azure"],
    [{ plugin: "azure", dataplane: "azur", engine: "calico" }, "dataplane=azure"],
    [{ plugin: "azure", mode: "anything", engine: "calico" }, "mode=overlay"],
    [{ plugin: "azure", engine: "calcio" }, "engine=calico"],
    [{ plugin: "azure", engine: "istio" }, cilium],
    [
      { plugin: "azrue", dataplane: notKnownYet, engine: "calico" },
      cilium.replace("dataplane", "plugin=azure mode=overlay dataplane"),
    ],
    [{ plugin: "azrue", engine: "calcio", ipFamilies: dualStack }, `plugin=azure mode=overlay ${cilium}`],
    // Where something else stays wrong, the usual engine is still the advice.
    [{ plugin: "azure", ipFamilies: ["IPv5"] }, cilium],
    [{ plugin: "azure", ipFamilies: ["IPv5"], nodeProvisioning: "Auto" }, cilium],
    // What the module takes.
    [{}, "no engine among azure", { dialect: productionModule, engines: ["azure"] }],
    [{ engine: "calico" }, "engine=cilium", { dialect: productionModule, engines: ["azure", "cilium"] }],
    // SKU Automatic has its engine built in.
    [{ sku: "Automatic", engine: "calico" }, "remove networkProfile.networkPolicy"],
    [{ sku: "Automatic", plugin: "azure", engine: "calico" }, "remove networkProfile.networkPolicy"],
    [{ sku: "Automatic", plugin: "flannel" }, "remove networkProfile.networkPlugin"],
    [
      { sku: "Automatic", plugin: "flannel", mode: "x", dataplane: "y", engine: "none" },
      "remove networkProfile.networkPolicy networkProfile.networkPlugin networkProfile.networkPluginMode networkProfile.networkDataplane",
    ],
    [{ sku: "Automatic", engine: notKnownYet }, "remove networkProfile.networkPolicy"],
    [{ sku: "Automatic", engine: "calico" }, "no engine among calico", { engines: ["calico"] }],
    [{ sku: "Automatic", pools: windows }, "split"],
    [{ sku: "Automatic" }, "split", { assume: "Windows" }],
    // An old module of azure-native has no dataplane setting.
    [{ plugin: "azure" }, "engine=calico", { dialect: old }],
    [{ plugin: "azure", ipFamilies: dualStack }, `newer API: mode=overlay ${cilium}`, { dialect: old }],
    [{ plugin: "azure" }, `newer API: ${cilium}`, { dialect: old, engines: ["cilium"] }],
    [{ plugin: "azure" }, "engine=azure", { dialect: old, engines: ["azure"] }],
    // The very first API has no network profile.
    [{}, "newer API: plugin=azure engine=calico", { dialect: first }],
    [{ pools: windows }, "newer API: plugin=azure engine=calico", { dialect: first }],
    [{}, `newer API: ${overlay} ${cilium}`, { dialect: first, engines: ["cilium"] }],
    // A patch keeps the cluster's plugin, unless it states a wrong one itself.
    [{ engine: "azure" }, cilium, { dialect: patch }],
    [{ plugin: "azure", engine: "none" }, cilium, { dialect: patch }],
    [{ plugin: "kubenet", engine: "azure" }, "dataplane=azure engine=calico", { dialect: patch }],
    [{ plugin: "none", engine: "calico" }, `plugin=azure ${cilium}`, { dialect: patch }],
    [{ dataplane: "cilium", engine: "cilium" }, "dataplane=azure engine=calico", { dialect: patch }],
    [{ plugin: "azure", pools: windows }, "dataplane=azure engine=calico", { dialect: patch }],
    [{ plugin: "azure" }, "dataplane=azure engine=calico", { dialect: patch, assume: "Windows" }],
    [
      { plugin: "azure", mode: notKnownYet, engine: "none" },
      "dataplane=cilium engine=cilium",
      { dialect: aksModule },
    ],
    [
      { plugin: "none", engine: "calico" },
      "plugin=azure dataplane=azure",
      { dialect: patch, engines: ["calico"] },
    ],
    [{ plugin: "azure", pools: windows }, "no engine among cilium", { dialect: patch, engines: ["cilium"] }],
    [{ plugin: "azrue", engine: "azure" }, `plugin=azure ${cilium}`, { dialect: patch }],
    [{ plugin: "azure", pools: windows }, "no engine among azure", { dialect: patch, engines: ["azure"] }],
    // Of an old API, too.
    [{ plugin: "azure", engine: "none" }, "engine=calico", { dialect: oldPatch }],
    [{ plugin: "azure", engine: "none" }, "engine=azure", { dialect: oldPatch, engines: ["azure"] }],
    [
      { plugin: "azure", engine: "none" },
      "no engine among cilium",
      { dialect: oldPatch, engines: ["cilium"] },
    ],
    // From kubenet to plugin azure in mode overlay: azurerm accepts a pod CIDR in no other mode.
    [{ plugin: "kubenet", engine: "calico" }, `${overlay} ${cilium}`],
    [{ plugin: "kubenet", engine: "calico" }, overlay, { engines: ["calico"] }],
    [{ plugin: "kubenet", engine: "azure" }, `${overlay} engine=calico`, { engines: ["calico"] }],
    [{ plugin: "kubenet", engine: "azure" }, overlay, { engines: ["azure"] }],
    [{ plugin: "kubenet", pools: windows }, `${overlay} engine=calico`],
    [{ plugin: "kubenet", pools: windows }, `${overlay} engine=calico`, { dialect: azurerm }],
    [{ plugin: "kubenet" }, `${overlay} engine=calico`, { assume: "Windows" }],
    [{ plugin: "kubenet", dataplane: "cilium" }, `${overlay} engine=cilium`],
    [{ plugin: "kubenet", pools: windows }, `newer API: ${overlay} engine=calico`, { dialect: old }],
    [{ plugin: "none", pools: windows }, `${overlay} engine=calico`],
    [{ pools: windows }, `${overlay} engine=calico`],
    // An API without modes gets plugin azure without a mode, if nothing was written.
    [{ pools: windows }, "plugin=azure engine=calico", { dialect: old }],
    [{}, `newer API: ${overlay} ${cilium}`, { dialect: old, engines: ["cilium"] }],
    [
      { plugin: "kubenet", engine: "azure" },
      `${overlay} dataplane=azure`,
      { dialect: patch, engines: ["azure"] },
    ],
    [{ plugin: "kubenet", engine: "azure" }, `${overlay} ${cilium}`, { dialect: patch, engines: ["cilium"] }],
    // Only the engine, if nothing else is missing.
    [{ plugin: "kubenet" }, "engine=calico", { engines: ["calico"] }],
    [{ plugin: "kubenet", engine: "none" }, "engine=calico", { engines: ["azure", "calico"] }],
    [{ plugin: "kubenet" }, "engine=calico", { dialect: azureClassic, engines: ["calico"] }],
    [{ plugin: "kubenet" }, "engine=calico", { dialect: azurerm, engines: ["calico"] }],
    [{ plugin: "kubenet" }, "engine=calico", { dialect: old }],
    [{ plugin: "kubenet" }, `${overlay} engine=azure`, { engines: ["azure"] }],
    [{ plugin: "kubenet" }, `${overlay} ${cilium}`, { dialect: azurerm, engines: ["cilium"] }],
    [
      { plugin: "kubenet", dataplane: "cilium" },
      `${overlay} dataplane=azure engine=calico`,
      { engines: ["calico"] },
    ],
    // Calico is in place if Cilium is not; azure-native replaces either way.
    [{ plugin: "kubenet" }, "engine=calico", { dialect: azurerm }],
    [{ plugin: "kubenet" }, "engine=calico", { dialect: azureClassic }],
    [{ plugin: "kubenet" }, "engine=calico", { dialect: azapi }],
    [{}, "engine=calico", { dialect: aksModule }],
    [{ plugin: "kubenet" }, `${overlay} ${cilium}`],
    // Not with features that only Cilium has, not after kubenet's end, and not instead of another engine.
    [{ plugin: "kubenet", ipFamilies: dualStack }, `${overlay} ${cilium}`, { dialect: azurerm }],
    [{ plugin: "kubenet", nodeProvisioning: "Auto" }, `${overlay} ${cilium}`, { dialect: azurerm }],
    [{ plugin: "kubenet" }, `${overlay} ${cilium}`, { dialect: azurerm, day: "2028-04-01" }],
    [{ plugin: "kubenet", engine: "azure" }, `${overlay} ${cilium}`, { dialect: azurerm }],
    [{ plugin: "kubenet", engine: "calico" }, `${overlay} ${cilium}`, { dialect: azurerm }],
    [{}, `${overlay} ${cilium}`, { dialect: azurerm }],
    // Dual stack in mode overlay.
    [{ plugin: "azure", ipFamilies: dualStack }, `mode=overlay ${cilium}`],
    [{ plugin: "azure", ipFamilies: dualStack }, `mode=overlay ${cilium}`, { dialect: azurerm }],
    [{ plugin: "azure", mode: "overlay", ipFamilies: dualStack }, cilium],
    [{ plugin: "azure", engine: "azure", ipFamilies: dualStack }, `mode=overlay ${cilium}`],
    [
      { plugin: "azure", dataplane: "cilium", engine: "none", ipFamilies: dualStack },
      "mode=overlay engine=cilium",
    ],
    [{ plugin: "azure", ipFamilies: ["IPv4"] }, cilium],
  ])("%o: %s", (declaration, fix, asked = {}) => {
    const spelled = spell(declaration, asked.dialect ?? azureNative);
    if (spelled === undefined) throw new Error("the dialect can say it");
    expect(shown(fixFor(spelled, asked))).toBe(fix);
  });

  test.each<[title: string, cluster: object, fix: string]>([
    ["neither", {}, `mode=overlay ${cilium}`],
    ["a mode", { network_plugin_mode: "overlay" }, cilium],
    ["a pod subnet", { pod_subnet: { id: "a" } }, cilium],
    ["a pod subnet that is not known", { pod_subnet: notKnownYet }, cilium],
  ])("the module Azure/aks needs a mode or a pod subnet for Cilium: %s", (_title, more, fix) => {
    const cluster = { network_plugin: "azure", network_policy: "azure", ...more };
    expect(shown(fixFor({ cluster }, { dialect: aksModule }))).toBe(fix);
    const asked = { dialect: aksModule, engines: ["calico"] } as const;
    expect(shown(fixFor({ cluster }, asked))).toBe("engine=calico");
  });

  test("what is wrong as a whole is removed as a whole", () => {
    const cluster = { sku: { name: "Automatic" }, networkProfile: 5 };
    expect(shown(fixFor({ cluster }))).toBe("remove networkProfile");
  });
});

describe("a setting is written", () => {
  const pathsFor = (inputs: unknown, dialect: Dialect): string[] =>
    assignments(
      readCluster(plainField(inputs), dialect),
      { dataplane: "cilium", engine: "cilium" },
      dialect,
    ).map(({ path }) => path);
  test.each<[title: string, inputs: unknown, dialect: Dialect, paths: readonly string[]]>([
    [
      "under its newer name",
      {},
      azureClassic,
      ["networkProfile.networkDataPlane", "networkProfile.networkPolicy"],
    ],
    [
      "under the name that the cluster uses",
      { networkProfile: { ebpfDataPlane: "azure" } },
      azureClassic,
      ["networkProfile.ebpfDataPlane", "networkProfile.networkPolicy"],
    ],
    ["nowhere, if the dialect cannot express it", {}, azurermAutomatic, []],
    ["nowhere, if this version has no name for it", {}, old, ["networkProfile.networkPolicy"]],
    [
      "with the module's own values, which it no longer takes then",
      {},
      avmModuleBefore04,
      [
        "network_profile.network_plugin",
        "network_profile.network_plugin_mode",
        "network_profile.network_data_plane",
        "network_profile.network_policy",
      ],
    ],
    [
      "without them, if the module takes none any more",
      { network_profile: { network_plugin: "azure" } },
      avmModuleBefore04,
      ["network_profile.network_data_plane", "network_profile.network_policy"],
    ],
    [
      "without them, if nothing can be read",
      5,
      avmModuleBefore04,
      ["network_profile.network_data_plane", "network_profile.network_policy"],
    ],
    [
      "not again",
      { networkProfile: { networkPolicy: "cilium" } },
      azureClassic,
      ["networkProfile.networkDataPlane"],
    ],
  ])("%s", (_title, inputs, dialect, paths) => {
    expect(pathsFor(inputs, dialect)).toEqual(paths);
  });

  test("in one block per top-level property", () => {
    const settings = [
      { setting: "plugin", path: "a.b.c", value: "azure" },
      { setting: "mode", path: "a.d", value: true },
      { setting: "engine", path: "e", value: 'x"y' },
    ] as const;
    expect(linesOf(settings)).toEqual(['a: { b: { c: "azure" }, d: true }', 'e: "x\\"y"']);
  });
});
