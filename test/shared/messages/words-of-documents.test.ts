/** What `check` says of a cluster depends on the kind of its document, and on what the tool is about to do. */
import { join } from "node:path";
import { expect, test } from "vitest";
import { check } from "../../../shared/check";
import { documentNotes } from "../../../shared/documents/document";
import { noteMessage } from "../../../shared/messages/document-notes";
import { exampleDay } from "../../support/evaluate";

const terraform = "azurerm_kubernetes_cluster";
const pulumi = "azure-native:containerservice:ManagedCluster";
const azure = "Microsoft.ContainerService/managedClusters";
const urn = `urn:pulumi:dev::shop::${pulumi}::aks`;
const id = (name: string, group = "rg"): string =>
  `/subscriptions/0/resourceGroups/${group}/providers/${azure}/${name}`;

const plugin = { networkPlugin: "azure" };

function plan(actions: readonly string[], more: object = {}, isUnknown = false): object {
  const change = {
    actions,
    after: { name: "aks", resource_group_name: "rg", network_profile: [{ network_plugin: "azure" }] },
    after_unknown: isUnknown ? { network_profile: [{ network_policy: true }] } : {},
    ...more,
  };
  return {
    format_version: "1.2",
    resource_changes: [
      { address: `${terraform}.aks`, mode: "managed", type: terraform, name: "aks", change },
    ],
    configuration: {
      root_module: {
        resources: [
          {
            address: `${terraform}.aks`,
            mode: "managed",
            type: terraform,
            name: "aks",
            expressions: {
              network_profile: [isUnknown ? { network_policy: { references: ["null_resource.a.id"] } } : {}],
            },
          },
        ],
      },
    },
  };
}

function written(networkPolicy?: string): object {
  const profile = {
    network_plugin: "azure",
    ...(networkPolicy === undefined ? {} : { network_policy: networkPolicy }),
  };
  return { resource: { [terraform]: { aks: { network_profile: profile } } } };
}

const state = {
  version: 4,
  terraform_version: "1.11.0",
  serial: 1,
  lineage: "a",
  outputs: {},
  resources: [
    {
      mode: "managed",
      type: terraform,
      name: "aks",
      provider: 'provider["registry.terraform.io/hashicorp/azurerm"]',
      instances: [
        { schema_version: 2, attributes: { name: "aks", network_profile: [{ network_plugin: "azure" }] } },
      ],
    },
  ],
};

function stack(networkPolicy?: unknown): object {
  const inputs = { networkProfile: { ...plugin, ...(networkPolicy === undefined ? {} : { networkPolicy }) } };
  return { version: 3, deployment: { resources: [{ urn, type: pulumi, custom: true, inputs }] } };
}
const secret = {
  "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
  ciphertext: "v1:abc",
};

function previewOf(type: string, inputs: object, op = "create", more: object = {}): object {
  const state = { urn: urn.replace(pulumi, type), type, custom: true, inputs };
  return {
    config: {},
    steps: [{ op, urn: state.urn, newState: state, ...more }],
    changeSummary: { [op]: 1 },
  };
}

function preview(op: string, networkPolicy?: unknown, more: object = {}): object {
  const inputs = { networkProfile: { ...plugin, ...(networkPolicy === undefined ? {} : { networkPolicy }) } };
  return previewOf(pulumi, inputs, op, more);
}
const notKnown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

function template(networkPolicy?: string): object {
  return {
    $schema: "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
    contentVersion: "1.0.0.0",
    parameters: { engine: { type: "string" } },
    resources: [
      {
        type: azure,
        apiVersion: "2025-07-01",
        name: "aks",
        properties: {
          dnsPrefix: "aks",
          networkProfile: { ...plugin, ...(networkPolicy === undefined ? {} : { networkPolicy }) },
        },
      },
    ],
  };
}

function answer(networkProfile: object, more: object = {}): object {
  return { id: id("shop"), name: "shop", resourceGroup: "rg", type: azure, networkProfile, ...more };
}

const documents: readonly (readonly [title: string, document: object])[] = [
  ["a plan that creates it", plan(["create"])],
  ["a plan with a value that is not known yet", plan(["create"], {}, true)],
  ["a plan that updates it", plan(["update"])],
  ["a plan that leaves it as it is", plan(["no-op"])],
  ["a plan that replaces it", plan(["delete", "create"])],
  [
    "a plan that replaces it because of its name, and of a path that is no plain one",
    plan(["delete", "create"], {
      replace_paths: [
        ["name"],
        ["default_node_pool", 0, "vm_size"],
        ["tags", "the owner"],
        ["tags", "a\nb"],
        ["a\u001bb"],
      ],
    }),
  ],
  ["a state", state],
  ["Terraform JSON", written()],
  ["Terraform JSON with an expression", written("${var.engine}")],
  [
    "a resource of azapi with a dataplane at an API version before it",
    {
      resource: {
        azapi_resource: {
          aks: {
            type: `${azure}@2022-01-01`,
            body: { properties: { networkProfile: { ...plugin, networkDataplane: "cilium" } } },
          },
        },
      },
    },
  ],
  [
    "a module that knows no engine",
    { module: { aks: { source: "Azure/aks/azurerm", version: "4.4.0", network_plugin: "azure" } } },
  ],
  ["a stack", stack()],
  ["a stack with a secret", stack(secret)],
  ["a preview that creates it", preview("create")],
  ["a preview with a value that is not known yet", preview("create", notKnown)],
  ["a preview that updates it", preview("update")],
  ["a preview that leaves it as it is", preview("same")],
  ["a preview that replaces it", preview("replace", undefined, { replaceReasons: ["location", "a b"] })],
  [
    "SKU Automatic at an API version before it",
    previewOf("azure-native:containerservice/v20240201:ManagedCluster", { sku: { name: "Automatic" } }),
  ],
  [
    "a dataplane at an API version before it",
    previewOf("azure-native:containerservice/v20220101:ManagedCluster", {
      networkProfile: { ...plugin, networkDataplane: "cilium" },
    }),
  ],
  ["an ARM template", template()],
  ["an ARM template with a parameter", template("[parameters('engine')]")],
  ["Azure's answer", answer(plugin)],
  ["Azure's answer that leaves the engine out", { id: id("shop"), name: "shop", type: azure }],
  ["kubenet, which Azure changes in two steps", answer({ networkPlugin: "kubenet", networkPolicy: "azure" })],
  [
    "another engine on Cilium's dataplane",
    answer({ ...plugin, networkPolicy: "calico", networkDataplane: "cilium" }),
  ],
  [
    "an engine beside node auto-provisioning",
    answer({ ...plugin, networkPolicy: "azure" }, { nodeProvisioningProfile: { mode: "Auto" } }),
  ],
  ["engine none", answer({ ...plugin, networkPolicy: "none" })],
  [
    "engine azure with Windows pools",
    answer(
      { ...plugin, networkPolicy: "azure" },
      { agentPoolProfiles: [{ name: "win", osType: "Windows" }] },
    ),
  ],
  [
    "an answer whose names are no words for a shell",
    { ...answer(plugin), id: id("shop; rm", "r$(g)"), name: "shop; rm" },
  ],
  ["an answer whose name starts with a hyphen", { ...answer(plugin), id: id("-shop"), name: "-shop" }],
];

test("matches the messages in the file", async () => {
  const options = { today: () => exampleDay };
  const said = documents.flatMap(([title, document]) => {
    const { clusters } = check(document, {}, options);
    expect(clusters, title).toHaveLength(1);
    return [
      `--- ${title}`,
      ...clusters.flatMap(({ findings }) => findings.map(({ message }) => message)),
      "",
    ];
  });
  const notes = documentNotes.map((note) => `--- ${note}\n${noteMessage(note)}\n`);
  const file = join(__dirname, "..", "..", "words", "documents.txt");
  await expect([...said, ...notes].join("\n")).toMatchFileSnapshot(file);
});
