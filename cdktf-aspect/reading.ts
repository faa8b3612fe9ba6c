import type { Field } from "../shared/reading/field";
import { fieldsOf } from "../shared/reading/field";
import type { Attributes } from "./constructs";
import { isRecord } from "./constructs";

/** How a resource's attributes are spelt and written where they are not plain Terraform JSON. */
export interface Writing {
  /** The user writes a generated class: `networkProfile` for what Terraform calls `network_profile`. */
  readonly camelCase?: boolean;
  /** The attribute that holds a whole document, perhaps as JSON text, and the one whose document is merged into it. */
  readonly document?: { readonly at: string; readonly patch: string };
}

/** azapi sends `body` as `sensitive_body` patches it (azapi from 2.2). */
export const azapiBody: Writing = { document: { at: "body", patch: "sensitive_body" } };

export interface Reading {
  readonly root: Field;
  /** Was anything met that only a resolved stack can tell? */
  readonly metTokens: () => boolean;
}

/** Attributes of a resource as fields: what only Terraform knows is unknown, and so is what is not resolved. */
export function read(attributes: Attributes, writing: Writing = {}): Reading {
  let tokens = false;
  const nameOf = (name: string): string => (writing.camelCase === true ? snakeCase(name) : name);
  const documentAt = (name: string): unknown => {
    const written = blockAt(attributes, nameOf(name));
    // A document that is written out may hold expressions here and there; one that is an expression is no document.
    return typeof written === "string" ? (parsed(written) ?? written) : written;
  };
  const root = fieldsOf(
    (holder, key) => {
      const value =
        typeof key === "number"
          ? (holder as readonly unknown[])[key]
          : holder === attributes && key === writing.document?.at
            ? patched(documentAt(key), documentAt(writing.document.patch))
            : blockAt(holder as Attributes, nameOf(key));
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

export function camelCase(name: string): string {
  return name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

const unknownBlock = Symbol("as many blocks as only Terraform knows");

/** A part as it is written, or as dynamic blocks of its name make it. */
function blockAt(holder: Attributes, name: string): unknown {
  const written = Object.hasOwn(holder, name) ? holder[name] : undefined;
  if (!("dynamic" in holder)) return written;
  const dynamic = dynamicBlocks(holder, name);
  if (dynamic === undefined) return written;
  if (dynamic === "unknown") return unknownBlock;
  if (dynamic.length === 0) return written;
  return written === undefined || written === null ? dynamic : [written, ...dynamic];
}

/** The blocks that `dynamic` writes, where its `for_each` is written out: https://developer.hashicorp.com/terraform/language/expressions/dynamic-blocks. */
function dynamicBlocks(holder: Attributes, name: string): readonly unknown[] | "unknown" | undefined {
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

export function listOf(value: unknown): readonly unknown[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}

/** Is it a value that the library has not resolved yet? Tokens hide in texts, numbers, lists, maps and objects alike. */
export function isToken(value: unknown): boolean {
  switch (typeof value) {
    case "string":
      return value.includes("TfToken[");
    case "number":
      // A number that stands for a token is far below any that means something.
      return value < -1e280;
    case "object":
      if (value === null || Array.isArray(value)) return false;
      if ("resolve" in value && typeof value.resolve === "function") return true;
      return Object.keys(value).some((key) => key.includes("TfToken["));
    case "function":
      return true;
    case "bigint":
    case "boolean":
    case "symbol":
    case "undefined":
      return false;
  }
}

/** Does a text hold something that Terraform fills in? A doubled `$${` is a plain text. */
function isExpression(value: unknown): boolean {
  // Most texts have no brace, which is sooner seen.
  return typeof value === "string" && value.includes("{") && /(?<![$%])(?:\$|%)\{/.test(value);
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

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * A resource's attributes as HCL will hold them. The libraries describe each attribute by its value and kind; an
 * override lands beside the value, where the HCL renderer does not look.
 */
export function asHcl(attributes: unknown): unknown {
  if (Array.isArray(attributes)) return attributes.map(asHcl);
  if (!isRecord(attributes) || isToken(attributes)) return attributes;
  if ("value" in attributes && ("type" in attributes || "isBlock" in attributes || "is_block" in attributes))
    return asHcl(attributes["value"]);
  return Object.fromEntries(Object.entries(attributes).map(([name, value]) => [name, asHcl(value)]));
}

/** Field of a JSON document of Azure Resource Manager, whose expressions stand in brackets. */
export function readTemplate(resource: Attributes, resolve: (expression: string) => unknown): Field {
  return fieldsOf((holder, key) => {
    const written: unknown = Reflect.get(holder, key);
    const value = isArmExpression(written) ? resolve(written) : written;
    return value === undefined || isArmExpression(value) || isExpression(value) || isToken(value)
      ? "unknown"
      : { value };
  })(resource);
}

/** `[parameters('engine')]`; a text that begins with two brackets is a plain one. */
export function isArmExpression(value: unknown): value is string {
  return typeof value === "string" && /^\[(?!\[).*\]$/s.test(value);
}
