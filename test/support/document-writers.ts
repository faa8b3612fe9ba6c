/** Documents of every kind that `check` reads, with one cluster in one of the kind's dialects. */
import { pulumiDialects } from "../../shared/dialects";
import { armTemplate, templateTypes } from "../../shared/dialects/arm-template";
import { az } from "../../shared/dialects/az";
import { azapi } from "../../shared/dialects/azapi";
import { agentPools, managedClusters } from "../../shared/dialects/azure-api";
import { azurerm } from "../../shared/dialects/azurerm";
import type { Dialect } from "../../shared/dialects/dialect";
import { readArmTemplate } from "../../shared/documents/arm/document";
import { readAzure } from "../../shared/documents/azure/document";
import type { DocumentKind, ReadDocument } from "../../shared/documents/document";
import { readPulumiPreview } from "../../shared/documents/pulumi/preview";
import { readPulumiStack } from "../../shared/documents/pulumi/stack";
import { readDocument } from "../../shared/documents/read";
import { readTerraformJson } from "../../shared/documents/terraform/json";
import type { Inputs, Spelled } from "../../shared/reading/spell";
import { hasUnknown, withUnknowns } from "./evaluate";
import { clusterTypesOf, poolTypeOf } from "./pulumi-resources";
import { planOf, shownStateOf, stateFileOf } from "./terraform-documents";

/** A document of a kind with one cluster in it, and its separate pools. */
export interface DocumentWriter {
  readonly name: string;
  readonly kind: DocumentKind;
  readonly dialects: readonly Dialect[];
  /** `undefined` if such a document cannot express it. */
  readonly write: (spelled: Spelled, dialect: Dialect) => unknown;
  readonly read: (document: unknown) => ReadDocument;
}

const apiVersion = "2026-05-02-preview";

function terraform(spelled: Spelled, dialect: Dialect): unknown {
  const later = "${var.later}";
  const cluster = withUnknowns(spelled.cluster, later);
  const pools = spelled.separatePools.map((pool) => withUnknowns(pool, later));
  const byName = (all: readonly Inputs[]): Inputs =>
    Object.fromEntries(all.map((each, i) => [`pool${i}`, each]));
  return dialect === azurerm
    ? {
        resource: {
          azurerm_kubernetes_cluster: { aks: cluster },
          azurerm_kubernetes_cluster_node_pool: byName(
            pools.map((pool) => ({ ...pool, kubernetes_cluster_id: "${azurerm_kubernetes_cluster.aks.id}" })),
          ),
        },
      }
    : {
        resource: {
          azapi_resource: {
            aks: { type: `${managedClusters}@${apiVersion}`, ...cluster },
            ...byName(
              pools.map(({ name, ...properties }) => ({
                type: `${agentPools}@${apiVersion}`,
                name,
                parent_id: "${azapi_resource.aks.id}",
                body: { properties },
              })),
            ),
          },
        },
      };
}

function template(spelled: Spelled): object {
  const later = "[parameters('later')]";
  const { properties, ...around } = withUnknowns(spelled.cluster, later);
  const pools = spelled.separatePools.map((pool) => withUnknowns(pool, later));
  return {
    $schema: "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
    contentVersion: "1.0.0.0",
    parameters: { later: { type: "string" } },
    resources: [
      // Without a name for its API server it would be a patch.
      {
        type: templateTypes.cluster,
        apiVersion,
        name: "aks",
        properties: { dnsPrefix: "aks", ...(properties as object) },
        ...around,
      },
      ...pools.map(({ name, ...settings }) => ({
        type: templateTypes.pool,
        apiVersion,
        name: `aks/${String(name)}`,
        properties: settings,
      })),
    ],
  };
}

function resourcesOfPulumi(
  spelled: Spelled,
  dialect: Dialect,
): readonly (Inputs & { readonly urn: string })[] {
  const later = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
  const resource = (
    type: string,
    name: string,
    inputs: Inputs,
    more: object = {},
  ): Inputs & { readonly urn: string } => ({
    urn: `urn:pulumi:dev::shop::${type}::${name}`,
    type,
    custom: true,
    inputs: withUnknowns(inputs, later),
    ...more,
  });
  const cluster = resource(clusterTypesOf(dialect)[0], "aks", spelled.cluster);
  const links = { propertyDependencies: { [dialect.poolsCluster.path]: [cluster.urn] } };
  return [
    cluster,
    ...spelled.separatePools.map((pool, i) => resource(poolTypeOf(dialect), `pool${i}`, pool, links)),
  ];
}

/** A running cluster has known values, and all of its pools are listed with it. */
function answer({ cluster, separatePools }: Spelled): object | undefined {
  if (hasUnknown([cluster, separatePools])) return undefined;
  const { agentPoolProfiles = [], ...settings } = cluster;
  return {
    type: managedClusters,
    name: "aks",
    ...settings,
    agentPoolProfiles: [...(agentPoolProfiles as unknown[]), ...separatePools],
  };
}

function known(read: ReadDocument | string): ReadDocument {
  if (typeof read === "string") throw new Error(read);
  return read;
}

export const documentWriters: readonly DocumentWriter[] = [
  {
    name: "Terraform JSON",
    kind: "terraform-json",
    dialects: [azurerm, azapi],
    write: terraform,
    read: (document) => readTerraformJson([document]),
  },
  {
    name: "a Terraform plan",
    kind: "terraform-plan",
    dialects: [azurerm, azapi],
    write: planOf,
    read: (document) => known(readDocument(document, "terraform-plan")),
  },
  {
    name: "a Terraform state",
    kind: "terraform-state",
    dialects: [azurerm, azapi],
    write: shownStateOf,
    read: (document) => known(readDocument(document, "terraform-state")),
  },
  {
    name: "a Terraform state file",
    kind: "terraform-state",
    dialects: [azurerm, azapi],
    write: stateFileOf,
    read: (document) => known(readDocument(document, "terraform-state")),
  },
  {
    name: "an ARM template",
    kind: "arm-template",
    dialects: [armTemplate],
    write: template,
    read: (document) => readArmTemplate(document),
  },
  {
    name: "a Blueprint artifact",
    kind: "arm-template",
    dialects: [armTemplate],
    write: (spelled) => ({ kind: "template", properties: { template: template(spelled), parameters: {} } }),
    read: (document) => readArmTemplate(document),
  },
  {
    name: "a stack",
    kind: "pulumi-stack",
    dialects: pulumiDialects,
    write: (spelled, dialect) => ({
      version: 3,
      deployment: { manifest: {}, resources: resourcesOfPulumi(spelled, dialect) },
    }),
    read: readPulumiStack,
  },
  {
    name: "a preview",
    kind: "pulumi-preview",
    dialects: pulumiDialects,
    write: (spelled, dialect) => ({
      steps: resourcesOfPulumi(spelled, dialect).map((newState) => ({
        op: "create",
        urn: newState.urn,
        newState,
      })),
      changeSummary: { create: 1 },
    }),
    read: readPulumiPreview,
  },
  {
    name: "a streamed preview",
    kind: "pulumi-preview",
    dialects: pulumiDialects,
    write: (spelled, dialect) => [
      { sequence: 0, timestamp: 0, preludeEvent: { config: {} } },
      ...resourcesOfPulumi(spelled, dialect).map((state, i) => ({
        sequence: i + 1,
        timestamp: 0,
        resourcePreEvent: {
          metadata: { op: "create", urn: state.urn, type: state["type"], new: state },
          planning: true,
        },
      })),
      { sequence: 9, timestamp: 0, summaryEvent: { resourceChanges: { create: 1 } } },
    ],
    read: readPulumiPreview,
  },
  { name: "az aks show", kind: "azure", dialects: [az], write: answer, read: readAzure },
  {
    name: "az resource show",
    kind: "azure",
    dialects: [az],
    write: (spelled) => {
      const flat = answer(spelled);
      if (flat === undefined) return undefined;
      const { type, name, sku, ...properties } = flat as Inputs;
      return { type, name, sku, properties };
    },
    read: readAzure,
  },
];
