/**
 * The share of inputs that a property test generates: all of them in CI, a fifth on a contributor's machine,
 * and fewer in mutation testing, which runs every test many times.
 */
const given = process.env["PROPERTY_SHARE"];
const share = Number(given ?? (process.env["CI"] ? 1 : 0.2));

/** The number of runs of a property. With a reduced share, the smallest failing input is not searched for. */
export function propertyRuns(numRuns: number): { readonly numRuns: number; readonly endOnFailure: boolean } {
  return { numRuns: Math.ceil(numRuns * share), endOnFailure: given !== undefined };
}
