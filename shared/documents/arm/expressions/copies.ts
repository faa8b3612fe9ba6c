import type { JsonObject } from "../../json";
import { memberOf } from "./member-of";
import type { Scope } from "./scope";
import { withLoop } from "./scope";
import type { Unknown, Value } from "./values";
import { isInteger, listOf, UNKNOWN } from "./values";

/** "The count can't exceed 800" (copy-properties, copy-variables and copy-resources, learn.microsoft.com, 2021-12-20). */
const mostCopies = 800;

/** The property copies that an object declares: `"copy": [{ "name": …, "count": …, "input": … }]`. */
export function copiesIn(written: JsonObject, scope: Scope): readonly JsonObject[] | undefined {
  return asCopies(Object.entries(written).find(([name]) => /^copy$/i.test(name))?.[1], scope);
}

/** The copies that a member named `copy` declares; `undefined` if it is something else. */
export function asCopies(value: unknown, scope: Scope): readonly JsonObject[] | undefined {
  const isCopy = (each: unknown): each is JsonObject =>
    membersOfCopy.every((name) => memberOf(each, name, scope) !== undefined);
  return Array.isArray(value) && value.every(isCopy) ? value : undefined;
}

const membersOfCopy = ["name", "count", "input"];

/** The number of iterations. Azure rejects anything but a number from 0 to 800. */
export function countOf(count: Value): number | Unknown {
  return isInteger(count) && count >= 0 && count <= mostCopies ? count : UNKNOWN;
}

/** The list that a copy of a property or variable produces. */
export function inputsOf(
  copy: JsonObject,
  scope: Scope,
  evaluate: (written: unknown, scope: Scope) => Value,
): Value {
  const count = countOf(evaluate(memberOf(copy, "count", scope), scope));
  const name = evaluate(memberOf(copy, "name", scope), scope);
  if (count === UNKNOWN || typeof name !== "string") return UNKNOWN;
  const input = memberOf(copy, "input", scope);
  const items = Array.from({ length: count }, (_, index) =>
    evaluate(input, withLoop(scope, { name, kind: "property", index })),
  );
  return listOf(items, scope.template.shared.budget);
}
