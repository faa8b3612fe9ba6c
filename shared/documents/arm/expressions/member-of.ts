import { isRecord } from "../../json";
import type { Scope, Shared } from "./scope";
import { Members } from "./values";

/** Indexes of the members of a template and its parameters, kept per reading. */
const indexes = new WeakMap<Shared, WeakMap<object, Members<unknown>>>();

/** A member, found case-insensitively; `UNKNOWN` if the name occurs twice. */
export function memberOf(holder: unknown, name: string, scope: Scope): unknown {
  if (!isRecord(holder)) return undefined;
  const { shared } = scope.template;
  let index = indexes.get(shared);
  if (index === undefined) indexes.set(shared, (index = new WeakMap<object, Members<unknown>>()));
  let members = index.get(holder);
  if (members === undefined) index.set(holder, (members = new Members<unknown>(holder)));
  return members.get(name);
}
