import { test } from "vitest";
import { run } from "../fuzz/jobs";

/** Fixed, so that a failure is reproducible. `npm run fuzz` takes any seed, and a million inputs. */
const seed = 20261124;

test.each([
  ["pack", 150],
  ["libraries", 200],
] as const)("generated inputs hold every invariant through the %s", async (stage, runs) => {
  const outcome = await run({ stage, seed, runs });
  if ("failure" in outcome) throw new Error(outcome.failure);
});
