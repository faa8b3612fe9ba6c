import { describe, it } from "vitest";

import { findPulumi, MISSING_PULUMI } from "./cli.js";

/**
 * Tests that need the real CLI. A checkout without it skips them and says so; in CI, where nobody would read that, they fail.
 * Apart from cli.ts because vitest cannot be loaded by what runs cli.ts outside of it.
 */
export function describeWithPulumi(name: string, define: () => void): void {
  const pulumi = findPulumi();
  if (pulumi !== undefined) {
    if (pulumi.from === "PATH") console.log(`${name}: with Pulumi ${pulumi.version}, ${pulumi.command}`);
    describe(name, define);
  } else if (process.env["CI"] !== undefined && process.env["CI"] !== "") {
    describe(name, () => {
      it("finds the Pulumi CLI", () => {
        throw new Error(MISSING_PULUMI);
      });
    });
  } else {
    console.warn(`SKIPPED ${name}: ${MISSING_PULUMI}`);
    describe.skip(`${name} (skipped: no Pulumi CLI, see npm run pulumi-cli)`, define);
  }
}
