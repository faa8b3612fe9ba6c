/** The effect of a change on an existing cluster: by attribute and version, per tool. */
import { describe, expect, test } from "vitest";
import type { Declaration } from "../../../shared/cluster/declaration";
import { notKnownYet } from "../../../shared/cluster/declaration";
import { pulumiDialects } from "../../../shared/dialects";
import { armTemplate } from "../../../shared/dialects/arm-template";
import { az } from "../../../shared/dialects/az";
import { azapi } from "../../../shared/dialects/azapi";
import { azureClassic } from "../../../shared/dialects/azure-classic";
import { azureNative } from "../../../shared/dialects/azure-native";
import { azurerm, azurermTyped } from "../../../shared/dialects/azurerm";
import { azurermBridged } from "../../../shared/dialects/azurerm-bridged";
import type { Dialect } from "../../../shared/dialects/dialect";
import { aksModule } from "../../../shared/dialects/module-azure-aks";
import { isBefore } from "../../../shared/dialects/version";
import type { Assignment, Choice } from "../../../shared/fixes/choice";
import { assignments } from "../../../shared/fixes/choice";
import { bridges, inPlaceChanges } from "../../../shared/fixes/known-changes";
import type { ChangeEffect } from "../../../shared/fixes/replacement";
import { bridgedBy, changeEffect, effectOf, isInPlaceAtLast } from "../../../shared/fixes/replacement";
import { effectSentence } from "../../../shared/messages/effects";
import { readCluster } from "../../../shared/reading/cluster";
import { spell } from "../../../shared/reading/spell";
import { plainField } from "../../support/evaluate";

function deployed(declaration: Declaration, dialect: Dialect, toolVersion?: string) {
  const spelled = spell(declaration, dialect);
  if (spelled === undefined) throw new Error(`${dialect.name} cannot say it`);
  return { cluster: readCluster(plainField(spelled.cluster), dialect), dialect, toolVersion };
}

function effectFor(
  declaration: Declaration,
  choice: Choice,
  dialect: Dialect = azurerm,
  version?: string,
): ChangeEffect {
  const subject = deployed(declaration, dialect, version);
  return changeEffect(subject, assignments(subject.cluster, choice, dialect));
}

const pair: Choice = { dataplane: "cilium", engine: "cilium" };
const overlay: Choice = { plugin: "azure", mode: "overlay" };
const whole: Choice = { ...overlay, ...pair };

describe("azurerm, attribute by attribute", () => {
  /** `since` is undefined if no version makes the change in place. */
  test.each<[before: Declaration, change: Choice, since: string | undefined]>([
    // network_policy
    [{ plugin: "azure", dataplane: "cilium" }, { engine: "cilium" }, "3.75"],
    [{ plugin: "azure" }, { engine: "calico" }, "3.108"],
    [{ plugin: "azure" }, { engine: "azure" }, "3.108"],
    [{ plugin: "azure", engine: "none" }, { engine: "calico" }, "3.108"],
    [{ plugin: "azure", dataplane: "cilium", engine: "azure" }, { engine: "cilium" }, "4.58"],
    [{ plugin: "azure", dataplane: "cilium", engine: "calico" }, { engine: "cilium" }, "4.59"],
    [{ plugin: "azure", engine: "azure" }, { engine: "calico" }, undefined],
    [{ plugin: "azure", engine: "calico" }, { engine: "azure" }, undefined],
    [{ plugin: "azure", dataplane: "cilium", engine: "cilium" }, { engine: "calico" }, undefined],
    // network_data_plane
    [{ plugin: "azure", engine: "cilium", dataplane: "azure" }, { dataplane: "cilium" }, "4.58"],
    // The state of a live cluster usually says azure if nothing is written.
    [{ plugin: "azure", engine: "cilium" }, { dataplane: "cilium" }, "4.58"],
    [{ plugin: "azure", engine: "calico", dataplane: "cilium" }, { dataplane: "azure" }, undefined],
    // network_plugin_mode
    [{ plugin: "azure" }, { mode: "overlay" }, "3.72"],
    [{ plugin: "azure", mode: "underlay" }, { mode: "overlay" }, "3.72"],
    // network_plugin
    [{ plugin: "kubenet" }, overlay, "4.66"],
    [{ plugin: "kubenet", mode: "overlay" }, { plugin: "azure" }, "4.66"],
    [{ plugin: "kubenet" }, { plugin: "azure" }, undefined],
    [{ plugin: "none" }, overlay, undefined],
    [{ plugin: "azure" }, { plugin: "kubenet" }, undefined],
    [{ plugin: "azure" }, { plugin: "none" }, undefined],
    [{ engine: "azure" }, { plugin: "kubenet" }, undefined],
    // Of several attributes, the latest version decides.
    [{ plugin: "azure" }, pair, "4.58"],
    [{ plugin: "azure", engine: "azure" }, pair, "4.58"],
    [{ plugin: "azure", engine: "calico" }, pair, "4.59"],
    [{ plugin: "azure" }, { mode: "overlay", ...pair }, "4.58"],
    [{ plugin: "kubenet" }, { ...overlay, engine: "calico" }, "4.66"],
    [{ plugin: "kubenet" }, whole, "4.66"],
    [{ plugin: "kubenet", engine: "calico" }, whole, "4.66"],
    [{ plugin: "kubenet", engine: "azure" }, { ...overlay, engine: "calico" }, undefined],
    [{ plugin: "none" }, whole, undefined],
    // An unknown value may be anything, and a value that Azure does not have was never applied.
    [{ plugin: "azure", dataplane: notKnownYet, engine: "cilium" }, { dataplane: "cilium" }, "4.58"],
    [{ plugin: "azure", dataplane: "cilium", engine: notKnownYet }, { engine: "cilium" }, "4.59"],
    [{ plugin: "azure", engine: notKnownYet }, { engine: "calico" }, undefined],
    [{ plugin: "azure", engine: "istio" }, { engine: "calico" }, undefined],
    [{ plugin: "azure", engine: "istio" }, pair, "4.59"],
    [{ plugin: notKnownYet }, whole, undefined],
    [{ plugin: "azrue", engine: "calico" }, { plugin: "azure" }, undefined],
    // No profile: kubenet or Azure CNI Overlay, by the Kubernetes version.
    [{}, whole, "4.66"],
    [{}, { plugin: "azure" }, undefined],
  ])("%o, then %j: in place from %s", (before, change, since) => {
    expect(effectFor(before, change).azurermSince).toBe(since);
    expect(effectFor(before, change).effect).toBeUndefined();
    if (since === undefined) {
      expect(effectFor(before, change, azurerm, "5.2.0").effect).toBe("replaced");
      return;
    }
    const [major, minor] = since.split(".").map(Number) as [number, number];
    for (const dialect of [azurerm, azurermTyped, azurermBridged]) {
      expect(effectFor(before, change, dialect, `${since}.0`).effect).toBe("in place");
      expect(effectFor(before, change, dialect, "5.2.0").effect).toBe("in place");
      expect(effectFor(before, change, dialect, `${major}.${minor - 1}.99`).effect).toBe("replaced");
    }
  });

  test.each(inPlaceChanges)("$attribute, $from -> $to: the versions in the rows increase", (row) => {
    const before = inPlaceChanges.slice(0, inPlaceChanges.indexOf(row));
    const same = before.filter(({ attribute }) => attribute === row.attribute);
    expect(same.filter(({ since }) => isBefore(row.since, since))).toEqual([]);
  });

  test("the engine that is no engine changes nothing where there is none", () => {
    const subject = deployed({ plugin: "azure" }, azurerm, "3.70.0");
    expect(changeEffect(subject, assignments(subject.cluster, { engine: "none" }, azurerm))).toMatchObject({
      effect: "in place",
      azurermSince: "0.0",
    });
  });

  test.each([
    ["3.50.0", "replaced", undefined],
    ["5.2.0", "in place", "outbound"],
    [undefined, undefined, "outbound"],
  ])("what azurerm %s plans in place is not sent, and what it replaces is", (version, effect, because) => {
    const subject = { ...deployed({ plugin: "azure" }, azurerm, version), notSentBecauseOf: "outbound" };
    const found = changeEffect(subject, assignments(subject.cluster, pair, azurerm));
    expect([found.effect, found.notSentBecauseOf]).toEqual([effect, because]);
  });

  test("a removal is never in place", () => {
    const subject = deployed({ plugin: "azure", ...pair }, azurerm, "5.2.0");
    expect(changeEffect(subject, []).effect).toBe("replaced");
  });
});

describe("@pulumi/azure", () => {
  test.each([
    ["6.0.0", "4.0.0"],
    ["6.31.0", "4.0.0"],
    ["6.32.0", "4.58.0"],
    ["6.33.0", "4.61.0"],
    ["6.34.0", "4.66.0"],
    ["6.35.0", "4.69.0"],
    ["6.36.0", "4.73.0"],
    ["6.37.0", "4.73.0"],
    ["6.38.0", "4.74.0"],
    ["6.39.0", "4.80.0"],
    ["6.40.0", "4.81.0"],
    ["6.41.0", "4.81.0"],
    ["6.34.0-alpha.1", "4.61.0"],
    ["5.89.0", undefined],
    ["latest", undefined],
    ["6.40.0, or so", undefined],
  ])("%s bridges azurerm %s", (version, bridged) => {
    expect(bridgedBy(version)).toBe(bridged);
  });

  test.each([
    ["6.33.0", undefined],
    ["6.34.0", "in place"],
    ["6.40.0", "in place"],
    [undefined, undefined],
  ] as const)("%s moves kubenet to overlay: %s", (version, effect) => {
    expect(effectFor({ plugin: "kubenet" }, overlay, azureClassic, version).effect).toBe(effect);
  });

  test("both columns of the bridges decrease", () => {
    for (const [i, { since, azurerm: bridged }] of bridges.entries()) {
      const older = bridges[i + 1];
      if (older !== undefined)
        expect([isBefore(older.since, since), isBefore(older.azurerm, bridged)]).toEqual([true, true]);
    }
  });
});

test.each<[before: Declaration, change: Choice]>([
  [{ plugin: "azure" }, { engine: "calico" }],
  [{ plugin: "azure" }, pair],
  [{ plugin: "azure", engine: "azure" }, { engine: "calico" }],
  [{ plugin: "azure" }, { mode: "overlay" }],
  [{ plugin: "kubenet" }, { engine: "calico" }],
  [{ plugin: "kubenet" }, whole],
])("azure-native replaces the cluster: %o, then %j", (before, change) => {
  const effect = effectFor(before, change, azureNative, "3.28.0");
  expect(effect.effect).toBe("replaced");
  expect(effectSentence(effect)).toBe(
    "azure-native REPLACES it: it deletes the old cluster first (last if Pulumi generated its name). Look for `replace` in the preview.",
  );
});

describe("Azure itself", () => {
  const atOnce =
    "Azure changes it in place on Kubernetes 1.30 and later. It reimages all node pools at the same time.";
  const toCilium =
    "Azure changes it in place on Kubernetes 1.30 and later, engine and dataplane together, if all node pools are Linux. It reimages all node pools at the same time.";
  const throughNone =
    "Azure changes one engine to another only through `none`, and reimages every node pool each time. If it refuses a change, you must recreate the cluster.";
  const napOff = "Switch node auto-provisioning off first, and on again afterwards.";
  const inTwo = (linux: boolean, ...steps: readonly [string, string]): string =>
    `Azure changes it in place on Kubernetes 1.30 and later${linux ? ", if all node pools are Linux" : ""}, in two operations: first ${steps[0]}, then ${steps[1]}. Every node pool is reimaged each time.`;
  const plugin = "networkPlugin and networkPluginMode";
  const dataplane = "networkDataplane and networkPolicy";

  test.each<[before: Declaration, change: Choice, sentence: string]>([
    [{ plugin: "azure" }, { engine: "calico" }, atOnce],
    [{ plugin: "azure", engine: "none" }, { engine: "azure" }, atOnce],
    [{ plugin: "kubenet" }, { engine: "calico" }, atOnce],
    [{ plugin: "azure" }, pair, toCilium],
    [{ plugin: "azure", engine: "azure" }, pair, toCilium],
    [{ plugin: "azure", engine: "calico" }, pair, toCilium],
    // The dataplane alone, or the engine alone, is rejected.
    [{ plugin: "azure" }, { dataplane: "cilium" }, throughNone],
    [{ plugin: "azure", engine: "azure" }, { engine: "cilium" }, throughNone],
    [{ plugin: "azure", engine: "azure" }, { engine: "calico" }, throughNone],
    [{ plugin: "azure", engine: "calico" }, { engine: "azure" }, throughNone],
    [{ plugin: "azure", ...pair }, { dataplane: "azure", engine: "calico" }, throughNone],
    [{ plugin: "azure" }, { dataplane: "cilium", engine: "calico" }, throughNone],
    [{ plugin: "azure", engine: "calico" }, { dataplane: "azure", engine: "cilium" }, throughNone],
    [{ plugin: "azure", dataplane: "cilium", engine: "azure" }, { engine: "calico" }, throughNone],
    [{ plugin: "azure", dataplane: "cilium" }, { dataplane: "azure", engine: "calico" }, throughNone],
    [{ plugin: "azure" }, { dataplane: "azure", engine: "calico" }, atOnce],
    [{ plugin: "kubenet" }, { plugin: "none", mode: "overlay" }, throughNone],
    // From a bring-your-own plugin there is no way to another one.
    [{ plugin: "none" }, whole, throughNone],
    // Mode and dataplane separately, and overlay without an engine.
    [{ plugin: "azure" }, { mode: "overlay" }, atOnce],
    [{ plugin: "kubenet" }, whole, inTwo(true, plugin, dataplane)],
    [{ plugin: "azure" }, { mode: "overlay", ...pair }, inTwo(true, "networkPluginMode", dataplane)],
    [{ plugin: "kubenet" }, { ...overlay, engine: "calico" }, inTwo(false, plugin, "networkPolicy")],
    [
      { plugin: "kubenet", engine: "calico" },
      whole,
      `${inTwo(true, plugin, dataplane)} Remove the engine first (engine \`none\`).`,
    ],
    [
      { plugin: "azure", engine: "azure" },
      { mode: "overlay", ...pair },
      `${inTwo(true, "networkPluginMode", dataplane)} Remove the engine first (engine \`none\`).`,
    ],
    [
      { plugin: "kubenet", mode: "overlay" },
      { plugin: "azure", ...pair },
      inTwo(true, "networkPlugin", dataplane),
    ],
    // Engine azure on kubenet was never installed.
    [{ plugin: "kubenet", engine: "azure" }, whole, inTwo(true, plugin, dataplane)],
    // Node auto-provisioning.
    [{ plugin: "azure", nodeProvisioning: "Auto" }, pair, `${toCilium} ${napOff}`],
    [{ plugin: "azure", nodeProvisioning: "Manual" }, pair, toCilium],
    [{ plugin: "azure", nodeProvisioning: notKnownYet }, pair, toCilium],
    [{ plugin: "kubenet", nodeProvisioning: "Auto" }, whole, `${inTwo(true, plugin, dataplane)} ${napOff}`],
    // Writing the plugin explicitly does not change it: engine azure runs on no other.
    [{ engine: "azure" }, { plugin: "azure" }, atOnce],
    [{ engine: "cilium" }, { plugin: "azure" }, atOnce],
    [{ dataplane: "cilium" }, { plugin: "azure" }, atOnce],
  ])("%o, then %j", (before, change, sentence) => {
    for (const dialect of [azapi, armTemplate, az]) {
      const effect = effectFor(before, change, dialect);
      expect(effect.effect).toBe(sentence === throughNone ? undefined : "in place");
      expect(effectSentence(effect)).toBe(sentence);
    }
  });
});

describe("an effect says", () => {
  const dataplaneAlone: Choice = { dataplane: "cilium" };
  const onCilium: Declaration = { plugin: "azure", dataplane: "cilium" };
  test.each<[before: Declaration, change: Choice, toCilium: boolean]>([
    [{ plugin: "azure" }, pair, true],
    [{ plugin: "azure" }, dataplaneAlone, true],
    [{ plugin: "azure" }, { engine: "calico" }, false],
    [onCilium, { engine: "cilium" }, false],
    [onCilium, { dataplane: "azure" }, false],
  ])("whether it turns the Cilium dataplane on: %j, then %j: %s", (before, change, toCilium) => {
    expect(effectFor(before, change)).toMatchObject({ toCilium, before: [] });
  });

  test("whether there is no network profile yet, as far as the change is in it", () => {
    const none = deployed({}, azurerm);
    const inside = { setting: "plugin", path: "network_profile.network_plugin", value: "azure" } as const;
    const outside = { setting: "engine", path: "network_policy", value: "calico" } as const;
    const isNew = (...settings: readonly Assignment[]): boolean => changeEffect(none, settings).newBlock;
    expect([isNew(inside), isNew(inside, outside), isNew()]).toEqual([true, false, false]);
    expect(changeEffect(deployed({ plugin: "azure" }, azurerm), [inside]).newBlock).toBe(false);
  });

  test("that a cluster is replaced, even if Azure would need two operations", () => {
    const subject = deployed({ plugin: "kubenet" }, azureNative, "5.2.0");
    expect(effectOf(subject, assignments(subject.cluster, whole, azureNative))).toBe("replaced");
  });

  test.each([
    [{ plugin: "azure", engine: "azure" }, { engine: "calico" }, azurerm],
    [{ plugin: "azure" }, { engine: "calico" }, azureNative],
  ] as const)("that no version makes it in place: %j, then %j", (before, change, dialect) => {
    const subject = deployed(before, dialect, "5.2.0");
    const settings = assignments(subject.cluster, change, dialect);
    expect([effectOf(subject, settings), isInPlaceAtLast(subject, settings)]).toEqual(["replaced", false]);
  });
});

describe("two applies", () => {
  const twoApplies =
    "but Azure needs two applies: first network_plugin and network_plugin_mode, then network_data_plane and network_policy (every node pool is reimaged each time).";
  test.each<[before: Declaration, change: Choice, version: string | undefined, sentence: string]>([
    [
      { plugin: "kubenet" },
      whole,
      "4.66.0",
      `azurerm 4.66.0 (this program's version) changes it in place, ${twoApplies}`,
    ],
    [
      { plugin: "kubenet" },
      whole,
      "4.65.0",
      `azurerm 4.65.0 (this program's version) REPLACES it; 4.66 and later change it in place, ${twoApplies}`,
    ],
    [
      { plugin: "kubenet" },
      whole,
      undefined,
      `azurerm 4.66 and later change it in place, ${twoApplies.slice(0, -1)}; earlier versions REPLACE it.`,
    ],
    [
      { plugin: "kubenet", engine: "calico" },
      whole,
      "5.2.0",
      `azurerm 5.2.0 (this program's version) changes it in place, ${twoApplies} Azure refuses it while an engine is installed, and azurerm cannot remove it: run \`az aks update --network-policy none\` first.`,
    ],
    [
      { plugin: "kubenet", nodeProvisioning: "Auto" },
      whole,
      "4.73.0",
      `azurerm 4.73.0 (this program's version) changes it in place, ${twoApplies} Switch node auto-provisioning off first, and on again afterwards.`,
    ],
    [
      { plugin: "azure" },
      { mode: "overlay", ...pair },
      "4.73.0",
      "azurerm 4.73.0 (this program's version) changes it in place, but Azure needs two applies: first network_plugin_mode, then network_data_plane and network_policy (every node pool is reimaged each time).",
    ],
    [
      {},
      whole,
      "4.73.0",
      `azurerm 4.73.0 (this program's version) changes it in place, ${twoApplies} Read the plan first: adding a network profile can force a replacement.`,
    ],
    [{ plugin: "none" }, whole, "5.2.0", "azurerm 5.2.0 (this program's version) REPLACES it."],
    [{ plugin: "none" }, whole, undefined, "azurerm REPLACES it, in every version."],
    [
      { plugin: "azure", nodeProvisioning: "Auto" },
      pair,
      "4.73.0",
      "azurerm 4.73.0 (this program's version) changes it in place (every node pool is reimaged). Switch node auto-provisioning off first, and on again afterwards.",
    ],
  ])("%o, then %j, by azurerm %s", (before, change, version, sentence) => {
    expect(effectSentence(effectFor(before, change, azurerm, version))).toBe(sentence);
  });

  test("@pulumi/azure says the same in its own names", () => {
    expect(effectSentence(effectFor({ plugin: "kubenet" }, whole, azureClassic, "6.39.0"))).toBe(
      "@pulumi/azure 6.39.0, which bridges azurerm 4.80.0 or later, changes it in place, but Azure needs two applies: first networkPlugin and networkPluginMode, then networkDataPlane and networkPolicy (every node pool is reimaged each time).",
    );
  });

  test.each<[before: Declaration, change: Choice, dialect: Dialect, atOnce: boolean]>([
    [{ plugin: "azure" }, pair, azurerm, true],
    [{ plugin: "kubenet" }, { engine: "calico" }, azurerm, true],
    [{ plugin: "kubenet" }, { engine: "calico" }, aksModule, true],
    [{ plugin: "kubenet" }, { engine: "calico" }, azapi, true],
    [{ plugin: "kubenet" }, { engine: "calico" }, azureNative, false],
    [{ plugin: "kubenet" }, whole, azurerm, false],
    [{ plugin: "kubenet" }, whole, azapi, false],
    [{ plugin: "kubenet", engine: "calico" }, overlay, azurerm, false],
    [{ plugin: "azure", engine: "azure" }, { engine: "calico" }, azapi, false],
    // It does not keep the change from being made at once.
    [{ plugin: "azure", nodeProvisioning: "Auto" }, pair, azurerm, true],
  ])("%o, then %j, at once: %#", (before, change, dialect, atOnce) => {
    const subject = deployed(before, dialect, dialect.tool === "azure-native" ? "3.28.0" : "5.2.0");
    const settings = assignments(subject.cluster, change, dialect);
    expect(isInPlaceAtLast(subject, settings)).toBe(atOnce);
    // Auto-set applies everything at once.
    expect(effectOf(subject, settings) === "in place").toBe(atOnce);
  });

  test("no tool but azure-native reports a replacement if nothing changes", () => {
    for (const dialect of [...pulumiDialects, azurerm, azapi]) {
      const subject = deployed({ engine: "azure" }, dialect, "5.2.0");
      const sentence = effectSentence(
        changeEffect(subject, assignments(subject.cluster, { plugin: "azure" }, dialect)),
      );
      expect(sentence.includes("REPLACES")).toBe(dialect === azureNative);
    }
  });
});
