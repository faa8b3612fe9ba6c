import { isRecord, recordsIn, textIn } from "../../json";
import { asCopies, inputsOf } from "./copies";
import { literalOf } from "./literal";
import { memberOf } from "./member-of";
import type { Scope } from "./scope";
import { innerScope, withoutLoops } from "./scope";
import type { Value } from "./values";
import { isObject, membersOf, UNKNOWN } from "./values";

type Evaluate = (written: unknown, scope: Scope) => Value;

/** The value of a template variable. */
export function variableOf(name: string, scope: Scope, evaluate: Evaluate): Value {
  return workedOut("variable", name, scope, () => {
    const { variables } = scope.template.text;
    const own = withoutLoops(scope);
    const { budget } = scope.template.shared;
    const copies = asCopies(memberOf(variables, "copy", scope), scope) ?? [];
    if (name.toLowerCase() === "copy" || !budget.spend(copies.length)) return UNKNOWN;
    const named = copies.filter((copy) => isNamed(memberOf(copy, "name", scope), name));
    const [copy] = named;
    const written = memberOf(variables, name, scope);
    if (copy === undefined) return evaluate(written, own);
    return named.length === 1 && written === undefined ? inputsOf(copy, own, evaluate) : UNKNOWN;
  });
}

/** The value of a parameter: the one supplied, else its default. */
export function parameterOf(name: string, scope: Scope, evaluate: Evaluate): Value {
  return workedOut("parameter", name, scope, () => {
    const { text } = scope.template;
    const written = memberOf(text["parameters"], name, scope);
    const given = givenFor(name, scope, evaluate);
    if (written === UNKNOWN) return UNKNOWN;
    const isNullable = mayBeNull(written, text["definitions"], scope);
    const ofDefault = memberOf(written, "defaultValue", scope);
    // Azure treats null as "not supplied" unless the parameter allows null.
    if (given !== undefined && (given !== null || isNullable || ofDefault === undefined)) return given;
    if (ofDefault !== undefined) return evaluate(ofDefault, withoutLoops(scope));
    return isNullable ? null : UNKNOWN;
  });
}

/** The value supplied for a parameter; `undefined` if none is. */
function givenFor(name: string, scope: Scope, evaluate: Evaluate): Value | undefined {
  const { given, shared } = scope.template;
  if (given.kind === "unknown" || shared.isFilledIn(given.parameters)) return UNKNOWN;
  const { parameters } = given;
  if (given.kind === "expressions" && typeof parameters === "string") {
    const all = evaluate(parameters, given.scope);
    if (!isObject(all)) return UNKNOWN;
    return valueIn(membersOf(all).get(name));
  }
  if (parameters === undefined || parameters === null) return undefined;
  const entry = memberOf(parameters, name, scope);
  if (entry === undefined) return isRecord(parameters) ? undefined : UNKNOWN;
  if (given.kind === "expressions") {
    if (!isRecord(entry)) return valueIn(evaluate(entry, given.scope));
    return evaluate(memberOf(entry, "value", scope), given.scope);
  }
  return literalOf(memberOf(entry, "value", scope), shared.budget, shared.isFilledIn);
}

/** The value of an entry. A value passed in another way, for example from a key vault, is unknown. */
function valueIn(entry: Value | undefined): Value | undefined {
  if (entry === undefined) return undefined;
  return isObject(entry) ? (membersOf(entry).get("value") ?? UNKNOWN) : UNKNOWN;
}

/** Does the parameter allow null, by itself or through its type in the template's `definitions`? */
function mayBeNull(definition: unknown, definitions: unknown, scope: Scope): boolean {
  let type = definition;
  for (let followed = 0; followed < 10; followed++) {
    if (memberOf(type, "nullable", scope) === true) return true;
    const reference = textIn(memberOf(type, "$ref", scope));
    if (!reference.startsWith("#/definitions/")) return false;
    type = memberOf(definitions, reference.slice("#/definitions/".length), scope);
  }
  return false;
}

/**
 * The result of a function that the template defines, `NAMESPACE.NAME`. The body sees its own parameters and,
 * of the template, only the other functions.
 */
export function ofOwnFunction(
  called: string,
  values: readonly Value[],
  scope: Scope,
  evaluate: Evaluate,
): Value {
  const dot = called.indexOf(".");
  const namespace = called.slice(0, dot);
  const { functions } = scope.template.text;
  const [space, another] = recordsIn(functions).filter((each) =>
    isNamed(memberOf(each, "namespace", scope), namespace),
  );
  const written = memberOf(memberOf(space, "members", scope), called.slice(dot + 1), scope);
  if (another !== undefined) return UNKNOWN;
  const names = recordsIn(memberOf(written, "parameters", scope)).map((each) =>
    textIn(memberOf(each, "name", scope)).toLowerCase(),
  );
  if (names.length !== values.length) return UNKNOWN;
  const body = innerScope({ functions }, {}, scope);
  for (const [i, value] of values.entries()) body.template.values.set(`parameter ${names[i]}`, value);
  return evaluate(memberOf(memberOf(written, "output", scope), "value", scope), body);
}

function isNamed(written: unknown, name: string): boolean {
  return textIn(written).toLowerCase() === name.toLowerCase();
}

/** The source of a value, and the scope in which it is evaluated. */
export interface Source {
  readonly written: unknown;
  readonly scope: Scope;
}

/** The source of a parameter: the expression supplied for it, or else its default. */
export function sourceOfParameter(name: string, scope: Scope): Source | undefined {
  const { given, text } = scope.template;
  if (given.kind === "unknown" || typeof given.parameters === "string") return undefined;
  const entry = memberOf(given.parameters, name, scope);
  if (entry === undefined) {
    const written = memberOf(memberOf(text["parameters"], name, scope), "defaultValue", scope);
    return { written, scope: withoutLoops(scope) };
  }
  return given.kind === "expressions"
    ? { written: memberOf(entry, "value", scope), scope: given.scope }
    : undefined;
}

/** The source of a variable that is not a list made by `copy`. */
export function sourceOfVariable(name: string, scope: Scope): Source {
  const written = memberOf(scope.template.text["variables"], name, scope);
  return { written, scope: withoutLoops(scope) };
}

/** Evaluates a definition once. A definition that needs its own value is unknown: Azure rejects the cycle. */
function workedOut(kind: "parameter" | "variable", name: string, scope: Scope, work: () => Value): Value {
  const { values, running } = scope.template;
  const key = `${kind} ${name.toLowerCase()}`;
  const known = values.get(key);
  if (known !== undefined) return known;
  if (running.has(key)) return UNKNOWN;
  running.add(key);
  const value = work();
  running.delete(key);
  values.set(key, value);
  return value;
}
