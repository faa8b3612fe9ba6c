/**
 * Initial documents: a generated cluster in every kind of document that `check` reads, with surrounding
 * content.
 */
import { azapi } from "../../../shared/dialects/azapi";
import { armTemplate, templateTypes } from "../../../shared/dialects/arm-template";
import { az } from "../../../shared/dialects/az";
import { azurerm } from "../../../shared/dialects/azurerm";
import type { Dialect } from "../../../shared/dialects/dialect";
import type { DocumentKind } from "../../../shared/documents/document";
import type { Inputs } from "../../../shared/reading/spell";
import type { DocumentWriter } from "../../support/document-writers";
import { documentWriters } from "../../support/document-writers";
import { withUnknowns } from "../../support/evaluate";
import { marker } from "../generate";
import { meansMore, meansMoreToTemplates } from "../hosts";
import type { Tree, Written } from "../oracle";
import type { Spelling } from "../spellings";
import { azSpelling, namesIn, spellings } from "../spellings";
import { deployed } from "../templates";

/** A document, and its command line arguments. */
export interface Seed {
  readonly content: unknown;
  /** The content of a parameters file. */
  readonly parameters?: unknown;
}

/** A way to write a cluster into a document. */
export interface Way {
  readonly name: string;
  readonly kind: DocumentKind;
  readonly spelling: Spelling;
  /** `undefined` if such a document cannot express it. `dice` picks the surrounding content. */
  readonly write: (written: Written, dice: number) => Seed | undefined;
}

type Block = Readonly<Record<string, unknown>>;

const secret = `${marker} is a secret`;

/** Content next to the clusters: other resources, and secrets that must not be shown. */
const around: Readonly<Record<DocumentKind, (content: unknown) => unknown>> = {
  "terraform-json": withTerraform,
  "terraform-hcl": withTerraform,
  "terraform-plan": (content) => {
    const plan = content as { readonly resource_changes: readonly unknown[] };
    const network = {
      address: "azurerm_virtual_network.net",
      mode: "managed",
      type: "azurerm_virtual_network",
      name: "net",
      change: { actions: ["no-op"], before: { tags: { secret } }, after: { tags: { secret } } },
    };
    return {
      ...plan,
      terraform_version: "1.11.4",
      variables: { password: { value: secret } },
      planned_values: { root_module: {} },
      resource_changes: [network, ...plan.resource_changes],
      output_changes: { password: { actions: ["create"], after: secret } },
    };
  },
  "terraform-state": (content) => ({
    ...(content as Block),
    terraform_version: "1.11.4",
    outputs: { password: { value: secret, type: "string", sensitive: true } },
  }),
  "pulumi-stack": (content) => {
    const { deployment, ...stack } = content as { readonly deployment: { readonly resources: unknown[] } };
    const urn = "urn:pulumi:dev::shop::pulumi:pulumi:Stack::shop-dev";
    const root = { urn, type: "pulumi:pulumi:Stack", custom: false, outputs: { password: secret } };
    return { ...stack, deployment: { ...deployment, resources: [root, ...deployment.resources] } };
  },
  "pulumi-preview": (content) =>
    Array.isArray(content)
      ? [{ sequence: 0, diagnosticEvent: { severity: "info", message: secret } }, ...(content as unknown[])]
      : { ...(content as Block), config: { "shop:password": secret }, diagnostics: [] },
  "arm-template": (content) => content,
  azure: (content) => content,
};

function withTerraform(content: unknown): unknown {
  const { resource, ...more } = content as { readonly resource?: Block };
  return {
    "//": { metadata: { backend: "local", stackName: "shop", version: "0.21.0" } },
    terraform: { required_providers: { azurerm: { source: "azurerm", version: "4.73.0" } } },
    provider: { azurerm: [{ features: [{}], client_secret: secret }] },
    variable: { later: { type: "string" } },
    locals: { password: secret },
    ...more,
    resource: { azurerm_virtual_network: { net: { tags: { secret } } }, ...resource },
  };
}

function spellingFor({ name }: Dialect): Spelling | undefined {
  if (name === az.name) return azSpelling;
  return spellings.find(({ dialect, provider }) => dialect.name === name && provider === undefined);
}

const written: readonly Way[] = documentWriters.flatMap((writer) =>
  writer.dialects.flatMap((dialect): Way[] => {
    const spelling = spellingFor(dialect);
    return spelling === undefined ? [] : [wayOf(writer, dialect, spelling)];
  }),
);

function wayOf({ name, kind, write }: DocumentWriter, dialect: Dialect, spelling: Spelling): Way {
  return {
    name: `${name} (${dialect.name})`,
    kind,
    spelling,
    write: ({ cluster, separatePools }, dice) => {
      const spelled = { cluster: cluster as Inputs, separatePools: separatePools as readonly Inputs[] };
      const { agentPoolProfiles: pools } = spelled.cluster;
      // Running clusters have their pools in a list, to which the separate ones are added.
      const canBeSaid = kind !== "azure" || pools === undefined || Array.isArray(pools);
      const content = canBeSaid ? write(spelled, dialect) : undefined;
      if (content === undefined) return undefined;
      return { content: dice % 2 === 0 ? content : around[kind](content) };
    },
  };
}

/** The list formats of Azure's tools. */
const lists: readonly ((cluster: unknown) => unknown)[] = [
  (cluster) => [cluster],
  (cluster) => [
    { id: "/subscriptions/1/vm", name: "vm", type: "Microsoft.Compute/virtualMachines" },
    cluster,
  ],
  (cluster) => ({ value: [cluster], nextLink: null }),
  (cluster) => ({ count: 1, data: [cluster], skip_token: null, total_records: 1 }),
];

const listed: readonly Way[] = written
  .filter(({ kind }) => kind === "azure")
  .map((way) => ({
    ...way,
    name: `a list of ${way.name}`,
    write: (inputs, dice) => {
      const seed = way.write(inputs, dice);
      return seed && { content: lists[dice % lists.length]?.(seed.content) };
    },
  }));

const armSpelling = spellingFor(armTemplate);
const inExpressions: readonly Way[] =
  armSpelling === undefined
    ? []
    : [
        {
          name: "an ARM template in expressions",
          kind: "arm-template",
          spelling: armSpelling,
          write: ({ cluster, separatePools }, dice) => {
            const { properties = {}, ...more } = cluster as { readonly properties?: Tree };
            if (typeof properties !== "object" || properties === null || Array.isArray(properties))
              return undefined;
            const resource = {
              ...more,
              type: templateTypes.cluster,
              apiVersion: "2026-05-02-preview",
              name: "aks",
              properties: { ...(properties as Readonly<Record<string, Tree>>), dnsPrefix: "aks" },
            };
            const pools = separatePools.map((pool): Record<string, Tree> => ({
              type: "agentPools",
              name: (pool as { readonly name?: Tree }).name ?? "pool",
              properties: pool,
            }));
            const { template, parameters } = deployed(resource, pools, dice);
            const head = {
              contentVersion: "1.0.0.0",
              $schema: "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
            };
            return {
              content: { ...head, ...(template as Block) },
              parameters: { ...head, $schema: "deploymentParameters.json", parameters },
            };
          },
        },
      ];

const modules: readonly Way[] = [
  { dialect: "module Azure/aks", source: "Azure/aks/azurerm" },
  { dialect: "module Azure/avm", source: "Azure/avm-res-containerservice-managedcluster/azurerm" },
].flatMap(({ dialect, source }): Way[] => {
  const spelling = spellings.find((each) => each.dialect.name === dialect && each.version === undefined);
  if (spelling === undefined) return [];
  return [
    {
      name: `a module (${source})`,
      kind: "terraform-json",
      spelling,
      write: ({ cluster, separatePools }) =>
        separatePools.length > 0
          ? undefined
          : { content: { module: { aks: { source, ...withUnknowns(cluster as Inputs, "${var.later}") } } } },
    },
  ];
});

export const ways: readonly Way[] = [...written, ...listed, ...inExpressions, ...modules];

/** Names in a resource that are not settings of a cluster. */
const namesAround = new Set(
  [
    ...[
      "type",
      "id",
      "name",
      "kind",
      "source",
      "version",
      "resourceName",
      "resourceId",
      "resourceType",
      "resourceGroup",
    ],
    ...[
      "apiVersion",
      "condition",
      "copy",
      "resources",
      "dependsOn",
      "existing",
      "sku",
      "tags",
      "template",
      "value",
      "data",
    ],
    ...["dynamic", "lifecycle", "provider", "count", "for_each", "depends_on", "//", "parent_id", "urn"],
    ...["resource_id", "sensitive_body"],
  ].map((name) => name.toLowerCase()),
);

/** Does the document declare exactly the written cluster? */
export function saysTheSame({ kind, spelling, name }: Way, inputs: Written): boolean {
  const { cluster, separatePools } = inputs;
  const text = JSON.stringify([cluster, separatePools]);
  if (meansMore.test(text)) return false;
  const own = new Set([...namesIn(spelling)].map((each) => each.toLowerCase()));
  const isAround = (each: string): boolean =>
    namesAround.has(each.toLowerCase()) && !own.has(each.toLowerCase());
  if (Object.keys(cluster as Block).some(isAround)) return false;
  if (kind === "azure" && !("networkProfile" in (cluster as Block))) return false;
  const { properties = {} } = cluster as Block;
  const isObject = typeof properties === "object" && properties !== null && !Array.isArray(properties);
  if (kind === "arm-template" && !isObject) return false;
  if (kind === "arm-template" && meansMoreToTemplates(inputs, spelling)) return false;
  if (kind === "azure" && meansMoreToTemplates(inputs, { ...spelling, dialect: armTemplate })) return false;
  const isTerraform = kind === "terraform-plan" || kind === "terraform-state";
  // The writer makes a list of every block, even of one that is already in a list.
  if (isTerraform && spelling.dialect === azurerm && hasBlockInList([cluster, ...separatePools]))
    return false;
  return name !== "" && (spelling.dialect !== azapi || isTerraform || kind === "terraform-json");
}

function hasBlockInList(trees: readonly Tree[]): boolean {
  const waiting: { readonly tree: Tree; readonly inList: boolean }[] = trees.map((tree) => ({
    tree,
    inList: false,
  }));
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { tree, inList } = next;
    if (typeof tree !== "object" || tree === null) continue;
    if (inList) return true;
    for (const each of Object.values<Tree>(tree)) waiting.push({ tree: each, inList: Array.isArray(tree) });
  }
  return false;
}
