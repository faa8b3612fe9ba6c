import type { Shape } from "../cluster/setting";

/**
 * One part of a declared resource, as its host sees it. A host implements this over its own objects and says when a
 * part is not known yet; a dialect walks it and says which parts make a cluster.
 */
export type Field =
  /** `isNull`: null is written, and not nothing at all. Only in a patch is that a difference. */
  | { readonly kind: "absent"; readonly isNull?: true }
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
export const nullField: Field = { kind: "absent", isNull: true };
export const unknownField: Field = { kind: "unknown" };

/** Is anything written there, be it null? */
export function isStated(field: Field): boolean {
  return field.kind !== "absent" || field.isNull === true;
}

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

/** An object whose parts are read when they are first needed: many settings stand in one block. */
export function objectField(read: (name: string) => Field, names: () => readonly string[]): Field {
  const children = new Map<string, Field>();
  return {
    kind: "object",
    child: (name) => {
      let child = children.get(name);
      if (child === undefined) children.set(name, (child = read(name)));
      return child;
    },
    names,
  };
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
        return objectField(
          // Own properties only: `__proto__` and its like are never a declared part.
          (name) => (has(value, name) ? childOf(value, name) : absentField),
          () => Object.keys(value),
        );
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

/** Values as they are: no text among them stands for another value. */
export const plainField: (value: unknown) => Field = fieldsOf((holder, key) => ({
  value: Reflect.get(holder, key) as unknown,
}));
