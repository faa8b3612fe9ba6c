/** The share of its inputs that a property test makes: less than 1 only in mutation testing, which runs it many times. */
const share = Number(process.env["PROPERTY_SHARE"] ?? 1);

/** How often a property runs; where that is a share of it, it need not say which input is the smallest that fails. */
export function propertyRuns(numRuns: number): { readonly numRuns: number; readonly endOnFailure: boolean } {
  return { numRuns: Math.ceil(numRuns * share), endOnFailure: share < 1 };
}
