/**
 * One cluster, every door, one verdict. `CONFORMANCE_CLUSTERS=10000` sends so many generated clusters beside all worked
 * examples; without it a few hundred go, each through some of the doors.
 */
import { expect, test } from "vitest";
import { clustersFor } from "../conformance/clusters";
import { compare, shownComparison } from "../conformance/comparison";
import { differences } from "../conformance/differences";
import { documentWays } from "../conformance/documents";
import { packWays } from "../conformance/pulumi";
import { synthWays } from "../conformance/synths";
import { bootClockedPack } from "../support/clocked-pack";
import { propertyRuns } from "../support/property-runs";

/** Fixed, so that a disagreement is the same everywhere. */
const seed = 20261127;
const asked = process.env["CONFORMANCE_CLUSTERS"];
/** Each way takes one in so many clusters; `npm run conformance` sends all of them through every way. */
const oneIn = Number(process.env["CONFORMANCE_ONE_IN"] ?? 8);

test("all doors say the same of the same cluster", async () => {
  const clusters = clustersFor(asked === undefined ? propertyRuns(300).numRuns : Number(asked), seed);
  const pack = await bootClockedPack();
  try {
    const ways = [...documentWays, ...packWays(pack), ...synthWays];
    const comparison = await compare(ways, clusters, differences, oneIn);
    console.log(shownComparison(comparison));
    expect(comparison.disagreements).toEqual([]);
    if (asked === undefined) return;
    const never = [...comparison.occurred].filter(
      ([{ doors }, count]) => count === 0 && !doors.source.startsWith("^Terraform"),
    );
    expect(never.map(([{ what }]) => what)).toEqual([]);
  } finally {
    await pack.stop();
  }
}, 3_600_000);
