/**
 * How many steps the expressions of one template may take in all. A cluster takes some hundreds, and a whole resource of
 * the AVM module some thousands; a hostile template runs out within about a second, and what is left of it is not known.
 */
const defaultSteps = 300_000;

/** How deep evaluations may nest, through functions, variables and nested deployments. The call stack holds far more. */
const deepest = 250;

/** Keeps evaluation bounded. All scopes of a template share one, those of its nested templates included. */
export class Budget {
  private depth = 0;

  constructor(private steps: number = defaultSteps) {}

  /** Takes steps away; false when they are used up. Then the answer is not known. */
  spend(steps: number): boolean {
    this.steps -= steps;
    return this.steps >= 0;
  }

  /** Runs one evaluation inside another; `otherwise` where they nest too deep or the steps are used up. */
  nested<T>(run: () => T, otherwise: T): T {
    if (this.depth >= deepest || !this.spend(1)) return otherwise;
    this.depth++;
    try {
      return run();
    } finally {
      this.depth--;
    }
  }
}
