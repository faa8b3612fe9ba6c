/**
 * Evaluates a resource by a definition as Azure Policy does, limited to what our definitions use: anything
 * else throws. Written from
 * https://learn.microsoft.com/azure/governance/policy/concepts/definition-structure-policy-rule,
 * `definition-structure-parameters` and `author-policies-for-arrays` (read 2026-11-26), and independent of
 * the code that generates the definitions, except for its type:
 *
 * - texts are compared case-insensitively, and other values are converted to text: `true` is "true";
 * - a field that is missing or null equals nothing and is in no list, so `notEquals` and `notIn` are true for
 *   it; an empty string exists;
 * - `count` counts the members of an array for which `where` is true; outside of it, a field with `[*]` means
 *   all members.
 */
import type { Definition } from "../../../shared/azure-policy/definition";
import { pathOfAlias } from "./aliases";

export type Resource = Readonly<Record<string, unknown>>;
export type Parameters = Readonly<Record<string, unknown>>;

interface Scope {
  readonly resource: Resource;
  readonly parameters: Parameters;
  /** The array member being counted. */
  readonly member?: unknown;
}

type Value = (scope: Scope) => unknown;
type Test = (scope: Scope) => boolean;

/** A definition as a function: the effect on a resource, `undefined` if its rule does not match. */
export function interpreted({
  properties,
}: Pick<Definition, "properties">): (resource: Resource, given?: Parameters) => unknown {
  const { parameters: declared, policyRule } = properties;
  const test = tested(policyRule.if);
  const effectIn = resolved(policyRule.then.effect);
  return (resource, given = {}) => {
    for (const name of Object.keys(given))
      if (!Object.hasOwn(declared, name)) throw new Error(`no such parameter: ${name}`);
    const parameters = Object.fromEntries(
      Object.entries(declared).map(([name, { defaultValue, allowedValues }]) => {
        const value = given[name] ?? defaultValue;
        if (allowedValues !== undefined && !allowedValues.some((each) => each === value))
          throw new Error(`${name} cannot be ${JSON.stringify(value)}`);
        return [name, value];
      }),
    );
    const scope = { resource, parameters };
    const effect = effectIn(scope);
    return effect !== "Disabled" && test(scope) ? effect : undefined;
  };
}

/** A condition as a function. `array` is the array of the enclosing count. */
export function tested(condition: unknown, array?: string): Test {
  const { not, allOf, anyOf, field, value, count, ...operators } = condition as Readonly<
    Record<string, unknown>
  >;
  const given = [not, allOf, anyOf, field, value, count].filter((each) => each !== undefined);
  const [[operator, expected] = [], ...others] = Object.entries(operators);
  const isLogical = not !== undefined || allOf !== undefined || anyOf !== undefined;
  if (given.length !== 1 || others.length > 0 || isLogical !== (operator === undefined))
    throw new Error(`no condition: ${JSON.stringify(condition)}`);
  if (not !== undefined) {
    const inner = tested(not, array);
    return (scope) => !inner(scope);
  }
  if (Array.isArray(allOf)) {
    const all = allOf.map((each) => tested(each, array));
    return (scope) => all.every((each) => each(scope));
  }
  if (Array.isArray(anyOf)) {
    const any = anyOf.map((each) => tested(each, array));
    return (scope) => any.some((each) => each(scope));
  }
  const compare = comparison(String(operator));
  const right = resolved(expected);
  if (typeof field === "string" && field.includes("[*]") && array === undefined) {
    const members = fieldAt(field, undefined);
    return (scope) => {
      const all = members(scope);
      return Array.isArray(all) && all.every((each) => compare(each, right(scope)));
    };
  }
  const left =
    count === undefined ? (value === undefined ? fieldAt(field, array) : resolved(value)) : counted(count);
  return (scope) => compare(left(scope), right(scope));
}

function counted(count: unknown): Value {
  const { field, where, ...rest } = count as Readonly<Record<string, unknown>>;
  if (typeof field !== "string" || !field.endsWith("[*]") || Object.keys(rest).length > 0)
    throw new Error(`no count of an array: ${JSON.stringify(count)}`);
  const members = fieldAt(field, undefined);
  const test = tested(where, field);
  return (scope) => {
    const all = members(scope);
    return Array.isArray(all) ? all.filter((member: unknown) => test({ ...scope, member })).length : 0;
  };
}

/** The value at an alias; for `[*]`, the members, or the part of the member being counted. */
function fieldAt(field: unknown, array: string | undefined): Value {
  if (field === "type") return ({ resource }) => resource["type"];
  const path = pathOfAlias.get(String(field));
  if (path === undefined) throw new Error(`no such alias: ${String(field)}`);
  if (array !== undefined && String(field).startsWith(array)) {
    const inside = stepsOf(String(field).slice(array.length));
    return ({ member }) => valueAt(member, inside);
  }
  const [before = "", after] = path.split("[*]");
  const steps = stepsOf(before);
  if (after === undefined) return ({ resource }) => valueAt(resource, steps);
  const inside = stepsOf(after);
  return ({ resource }) => {
    const list = valueAt(resource, steps);
    return Array.isArray(list) ? list.map((member: unknown) => valueAt(member, inside)) : undefined;
  };
}

function stepsOf(path: string): readonly string[] {
  return path.split(".").filter((name) => name !== "");
}

function valueAt(value: unknown, steps: readonly string[]): unknown {
  let at = value;
  for (const name of steps) {
    if (typeof at !== "object" || at === null || Array.isArray(at)) return undefined;
    at = Object.hasOwn(at, name) ? (at as Readonly<Record<string, unknown>>)[name] : undefined;
  }
  return at ?? undefined;
}

/** A literal, or the parameter that it refers to. */
function resolved(value: unknown): Value {
  if (typeof value !== "string" || !value.startsWith("[")) return () => value;
  const [, name] = /^\[parameters\('(\w+)'\)\]$/.exec(value) ?? [];
  if (name === undefined) throw new Error(`no expression of ours: ${value}`);
  return ({ parameters }) => {
    if (!Object.hasOwn(parameters, name)) throw new Error(`no such parameter: ${name}`);
    return parameters[name];
  };
}

function comparison(operator: string): (actual: unknown, expected: unknown) => boolean {
  switch (operator) {
    case "equals":
      return isSame;
    case "notEquals":
      return (actual, expected) => !isSame(actual, expected);
    case "in":
      return isIn;
    case "notIn":
      return (actual, expected) => !isIn(actual, expected);
    case "exists":
      return (actual, expected) =>
        (actual !== undefined && actual !== null) === (String(expected) === "true");
    case "greater":
      return (actual, expected) => Number(actual) > Number(expected);
    default:
      throw new Error(`no such operator: ${operator}`);
  }
}

function isIn(actual: unknown, expected: unknown): boolean {
  if (!Array.isArray(expected)) throw new Error("in and notIn take a list");
  return expected.some((each) => isSame(actual, each));
}

/** Equal except for case, in ASCII only: a Kelvin sign is not a k. A list or an object equals nothing. */
function isSame(one: unknown, other: unknown): boolean {
  const [a, b] = [textOf(one), textOf(other)];
  if (a === undefined || b === undefined) return false;
  return a === b || (a.toUpperCase() === b.toUpperCase() && a.toLowerCase() === b.toLowerCase());
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean"
    ? String(value)
    : undefined;
}
