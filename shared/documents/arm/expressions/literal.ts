import { isRecord } from "../../json";
import type { Budget } from "./budget";
import type { Value } from "./values";
import { listOf, objectOf, UNKNOWN } from "./values";

/** Anything nested deeper is not read. */
const deepest = 90;

/** The value of JSON in which brackets have no meaning: a parameters file, or `json('…')`. */
export function literalOf(
  written: unknown,
  budget: Budget,
  isFilledIn?: (value: unknown) => boolean,
  depth = 0,
): Value {
  if (depth > deepest || !budget.spend(1) || isFilledIn?.(written) === true) return UNKNOWN;
  if (typeof written === "string" || typeof written === "boolean" || written === null) return written;
  if (typeof written === "number") return Number.isFinite(written) ? written : UNKNOWN;
  const inside = (each: unknown): Value => literalOf(each, budget, isFilledIn, depth + 1);
  if (Array.isArray(written)) return listOf(written.map(inside), budget);
  if (!isRecord(written)) return UNKNOWN;
  const entries = Object.entries(written).filter(([, each]) => each !== undefined);
  // An unknown name can be any name.
  if (entries.some(([name]) => isFilledIn?.(name) === true)) return UNKNOWN;
  return objectOf(
    entries.map(([name, each]) => [name, inside(each)] as const),
    budget,
  );
}
