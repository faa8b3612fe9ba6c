import { sourceOfParameter, sourceOfVariable } from "./definitions";
import { evaluate, evaluateExpression } from "./evaluate";
import type { Expression } from "./parse";
import { isExpression, parseExpression } from "./parse";
import type { Scope } from "./scope";
import type { Value } from "./values";
import { isInteger } from "./values";

/** One segment of a resource name, between slashes. */
export interface NameSegment {
  /**
   * In lower case, because Azure's names are case-insensitive. Segments with the same key have the same name,
   * even if the name is unknown. Unknown segments with different keys may still have the same name.
   */
  readonly key: string;
  readonly isKnown: boolean;
}

/** The segments of a name in a template: `[format('{0}/win', parameters('aks'))]` has two. */
export function segmentsOfName(written: unknown, scope: Scope): readonly NameSegment[] {
  const segments: { key: string; isKnown: boolean }[] = [{ key: "", isKnown: true }];
  for (const { text, isKnown } of partsOf(written, scope)) {
    // An unknown part may itself contain slashes.
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

/** A part of a text: either known, or a key that identifies an unknown value. */
interface Part {
  readonly text: string;
  readonly isKnown: boolean;
}

/** Longer texts are not names and match nothing. Azure allows 260 characters for all segments together. */
const longestKey = 2_000;

/** What an unknown definition or argument resolves to. */
function partsOf(written: unknown, scope: Scope): readonly Part[] {
  const { budget, isFilledIn } = scope.template.shared;
  return budget.nested(() => {
    const known = knownPart(evaluate(written, scope));
    if (known !== undefined) return [known];
    if (typeof written !== "string") return unlike(scope);
    if (isFilledIn(written)) return keyed(written, scope);
    const expression = isExpression(written) ? parseExpression(written) : undefined;
    return expression === undefined ? unlike(scope) : partsOfExpression(expression, scope);
  }, unlike(scope));
}

function partsOfExpression(expression: Expression, scope: Scope): readonly Part[] {
  return scope.template.shared.budget.nested(() => {
    const known = knownPart(evaluateExpression(expression, scope));
    if (known !== undefined) return [known];
    const [first, ...others] = expression.kind === "call" ? expression.arguments : [];
    if (expression.kind !== "call" || first === undefined) return keyed(keyOf(expression, scope), scope);
    switch (expression.name) {
      case "concat":
        return joined(expression.arguments, scope);
      case "tolower":
      case "toupper":
      case "string":
        return partsOfExpression(first, scope);
      case "format":
        return partsOfFormat(first, others, scope);
      case "parameters":
      case "variables":
        return partsOfDefinition(expression.name, first, scope);
      default:
        return keyed(keyOf(expression, scope), scope);
    }
  }, unlike(scope));
}

function knownPart(value: Value): Part | undefined {
  if (typeof value !== "string" && !isInteger(value)) return undefined;
  return { text: String(value), isKnown: true };
}

/** Concatenates parts that are already known and the parts of expressions. */
function joined(pieces: readonly (Expression | Part)[], scope: Scope): readonly Part[] {
  const parts: Part[] = [];
  let length = 0;
  for (const piece of pieces) {
    for (const part of "kind" in piece ? partsOfExpression(piece, scope) : [piece]) {
      length += part.text.length + 1;
      if (length > longestKey) return unlike(scope);
      parts.push(part);
    }
  }
  return parts;
}

function partsOfFormat(format: Expression, values: readonly Expression[], scope: Scope): readonly Part[] {
  const text = evaluateExpression(format, scope);
  if (typeof text !== "string" || text.length > longestKey || /\{\{|\}\}|\{(?!\d+\})/.test(text)) {
    return unlike(scope);
  }
  const pieces: (Expression | Part)[] = [];
  // The split alternates between text and indexes in braces.
  for (const [i, piece] of text.split(/\{(\d+)\}/).entries()) {
    const value = i % 2 === 0 ? { text: piece, isKnown: true } : values[Number(piece)];
    if (value === undefined) return unlike(scope);
    pieces.push(value);
  }
  return joined(pieces, scope);
}

/** A name that is only passed on keeps the parts of the original. */
function partsOfDefinition(
  kind: "parameters" | "variables",
  argument: Expression,
  scope: Scope,
): readonly Part[] {
  const name = evaluateExpression(argument, scope);
  if (typeof name !== "string") return unlike(scope);
  const source = kind === "parameters" ? sourceOfParameter(name, scope) : sourceOfVariable(name, scope);
  if (source !== undefined) return partsOf(source.written, source.scope);
  return keyed(`${kind}(${name.toLowerCase()})#${scope.template.number}`, scope);
}

/** A key that two expressions share only if they have the same value. */
function keyOf(expression: Expression, scope: Scope): string {
  return scope.template.shared.budget.nested(() => {
    switch (expression.kind) {
      case "literal":
        return JSON.stringify(expression.value);
      case "path":
        return keysOf([expression.start, ...expression.steps.map(({ key }) => key)], scope);
      case "call":
        switch (expression.name) {
          // These differ between instances of a resource or items of a list.
          case "copyindex":
          case "lambda":
          case "lambdavariables":
            return unlikeKey(scope);
          default:
            // The result of some functions depends on the scope of the deployment.
            return `${expression.name}(${keysOf(expression.arguments, scope)})#${scope.template.number}`;
        }
    }
  }, unlikeKey(scope));
}

function keysOf(expressions: readonly Expression[], scope: Scope): string {
  let keys = "";
  for (const each of expressions) {
    keys += `${keyOfArgument(each, scope)},`;
    if (keys.length > longestKey) return unlikeKey(scope);
  }
  return keys;
}

function keyOfArgument(expression: Expression, scope: Scope): string {
  const value = evaluateExpression(expression, scope);
  if (typeof value === "string" || typeof value === "number") return JSON.stringify(value);
  const isDefined =
    expression.kind === "call" && (expression.name === "parameters" || expression.name === "variables");
  if (!isDefined) return keyOf(expression, scope);
  return partsOfExpression(expression, scope)
    .map(({ text, isKnown }) => (isKnown ? JSON.stringify(text) : text))
    .join("+");
}

function keyed(key: string, scope: Scope): readonly Part[] {
  return key.length > longestKey ? unlike(scope) : [{ text: key, isKnown: false }];
}

/** Parts that match nothing else. */
function unlike(scope: Scope): readonly Part[] {
  return [{ text: unlikeKey(scope), isKnown: false }];
}

function unlikeKey(scope: Scope): string {
  return `?${scope.template.shared.nextNumber++}`;
}
