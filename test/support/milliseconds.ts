/** The duration of a piece of work, for tests that it does not take quadratic time. */
export function milliseconds(work: () => void): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}
