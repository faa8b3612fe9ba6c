import type { Pool } from "../shared/cluster/cluster";
import { withPools } from "../shared/cluster/cluster";
import { armTemplate } from "../shared/dialects/arm-template";
import { azapi, azapiPatch, opaqueResource } from "../shared/dialects/azapi";
import { azurerm, azurermTyped } from "../shared/dialects/azurerm";
import { azurermAutomatic } from "../shared/dialects/azurerm-automatic";
import type { Dialect } from "../shared/dialects/dialect";
import { avmModule, avmModuleTyped } from "../shared/dialects/module-avm";
import { aksModule, aksModuleTyped } from "../shared/dialects/module-azure-aks";
import { opaqueModule } from "../shared/dialects/module-opaque";
import { readCluster } from "../shared/reading/cluster";
import type { Field } from "../shared/reading/field";
import { unknownField } from "../shared/reading/field";
import type { Identity } from "../shared/reading/identity";
import { clusterIdentity, poolsClusterIdentity } from "../shared/reading/identity";
import { readPool } from "../shared/reading/pool";
import type { Subject } from "../shared/reading/subject";
import type { Attributes, ConstructLike, ElementLike } from "./constructs";
import { isElement, isOverridden, isRecord, propertyOf } from "./constructs";
import type { Writing } from "./reading";
import { azapiBody, isArmExpression, readTemplate } from "./reading";
import type { Truth, Written, WrittenStack } from "./truth";
import { addressOf } from "./truth";

/** A cluster of a stack, or something of it that could not be read. */
export type Found =
  | {
      readonly construct: ConstructLike;
      /** Where in the construct it is, where that is not the whole construct. */
      readonly part: string | undefined;
      readonly subject: Subject;
      /** The likeness that the verdict hangs on, and on nothing else. */
      readonly likeness: string | undefined;
      /** What it is called in what is written: `azurerm_kubernetes_cluster.aks`. */
      readonly address: () => string;
      /** The program writes a generated class, and an override has a say in the result. */
      readonly overridden: () => boolean;
    }
  | { readonly construct: ConstructLike; readonly error: unknown };

interface DeclaredCluster {
  readonly construct: ConstructLike;
  readonly part?: string;
  readonly subject: Subject;
  readonly likeness?: string | undefined;
  /** What other resources write to mean this one: `azurerm_kubernetes_cluster.aks`. */
  readonly address: () => string;
  readonly identity: () => Identity;
}

interface DeclaredPool {
  readonly pool: Pool;
  /** What it says it belongs to: an expression or a literal id. */
  readonly link: () => { readonly text: string | undefined; readonly identity: Identity };
}

interface Declared {
  readonly clusters: DeclaredCluster[];
  readonly pools: DeclaredPool[];
}

/** The clusters among the constructs of a stack, each with the pools that are declared apart. */
export function clustersAmong(
  constructs: Iterable<ConstructLike>,
  truth: Truth | WrittenStack,
  /** What stands for the construct of what none stands for. */
  standIn: (path: string | undefined) => ConstructLike,
): Found[] {
  const declared: Declared = { clusters: [], pools: [] };
  const errors: Found[] = [];
  const known = new Set<string>();
  const alike: Alike = new Map();
  let version: string | undefined;
  for (const construct of constructs) {
    try {
      version ??= azurermVersion(construct);
      if (!mayBePart(construct)) continue;
      const written = truth.of(construct);
      if (written === undefined) continue;
      if (truth.hasMoreThanConstructs) known.add(addressOf(written));
      declare(construct, written, declared, alike);
    } catch (error) {
      errors.push({ construct, error });
    }
  }
  for (const written of truth.withoutConstruct(known, mayBePartOfType)) {
    const construct = standIn(written.path);
    try {
      declare(construct, written, declared, alike);
    } catch (error) {
      errors.push({ construct, error });
    }
  }
  const { clusters, pools } = declared;
  const owners = new Owners(clusters);
  const poolsByOwner = grouped(relevant(pools, clusters), (pool) => owners.ownerOf(pool));
  const poolsOf = (cluster: DeclaredCluster): readonly Pool[] =>
    poolsByOwner.get(cluster)?.map(({ pool }) => pool) ?? [];
  return [...clusters.map((cluster) => found(cluster, poolsOf(cluster), version)), ...errors];
}

function found(declared: DeclaredCluster, pools: readonly Pool[], version: string | undefined): Found {
  const { construct, part, subject, address } = declared;
  const toolVersion = subject.toolVersion ?? (subject.dialect.tool === "azurerm" ? version : undefined);
  const isWhole = pools.length === 0 && toolVersion === subject.toolVersion;
  return {
    construct,
    part,
    likeness: pools.length === 0 ? declared.likeness : undefined,
    address: part === undefined ? address : () => `${address()} ${part}`,
    overridden: () => subject.dialect === azurermTyped && isOverridden(construct),
    subject: isWhole ? subject : { ...subject, cluster: withPools(subject.cluster, pools), toolVersion },
  };
}

/** Pools that may change a verdict. A Linux pool counts for nothing but its nodes, and those for engine azure only. */
function relevant(
  pools: readonly DeclaredPool[],
  clusters: readonly DeclaredCluster[],
): readonly DeclaredPool[] {
  if (pools.length === 0) return pools;
  const nodesCount = clusters.some(
    ({ subject: { cluster } }) =>
      cluster.engine.state === "unknown" ||
      (cluster.engine.state === "known" && cluster.engine.value === "azure"),
  );
  if (nodesCount) return pools;
  return pools.filter(({ pool: { os, windowsImage } }) => {
    const linux = os.state === "absent" || (os.state === "known" && os.value === "Linux");
    return !linux || windowsImage.truth !== false;
  });
}

/** Finds clusters by what pools say: to go through all of them for every pool takes longer than the synthesis. */
class Owners {
  private readonly byName: () => ReadonlyMap<string, readonly DeclaredCluster[]>;
  private readonly byAddress: () => ReadonlyMap<string, readonly DeclaredCluster[]>;

  constructor(clusters: readonly DeclaredCluster[]) {
    this.byName = once(() => grouped(clusters, ({ identity }) => identity().name));
    this.byAddress = once(() => grouped(clusters, ({ address }) => address()));
  }

  /** The cluster that a pool belongs to. Where a name leaves more than one it is nobody's: a Windows pool must not turn a neighbour red. */
  ownerOf(pool: DeclaredPool): DeclaredCluster | undefined {
    const { text, identity } = pool.link();
    const owners =
      identity.name === undefined
        ? addressesIn(text ?? "").flatMap((address) => this.byAddress().get(address) ?? [])
        : (this.byName().get(identity.name) ?? []).filter((cluster) => agree(cluster.identity(), identity));
    return owners.length === 1 ? owners[0] : undefined;
  }
}

function grouped<Item, Key>(
  items: readonly Item[],
  keyOf: (item: Item) => Key | undefined,
): Map<Key, Item[]> {
  const groups = new Map<Key, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    if (key === undefined) continue;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}

/** May both be in one resource group? */
function agree({ resourceGroup: one }: Identity, { resourceGroup: other }: Identity): boolean {
  return one === undefined || other === undefined || one === other;
}

/** The addresses of resources that an expression names, each once. */
function addressesIn(expression: string): string[] {
  const named = expression.matchAll(
    /(?<![\w.])(?:azurerm_kubernetes(?:_automatic)?_cluster|azapi_resource)\.[\w-]+/g,
  );
  return [...new Set([...named].map(([address]) => address))];
}

const templateTypes = new Set(
  ["resource_group", "subscription", "management_group", "tenant"].map(
    (scope) => `azurerm_${scope}_template_deployment`,
  ),
);

const otherTypes = new Set([
  "azurerm_kubernetes_cluster",
  "azurerm_kubernetes_automatic_cluster",
  "azurerm_kubernetes_cluster_node_pool",
  "azapi_resource",
  "azapi_update_resource",
]);

function mayBePart(construct: ConstructLike): construct is ElementLike {
  // By their names, which is sooner than by any way that takes the name: each construct of an app comes by here.
  const may = construct as { toTerraform?: unknown; terraformResourceType?: unknown; source?: unknown };
  if (typeof may.toTerraform !== "function") return false;
  const type = may.terraformResourceType;
  return typeof type === "string" ? mayBePartOfType(type) : typeof may.source === "string";
}

function mayBePartOfType(type: string): boolean {
  return otherTypes.has(type) || templateTypes.has(type);
}

/** The version of azurerm that the app's bindings are made for: of the resource itself, or else of the provider beside it. */
function azurermVersion(construct: ConstructLike): string | undefined {
  const { terraformGeneratorMetadata: metadata } = construct as { terraformGeneratorMetadata?: unknown };
  if (!isRecord(metadata) || metadata["providerName"] !== "azurerm") return undefined;
  const version = metadata["providerVersion"];
  return typeof version === "string" ? version : undefined;
}

/** Clusters by their likeness: an app that makes many makes them alike, and each kind is read once. */
type Alike = Map<string, { readonly subject: Subject; readonly likeness: string | undefined }>;

/** Adds what a resource or module declares. */
function declare(construct: ConstructLike, written: Written, into: Declared, alike: Alike): void {
  if (written.kind === "module") {
    const module = moduleOf(construct, written);
    if (module !== undefined) into.clusters.push(module);
    return;
  }
  if (templateTypes.has(written.type)) {
    declareTemplate(construct, written, into);
    return;
  }
  const typed = "networkProfileInput" in construct || "kubernetesClusterIdInput" in construct;
  switch (written.type) {
    case "azurerm_kubernetes_cluster": {
      const dialect = typed ? azurermTyped : azurerm;
      into.clusters.push(clusterOf(construct, written, dialect, { camelCase: typed }, alike));
      return;
    }
    case "azurerm_kubernetes_automatic_cluster":
      into.clusters.push(clusterOf(construct, written, azurermAutomatic));
      return;
    case "azurerm_kubernetes_cluster_node_pool":
      into.pools.push(poolOf(written, typed ? azurermTyped : azurerm, { camelCase: typed }));
      return;
    case "azapi_resource":
    case "azapi_update_resource":
      declareAzapi(construct, written, into);
      return;
    default:
  }
}

function clusterOf(
  construct: ConstructLike,
  written: Written,
  dialect: Dialect,
  writing?: Writing,
  alike?: Alike,
): DeclaredCluster {
  const toolVersion = dialect.tool === "azurerm" ? azurermVersion(construct) : undefined;
  const likeness = alike === undefined ? undefined : written.likeness();
  const key = likeness === undefined ? undefined : `${dialect.name} ${toolVersion} ${likeness}`;
  let kind = key === undefined ? undefined : alike?.get(key);
  if (kind === undefined) {
    const cluster = written.read((root) => readCluster(root, dialect), writing);
    kind = { subject: { cluster, dialect, toolVersion }, likeness };
    if (key !== undefined) alike?.set(key, kind);
  }
  return {
    construct,
    subject: kind.subject,
    likeness: kind.likeness,
    address: () => addressOf(written),
    identity: once(() => written.read((root) => clusterIdentity(root, dialect), writing)),
  };
}

function poolOf(
  written: Written,
  dialect: Dialect,
  writing?: Writing,
  settings: (root: Field) => Field = (root) => root,
): DeclaredPool {
  const link = dialect.tool === "azapi" ? azapi.poolsCluster.path : azurerm.poolsCluster.path;
  return {
    pool: written.read((root) => readPool(settings(root), dialect), writing),
    link: once(() => ({
      // An expression is unknown to every reader; what it names is asked of the text itself.
      text: written.text(link),
      identity: written.read((root) => poolsClusterIdentity(root, dialect), writing),
    })),
  };
}

const azapiType = /^Microsoft\.ContainerService\/managedClusters(?<pool>\/agentPools)?@/i;

function declareAzapi(construct: ConstructLike, written: Written, into: Declared): void {
  const type = written.text("type") ?? "";
  const kind = azapiType.exec(type);
  if (kind === null) {
    if (mayBecomeCluster(type)) into.clusters.push(unseen(construct, written, opaqueResource));
    return;
  }
  const patch = written.type === "azapi_update_resource";
  if (kind.groups?.["pool"] === undefined) {
    into.clusters.push(clusterOf(construct, written, patch ? azapiPatch : azapi, azapiBody));
  } else if (!patch) {
    into.pools.push(poolOf(written, azapi, azapiBody, azapiPool));
  }
}

/** Is what stands before the first expression no more than the beginning of a cluster's type? */
function mayBecomeCluster(type: string): boolean {
  const [start = ""] = type.split(/[$%]\{/);
  return start !== type && "microsoft.containerservice/managedclusters".startsWith(start.toLowerCase());
}

/** A cluster, as far as one can tell, of which nothing can be seen. */
function unseen(construct: ConstructLike, written: Written, dialect: Dialect): DeclaredCluster {
  return {
    construct,
    subject: { cluster: readCluster(unknownField, dialect), dialect },
    address: () => addressOf(written),
    identity: () => ({ name: undefined, resourceGroup: undefined }),
  };
}

/** The settings of a pool below `body.properties`, with its own name, which stands beside them. */
function azapiPool(root: Field): Field {
  const body = child(root, "body");
  const properties = isBlock(body) ? child(body, "properties") : body;
  return isBlock(properties) ? named(properties, child(root, "name")) : properties;
}

/** What is not known, or has no parts that could be read, must not look like a block that is empty. */
function isBlock({ kind }: Field): boolean {
  return kind === "object" || kind === "absent";
}

function named(settings: Field, own: Field): Field {
  return { kind: "object", child: (name) => (name === "name" ? own : child(settings, name)) };
}

function child(field: Field, name: string): Field {
  if (field.kind === "object") return field.child(name);
  return field.kind === "unknown" ? field : { kind: "absent" };
}

function textOf(field: Field): string | undefined {
  return field.kind === "scalar" && typeof field.value === "string" ? field.value : undefined;
}

const modules: readonly { readonly source: RegExp; readonly raw: Dialect; readonly typed: Dialect }[] = [
  {
    source: /(?:^|\/)Azure\/aks\/azurerm(?:\/\/v4)?$|\/terraform-azurerm-aks(?:\.git)?(?:\/\/v4)?(?:\?|$)/i,
    raw: aksModule,
    typed: aksModuleTyped,
  },
  {
    source:
      /(?:^|\/)Azure\/avm-res-containerservice-managedcluster\/azurerm$|\/terraform-azurerm-avm-res-containerservice-managedcluster(?:\.git)?(?:\?|$)/i,
    raw: avmModule,
    typed: avmModuleTyped,
  },
];

// A module by its name: `aks` as a word of its own, or a longer name of the service; a module of pools makes no cluster.
const namesAks = /(?:^|[^a-z])aks(?:[^a-z]|$)|(?:managed|kubernetes)[-_]?cluster/i;
const namesPools = /(?:node|agent)[-_]?pools?/i;

function moduleOf(construct: ConstructLike, written: Written): DeclaredCluster | undefined {
  const source = written.read((root) => textOf(child(root, "source"))) ?? propertyOf(construct, "source");
  if (typeof source !== "string") return undefined;
  const known = modules.find((each) => each.source.test(source));
  if (known !== undefined) {
    // TerraformHclModule has its variables in one property; generated bindings have one property for each.
    const typed = isElement(construct) && !("variables" in construct);
    return clusterOf(construct, written, typed ? known.typed : known.raw, { camelCase: typed });
  }
  if (!namesAks.test(source) || namesPools.test(source)) return undefined;
  return unseen(construct, written, opaqueModule);
}

/** The clusters of an ARM template that is written out; one that is not is nothing that this check can see. */
function declareTemplate(construct: ConstructLike, written: Written, into: Declared): void {
  const document = (name: string): Attributes | "absent" | "unknown" => {
    const content = written.read((root) => child(root, name));
    if (content.kind === "absent") return "absent";
    try {
      const parsed: unknown = JSON.parse(textOf(content) ?? "");
      return isRecord(parsed) ? parsed : "unknown";
    } catch {
      return "unknown";
    }
  };
  const template = document("template_content");
  if (typeof template === "string") return;
  const given = document("parameters_content");
  const parameters = given === "absent" ? {} : given === "unknown" ? given : (given["parameters"] ?? given);
  const at = { construct, address: () => addressOf(written) };
  declareResources(at, template, { template, parameters }, "template_content", into);
}

/** Where the expressions of a template find their values. `parameters` is no object where it is not known. */
interface Scope {
  readonly template: Attributes;
  readonly parameters: unknown;
}

function declareResources(
  at: Pick<DeclaredCluster, "construct" | "address">,
  template: Attributes,
  scope: Scope,
  path: string,
  into: Declared,
): void {
  const { resources } = template as { resources?: unknown };
  // From language version 2.0 on resources stand under names of their own.
  const entries = Array.isArray(resources)
    ? resources.map((resource: unknown, i) => [`${path} resources[${i}]`, resource] as const)
    : isRecord(resources)
      ? Object.entries(resources).map(
          ([, resource], i) => [`${path} resources, number ${i + 1}`, resource] as const,
        )
      : [];
  const clusters: { readonly part: string; readonly resource: Attributes; readonly name: string }[] = [];
  const pools: { readonly resource: Attributes; readonly cluster: string }[] = [];
  for (const [part, resource] of entries) {
    if (!isRecord(resource) || resource["existing"] === true || resource["condition"] === false) continue;
    const type = String(resource["type"]).toLowerCase();
    const name = String(resource["name"]);
    if (type === "microsoft.resources/deployments") {
      const properties = isRecord(resource["properties"]) ? resource["properties"] : {};
      const { template: nested, parameters = {} } = properties;
      if (isRecord(nested)) {
        const own = isScopeOfItsOwn(properties, template) ? { template: nested, parameters } : scope;
        declareResources(at, nested, own, part, into);
      }
    }
    if (type === "microsoft.containerservice/managedclusters") {
      clusters.push({ part, resource, name });
      for (const nested of Array.isArray(resource["resources"]) ? (resource["resources"] as unknown[]) : []) {
        if (isRecord(nested) && /agentpools$/i.test(String(nested["type"])))
          pools.push({ resource: nested, cluster: name });
      }
    }
    if (type === "microsoft.containerservice/managedclusters/agentpools")
      pools.push({ resource, cluster: name.replace(/\/[^/]*$/, "") });
  }
  const resolve = (expression: string): unknown => armValue(expression, scope);
  for (const { part, resource, name } of clusters) {
    const cluster = readCluster(readTemplate(resource, resolve), armTemplate);
    const mine = pools
      .filter((pool) => pool.cluster === name || pools.length + clusters.length === 2)
      .map((pool) => readPool(templatePool(readTemplate(pool.resource, resolve)), armTemplate));
    into.clusters.push({
      ...at,
      part,
      subject: { cluster: withPools(cluster, mine), dialect: armTemplate },
      identity: () => ({ name: undefined, resourceGroup: undefined }),
    });
  }
}

/** Unless told, the expressions of a nested template find their values in the template around it, but for language version 2.0. */
function isScopeOfItsOwn({ expressionEvaluationOptions: options }: Attributes, around: Attributes): boolean {
  const told = isRecord(options) ? String(options["scope"]).toLowerCase() : "";
  return told === "inner" || (told !== "outer" && around["languageVersion"] === "2.0");
}

/** The settings of a pool of a template, with its own name, which may stand behind its cluster's: `aks/pool`. */
function templatePool(resource: Field): Field {
  const properties = child(resource, "properties");
  if (!isBlock(properties)) return properties;
  const name = textOf(child(resource, "name"))?.replace(/^.*\//, "");
  return named(properties, name === undefined ? { kind: "absent" } : { kind: "scalar", value: name });
}

/** The value of an expression that names a parameter or a variable and nothing else; `undefined` for any other. */
function armValue(expression: string, { template, parameters }: Scope): unknown {
  const [, kind, name] = /^\[\s*(parameters|variables)\('([^']+)'\)\s*\]$/.exec(expression) ?? [];
  if (kind === undefined || name === undefined) return undefined;
  // Azure's names are the same in any case.
  const at = (holder: unknown, key: string): unknown =>
    isRecord(holder)
      ? Object.entries(holder).find(([each]) => each.toLowerCase() === key.toLowerCase())?.[1]
      : undefined;
  if (kind === "variables") return at(template["variables"], name);
  if (!isRecord(parameters)) return undefined;
  const given = at(parameters, name);
  // What is handed in in another way, as from a key vault, is not known here.
  const value =
    given === undefined ? at(at(template["parameters"], name), "defaultValue") : at(given, "value");
  return isArmExpression(value) ? undefined : value;
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}
