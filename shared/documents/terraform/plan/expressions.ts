import type { JsonObject } from "../../json";
import { isRecord } from "../../json";
import type { ModuleStep } from "../address";
import type { Configuration, ConfiguredModule } from "./configuration";
import { partOf } from "./configuration";

/** The position of an expression, for resolving its references. */
export interface Scope {
  readonly configuration: Configuration;
  readonly module: ConfiguredModule;
  /** The instance of the module. */
  readonly steps: readonly ScopeStep[];
  /** The key of the instance of its resource or module call, as in an address. */
  readonly key: string;
  /**
   * The `for_each` of its resource or module call, if that is more than constants and functions of constants.
   */
  readonly forEach: unknown;
}

export interface ScopeStep extends ModuleStep {
  /** The most likely key of the instance, if it may be any. */
  readonly likelyKey?: string | undefined;
}

export interface ExpressionInScope {
  readonly expression: unknown;
  readonly scope: Scope;
}

/** A longer chain of references is not followed. */
const mostSteps = 200;

/**
 * Does an expression depend only on values that are known at plan time: variables of the root module, keys of
 * `for_each` and `count`, constants and functions of these? Locals are not in the document, so what they
 * depend on is unknown here.
 */
export function isKnownWhenPlanned(start: ExpressionInScope): boolean {
  const waiting: ExpressionInScope[] = [];
  let steps = 0;
  for (let next: ExpressionInScope | undefined = start; next !== undefined; next = waiting.pop()) {
    if (steps++ > mostSteps || !isRecord(next.expression)) return false;
    for (const reference of referencesOf(next.expression)) {
      const answer = isReferenceKnown(reference, next.scope);
      if (answer === false) return false;
      if (answer !== true) waiting.push(answer);
    }
  }
  return true;
}

function isReferenceKnown(reference: unknown, scope: Scope): boolean | ExpressionInScope {
  const [, root = "", name = ""] =
    typeof reference === "string" ? (/^(\w+)\.([^.[]+)/.exec(reference) ?? []) : [];
  switch (root) {
    case "count":
    case "path":
    case "terraform":
      return true;
    case "each":
      return name === "key" || scope.forEach === undefined || { expression: scope.forEach, scope };
    case "var":
      if (scope.module.call === undefined) return scope.configuration.hasVariable(name);
      // A variable that the call does not set has its default, which is constant.
      return argumentOf(scope, name) ?? true;
    default:
      return false;
  }
}

/** The references of an expression; none for a constant or for functions of constants. */
export function referencesOf({ references }: JsonObject): readonly unknown[] {
  if (!Array.isArray(references)) return [];
  return references.length > mostReferences ? notFollowed : (references as readonly unknown[]);
}

/** One list of references may be followed for many instances of its resource. */
const mostReferences = 1000;
const notFollowed = ["(too many)"];

/** The argument that a call passes to a variable of its module; none in the root module. */
export function argumentOf(
  { configuration, module, steps }: Scope,
  name: string,
): ExpressionInScope | undefined {
  const { call } = module;
  if (call === undefined) return undefined;
  const expression = partOf(partOf(call.written, "expressions"), name);
  if (expression === undefined) return undefined;
  const around = {
    configuration,
    module: call.from,
    steps: steps.slice(0, -1),
    key: steps.at(-1)?.key ?? "",
    forEach: call.written["for_each_expression"],
  };
  return { expression, scope: around };
}
