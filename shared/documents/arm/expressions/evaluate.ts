import type { JsonObject } from "../../json";
import { isRecord } from "../../json";
import { copiesIn, inputsOf } from "./copies";
import { ofOwnFunction } from "./definitions";
import { functions } from "./functions/functions";
import { memberOf } from "./member-of";
import type { Expression, Step } from "./parse";
import { isExpression, parseExpression, plainText } from "./parse";
import type { Scope } from "./scope";
import { specialForms } from "./special";
import type { Value } from "./values";
import { breadthOf, isList, isObject, listOf, memberAt, objectOf, UNKNOWN } from "./values";

/**
 * The value of a piece of a template: an expression in brackets, a plain value, or an object or list with
 * expressions inside, whose property copies become lists. Only the parts that cannot be evaluated are
 * `UNKNOWN`. Never throws, and takes no more steps than the scope's budget has.
 */
export function evaluate(written: unknown, scope: Scope): Value {
  const { budget, isFilledIn } = scope.template.shared;
  return budget.nested(() => (isFilledIn(written) ? UNKNOWN : evaluateWritten(written, scope)), UNKNOWN);
}

function evaluateWritten(written: unknown, scope: Scope): Value {
  switch (typeof written) {
    case "string":
      return isExpression(written) ? evaluateText(written, scope) : plainText(written);
    case "boolean":
      return written;
    case "number":
      return Number.isFinite(written) ? written : UNKNOWN;
    case "object": {
      if (written === null) return null;
      if (isRecord(written)) return expandPropertyCopies(written, scope);
      const items: readonly unknown[] = Array.isArray(written) ? written : [];
      return listOf(
        items.map((item) => evaluate(item, scope)),
        scope.template.shared.budget,
      );
    }
    case "undefined":
    case "bigint":
    case "function":
    case "symbol":
      return UNKNOWN;
  }
}

/**
 * The value of an object in a template. Its `"copy": [{ name, count, input }]` becomes a list for each name.
 */
export function expandPropertyCopies(written: JsonObject, scope: Scope): Value {
  const { budget } = scope.template.shared;
  const entries: (readonly [string, Value])[] = [];
  const copies = copiesIn(written, scope);
  for (const [key, each] of Object.entries(written)) {
    if (each === undefined || each === copies) continue;
    const name = evaluate(key, scope);
    // An unknown name can be any name.
    if (typeof name !== "string" || !budget.spend(1)) return UNKNOWN;
    entries.push([name, evaluate(each, scope)]);
  }
  for (const copy of copies ?? []) {
    const name = evaluate(memberOf(copy, "name", scope), scope);
    if (typeof name !== "string") return UNKNOWN;
    entries.push([name, inputsOf(copy, scope, evaluate)]);
  }
  return objectOf(entries, budget);
}

function evaluateText(text: string, scope: Scope): Value {
  const { parsed } = scope.template.shared;
  let expression = parsed.get(text);
  if (expression === undefined && !parsed.has(text)) parsed.set(text, (expression = parseExpression(text)));
  return expression === undefined ? UNKNOWN : evaluateExpression(expression, scope);
}

/** The value of a parsed expression. */
export function evaluateExpression(expression: Expression, scope: Scope): Value {
  return scope.template.shared.budget.nested(() => {
    switch (expression.kind) {
      case "literal":
        return expression.value;
      case "path":
        return expression.steps.reduce(
          (holder, step) => afterStep(holder, step, scope),
          evaluateExpression(expression.start, scope),
        );
      case "call":
        return called(expression.name, expression.arguments, scope);
    }
  }, UNKNOWN);
}

function called(name: string, written: readonly Expression[], scope: Scope): Value {
  const special = specialForms.get(name);
  if (special !== undefined) return special(written, scope, { evaluate, evaluateExpression });
  const known = functions.get(name);
  const values = (): readonly Value[] => written.map((each) => evaluateExpression(each, scope));
  if (known === undefined)
    return name.includes(".") ? ofOwnFunction(name, values(), scope, evaluate) : UNKNOWN;
  if (written.length < known.fewest || written.length > known.most) return UNKNOWN;
  const { budget } = scope.template.shared;
  const all = values();
  return budget.spend(breadthOf(all)) ? known.run(all, budget) : UNKNOWN;
}

/** The result of one access step. Azure rejects access to a missing member unless it is a safe access. */
function afterStep(holder: Value, { key, isSafe }: Step, scope: Scope): Value {
  if (isSafe && holder === null) return null;
  const name = evaluateExpression(key, scope);
  const member = scope.template.shared.budget.spend(breadthOf([name])) ? memberAt(holder, name) : UNKNOWN;
  if (member !== undefined) return member;
  return isSafe && (isObject(holder) || isList(holder)) ? null : UNKNOWN;
}
