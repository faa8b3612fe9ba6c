import { snakeCase } from "../../dialects/spelling";
import type { Field } from "../../reading/field";
import { fieldsOf } from "../../reading/field";
import type { Lifecycle } from "../clusters";
import type { JsonObject } from "../json";
import { isRecord } from "../json";
import { withDocument } from "./document-attribute";
import type { Link } from "./link";
import { isFilledIn, isToken, listOf } from "./syntax";

/** How a resource's attributes are written where they are not plain Terraform JSON. */
export interface Notation {
  /** The user writes a generated class: `networkProfile` for what Terraform calls `network_profile`. */
  readonly camelCase?: boolean;
  /** The attribute that holds a whole document, perhaps as JSON text, and the one whose document is merged into it. */
  readonly document?: { readonly at: string; readonly patch: string };
}

/** The attributes of a block, in whatever form its document has them. */
export interface Attributes {
  /** As fields, as far as they are asked for. */
  readonly read: (notation?: Notation) => Field;
  /** A text as the document has it, be it an expression. */
  readonly textAt: (name: string) => string | undefined;
  /** Which cluster the id at this name is; `undefined` where it is none. */
  readonly linkAt: (name: string) => Link | undefined;
  readonly lifecycle: () => Lifecycle;
  /** How many there are of the block; `undefined` where only Terraform knows. */
  readonly instances: () => number | undefined;
  /** The same text for blocks that read the same at these names; `undefined` where only reading them would tell. */
  readonly keyOf: (names: readonly string[]) => string | undefined;
  /** Is it a value in a document inside of an attribute that only Terraform knows? */
  readonly isFilledIn: (value: unknown) => boolean;
}

/**
 * Attributes in Terraform's JSON syntax as fields: what only Terraform knows is unknown.
 *
 * @param constant what a value comes to, as far as the document decides it
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
    // What is not there is read as nothing.
    () => true,
  );
  const root = fieldOf(attributes);
  if (document === undefined) return root;
  // A document that is written out may hold expressions here and there; one that is an expression is no document.
  return withDocument(root, document, fieldOf, (name) => {
    const written = constant(blockAt(attributes, nameOf(name), constant));
    return typeof written === "string" ? written : undefined;
  });
}

/** JSON has no word for the other numbers, and null is written for them. */
function isWritable(value: unknown): boolean {
  return typeof value !== "number" || Number.isFinite(value);
}

const unknownBlock = Symbol("as many blocks as only Terraform knows");

/** A part as written, or as dynamic blocks of its name make it. */
function blockAt(holder: JsonObject, name: string, constant: (written: unknown) => unknown): unknown {
  const written = Object.hasOwn(holder, name) ? holder[name] : undefined;
  if (!("dynamic" in holder)) return written;
  const dynamic = dynamicBlocks(holder, name, constant);
  if (dynamic === undefined) return written;
  if (dynamic === "unknown") return unknownBlock;
  if (dynamic.length === 0) return written;
  return written === undefined || written === null ? dynamic : [written, ...dynamic];
}

/** The blocks that `dynamic` writes, where its `for_each` is written out: https://developer.hashicorp.com/terraform/language/expressions/dynamic-blocks. */
function dynamicBlocks(
  holder: JsonObject,
  name: string,
  constant: (written: unknown) => unknown,
): readonly unknown[] | "unknown" | undefined {
  const found = listOf(holder["dynamic"]).flatMap((each) =>
    isRecord(each) && Object.hasOwn(each, name) ? listOf(each[name]) : [],
  );
  if (found.length === 0) return undefined;
  const blocks: unknown[] = [];
  for (const dynamic of found) {
    if (!isRecord(dynamic)) return "unknown";
    const each = constant(dynamic["for_each"]);
    if (typeof each !== "object" || each === null || isToken(each)) return "unknown";
    const times = Array.isArray(each) ? each.length : Object.keys(each).length;
    // No block that is read may stand twice, so two are as good as two million.
    for (let i = 0; i < Math.min(times, 2); i++) blocks.push(...listOf(dynamic["content"]));
  }
  return blocks;
}
