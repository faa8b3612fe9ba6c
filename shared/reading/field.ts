import type { Shape } from "../cluster/setting";

/**
 * One part of a declared resource, as its host sees it. A host implements this over its own objects and says when a
 * part is not known yet; a dialect walks it and says which parts make a cluster.
 */
export type Field =
  /** `written`: null is written there, which most tools read as nothing. */
  | { readonly kind: "absent"; readonly written?: true }
  | { readonly kind: "unknown" }
  | { readonly kind: "scalar"; readonly value: string | number | boolean }
  | { readonly kind: "list"; readonly items: () => readonly Field[] }
  | {
      readonly kind: "object";
      readonly child: (name: string) => Field;
      /** The names of what is written in it, where a host can list them: a map of pools has names of the user's own. */
      readonly names?: () => readonly string[];
    };

export const absentField: Field = { kind: "absent" };
const nullField: Field = { kind: "absent", written: true };
export const unknownField: Field = { kind: "unknown" };

/** Nothing is written: Azure and azurerm both treat an empty text like no value. */
export function isEmpty(field: Field): boolean {
  return field.kind === "absent" || (field.kind === "scalar" && field.value === "");
}

export function shapeOf(field: Exclude<Field, { kind: "absent" | "unknown" }>): Shape {
  switch (field.kind) {
    case "list":
      return "a list";
    case "object":
      return "an object";
    case "scalar":
      return scalarShape(field.value);
  }
}

function scalarShape(value: string | number | boolean): Shape {
  if (typeof value === "string") return "text";
  return typeof value === "number" ? "a number" : "a boolean";
}

/** What one read of a property of a host's object gave; a host says `unknown` for a value that is not known yet. */
export type Read = { readonly value: unknown } | "unknown";

/**
 * Makes fields of a host's plain objects. `read` fetches one own property of an object or list, because only the host
 * knows how a value that is not known yet shows itself (Pulumi's proxies throw). `has` says whether a name is written
 * at all, because only the host knows whether a name is spelt differently in its objects.
 */
export function fieldsOf(
  read: (holder: object, key: string | number) => Read,
  has: (holder: object, name: string) => boolean = Object.hasOwn,
): (value: unknown) => Field {
  const childOf = (holder: object, key: string | number): Field => {
    const got = read(holder, key);
    return got === "unknown" ? unknownField : fieldOf(got.value);
  };
  const fieldOf = (value: unknown): Field => {
    switch (typeof value) {
      case "string":
      case "number":
      case "boolean":
        return { kind: "scalar", value };
      case "undefined":
        return absentField;
      case "object": {
        if (value === null) return nullField;
        if (Array.isArray(value)) {
          const list: readonly unknown[] = value;
          return {
            kind: "list",
            items: () => {
              // By number, because a host's list need not be one that can be iterated or mapped.
              const items: Field[] = [];
              for (let i = 0; i < list.length; i++) items.push(childOf(list, i));
              return items;
            },
          };
        }
        // Many settings stand in one block, which is read once.
        const children = new Map<string, Field>();
        return {
          kind: "object",
          child: (name) => {
            const known = children.get(name);
            if (known !== undefined) return known;
            // Own properties only: `__proto__` and its like are never a declared part.
            const child = has(value, name) ? childOf(value, name) : absentField;
            children.set(name, child);
            return child;
          },
          names: () => Object.keys(value),
        };
      }
      case "bigint":
        return { kind: "scalar", value: Number(value) };
      case "function":
      case "symbol":
        return { kind: "object", child: () => absentField };
    }
  };
  return fieldOf;
}
