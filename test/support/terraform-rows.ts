/** Configurations in HCL, with the expected reading of their plans and states. */
import type { Verdict } from "./clusters-read";

/** The content of the network profile, or around it, and its reading. */
export interface Row {
  readonly name: string;
  readonly profile?: string;
  /** Arguments and blocks next to the network profile. */
  readonly beside?: string;
  readonly pool?: string;
  readonly read: Readonly<Record<string, unknown>>;
  readonly verdict: Verdict;
  /** In a plan that is made after the first one was applied. */
  readonly applied?: Verdict;
}

const token = "azurerm_resource_group.rg.token";
const omitted = { read: { engine: "absent" }, verdict: "fail" } as const;
const open = { read: { engine: "unknown" }, verdict: "unknown", applied: "pass" } as const;
const calico = { read: { engine: "calico" }, verdict: "pass" } as const;

export const rows: readonly Row[] = [
  // The engine.
  { name: "nothing", profile: "", ...omitted },
  { name: "a null", profile: "network_policy = null", ...omitted },
  { name: "an empty text", profile: 'network_policy = ""', ...omitted },
  { name: "a variable that is null", profile: "network_policy = var.none", ...omitted },
  { name: "a part of a variable", profile: "network_policy = var.settings.engine", ...calico },
  { name: "a part of a variable that is null", profile: "network_policy = var.settings.none", ...omitted },
  { name: "a null from a function", profile: "network_policy = tostring(null)", ...omitted },
  {
    name: "a null depending on the workspace",
    profile: 'network_policy = terraform.workspace == "x" ? path.root : null',
    ...omitted,
  },
  // Locals are not in the document, whether null or not.
  { name: "a local that is null", profile: "network_policy = local.none", ...open, applied: "fail" },
  { name: "a local", profile: "network_policy = local.engine", ...calico },
  { name: "a resource's attribute", profile: `network_policy = ${token}`, ...open },
  { name: "a local that refers to a resource", profile: "network_policy = local.token", ...open },
  {
    name: "a variable next to a resource",
    profile: `network_policy = coalesce(var.none, ${token})`,
    ...open,
  },
  { name: "a text", profile: 'network_policy = "calico"', ...calico },
  { name: "a function of a text", profile: 'network_policy = lower("CALICO")', ...calico },
  { name: "a secret variable", profile: "network_policy = var.secret", ...calico },
  {
    name: "a secret that is not an engine",
    profile: "network_policy = var.password",
    read: { engine: "not recognized" },
    verdict: "fail",
  },
  {
    name: "a text that looks like an expression",
    profile: 'network_policy = "$${var.engine}"',
    read: { engine: "not recognized" },
    verdict: "fail",
  },
  { name: "an output", profile: "network_policy = module.inner.engine", ...calico },
  { name: "an output that is null", profile: "network_policy = module.inner.none", ...open, applied: "fail" },
  // Blocks that the configuration does not show.
  { name: "no block", ...omitted },
  {
    name: "a dynamic block",
    beside: dynamicProfile('network_policy = "calico"'),
    read: { engine: "calico", dataplane: "unknown" },
    verdict: "pass",
  },
  {
    name: "an empty dynamic block",
    beside: dynamicProfile(""),
    read: { engine: "unknown" },
    verdict: "unknown",
    applied: "fail",
  },
  {
    name: "a dynamic block without elements",
    beside: dynamicProfile('network_policy = "calico"', "[]"),
    ...omitted,
  },
  // What azurerm computes next to it.
  {
    name: "nothing else",
    profile: 'network_policy = "azure"',
    read: {
      dataplane: "absent",
      ipFamilies: "absent",
      version: "absent",
      windowsProfile: false,
      image: "absent",
      nodes: "absent",
    },
    verdict: "pass",
  },
  {
    name: "variables that are null",
    profile:
      'network_policy = "azure"\nip_versions = var.none\nnetwork_data_plane = var.none\nebpf_data_plane = var.none',
    beside: "kubernetes_version = var.none",
    pool: "os_sku = var.none\nnode_count = var.none",
    read: { dataplane: "absent", ipFamilies: "absent", version: "absent", image: "absent", nodes: "absent" },
    verdict: "pass",
  },
  {
    name: "all attributes of a resource",
    profile: `network_policy = "azure"\nip_versions = [${token}]\nnetwork_data_plane = ${token}`,
    beside: `kubernetes_version = ${token}\nwindows_profile {\n admin_username = ${token}\n}`,
    pool: `os_sku = ${token}\nnode_count = length(${token})`,
    read: {
      dataplane: "unknown",
      ipFamilies: "unknown",
      version: "unknown",
      windowsProfile: true,
      image: "unknown",
      nodes: "unknown",
    },
    verdict: "pass",
  },
  {
    name: "the dataplane by its older name",
    profile: 'ebpf_data_plane = "cilium"',
    read: { engine: "absent", dataplane: "cilium" },
    verdict: "pass",
  },
  {
    name: "two families",
    profile: 'network_policy = "azure"\nip_versions = ["IPv4", "IPv6"]',
    read: { ipFamilies: "dual stack" },
    verdict: "pass",
  },
  {
    name: "a dynamic Windows profile",
    profile: 'network_policy = "azure"',
    beside: 'dynamic "windows_profile" {\n for_each = [1]\n content {\n admin_username = "x"\n}\n}',
    read: { windowsProfile: true },
    verdict: "pass",
  },
];

function dynamicProfile(content: string, forEach = "[1]"): string {
  return `dynamic "network_profile" {
    for_each = ${forEach}
    content {
      network_plugin = "azure"
      ${content}
    }
  }`;
}

/** Azure has no two clusters with one name in a group. */
function nameOf(name: string, repeated: string): string {
  const keys = { count: "-${count.index}", for_each: "-${each.key}" };
  const [, key = ""] = Object.entries(keys).find(([argument]) => repeated.startsWith(argument)) ?? [];
  return `"${name}${key}"`;
}

export function cluster(
  name: string,
  { profile, beside = "", pool = "", called }: Partial<Row> & { readonly called?: string },
  repeated = "",
): string {
  const network =
    profile === undefined ? "" : `network_profile {\n    network_plugin = "azure"\n    ${profile}\n  }`;
  return `resource "azurerm_kubernetes_cluster" "${name}" {
  ${repeated}
  name                = ${called ?? nameOf(name, repeated)}
  resource_group_name = "rg"
  default_node_pool {
    name    = "system"
    vm_size = "Standard_D2s_v5"
    ${pool}
  }
  ${network}
  ${beside}
}
`;
}

export const idOf = ({ name }: Row): string => name.replace(/\W/g, "_");

/**
 * Each row once with a count and once for each of a set: the same text in the root module and in a module.
 */
const everyRow = (repeat: boolean): string => `
variable "none" { default = null }
variable "settings" { default = { engine = "calico", none = null } }
variable "secret" {
  default   = "calico"
  sensitive = true
}
variable "password" {
  default   = "hunter2"
  sensitive = true
}
locals {
  none   = null
  engine = "calico"
  token  = ${token}
}
resource "azurerm_resource_group" "rg" { name = "rg" }
module "inner" { source = "INNER" }
${rows
  .flatMap((row) => [
    cluster(idOf(row), row),
    ...(repeat
      ? [
          cluster(`${idOf(row)}_counted`, row, "count = 2"),
          cluster(`${idOf(row)}_each`, row, 'for_each = toset(["a", "b"])'),
        ]
      : []),
  ])
  .join("")}`;

/** Where the rows are used, and how often. */
export const places = [
  "",
  "module.rows.",
  "module.counted[0].",
  "module.counted[1].",
  'module.each["a"].',
  'module.each["b"].',
];
export const instances = ["", "_counted[0]", "_counted[1]", '_each["a"]', '_each["b"]'];

/** Clusters whose engine comes from outside of their module, or from their count or for_each. */
export const given: Readonly<Record<string, Verdict>> = {
  'module.given["engine"].azurerm_kubernetes_cluster.given': "pass",
  'module.given["nothing"].azurerm_kubernetes_cluster.given': "fail",
  'module.given_by_key["a"].azurerm_kubernetes_cluster.given': "pass",
  'module.given_by_key["b"].azurerm_kubernetes_cluster.given': "fail",
  "module.given_by_number[0].azurerm_kubernetes_cluster.given": "pass",
  "module.given_by_number[1].azurerm_kubernetes_cluster.given": "unknown",
  "module.given_a_variable.azurerm_kubernetes_cluster.given": "fail",
  "module.given_a_token.azurerm_kubernetes_cluster.given": "unknown",
  "module.given_nothing.azurerm_kubernetes_cluster.given": "fail",
  "module.given_twice.module.inside.azurerm_kubernetes_cluster.given": "fail",
  "module.given_a_token_twice.module.inside.azurerm_kubernetes_cluster.given": "unknown",
  'azurerm_kubernetes_cluster.by_key["a"]': "pass",
  'azurerm_kubernetes_cluster.by_key["b"]': "fail",
  'azurerm_kubernetes_cluster.by_value["engine"]': "pass",
  'azurerm_kubernetes_cluster.by_value["nothing"]': "fail",
  'azurerm_kubernetes_cluster.by_open_value["token"]': "unknown",
  "azurerm_kubernetes_cluster.by_number[0]": "pass",
  "azurerm_kubernetes_cluster.by_number[1]": "fail",
};

const call = (name: string, argument: string, repeated = "", source = "./given"): string =>
  `module "${name}" {\n source = "${source}"\n ${repeated}\n ${argument}\n}\n`;

const byGivenValue = [
  call("given", "engine = each.value", "for_each = var.engines"),
  call("given_by_key", 'engine = each.key == "a" ? "calico" : null', 'for_each = toset(["a", "b"])'),
  call("given_by_number", `engine = count.index == 0 ? "calico" : ${token}`, "count = 2"),
  call("given_a_variable", "engine = var.none"),
  call("given_a_token", `engine = ${token}`),
  call("given_nothing", ""),
  call("given_twice", "engine = var.none", "", "./given_twice"),
  call("given_a_token_twice", `engine = ${token}`, "", "./given_twice"),
  'variable "engines" { default = { engine = "calico", nothing = null } }\n',
  cluster(
    "by_key",
    { profile: 'network_policy = each.key == "a" ? "calico" : null' },
    'for_each = toset(["a", "b"])',
  ),
  cluster("by_value", { profile: "network_policy = each.value" }, "for_each = var.engines"),
  cluster("by_open_value", { profile: "network_policy = each.value" }, `for_each = { token = ${token} }`),
  cluster(
    "odd_key",
    { profile: "" },
    'for_each = toset(["a\\"b", "c\\\\d", "$${e}", "%%{f}", "g\\nh\\r\\ti", "ö.j[0]", "\\u200b", "\\U0001f600", ""])',
  ),
  cluster("by_number", { profile: 'network_policy = ["calico", null][count.index]' }, "count = 2"),
].join("");

export const group = (name: string): string =>
  `resource "azurerm_resource_group" "${name}" { name = "${name}" }\n`;

export const windowsPool = (name: string, clusterId: string, repeated = ""): string =>
  `resource "azurerm_kubernetes_cluster_node_pool" "${name}" {
  ${repeated}
  name                  = "${name}"
  vm_size               = "Standard_D2s_v5"
  os_type               = "Windows"
  kubernetes_cluster_id = ${clusterId}
}
`;
export const cilium = { profile: 'network_policy = "cilium"\nnetwork_data_plane = "cilium"' };

/**
 * A Windows pool makes Cilium incompatible: which clusters it affects, and which it leaves unaffected or
 * unknown.
 */
export const poolOwners: Readonly<Record<string, Verdict>> = {
  "azurerm_kubernetes_cluster.with_pool": "fail",
  "azurerm_kubernetes_cluster.without_pool": "pass",
  "azurerm_kubernetes_cluster.numbered[0]": "pass",
  "azurerm_kubernetes_cluster.numbered[1]": "fail",
  'azurerm_kubernetes_cluster.keyed["a.b"]': "fail",
  'azurerm_kubernetes_cluster.keyed["c"]': "pass",
  'azurerm_kubernetes_cluster.each_with["a"]': "fail",
  'azurerm_kubernetes_cluster.each_with["b"]': "fail",
  "azurerm_kubernetes_cluster.one_of[0]": "fail",
  "module.pooled.azurerm_kubernetes_cluster.aks": "fail",
  'module.pooled_each["a"].azurerm_kubernetes_cluster.aks': "fail",
  'module.pooled_each["b"].azurerm_kubernetes_cluster.aks': "fail",
  'module.pooled_once["a"].azurerm_kubernetes_cluster.aks': "pass",
  'module.pooled_once["b"].azurerm_kubernetes_cluster.aks': "fail",
  "azurerm_kubernetes_cluster.given_pool": "fail",
  "azurerm_kubernetes_cluster.read": "fail",
};

const pools = [
  cluster("with_pool", cilium),
  windowsPool("with_pool", "azurerm_kubernetes_cluster.with_pool.id"),
  cluster("without_pool", cilium),
  cluster("numbered", cilium, "count = 2"),
  windowsPool("numbered", "azurerm_kubernetes_cluster.numbered[1].id"),
  cluster("keyed", cilium, 'for_each = toset(["a.b", "c"])'),
  windowsPool("keyed", 'azurerm_kubernetes_cluster.keyed["a.b"].id'),
  cluster("each_with", cilium, 'for_each = toset(["a", "b"])'),
  windowsPool(
    "each_with",
    "azurerm_kubernetes_cluster.each_with[each.key].id",
    'for_each = toset(["a", "b"])',
  ),
  cluster("one_of", cilium, "count = 1"),
  windowsPool("one_of", "one(azurerm_kubernetes_cluster.one_of[*].id)"),
  call("pooled", 'name = "pooled"', "", "./cilium"),
  windowsPool("pooled", "module.pooled.id"),
  call("pooled_each", 'name = "pooled-${each.key}"', 'for_each = toset(["a", "b"])', "./cilium"),
  windowsPool("pooled_each", "module.pooled_each[each.key].id", 'for_each = toset(["a", "b"])'),
  call("pooled_once", 'name = "once-${each.key}"', 'for_each = toset(["a", "b"])', "./cilium"),
  windowsPool("pooled_once", 'module.pooled_once["b"].id'),
  cluster("given_pool", cilium),
  call("given_pool", "cluster = azurerm_kubernetes_cluster.given_pool.id", "", "./pool"),
  cluster("read", cilium),
  `data "azurerm_kubernetes_cluster" "read" {
    name                = azurerm_kubernetes_cluster.read.name
    resource_group_name = "rg"
    depends_on          = [azurerm_kubernetes_cluster.read]
  }`,
  windowsPool("read", "data.azurerm_kubernetes_cluster.read.id"),
].join("\n");

export const providers = `terraform {
  required_providers {
    azurerm = {
      source  = "hashicorp/azurerm"
      version = "3.116.0"
    }
    azapi = {
      source = "Azure/azapi"
    }
  }
}
`;
const providersOfModule = `terraform {
  required_providers {
    azurerm = {
      source  = "hashicorp/azurerm"
      version = ">= 3.100, < 5.0"
    }
  }
}
`;
const engineVariable = 'variable "engine" { default = null }\n';
const outputOfId = 'output "id" { value = azurerm_kubernetes_cluster.aks.id }\n';

/** `few`: each row once in the root module and once in a module, because applying them all takes a minute. */
export function filesWith(which: "all" | "few"): Readonly<Record<string, string>> {
  const of = everyRow(which === "all");
  const repeatedCalls = [
    call("counted", "", "count = 2", "./rows"),
    call("each", "", 'for_each = toset(["a", "b"])', "./rows"),
  ];
  return {
    "main.tf": [
      providers,
      of.replace("INNER", "./inner"),
      call("rows", "", "", "./rows"),
      ...(which === "all" ? repeatedCalls : []),
      byGivenValue,
      pools,
    ].join(""),
    "rows/main.tf": providersOfModule + of.replace("INNER", "../inner"),
    "inner/main.tf": 'output "engine" { value = "calico" }\noutput "none" { value = null }\n',
    "given/main.tf": engineVariable + cluster("given", { profile: "network_policy = var.engine" }),
    "given_twice/main.tf": engineVariable + call("inside", "engine = var.engine", "", "../given"),
    "cilium/main.tf": 'variable "name" {}\n' + cluster("aks", { ...cilium, called: "var.name" }) + outputOfId,
    "pool/main.tf": 'variable "cluster" {}\n' + windowsPool("inside", "var.cluster"),
  };
}
