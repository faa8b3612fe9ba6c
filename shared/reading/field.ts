import type { Shape } from "../cluster/setting";

/**
 * One part of a declared resource, as its host sees it. A host implements this over its own objects and says
 * if a part is not known yet; a dialect walks it and picks the parts of a cluster.
 */
export type Field =
  /** `isNull`: null is written explicitly. This makes a difference only in a patch. */
  | { readonly kind: "absent"; readonly isNull?: true }
  | { readonly kind: "unknown" }
  | { readonly kind: "scalar"; readonly value: string | number | boolean }
  | { readonly kind: "list"; readonly items: () => readonly Field[] }
  | {
      readonly kind: "object";
      readonly child: (name: string) => Field;
      /**
       * The names written in it, if the host can list them: the keys of a map of pools are the user's own.
       */
      readonly names?: () => readonly string[];
    };

export const absentField: Field = { kind: "absent" };
export const nullField: Field = { kind: "absent", isNull: true };
export const unknownField: Field = { kind: "unknown" };

/** Is anything written there, even null? */
export function isStated(field: Field): boolean {
  return field.kind !== "absent" || field.isNull === true;
}

/** Nothing is written: Azure and azurerm both treat an empty string as no value. */
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

/** An object whose members are read on first use: many settings share one block. */
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

/** The result of reading a property of a host's object once; `unknown` for a value that is not known yet. */
export type Read = { readonly value: unknown } | "unknown";

/**
 * Makes fields of a host's plain objects. `read` fetches one own property of an object or list, because only
 * the host knows what an unknown value looks like (Pulumi's proxies throw). `has` tells whether a name is
 * written at all, because only the host knows whether its objects spell the name differently.
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
              // By index, because a host's list may not support iteration or `map`.
              const items: Field[] = [];
              for (let i = 0; i < list.length; i++) items.push(childOf(list, i));
              return items;
            },
          };
        }
        return objectField(
          // Own properties only: `__proto__` and the like are never declared.
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

/** Plain values: no text stands for another value. */
export const plainField: (value: unknown) => Field = fieldsOf((holder, key) => ({
  value: Reflect.get(holder, key) as unknown,
}));
