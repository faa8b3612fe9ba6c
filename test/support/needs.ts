import { describe, it } from "vitest";

/** What tests need besides the repository's own install. */
export interface Need {
  readonly what: string;
  /** What is missing and the command that gets it; undefined if nothing is. */
  readonly missing: string | undefined;
}

/**
 * In a checkout without the need, the tests are skipped with a message; in CI, where nobody would read that,
 * they fail.
 */
export function describeWith({ what, missing }: Need, name: string, define: () => void): void {
  if (missing === undefined) {
    describe(name, define);
  } else if (process.env["CI"] !== undefined && process.env["CI"] !== "") {
    describe(name, () => {
      it(`finds ${what}`, () => {
        throw new Error(missing);
      });
    });
  } else {
    console.warn(`SKIPPED ${name}: ${missing}`);
    describe.skip(`${name} (skipped: no ${what})`, define);
  }
}
