import { describeWith } from "../support/needs.js";
import { findPulumi, MISSING_PULUMI } from "./cli.js";

/**
 * Tests that need the real CLI. Separate from cli.ts, because vitest cannot be loaded by code that runs
 * cli.ts outside of it.
 */
export function describeWithPulumi(name: string, define: () => void): void {
  const pulumi = findPulumi();
  if (pulumi?.from === "PATH") console.log(`${name}: with Pulumi ${pulumi.version}, ${pulumi.command}`);
  const missing = pulumi === undefined ? MISSING_PULUMI : undefined;
  describeWith({ what: "Pulumi CLI", missing }, name, define);
}
