import type { Field } from "../reading/field";
import { absentField } from "../reading/field";

/**
 * The settings of a separate pool at a path such as `body.properties`, together with its name, which is not
 * below that path.
 */
export function separatePoolAt(root: Field, path: string | undefined, name: Field): Field {
  if (path === undefined) return root;
  let settings = root;
  for (const part of path.split(".")) {
    // An unknown or unreadable value must not look like an empty block.
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
