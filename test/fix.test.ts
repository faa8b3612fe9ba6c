import { describe, expect, test } from "vitest";
import type { RealEngine } from "../shared/cluster/cluster";
import { realEngines, withPools } from "../shared/cluster/cluster";
import type { Declaration } from "../shared/cluster/declaration";
import { notKnownYet } from "../shared/cluster/declaration";
import { azapiPatch } from "../shared/dialects/azapi";
import { azureClassic } from "../shared/dialects/azure-classic";
import { azureNative } from "../shared/dialects/azure-native";
import { azurermAutomatic } from "../shared/dialects/azurerm-automatic";
import type { Dialect } from "../shared/dialects/dialect";
import { assignments } from "../shared/fixes/choice";
import type { Fix } from "../shared/fixes/fix";
import { fixOf } from "../shared/fixes/fix";
import { linesOf } from "../shared/messages/lines";
import { readCluster } from "../shared/reading/cluster";
import { readPool } from "../shared/reading/pool";
import { spell } from "../shared/reading/spell";
import { accepting, exampleDay, plainField } from "./support/evaluate";
import { azureNativeBefore2023 } from "./support/old-dialects";

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
    case "correct":
      return `correct ${fix.wrong.at}`;
  }
}

function fixFor(
  inputs: { readonly cluster: unknown; readonly separatePools?: readonly unknown[] },
  { dialect = azureNative, engines = realEngines, assume }: Asked = {},
): Fix {
  const pools = (inputs.separatePools ?? []).map((pool) => readPool(plainField(pool), dialect));
  const cluster = withPools(readCluster(plainField(inputs.cluster), dialect), pools);
  return fixOf(cluster, dialect, { today: exampleDay, options: accepting(engines) }, assume);
}

interface Asked {
  readonly dialect?: Dialect;
  readonly engines?: readonly RealEngine[];
  readonly assume?: "Windows";
}

const windows = [{ os: "Windows" }] as const;
const windowsProfile = { adminUsername: "azureuser" };
const dualStack = ["IPv4", "IPv6"];
const cilium = "dataplane=cilium engine=cilium";
const patch = azapiPatch;
const old = azureNativeBefore2023;

describe("what to write, or why nothing", () => {
  test.each<[declaration: Declaration, fix: string, asked?: Asked]>([
    // On Linux Cilium, in the mode that the cluster has if it is on plugin azure.
    [{ plugin: "azure" }, cilium],
    [{ plugin: "azure", mode: "overlay" }, cilium],
    [{ plugin: "azure", mode: "underlay" }, `mode=overlay ${cilium}`],
    [{ plugin: "azure", dataplane: "azure" }, cilium],
    [{ plugin: "kubenet", engine: "azure" }, `plugin=azure mode=overlay ${cilium}`],
    [{}, `plugin=azure mode=overlay ${cilium}`],
    [{ plugin: "azure", engine: "cilium" }, "dataplane=cilium"],
    // On Windows Calico.
    [{ plugin: "azure", pools: windows }, "engine=calico"],
    [{ plugin: "azure" }, "engine=calico", { assume: "Windows" }],
    [{ plugin: "azure", dataplane: "cilium", pools: windows }, "dataplane=azure engine=calico"],
    [{ plugin: "kubenet", mode: "underlay", pools: windows }, "plugin=azure mode=overlay engine=calico"],
    [{ plugin: "kubenet", mode: "overlay", pools: windows }, "plugin=azure engine=calico"],
    // A hint at Windows counts, unless the cluster names Cilium.
    [{ plugin: "kubenet", engine: "azure", windowsProfile }, "plugin=azure engine=calico"],
    [{ plugin: "azure", engine: "cilium", windowsProfile }, "dataplane=cilium"],
    [{ plugin: "azure", dataplane: "cilium", engine: "none", windowsProfile }, "engine=cilium"],
    [{ plugin: "azure", dataplane: notKnownYet, windowsProfile }, "dataplane=azure engine=calico"],
    // Windows together with what only Cilium can do.
    [{ plugin: "azure", pools: windows, ipFamilies: dualStack }, "split"],
    [{ plugin: "azure", pools: windows, nodeProvisioning: "Auto" }, "split"],
    [{ plugin: "azure", pools: windows, advancedNetworkSecurity: true }, "split"],
    [{ plugin: "azure", pools: windows, nodeProvisioning: "Manual" }, "engine=calico"],
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
    // A misspelling is put right, where that is all.
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
    // An old module of azure-native knows no dataplane.
    [{ plugin: "azure" }, "engine=calico", { dialect: old }],
    [{ plugin: "azure", ipFamilies: dualStack }, `newer API: ${cilium}`, { dialect: old }],
    [{ plugin: "azure" }, `newer API: ${cilium}`, { dialect: old, engines: ["cilium"] }],
    [{ plugin: "azure" }, "engine=azure", { dialect: old, engines: ["azure"] }],
    // A patch keeps the plugin that the cluster has, unless it states a wrong one itself.
    [{ engine: "azure" }, cilium, { dialect: patch }],
    [{ plugin: "azure", engine: "none" }, cilium, { dialect: patch }],
    [{ plugin: "kubenet", engine: "azure" }, "dataplane=azure engine=calico", { dialect: patch }],
    [{ plugin: "none", engine: "calico" }, `plugin=azure ${cilium}`, { dialect: patch }],
    [{ dataplane: "cilium", engine: "cilium" }, "dataplane=azure engine=calico", { dialect: patch }],
    [{ plugin: "azure", pools: windows }, "dataplane=azure engine=calico", { dialect: patch }],
    [
      { plugin: "none", engine: "calico" },
      "plugin=azure dataplane=azure",
      { dialect: patch, engines: ["calico"] },
    ],
    [{ plugin: "azure", pools: windows }, "no engine among cilium", { dialect: patch, engines: ["cilium"] }],
    [{ plugin: "azrue", engine: "azure" }, `plugin=azure ${cilium}`, { dialect: patch }],
  ])("%o: %s", (declaration, fix, asked = {}) => {
    const spelled = spell(declaration, asked.dialect ?? azureNative);
    if (spelled === undefined) throw new Error("the dialect can say it");
    expect(shown(fixFor(spelled, asked))).toBe(fix);
  });

  test("what is wrong as a whole is removed as a whole", () => {
    const cluster = { sku: { name: "Automatic" }, networkProfile: 5 };
    expect(shown(fixFor({ cluster }))).toBe("remove networkProfile");
  });
});

describe("a setting is written", () => {
  const pathsFor = (inputs: object, dialect: Dialect): string[] =>
    assignments(
      readCluster(plainField(inputs), dialect),
      { dataplane: "cilium", engine: "cilium" },
      dialect,
    ).map(({ path }) => path);
  test.each<[title: string, inputs: object, dialect: Dialect, paths: readonly string[]]>([
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
    ["nowhere, where the dialect has no word for it", {}, azurermAutomatic, []],
    [
      "not again",
      { networkProfile: { networkPolicy: "cilium" } },
      azureClassic,
      ["networkProfile.networkDataPlane"],
    ],
  ])("%s", (_title, inputs, dialect, paths) => {
    expect(pathsFor(inputs, dialect)).toEqual(paths);
  });

  test("in one block for each property at the top", () => {
    const settings = [
      { setting: "plugin", path: "a.b.c", value: "azure" },
      { setting: "mode", path: "a.d", value: true },
      { setting: "engine", path: "e", value: 'x"y' },
    ] as const;
    expect(linesOf(settings)).toEqual(['a: { b: { c: "azure" }, d: true }', 'e: "x\\"y"']);
  });
});
