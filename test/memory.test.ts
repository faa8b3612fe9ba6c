import { afterAll, beforeAll, expect, test } from "vitest";
import { azureNative, defaultOptions, findingsOf, readCluster, rules } from "../shared";
import { packFolder } from "./support/clocked-pack";
import { exampleDay, plainField, pulumiVoice } from "./support/evaluate";
import type { WeighedPack } from "./support/heap";
import { bootWeighedPack, forEachOf, ownHeap } from "./support/heap";
import { realCluster } from "./support/real-cluster";

// Far above the noise of a heap after garbage collection and far below what keeping any part of a cluster would cost:
// its properties are 5 kB, the cluster in our words 2 kB, one finding 1 kB.
const bytesPerJudgement = 300;
/** Until the end of a run the pack remembers each cluster's URN, name and kind. */
const bytesPerCluster = 1000;

let weighed: WeighedPack;
beforeAll(async () => {
  weighed = await bootWeighedPack(packFolder);
});
afterAll(() => weighed.stop());

test("clusters that are judged again leave nothing behind in the pack's process", async () => {
  const { pack, heap } = weighed;
  const judge = (count: number): Promise<void> => forEachOf(count, (i) => pack.analyze(realCluster(i % 50)));
  await judge(1000);
  const before = await heap();
  await judge(4000);
  expect((await heap()) - before).toBeLessThan(4000 * bytesPerJudgement);
});

test("of a cluster that it has not seen before, the pack's process keeps little until the end", async () => {
  const { pack, heap } = weighed;
  const judge = (count: number, from: number): Promise<void> =>
    forEachOf(count, (i) => pack.analyze(realCluster(from + i)));
  await judge(1000, 1000);
  const before = await heap();
  await judge(4000, 2000);
  expect((await heap()) - before).toBeLessThan(4000 * bytesPerCluster);
});

test("judged clusters leave nothing behind in the evaluator", () => {
  const judge = (count: number): void => {
    for (let i = 0; i < count; i++) {
      const cluster = readCluster(plainField({ ...realCluster(i).props, name: `aks-${i}` }), azureNative);
      for (const rule of rules)
        findingsOf(
          rule,
          { cluster, dialect: azureNative },
          { today: exampleDay, options: defaultOptions },
          pulumiVoice,
        );
    }
  };
  judge(2000);
  const before = ownHeap();
  judge(20_000);
  expect(ownHeap() - before).toBeLessThan(20_000 * bytesPerJudgement);
});
