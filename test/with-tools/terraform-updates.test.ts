/** Plans of a real Terraform that change clusters, or leave some out. */
import { afterAll, beforeAll, expect, test } from "vitest";
import type { ReadDocument } from "../../shared/documents/document";
import { readPlan } from "../../shared/documents/terraform/plan";
import type { Verdict } from "../support/clusters-read";
import { notesOf, subjectAt, subjectsByAddress, verdictOf } from "../support/clusters-read";
import { describeWith } from "../support/needs";
import { TerraformFolder, terraformNeed } from "../support/real-terraform";
import { cilium, cluster, group, providers, windowsPool } from "../support/terraform-rows";

/** A cluster before and after a change, and the expected reading of the plan. */
interface Change {
  readonly before: string;
  readonly after: string;
  readonly action?: "create" | "update" | "replace" | "none";
  readonly because?: readonly string[];
  readonly verdict?: Verdict;
}

const profile = (text: string): { readonly profile: string } => ({ profile: text });
const calico = profile('network_policy = "calico"');
const moreBeside = 'kubernetes_version = "1.34"';
const replaced = { action: "replace" } as const;

const changes: Readonly<Record<string, Change>> = {
  unchanged: {
    before: cluster("unchanged", profile("")),
    after: cluster("unchanged", profile("")),
    action: "none",
    verdict: "fail",
  },
  made: { before: "", after: cluster("made", profile("")), action: "create", verdict: "fail" },
  updated: {
    before: cluster("updated", profile("")),
    after: cluster("updated", { ...profile(""), beside: moreBeside }),
    action: "update",
    verdict: "fail",
  },
  kept: {
    before: cluster("kept", calico),
    after: cluster("kept", { ...profile(""), beside: moreBeside }),
    action: "update",
    verdict: "pass",
  },
  kept_block: {
    before: cluster("kept_block", calico),
    after: cluster("kept_block", {}),
    action: "none",
    verdict: "pass",
  },
  ignored: {
    before: cluster("ignored", {
      ...profile(""),
      beside: "lifecycle {\n ignore_changes = [network_profile]\n}",
    }),
    after: cluster("ignored", {
      ...calico,
      beside: `${moreBeside}\nlifecycle {\n ignore_changes = [network_profile]\n}`,
    }),
    action: "update",
    verdict: "fail",
  },
  other_plugin: {
    before: cluster("other_plugin", calico),
    after: cluster("other_plugin", profile("")).replace('"azure"', '"kubenet"'),
    ...replaced,
    because: ["network_profile.network_plugin"],
    verdict: "fail",
  },
  other_engine: {
    before: cluster("other_engine", calico),
    after: cluster("other_engine", profile('network_policy = "azure"')),
    ...replaced,
    because: ["network_profile.network_policy"],
    verdict: "pass",
  },
  other_name: {
    before: cluster("other_name", calico),
    after: cluster("other_name", {
      ...calico,
      beside: "lifecycle {\n create_before_destroy = true\n}",
    }).replace('name                = "other_name"', 'name = "renamed"'),
    ...replaced,
    because: ["name"],
    verdict: "pass",
  },
  asked_for: {
    before: cluster("asked_for", calico),
    after: cluster("asked_for", calico),
    ...replaced,
    because: [],
    verdict: "pass",
  },
  open: {
    before: cluster("open", calico),
    after: cluster("open", profile("network_policy = azurerm_resource_group.other.token")),
    action: "update",
    verdict: "unknown",
  },
  gone: { before: cluster("gone", calico), after: "" },
  forgotten: {
    before: cluster("forgotten", calico),
    after: "removed {\n from = azurerm_kubernetes_cluster.forgotten\n lifecycle {\n destroy = false\n}\n}\n",
  },
};

/** A pool whose cluster depends on a local may belong to any cluster, until its ID is known. */
const poolByLocal = [
  cluster("by_local", cilium),
  "locals {\n id = azurerm_kubernetes_cluster.by_local.id\n}\n",
  windowsPool("by_local", "local.id"),
].join("");

const written = (at: "before" | "after"): string =>
  [providers, group("rg"), ...Object.values(changes).map((each) => each[at])].join("");

describeWith(terraformNeed, "a real Terraform changes", () => {
  let folder: TerraformFolder;
  let first: ReadDocument | string;
  let second: ReadDocument | string;
  let targeted: ReadDocument | string;

  beforeAll(() => {
    folder = new TerraformFolder({ "main.tf": written("before") + poolByLocal });
    first = readPlan(folder.plan());
    folder.apply();
    folder.write({ "main.tf": written("after") + group("other") + poolByLocal });
    second = readPlan(folder.plan("-replace=azurerm_kubernetes_cluster.asked_for"));
    targeted = readPlan(folder.plan("-target=azurerm_kubernetes_cluster.updated"));
  });

  afterAll(() => {
    folder.remove();
  });

  test.each(Object.entries(changes))("a cluster: %s", (name, { action, because = [], verdict }) => {
    const address = `azurerm_kubernetes_cluster.${name}`;
    if (action === undefined) {
      expect([...subjectsByAddress(second).keys()]).not.toContain(address);
      return;
    }
    const subject = subjectAt(subjectsByAddress(second), address);
    expect(subject.origin).toEqual({
      address,
      place: { in: "terraform", module: [], block: "resource", type: "azurerm_kubernetes_cluster", name },
      planned: { action, because },
    });
    expect(verdictOf(subject)).toBe(verdict);
  });

  test("nothing outside of the targets, and says so", () => {
    expect([...subjectsByAddress(targeted).keys()]).toEqual(["azurerm_kubernetes_cluster.updated"]);
    expect(notesOf(targeted)).toEqual(["the plan is incomplete"]);
    expect(notesOf(second)).toEqual([]);
  });

  test("a pool through a local: undecided until its cluster is created", () => {
    const verdictIn = (read: ReadDocument | string): Verdict =>
      verdictOf(
        subjectAt(subjectsByAddress(read), "azurerm_kubernetes_cluster.by_local"),
        "network-policy-compatible",
      );
    expect(verdictIn(first)).toBe("unknown");
    expect(verdictIn(second)).toBe("fail");
  });

  test("with the provider at the version that the configuration pins", () => {
    const { toolVersion, dialect } = subjectAt(subjectsByAddress(first), "azurerm_kubernetes_cluster.kept");
    expect([toolVersion, dialect.version]).toEqual(["3.116.0", "3.116.0"]);
  });
});
