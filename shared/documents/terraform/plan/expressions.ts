import type { JsonObject } from "../../json";
import { isRecord } from "../../json";
import type { ModuleStep } from "../address";
import type { Configuration, ConfiguredModule } from "./configuration";
import { partOf } from "./configuration";

/** Where an expression stands, for what it refers to. */
export interface Scope {
  readonly configuration: Configuration;
  readonly module: ConfiguredModule;
  /** The instance of the module. */
  readonly steps: readonly ScopeStep[];
  /** The key of the instance of its resource or module call, as an address has it. */
  readonly key: string;
  /** What its resource or module call is made for each of, where that is more than constants and functions of them. */
  readonly forEach: unknown;
}

export interface ScopeStep extends ModuleStep {
  /** The key that the instance has most likely, where any may be meant. */
  readonly likelyKey?: string | undefined;
}

export interface ExpressionInScope {
  readonly expression: unknown;
  readonly scope: Scope;
}

/** So many references that lead to others are none that anybody follows. */
const mostSteps = 200;

/**
 * Does an expression depend only on what is known when a plan is made: variables of the root module, keys of `for_each`
 * and `count`, constants and functions of them? Locals are not in the document, so what they depend on is not known here.
 */
export function isKnownWhenPlanned(start: ExpressionInScope): boolean {
  const waiting = [start];
  for (let steps = 0; waiting.length > 0; steps++) {
    const next = waiting.pop();
    if (next === undefined || steps > mostSteps || !isRecord(next.expression)) return false;
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
    case "var": {
      const around = scopeOfCall(scope);
      if (around === undefined) return scope.configuration.hasVariable(name);
      const given = argumentOf(scope, name);
      // A variable that the call does not set has its default, which is a constant.
      return given === undefined || { expression: given, scope: around };
    }
    default:
      return false;
  }
}

/** What an expression refers to; nothing for a constant and for functions of constants. */
export function referencesOf({ references }: JsonObject): readonly unknown[] {
  if (!Array.isArray(references)) return [];
  return references.length > mostReferences ? notFollowed : (references as readonly unknown[]);
}

/** One list of references may be followed for many instances of its resource. */
const mostReferences = 1000;
const notFollowed = ["(too many)"];

/** What a call gives to a variable of its module. */
export function argumentOf({ module }: Scope, name: string): unknown {
  return partOf(partOf(module.call?.written, "expressions"), name);
}

/** Where the call of a module stands; `undefined` for the root module. */
export function scopeOfCall({ configuration, module, steps }: Scope): Scope | undefined {
  const { call } = module;
  if (call === undefined) return undefined;
  return {
    configuration,
    module: call.from,
    steps: steps.slice(0, -1),
    key: steps.at(-1)?.key ?? "",
    forEach: call.written["for_each_expression"],
  };
}
