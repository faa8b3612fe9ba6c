import type { JsonObject } from "../json";
import { entriesOf } from "./block";
import { isFilledIn } from "./syntax";

/**
 * How many instances a block has by its `count` or `for_each`: https://developer.hashicorp.com/terraform/language/meta-arguments (read 2026-11);
 * in OpenTofu also by `enabled`: https://opentofu.org/docs/language/meta-arguments/lifecycle (read 2026-11).
 * `undefined` where only Terraform knows.
 *
 * @param constant resolves a value as far as the document determines it
 */
export function instancesOf(
  { count, for_each: forEach, lifecycle }: JsonObject,
  constant: (written: unknown) => unknown,
): number | undefined {
  for (const [name, enabled] of entriesOf(lifecycle)) {
    if (name !== "enabled" || enabled === null) continue;
    const is = constant(enabled);
    if (is !== true && is !== "true") return is === false || is === "false" ? 0 : undefined;
  }
  if (count !== undefined && count !== null) return numberIn(constant(count));
  if (forEach === undefined || forEach === null) return 1;
  const each = constant(forEach);
  if (typeof each !== "object" || each === null || isFilledIn(each)) return undefined;
  if (!Array.isArray(each)) return Object.keys(each).length;
  // A set holds each member once.
  return each.some(isFilledIn) ? undefined : new Set(each).size;
}

function numberIn(count: unknown): number | undefined {
  const number = typeof count === "string" && /^\d+$/.test(count) ? Number(count) : count;
  return typeof number === "number" && Number.isInteger(number) && number >= 0 ? number : undefined;
}
