import { snakeCase } from "../../dialects/spelling";
import type { Field } from "../../reading/field";
import { fieldsOf } from "../../reading/field";
import type { JsonObject } from "../json";
import { isRecord, parsedJson } from "../json";
import { isExpression, isToken, listOf } from "./syntax";

/** How a resource's attributes are written where they are not plain Terraform JSON. */
export interface Notation {
  /** The user writes a generated class: `networkProfile` for what Terraform calls `network_profile`. */
  readonly camelCase?: boolean;
  /** The attribute that holds a whole document, perhaps as JSON text, and the one whose document is merged into it. */
  readonly document?: { readonly at: string; readonly patch: string };
}

export interface AttributesAsFields {
  readonly root: Field;
  /** Was anything met that only a resolved stack can tell? */
  readonly metTokens: () => boolean;
}

/** Attributes of a resource as fields: what only Terraform knows is unknown, and so is what is not resolved. */
export function readAttributes(attributes: JsonObject, notation: Notation = {}): AttributesAsFields {
  let tokens = false;
  const nameOf = (name: string): string => (notation.camelCase === true ? snakeCase(name) : name);
  const documentAt = (name: string): unknown => {
    const written = blockAt(attributes, nameOf(name));
    // A document that is written out may hold expressions here and there; one that is an expression is no document.
    return typeof written === "string" ? (parsedJson(written) ?? written) : written;
  };
  const root = fieldsOf(
    (holder, key) => {
      const value =
        typeof key === "number"
          ? (holder as readonly unknown[])[key]
          : holder === attributes && key === notation.document?.at
            ? patched(documentAt(key), documentAt(notation.document.patch))
            : blockAt(holder as JsonObject, nameOf(key));
      if (isToken(value)) {
        tokens = true;
        return "unknown";
      }
      return value === unknownBlock || isExpression(value) ? "unknown" : { value };
    },
    // What is not there is read as nothing.
    () => true,
  )(attributes);
  return { root, metTokens: () => tokens };
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
    // No block that is read may stand twice, so two are as good as two million.
    for (let i = 0; i < Math.min(times, 2); i++) blocks.push(...listOf(dynamic["content"]));
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
