/** How long a piece of work takes, in a test that it does not take the square of its input. */
export function milliseconds(work: () => void): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}
