import type { Files } from "./command";

/**
 * A name as an attacker would choose it: markup, a workflow command, colors, a line break, a mark that
 * reorders text.
 */
export const hostile = 'a"b\n::error::<b>|,]]>\u001b[31m\u202e';

const azure = (name: string, more: object): object => ({
  id: `/subscriptions/s/resourceGroups/rg/providers/Microsoft.ContainerService/managedClusters/${name}`,
  name,
  type: "Microsoft.ContainerService/ManagedClusters",
  kubernetesVersion: "1.33.1",
  agentPoolProfiles: [{ name: "system", osType: "Linux", count: 3 }],
  networkProfile: { networkPlugin: "azure", networkDataplane: "azure", ...more },
});

/** A sample of everything that a report may contain. */
export const files: Files = {
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
export const args = ["shop", "live.json", "empty.json", "--config", "config.json"];
