/**
 * The result of `check` for the ways around the pack and the Aspect that docs/limits.md lists, over the
 * resulting documents.
 */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { checked, commandIn } from "../support/command";
import { bad, terraform } from "../support/terraform-documents";

const type = "Microsoft.ContainerService/managedClusters";
const token = "azure-native:containerservice:ManagedCluster";
const profile = { networkPlugin: "azure" };

const planned = (of: string, after: object, configured: object = {}): object => ({
  format_version: "1.2",
  resource_changes: [
    {
      address: `${of}.aks`,
      mode: "managed",
      type: of,
      name: "aks",
      change: { actions: ["create"], after, after_unknown: {} },
    },
  ],
  configuration: { root_module: { resources: [{ address: `${of}.aks`, expressions: configured }] } },
});
const stack = (resource: object): object => ({
  version: 3,
  deployment: { resources: [{ urn: "urn:pulumi:dev::shop::x::aks", custom: true, ...resource }] },
});
const template = {
  resources: [{ type, name: "aks", properties: { dnsPrefix: "aks", networkProfile: profile } }],
};
const profiles = [{ network_plugin: "azure", network_policy: "none" }];

/** The ways that `check` closes, each with the document that shows it. */
const stopped: readonly (readonly [way: string, document: object])[] = [
  ["a cluster that is changed elsewhere, as az shows it", [{ type, name: "aks", networkProfile: profile }]],
  [
    "an engine in a variable, in the plan",
    planned("azurerm_kubernetes_cluster", { network_profile: profiles }),
  ],
  [
    "a network that lifecycle.ignore_changes keeps, in the plan",
    planned("azurerm_kubernetes_cluster", { network_profile: profiles }),
  ],
  [
    "a cluster of a module of any source, in the plan",
    {
      format_version: "1.2",
      resource_changes: [
        {
          address: "module.x.azurerm_kubernetes_cluster.aks",
          module_address: "module.x",
          mode: "managed",
          type: "azurerm_kubernetes_cluster",
          name: "aks",
          change: { actions: ["create"], after: { network_profile: profiles }, after_unknown: {} },
        },
      ],
    },
  ],
  [
    "a template that is an expression, in the plan",
    planned("azurerm_resource_group_template_deployment", {
      template_content: JSON.stringify(template),
    }),
  ],
  ["a file that was written in spite of an error", terraform({ aks: bad })],
  [
    "a template inside an azapi deployment, in the plan",
    planned("azapi_resource", {
      type: "Microsoft.Resources/deployments@2024-07-01",
      body: { properties: { template } },
    }),
  ],
];

/** The ways that stay open: no cluster is seen. */
const open: readonly (readonly [way: string, document: object])[] = [
  [
    "a cluster that a Pulumi program reads with .get(), in its stack",
    stack({ type: token, external: true, inputs: {}, outputs: { networkProfile: profile } }),
  ],
  [
    "a command of Pulumi that calls az",
    stack({ type: "command:local:Command", inputs: { create: "az aks create" } }),
  ],
];

describe("check over the document", () => {
  test.each(stopped)("stops %s", async (_way, document) => {
    const { code, report } = await checked({ "a.json": document }, ["a.json"]);
    expect([code, report.summary.failing]).toEqual([1, 1]);
  });

  test.each(open)("does not see %s, and does not report it as fine", async (_way, document) => {
    const { code, report } = await checked({ "a.json": document }, ["a.json"]);
    expect([code, report.clusters]).toEqual([3, []]);
  });
});

test("docs/limits.md lists each of them, with the result of check", () => {
  const page = readFileSync(join(__dirname, "..", "..", "docs", "limits.md"), "utf8");
  const rows = page.split("\n").flatMap((line) => {
    const [, way, said] = /^\| (.+?) +\| (fails|sees no cluster) +\|$/.exec(line) ?? [];
    return way === undefined ? [] : [[way, said]];
  });
  expect(rows).toEqual([
    ...stopped.map(([way]) => [way, "fails"]),
    ...open.map(([way]) => [way, "sees no cluster"]),
  ]);
});

test("no file next to what is checked runs or decides", async () => {
  const files = {
    "main.tf":
      'resource "azurerm_kubernetes_cluster" "aks" {\n network_profile {\n network_plugin = "azure"\n }\n}\n',
    "node_modules/@cdktn/hcl2json/package.json": { name: "@cdktn/hcl2json", main: "index.js" },
    "node_modules/@cdktn/hcl2json/index.js": `require("node:fs").writeFileSync("ran", ""); exports.parse = () => ({});`,
    "aks-network-policy.json": { all: "disabled" },
    ".aksrc": { all: "disabled" },
    "package.json": { "aks-network-policy-pack": { all: "disabled" } },
  };
  let hasRun = true;
  const { code } = await commandIn(files, ["check", "main.tf"], {
    after: (folder) => {
      hasRun = existsSync(join(folder, "ran"));
    },
  });
  expect([code, hasRun]).toEqual([1, false]);
});
