import type { JsonObject } from "../../json";
import { Budget } from "./budget";
import type { Expression } from "./parse";
import type { Unknown, Value } from "./values";
import { UNKNOWN } from "./values";

/** Where the expressions of a template look up their values. */
export interface Scope {
  readonly template: TemplateScope;
  /** The active copy loops, the innermost last. */
  readonly loops: readonly Loop[];
  /** The variables of the enclosing lambdas, the innermost last. */
  readonly lambdaVariables: readonly LambdaVariable[];
}

/** State shared by all expressions of one template. */
export interface TemplateScope {
  readonly text: JsonObject;
  readonly given: Given;
  readonly shared: Shared;
  /** Parameters and variables already evaluated, by kind and name. */
  readonly values: Map<string, Value>;
  /** Parameters and variables being evaluated: one that needs itself is unknown. */
  readonly running: Set<string>;
  /** Distinguishes this scope from others in keys. */
  readonly number: number;
}

/** The parameters of a deployment, in the form of a parameters file: `{ name: { value } }`. */
export type Given =
  | { readonly kind: "unknown" }
  /** Taken literally: brackets have no meaning in a parameters file. */
  | { readonly kind: "literal"; readonly parameters: unknown }
  /** Written in the outer template, as expressions in its scope. */
  | { readonly kind: "expressions"; readonly parameters: unknown; readonly scope: Scope };

/** State shared by a template and its nested templates. */
export interface Shared {
  readonly budget: Budget;
  /** Does the surrounding document fill in this value? */
  readonly isFilledIn: (value: unknown) => boolean;
  readonly parsed: Map<string, Expression | undefined>;
  /** The next number for a scope or for an unknown value that equals no other. */
  nextNumber: number;
}

export interface Loop {
  readonly name: string;
  readonly kind: "resource" | "property";
  readonly index: number | Unknown;
}

export interface LambdaVariable {
  readonly name: string;
  readonly value: Value;
}

export interface ScopeOptions {
  readonly budget?: Budget;
  readonly isFilledIn?: (value: unknown) => boolean;
}

/**
 * The scope of a standalone template. `parameters` has the form of `parameters` in a parameters file, `{
 * name: { value } }`: undefined if none are given, `UNKNOWN` if they are not known.
 */
export function createScope(text: JsonObject, parameters: unknown, options: ScopeOptions = {}): Scope {
  const { budget = new Budget(), isFilledIn = () => false } = options;
  const shared: Shared = { budget, isFilledIn, parsed: new Map(), nextNumber: 0 };
  return scopeOf(
    text,
    parameters === UNKNOWN ? { kind: "unknown" } : { kind: "literal", parameters },
    shared,
  );
}

/** The scope of a nested template with inner scope. `parameters` are the deployment's, as written. */
export function innerScope(text: JsonObject, parameters: unknown, around: Scope): Scope {
  const given: Given =
    parameters === UNKNOWN ? { kind: "unknown" } : { kind: "expressions", parameters, scope: around };
  return scopeOf(text, given, around.template.shared);
}

function scopeOf(text: JsonObject, given: Given, shared: Shared): Scope {
  const number = shared.nextNumber++;
  return {
    template: { text, given, shared, values: new Map(), running: new Set(), number },
    loops: [],
    lambdaVariables: [],
  };
}

export function withLoop(scope: Scope, loop: Loop): Scope {
  return { ...scope, loops: [...scope.loops, loop] };
}

/** The scope of what belongs to the template instead of a resource: its variables and parameter defaults. */
export function withoutLoops(scope: Scope): Scope {
  return { template: scope.template, loops: [], lambdaVariables: [] };
}
