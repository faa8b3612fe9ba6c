import type { AzapiTypes, Dialect, SettingName } from "../../dialects/dialect";
import type { JsonObject } from "../json";
import { isRecord } from "../json";
import { documentIn } from "./attributes";
import { isFilledIn } from "./syntax";

/**
 * A dialect as one block uses it whose document is written in two attributes: what the second one states is written there,
 * and a fix in the first would change nothing.
 */
export function dialectOfPatched(dialect: Dialect, attributes: JsonObject): Dialect {
  const { azapi } = dialect.matches;
  if (azapi === undefined) return dialect;
  const { at, patch } = azapi.document;
  const document = documentIn(attributes[at]);
  const isDocument =
    document === undefined || document === null || isRecord(document) || isFilledIn(document);
  const changes = documentIn(attributes[patch]);
  if (changes === undefined || changes === null || !isDocument) return dialect;
  return withPaths(dialect, azapi.document, (path) => states(changes, path.split(".").slice(1)));
}

/** Does a document state what is at a path? A part of it that is no object states all of what is below it. */
function states(document: unknown, path: readonly string[]): boolean {
  let part = document;
  for (const name of path) {
    if (part === undefined) return false;
    if (!isRecord(part) || isFilledIn(part)) return true;
    part = Object.hasOwn(part, name) ? part[name] : undefined;
  }
  return part !== undefined;
}

function withPaths(
  dialect: Dialect,
  { at, patch }: AzapiTypes["document"],
  isStated: (path: string) => boolean,
): Dialect {
  const inPatch = (path: string): string => `${patch}${path.slice(at.length)}`;
  const settings = { ...dialect.settings };
  const stated: string[] = [];
  for (const [name, paths] of Object.entries(settings) as [SettingName, readonly string[]][]) {
    const there = paths.filter(isStated);
    stated.push(...there);
    settings[name] = [...there.map(inPatch), ...paths];
  }
  const { poolsInside } = dialect;
  if (isStated(poolsInside.path)) stated.push(poolsInside.path);
  if (stated.length === 0) return dialect;
  return {
    ...dialect,
    settings,
    poolsInside: isStated(poolsInside.path)
      ? { ...poolsInside, path: inPatch(poolsInside.path) }
      : poolsInside,
  };
}
