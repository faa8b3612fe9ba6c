/** What a resource's `lifecycle` protects, and which changes of it Terraform ignores. */
import { describe, expect, test } from "vitest";
import { readTerraformJson } from "../../../shared/documents/terraform/json";
import type { Lifecycle } from "../../../shared/documents/clusters";

function lifecycleOf(lifecycle: unknown): Lifecycle {
  const document = { resource: { azurerm_kubernetes_cluster: { aks: { lifecycle } } } };
  const [only] = readTerraformJson([document]).clusters;
  if (only === undefined || "error" in only) throw new Error("it is a cluster");
  return only.lifecycle();
}

const engine = "network_profile.network_policy";

describe("changes are ignored", () => {
  test.each<[ignored: unknown, path: string, is: boolean]>([
    ["all", engine, true],
    [["all"], engine, true],
    [["network_profile"], engine, true],
    [["tags", "network_profile"], engine, true],
    [["network_profile[0].network_policy"], engine, true],
    [["network_profile[12].network_policy"], engine, true],
    [["network_profile.0.network_policy"], engine, true],
    [["network_profile.12.network_policy"], engine, true],
    [["network_profile.0"], engine, true],
    [["network_profile . network_policy"], engine, true],
    [["network_profile  [0]  .  network_policy"], engine, true],
    [[engine], "networkProfile.networkPolicy", true],
    [[engine], "network_profile", true],
    [["tags"], engine, false],
    [[], engine, false],
    [undefined, engine, false],
    [[5, null], engine, false],
    [["network_profile.network_plugin"], engine, false],
    [["network"], engine, false],
    [["network_profile.network_policy_more"], engine, false],
    [["network_policy"], engine, false],
    [["profile.network_policy"], engine, false],
    [["all_of_it"], engine, false],
    [["network_profile.0a"], "network_profile.0a", true],
    [["network_profile.0a"], engine, false],
  ])("%j covers %s: %s", (ignore_changes, path, is) => {
    expect(lifecycleOf({ ignore_changes }).ignores(path)).toBe(is);
    expect(lifecycleOf([{}, { ignore_changes }]).ignores(path)).toBe(is);
  });
});

test.each<[lifecycle: unknown, is: boolean]>([
  [{ prevent_destroy: true }, true],
  [{ prevent_destroy: "true" }, true],
  [[{ prevent_destroy: false }, { prevent_destroy: true }], true],
  [{ prevent_destroy: false }, false],
  [{ prevent_destroy: "false" }, false],
  [{ prevent_destroy: "${var.x}" }, false],
  [{}, false],
  [undefined, false],
  [null, false],
  ["text", false],
  [[null, 5], false],
])("%j protects the cluster: %s", (lifecycle, is) => {
  expect(lifecycleOf(lifecycle).isProtected).toBe(is);
});
