import type { ConstructLike, StackLike } from "../../cdktf-aspect/constructs";
import { clustersOfStack } from "../../cdktf-aspect/inventory";
import { Inventory, StackOfClusters } from "../../pulumi-pack/inventory";
import { withPools } from "../../shared/cluster/cluster";
import { notKnownYet } from "../../shared/cluster/declaration";
import { armTemplate } from "../../shared/dialects/arm-template";
import { bugFinding } from "../../shared/findings/judge";
import { readCluster } from "../../shared/reading/cluster";
import { readPool } from "../../shared/reading/pool";
import type { Subject } from "../../shared/reading/subject";
import { defaultOptions, rules } from "../../shared/rules";
import type { Circumstances, Rule } from "../../shared/rules/rule";
import type { Told } from "../support/evaluate";
import { deployed } from "./templates";
import { findingsTold, plainField, pulumiVoice, tell, withUnknowns } from "../support/evaluate";
import type { Ask, Tree, Written } from "./oracle";
import type { Spelling } from "./spellings";
import { namesIn } from "./spellings";
import type { PolicyProviderResource, PolicyResource, ResourceValidationArgs } from "@pulumi/policy";
import * as policySdk from "@pulumi/policy";

/** The result of reading an input: the subject, or the error thrown. */
export type Reading = { readonly subject: Subject } | { readonly error: unknown };

/** An organisation's configuration, in the evaluator's terms. */
export function circumstancesOf({ today, engines, ownCni }: Ask): Circumstances {
  const { "network-policy-configured": configured } = defaultOptions;
  return {
    today: new Date(`${today}T12:00:00Z`),
    options: {
      ...defaultOptions,
      "network-policy-configured": {
        ...configured,
        engines: engines as typeof configured.engines,
        bringYourOwnCni: ownCni,
      },
    },
  };
}

/** The findings of all rules on a reading; as in the hosts, what could not be read is a bug. */
export function findingsFrom(
  reading: Reading,
  circumstances: Circumstances,
  judging: readonly Rule[] = rules,
): readonly Told[] {
  return judging.flatMap((rule) =>
    "error" in reading
      ? [tell(bugFinding(rule, reading.error))]
      : findingsTold(rule, reading.subject, circumstances, pulumiVoice),
  );
}

/** The evaluator alone, on plain objects. */
export function readPlainly(
  { cluster, separatePools }: Written,
  { dialect }: Spelling,
  toolVersion: string | undefined,
): { readonly subject: Subject } {
  const pools = separatePools.map((pool) => readPool(plainField(pool), dialect));
  return {
    subject: { cluster: withPools(readCluster(plainField(cluster), dialect), pools), dialect, toolVersion },
  };
}

interface Tokens {
  readonly cluster: string;
  readonly pool: string;
}

const tokens: Readonly<Partial<Record<Spelling["dialect"]["name"], Tokens>>> = {
  "azure-native": {
    cluster: "azure-native:containerservice:ManagedCluster",
    pool: "azure-native:containerservice:AgentPool",
  },
  azure: {
    cluster: "azure:containerservice/kubernetesCluster:KubernetesCluster",
    pool: "azure:containerservice/kubernetesClusterNodePool:KubernetesClusterNodePool",
  },
  "azurerm, bridged": {
    cluster: "azurerm:index/kubernetesCluster:KubernetesCluster",
    pool: "azurerm:index/kubernetesClusterNodePool:KubernetesClusterNodePool",
  },
};

/** The type tokens of a Pulumi dialect; the others are Terraform's. */
export function tokensOf({ dialect, version }: Spelling): Tokens | undefined {
  const ofDialect = tokens[dialect.name];
  if (ofDialect === undefined || version === undefined) return ofDialect;
  const ofVersion = (token: string): string =>
    token.replace("containerservice", `containerservice/v${version.replaceAll("-", "")}`);
  return { cluster: ofVersion(ofDialect.cluster), pool: ofVersion(ofDialect.pool) };
}

/** The SDK exports it without a type. */
const { unknownCheckingProxy } = policySdk as unknown as {
  readonly unknownCheckingProxy: (props: object) => PolicyResource["props"];
};

const sentinels = [
  "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
  "[secret]",
];

/** The pack's reader, behind the SDK's own proxies, on a stack of the cluster and its pools. */
export function readByPack(
  { cluster, separatePools }: Written,
  { dialect, provider: version }: Spelling,
  { cluster: clusterType, pool: poolType }: Tokens,
  dice: number,
): Reading {
  const inventory = new Inventory();
  const provider = { props: unknownCheckingProxy({ version }) } as PolicyProviderResource;
  const resource = (type: string, name: string, props: Tree, of: PolicyResource[]): PolicyResource => {
    const shown = withUnknowns({ props }, sentinels[dice % sentinels.length])["props"] as object;
    const made: Partial<PolicyResource> = {
      type,
      name,
      urn: `urn:pulumi:dev::project::${type}::${name}`,
      props: unknownCheckingProxy(shown),
      dependencies: of,
      propertyDependencies: of.length === 0 ? {} : { [dialect.poolsCluster.path]: of },
      ...(version === undefined ? {} : { provider }),
    };
    return made as PolicyResource;
  };
  try {
    // A cluster without any inputs is one that the program only reads, and is checked by its outputs.
    const inputs = Object.keys(cluster as object).length === 0 ? { resourceName: "aks" } : cluster;
    const first = resource(clusterType, "aks", inputs, []);
    const pools = separatePools.map((pool, i) => resource(poolType, `pool${i}`, pool, [first]));
    for (const each of [first, ...pools])
      inventory.register("network-policy-configured", each as unknown as ResourceValidationArgs);
    return { subject: new StackOfClusters([first, ...pools], inventory).clusterOf(first).whole };
  } catch (error) {
    return { error };
  }
}

/** How Terraform programs declare resources in their dialects. */
const shapes: Readonly<
  Partial<Record<Spelling["dialect"]["name"], (written: Written, dice: number, version?: string) => Elements>>
> = {
  azurerm: ({ cluster, separatePools }, dice) => ({
    typed: dice % 2 === 0,
    cluster: ["azurerm_kubernetes_cluster", cluster],
    pools: separatePools.map((pool) => [
      "azurerm_kubernetes_cluster_node_pool",
      { ...(pool as object), kubernetes_cluster_id: "${azurerm_kubernetes_cluster.aks.id}" },
    ]),
  }),
  azapi: ({ cluster, separatePools }, dice, version = "") => ({
    cluster: ["azapi_resource", { ...azapiOf(cluster, dice), type: `${armType}@${version}` }],
    pools: separatePools.map((pool) => [
      "azapi_resource",
      {
        ...azapiOf({ body: { properties: pool } }, dice),
        name: (pool as { readonly name?: Tree }).name ?? null,
        type: `${armType}/agentPools@2025-07-01`,
        parent_id: "${azapi_resource.aks.id}",
      },
    ]),
  }),
  "ARM template": (written, dice, apiVersion) =>
    deploymentOf(written, dice, apiVersion, { dnsPrefix: "aks" }),
  // Without a name for its API server it only changes an existing cluster.
  "ARM template, patch": (written, dice, apiVersion) => deploymentOf(written, dice, apiVersion, {}),
};

type Element = readonly [type: string, attributes: Tree];
interface Elements {
  readonly typed?: boolean;
  readonly cluster: Element;
  readonly pools: readonly Element[];
}

/** A cluster and its pools as resources of a template; `more` has further properties of the cluster. */
export function resourceOfTemplate(
  { cluster, separatePools }: Written,
  apiVersion: string | undefined,
  more: Block,
): { readonly resource: Block; readonly pools: readonly Block[] } {
  const { properties = {} } = cluster as { readonly properties?: Tree };
  return {
    resource: {
      ...(cluster as Block),
      properties: isBlock(properties) ? { ...properties, ...more } : properties,
      type: armType,
      name: "aks",
      ...(apiVersion === undefined ? {} : { apiVersion }),
    },
    pools: separatePools.map((each): Block => {
      const { name } = each as { readonly name?: Tree };
      return { type: "agentPools", name: typeof name === "string" ? name : notKnownYet, properties: each };
    }),
  };
}

/** A cluster and its pools as a template, plain or in equivalent expressions. */
function deploymentOf(written: Written, dice: number, apiVersion: string | undefined, more: Block): Elements {
  const { resource, pools } = resourceOfTemplate(written, apiVersion, more);
  const { template, parameters } = isInExpressions(dice)
    ? deployed(resource, pools, dice)
    : {
        template: withUnknowns({ resources: [{ ...resource, resources: pools }] }, openExpression),
        parameters: {},
      };
  return {
    cluster: [
      "azurerm_resource_group_template_deployment",
      { template_content: JSON.stringify(template), parameters_content: JSON.stringify(parameters) },
    ],
    pools: [],
  };
}

/** Only known at deployment. */
export const openExpression = "[reference('x').y]";

export type Block = { readonly [name: string]: Tree };

export const isInExpressions = (dice: number): boolean => dice % 4 !== 0;

/** A template whose resource states one of these creates a cluster, whatever the dialect of the input. */
const makesCluster = /^(?:agentPoolProfiles|dnsPrefix|fqdnSubdomain|copy)$/i;

function isWholeInTemplate({ cluster }: Written): boolean {
  const { properties } = cluster as { readonly properties?: Tree };
  return !isBlock(properties) || Object.keys(properties).some((name) => makesCluster.test(name));
}

function isBlock(tree: Tree | undefined): tree is Block {
  return typeof tree === "object" && tree !== null && !Array.isArray(tree);
}

const armType = "Microsoft.ContainerService/managedClusters";

/** A body is an object, or a document as JSON text. */
function azapiOf(cluster: Tree, dice: number): { readonly [name: string]: Tree } {
  const { body, ...rest } = cluster as { readonly [name: string]: Tree };
  if (!isBlock(body) || dice % 2 === 0) return { ...rest, ...(body === undefined ? {} : { body }) };
  return { ...rest, body: JSON.stringify(withUnknowns({ body }, "${var.x}")["body"]) };
}

/**
 * Parts of JSON with a special meaning for the libraries and Terraform; a number far below all others is a
 * token.
 */
export const meansMore = /[$%]\{|TfToken\[|"\[|"dynamic"|-[\d.]+e\+(?:2[89]|30)\d/;

function hasNamesInAnotherCase(tree: Tree, spelling: Spelling): boolean {
  if (typeof tree !== "object" || tree === null) return false;
  const names = namesIn(spelling);
  const inAnyCase = new Set(
    [...names, "properties", "sku", "copy", "dnsPrefix"].map((name) => name.toLowerCase()),
  );
  return Object.entries<Tree>(tree).some(
    ([name, inner]) =>
      (!names.has(name) && inAnyCase.has(name.toLowerCase())) || hasNamesInAnotherCase(inner, spelling),
  );
}

/** A template's names are case-insensitive, and the plain evaluator's are not. */
export function meansMoreToTemplates({ cluster, separatePools }: Written, spelling: Spelling): boolean {
  return isTemplate(spelling) && hasNamesInAnotherCase([cluster, ...separatePools], spelling);
}

export const isTemplate = ({ dialect }: Spelling): boolean => dialect.name.startsWith(armTemplate.name);

/**
 * The Aspect's readers on constructs in the libraries' shape; a smaller number of inputs goes through the
 * libraries themselves. `undefined` if Terraform has no such dialect, or the input would mean something else
 * there.
 */
export function readByAspect(written: Written, spelling: Spelling, dice: number): Reading | undefined {
  const { dialect, version } = spelling;
  const shape = shapes[dialect.name];
  if (shape === undefined || meansMore.test(JSON.stringify(written))) return undefined;
  if (meansMoreToTemplates(written, spelling)) return undefined;
  if (isTemplate(spelling) && spelling.patch === true && isWholeInTemplate(written)) return undefined;
  const { cluster, pools, typed = false } = shape(written, dice, version);
  const children: ConstructLike[] = [];
  const node: Record<string, unknown> = { id: "s", path: "s", children };
  const stack = { node } as unknown as StackLike;
  node["root"] = stack;
  const resource: Record<string, Record<string, unknown>> = {};
  const element = ([type, attributes]: Element, id: string): void => {
    (resource[type] ??= {})[id] = withUnknowns({ attributes }, "${var.x}")["attributes"];
    children.push({
      node: { id, path: `s/${id}`, scope: stack, children: [] },
      terraformResourceType: type,
      friendlyUniqueId: id,
      ...(typed ? { networkProfileInput: undefined, kubernetesClusterIdInput: undefined } : {}),
      toTerraform: () => undefined,
    } as unknown as ConstructLike);
  };
  element(cluster, "aks");
  pools.forEach((pool, i) => {
    element(pool, `pool${i}`);
  });
  const found = clustersOfStack(stack, { resource });
  const [only] = found;
  if (only === undefined || found.length > 1) return { error: new Error(`${found.length} clusters`) };
  return "error" in only ? only : { subject: only.subject };
}
