/** One cluster, one verdict, through the plan and the states of a real Terraform. */
import { expect, test } from "vitest";
import { clustersFor } from "../conformance/clusters";
import { compare, shownComparison } from "../conformance/comparison";
import { differences } from "../conformance/differences";
import { terraformWays } from "../conformance/terraform";
import { describeWith } from "../support/needs";
import { terraformNeed } from "../support/real-terraform";

describeWith(terraformNeed, "a real Terraform", () => {
  test("agrees with the other doors on the same cluster", async () => {
    const comparison = await compare(terraformWays, clustersFor(600, 20261127), differences);
    console.log(shownComparison(comparison));
    expect(comparison.disagreements).toEqual([]);
    const never = [...comparison.occurred].filter(
      ([{ doors }, count]) => count === 0 && doors.source.startsWith("^Terraform"),
    );
    expect(never.map(([{ what }]) => what)).toEqual([]);
  }, 600_000);
});
