/**
 * How many steps the expressions of one template may take in total. A cluster takes a few hundred, a whole
 * resource of the AVM module a few thousand. A hostile template exhausts them within about a second, and the
 * rest of it is unknown.
 */
const defaultSteps = 300_000;

/**
 * How deep evaluations may nest, through functions, variables and nested deployments. The call stack allows
 * far more.
 */
const deepest = 250;

/** Bounds evaluation. All scopes of a template, including those of nested templates, share one budget. */
export class Budget {
  private depth = 0;

  constructor(private steps: number = defaultSteps) {}

  /** Consumes steps; false if there are not enough left, in which case the answer is unknown. */
  spend(steps: number): boolean {
    this.steps -= steps;
    return this.steps >= 0;
  }

  /** Runs one evaluation inside another; returns `otherwise` if they nest too deep or no steps are left. */
  nested<T>(run: () => T, otherwise: T): T {
    if (this.depth >= deepest || !this.spend(1)) return otherwise;
    this.depth++;
    const result = run();
    this.depth--;
    return result;
  }
}
