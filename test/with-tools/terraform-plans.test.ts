/**
 * Plans of a real Terraform: omitted settings are distinguished from those known after apply, wherever they
 * are.
 */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readPlan } from "../../shared/documents/terraform/plan";
import { findingsOf } from "../../shared/findings/judge";
import { rules } from "../../shared/rules";
import { subjectAt, subjectsByAddress, told, verdictOf } from "../support/clusters-read";
import { exampleDay, tell } from "../support/evaluate";
import { describeWith } from "../support/needs";
import { TerraformFolder, terraformNeed } from "../support/real-terraform";
import { filesWith, given, idOf, instances, places, poolOwners, rows } from "../support/terraform-rows";

describeWith(terraformNeed, "a real Terraform plans", () => {
  let folder: TerraformFolder;
  let read: ReturnType<typeof subjectsByAddress>;

  beforeAll(() => {
    folder = new TerraformFolder(filesWith("all"));
    read = subjectsByAddress(readPlan(folder.plan()));
  });

  afterAll(() => {
    folder.remove();
  });

  describe.each(rows.map((row) => [row.name, row] as const))("%s", (_, row) => {
    test.each(places)("in %j", (place) => {
      for (const instance of instances) {
        const subject = subjectAt(read, `${place}azurerm_kubernetes_cluster.${idOf(row)}${instance}`);
        expect(told(subject.cluster)).toMatchObject(row.read);
        expect(verdictOf(subject)).toBe(row.verdict);
      }
    });
  });

  test.each(Object.entries(given))("%s: %s", (address, verdict) => {
    expect(verdictOf(subjectAt(read, address))).toBe(verdict);
  });

  describe("separate pools", () => {
    test.each(Object.entries(poolOwners))("%s: %s", (address, verdict) => {
      expect(verdictOf(subjectAt(read, address), "network-policy-compatible")).toBe(verdict);
    });
  });

  test("keeps no value that Azure does not document", () => {
    for (const [, { cluster, dialect }] of read) {
      const messages = rules.flatMap((rule) =>
        findingsOf(rule, { cluster, dialect }, { today: exampleDay }).map((finding) => tell(finding).message),
      );
      expect(JSON.stringify([cluster, messages])).not.toContain("hunter2");
    }
  });
});
