import { snakeCase } from "../../dialects/spelling";
import type { Field } from "../../reading/field";
import { fieldsOf } from "../../reading/field";
import type { JsonObject } from "../json";
import { isRecord, parsedJson } from "../json";
import { isExpression, isFilledIn, isToken, listOf } from "./syntax";

/** How a resource's attributes are written where they are not plain Terraform JSON. */
export interface Notation {
  /** The user writes a generated class: `networkProfile` for what Terraform calls `network_profile`. */
  readonly camelCase?: boolean;
  /** The attribute that holds a whole document, perhaps as JSON text, and the one whose document is merged into it. */
  readonly document?: { readonly at: string; readonly patch: string };
}

/** Attributes of a resource as fields: what only Terraform knows is unknown. */
export function readAttributes(attributes: JsonObject, notation: Notation = {}): Field {
  const { camelCase = false, document } = notation;
  const nameOf = (name: string): string => (camelCase ? snakeCase(name) : name);
  const valueAt = (holder: object, key: string | number): unknown => {
    if (typeof key === "number") return (holder as readonly unknown[])[key];
    const value = blockAt(holder as JsonObject, nameOf(key));
    if (holder !== attributes || document === undefined) return value;
    if (key === document.patch) return documentIn(value);
    return key === document.at
      ? patched(documentIn(value), documentIn(blockAt(attributes, document.patch)))
      : value;
  };
  return fieldsOf(
    (holder, key) => {
      const value = valueAt(holder, key);
      return value === unknownBlock || isFilledIn(value)
        ? "unknown"
        : { value: isWritable(value) ? value : null };
    },
    // What is not there is read as nothing.
    () => true,
  )(attributes);
}

/** A document that is written out may hold expressions here and there; one that is an expression is no document. */
export function documentIn(written: unknown): unknown {
  return typeof written === "string" ? (parsedJson(written) ?? written) : written;
}

/** JSON has no word for the other numbers, and null is written for them. */
function isWritable(value: unknown): boolean {
  return typeof value !== "number" || Number.isFinite(value);
}

const unknownBlock = Symbol("as many blocks as only Terraform knows");

/** A part as it is written, or as dynamic blocks of its name make it. */
function blockAt(holder: JsonObject, name: string): unknown {
  const written = Object.hasOwn(holder, name) ? holder[name] : undefined;
  if (!("dynamic" in holder)) return written;
  const dynamic = dynamicBlocks(holder, name);
  if (dynamic === undefined) return written;
  if (dynamic === "unknown") return unknownBlock;
  if (dynamic.length === 0) return written;
  return written === undefined || written === null ? dynamic : [written, ...dynamic];
}

/** The blocks that `dynamic` writes, where its `for_each` is written out: https://developer.hashicorp.com/terraform/language/expressions/dynamic-blocks. */
function dynamicBlocks(holder: JsonObject, name: string): readonly unknown[] | "unknown" | undefined {
  const found = listOf(holder["dynamic"]).flatMap((each) =>
    isRecord(each) && Object.hasOwn(each, name) ? listOf(each[name]) : [],
  );
  if (found.length === 0) return undefined;
  const blocks: unknown[] = [];
  for (const dynamic of found) {
    if (!isRecord(dynamic)) return "unknown";
    const each = dynamic["for_each"];
    if (typeof each !== "object" || each === null || isToken(each)) return "unknown";
    const times = Array.isArray(each) ? each.length : Object.keys(each).length;
    for (let i = 0; i < times; i++) blocks.push(...listOf(dynamic["content"]));
  }
  return blocks;
}

/** A document as another one patches it: https://www.rfc-editor.org/rfc/rfc7396. What cannot be told apart is not known. */
function patched(document: unknown, patch: unknown): unknown {
  if (patch === undefined || patch === null) return document;
  if (!isRecord(patch) || isToken(patch)) return patch;
  if (isToken(document)) return document;
  if (isExpression(document)) return unknownBlock;
  if (!isRecord(document) && document !== undefined && document !== null) return document;
  const result: Record<string, unknown> = { ...document };
  for (const [name, value] of Object.entries(patch)) {
    const before = result[name];
    if (value === null) Reflect.deleteProperty(result, name);
    else if (isRecord(value) && (isRecord(before) || isExpression(before)))
      result[name] = patched(before, value);
    else result[name] = value;
  }
  return result;
}
