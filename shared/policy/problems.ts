/** Problems in a configuration, as lines for its author. */
import type * as v from "valibot";
import { unquoted } from "../rules/options";

export type Path = readonly (string | number)[];

/** What a schema found: the path, the value found, the values allowed. */
export function problemsOf(issues: readonly v.BaseIssue<unknown>[], above: Path): string[] {
  return issues.flatMap((issue) => {
    const keys = (issue.path ?? []).map(({ key }) => (typeof key === "number" ? key : String(key)));
    const path = [...above, ...keys];
    const ofAlternatives = issue.issues?.filter(({ path: deep, type }) =>
      typeof issue.input === "string" ? type === "picklist" : deep !== undefined,
    );
    if (ofAlternatives !== undefined && ofAlternatives.length > 0) return problemsOf(ofAlternatives, path);
    if (issue.expected === "never") {
      const name = quoted(unquoted(issue.received));
      return [`${dotted(path.slice(0, -1))} has an unknown key ${name}; expected ${issue.message}`];
    }
    if (issue.input === undefined) return [`${dotted(path)} is missing`];
    return [`${dotted(path)} is ${described(issue.input)}; expected ${issue.message}`];
  });
}

/** Reports lists where an object is expected: the library treats an empty list as an object without keys. */
export function listsForObjects(given: unknown, parsed: unknown, at: Path): string[] {
  if (!(parsed instanceof Object)) return [];
  if (Array.isArray(given) && !Array.isArray(parsed))
    return [`${dotted(at)} is ${described(given)}; expected an object`];
  return Object.entries(given as object).flatMap(([key, value]) =>
    listsForObjects(value, Reflect.get(parsed, key), [...at, key]),
  );
}

function dotted(path: Path): string {
  if (path.length === 0) return "the configuration";
  return path
    .map((key) => (typeof key === "number" ? `[${key}]` : `.${key}`))
    .join("")
    .slice(1);
}

function described(value: unknown): string {
  if (typeof value === "string") return quoted(value);
  if (Array.isArray(value)) return value.length === 0 ? "an empty list" : "a list";
  if (typeof value === "object") return value === null ? "null" : "an object";
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  return `a ${typeof value}`;
}

function quoted(words: string): string {
  return JSON.stringify(words.length > 60 ? `${words.slice(0, 57)}...` : words);
}
