/** Which dialect a resource or module is written in, by its type. All of it is derived from what the dialects match. */
import { dialects } from ".";
import { dialectAt } from "./at-version";
import type { Dialect, TemplateTypes } from "./dialect";

/** What a resource is to a cluster. */
export interface PartOfCluster {
  readonly what: "cluster" | "pool";
  readonly dialect: Dialect;
}

interface TypeToken extends PartOfCluster {
  readonly apiVersion: string | undefined;
}

/**
 * The part of a cluster that a type token of Pulumi names, or `undefined`. `version` is the provider's; one that is
 * not known means the newest.
 */
export function pulumiPartOf(type: string, version?: string): PartOfCluster | undefined {
  // A host asks for every resource of a program, most of which are no cluster.
  let token = typeTokens.get(type);
  if (token === undefined) {
    if (typeTokens.size >= mostTypeTokens) typeTokens.clear();
    typeTokens.set(type, (token = typeTokenOf(type) ?? "another resource"));
  }
  if (token === "another resource") return undefined;
  const { what, dialect, apiVersion } = token;
  return { what, dialect: dialectAt(dialect, dialect.versions?.of === "API" ? apiVersion : version) };
}

const typeTokens = new Map<string, TypeToken | "another resource">();
const mostTypeTokens = 4096;

function typeTokenOf(type: string): TypeToken | undefined {
  for (const dialect of dialects) {
    const { pulumi } = dialect.matches;
    if (pulumi === undefined) continue;
    const match = pulumi.pattern?.exec(type);
    const isPool = type === pulumi.pool || match?.groups?.["pool"] !== undefined;
    if (!isPool && type !== pulumi.cluster && (match === undefined || match === null)) continue;
    const [, ...date] = pulumi.apiVersion?.exec(type) ?? [];
    const apiVersion = date.length === 0 ? undefined : date.join("-");
    return { what: isPool ? "pool" : "cluster", dialect, apiVersion };
  }
  return undefined;
}

/** What a resource type of Terraform is to a cluster. What an API resource is, its own type says: see `apiPartOf`. */
export type TerraformPart =
  | PartOfCluster
  | { readonly what: "API resource"; readonly typeAt: string; readonly dialects: readonly Dialect[] }
  | { readonly what: "template deployment"; readonly types: TemplateTypes; readonly dialect: Dialect };

export function terraformPartOf(type: string): TerraformPart | undefined {
  return terraformParts.get(type);
}

const terraformParts: ReadonlyMap<string, TerraformPart> = terraformPartsOf(dialects);

function terraformPartsOf(all: readonly Dialect[]): ReadonlyMap<string, TerraformPart> {
  const parts = new Map<string, TerraformPart>();
  for (const dialect of all) {
    const { terraform, azapi, template } = dialect.matches;
    if (terraform !== undefined) parts.set(terraform.cluster, { what: "cluster", dialect });
    if (terraform?.pool !== undefined) parts.set(terraform.pool, { what: "pool", dialect });
    if (template !== undefined) {
      const part = { what: "template deployment", types: template, dialect } as const;
      for (const type of template.terraform) parts.set(type, part);
    }
    for (const type of azapi?.resources ?? []) {
      const ofType = all.filter((each) => each.matches.azapi?.resources.includes(type) === true);
      parts.set(type, { what: "API resource", typeAt: azapi?.typeAt ?? "", dialects: ofType });
    }
  }
  return parts;
}

/** What an API resource is, by its type. Of an expression only what is written before it is known. */
export function apiPartOf(type: string, among: readonly Dialect[]): PartOfCluster | undefined {
  const end = type.indexOf("@");
  const name = end === -1 ? "" : type.slice(0, end);
  for (const dialect of among) {
    const { azapi } = dialect.matches;
    if (azapi === undefined) continue;
    const { cluster, pool = "" } = azapi;
    if (azapi.unclear === true) {
      if (mayBecome(type, cluster)) return { what: "cluster", dialect };
    } else if (name !== "") {
      if (isSameType(name, cluster)) return { what: "cluster", dialect };
      if (isSameType(name, pool)) return { what: "pool", dialect };
    }
  }
  return undefined;
}

/** Azure's API takes its types in any case. */
export function isSameType(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

/** Is what is written before the first expression no more than the beginning of a type? */
function mayBecome(type: string, wanted: string): boolean {
  const [start = ""] = type.split(/[$%]\{/);
  return start !== type && wanted.toLowerCase().startsWith(start.toLowerCase());
}

/** The dialect of a module's variables, by its source. */
export function moduleDialectOf(source: string): Dialect | undefined {
  const dialect = dialects.find(({ matches }) => matches.module?.source.test(source) === true);
  return dialect?.matches.module?.except?.test(source) === true ? undefined : dialect;
}

/** The types of the Terraform resources that a separate pool may refer to as its cluster. */
export const clusterTypesOfTerraform: readonly string[] = dialects
  .filter(({ patch, whole }) => patch !== true && whole === undefined)
  .flatMap(({ matches: { terraform, azapi } }) => [
    ...(terraform === undefined ? [] : [terraform.cluster]),
    ...(azapi?.resources ?? []),
  ]);

/** The types of the Terraform resources that may be a separate pool. */
export const poolTypesOfTerraform: readonly string[] = [...terraformParts]
  .filter(([, { what }]) => what === "pool" || what === "API resource")
  .map(([type]) => type);
