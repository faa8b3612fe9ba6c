import { describe, expect, test } from "vitest";
import { run, summary, tooRare } from "./fuzz/jobs";
import { emptyTally } from "./fuzz/invariants";

/** Fixed, so that a failure is the same everywhere. `npm run fuzz` takes any seed, and a million inputs. */
const seed = 20261124;

describe("generated inputs hold every invariant", () => {
  test.each([
    ["readers", 6000],
    ["pack", 150],
    ["libraries", 200],
  ] as const)("through the %s", async (stage, runs) => {
    const outcome = await run({ stage, seed, runs });
    if ("failure" in outcome) throw new Error(outcome.failure);
    if (stage !== "readers") return;
    console.log(`fuzz: seed ${seed}, ${summary(outcome.tally)}`);
    expect(tooRare(outcome.tally)).toEqual([]);
  });
});

test("inputs that all end alike prove nothing", () => {
  const tally = emptyTally();
  tally.kinds.passed = 1000;
  expect(tooRare(tally)).toEqual(["failed", "unknown", "refused"]);
});
