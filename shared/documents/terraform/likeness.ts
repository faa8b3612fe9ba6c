import { azurerm } from "../../dialects/azurerm";
import type { Dialect } from "../../dialects/dialect";
import type { JsonObject } from "../json";
import { isRecord } from "../json";
import { isToken } from "./syntax";

/** A part by which a cluster is read, with the parts inside it. */
export interface Part {
  readonly name: string;
  /** What it is called in a likeness, in every dialect. */
  readonly key: string;
  readonly parts: readonly Part[];
}

/** The parts by which a dialect reads a cluster, except those that make its identity. */
export function partsOf({ settings, poolsInside, pool }: Dialect): readonly Part[] {
  const ofPool = pathsOf(pool).map((path) => `${poolsInside.path}.${path}`);
  return treeOf([...pathsOf(settings), ...ofPool]);
}

/** The parts by which it reads a pool that is a resource of its own. */
export function partsOfPool({ pool, poolsCluster }: Dialect): readonly Part[] {
  return treeOf([...pathsOf(pool), poolsCluster.path]);
}

function pathsOf(named: Dialect["settings"] | Dialect["pool"]): readonly string[] {
  return Object.values(named).flatMap((each: string | readonly string[]) => each);
}

function treeOf(paths: readonly string[]): readonly Part[] {
  const below = new Map<string, string[]>();
  for (const path of paths) {
    const [name = "", ...rest] = path.split(".");
    below.set(name, [...(below.get(name) ?? []), ...(rest.length > 0 ? [rest.join(".")] : [])]);
  }
  return [...below].map(([name, inner], i) => ({ name, key: `${i}=`, parts: treeOf(inner) }));
}

/**
 * The same text for clusters that read the same but for their identity: an app that makes many makes them alike.
 * `undefined` where that is not plain to see, as where a token may mean something else elsewhere.
 */
export function likenessOf(holder: JsonObject, parts: readonly Part[]): string | undefined {
  // Dynamic blocks make more of any part, and whoever writes JSON asks the other method first.
  if ("dynamic" in holder || "toJSON" in holder) return undefined;
  let all = "";
  for (const { name, key, parts: inner } of parts) {
    const value = holder[name];
    // As most parts of most clusters are.
    if (value === undefined || value === null) continue;
    const text = inner.length === 0 ? textOfValue(value) : textOfBlock(value, inner);
    if (text === undefined) return undefined;
    all += key + text;
  }
  return all;
}

export function textOfBlock(value: unknown, parts: readonly Part[]): string | undefined {
  if (!isRecord(value) || Object.getPrototypeOf(value) !== Object.prototype || "resolve" in value)
    return undefined;
  const text = likenessOf(value, parts);
  return text === undefined ? undefined : `{${text}}`;
}

/** The text of a value that is there; `undefined` where it is not plain. */
export function textOfValue(value: unknown): string | undefined {
  switch (typeof value) {
    case "string":
      return isToken(value) ? undefined : `${value.length}"${value}`;
    case "number":
      return isToken(value) ? undefined : `${value},`;
    case "boolean":
      return `${value},`;
    case "object":
      return Array.isArray(value) ? textOfList(value) : undefined;
    case "undefined":
    case "bigint":
    case "function":
    case "symbol":
      return undefined;
  }
}

function textOfList(list: readonly unknown[]): string | undefined {
  const texts = list.map(textOfValue);
  return texts.includes(undefined) ? undefined : `[${texts.join("")}]`;
}

/** The parts of a cluster of azurerm as Terraform's JSON has them. */
export const writtenParts = partsOf(azurerm);

/** The likeness of a block that is written out. Of other types a program has few, which are read one by one. */
export function likenessOfBlock(type: string, attributes: JsonObject): string | undefined {
  return type === azurerm.matches.terraform?.cluster ? likenessOf(attributes, writtenParts) : undefined;
}
