/** What depends on a module's version: its names, what it drops, and whose module it is. */
import { describe, expect, test } from "vitest";
import { judgeWritten } from "../../support/judge-written";
import { exactVersionIn, newestAllowedBy } from "../../../shared/dialects/version-constraint";
import { annotationsOf, appWith, libraries, onExampleDay, synthesised } from "../../support/terraform";

const avm = "Azure/avm-res-containerservice-managedcluster/azurerm";
const aks = "Azure/aks/azurerm";

interface Told {
  readonly level: string;
  readonly rule: string;
  readonly message: string;
}

function judged(source: string, variables: object, version?: string): Told[] {
  const block = { source, ...(version === undefined ? {} : { version }), ...variables };
  return judgeWritten({ module: { aks: block } }, {}, onExampleDay).map(({ level, message }) => {
    const end = message.indexOf(":");
    return { level, rule: message.slice(0, end), message: message.slice(end + 2) };
  });
}

function levels(told: readonly Told[]): string[] {
  return told.map(({ level, rule }) => `${level} ${rule}`);
}

const fails = ["error network-policy-compatible"];
const none = ["error network-policy-configured"];
const undecided = ["warning network-policy-configured"];
const supported = ["warning network-policy-supported"];

describe("the AVM module", () => {
  const cilium = { network_plugin: "azure", network_dataplane: "cilium", network_policy: "cilium" };
  const oldCilium = { network_plugin: "azure", network_data_plane: "cilium", network_policy: "cilium" };
  const windows = { agent_pools: { win: { name: "win", os_type: "Windows" } } };
  const rows: readonly (readonly [string, string | undefined, object, readonly string[]])[] = [
    ["Cilium in the current names", "0.8.1", { network_profile: cilium }, []],
    ["Cilium without a version", undefined, { network_profile: cilium }, []],
    ["Cilium in a range with both sets of names", ">= 0.3, < 0.5", { network_profile: cilium }, []],
    ["Cilium by its dataplane", "~> 0.4", { network_profile: { ...cilium, network_policy: null } }, []],
    ["Cilium in the names before 0.4", "0.8.1", { network_profile: oldCilium }, fails],
    ["the same names in a version that has them", "0.3.3", { network_profile: oldCilium }, []],
    ["the same names, in a range before 0.4", "~> 0.3.0", { network_profile: oldCilium }, []],
    ["the current names before 0.4", "< 0.4", { network_profile: cilium }, fails],
    [
      "another engine on Cilium's dataplane",
      "0.8.1",
      { network_profile: { ...cilium, network_policy: "azure" } },
      fails,
    ],
    [
      "advanced security without Cilium",
      "0.8.1",
      {
        network_profile: {
          network_plugin: "azure",
          network_policy: "calico",
          advanced_networking: { enabled: true, security: { enabled: true } },
        },
      },
      fails,
    ],
    [
      "dual stack with Calico",
      "0.5.4",
      {
        network_profile: { network_plugin: "azure", network_policy: "calico", ip_families: ["IPv4", "IPv6"] },
      },
      fails,
    ],
    [
      "node auto-provisioning with Calico",
      "0.7.1",
      {
        network_profile: { network_plugin: "azure", network_policy: "calico" },
        node_provisioning_profile: { mode: "Auto" },
      },
      fails,
    ],
    ["Windows pools with Cilium", "0.7.1", { network_profile: cilium, ...windows }, fails],
    [
      "Windows pools with engine azure",
      "0.7.1",
      { network_profile: { network_plugin: "azure", network_policy: "azure" }, ...windows },
      ["error network-policy-supported"],
    ],
    [
      "many nodes in the default pool",
      "0.8.1",
      {
        network_profile: { network_plugin: "azure", network_policy: "azure" },
        agent_pools: { a: { name: "a", count_of: 200 } },
        default_agent_pool: { enable_auto_scaling: true, max_count: 60 },
      },
      [...fails, ...supported],
    ],
    ["no network profile, which is Azure's default", "0.8.1", {}, none],
    ["no network profile, while the module's own has engine azure", "0.3.3", {}, supported],
    ["the same in a range", "~> 0.2.0", {}, supported],
    [
      "the same with Windows pools",
      "0.1.0",
      { node_pools: { win: { name: "win", os_type: "Windows" } } },
      ["error network-policy-supported"],
    ],
    ["a network profile of null, which fails the plan", "0.3.3", { network_profile: null }, undecided],
    [
      "many nodes in the default pool before 0.4",
      "0.3.3",
      { default_node_pool: { name: "system", auto_scaling_enabled: true, max_count: 300 } },
      [...fails, ...supported],
    ],
    [
      "a network profile that is known after apply",
      "0.8.1",
      { network_profile: "${var.network}" },
      undecided,
    ],
    ["SKU Automatic", "0.8.1", { sku: { name: "Automatic" } }, []],
    [
      "SKU Automatic, with an engine that is not sent",
      "0.8.1",
      {
        sku: { name: "Automatic" },
        network_profile: { network_plugin: "kubenet", network_policy: "calico" },
      },
      [],
    ],
    ["SKU Automatic with Windows pools", "0.8.1", { sku: { name: "Automatic" }, ...windows }, fails],
  ];
  test.each(rows)("%s (%s)", (_title, version, variables, expected) => {
    expect(levels(judged(avm, variables, version))).toEqual(expected);
  });

  test.each([
    [avm, "0.8.1"],
    [`registry.terraform.io/${avm}`, "0.6.0"],
    [
      "git::https://github.com/Azure/terraform-azurerm-avm-res-containerservice-managedcluster?ref=v0.5.0",
      undefined,
    ],
    [
      "git@github.com:Azure/terraform-azurerm-avm-res-containerservice-managedcluster.git?ref=main",
      undefined,
    ],
  ])("gets a fix in its own names: %s %s", (source, version) => {
    const [told] = judged(source, { network_profile: { network_plugin: "azure" } }, version);
    expect(told?.message).toContain(
      'network_profile, set network_dataplane: "cilium", network_policy: "cilium"',
    );
  });

  test.each([
    [
      "0.3.3",
      "network_dataplane is not in module Azure/avm-res-containerservice-managedcluster 0.3.3, so it is dropped.",
    ],
    [
      "< 0.4",
      "network_dataplane is not in module Azure/avm-res-containerservice-managedcluster before 0.4, so it is dropped.",
    ],
  ])("reports what version %s drops", (version, words) => {
    const [told] = judged(avm, { network_profile: cilium }, version);
    expect(told?.message).toContain(words);
    expect(told?.message).toContain('Fix: inside network_profile, set network_data_plane: "cilium"');
  });

  test("reports it if no version is written", () => {
    const [told] = judged(avm, { network_profile: oldCilium });
    expect(told?.message).toContain(
      "network_profile.network_data_plane is not in the newest module Azure/avm-res-containerservice-managedcluster, so it is dropped.",
    );
  });

  test.each([
    [
      {},
      'network_plugin: "azure", network_plugin_mode: "overlay", network_data_plane: "cilium", network_policy: "cilium"',
    ],
    [
      { node_pools: { win: { name: "win", os_type: "Windows" } } },
      'network_plugin: "azure", network_plugin_mode: "overlay", network_policy: "calico"',
    ],
  ])("gets a fix of the whole profile if the module's own profile was used: %j", (variables, settings) => {
    const [told] = judged(avm, variables, "0.3.3");
    expect(told?.message).toContain(`Fix: inside network_profile, set ${settings}\n`);
  });

  test.each([
    ["0.8.1", "Azure changes"],
    ["0.3.3", "azurerm"],
  ])("at version %s is deployed by its own tool", (version, tool) => {
    const [told] = judged(
      avm,
      { network_profile: { network_plugin: "azure", network_policy: "none" } },
      version,
    );
    expect(told?.message).toContain(`If the cluster exists: ${tool}`);
  });
});

describe("the module Azure/aks", () => {
  const azure = { network_plugin: "azure" };
  test.each([
    ["7.2.0", "ebpf_data_plane"],
    ["~> 9.0", "ebpf_data_plane"],
    ["10.2.0", "network_data_plane"],
    ["~> 10.0", "network_data_plane"],
    ["11.5.0", "ebpf_data_plane"],
    [">= 7.0", "ebpf_data_plane"],
    [undefined, "ebpf_data_plane"],
  ])("at version %s gets a fix with %s and with the mode that it requires", (version, name) => {
    const [told] = judged(aks, azure, version);
    expect(told?.message).toContain(
      `Fix: set network_plugin_mode: "overlay", ${name}: "cilium", network_policy: "cilium"\n`,
    );
    const other = name === "ebpf_data_plane" ? "network_data_plane" : "ebpf_data_plane";
    expect(told?.message).not.toContain(other);
    const repaired = { ...azure, network_plugin_mode: "overlay", [name]: "cilium", network_policy: "cilium" };
    expect(judged(aks, repaired, version)).toEqual([]);
  });

  test.each([
    ["9.4.1", { pod_subnet_id: "${azurerm_subnet.pods.id}" }],
    ["11.5.0", { pod_subnet: { id: "${azurerm_subnet.pods.id}" } }],
  ])("at version %s keeps a pod subnet", (version, subnet) => {
    const [told] = judged(aks, { ...azure, ...subnet }, version);
    expect(told?.message).toContain('Fix: set ebpf_data_plane: "cilium", network_policy: "cilium"\n');
  });

  test.each([
    ["9.4.1", { enable_auto_scaling: true, agents_max_count: 300 }, true],
    ["11.5.0", { auto_scaling_enabled: true, agents_count: null, agents_max_count: 300 }, true],
    ["8.0.0", { agents_count: 251 }, true],
    ["8.0.0", { agents_count: 100, node_pools: { a: { name: "a", node_count: 200 } } }, true],
    ["8.0.0", { agents_count: 3, agents_max_count: 300 }, false],
    ["8.0.0", { agents_count: 250 }, false],
  ])("at version %s counts the nodes of its own pool: %j", (version, sizes, isTooMany) => {
    const told = judged(aks, { ...azure, network_policy: "azure", ...sizes }, version);
    expect(levels(told)).toEqual([...(isTooMany ? fails : []), ...supported]);
  });

  test.each([
    ["11.5.0", 2],
    ["11.4.0", 1],
  ])("at version %s hints at Windows nodes with its Windows credentials", (version, notices) => {
    const windows = { network_policy: "azure", windows_profile: { admin_username: "ops" } };
    expect(judged(aks, { ...azure, ...windows }, version)).toHaveLength(notices);
  });

  test.each(["4.4.0", "~> 4.3.0"])(
    "at version %s, which has no setting for the engine, must be upgraded",
    (version) => {
      const [told] = judged(aks, azure, version);
      expect(told?.message).toContain(
        'Fix: take a newer version of the module, and set network_policy: "calico"\n',
      );
    },
  );

  test("at a version without the Cilium dataplane gets a fix with Calico", () => {
    const [told] = judged(aks, azure, "6.5.0");
    expect(told?.message).toContain('Fix: set network_policy: "calico"\n');
  });

  test.each([
    ["11.5.0", "network_data_plane", fails],
    ["9.4.1", "network_data_plane", fails],
    ["10.2.0", "network_data_plane", []],
    ["10.2.0", "ebpf_data_plane", []],
    ["11.0.0", "ebpf_data_plane", []],
  ])("at version %s with %s", (version, name, expected) => {
    const told = judged(aks, { ...azure, network_policy: "cilium", [name]: "cilium" }, version);
    expect(levels(told)).toEqual(expected);
    for (const { message } of told)
      expect(message).toContain(
        `network_data_plane is not in module Azure/aks ${version}, so it is refused.`,
      );
  });

  test.each([
    ["git::https://github.com/Azure/terraform-azurerm-aks.git?ref=9.4.1", "ebpf_data_plane"],
    ["github.com/Azure/terraform-azurerm-aks?ref=v10.1.0", "network_data_plane"],
    ["https://github.com/Azure/terraform-azurerm-aks/archive/refs/tags/11.0.0.zip", "ebpf_data_plane"],
    ["registry.opentofu.org/Azure/aks/azurerm//v4", "ebpf_data_plane"],
  ])("is found by its owner: %s", (source, name) => {
    expect(judged(source, azure)[0]?.message).toContain(`${name}: "cilium"`);
  });

  test.each(libraries)("in $name", (library) => {
    const { app, stack } = appWith(library);
    const { TerraformHclModule } = library.lib;
    new TerraformHclModule(stack, "aks", { source: aks, version: "11.5.0", variables: azure });
    synthesised(app);
    expect(annotationsOf(app).map(({ message }) => message)).toEqual([
      expect.stringContaining('ebpf_data_plane: "cilium"'),
    ]);
  });
});

describe("a module of another owner", () => {
  test.each([
    "git::https://github.com/acme/terraform-azurerm-aks.git?ref=v1",
    "acme/aks/azurerm",
    "app.terraform.io/Azure/aks/azurerm",
    "git::https://dev.azure.com/acme/platform/_git/terraform-azurerm-aks",
    "acme/avm-res-containerservice-managedcluster/azurerm",
    "./modules/aks-cluster-with-node-pools",
    "github.com/acme/kubernetes-cluster",
  ])("is opaque: %s", (source) => {
    const told = judged(source, { network_plugin: "azure" });
    expect(levels(told)).toEqual(undecided);
    expect(told[0]?.message).toContain("what this module makes");
  });

  test.each([
    "acme/kubernetes-cluster/aws",
    "terraform-google-modules/kubernetes-cluster/google",
    "github.com/aks-team/terraform-azurerm-vnet",
    "git::https://gitlab.com/aks/network.git",
    "github.com/acme/terraform-aws-kubernetes-cluster",
    "acme/aks-node-pools/azurerm",
    "./modules/aks-node-pools",
    "aks-team/vnet/azurerm",
  ])("is not an AKS module: %s", (source) => {
    expect(judged(source, { network_plugin: "azure" })).toEqual([]);
  });
});

test.each([
  ["0.8.1", "0.8.1"],
  ["= 0.8.1", "0.8.1"],
  ["v1.2.3", "1.2.3"],
  ["<= 0.3.3", "0.3.3"],
  ["~> 0.4", "1.0.0-0"],
  ["~> 0.4.1", "0.5.0-0"],
  ["~> 9", undefined],
  [">= 0.3, < 0.5", "0.5-0"],
  ["< 0.5, <= 0.3.3", "0.3.3"],
  ["<= 0.3.3, < 0.5", "0.3.3"],
  ["<= 0.3.3, >= 0.1", "0.3.3"],
  ["~> 9, <= 9.1", "9.1"],
  ["~> 0.4.1-beta1", "0.5.0-0"],
  ["~> 0.4-beta.1", "1.0.0-0"],
  ["<= 0.15.10", "0.15.10"],
  [" <= 0.3.3-beta.1 ", "0.3.3-beta.1"],
  ["a <= 0.3", undefined],
  ["<= 0.3 a", undefined],
  ["<= 0.3.3-", undefined],
  ["<= 0.3.3-b d", undefined],
  ["!= 0.4.0", undefined],
  ["> 0.3", undefined],
  ["", undefined],
  ["main", undefined],
  ["< 0.5, newest", undefined],
])("the newest version that %j allows is %s", (constraint, newest) => {
  expect(newestAllowedBy(constraint)).toBe(newest);
});

test.each([
  ["4.1.0", "4.1.0"],
  ["= 4.1.0", "4.1.0"],
  ["=v4.1.0", "4.1.0"],
  ["=   v4", "4"],
  ["10.20.30", "10.20.30"],
  ["10.20", "10.20"],
  [" 4.1.0-beta.1 ", "4.1.0-beta.1"],
  [">= 4.0, 4.1.0", "4.1.0"],
  ["4.1.0, 4.2.0", "4.1.0"],
  ["newest, 4.2.0", "4.2.0"],
  ["4.1.0.1", undefined],
  ["4.1.0 or later", undefined],
  ["> 4.1.0", undefined],
  ["~> 4.1", undefined],
  ["=x4.1.0", undefined],
  ["4.x", undefined],
  ["4.1.0-", undefined],
  ["4.1.0-a b", undefined],
  ["", undefined],
])("%j pins %s", (constraint, version) => {
  expect(exactVersionIn(constraint)).toBe(version);
});

test.each<[title: string, source: string, version: string, variables: object, said: string]>([
  [
    "the plugin of Azure/aks",
    aks,
    "9.4.1",
    { network_policy: "azure" },
    'network_plugin is "kubenet" by default',
  ],
  [
    "the network profile of AVM before 0.4.0",
    avm,
    "0.3.3",
    {},
    'network_profile.network_policy is "azure" by default',
  ],
])("%s, which nobody wrote, is called a default", (_title, source, version, variables, said) => {
  expect(judged(source, variables, version).map(({ message }) => message)).toEqual([
    expect.stringContaining(said),
  ]);
});

test("a value that is written is not called a default", () => {
  const plugin = judged(aks, { network_plugin: "kubenet", network_policy: "azure" }, "9.4.1");
  const profile = judged(avm, { network_profile: { network_policy: "azure" } }, "0.3.3");
  for (const { message } of [...plugin, ...profile]) expect(message).not.toContain("by default");
  expect(plugin).toHaveLength(1);
  expect(profile).not.toHaveLength(0);
});
