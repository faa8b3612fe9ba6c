import type { Field } from "../reading/field";
import { absentField } from "../reading/field";

/** The settings of a separate pool where they are below a path such as `body.properties`, together with its name, which is not. */
export function separatePoolAt(root: Field, path: string | undefined, name: Field): Field {
  if (path === undefined) return root;
  let settings = root;
  for (const part of path.split(".")) {
    // What is not known, or has no parts that could be read, must not look like a block that is empty.
    if (!mayHaveParts(settings)) return settings;
    settings = childOf(settings, part);
  }
  if (!mayHaveParts(settings)) return settings;
  const below = settings;
  return { kind: "object", child: (part) => (part === "name" ? name : childOf(below, part)) };
}

function mayHaveParts({ kind }: Field): boolean {
  return kind === "object" || kind === "absent";
}

export function childOf(field: Field, name: string): Field {
  if (field.kind === "object") return field.child(name);
  return field.kind === "unknown" ? field : absentField;
}

export function textOf(field: Field): string | undefined {
  return field.kind === "scalar" && typeof field.value === "string" ? field.value : undefined;
}
