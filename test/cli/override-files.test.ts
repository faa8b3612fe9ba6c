/** Terraform merges override files into the other files of their folder; each row says what is left. */
import { describe, expect, test } from "vitest";
import type { Files } from "../support/command";
import { checked } from "../support/command";

const calico = { network_plugin: "azure", network_policy: "calico" };
const none = { network_plugin: "azure" };
const aks = (attributes: object): object => ({
  resource: { azurerm_kubernetes_cluster: { aks: attributes } },
});
const dynamic = (content: object): object => ({ dynamic: { network_profile: { for_each: [1], content } } });
const hcl = (profile: string): string =>
  `resource "azurerm_kubernetes_cluster" "aks" {\n  network_profile {\n    network_plugin = "azure"\n${profile}  }\n}\n`;

async function judged(files: Files): Promise<string[]> {
  const inFolder = Object.entries(files).map(([name, content]) => [`tf/${name}`, content] as const);
  const { report } = await checked(Object.fromEntries(inFolder), ["tf"]);
  return report.clusters.map(({ address, engine, input }) =>
    [report.inputs[input]?.file, address, engine].join(" "),
  );
}

const main = (engine: string): string[] => [`tf/main.tf.json azurerm_kubernetes_cluster.aks ${engine}`];

describe("an override file", () => {
  const rows: readonly (readonly [string, object, Files, readonly string[]])[] = [
    [
      "of something else",
      aks({ network_profile: calico }),
      { "override.tf.json": aks({ tags: {} }) },
      main("calico"),
    ],
    [
      "that takes the engine away",
      aks({ network_profile: calico }),
      { "override.tf.json": aks({ network_profile: none }) },
      main(""),
    ],
    [
      "that adds the engine",
      aks({ network_profile: none }),
      { "a_override.tf.json": aks({ network_profile: [calico] }) },
      main("calico"),
    ],
    ["in HCL", aks({ network_profile: calico }), { "override.tf": hcl("") }, main("")],
    [
      "the last of several",
      aks({ network_profile: none }),
      {
        "a_override.tf.json": aks({ network_profile: none }),
        "b_override.tf.json": aks({ network_profile: calico }),
      },
      main("calico"),
    ],
    [
      "by a dynamic block",
      aks({ network_profile: calico }),
      { "override.tf.json": aks(dynamic(none)) },
      main(""),
    ],
    [
      "over a dynamic block",
      aks(dynamic(none)),
      { "override.tf.json": aks({ network_profile: calico }) },
      main("calico"),
    ],
    [
      "beside a dynamic block",
      aks(dynamic(calico)),
      { "override.tf.json": aks({ tags: {} }) },
      main("calico"),
    ],
    [
      "without a block",
      aks({ network_profile: calico }),
      { "override.tf.json": aks({ network_profile: null }) },
      main("calico"),
    ],
    ["that makes none", aks({ network_profile: none }), { "override.tf.json": aks({ count: 0 }) }, []],
    [
      "of a local",
      {
        locals: { engine: "calico" },
        ...aks({ network_profile: { ...none, network_policy: "${local.engine}" } }),
      },
      { "override.tf.json": { locals: { engine: null } } },
      main(""),
    ],
    [
      "of a module",
      { module: { aks: { source: "Azure/avm-ptn-aks-production/azurerm", network_policy: "none" } } },
      { "override.tf.json": { module: { aks: { network_policy: "calico" } } } },
      ["tf/main.tf.json module.aks calico"],
    ],
    [
      "of a cluster that is nowhere else",
      {},
      { "override.tf.json": aks({ network_profile: calico }) },
      ["tf/override.tf.json azurerm_kubernetes_cluster.aks calico"],
    ],
    [
      "only by its whole name",
      aks({ network_profile: calico }),
      { "myoverride.tf.json": aks({ tags: {} }) },
      [...main("calico"), "tf/myoverride.tf.json azurerm_kubernetes_cluster.aks "],
    ],
  ];
  test.each(rows)("%s", async (_title, content, files, expected) => {
    expect(await judged({ "main.tf.json": content, ...files })).toEqual(expected);
  });

  test("says which lifecycle a cluster has, and which provider", async () => {
    const versions = (version: string): object => ({
      terraform: { required_providers: { azurerm: { source: "hashicorp/azurerm", version } } },
    });
    const { report } = await checked(
      {
        "main.tf.json": {
          ...versions("3.70.0"),
          ...aks({ network_profile: none, lifecycle: { prevent_destroy: true } }),
        },
        "override.tf.json": { ...versions("4.60.0"), ...aks({ lifecycle: { create_before_destroy: true } }) },
      },
      ["."],
    );
    expect(report.clusters[0]?.findings[0]?.effect).toContain("in place");
  });
});
