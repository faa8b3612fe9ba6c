/** What override files change in the other files of their folder: https://developer.hashicorp.com/terraform/language/files/override (read 2026-11). */
import type { JsonObject } from "../json";
import { isRecord } from "../json";
import { entriesOf } from "./block";
import { listOf } from "./syntax";

/** By how many labels the blocks are named of which others may override parts. */
const labels: Readonly<Record<string, number>> = { resource: 2, data: 2, module: 1, locals: 1 };

/** Is a file loaded after the others of its folder, to override them? */
export function isOverrideFile(name: string): boolean {
  return /(?:^|_)override\.(?:tf|tofu)(?:\.json)?$/.test(name);
}

/** The documents with what the overrides among them say written into the blocks that they name, and no longer into the overrides. */
export function withOverrides(
  documents: readonly unknown[],
  isOverride: (index: number) => boolean,
): readonly unknown[] {
  const changes = new Map<string, unknown[]>();
  documents.forEach((document, i) => {
    if (!isOverride(i)) return;
    mapped(document, (value, path) => {
      changes.set(path, [...(changes.get(path) ?? []), value]);
      return value;
    });
  });
  if (changes.size === 0) return documents;
  const declared = new Set<string>();
  const changed = documents.map((document, i) =>
    isOverride(i)
      ? document
      : mapped(document, (value, path, kind) => {
          declared.add(path);
          const over = changes.get(path) ?? [];
          return kind === "locals" ? [value, ...over].at(-1) : over.reduce(overridden, value);
        }),
  );
  // An override of what is nowhere is refused, and judged by itself.
  return changed.map((document, i) =>
    isOverride(i) ? mapped(document, (value, path) => (declared.has(path) ? undefined : value)) : document,
  );
}

/** A document with each of its blocks, and each local, changed; `undefined` leaves one out. */
function mapped(document: unknown, change: (value: unknown, path: string, kind: string) => unknown): unknown {
  return mapEach(document, (kind, part) => {
    const inside = (value: unknown, path: readonly string[]): unknown =>
      path.length > (labels[kind] ?? 0)
        ? change(value, JSON.stringify(path), kind)
        : mapEach(value, (name, each) => inside(each, [...path, name]));
    return Object.hasOwn(labels, kind) ? inside(part, [kind]) : part;
  });
}

/** An object, or each object of a list, with its values changed. */
function mapEach(value: unknown, change: (name: string, value: unknown) => unknown): unknown {
  if (Array.isArray(value)) return value.map((each: unknown) => mapEach(each, change));
  if (!isRecord(value)) return value;
  const entries = Object.entries(value).map(([name, part]) => [name, change(name, part)] as const);
  return Object.fromEntries(entries.filter(([, part]) => part !== undefined));
}

/** A block with another one over it. */
function overridden(base: unknown, over: unknown): unknown {
  const changes = Object.fromEntries(entriesOf(over));
  return listOf(base).map((block) => (isRecord(block) ? withChanges(block, changes) : block));
}

function withChanges(base: JsonObject, over: JsonObject): JsonObject {
  // Null and an empty list are no block, and leave the blocks that there are. An attribute they replace.
  const changes = Object.entries(over).filter(
    ([name, value]) => listOf(value).length > 0 || !listOf(base[name]).some(isRecord),
  );
  const dynamic = Object.fromEntries(entriesOf(over["dynamic"]));
  const named = new Set([...changes.map(([name]) => name), ...Object.keys(dynamic)]);
  // They replace all blocks of their type, also those that a dynamic block makes.
  const isKept = ([name]: readonly [string, unknown]): boolean => !named.has(name);
  return Object.fromEntries([
    ...Object.entries(base).filter(isKept),
    ...changes,
    [
      "dynamic",
      Object.fromEntries([...[...entriesOf(base["dynamic"])].filter(isKept), ...Object.entries(dynamic)]),
    ],
    ["lifecycle", Object.fromEntries([...entriesOf(base["lifecycle"]), ...entriesOf(over["lifecycle"])])],
  ]);
}
