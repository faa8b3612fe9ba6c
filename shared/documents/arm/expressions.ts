import type { JsonObject } from "../json";
import { isRecord } from "../json";

/** Where the expressions of a template find their values. `parameters` is no object where it is not known. */
export interface Scope {
  readonly template: JsonObject;
  readonly parameters: unknown;
}

/** `[parameters('engine')]`; a text that begins with two brackets is a plain one. */
export function isArmExpression(value: unknown): value is string {
  return typeof value === "string" && /^\[(?!\[).*\]$/s.test(value);
}

/** The value of an expression that names a parameter or a variable and nothing else; `undefined` for any other. */
export function armValue(expression: string, { template, parameters }: Scope): unknown {
  const [, kind, name] = /^\[\s*(parameters|variables)\('([^']+)'\)\s*\]$/.exec(expression) ?? [];
  if (kind === undefined || name === undefined) return undefined;
  if (kind === "variables") return inAnyCase(template["variables"], name);
  if (!isRecord(parameters)) return undefined;
  const given = inAnyCase(parameters, name);
  // What is passed in another way, as from a key vault, is not known here.
  const value =
    given === undefined
      ? inAnyCase(inAnyCase(template["parameters"], name), "defaultValue")
      : inAnyCase(given, "value");
  return isArmExpression(value) ? undefined : value;
}

/** Azure's names are the same in any case. */
function inAnyCase(holder: unknown, name: string): unknown {
  if (!isRecord(holder)) return undefined;
  return Object.entries(holder).find(([each]) => each.toLowerCase() === name.toLowerCase())?.[1];
}

/**
 * Where the expressions of a nested template find their values: in the scope of the template around it, unless the
 * deployment says otherwise or the template around it is in language version 2.0.
 */
export function scopeOfNested(
  deployment: JsonObject,
  nested: JsonObject,
  around: JsonObject,
  scope: Scope,
): Scope {
  const { expressionEvaluationOptions: options, parameters = {} } = deployment;
  const stated = isRecord(options) ? String(options["scope"]).toLowerCase() : "";
  const isInner = stated === "inner" || (stated !== "outer" && around["languageVersion"] === "2.0");
  return isInner ? { template: nested, parameters } : scope;
}
