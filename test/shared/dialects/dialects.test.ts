import { describe, expect, test } from "vitest";
import { dialects } from "../../../shared/dialects";
import { dialectAt } from "../../../shared/dialects/at-version";
import { azapi, azapiPatch, opaqueResource } from "../../../shared/dialects/azapi";
import { azureClassic } from "../../../shared/dialects/azure-classic";
import { azureNative } from "../../../shared/dialects/azure-native";
import { azurerm, azurermTyped } from "../../../shared/dialects/azurerm";
import { azurermAutomatic } from "../../../shared/dialects/azurerm-automatic";
import { azurermBridged } from "../../../shared/dialects/azurerm-bridged";
import type { Dialect } from "../../../shared/dialects/dialect";
import {
  apiPartOf,
  apiVersionOf,
  clusterTypesOfTerraform,
  modulePartOf,
  poolTypesOfTerraform,
  pulumiPartIn,
  terraformPartOf,
} from "../../../shared/dialects/lookup";
import { aksModule } from "../../../shared/dialects/module-azure-aks";
import { avmModule, avmModuleBefore04 } from "../../../shared/dialects/module-avm";
import { productionModule, productionModuleBefore04 } from "../../../shared/dialects/module-avm-production";
import { opaqueModule } from "../../../shared/dialects/module-opaque";
import { isBefore } from "../../../shared/dialects/version";

describe("a dialect at a version", () => {
  const dataplanes = (dialect: Dialect, version: string | undefined): string =>
    dialectAt(dialect, version)
      .settings.dataplane.map((path) => path.replace(/^.*\./, ""))
      .join(", ");

  test.each<[dialect: Dialect, version: string | undefined, dataplanes: string, absent: string]>([
    [azureNative, undefined, "networkDataplane", "networkProfile.ebpfDataplane"],
    [azureNative, "2021-12-31", "", "networkProfile.networkDataplane, networkProfile.ebpfDataplane"],
    [azureNative, "2022-09-02-preview", "ebpfDataplane", "networkProfile.networkDataplane"],
    [azureNative, "2022-11-01", "", "networkProfile.networkDataplane, networkProfile.ebpfDataplane"],
    [azureNative, "2023-02-01", "networkDataplane", "networkProfile.ebpfDataplane"],
    [azureNative, "2025-09-01", "networkDataplane", "networkProfile.ebpfDataplane"],
    [azureClassic, undefined, "networkDataPlane, ebpfDataPlane", ""],
    [azureClassic, "5.45.0", "ebpfDataPlane", "networkProfile.networkDataPlane"],
    [azureClassic, "5.89.0", "ebpfDataPlane, networkDataPlane", ""],
    [azureClassic, "6.0.0-alpha.1", "ebpfDataPlane, networkDataPlane", ""],
    [azureClassic, "6.0.0", "networkDataPlane", "networkProfile.ebpfDataPlane"],
    [azurermBridged, "3.107.0", "ebpfDataPlane", "networkProfile.networkDataPlane"],
    [azurermBridged, "3.117.1", "ebpfDataPlane, networkDataPlane", ""],
    [azurermBridged, "4.0.0", "networkDataPlane", "networkProfile.ebpfDataPlane"],
    [azurermBridged, "newest", "networkDataPlane", "networkProfile.ebpfDataPlane"],
    [azurerm, "3.107.0", "ebpf_data_plane", "network_profile.network_data_plane"],
    [azurerm, "3.108.0", "ebpf_data_plane, network_data_plane", ""],
    [azurermTyped, "3.107.0", "ebpfDataPlane", "networkProfile.networkDataPlane"],
    [azapi, "2024-05-01", "networkDataplane", "body.properties.networkProfile.ebpfDataplane"],
  ])("$name %s: %s", (dialect, version, names, absent) => {
    expect(dataplanes(dialect, version)).toBe(names);
    expect(dialectAt(dialect, version).absentNames?.dataplane?.join(", ") ?? "").toBe(absent);
  });

  test("is the same object for repeated requests, and the provider's own dialect if no version is known", () => {
    expect(dialectAt(azureClassic, "5.1.0")).toBe(dialectAt(azureClassic, "5.1.0"));
    expect(dialectAt(azureClassic, "5.1.0")).not.toBe(dialectAt(azureClassic, "6.0.0"));
    expect(dialectAt(azureNative, undefined)).toBe(dialectAt(azureNative, undefined));
    expect(dialectAt(azureClassic, undefined)).toBe(azureClassic);
    expect(dialectAt(azurermAutomatic, "4.81.0")).toBe(azurermAutomatic);
  });

  test("caches no more versions than a program may name by accident", () => {
    const first = dialectAt(azureClassic, "first");
    for (let i = 0; i < 300; i++) dialectAt(azureClassic, `text ${i}`);
    expect(dialectAt(azureClassic, "first")).not.toBe(first);
    expect(dialectAt(azureClassic, "first")).toEqual(first);
  });

  test("lists versions only of names that it has", () => {
    const unknown = dialects
      .flatMap((dialect) => [dialect, dialect.typed ?? dialect])
      // For the dialects of Azure's API, the generated table also has names that are not read yet.
      .filter(({ versions }) => versions?.of !== "API")
      .flatMap(({ name, settings, versions }) => {
        const paths = Object.values(settings).flat();
        return Object.keys(versions?.names ?? {})
          .filter((path) => !paths.includes(path))
          .map((path) => `${name}: ${path}`);
      });
    expect(unknown).toEqual([]);
  });
});

test.each<[version: string, other: string, before: boolean]>([
  // Azure's API
  ["2021-12-31", "2022-01-01", true],
  ["2022-01-01", "2022-01-01", false],
  ["2022-01-02", "2022-01-01", false],
  ["2022-01-01-preview", "2022-01-01", true],
  ["2022-01-01", "2022-01-01-preview", false],
  ["2022-01-09", "2022-01-10", true],
  ["2022-01-01-preview", "2022-01-02-preview", true],
  // Providers
  ["4.58.0", "4.9.0", false],
  ["4.9", "4.10.0", true],
  ["4.9", "4.9.0", false],
  ["4.9.0-beta1", "4.9.0", true],
  ["4.9.0-beta1", "4.9.0-beta2", false],
  ["4.9.0+build-1", "4.9.0", false],
  ["newest", "4.9.0", false],
  ["4.9.0", "newest", true],
])("version %s is before %s: %s", (version, other, before) => {
  expect(isBefore(version, other)).toBe(before);
});

describe("a type", () => {
  test("of another Pulumi resource is not a part of a cluster, even when asked twice", () => {
    const type = "azure-native:network:VirtualNetwork";
    expect([pulumiPartIn(type), pulumiPartIn(type)]).toEqual([undefined, undefined]);
    const cluster = "azure:containerservice/kubernetesCluster:KubernetesCluster";
    expect(pulumiPartIn(cluster, "5.1.0")?.dialect).toBe(dialectAt(azureClassic, "5.1.0"));
    expect(pulumiPartIn(cluster)?.dialect).toBe(azureClassic);
  });

  test("at another provider version does not change the API version", () => {
    const type = "azure-native:containerservice/v20250901:ManagedCluster";
    expect(pulumiPartIn(type, "1.0.0")?.dialect).toBe(dialectAt(azureNative, "2025-09-01"));
  });

  test("of Terraform", () => {
    expect(terraformPartOf("azurerm_kubernetes_cluster")).toEqual({ what: "cluster", dialect: azurerm });
    expect(terraformPartOf("azurerm_kubernetes_cluster_node_pool")).toEqual({
      what: "pool",
      dialect: azurerm,
    });
    expect(terraformPartOf("azurerm_subscription_template_deployment")?.what).toBe("template deployment");
    expect(terraformPartOf("azurerm_virtual_network")).toBeUndefined();
    const [cluster, pool] = ["azurerm_kubernetes_cluster", "azurerm_kubernetes_cluster_node_pool"];
    const automatic = "azurerm_kubernetes_automatic_cluster";
    expect(clusterTypesOfTerraform).toEqual(expect.arrayContaining([cluster, automatic, "azapi_resource"]));
    // A pool refers to the resource that creates a cluster, not to one that changes it.
    for (const type of ["azapi_update_resource", pool]) expect(clusterTypesOfTerraform).not.toContain(type);
    expect(poolTypesOfTerraform).toEqual(
      expect.arrayContaining([pool, "azapi_resource", "azapi_update_resource"]),
    );
    expect(poolTypesOfTerraform).not.toContain(cluster);
  });

  const clusters = "Microsoft.ContainerService/managedClusters";
  test.each<[resource: string, type: string, part: string | undefined, dialect?: Dialect]>([
    ["azapi_resource", `${clusters}@2025-07-01`, "cluster", azapi],
    ["azapi_resource", `${clusters.toUpperCase()}@`, "cluster", azapi],
    ["azapi_resource", clusters, undefined],
    ["azapi_resource", `${clusters}/agentPools@2025-07-01`, "pool", azapi],
    ["azapi_resource", `${clusters}/other@2025-07-01`, undefined],
    ["azapi_resource", "", undefined],
    ["azapi_resource", "@", undefined],
    ["azapi_resource", `${clusters}@\${var.version}`, "cluster", azapi],
    ["azapi_resource", "Microsoft.${var.type}", "cluster", opaqueResource],
    ["azapi_resource", "%{if a}b%{endif}", "cluster", opaqueResource],
    ["azapi_resource", "Microsoft.Network/${var.type}", undefined],
    ["azapi_update_resource", `${clusters}@2025-07-01`, "cluster", azapiPatch],
    ["azapi_update_resource", `${clusters}/agentPools@2025-07-01`, undefined],
    ["azapi_update_resource", "${var.type}", "cluster", opaqueResource],
  ])("of Azure's API: %s %j is %s", (resource, type, what, dialect) => {
    const part = terraformPartOf(resource);
    if (part?.what !== "API resource") throw new Error(`${resource} takes no type`);
    const version = dialect === opaqueResource ? undefined : apiVersionOf(type.replace(/^.*@/, ""));
    expect(apiPartOf(type, part.dialects)).toEqual(
      what === undefined || dialect === undefined
        ? undefined
        : { what, dialect: dialect === opaqueResource ? dialect : dialectAt(dialect, version) },
    );
  });

  test.each<[source: string, dialect: Dialect | undefined, version?: string]>([
    ["Azure/aks/azurerm", aksModule],
    ["registry.terraform.io/Azure/aks/azurerm//v4", aksModule],
    ["git::https://github.com/Azure/terraform-azurerm-aks.git?ref=main", aksModule],
    ["Azure/avm-res-containerservice-managedcluster/azurerm", avmModule],
    ["Azure/avm-ptn-aks-production/azurerm", productionModule],
    [
      "git::https://github.com/Azure/terraform-azurerm-avm-ptn-aks-production?ref=0.3.0",
      productionModuleBefore04,
      "0.3.0",
    ],
    ["Azure/avm-res-containerservice-managedcluster/azurerm//modules/namespace", undefined],
    ["./modules/aks", opaqueModule],
    ["./modules/aks-node-pools", undefined],
    ["./modules/tasks", undefined],
  ])("of a module: %s", (source, dialect, version) => {
    expect(modulePartOf(source)).toEqual(
      dialect && { what: "cluster", dialect: dialectAt(dialect, version) },
    );
  });

  test.each<[source: string, dialect: Dialect, version?: string]>([
    ["Azure/avm-res-containerservice-managedcluster/azurerm//modules/agentpool", avmModule],
    [
      "git::https://github.com/Azure/terraform-azurerm-avm-res-containerservice-managedcluster.git//modules/agentpool/?ref=v0.8.1",
      avmModule,
      "0.8.1",
    ],
    ["Azure/avm-res-containerservice-managedcluster/azurerm//modules/nodepool", avmModuleBefore04],
  ])("of a module of a pool: %s", (source, dialect, version) => {
    expect(modulePartOf(source)).toEqual({ what: "pool", dialect: dialectAt(dialect, version) });
  });
});
