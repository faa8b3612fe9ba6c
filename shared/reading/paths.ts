/** Follows a dotted path through the fields of a cluster or pool. */
import type { Dialect } from "../dialects/dialect";
import type { Field } from "./field";
import { absentField, isEmpty } from "./field";

/** A field and its path. */
export interface Located {
  readonly field: Field;
  readonly path: string;
  /**
   * The outermost part that is unknown or has the wrong type; equal to `path` if that is the setting itself.
   */
  readonly at: string;
}

/** The first of several names that is written; if none is, the first of them. */
export function find(root: Field, paths: readonly string[], dialect: Dialect, place = wholeCluster): Located {
  let first: Located | undefined;
  for (const path of paths) {
    const found = walk(root, path, dialect, place);
    if (!isEmpty(found.field)) return found;
    first ??= found;
  }
  const itself = place.named("");
  return first ?? { field: absentField, path: itself, at: itself };
}

/** The starting point of paths: the cluster, or a pool of it. */
export interface Place {
  /** The user's name for a part of it. */
  readonly named: (part: string) => string;
  /** Parsed paths: a dialect has few, and every cluster is read by them. */
  readonly routes: Map<string, Route>;
}

interface Route {
  readonly path: string;
  /** The starting point itself. */
  readonly start: string;
  readonly steps: readonly { readonly name: string; readonly at: string }[];
}

function placeWith(named: Place["named"]): Place {
  return { named, routes: new Map() };
}

export const wholeCluster = placeWith((part) => part);
/** A separate pool has no path inside the cluster by which its settings could be named. */
export const separatePool = placeWith((part) =>
  part === "" ? "a separate node pool" : `${part} of a separate node pool`,
);
const poolsInsideAt = new Map<string, Place>();

/** A pool inside the cluster, at a path such as `agentPoolProfiles[0]`. */
export function poolInside(path: string): Place {
  const known = poolsInsideAt.get(path);
  if (known !== undefined) return known;
  const place = placeWith((part) => join(path, part));
  poolsInsideAt.set(path, place);
  return place;
}

function routeOf(path: string, { named, routes }: Place): Route {
  const known = routes.get(path);
  if (known !== undefined) return known;
  const names = path.split(".");
  const steps = names.map((name, i) => ({ name, at: named(names.slice(0, i + 1).join(".")) }));
  const route = { path: named(path), start: named(""), steps };
  routes.set(path, route);
  return route;
}

/** Follows a path while there are blocks. */
export function walk(root: Field, route: string, dialect: Dialect, place = wholeCluster): Located {
  const { path, start, steps } = routeOf(route, place);
  let field = root;
  let at = start;
  for (const step of steps) {
    const block = blockOf(field, dialect);
    if (block.kind !== "object") return { field: block, path, at };
    at = step.at;
    field = block.child(step.name);
  }
  return { field, path, at };
}

/** Unwraps a list of one block, if the dialect writes blocks that way. */
export function blockOf(field: Field, dialect: Dialect): Field {
  if (!dialect.blocksMayBeLists || field.kind !== "list") return field;
  const [only = absentField, ...others] = field.items();
  return others.length === 0 ? only : field;
}

function join(path: string, name: string): string {
  return name === "" ? path : `${path}.${name}`;
}
