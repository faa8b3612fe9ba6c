/** The cases in the test suites of other tools with the same check, rewritten as small documents. */

export interface PeerCase {
  readonly tool: "AVM policy library" | "Checkov" | "KICS" | "Kubescape" | "PSRule for Azure" | "Trivy";
  readonly title: string;
  readonly form: "ARM template" | "HCL" | "Terraform plan" | "output of az";
  readonly file: string;
  readonly content: unknown;
  /** The tool's verdict, by its own tests or its source as of August 2026. */
  readonly theirs: "pass" | "fail" | "no report";
  readonly right: "pass" | "fail" | "unknown";
  /** Why our verdict is correct if the tool's differs. */
  readonly why?: string;
}

function template(networkProfile: unknown, more: object = {}): object {
  return {
    $schema: "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
    contentVersion: "1.0.0.0",
    parameters: { policy: { type: "string" }, set: { type: "string", defaultValue: "calico" } },
    resources: [
      {
        type: "Microsoft.ContainerService/managedClusters",
        apiVersion: "2026-03-01",
        name: "aks",
        location: "westeurope",
        properties: { dnsPrefix: "aks", agentPoolProfiles: [{ name: "system", count: 3 }], networkProfile },
        ...more,
      },
    ],
  };
}

function hcl(profile: string, before = ""): string {
  return `${before}resource "azurerm_kubernetes_cluster" "aks" {
  name                = "aks"
  location            = "westeurope"
  resource_group_name = "rg"
  dns_prefix          = "aks"
  default_node_pool {
    name       = "system"
    vm_size    = "Standard_D2s_v5"
    node_count = 3
  }
  identity { type = "SystemAssigned" }
${profile}}
`;
}

/**
 * A plan that creates a cluster. `written` is the profile in the configuration, `after` what is known of it.
 */
function plan(written: object | undefined, after: object | undefined, unknown: object | true): object {
  return {
    format_version: "1.2",
    terraform_version: "1.11.4",
    complete: true,
    resource_changes: [
      {
        address: "azurerm_kubernetes_cluster.aks",
        mode: "managed",
        type: "azurerm_kubernetes_cluster",
        name: "aks",
        provider_name: "registry.terraform.io/hashicorp/azurerm",
        change: {
          actions: ["create"],
          before: null,
          after: { name: "aks", ...(after === undefined ? {} : { network_profile: [after] }) },
          after_unknown: { id: true, network_profile: unknown === true ? true : [unknown] },
        },
      },
    ],
    configuration: {
      root_module: {
        resources: [
          {
            address: "azurerm_kubernetes_cluster.aks",
            mode: "managed",
            type: "azurerm_kubernetes_cluster",
            name: "aks",
            expressions: {
              name: { constant_value: "aks" },
              ...(written === undefined ? {} : { network_profile: [written] }),
            },
          },
        ],
      },
    },
  };
}

function live(networkProfile: object): object {
  return {
    id: "/subscriptions/s/resourceGroups/rg/providers/Microsoft.ContainerService/managedClusters/aks",
    name: "aks",
    type: "Microsoft.ContainerService/ManagedClusters",
    kubernetesVersion: "1.33.1",
    agentPoolProfiles: [{ name: "system", osType: "Linux", count: 3 }],
    networkProfile,
  };
}

const profile = (lines: string): string =>
  `  network_profile {\n${lines
    .split(";")
    .map((line) => `    ${line.trim()}\n`)
    .join("")}  }\n`;

const isCilium = "Microsoft recommends Cilium on its own dataplane.";
const isNone = "`none` is the value that removes the engine.";
const isOmitted = "No engine is set. That azurerm computes the value later does not change this.";
const isOpen = "The value is not known before deployment.";
const isNoValue = "Azure does not know this engine and refuses it.";

export const peerCases: readonly PeerCase[] = [
  ...(
    [
      ["calico", { networkPlugin: "azure", networkPolicy: "calico" }, "pass", "pass"],
      ["azure", { networkPlugin: "azure", networkPolicy: "azure" }, "pass", "pass"],
      [
        "cilium with its dataplane",
        { networkPlugin: "azure", networkDataplane: "cilium", networkPolicy: "cilium" },
        "fail",
        "pass",
        isCilium,
      ],
      ["no policy", { networkPlugin: "azure" }, "fail", "fail"],
      ["no profile", undefined, "fail", "fail"],
      ["a policy that is none", { networkPlugin: "azure", networkPolicy: "none" }, "fail", "fail"],
      [
        "kubenet with azure",
        { networkPlugin: "kubenet", networkPolicy: "azure" },
        "pass",
        "fail",
        "Azure refuses engine azure on kubenet.",
      ],
      [
        "a parameter with a default",
        { networkPlugin: "azure", networkPolicy: "[parameters('set')]" },
        "pass",
        "pass",
      ],
    ] as const
  ).map(([title, written, theirs, right, why]) =>
    arm("PSRule for Azure", title, template(written), theirs, right, why),
  ),
  arm(
    "PSRule for Azure",
    "AKS Automatic without a profile",
    template(undefined, { sku: { name: "Automatic", tier: "Standard" } }),
    "fail",
    "pass",
    "Cilium is built into SKU Automatic.",
  ),

  tf(
    "Checkov",
    "network_policy = azure",
    profile('network_plugin = "azure"; network_policy = "azure"'),
    "pass",
    "pass",
  ),
  tf(
    "Checkov",
    "network_policy = calico",
    profile('network_plugin = "azure"; network_policy = "calico"'),
    "pass",
    "pass",
  ),
  tf("Checkov", "no network_policy", profile('network_plugin = "azure"'), "fail", "fail"),
  tf("Checkov", "no network_profile", "", "fail", "fail"),
  tf(
    "Checkov",
    "network_policy = none",
    profile('network_plugin = "azure"; network_policy = "none"'),
    "pass",
    "fail",
    isNone,
  ),
  tf(
    "Checkov",
    "a variable without a default",
    profile('network_plugin = "azure"; network_policy = var.engine'),
    "pass",
    "unknown",
    isOpen,
    'variable "engine" {}\n',
  ),
  arm(
    "Checkov",
    "a name that is an expression, without a policy",
    template({ networkPlugin: "azure" }, { name: "[toLower('AKS')]" }),
    "no report",
    "fail",
    "Checkov skips the resource because of the function in its name.",
  ),
  planned(
    "Checkov",
    "a plan without network_policy",
    plan(
      { network_plugin: { constant_value: "azure" } },
      { network_plugin: "azure" },
      { network_policy: true },
    ),
    "pass",
    "fail",
    isOmitted,
  ),

  tf(
    "Trivy",
    "network_policy = calico",
    profile('network_plugin = "azure"; network_policy = "calico"'),
    "pass",
    "pass",
  ),
  tf("Trivy", "an empty network_profile", profile('network_plugin = "kubenet"'), "fail", "fail"),
  tf(
    "Trivy",
    "network_policy = null",
    profile('network_plugin = "azure"; network_policy = null'),
    "pass",
    "fail",
    "Null counts as not set, so there is no engine.",
  ),
  tf(
    "Trivy",
    "an engine that Azure does not know",
    profile('network_plugin = "azure"; network_policy = "istio"'),
    "pass",
    "fail",
    isNoValue,
  ),
  arm(
    "Trivy",
    "a parameter without a value",
    template({ networkPlugin: "azure", networkPolicy: "[parameters('policy')]" }),
    "fail",
    "unknown",
    isOpen,
  ),

  tf(
    "KICS",
    "network_policy = azure",
    profile('network_plugin = "azure"; network_policy = "azure"'),
    "no report",
    "pass",
  ),
  tf(
    "KICS",
    "network_policy = cilium with its dataplane",
    profile('network_plugin = "azure"; network_data_plane = "cilium"; network_policy = "cilium"'),
    "fail",
    "pass",
    isCilium,
  ),
  tf(
    "KICS",
    "a word other than azure and calico",
    profile('network_plugin = "azure"; network_policy = "roxanne"'),
    "fail",
    "fail",
  ),
  arm(
    "KICS",
    "networkPolicy is null",
    template({ networkPlugin: "azure", networkPolicy: null }),
    "no report",
    "fail",
    "Null counts as not set, so there is no engine.",
  ),
  arm(
    "KICS",
    "networkPolicy is none",
    template({ networkPlugin: "azure", networkPolicy: "none" }),
    "no report",
    "fail",
    isNone,
  ),

  ...(
    [
      ["azure with plugin azure", { networkPlugin: "azure", networkPolicy: "azure" }, "pass", "pass"],
      ["calico with kubenet", { networkPlugin: "kubenet", networkPolicy: "calico" }, "pass", "pass"],
      ["azure with kubenet", { networkPlugin: "kubenet", networkPolicy: "azure" }, "fail", "fail"],
      [
        "cilium",
        { networkPlugin: "azure", networkDataplane: "cilium", networkPolicy: "cilium" },
        "fail",
        "pass",
        isCilium,
      ],
      ["none", { networkPlugin: "azure", networkDataplane: "azure", networkPolicy: "none" }, "fail", "fail"],
    ] as const
  ).map(([title, running, theirs, right, why]): PeerCase => ({
    tool: "Kubescape",
    title,
    form: "output of az",
    file: "live.json",
    content: live(running),
    theirs,
    right,
    ...(why === undefined ? {} : { why }),
  })),

  planned(
    "AVM policy library",
    "a plan with calico",
    plan(
      { network_plugin: { constant_value: "azure" }, network_policy: { constant_value: "calico" } },
      { network_plugin: "azure", network_policy: "calico" },
      {},
    ),
    "pass",
    "pass",
  ),
  planned(
    "AVM policy library",
    "a plan without network_policy",
    plan(
      { network_plugin: { constant_value: "azure" } },
      { network_plugin: "azure" },
      { network_policy: true },
    ),
    "pass",
    "fail",
    isOmitted,
  ),
  planned(
    "AVM policy library",
    "a plan without network_profile",
    plan(undefined, undefined, true),
    "pass",
    "fail",
    isOmitted,
  ),
  planned(
    "AVM policy library",
    "a policy from another resource",
    plan(
      {
        network_plugin: { constant_value: "azure" },
        network_policy: { references: ["azurerm_resource_group.rg.location", "azurerm_resource_group.rg"] },
      },
      { network_plugin: "azure" },
      { network_policy: true },
    ),
    "pass",
    "unknown",
    isOpen,
  ),
  planned(
    "AVM policy library",
    "a policy that is none",
    plan(
      { network_plugin: { constant_value: "azure" }, network_policy: { constant_value: "none" } },
      { network_plugin: "azure", network_policy: "none" },
      {},
    ),
    "pass",
    "fail",
    isNone,
  ),
];

type Rest = readonly [theirs: PeerCase["theirs"], right: PeerCase["right"], why?: string | undefined];

function arm(
  tool: PeerCase["tool"],
  title: string,
  content: object,
  ...[theirs, right, why]: Rest
): PeerCase {
  return {
    tool,
    title,
    form: "ARM template",
    file: "template.json",
    content,
    theirs,
    right,
    ...(why === undefined ? {} : { why }),
  };
}

function tf(
  tool: PeerCase["tool"],
  title: string,
  written: string,
  theirs: PeerCase["theirs"],
  right: PeerCase["right"],
  why?: string,
  before?: string,
): PeerCase {
  return {
    tool,
    title,
    form: "HCL",
    file: "main.tf",
    content: hcl(written, before),
    theirs,
    right,
    ...(why === undefined ? {} : { why }),
  };
}

function planned(
  tool: PeerCase["tool"],
  title: string,
  content: object,
  ...[theirs, right, why]: Rest
): PeerCase {
  return {
    tool,
    title,
    form: "Terraform plan",
    file: "plan.json",
    content,
    theirs,
    right,
    ...(why === undefined ? {} : { why }),
  };
}

export function peersPage(): string {
  const rows = peerCases.map(({ tool, title, form, theirs, right, why = "" }) => {
    const agrees = theirs === right || (theirs === "no report" && right === "pass");
    return `| ${tool} | ${title} | ${form} | ${theirs}${agrees ? "" : " ✗"} | ${right} | ${why} |`;
  });
  const wrong = rows.filter((row) => row.includes("✗")).length;
  return `<!-- Made from test/pages/peers.ts by test/cli/peers.test.ts, which fails where the two differ. -->

# Inputs of other tools

Clusters from the test suites and sources of tools with the same check, as of August 2026, rewritten as small documents. ✗ marks a wrong answer of the
tool: ${wrong} of ${rows.length}. "No report" counts as a pass. A test runs \`aks-network-policy-pack check\` on each; it gives the answer in the column
"right".

| tool | input | as | its answer | right | why |
| --- | --- | --- | --- | --- | --- |
${rows.join("\n")}
`;
}
