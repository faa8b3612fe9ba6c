import { describe, expect, test } from "vitest";
import type { Files } from "../support/command";
import { checked, commandIn } from "../support/command";

/** A name as an attacker would choose it: markup, a workflow command, colors, a line break, a mark that reorders text. */
const hostile = 'a"b\n::error::<b>|,]]>\u001b[31m\u202e';

const azure = (name: string, more: object): object => ({
  id: `/subscriptions/s/resourceGroups/rg/providers/Microsoft.ContainerService/managedClusters/${name}`,
  name,
  type: "Microsoft.ContainerService/ManagedClusters",
  kubernetesVersion: "1.33.1",
  agentPoolProfiles: [{ name: "system", osType: "Linux", count: 3 }],
  networkProfile: { networkPlugin: "azure", networkDataplane: "azure", ...more },
});

/** A little of everything that a report may hold. */
const files: Files = {
  "shop/main.tf.json": {
    terraform: { required_providers: { azurerm: { source: "hashicorp/azurerm", version: "~> 4.50" } } },
    resource: {
      azurerm_kubernetes_cluster: {
        bare: {},
        plain: { network_profile: { network_plugin: "azure" } },
        plain2: { network_profile: { network_plugin: "azure" } },
        open: { network_profile: { network_plugin: "azure", network_policy: "${var.engine}" } },
        old: { network_profile: { network_plugin: "azure", network_policy: "azure" } },
        good: {
          network_profile: {
            network_plugin: "azure",
            network_data_plane: "cilium",
            network_policy: "cilium",
          },
        },
        [hostile]: { network_profile: { network_plugin: "azure", network_policy: "sk-secret" } },
      },
    },
  },
  "live.json": [
    azure("live", { networkPolicy: "none" }),
    azure("tolerated", { networkPolicy: "none" }),
    azure("calico", { networkPolicy: "calico" }),
    azure("kubenet", { networkPlugin: "kubenet", networkPolicy: "none" }),
  ],
  "empty.json": [],
  "config.json": {
    "network-policy-configured": {
      exemptions: [
        {
          id: "EXM-1",
          target:
            "/subscriptions/s/resourcegroups/rg/providers/Microsoft.ContainerService/managedClusters/tolerated",
          reason: "It is taken down at the end of the year",
          category: "waiver",
          owner: "team-shop",
          approvedBy: "security",
          createdOn: "2026-11-01",
          expiresOn: "2026-12-31",
        },
        {
          id: "EXM-2",
          target: "shop/main.tf.json:azurerm_kubernetes_cluster.good",
          reason: "It was not good when this was written",
          category: "waiver",
          owner: "team-shop",
          approvedBy: "security",
          createdOn: "2026-11-01",
          expiresOn: "2026-12-31",
        },
      ],
    },
  },
};
const args = ["shop", "live.json", "empty.json", "--config", "config.json"];

describe("text", () => {
  test("tells findings of one kind together, and then every cluster", async () => {
    const { code, out } = await commandIn(files, ["check", ...args]);
    expect(code).toBe(1);
    await expect(out).toMatchFileSnapshot("../words/check.txt");
  });

  test("prints no control character and no value of anybody's own", async () => {
    const { out, error } = await commandIn(files, ["check", ...args]);
    // eslint-disable-next-line no-control-regex -- they are looked for
    expect(`${out}${error}`).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
    expect(out).not.toContain("sk-secret");
    expect(out).not.toMatch(/^::/m);
  });
});

describe("json", () => {
  test("is one text for one input", async () => {
    const { report } = await checked(files, args);
    await expect(`${JSON.stringify(report, null, 2)}\n`).toMatchFileSnapshot("../words/check.json");
  });

  test("has no character that steers a terminal, and says the same as if it had", async () => {
    const { out } = await commandIn(files, ["check", ...args, "--format", "json"]);
    // eslint-disable-next-line no-control-regex -- they are looked for
    expect(out).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
    const { clusters } = JSON.parse(out) as { clusters: { address: string }[] };
    expect(clusters.map(({ address }) => address)).toContain(`azurerm_kubernetes_cluster.${hostile}`);
  });
});
