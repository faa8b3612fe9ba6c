import type { Budget } from "../budget";
import type { Value } from "../values";

type Run = (values: readonly Value[], budget: Budget) => Value;

/** A function of the values of its arguments, of which each may be unknown or partly so. */
export interface TemplateFunction {
  /** How many arguments it takes. Azure refuses others. */
  readonly fewest: number;
  readonly most: number;
  readonly run: Run;
}

/** A function that takes just one value. */
export function ofOne(run: (value: Value, budget: Budget) => Value): TemplateFunction {
  return { fewest: 1, most: 1, run: ([value = null], budget) => run(value, budget) };
}

/** A function that takes two values. */
export function ofTwo(run: (one: Value, other: Value, budget: Budget) => Value): TemplateFunction {
  return { fewest: 2, most: 2, run: ([one = null, other = null], budget) => run(one, other, budget) };
}

/** A function that takes any number of values, from `fewest` on. */
export function ofMany(fewest: number, run: Run): TemplateFunction {
  return { fewest, most: Infinity, run };
}

/** A function of no arguments. */
export function always(value: Value): TemplateFunction {
  return { fewest: 0, most: 0, run: () => value };
}
