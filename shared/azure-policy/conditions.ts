/**
 * A condition in Azure Policy's JSON syntax:
 * https://learn.microsoft.com/azure/governance/policy/concepts/definition-structure-policy-rule (read
 * 2026-11-26).
 */
export type Condition =
  | { readonly allOf: readonly Condition[] }
  | { readonly anyOf: readonly Condition[] }
  | { readonly not: Condition }
  | (Operand & Operator);

export type Operand =
  | { readonly field: string }
  | { readonly value: string }
  | { readonly count: { readonly field: string; readonly where: Condition } };

type Operator =
  | { readonly equals: string | number }
  | { readonly notEquals: string }
  | { readonly in: readonly string[] | string }
  | { readonly notIn: readonly string[] }
  | { readonly exists: boolean }
  | { readonly greater: number };

/** The value of a field that is missing, null or an empty string. Azure's API treats all three alike. */
export const nothing = "";

export function allOf(...conditions: readonly Condition[]): Condition {
  const flat = conditions.flatMap((each) => ("allOf" in each ? each.allOf : [each]));
  const [only] = flat;
  return only !== undefined && flat.length === 1 ? only : { allOf: flat };
}

/** True if any condition holds. `false` is left out. */
export function anyOf(...conditions: readonly (Condition | boolean)[]): Condition | boolean {
  if (conditions.includes(true)) return true;
  const left = conditions.filter((each) => typeof each === "object");
  const [only] = left;
  if (only === undefined) return false;
  return left.length === 1 ? only : { anyOf: left };
}

/**
 * Is the operand one of `words`? `all` lists every value it can have. Azure compares case-insensitively. For
 * a missing field `in` is false and `notIn` true, so this picks the form that needs no second condition.
 */
export function isOneOf(operand: Operand, words: readonly string[], all: readonly string[]): Condition {
  const others = all.filter((word) => !words.includes(word));
  const isNegative = words.includes(nothing);
  const named = isNegative ? others : words;
  const [only] = named;
  if (only !== undefined && named.length === 1)
    return isNegative ? { ...operand, notEquals: only } : { ...operand, equals: only };
  return isNegative ? { ...operand, notIn: named } : { ...operand, in: named };
}

/** Is the field set, and to none of `words`? */
export function isNoneOf(field: string, words: readonly string[]): Condition {
  return allOf({ field, exists: true }, { field, notIn: [...words, nothing] });
}

/**
 * Does the condition hold for at least one member? A plain field condition on an array is also true for an
 * empty array.
 */
export function some(array: string, where: Condition): Condition {
  return { count: { field: array, where }, greater: 0 };
}
