import type { Source } from "./definitions";
import { sourceOfParameter, sourceOfVariable } from "./definitions";
import { evaluate, evaluateExpression } from "./evaluate";
import type { Call, Expression } from "./parse";
import { parseExpression } from "./parse";
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
  let last = { key: "", isKnown: true };
  const segments = [last];
  for (const { text, isKnown } of partsOf(written, scope)) {
    // An unknown part may itself contain slashes.
    const pieces = isKnown ? text.toLowerCase().split("/") : [`{${text}}`];
    for (const [i, piece] of pieces.entries()) {
      if (i > 0) segments.push((last = { key: "", isKnown: true }));
      last.key += piece;
    }
    last.isKnown &&= isKnown;
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
    const expression = parseExpression(written);
    return expression === undefined ? unlike(scope) : partsOfExpression(expression, scope);
  }, unlike(scope));
}

function partsOfExpression(expression: Expression, scope: Scope): readonly Part[] {
  return scope.template.shared.budget.nested(() => {
    const known = knownPart(evaluateExpression(expression, scope));
    if (known !== undefined) return [known];
    const parts = expression.kind === "call" ? partsOfCall(expression, scope) : undefined;
    return parts ?? keyed(keyOf(expression, scope), scope);
  }, unlike(scope));
}

/** The parts of a function's result; `undefined` if it is not made of its arguments. */
function partsOfCall(call: Call, scope: Scope): readonly Part[] | undefined {
  const [first, ...others] = call.arguments;
  if (first === undefined) return undefined;
  switch (call.name) {
    case "concat":
      return joined(call.arguments, scope);
    case "tolower":
    case "toupper":
    case "string":
      return partsOfExpression(first, scope);
    case "format":
      return partsOfFormat(first, others, scope);
    default: {
      // A name that is only passed on keeps the parts of the original.
      const definition = definitionIn(call, scope);
      return typeof definition === "object" ? partsOf(definition.text, definition.scope) : undefined;
    }
  }
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

/** The text of a definition, and the scope in which it is evaluated. */
interface Definition {
  readonly text: string;
  readonly scope: Scope;
}

/**
 * What `parameters('name')` or `variables('name')` stands for: a text in the template, or else a key that
 * identifies it.
 */
function definitionIn(
  { name: kind, arguments: [argument] }: Call,
  scope: Scope,
): Definition | string | undefined {
  const find = definitions.get(kind);
  if (find === undefined || argument === undefined) return undefined;
  const name = evaluateExpression(argument, scope);
  if (typeof name !== "string") return undefined;
  const source = find(name, scope);
  if (typeof source?.written === "string") return { text: source.written, scope: source.scope };
  return `${kind}(${name.toLowerCase()})#${scope.template.number}`;
}

const definitions: ReadonlyMap<string, (name: string, scope: Scope) => Source | undefined> = new Map([
  ["parameters", sourceOfParameter],
  ["variables", sourceOfVariable],
]);

/** A key that two expressions share only if they have the same value. */
function keyOf(expression: Expression, scope: Scope): string {
  return scope.template.shared.budget.nested(() => {
    const value = evaluateExpression(expression, scope);
    if (typeof value === "string" || typeof value === "number") return JSON.stringify(value);
    switch (expression.kind) {
      case "literal":
        return unlikeKey(scope);
      case "path":
        return keysOf([expression.start, ...expression.steps.map(({ key }) => key)], scope);
      case "call":
        return keyOfCall(expression, scope);
    }
  }, unlikeKey(scope));
}

function keyOfCall(call: Call, scope: Scope): string {
  if (varying.includes(call.name)) return unlikeKey(scope);
  const definition = definitionIn(call, scope);
  if (typeof definition === "string") return definition;
  if (definition !== undefined) return keyOfText(definition);
  // The result of some functions depends on the scope of the deployment.
  return `${call.name}(${keysOf(call.arguments, scope)})#${scope.template.number}`;
}

/** These differ between instances of a resource or items of a list. */
const varying = ["copyindex", "lambdavariables"];

function keyOfText({ text, scope }: Definition): string {
  if (scope.template.shared.isFilledIn(text)) return text;
  const expression = parseExpression(text);
  return expression === undefined ? unlikeKey(scope) : keyOf(expression, scope);
}

function keysOf(expressions: readonly Expression[], scope: Scope): string {
  let keys = "";
  for (const each of expressions) {
    keys += `${keyOf(each, scope)},`;
    if (keys.length > longestKey) return unlikeKey(scope);
  }
  return keys;
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
