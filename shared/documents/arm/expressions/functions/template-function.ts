import type { Budget } from "../budget";
import type { Value } from "../values";

type Run = (values: readonly Value[], budget: Budget) => Value;

/** A function of its argument values, each of which may be unknown or partly unknown. */
export interface TemplateFunction {
  /** The minimum number of arguments. Azure rejects any other number. */
  readonly fewest: number;
  readonly most: number;
  readonly run: Run;
}

/** A function of exactly one value. */
export function ofOne(run: (value: Value, budget: Budget) => Value): TemplateFunction {
  return { fewest: 1, most: 1, run: ([value = null], budget) => run(value, budget) };
}

/** A function of exactly two values. */
export function ofTwo(run: (one: Value, other: Value, budget: Budget) => Value): TemplateFunction {
  return { fewest: 2, most: 2, run: ([one = null, other = null], budget) => run(one, other, budget) };
}

/** A function of `fewest` or more values. */
export function ofMany(fewest: number, run: Run): TemplateFunction {
  return { fewest, most: Infinity, run };
}

/** A function without arguments. */
export function always(value: Value): TemplateFunction {
  return { fewest: 0, most: 0, run: () => value };
}
