import type { Declaration } from "../../shared/cluster/declaration";
import { notKnownYet } from "../../shared/cluster/declaration";
import { armTemplate } from "../../shared/dialects/arm-template";
import { azurerm, azurermTyped } from "../../shared/dialects/azurerm";
import type { Dialect } from "../../shared/dialects/dialect";
import type { Inputs } from "../../shared/reading/spell";
import { spell } from "../../shared/reading/spell";
import type { Library, NetworkProfile } from "../support/terraform";
import { required } from "../support/terraform";
import { hclBlock } from "./snippets";

/** The clusters on which tools are compared, with the correct verdict by Azure's documentation. */
export interface Case {
  /** The folder's name, and the case in the table of results. */
  readonly name: string;
  readonly cluster: Declaration;
  readonly right: "pass" | "fail" | "unknown";
}

export const cases: readonly Case[] = [
  { name: "azure-azure", cluster: { plugin: "azure", engine: "azure" }, right: "pass" },
  { name: "azure-calico", cluster: { plugin: "azure", engine: "calico" }, right: "pass" },
  { name: "kubenet-calico", cluster: { plugin: "kubenet", engine: "calico" }, right: "pass" },
  {
    name: "cilium-dataplane-cilium",
    cluster: { plugin: "azure", dataplane: "cilium", engine: "cilium" },
    right: "pass",
  },
  { name: "cilium-dataplane-nothing-set", cluster: { plugin: "azure", dataplane: "cilium" }, right: "pass" },
  { name: "cilium-without-dataplane", cluster: { plugin: "azure", engine: "cilium" }, right: "fail" },
  {
    name: "cilium-dataplane-azure",
    cluster: { plugin: "azure", dataplane: "cilium", engine: "azure" },
    right: "fail",
  },
  { name: "azure-nothing-set", cluster: { plugin: "azure" }, right: "fail" },
  { name: "azure-null", cluster: { plugin: "azure", engine: null }, right: "fail" },
  { name: "azure-empty", cluster: { plugin: "azure", engine: "" }, right: "fail" },
  { name: "azure-none", cluster: { plugin: "azure", engine: "none" }, right: "fail" },
  { name: "no-profile", cluster: {}, right: "fail" },
  { name: "azure-junk", cluster: { plugin: "azure", engine: "istio" }, right: "fail" },
  { name: "kubenet-azure", cluster: { plugin: "kubenet", engine: "azure" }, right: "fail" },
  { name: "plugin-none-azure", cluster: { plugin: "none", engine: "azure" }, right: "fail" },
  { name: "variable", cluster: { plugin: "azure", engine: notKnownYet }, right: "unknown" },
];

function spelled({ cluster }: Case, dialect: Dialect, unknown: string): Inputs {
  const inputs = spell(cluster, dialect)?.cluster ?? {};
  const known = (value: unknown): unknown => {
    if (value === notKnownYet) return unknown;
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, known(inner)]));
  };
  return known(inputs) as Inputs;
}

/** As a person writes it in HCL. */
export function asHcl(each: Case): string {
  const profile = spelled(each, azurerm, "${var.engine}")["network_profile"];
  const usual = {
    name: "aks",
    location: "westeurope",
    resource_group_name: "rg",
    dns_prefix: "aks",
    identity: { type: "SystemAssigned" },
    default_node_pool: { name: "default", vm_size: "Standard_D4s_v5", node_count: 3 },
  };
  const cluster = profile === undefined ? usual : { ...usual, network_profile: profile };
  const variable = `variable "engine" {\n  type = string\n}\n\n`;
  return [
    each.right === "unknown" ? variable : "",
    `provider "azurerm" {\n  features {}\n}\n\n`,
    `${hclBlock('resource "azurerm_kubernetes_cluster" "aks"', cluster).join("\n")}\n`,
  ]
    .join("")
    .replaceAll('"${var.engine}"', "var.engine");
}

/** As a program of CDKTF or CDK Terrain declares it. */
export function declare(each: Case, library: Library, id: string) {
  const { lib, AzurermProvider } = library;
  const app = lib.Testing.app();
  const stack = new lib.TerraformStack(app, id);
  new AzurermProvider(stack, "azurerm", { features: [{}] });
  if (each.right === "unknown") new lib.TerraformVariable(stack, "engine", { type: "string" });
  const { networkProfile } = spelled(each, azurermTyped, "${var.engine}") as {
    networkProfile?: NetworkProfile;
  };
  const cluster = new library.KubernetesCluster(stack, "aks", {
    ...required,
    ...(networkProfile === undefined ? {} : { networkProfile }),
  });
  // The generated classes leave out null values.
  if (each.cluster.engine === null) cluster.addOverride("network_profile.network_policy", null);
  return { app, stack };
}

/** As an ARM template. */
export function asArmTemplate(each: Case): string {
  const inputs = spelled(each, armTemplate, "[parameters('engine')]");
  const properties = (inputs["properties"] ?? {}) as Inputs;
  const template = {
    $schema: "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
    contentVersion: "1.0.0.0",
    ...(each.right === "unknown" ? { parameters: { engine: { type: "string" } } } : {}),
    resources: [
      {
        type: "Microsoft.ContainerService/managedClusters",
        apiVersion: "2025-07-01",
        name: "aks",
        location: "westeurope",
        identity: { type: "SystemAssigned" },
        properties: {
          dnsPrefix: "aks",
          agentPoolProfiles: [{ name: "default", mode: "System", vmSize: "Standard_D4s_v5", count: 3 }],
          ...properties,
        },
      },
    ],
  };
  return `${JSON.stringify(template, undefined, 2)}\n`;
}
