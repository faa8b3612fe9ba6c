/** The lines of a cluster, as far as a document or its sources tell. */
import { describe, expect, test } from "vitest";
import { linesOfPaths } from "../../cli/json-lines";
import type { Location } from "../../shared/messages/report";
import type { Files } from "../support/command";
import { checked } from "../support/command";

async function locations(files: Files, args: readonly string[]): Promise<readonly (Location | null)[]> {
  const { report } = await checked(files, args);
  return report.clusters.map(({ location }) => location);
}

const change = { actions: ["create"], before: null, after: { name: "aks" }, after_unknown: {} };
const planned = (address: string): object => ({
  address,
  ...(address.startsWith("module.") ? { module_address: address.replace(/\.azurerm.*/, "") } : {}),
  mode: "managed",
  type: "azurerm_kubernetes_cluster",
  name: "aks",
  change,
});
const plan = (...addresses: string[]): object => ({
  format_version: "1.2",
  resource_changes: addresses.map(planned),
  configuration: { root_module: {} },
});
const sources = {
  "src/main.tf": `# a comment\n\nresource "azurerm_kubernetes_cluster" "aks" {\n}\n`,
  "src/modules.tf": `module "shop" {\n  source = "./shop"\n}\n`,
};

describe("of a plan", () => {
  const files = {
    ...sources,
    "plan.json": plan("azurerm_kubernetes_cluster.aks", 'module.shop["a"].azurerm_kubernetes_cluster.aks[0]'),
  };

  test("are in the root module, or where it calls a module", async () => {
    expect(await locations(files, ["plan.json", "--root", "src"])).toEqual([
      { file: "src/main.tf", line: 3 },
      { file: "src/modules.tf", line: 1 },
    ]);
  });

  test("are unknown without its sources, or if these have another name", async () => {
    expect(await locations(files, ["plan.json"])).toEqual([null, null]);
    const other = {
      ...files,
      "src/main.tf": 'resource "azurerm_kubernetes_cluster" "other" {}\n',
      "src/modules.tf": "",
    };
    expect(await locations(other, ["plan.json", "--root", "src"])).toEqual([null, null]);
  });
});

test("of Terraform JSON are in the file itself, even if blocks are lists", async () => {
  const text = `{
  "resource": [
    { "azurerm_subnet": { "aks": {} } },
    { "azurerm_kubernetes_cluster":
      { "a": {},
        "b": [ { "name": "x" } ] } }
  ]
}`;
  expect(await locations({ "a.tf.json": text }, ["a.tf.json"])).toEqual([
    { file: "a.tf.json", line: 5 },
    { file: "a.tf.json", line: 6 },
  ]);
});

test("of HCL are those of its blocks", async () => {
  expect(await locations({ "main.tf": sources["src/main.tf"] }, ["main.tf"])).toEqual([
    { file: "main.tf", line: 3 },
  ]);
});

test("of an ARM template are those of its resources", async () => {
  const cluster = {
    type: "Microsoft.ContainerService/managedClusters",
    apiVersion: "2026-03-01",
    name: "aks",
    properties: { dnsPrefix: "a" },
  };
  const template = {
    $schema: "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
    contentVersion: "1.0.0.0",
    resources: [{ type: "x", name: "y" }, cluster],
  };
  expect(await locations({ "t.json": template }, ["t.json"])).toEqual([{ file: "t.json", line: 9 }]);
});

test("of a Pulumi stack are those that Pulumi recorded, relative to the root if there is one", async () => {
  const resource = {
    urn: "urn:pulumi:dev::shop::azure-native:containerservice:ManagedCluster::aks",
    type: "azure-native:containerservice:ManagedCluster",
    custom: true,
    inputs: {},
    sourcePosition: "project:///index.ts#12,7",
  };
  const files = { "stack.json": { version: 3, deployment: { manifest: {}, resources: [resource] } } };
  expect(await locations(files, ["stack.json"])).toEqual([{ file: "index.ts", line: 12 }]);
  expect(await locations(files, ["stack.json", "--root", "apps/shop"])).toEqual([
    { file: "apps/shop/index.ts", line: 12 },
  ]);
});

test("of output of az are unknown", async () => {
  const cluster = {
    id: "/subscriptions/s/resourceGroups/r/providers/Microsoft.ContainerService/managedClusters/a",
    type: "Microsoft.ContainerService/ManagedClusters",
    name: "a",
    networkProfile: {},
    agentPoolProfiles: [],
  };
  expect(await locations({ "a.json": [cluster] }, ["a.json"])).toEqual([null]);
});

describe("the lines of paths", () => {
  test.each([
    ['{"a":\n{"b":\n{}}}', [["a"], ["a", "b"], ["b"]], [2, 3, undefined]],
    ['[{},\n{"x":{}}]', [[1], [1, "x"], [2]], [2, 2, undefined]],
    ['{"a{\\"b":\n{}, "c": "}\\\\",\n"d": {}}', [['a{"b'], ["d"]], [2, 3]],
    ['{"a": "\n"}', [["a"]], [undefined]],
    ['{"a" \t\n:\n{}}', [["a"]], [3]],
    [
      '{"x": "a",\n"b": {"c": ["d",\n{}]}}',
      [["a"], ["b"], ["b", "c", 1], ["b", "d"]],
      [undefined, 2, 3, undefined],
    ],
    ['{"a": [\n{"b": {}},\n{"b": {}}]}', [["a"], ["a", "b"], ["a", 1, "b"]], [1, 2, 3]],
    ['{"x": {"a":\n{}},\n"a": {}}', [["a"]], [3]],
    ['"a"', [["a"]], [undefined]],
    ['[{"a":\n{}}]', [["a"]], [2]],
    ['{"__proto__":\n{"a": {}}}', [["__proto__", "a"], ["constructor"]], [2, undefined]],
  ] as const)("of %j", (text, paths, lines) => {
    expect(linesOfPaths(text, paths as readonly (readonly (string | number)[])[])).toEqual(lines);
  });
});
