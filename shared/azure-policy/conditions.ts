/** Conditions of Azure Policy, as JSON: https://learn.microsoft.com/azure/governance/policy/concepts/definition-structure-policy-rule (read 2026-11-26). */
export type Condition =
  | { readonly allOf: readonly Condition[] }
  | { readonly anyOf: readonly Condition[] }
  | { readonly not: Condition }
  | (Operand & Operator);

/** What is compared. */
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

/** The value for a field that is missing, null or an empty text, which Azure's API treats as the same. */
export const nothing = "";

export function allOf(...conditions: readonly Condition[]): Condition {
  const flat = conditions.flatMap((each) => ("allOf" in each ? each.allOf : [each]));
  const [only] = flat;
  return only !== undefined && flat.length === 1 ? only : { allOf: flat };
}

/** `false` among them counts for nothing. */
export function anyOf(...conditions: readonly (Condition | boolean)[]): Condition | boolean {
  if (conditions.includes(true)) return true;
  const left = conditions.filter((each) => typeof each === "object");
  const [only] = left;
  if (only === undefined) return false;
  return left.length === 1 ? only : { anyOf: left };
}

/**
 * Is it one of `words`, of all that it may be? Azure compares without regard to case. `in` is false of a missing field and
 * `notIn` true, so that the one that needs no further condition is taken.
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

/** Is something written there that is none of `words`? */
export function isNoneOf(field: string, words: readonly string[]): Condition {
  return allOf({ field, exists: true }, { field, notIn: [...words, nothing] });
}

/** Does one member at least hold a condition? A field of an array that stands alone would be true of an empty one. */
export function some(array: string, where: Condition): Condition {
  return { count: { field: array, where }, greater: 0 };
}
