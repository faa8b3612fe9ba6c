import { expect, test } from "vitest";
import { clustersFor } from "../conformance/clusters";
import { compare } from "../conformance/comparison";
import { differences } from "../conformance/differences";
import { documentWays } from "../conformance/documents";
import { packWays } from "../conformance/pulumi";
import { synthWays } from "../conformance/synths";
import { bootClockedPack } from "../support/clocked-pack";

test("documents", async () => {
  const n = Number(process.env["N"] ?? 500);
  const only = new RegExp(process.env["ONLY"] ?? ".");
  const pack = await bootClockedPack();
  const ways = [...documentWays, ...packWays(pack), ...synthWays].filter((w) => w.doors.some((d) => only.test(`${w.name}: ${d}`)));
  for (const way of ways) {
    const t = performance.now();
    try {
    const { counts, disagreements } = await compare([way], clustersFor(n, 20261127), differences);
    console.log(Math.round(performance.now() - t), "ms", JSON.stringify(counts), "\n" + disagreements.join("\n"));
    } catch (e) { console.log(way.name, way.doors.join(), String((e as Error).stack).slice(0, 1500)); }
  }
  await pack.stop();
  expect(1).toBe(1);
}, 600000);
