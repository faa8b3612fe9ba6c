import type { JsonObject } from "../../json";
import { textIn } from "../../json";
import { countOf } from "./copies";
import { evaluate } from "./evaluate";
import { memberOf } from "./member-of";
import type { Scope } from "./scope";
import { innerScope, withLoop } from "./scope";
import type { Truth } from "./values";
import { UNKNOWN } from "./values";

/** One deployed instance of a resource. */
export interface Instance {
  /** The scope of its expressions, including `copyIndex()`. */
  readonly scope: Scope;
  /** `UNKNOWN` if its `condition` or the number of copies is unknown. */
  readonly exists: true | typeof UNKNOWN;
}

export interface Instances {
  /** What may be deployed. If the number of copies is unknown, one instance stands for all. */
  readonly all: readonly Instance[];
  readonly isCountKnown: boolean;
}

/**
 * The instances of a resource: one per iteration of its `copy` loop, without those whose `condition` is
 * false.
 */
export function instancesOf(resource: JsonObject, scope: Scope): Instances {
  const { copy } = resource;
  if (copy === undefined || copy === null) return deployed(resource, [scope], true);
  const { shared } = scope.template;
  const name = evaluate(memberOf(copy, "name", scope), scope);
  const count = countOf(evaluate(memberOf(copy, "count", scope), scope));
  if (typeof name !== "string" || count === UNKNOWN || !shared.budget.spend(count)) {
    const loop = { name: typeof name === "string" ? name : "", kind: "resource", index: UNKNOWN } as const;
    return deployed(resource, [withLoop(scope, loop)], false);
  }
  const scopes = Array.from({ length: count }, (_, index) =>
    withLoop(scope, { name, kind: "resource", index }),
  );
  return deployed(resource, scopes, true);
}

function deployed(resource: JsonObject, scopes: readonly Scope[], isCountKnown: boolean): Instances {
  const all = scopes.flatMap((scope): readonly Instance[] => {
    const condition = conditionOf(resource, scope);
    return condition === false ? [] : [{ scope, exists: isCountKnown ? condition : UNKNOWN }];
  });
  return { all, isCountKnown };
}

/** Is the resource deployed? True without a condition. */
export function conditionOf({ condition }: JsonObject, scope: Scope): Truth {
  const value = condition === undefined ? true : evaluate(condition, scope);
  if (value === null) return true;
  return typeof value === "boolean" ? value : UNKNOWN;
}

/**
 * The scope of a nested template's expressions: the outer template's, unless the deployment says otherwise or
 * the outer template uses language version 2.0. `properties` are the deployment's.
 */
export function scopeOfNested(
  properties: JsonObject,
  nested: JsonObject,
  around: JsonObject,
  scope: Scope,
): Scope {
  const { expressionEvaluationOptions: options, parameters, parametersLink } = properties;
  const stated = textIn(memberOf(options, "scope", scope)).toLowerCase();
  const isInner = stated === "inner" || (stated !== "outer" && around["languageVersion"] === "2.0");
  if (!isInner) return scope;
  const isElsewhere = parameters === undefined && parametersLink !== undefined;
  return innerScope(nested, isElsewhere ? UNKNOWN : parameters, scope);
}
