/** A resource of another tool that deploys an ARM template. */
import type { TemplateDeployment } from "../dialects/lookup";
import type { Field } from "../reading/field";
import { parametersIn } from "./arm/parameters";
import type { ClusterInTemplate } from "./arm/template";
import { clustersInTemplate } from "./arm/template";
import { isRecord, parsedJson } from "./json";
import { childOf, textOf } from "./separate-pool";

/** What is known of a deployment besides its fields. */
interface Around {
  /** A text as written, which may hold expressions. */
  readonly textAt?: (path: string) => string | undefined;
  /** Does such a text contain a value that only the tool knows? */
  readonly isFilledIn?: (value: unknown) => boolean;
}

/**
 * The clusters of the template that a resource deploys. A template that is not included is reported as
 * unreadable.
 */
export function clustersOfDeployment(
  root: Field,
  { dialect, types, at }: TemplateDeployment,
  around: Around = {},
): readonly ClusterInTemplate[] {
  const fieldAt = (path: string): Field => path.split(".").reduce(childOf, root);
  const documentAt = (path: string): unknown => {
    const field = fieldAt(path);
    if (field.kind === "absent") return {};
    const text = field.kind === "unknown" ? around.textAt?.(path) : textOf(field);
    return text === undefined ? jsonOf(field) : parsedJson(text);
  };
  const template = documentAt(at.template);
  if (!isRecord(template)) return [];
  const isLinked = at.parametersLink !== undefined && fieldAt(at.parametersLink).kind !== "absent";
  return clustersInTemplate(template, dialect, types, {
    parameters: isLinked ? undefined : parametersIn(documentAt(at.parameters)),
    place: at.template,
    ...(around.isFilledIn && { isFilledIn: around.isFilledIn }),
  });
}

/** Placeholder for an unknown value in otherwise plain JSON. */
const notShown = Symbol("a value that is not known");

/** Deeper than any template that Azure accepts. */
const deepest = 500;

/** A field as the JSON that it was made from. */
function jsonOf(field: Field, depth = 0): unknown {
  if (depth > deepest) return notShown;
  switch (field.kind) {
    case "absent":
      return null;
    case "unknown":
      return notShown;
    case "scalar":
      return field.value;
    case "list":
      return field.items().map((item) => jsonOf(item, depth + 1));
    case "object": {
      const names = field.names?.();
      return names === undefined
        ? notShown
        : Object.fromEntries(names.map((name) => [name, jsonOf(field.child(name), depth + 1)]));
    }
  }
}
