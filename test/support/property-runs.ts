/**
 * The share of its inputs that a property test makes: all of them in CI, a fifth on a contributor's machine, and less in
 * mutation testing, which runs every test many times.
 */
const given = process.env["PROPERTY_SHARE"];
const share = Number(given ?? (process.env["CI"] ? 1 : 0.2));

/** How often a property runs. Where the share is given, nobody reads which input is the smallest that fails. */
export function propertyRuns(numRuns: number): { readonly numRuns: number; readonly endOnFailure: boolean } {
  return { numRuns: Math.ceil(numRuns * share), endOnFailure: given !== undefined };
}
