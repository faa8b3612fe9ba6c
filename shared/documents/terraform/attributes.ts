import { snakeCase } from "../../dialects/spelling";
import type { Field } from "../../reading/field";
import { fieldsOf } from "../../reading/field";
import type { Lifecycle } from "../clusters";
import type { JsonObject } from "../json";
import { isRecord } from "../json";
import { withDocument } from "./document-attribute";
import type { Link } from "./link";
import { isFilledIn, isToken, listOf } from "./syntax";

/** How a resource's attributes are written if they are not plain Terraform JSON. */
export interface Notation {
  /** The user writes a generated class: `networkProfile` for Terraform's `network_profile`. */
  readonly camelCase?: boolean;
  /**
   * The attribute that holds a whole document, possibly as JSON text, and the one whose document is merged
   * into it.
   */
  readonly document?: { readonly at: string; readonly patch: string };
}

/** The attributes of a block, whatever their form in the document. */
export interface Attributes {
  /** As fields, read lazily. */
  readonly read: (notation?: Notation) => Field;
  /** A text as in the document, even if it is an expression. */
  readonly textAt: (name: string) => string | undefined;
  /** The cluster that the ID at this name refers to; `undefined` if it refers to none. */
  readonly linkAt: (name: string) => Link | undefined;
  readonly lifecycle: () => Lifecycle;
  /** The number of instances of the block; `undefined` if only Terraform knows. */
  readonly instances: () => number | undefined;
  /** An equal text for blocks that read the same at these names. */
  readonly keyOf: (names: readonly string[]) => string;
  /** Does a document inside an attribute contain a value that only Terraform knows? */
  readonly isFilledIn: (value: unknown) => boolean;
}

/**
 * Attributes in Terraform's JSON syntax as fields; what only Terraform knows is unknown.
 *
 * @param constant resolves a value as far as the document determines it
 */
export function readAttributes(
  attributes: JsonObject,
  notation: Notation = {},
  constant: (written: unknown) => unknown = (written) => written,
): Field {
  const { camelCase = false, document } = notation;
  const nameOf = (name: string): string => (camelCase ? snakeCase(name) : name);
  const fieldOf = fieldsOf(
    (holder, key) => {
      const value = constant(
        typeof key === "number"
          ? (holder as readonly unknown[])[key]
          : blockAt(holder as JsonObject, nameOf(key), constant),
      );
      return value === unknownBlock || isFilledIn(value)
        ? "unknown"
        : { value: isWritable(value) ? value : null };
    },
    // A missing attribute counts as not set.
    () => true,
  );
  const root = fieldOf(attributes);
  if (document === undefined) return root;
  // A document written in full may hold expressions in places; one that is itself an expression cannot be
  // read.
  return withDocument(root, document, fieldOf, (name) => {
    const written = constant(blockAt(attributes, nameOf(name), constant));
    return typeof written === "string" ? written : undefined;
  });
}

/** JSON cannot express infinities and NaN; they become null. */
function isWritable(value: unknown): boolean {
  return typeof value !== "number" || Number.isFinite(value);
}

const unknownBlock = Symbol("as many blocks as only Terraform knows");

/** A part as written, or as produced by dynamic blocks of its name. */
function blockAt(holder: JsonObject, name: string, constant: (written: unknown) => unknown): unknown {
  const written = Object.hasOwn(holder, name) ? holder[name] : undefined;
  if (!("dynamic" in holder)) return written;
  const dynamic = dynamicBlocks(holder, name, constant);
  if (dynamic === undefined) return unknownBlock;
  if (dynamic.length === 0) return written;
  return written === undefined || written === null ? dynamic : [written, ...dynamic];
}

/**
 * The blocks that `dynamic` produces; `undefined` if its `for_each` is not known:
 * https://developer.hashicorp.com/terraform/language/expressions/dynamic-blocks.
 */
function dynamicBlocks(
  holder: JsonObject,
  name: string,
  constant: (written: unknown) => unknown,
): readonly unknown[] | undefined {
  const found = listOf(holder["dynamic"]).flatMap((each) =>
    isRecord(each) && Object.hasOwn(each, name) ? listOf(each[name]) : [],
  );
  const blocks: unknown[] = [];
  for (const dynamic of found) {
    if (!isRecord(dynamic)) return undefined;
    const each = constant(dynamic["for_each"]);
    if (typeof each !== "object" || each === null || isToken(each)) return undefined;
    const times = Array.isArray(each) ? each.length : Object.keys(each).length;
    // None of the blocks read here may occur twice, so two are as good as two million.
    for (let i = 0; i < Math.min(times, 2); i++) blocks.push(...listOf(dynamic["content"]));
  }
  return blocks;
}
