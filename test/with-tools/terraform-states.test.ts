/** States of a real Terraform, and the plan that changes nothing: after an apply everything is known. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ReadDocument } from "../../shared/documents/document";
import type { JsonObject } from "../../shared/documents/json";
import { readPlan } from "../../shared/documents/terraform/plan";
import { readState } from "../../shared/documents/terraform/state";
import { subjectAt, subjectsByAddress, told, verdictOf } from "../support/clusters-read";
import { describeWith } from "../support/needs";
import { TerraformFolder, terraformNeed } from "../support/real-terraform";
import { filesWith, given, idOf, poolOwners, rows } from "../support/terraform-rows";

const documents = ["the state as it is shown", "the state's file", "a plan without changes"] as const;

describeWith(terraformNeed, "after a real Terraform's apply", () => {
  let folder: TerraformFolder;
  const shown = new Map<string, ReadDocument>();
  const read = new Map<string, ReturnType<typeof subjectsByAddress>>();

  beforeAll(() => {
    folder = new TerraformFolder(filesWith("few"));
    folder.plan();
    folder.apply();
    const readers: readonly [string, JsonObject, typeof readPlan][] = [
      [documents[0], folder.state(), readState],
      [documents[1], folder.stateFile(), readState],
      [documents[2], folder.plan(), readPlan],
    ];
    for (const [name, document, reader] of readers) {
      const of = reader(document);
      if (typeof of === "string") throw new Error(of);
      shown.set(name, of);
      read.set(name, subjectsByAddress(of));
    }
  });

  afterAll(() => {
    folder.remove();
  });

  describe.each(documents)("%s", (name) => {
    const subjectOf = (address: string) => subjectAt(read.get(name) ?? new Map<string, never>(), address);

    test.each(rows.map((row) => [row.name, row] as const))("%s", (_, row) => {
      for (const place of ["", "module.rows."]) {
        const subject = subjectOf(`${place}azurerm_kubernetes_cluster.${idOf(row)}`);
        expect(verdictOf(subject)).toBe(row.applied ?? row.verdict);
        expect(Object.values(told(subject.cluster))).not.toContain("unknown");
      }
    });

    test.each(Object.entries(given))("%s, which was %s", (address, verdict) => {
      expect(verdictOf(subjectOf(address))).toBe(verdict === "unknown" ? "pass" : verdict);
    });

    test.each(Object.entries(poolOwners))("%s, with its pools: %s", (address, verdict) => {
      expect(verdictOf(subjectOf(address), "network-policy-compatible")).toBe(verdict);
    });
  });

  test("reports the same about the same clusters, and nothing else", () => {
    const [ofShown, ofFile, ofPlan] = documents.map((name) => [...(read.get(name) ?? [])]);
    const clusters = (of: typeof ofShown) =>
      new Map(of?.map(([address, { cluster, origin }]) => [address, { cluster, place: origin.place }]));
    expect(clusters(ofFile)).toEqual(clusters(ofShown));
    expect(clusters(ofPlan)).toEqual(clusters(ofShown));
    expect([...shown.values()].map(({ notes }) => notes)).toEqual([[], [], []]);
    expect(new Set(ofPlan?.map(([, { origin }]) => origin.planned?.action))).toEqual(new Set(["none"]));
  });
});
