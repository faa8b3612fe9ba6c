/** What a fix says to write, in the language of a file, and what a user cannot see in it. */
import { describe, expect, test } from "vitest";
import { notKnownYet } from "../../../shared/cluster/declaration";
import { armTemplate } from "../../../shared/dialects/arm-template";
import { dialectAt } from "../../../shared/dialects/at-version";
import { azapi } from "../../../shared/dialects/azapi";
import { azureClassic } from "../../../shared/dialects/azure-classic";
import { azureNative } from "../../../shared/dialects/azure-native";
import { azurerm } from "../../../shared/dialects/azurerm";
import type { Dialect } from "../../../shared/dialects/dialect";
import { avmModule, avmModuleBefore04 } from "../../../shared/dialects/module-avm";
import type { Assignment } from "../../../shared/fixes/choice";
import { azureCommands } from "../../../shared/messages/azure-cli";
import { documentVoice } from "../../../shared/messages/document-voice";
import { exemptionLine, unusedExemptionMessage } from "../../../shared/messages/exemptions";
import { instructionIn } from "../../../shared/messages/lines";
import { unusedNewClusterMessage } from "../../../shared/messages/new-clusters";
import type { AzureCli } from "../../../shared/messages/voice";
import { versionLines } from "../../../shared/messages/versions";
import { changeEffect } from "../../../shared/fixes/replacement";
import { az } from "../../../shared/dialects/az";
import { readCluster } from "../../../shared/reading/cluster";
import { exemption } from "../../support/configurations";
import { plainField } from "../../support/evaluate";

describe("what to write", () => {
  const one: readonly Assignment[] = [
    { setting: "engine", path: "network_profile.network_policy", value: "calico" },
  ];
  const two: readonly Assignment[] = [
    { setting: "plugin", path: "network_profile.network_plugin", value: "azure" },
    { setting: "dataplane", path: "network_profile.deep.data_plane", value: "cilium" },
    { setting: "engine", path: "policy", value: "cilium" },
  ];

  test.each<
    [language: "program" | "HCL" | "JSON", settings: readonly Assignment[], dialect: Dialect, text: string]
  >([
    ["program", one, azurerm, 'inside network_profile, set network_policy: "calico"'],
    ["HCL", one, azurerm, 'inside network_profile, set network_policy = "calico"'],
    ["JSON", one, azurerm, 'inside network_profile, set "network_policy": "calico"'],
    [
      "HCL",
      two,
      azurerm,
      `set:
     network_profile {
       network_plugin = "azure"
       deep {
         data_plane = "cilium"
       }
     }
     policy = "cilium"`,
    ],
    [
      "HCL",
      two,
      azapi,
      `set:
     network_profile = {
       network_plugin = "azure"
       deep = {
         data_plane = "cilium"
       }
     }
     policy = "cilium"`,
    ],
    [
      "JSON",
      two,
      armTemplate,
      `set:
     "network_profile": {
       "network_plugin": "azure",
       "deep": {
         "data_plane": "cilium"
       }
     },
     "policy": "cilium"`,
    ],
    [
      "program",
      two,
      azureNative,
      'set network_profile: { network_plugin: "azure", deep: { data_plane: "cilium" } }, policy: "cilium"',
    ],
  ])("in %s: %j", (language, settings, dialect, text) => {
    expect(instructionIn(language, settings, dialect)).toBe(text);
  });
});

describe("the commands for a running cluster", () => {
  const start = "az aks update --resource-group rg --name shop";
  const commandsFor = (
    network: object,
    settings: readonly Assignment[],
    cluster: AzureCli["cluster"] = { name: "shop", resourceGroup: "rg" },
    hasEffect = true,
  ): string[] => {
    const read = readCluster(plainField({ networkProfile: network }), az);
    const effect = hasEffect ? changeEffect({ cluster: read, dialect: az }, settings) : undefined;
    return azureCommands(settings, effect, read, { cluster });
  };
  const engine = (value: string): Assignment => ({ setting: "engine", path: "networkPolicy", value });
  const dataplane: Assignment = { setting: "dataplane", path: "networkDataplane", value: "cilium" };
  const overlay: readonly Assignment[] = [
    { setting: "plugin", path: "networkPlugin", value: "azure" },
    { setting: "mode", path: "networkPluginMode", value: "overlay" },
  ];

  test.each<[title: string, network: object, settings: readonly Assignment[], commands: readonly string[]]>([
    [
      "an engine where there is none",
      { networkPlugin: "azure" },
      [engine("calico")],
      ["--network-policy calico"],
    ],
    [
      "an engine where none is written",
      { networkPlugin: "azure", networkPolicy: "none" },
      [engine("calico")],
      ["--network-policy calico"],
    ],
    [
      "another engine",
      { networkPlugin: "azure", networkPolicy: "azure" },
      [engine("calico")],
      ["--network-policy none", "--network-policy calico"],
    ],
    [
      "another engine, which Azure documents",
      { networkPlugin: "azure", networkPolicy: "azure" },
      [dataplane, engine("cilium")],
      ["--network-dataplane cilium --network-policy cilium"],
    ],
    [
      "another engine together with a dataplane, which Azure does not document",
      { networkPlugin: "azure", networkPolicy: "azure" },
      [{ ...dataplane, value: "azure" }, engine("calico")],
      ["--network-policy none", "--network-dataplane azure --network-policy calico"],
    ],
    [
      "a dataplane alone, beside an engine",
      { networkPlugin: "azure", networkPolicy: "cilium", networkDataplane: "cilium" },
      [{ ...dataplane, value: "azure" }],
      ["--network-dataplane azure"],
    ],
    [
      "a plugin beside an engine",
      { networkPlugin: "kubenet", networkPolicy: "calico" },
      overlay,
      ["--network-policy none", "--network-plugin azure --network-plugin-mode overlay"],
    ],
    [
      "a plugin without an engine",
      { networkPlugin: "kubenet" },
      overlay,
      ["--network-plugin azure --network-plugin-mode overlay"],
    ],
    [
      "two operations",
      { networkPlugin: "kubenet" },
      [...overlay, dataplane, engine("cilium")],
      [
        "--network-plugin azure --network-plugin-mode overlay",
        "--network-dataplane cilium --network-policy cilium",
      ],
    ],
  ])("%s", (_title, network, settings, commands) => {
    expect(commandsFor(network, settings)).toEqual(commands.map((each) => `${start} ${each}`));
  });

  test.each([
    ["shop", "rg", "--resource-group rg --name shop"],
    ["a.b-c_1", "RG_1", "--resource-group RG_1 --name a.b-c_1"],
    ["shop; rm", "rg", "--resource-group rg --name NAME"],
    ["-shop", "$(rg)", "--resource-group GROUP --name NAME"],
    ["", "rg rg", "--resource-group GROUP --name NAME"],
    ["a\nb", "rg\n", "--resource-group GROUP --name NAME"],
  ])("of %j in %j take a name only if a shell reads it as one word", (name, resourceGroup, words) => {
    const [command] = commandsFor({ networkPlugin: "azure" }, [engine("calico")], { name, resourceGroup });
    expect(command).toBe(`az aks update ${words} --network-policy calico`);
  });

  test("of a cluster without a name or group have placeholders", () => {
    const cluster = { name: undefined, resourceGroup: undefined };
    const [command] = commandsFor({ networkPlugin: "azure" }, [engine("calico")], cluster);
    expect(command).toBe("az aks update --resource-group GROUP --name NAME --network-policy calico");
  });

  test("without an effect are one command", () => {
    const all = [...overlay, engine("calico")];
    expect(commandsFor({ networkPlugin: "kubenet" }, all, undefined, false)).toEqual([
      `${start} --network-plugin azure --network-plugin-mode overlay --network-policy calico`,
    ]);
    const none = { networkPlugin: "azure", networkPolicy: "none" };
    expect(commandsFor(none, [engine("calico")], undefined, false)).toEqual([
      `${start} --network-policy calico`,
    ]);
  });
});

describe("what a user cannot see in the program", () => {
  const linesOf = (inputs: object, dialect: Dialect, toolVersion?: string): readonly string[] =>
    versionLines({ cluster: readCluster(plainField(inputs), dialect), dialect, toolVersion });
  const dataplane = { networkProfile: { networkDataplane: "cilium" } };

  test.each<[version: string | undefined, said: string]>([
    ["2022-01-01", "API version 2022-01-01"],
    ["2022-01-02-preview", "API version 2022-01-02-preview"],
    ["2022", "API version 2022"],
    ["2022-01-01-0", "API version before 2022-01-01"],
    ["2022-01-01 or a secret", "this API version"],
    ["2022-01-01\nor a secret", "this API version"],
  ])("the name at version %s", (version, said) => {
    expect(linesOf(dataplane, dialectAt(azureNative, version))).toEqual(
      version === undefined ? [] : [`networkProfile.networkDataplane is not in ${said}, so it is dropped.`],
    );
  });

  test("a name of another version of a module or provider", () => {
    expect(
      linesOf({ networkProfile: { networkDataPlane: "cilium" } }, dialectAt(azureClassic, "5.45.0")),
    ).toEqual(["networkProfile.networkDataPlane is not in @pulumi/azure 5.45.0, so it is refused."]);
    const old = { network_profile: { network_data_plane: "cilium" } };
    expect(linesOf(old, dialectAt(avmModule, undefined))).toEqual([
      "network_profile.network_data_plane is not in the newest module Azure/avm-res-containerservice-managedcluster, so it is dropped.",
    ]);
    expect(
      linesOf({ network_profile: { network_dataplane: "cilium" } }, dialectAt(avmModuleBefore04, "0.3.0-0")),
    ).toEqual([
      "network_profile.network_dataplane is not in module Azure/avm-res-containerservice-managedcluster before 0.3.0, so it is dropped.",
    ]);
  });

  const kubenet = 'networkProfile.networkPlugin "kubenet" is the default that version';
  test.each<[tool: string | undefined, api: string, plugin: string | undefined, said: string | undefined]>([
    ["1.104.0", "2021-03-01", "kubenet", "1"],
    ["2.90.0", "2023-04-01", "kubenet", "2"],
    ["1.51.0", "2021-03-01", "kubenet", undefined],
    ["3.0.0", "2023-04-01", "kubenet", undefined],
    ["2.90.0", "2024-09-01", "kubenet", undefined],
    ["2.90.0", "2021-11-01-preview", "kubenet", "2"],
    ["2.90.0", "2022-02-02-preview", "kubenet", undefined],
    ["2.90.0", "2023-04-01", "azure", undefined],
    ["2.90.0", "2023-04-01", undefined, undefined],
    ["latest", "2023-04-01", "kubenet", undefined],
    ["v2.90.0", "2023-04-01", "kubenet", undefined],
    [undefined, "2023-04-01", "kubenet", undefined],
  ])("a default that SDK %s writes at %s, with plugin %s: %s", (tool, api, networkPlugin, said) => {
    const network = networkPlugin === undefined ? {} : { networkPlugin };
    expect(linesOf({ networkProfile: network }, dialectAt(azureNative, api), tool)).toEqual(
      said === undefined ? [] : [`${kubenet} ${said} of the azure-native SDK writes.`],
    );
  });

  test("a version that is no version is not printed", () => {
    const inputs = { networkProfile: { ebpfDataplane: "cilium" } };
    expect(linesOf(inputs, dialectAt(azureNative, "a 2022-01-01"))).toEqual([
      "networkProfile.ebpfDataplane is not in this API version, so it is dropped.",
    ]);
  });

  test("not what may be in a block that is not known", () => {
    expect(linesOf({ networkProfile: notKnownYet }, dialectAt(azureNative, "2021-03-01"))).toEqual([]);
    const inputs = { networkProfile: { networkDataplane: notKnownYet } };
    expect(linesOf(inputs, dialectAt(azureNative, "2021-03-01"))).toHaveLength(1);
  });

  test("both", () => {
    const inputs = { networkProfile: { networkPlugin: "kubenet", networkDataplane: "cilium" } };
    expect(linesOf(inputs, dialectAt(azureNative, "2021-03-01"), "1.104.0")).toEqual([
      "networkProfile.networkDataplane is not in API version 2021-03-01, so it is dropped.",
      `${kubenet} 1 of the azure-native SDK writes.`,
    ]);
  });
});

test("a cluster in HCL gets a fix in HCL, and says what knows more", () => {
  const found = { source: { address: "azurerm_kubernetes_cluster.aks" }, error: new Error("no") } as never;
  expect(documentVoice("terraform-hcl", found)).toEqual({
    late: "`terraform plan`",
    then: "Write a literal value, or check the plan, which knows more: `terraform show -json`.",
    language: "HCL",
  });
  expect(documentVoice(undefined, found)).toMatchObject({ language: "JSON" });
  expect(documentVoice("terraform-plan", found).existence).toBe("may exist");
});

describe("an exemption or a new cluster that matches nothing", () => {
  const rule = "network-policy-configured";
  const page = "https://www.npmjs.com/package/aks-network-policy-pack";
  const many = (count: number): string[] => Array.from({ length: count }, (_, i) => `s/${i}`);
  const quoted = (count: number): string =>
    many(count)
      .map((each) => JSON.stringify(each))
      .join(", ");
  const entry = exemption({ id: "EXM-1", target: "s/gone" });

  test.each<[clusters: readonly string[], said: string]>([
    [[], "This stack has no cluster."],
    [["s/a"], 'Clusters here: "s/a".'],
    [many(10), `Clusters here: ${quoted(10)}.`],
    [many(12), `Clusters here: ${quoted(10)}, and 2 more.`],
  ])("lists what is there: %j", (clusters, said) => {
    const because = { matches: "no cluster", near: undefined, clusters } as const;
    expect(unusedExemptionMessage({ rule, exemption: entry, because }).split("\n")).toEqual([
      expect.stringContaining('matches no cluster of this stack: "s/gone".'),
      "Correct its target, or remove it from the configuration.",
      said,
      `More: ${page}#exemptions`,
    ]);
    expect(unusedNewClusterMessage({ address: "s/gone", near: undefined, clusters }).split("\n")).toEqual([
      '`autoSet.newClusters` names no cluster of this stack: "s/gone".',
      "Correct it, or remove it from the configuration.",
      said,
      `More: ${page}#auto-set`,
    ]);
  });

  test("says what is near", () => {
    const near = 'Did you mean "s/Gone"? Case matters.';
    expect(unusedNewClusterMessage({ address: "s/gone", near: "s/Gone", clusters: ["s/Gone"] })).toContain(
      near,
    );
  });

  test("is an exception, if it has no end", () => {
    const exception = { id: "EXC-1", target: "s/gone", reason: "a reason of twenty characters" };
    const because = { matches: "a cluster that complies" } as const;
    expect(unusedExemptionMessage({ rule, exemption: exception, because })).toContain(
      "Exemption EXC-1 from network-policy-configured (an exception in the configuration) is no longer needed",
    );
    expect(
      exemptionLine({ exemption: exception, standing: { state: "in force", endsSoon: false, daysLeft: 1 } }),
    ).toBe("Exempted by the exception EXC-1 in the configuration.");
  });
});
