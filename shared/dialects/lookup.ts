/**
 * Finds the dialect of a resource or module by its type. Everything is derived from what the dialects match.
 */
import { dialects } from ".";
import { dialectAt, isIn } from "./at-version";
import type { AzapiTypes, DeploymentPlaces, Dialect, PulumiTypes, TemplateTypes } from "./dialect";
import { moduleSourceOf } from "./module-source";
import { newestAllowedBy } from "./version-constraint";
import { isBefore } from "./version";

/** The role of a resource. */
export interface PartOfCluster {
  readonly what: "cluster" | "pool";
  readonly dialect: Dialect;
}

interface TypeToken extends PartOfCluster {
  readonly apiVersion: string | undefined;
}

/**
 * What a Pulumi type token names: a part of a cluster, a deployment that may contain clusters, or
 * `undefined`. `version` is the provider's; if it is not known, the newest is assumed.
 *
 * @param text gives the text of a property, for resources whose type is one of their properties
 */
export function pulumiPartIn(
  type: string,
  version?: string,
  text: (name: string) => string | undefined = () => undefined,
): PartOfCluster | TemplateDeployment | undefined {
  // A host asks for every resource of a program, and most of them are not clusters.
  let token = typeTokens.get(type);
  if (token === undefined) {
    if (typeTokens.size >= mostTypeTokens) typeTokens.clear();
    typeTokens.set(type, (token = typeTokenOf(type) ?? "another resource"));
  }
  if (token === "another resource") return undefined;
  if ("whole" in token) return resolvedPart(token.whole, text);
  const { what, dialect, apiVersion } = token;
  const own = dialect.versions?.of === "API" ? (apiVersion ?? defaultApiVersion(dialect, version)) : version;
  return { what, dialect: dialectAt(dialect, own) };
}

/** The API version of a token that names none. */
function defaultApiVersion({ matches }: Dialect, version: string | undefined): string | undefined {
  if (version === undefined || !/^\d+\./.test(version)) return undefined;
  return matches.pulumi?.defaultApiVersions?.find(({ before }) => isBefore(version, before))?.api;
}

/**
 * A resource that a Terraform module creates in a Pulumi program, in Terraform's spelling:
 * `NAME:tf:azurerm_kubernetes_cluster`.
 */
const resourceOfModule = /^[^:]+:tf:(\w+)$/;

export function isResourceOfModule(type: string): boolean {
  return resourceOfModule.test(type);
}

/** A token that means the same in every version. */
interface WholeTypeToken {
  readonly whole: TerraformPart;
}

const typeTokens = new Map<string, TypeToken | WholeTypeToken | "another resource">();
const mostTypeTokens = 4096;

function typeTokenOf(type: string): TypeToken | WholeTypeToken | undefined {
  const [, ofModule] = resourceOfModule.exec(type) ?? [];
  if (ofModule !== undefined) {
    const whole = terraformPartOf(ofModule);
    return whole && { whole };
  }
  for (const dialect of dialects) {
    const { pulumi, template: types } = dialect.matches;
    const deployment = types?.pulumi.find(({ pattern }) => pattern.test(type));
    if (types !== undefined && deployment !== undefined)
      return { whole: { what: "template deployment", types, dialect, at: deployment.at } };
    if (pulumi === undefined) continue;
    const match = pulumi.pattern?.exec(type);
    const isPool = type === pulumi.pool || match?.groups?.["pool"] !== undefined;
    if (!isPool && type !== pulumi.cluster && (match === undefined || match === null)) continue;
    return { what: isPool ? "pool" : "cluster", dialect, apiVersion: apiVersionIn(type, pulumi) };
  }
  return undefined;
}

/** `2024-01-02-preview` */
function apiVersionIn(type: string, { apiVersion, ended }: PulumiTypes): string | undefined {
  const [, ...parts] = apiVersion?.exec(type) ?? [];
  if (parts.length > 0) return parts.filter((part: string | undefined) => part !== undefined).join("-");
  return ended?.pattern.test(type) === true ? ended.api : undefined;
}

interface ApiResource {
  readonly what: "API resource";
  readonly typeAt: string;
  readonly dialects: readonly Dialect[];
  /** What it is if its own type is that of a deployment. */
  readonly deployments: readonly TemplateDeployment[];
}

/** A resource that deploys a template, which may contain clusters. */
export interface TemplateDeployment {
  readonly what: "template deployment";
  readonly types: TemplateTypes;
  readonly dialect: Dialect;
  readonly at: DeploymentPlaces;
  /** The attributes that hold the whole deployment, if it is sent as a document. */
  readonly document?: AzapiTypes["document"] | undefined;
}

/** The role of a Terraform resource type. For an API resource its own type decides: see `apiPartOf`. */
export type TerraformPart = PartOfCluster | ApiResource | TemplateDeployment;

export function terraformPartOf(type: string): TerraformPart | undefined {
  return terraformParts.get(type);
}

/**
 * The role of one Terraform resource; for an API resource, by its own type. `text` gives the text of an
 * attribute.
 */
export function terraformPartIn(
  type: string,
  text: (name: string) => string | undefined,
): Exclude<TerraformPart, ApiResource> | undefined {
  const part = terraformPartOf(type);
  return part && resolvedPart(part, text);
}

function resolvedPart(
  part: TerraformPart,
  text: (name: string) => string | undefined,
): Exclude<TerraformPart, ApiResource> | undefined {
  if (part.what !== "API resource") return part;
  const type = text(part.typeAt) ?? "";
  const [name = ""] = type.split("@");
  return (
    part.deployments.find(({ types: { deployment, stack } }) =>
      [deployment, stack].some((each) => isSameType(name, each)),
    ) ?? apiPartOf(type, part.dialects)
  );
}

const terraformParts: ReadonlyMap<string, TerraformPart> = terraformPartsOf(dialects);

function terraformPartsOf(all: readonly Dialect[]): ReadonlyMap<string, TerraformPart> {
  const parts = new Map<string, TerraformPart>();
  for (const dialect of all) {
    const { terraform, azapi, template: types } = dialect.matches;
    if (terraform !== undefined) parts.set(terraform.cluster, { what: "cluster", dialect });
    if (terraform?.pool !== undefined) parts.set(terraform.pool, { what: "pool", dialect });
    if (types !== undefined) {
      const part = { what: "template deployment", types, dialect, at: types.terraform.at } as const;
      for (const type of types.terraform.types) parts.set(type, part);
    }
    for (const type of azapi?.resources ?? []) {
      const ofType = all.filter((each) => each.matches.azapi?.resources.includes(type) === true);
      const deployments = all.flatMap((each): TemplateDeployment[] => {
        const { template } = each.matches;
        if (template === undefined) return [];
        const { azapi: at } = template;
        return [
          { what: "template deployment", types: template, dialect: each, at, document: azapi?.document },
        ];
      });
      parts.set(type, { what: "API resource", typeAt: azapi?.typeAt ?? "", dialects: ofType, deployments });
    }
  }
  return parts;
}

/**
 * The role of an API resource by its type, `TYPE@API-VERSION`. Of an expression, only the text before it is
 * known.
 */
export function apiPartOf(type: string, among: readonly Dialect[]): PartOfCluster | undefined {
  const end = type.indexOf("@");
  const name = end === -1 ? "" : type.slice(0, end);
  const version = apiVersionOf(type.slice(end + 1));
  for (const dialect of among) {
    const { azapi } = dialect.matches;
    if (azapi === undefined) continue;
    const { cluster, pool = "" } = azapi;
    if (azapi.unclear === true) {
      if (mayBecome(type, cluster)) return { what: "cluster", dialect };
    } else if (name !== "") {
      if (isSameType(name, cluster)) return { what: "cluster", dialect: dialectAt(dialect, version) };
      if (isSameType(name, pool)) return { what: "pool", dialect: dialectAt(dialect, version) };
    }
  }
  return undefined;
}

/** A text as a version of Azure's API; `undefined` if it is not one, for example an expression. */
export function apiVersionOf(text: unknown): string | undefined {
  return typeof text === "string" && /^\d{4}-\d{2}-\d{2}(?:-(?:private)?preview)?$/i.test(text)
    ? text.toLowerCase()
    : undefined;
}

/** The dialect in which Azure shows a resource of this type, if it is a cluster. */
export function azureDialectOf(type: string): Dialect | undefined {
  return dialects.find(({ matches: { azure } }) => azure !== undefined && isSameType(azure.cluster, type));
}

/** Azure's API compares types case-insensitively. */
export function isSameType(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

/** Can the text before the first expression still become this type? */
function mayBecome(type: string, wanted: string): boolean {
  const [start = ""] = type.split(/[$%]\{/);
  return start !== type && wanted.toLowerCase().startsWith(start.toLowerCase());
}

/** What a module makes of a cluster, by its source and the constraint on its version, if one is written. */
export function modulePartOf(address: string, constraint?: string): PartOfCluster | undefined {
  const source = moduleSourceOf(address);
  // A registry module takes a constraint, a module from a repository a tag.
  const version = newestAllowedBy(constraint ?? source.ref ?? "");
  // A copy of it in somebody's own registry makes pools, too.
  const ofPool = dialects.find(({ matches }) => matches.module?.pool?.test(source.name));
  if (ofPool !== undefined) return { what: "pool", dialect: dialectAt(ofPool, version) };
  for (const dialect of dialects) {
    const { module } = dialect.matches;
    if (module === undefined || !module.name.test(source.name)) continue;
    if (module.owner !== undefined && module.owner !== source.owner) continue;
    if (module.versions !== undefined && !isIn(module.versions, version)) continue;
    const isExcepted =
      module.except?.test(source.name) === true ||
      (source.provider !== undefined && module.provider?.test(source.provider) === false);
    return isExcepted ? undefined : { what: "cluster", dialect: dialectAt(dialect, version) };
  }
  return undefined;
}

/** The Terraform resource types that a separate pool may refer to as its cluster. */
export const clusterTypesOfTerraform: readonly string[] = dialects
  .filter(({ patch, whole }) => patch !== true && whole === undefined)
  .flatMap(({ matches: { terraform, azapi } }) => [
    ...(terraform === undefined ? [] : [terraform.cluster]),
    ...(azapi?.resources ?? []),
  ]);

/** The Terraform resource types that may be a separate pool. */
export const poolTypesOfTerraform: readonly string[] = [...terraformParts]
  .filter(([, { what }]) => what === "pool" || what === "API resource")
  .map(([type]) => type);
