/**
 * One cluster, every door, one verdict. `CONFORMANCE_CLUSTERS=10000` sends that many generated clusters in
 * addition to all worked examples; the default is a few hundred, each through some of the doors.
 */
import { expect, test } from "vitest";
import type { Cluster } from "../conformance/clusters";
import { clustersFor } from "../conformance/clusters";
import { compare, shownComparison } from "../conformance/comparison";
import { differences } from "../conformance/differences";
import { documentWays } from "../conformance/documents";
import { packWays } from "../conformance/pulumi";
import { synthWays } from "../conformance/synths";
import { bootClockedPack } from "../support/clocked-pack";
import { propertyRuns } from "../support/property-runs";

/** Fixed, so that a disagreement is reproducible. */
const seed = 20261127;
const asked = process.env["CONFORMANCE_CLUSTERS"];
/**
 * Each way takes every example and one in this many generated clusters; `npm run conformance` sends all of
 * them through every way.
 */
const oneIn = Number(process.env["CONFORMANCE_ONE_IN"] ?? 8);

test("all doors agree on the same cluster", async () => {
  const clusters = clustersFor(asked === undefined ? propertyRuns(300).numRuns : Number(asked), seed);
  const pack = await bootClockedPack();
  try {
    const ways = [...documentWays, ...packWays(pack), ...synthWays];
    const isGenerated = ({ title }: Cluster): boolean => title.startsWith("generated");
    const whole = asked === undefined ? [] : clusters.filter((each) => !isGenerated(each));
    const shared = asked === undefined ? clusters : clusters.filter(isGenerated);
    const comparisons = [
      await compare(ways, whole, differences),
      await compare(ways, shared, differences, oneIn),
    ];
    for (const comparison of comparisons) {
      console.log(shownComparison(comparison));
      expect(comparison.disagreements).toEqual([]);
    }
    if (asked === undefined) return;
    const never = differences.filter(
      (each) =>
        !each.doors.source.startsWith("^Terraform") &&
        comparisons.every(({ occurred }) => (occurred.get(each) ?? 0) === 0),
    );
    expect(never.map(({ what }) => what)).toEqual([]);
  } finally {
    await pack.stop();
  }
}, 3_600_000);
