import type { JsonObject } from "../../json";
import { isRecord } from "../../json";
import type { Scope } from "./scope";
import { withLoop } from "./scope";
import type { Unknown, Value } from "./values";
import { isInteger, listOf, UNKNOWN } from "./values";

/** "The count can't exceed 800" (copy-properties, copy-variables and copy-resources, learn.microsoft.com, 2021-12-20). */
const mostCopies = 800;

/** The property copies that an object declares: `"copy": [{ "name": …, "count": …, "input": … }]`. */
export function copiesIn(written: JsonObject): readonly JsonObject[] | undefined {
  return asCopies(Object.entries(written).find(([name]) => /^copy$/i.test(name))?.[1]);
}

/** The copies that a member named `copy` declares; `undefined` if it is something else. */
export function asCopies(value: unknown): readonly JsonObject[] | undefined {
  return Array.isArray(value) && value.every(isCopy) ? value : undefined;
}

function isCopy(value: unknown): value is JsonObject {
  return isRecord(value) && "name" in value && "count" in value && "input" in value;
}

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
  const count = countOf(evaluate(copy["count"], scope));
  const name = evaluate(copy["name"], scope);
  if (count === UNKNOWN || typeof name !== "string") return UNKNOWN;
  const items = Array.from({ length: count }, (_, index) =>
    evaluate(copy["input"], withLoop(scope, { name, kind: "property", index })),
  );
  return listOf(items, scope.template.shared.budget);
}
