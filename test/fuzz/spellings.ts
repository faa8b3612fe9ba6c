import fc from "fast-check";
import { dialectAt } from "../../shared/dialects/at-version";
import { armTemplate, armTemplatePatch } from "../../shared/dialects/arm-template";
import { az } from "../../shared/dialects/az";
import { azapi, azapiPatch } from "../../shared/dialects/azapi";
import { azureClassic } from "../../shared/dialects/azure-classic";
import { azureNative } from "../../shared/dialects/azure-native";
import { azurerm, azurermTyped } from "../../shared/dialects/azurerm";
import { azurermAutomatic } from "../../shared/dialects/azurerm-automatic";
import { azurermBridged } from "../../shared/dialects/azurerm-bridged";
import type { Dialect } from "../../shared/dialects/dialect";
import { avmModule, avmModuleBefore04 } from "../../shared/dialects/module-avm";
import { aksModule } from "../../shared/dialects/module-azure-aks";

/**
 * Where each tool writes the parts of a cluster, taken manually from the tools' own documentation. It repeats
 * the dialects under test without using them, on purpose: a wrong path in a dialect would agree with itself.
 */
export interface Spelling {
  readonly dialect: Dialect;
  /** Azure compares values case-insensitively, azurerm exactly. */
  readonly ignoresCase: boolean;
  /** A block may be in a list of one. */
  readonly listsAreBlocks: boolean;
  readonly settings: Readonly<Record<SettingName, readonly string[]>>;
  readonly profile: string;
  readonly pools: {
    readonly at: string;
    readonly form: "list" | "one, always Linux" | "map";
    /** The place of an additional pool, always Linux. */
    readonly besides?: string;
  };
  readonly pool: PoolNames;
  readonly plugin?: "kubenet";
  readonly sku?: "Automatic";
  /** Its default network profile. With null it does not plan. */
  readonly ownProfile?: Readonly<Partial<Record<SettingName, string>>>;
  readonly patch?: true;
  /** The version of the API or module that it is written for; by default the newest. */
  readonly version?: string;
  /** The version of the provider that deploys it, for a tool whose names depend on it. */
  readonly provider?: string;
  /** Names that other versions have and this one does not: they have no effect. */
  readonly gone?: Readonly<Partial<Record<SettingName, readonly string[]>>>;
  /** The version has no SKU Automatic, and ignores it. */
  readonly noAutomatic?: true;
  /** With SKU Automatic it sends no network. */
  readonly automaticAlone?: true;
}

export const settingNames = [
  "engine",
  "plugin",
  "mode",
  "dataplane",
  "sku",
  "ipFamilies",
  "nodeProvisioning",
  "advancedNetworkSecurity",
  "windowsProfile",
  "transitEncryption",
  "accelerationMode",
  "kubernetesVersion",
] as const;
export type SettingName = (typeof settingNames)[number];

export interface PoolNames {
  readonly name: string;
  readonly nameApart: string;
  readonly os: string;
  readonly osSku: string;
  readonly autoscaling: readonly string[];
  readonly count: string;
  readonly maximum: string;
}

/** Settings of 2026, which Terraform does not have names for yet. */
const notInTerraform = { transitEncryption: [], accelerationMode: [] };

const armSettings = (at: string): Spelling["settings"] => ({
  engine: [`${at}networkProfile.networkPolicy`],
  plugin: [`${at}networkProfile.networkPlugin`],
  mode: [`${at}networkProfile.networkPluginMode`],
  dataplane: [`${at}networkProfile.networkDataplane`],
  sku: [`${at.replace("properties.", "")}sku.name`],
  ipFamilies: [`${at}networkProfile.ipFamilies`],
  nodeProvisioning: [`${at}nodeProvisioningProfile.mode`],
  advancedNetworkSecurity: [`${at}networkProfile.advancedNetworking.security.enabled`],
  windowsProfile: [`${at}windowsProfile`],
  transitEncryption: [`${at}networkProfile.advancedNetworking.security.transitEncryption.type`],
  accelerationMode: [`${at}networkProfile.advancedNetworking.performance.accelerationMode`],
  kubernetesVersion: [`${at}kubernetesVersion`],
});

const armPool: PoolNames = {
  name: "name",
  nameApart: "name",
  os: "osType",
  osSku: "osSKU",
  autoscaling: ["enableAutoScaling"],
  count: "count",
  maximum: "maxCount",
};

const arm = (dialect: Dialect, at: string, version?: string): Spelling => ({
  dialect: dialectAt(dialect, version),
  ...(version === undefined ? {} : { version }),
  gone: { dataplane: [`${at}networkProfile.ebpfDataplane`] },
  ignoresCase: true,
  listsAreBlocks: false,
  settings: armSettings(at),
  profile: `${at}networkProfile`,
  pools: { at: `${at}agentPoolProfiles`, form: "list" },
  pool: armPool,
});

/** The output of `az aks show`. No host reads it, so it is not among `spellings`. */
export const azSpelling: Spelling = {
  ...arm(az, ""),
  settings: {
    ...armSettings(""),
    dataplane: ["networkProfile.networkDataplane", "networkProfile.ebpfDataplane"],
  },
  gone: {},
};

const native: Spelling = {
  ...arm(azureNative, ""),
  pool: { ...armPool, nameApart: "agentPoolName" },
};

/** An older version of the API: without some of the names, and with an older name for one. */
function older(
  spelling: Spelling,
  version: string,
  dialect: Dialect,
  missing: readonly SettingName[],
  ebpf?: true,
): Spelling {
  const settings = { ...spelling.settings };
  const gone: Partial<Record<SettingName, readonly string[]>> = { ...spelling.gone };
  for (const name of [...missing, ...of2026]) {
    gone[name] = [...settings[name], ...(gone[name] ?? [])];
    settings[name] = [];
  }
  if (ebpf === true)
    [settings.dataplane, gone.dataplane] = [spelling.gone?.dataplane ?? [], spelling.settings.dataplane];
  return { ...spelling, dialect: dialectAt(dialect, version), version, settings, gone, noAutomatic: true };
}

/** What the stable API has had since 2022, from 2023 on, from autumn 2024 on, and in May 2025. */
const of2023 = ["dataplane", "mode"] as const;
const of2024 = ["advancedNetworkSecurity"] as const;
const of2025 = ["nodeProvisioning"] as const;
/** And in 2026, limited to settings that an older one never has. */
const of2026 = ["transitEncryption", "accelerationMode"] as const;

const classic: Spelling = {
  dialect: azureClassic,
  ignoresCase: false,
  listsAreBlocks: true,
  settings: {
    engine: ["networkProfile.networkPolicy"],
    plugin: ["networkProfile.networkPlugin"],
    mode: ["networkProfile.networkPluginMode"],
    dataplane: ["networkProfile.networkDataPlane", "networkProfile.ebpfDataPlane"],
    sku: [],
    ipFamilies: ["networkProfile.ipVersions"],
    nodeProvisioning: ["nodeProvisioningProfile.mode"],
    advancedNetworkSecurity: ["networkProfile.advancedNetworking.securityEnabled"],
    windowsProfile: ["windowsProfile"],
    kubernetesVersion: ["kubernetesVersion"],
    ...notInTerraform,
  },
  profile: "networkProfile",
  pools: { at: "defaultNodePool", form: "one, always Linux" },
  pool: {
    name: "name",
    nameApart: "name",
    os: "osType",
    osSku: "osSku",
    autoscaling: ["autoScalingEnabled", "enableAutoScaling"],
    count: "nodeCount",
    maximum: "maxCount",
  },
};

const newName = "networkProfile.networkDataPlane";
const oldName = "networkProfile.ebpfDataPlane";

/**
 * The dataplane once had another name, for a while both, and a version rejects the name that it does not
 * have.
 */
function byProvider(
  dialect: Dialect,
  provider: string,
  has: readonly string[],
  gone: readonly string[],
): Spelling {
  const settings = { ...classic.settings, dataplane: has };
  return { ...classic, dialect: dialectAt(dialect, provider), provider, settings, gone: { dataplane: gone } };
}

const terraform: Spelling = {
  dialect: azurerm,
  ignoresCase: false,
  listsAreBlocks: true,
  settings: {
    engine: ["network_profile.network_policy"],
    plugin: ["network_profile.network_plugin"],
    mode: ["network_profile.network_plugin_mode"],
    dataplane: ["network_profile.network_data_plane", "network_profile.ebpf_data_plane"],
    sku: [],
    ipFamilies: ["network_profile.ip_versions"],
    nodeProvisioning: ["node_provisioning_profile.mode"],
    advancedNetworkSecurity: ["network_profile.advanced_networking.security_enabled"],
    windowsProfile: ["windows_profile"],
    kubernetesVersion: ["kubernetes_version"],
    ...notInTerraform,
  },
  profile: "network_profile",
  pools: { at: "default_node_pool", form: "one, always Linux" },
  pool: {
    name: "name",
    nameApart: "name",
    os: "os_type",
    osSku: "os_sku",
    autoscaling: ["auto_scaling_enabled", "enable_auto_scaling"],
    count: "node_count",
    maximum: "max_count",
  },
};

/**
 * The generated classes accept the same names as the classic provider, and also `networkDataPlane` for the
 * dataplane.
 */
const typed: Spelling = { ...classic, dialect: azurermTyped };

const aks: Spelling = {
  ...terraform,
  dialect: dialectAt(aksModule, undefined),
  listsAreBlocks: false,
  settings: {
    engine: ["network_policy"],
    plugin: ["network_plugin"],
    mode: ["network_plugin_mode"],
    dataplane: ["ebpf_data_plane"],
    sku: [],
    ipFamilies: ["network_ip_versions"],
    nodeProvisioning: ["node_provisioning_profile.mode"],
    advancedNetworkSecurity: ["network_profile_advanced_networking.security_enabled"],
    windowsProfile: ["windows_profile"],
    kubernetesVersion: ["kubernetes_version"],
    ...notInTerraform,
  },
  gone: { dataplane: ["network_data_plane"] },
  profile: "",
  pools: { at: "node_pools", form: "map" },
  plugin: "kubenet",
};

const aks10: Spelling = {
  ...aks,
  dialect: dialectAt(aksModule, "10.2.0"),
  version: "10.2.0",
  settings: {
    ...aks.settings,
    dataplane: ["network_data_plane", "ebpf_data_plane"],
    nodeProvisioning: [],
    advancedNetworkSecurity: [],
    windowsProfile: [],
  },
  gone: {
    windowsProfile: aks.settings.windowsProfile,
    nodeProvisioning: aks.settings.nodeProvisioning,
    advancedNetworkSecurity: aks.settings.advancedNetworkSecurity,
  },
};

const avm: Spelling = {
  ...terraform,
  dialect: dialectAt(avmModule, undefined),
  ignoresCase: true,
  listsAreBlocks: false,
  settings: {
    ...terraform.settings,
    dataplane: ["network_profile.network_dataplane"],
    sku: ["sku.name"],
    ipFamilies: ["network_profile.ip_families"],
    advancedNetworkSecurity: ["network_profile.advanced_networking.security.enabled"],
  },
  gone: {
    dataplane: ["network_profile.network_data_plane"],
    ipFamilies: ["network_profile.ip_versions"],
  },
  pools: { at: "agent_pools", form: "map", besides: "default_agent_pool" },
  pool: { ...terraform.pool, autoscaling: ["enable_auto_scaling"], count: "count_of" },
  automaticAlone: true,
};

const avmOf2025: Spelling = {
  ...terraform,
  dialect: dialectAt(avmModuleBefore04, "0.3.3"),
  version: "0.3.3",
  listsAreBlocks: false,
  settings: {
    ...terraform.settings,
    dataplane: ["network_profile.network_data_plane"],
    nodeProvisioning: [],
    advancedNetworkSecurity: [],
  },
  gone: {
    dataplane: ["network_profile.network_dataplane"],
    ipFamilies: ["network_profile.ip_families"],
  },
  pools: { at: "node_pools", form: "map", besides: "default_node_pool" },
  ownProfile: { plugin: "azure", engine: "azure", mode: "overlay" },
};

const nothing = Object.fromEntries(settingNames.map((name) => [name, []])) as unknown as Spelling["settings"];

const all: readonly Spelling[] = [
  native,
  classic,
  { ...classic, dialect: azurermBridged },
  byProvider(azureClassic, "5.45.0", [oldName], [newName]),
  byProvider(azureClassic, "5.89.0", [oldName, newName], []),
  byProvider(azureClassic, "6.40.0", [newName], [oldName]),
  byProvider(azurermBridged, "3.105.0", [oldName], [newName]),
  byProvider(azurermBridged, "4.73.0", [newName], [oldName]),
  terraform,
  typed,
  arm(azapi, "body.properties.", "2026-03-01"),
  arm(armTemplate, "properties."),
  aks,
  avm,
  { ...arm(azapiPatch, "body.properties.", "2026-03-01"), patch: true },
  { ...arm(armTemplatePatch, "properties."), patch: true },
  older(native, "2022-03-01", azureNative, [...of2023, ...of2024, ...of2025]),
  older(native, "2022-09-02-preview", azureNative, [...of2024, ...of2025], true),
  older(native, "2024-05-01", azureNative, [...of2024, ...of2025]),
  older(arm(azapi, "body.properties."), "2022-03-01", azapi, [...of2023, ...of2024, ...of2025]),
  older(arm(armTemplate, "properties."), "2024-09-01", armTemplate, of2025),
  aks10,
  avmOf2025,
  { ...terraform, dialect: azurermAutomatic, settings: nothing, profile: "", sku: "Automatic" },
];

/** All spellings; a counterexample names them and does not print them. */
export const spellings: readonly Spelling[] = all.map((each) => ({
  ...each,
  [fc.toStringMethod]: () => `<${each.dialect.name} ${each.version ?? each.provider ?? ""}>`,
}));

const names = new Map(spellings.map((each) => [each, namesOf(each)]));

/** Every name with a meaning in a spelling, so that any other is unrelated. */
export function namesIn(spelling: Spelling): ReadonlySet<string> {
  return names.get(spelling) ?? namesOf(spelling);
}

function namesOf({ settings, gone = {}, pools, pool }: Spelling): ReadonlySet<string> {
  const { name, nameApart, os, osSku, autoscaling, count, maximum } = pool;
  return new Set([
    ...[
      ...Object.values(settings).flat(),
      ...Object.values(gone).flat(),
      pools.at,
      ...(pools.besides === undefined ? [] : [pools.besides]),
    ].flatMap((path) => path.split(".")),
    ...[name, nameApart, os, osSku, ...autoscaling, count, maximum],
  ]);
}
