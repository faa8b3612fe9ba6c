import { afterAll, beforeAll, expect, test } from "vitest";
import { azureNative } from "../../shared/dialects/azure-native";
import { readCluster } from "../../shared/reading/cluster";
import { defaultOptions, rules } from "../../shared/rules";
import type { StackResource } from "../engine/analyzer";
import { secret, urnOf } from "../engine/analyzer";
import { packFolder } from "../support/clocked-pack";
import { exampleDay, findingsTold, plainField, pulumiVoice } from "../support/evaluate";
import type { WeighedPack } from "../support/heap";
import { bootWeighedPack, forEachOf, ownHeap } from "../support/heap";

// Far above the noise of a heap after garbage collection, and far below the cost of keeping anything: the
// properties of these clusters are 4 kB, a parsed cluster is 1.5 kB, a finding 1 kB.
const bytesPerJudgement = 400;
/** Until the end of a run the pack keeps each cluster's URN, name and kind. */
const bytesPerCluster = 1000;
const judged = 3000;
const warmUp = 1000;
const timeout = 240_000;

let weighed: WeighedPack;
beforeAll(async () => {
  weighed = await bootWeighedPack(packFolder);
});
afterAll(() => weighed.stop());

function cluster(i: number): StackResource {
  const type = "azure-native:containerservice:ManagedCluster";
  const name = `aks-${i}`;
  const props = {
    resourceName: name,
    networkProfile: {
      networkPlugin: "azure",
      ...(i % 2 === 0 ? {} : { networkDataplane: "cilium", networkPolicy: "cilium" }),
    },
    agentPoolProfiles: ["system", "apps"].map((pool) => ({
      name: pool,
      osType: "Linux",
      count: 3 + (i % 10),
    })),
    windowsProfile: { adminUsername: "azureuser", adminPassword: secret(`${i}`.padStart(4000, "-")) },
  };
  return { type, name, urn: urnOf(type, name), props };
}

/** The growth of the pack's process in bytes per cluster after checking these. */
async function growth(of: (i: number) => StackResource): Promise<number> {
  const { pack, heap } = weighed;
  await forEachOf(warmUp, (i) => pack.analyze(of(i)));
  const before = await heap();
  await forEachOf(judged, (i) => pack.analyze(of(warmUp + i)));
  return ((await heap()) - before) / judged;
}

test("clusters that are checked again leave nothing behind in the pack's process", { timeout }, async () => {
  expect(await growth((i) => ({ ...cluster(i), urn: cluster(i % 50).urn ?? "" }))).toBeLessThan(
    bytesPerJudgement,
  );
});

test("for a new cluster, the pack's process keeps little until the end", { timeout }, async () => {
  expect(await growth((i) => cluster(100 + i))).toBeLessThan(bytesPerCluster);
});

test("checked clusters leave nothing behind in the evaluator", { timeout }, () => {
  const judge = (count: number): void => {
    for (let i = 0; i < count; i++) {
      const subject = {
        cluster: readCluster(plainField(cluster(i).props), azureNative),
        dialect: azureNative,
      };
      for (const rule of rules)
        findingsTold(rule, subject, { today: exampleDay, options: defaultOptions }, pulumiVoice);
    }
  };
  judge(warmUp);
  const before = ownHeap();
  judge(20_000);
  expect((ownHeap() - before) / 20_000).toBeLessThan(bytesPerJudgement);
});
