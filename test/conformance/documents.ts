/**
 * Documents that need no tool to be created: ARM templates, Pulumi stacks and previews, and output of `az`.
 */
import { check } from "../../shared/check";
import { notKnownYet } from "../../shared/cluster/declaration";
import { az } from "../../shared/dialects/az";
import { managedClusters } from "../../shared/dialects/azure-api";
import type { Block } from "../fuzz/hosts";
import { openExpression, resourceOfTemplate } from "../fuzz/hosts";
import type { Tree } from "../fuzz/oracle";
import type { Spelling } from "../fuzz/spellings";
import type { Json } from "../fuzz/templates";
import { deployed } from "../fuzz/templates";
import { withUnknowns } from "../support/evaluate";
import { checkedFiles, rowsOf } from "./checked";
import type { Answers, Spelt, Way } from "./door";
import type { PulumiResource } from "./pulumi";
import { isMain, pulumiSpellings, resourcesOf } from "./pulumi";
import type { Row } from "./verdicts";
import { spellingOf } from "./verdicts";

const text = (document: unknown): string => JSON.stringify(document);

// --- ARM templates ---

const schema = {
  $schema: "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
  contentVersion: "1.0.0.0",
};

function resourceOf({ name, written }: Spelt, { version }: Spelling) {
  // Without a name for its API server it would only change an existing cluster.
  const { resource, pools } = resourceOfTemplate(written, version, { dnsPrefix: "aks" });
  return { resource: { ...resource, name } as Block, pools };
}

function plainTemplate(clusters: readonly Spelt[], spelling: Spelling): object {
  const resources = clusters.map((each) => {
    const { resource, pools } = resourceOf(each, spelling);
    return { ...resource, resources: pools };
  });
  return withUnknowns({ ...schema, resources }, openExpression);
}

/**
 * A template in which every value of a cluster's properties is a parameter, and the file with their values.
 */
class ParametersWriter {
  readonly declared: Record<string, object> = {};
  readonly given: Record<string, object> = {};

  written(tree: Tree): Json {
    if (Array.isArray(tree)) return (tree as readonly Tree[]).map((each) => this.written(each));
    if (typeof tree === "object" && tree !== null)
      return Object.fromEntries(
        Object.entries(tree as Block).map(([name, each]) => [name, this.written(each)]),
      );
    const name = `value${Object.keys(this.declared).length}`;
    this.declared[name] = tree === null ? { nullable: true } : {};
    // Unknown values are not supplied.
    if (tree !== notKnownYet) this.given[name] = { value: tree };
    return `[parameters('${name}')]`;
  }
}

function templateWithParameters(clusters: readonly Spelt[], spelling: Spelling) {
  const writer = new ParametersWriter();
  const resources = clusters.map((each) => {
    const { resource, pools } = resourceOf(each, spelling);
    const { properties = {}, sku, ...around } = resource;
    return {
      ...around,
      ...(sku === undefined ? {} : { sku: writer.written(sku) }),
      properties: writer.written(properties),
      resources: pools.map(({ properties: settings = {}, ...rest }) => ({
        ...rest,
        properties: writer.written(settings),
      })),
    };
  });
  return {
    template: { ...schema, parameters: writer.declared, resources },
    parameters: { parameters: writer.given },
  };
}

/**
 * Below Azure's limit of 800 resources per template, pools included. The budget for expressions is per
 * template, and the rest of a longer one would be unknown.
 */
const mostInTemplate = 200;

async function inTemplates(
  clusters: readonly Spelt[],
  judge: (some: readonly Spelt[]) => Promise<Answers>,
): Promise<Answers[]> {
  const all = new Map<string, Row>();
  for (let start = 0; start < clusters.length; start += mostInTemplate)
    for (const [name, row] of await judge(clusters.slice(start, start + mostInTemplate))) all.set(name, row);
  return [all];
}

function armWays(version?: string): readonly Way[] {
  const spelling = spellingOf("ARM template", version);
  const name = `ARM template${version === undefined ? "" : ` ${version}`}`;
  const rarely = version === undefined ? {} : { oneOf: 8 };
  const ways: readonly Way[] = [
    {
      name,
      spelling,
      doors: ["check, plain"],
      judge: (clusters, today) =>
        inTemplates(clusters, (some) =>
          checkedFiles({ "main.json": text(plainTemplate(some, spelling)) }, ["main.json"], today),
        ),
    },
    {
      name,
      spelling,
      doors: ["check, in parameters"],
      judge: (clusters, today) =>
        inTemplates(clusters, (some) => {
          const { template, parameters } = templateWithParameters(some, spelling);
          const files = { "main.json": text(template), "values.json": text(parameters) };
          return checkedFiles(files, ["main.json", "--parameters", "values.json"], today);
        }),
    },
    {
      name,
      spelling,
      doors: ["check(), in expressions"],
      judge: (clusters, today) => {
        const reports = clusters.map((each, i) => {
          const { resource, pools } = resourceOf(each, spelling);
          const { template, parameters } = deployed(resource, pools, i);
          const [cluster, ...more] = check(
            { ...schema, ...(template as object) },
            {},
            { today: () => today, parameters: { parameters } },
          ).clusters;
          if (cluster === undefined || more.length > 0)
            throw new Error(`${each.name} is not the one cluster`);
          return { ...cluster, address: each.name };
        });
        return Promise.resolve([rowsOf({ clusters: reports })]);
      },
    },
  ];
  return ways.map((way) => ({ ...way, ...rarely }));
}

// --- Pulumi ---

const later = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** A resource as in stacks and previews. */
function stateOf({ urn, type, inputs, provider, cluster }: PulumiResource, { dialect }: Spelling): object {
  return {
    urn,
    type,
    custom: true,
    inputs: withUnknowns({ inputs }, later)["inputs"],
    ...(provider === undefined ? {} : { provider: `${provider.urn}::id` }),
    ...(cluster === undefined ? {} : { propertyDependencies: { [dialect.poolsCluster.path]: [cluster] } }),
  };
}

function statesOf(clusters: readonly Spelt[], spelling: Spelling): readonly object[] {
  const all = clusters.flatMap((each) => resourcesOf(each, spelling));
  const [provider] = all.flatMap((each) => each.provider ?? []);
  const { urn, type, version } = provider ?? {};
  return [
    ...(provider === undefined ? [] : [{ urn, type, id: "id", custom: true, inputs: { version } }]),
    ...all.map((each) => stateOf(each, spelling)),
  ];
}

const stackOf = (resources: readonly object[]): object => ({
  version: 3,
  deployment: { manifest: {}, resources },
});

const previewOf = (resources: readonly object[]): object => ({
  steps: resources.map((newState) => ({ op: "create", urn: (newState as { urn?: string }).urn, newState })),
  changeSummary: { create: resources.length },
});

const pulumiWays: readonly Way[] = pulumiSpellings.map(({ name, spelling }) => ({
  name,
  spelling,
  doors: ["check, stack", "check, preview"],
  ...(isMain(spelling) ? {} : { oneOf: 8 }),
  judge: async (clusters, today) => {
    const states = statesOf(clusters, spelling);
    return [
      await checkedFiles({ "stack.json": text(stackOf(states)) }, ["stack.json"], today),
      await checkedFiles({ "preview.json": text(previewOf(states)) }, ["preview.json"], today),
    ];
  },
}));

// --- az ---

/** The flat form of Azure's API. */
const answered: Spelling = { ...spellingOf("azure-native"), dialect: az };

/** All pools of a cluster are listed with it. */
function answerOf({ name, written: { cluster, separatePools } }: Spelt): object {
  const { agentPoolProfiles = [], ...settings } = cluster as Block;
  const pools = separatePools.map((pool) => {
    const { agentPoolName, ...rest } = pool as Block;
    return { name: agentPoolName, ...rest };
  });
  return {
    id: `/subscriptions/1/resourceGroups/rg/providers/${managedClusters}/${name}`,
    type: managedClusters,
    name,
    ...settings,
    agentPoolProfiles: [...(agentPoolProfiles as readonly Tree[]), ...pools],
  };
}

const azWay: Way = {
  name: "az",
  spelling: answered,
  doors: ["check, aks list", "check, resource list"],
  judge: async (clusters, today) => {
    const flat = clusters.map(answerOf);
    const whole = flat.map((each) => {
      const { id, type, name, sku, ...properties } = each as Record<string, unknown>;
      return { id, type, name, ...(sku === undefined ? {} : { sku }), properties };
    });
    return [
      await checkedFiles({ "list.json": text(flat) }, ["list.json"], today),
      await checkedFiles({ "resources.json": text(whole) }, ["resources.json"], today),
    ];
  },
};

export const documentWays: readonly Way[] = [...armWays(), ...armWays("2024-09-01"), ...pulumiWays, azWay];
