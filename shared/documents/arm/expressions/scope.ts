import type { JsonObject } from "../../json";
import { Budget } from "./budget";
import type { Expression } from "./parse";
import type { Unknown, Value } from "./values";
import { UNKNOWN } from "./values";

/** Where the expressions of a template find their values. */
export interface Scope {
  readonly template: TemplateScope;
  /** The copy loops in force, the innermost last. */
  readonly loops: readonly Loop[];
  /** The variables of the lambdas around, the innermost last. */
  readonly lambdaVariables: readonly LambdaVariable[];
}

/** What all expressions of one template share. */
export interface TemplateScope {
  readonly text: JsonObject;
  readonly given: Given;
  readonly shared: Shared;
  /** Values of parameters and variables that are worked out already, by kind and name. */
  readonly values: Map<string, Value>;
  /** Parameters and variables that are being worked out: one that needs itself is not known. */
  readonly running: Set<string>;
  /** Tells this scope from others in keys. */
  readonly number: number;
}

/** The parameters that a template is deployed with, in the form of a parameters file: `{ name: { value } }`. */
export type Given =
  | { readonly kind: "unknown" }
  /** Read as they are: brackets have no meaning in a parameters file. */
  | { readonly kind: "literal"; readonly parameters: unknown }
  /** Written in the template around, as expressions of its scope. */
  | { readonly kind: "expressions"; readonly parameters: unknown; readonly scope: Scope };

/** What a template and the templates nested in it share. */
export interface Shared {
  readonly budget: Budget;
  /** Is it a value that the document around the template fills in? */
  readonly isFilledIn: (value: unknown) => boolean;
  readonly parsed: Map<string, Expression | undefined>;
  /** Counts scopes and unknown values that are equal to no other. */
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
 * The scope of a template that is deployed by itself. `parameters` has the form of the `parameters` of a parameters
 * file, `{ name: { value } }`: undefined where none are given, `UNKNOWN` where they are not known.
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

/** The scope of a nested template that has one of its own. `parameters` are the deployment's, as written. */
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

/** The scope of what belongs to the template and to no resource: its variables and the defaults of its parameters. */
export function withoutLoops(scope: Scope): Scope {
  return { template: scope.template, loops: [], lambdaVariables: [] };
}
