import { sourceOfParameter, sourceOfVariable } from "./definitions";
import { evaluate, evaluateExpression } from "./evaluate";
import type { Expression } from "./parse";
import { isExpression, parseExpression } from "./parse";
import type { Scope } from "./scope";
import { isInteger, UNKNOWN } from "./values";

/** A part of a resource's name, between slashes. */
export interface NameSegment {
  /**
   * In lower case, because Azure's names are the same in any case. Two segments of one key are the same name, even
   * where the name itself is not known; unknown ones of different keys may be the same name all the same.
   */
  readonly key: string;
  readonly isKnown: boolean;
}

interface Part {
  readonly text: string;
  readonly isKnown: boolean;
}

/** The segments of a name that a template writes: `[format('{0}/win', parameters('aks'))]` has two. */
export function segmentsOfName(written: unknown, scope: Scope): readonly NameSegment[] {
  const segments: { key: string; isKnown: boolean }[] = [{ key: "", isKnown: true }];
  for (const { text, isKnown } of partsOf(written, scope)) {
    // Whether an unknown part has slashes of its own is not known either.
    const [first = "", ...others] = isKnown ? text.toLowerCase().split("/") : [`{${text}}`];
    const last = segments.at(-1);
    if (last !== undefined) {
      last.key += first;
      last.isKnown &&= isKnown;
    }
    segments.push(...others.map((key) => ({ key, isKnown: true })));
  }
  return segments;
}

/** The parts of a text that are known, and keys of those that are not. */
function partsOf(written: unknown, scope: Scope): readonly Part[] {
  const { budget, isFilledIn } = scope.template.shared;
  return budget.nested(() => {
    const value = evaluate(written, scope);
    if (typeof value === "string" || isInteger(value)) return [{ text: String(value), isKnown: true }];
    if (typeof written !== "string" || value !== UNKNOWN) return unlike(scope);
    if (isFilledIn(written)) return [{ text: written, isKnown: false }];
    const expression = isExpression(written) ? parseExpression(written) : undefined;
    return expression === undefined ? unlike(scope) : partsOfExpression(expression, scope);
  }, unlike(scope));
}

function partsOfExpression(expression: Expression, scope: Scope): readonly Part[] {
  return scope.template.shared.budget.nested(() => {
    const value = evaluateExpression(expression, scope);
    if (typeof value === "string" || isInteger(value)) return [{ text: String(value), isKnown: true }];
    if (expression.kind !== "call") return [{ text: keyOf(expression, scope), isKnown: false }];
    const [first, ...others] = expression.arguments;
    if (first === undefined) return [{ text: keyOf(expression, scope), isKnown: false }];
    switch (expression.name) {
      case "concat":
        return expression.arguments.flatMap((each) => partsOfExpression(each, scope));
      case "tolower":
      case "toupper":
      case "string":
        return partsOfExpression(first, scope);
      case "format":
        return formatParts(first, others, scope) ?? [{ text: keyOf(expression, scope), isKnown: false }];
      case "parameters":
      case "variables":
        return partsOfDefinition(expression.name, first, scope);
      default:
        return [{ text: keyOf(expression, scope), isKnown: false }];
    }
  }, unlike(scope));
}

function formatParts(
  format: Expression,
  values: readonly Expression[],
  scope: Scope,
): readonly Part[] | undefined {
  const text = evaluateExpression(format, scope);
  if (typeof text !== "string" || /\{\{|\}\}|\{(?!\d+\})/.test(text)) return undefined;
  // The pieces between the braces are text and index in turn.
  return text.split(/\{(\d+)\}/).flatMap((piece, i): readonly Part[] => {
    if (i % 2 === 0) return [{ text: piece, isKnown: true }];
    const value = values[Number(piece)];
    return value === undefined ? unlike(scope) : partsOfExpression(value, scope);
  });
}

/** A name that is passed on is the one that was passed. */
function partsOfDefinition(
  kind: "parameters" | "variables",
  argument: Expression,
  scope: Scope,
): readonly Part[] {
  const name = evaluateExpression(argument, scope);
  if (typeof name !== "string") return unlike(scope);
  const source = kind === "parameters" ? sourceOfParameter(name, scope) : sourceOfVariable(name, scope);
  if (source !== undefined) return partsOf(source.written, source.scope);
  return [{ text: `${kind}(${name.toLowerCase()})#${scope.template.number}`, isKnown: false }];
}

/** A key that two expressions have in common only if their values are the same. */
function keyOf(expression: Expression, scope: Scope): string {
  return scope.template.shared.budget.nested(() => {
    switch (expression.kind) {
      case "literal":
        return JSON.stringify(expression.value);
      case "path":
        return [expression.start, ...expression.steps.map(({ key }) => key)]
          .map((each) => argumentKey(each, scope))
          .join("->");
      case "call": {
        // These differ from one instance of a resource or item of a list to the next.
        const isOfInstance = ["copyindex", "lambda", "lambdavariables"].includes(expression.name);
        if (isOfInstance) return unlikeKey(scope);
        const keys = expression.arguments.map((each) => argumentKey(each, scope));
        // What a function without arguments gives depends on where the template is deployed.
        return `${expression.name}(${keys.join()})#${scope.template.number}`;
      }
    }
  }, unlikeKey(scope));
}

function argumentKey(expression: Expression, scope: Scope): string {
  const value = evaluateExpression(expression, scope);
  if (typeof value === "string" || typeof value === "number") return JSON.stringify(value);
  const isNamed = expression.kind === "call" && /^(?:parameters|variables)$/.test(expression.name);
  if (!isNamed) return keyOf(expression, scope);
  return partsOfExpression(expression, scope)
    .map(({ text, isKnown }) => (isKnown ? JSON.stringify(text) : text))
    .join("+");
}

/** What is like nothing else. */
function unlike(scope: Scope): readonly Part[] {
  return [{ text: unlikeKey(scope), isKnown: false }];
}

function unlikeKey(scope: Scope): string {
  return `?${scope.template.shared.nextNumber++}`;
}
