/** The lines of a cluster, as far as a document or its sources tell. */
import { describe, expect, test } from "vitest";
import { linesOfPaths } from "../../cli/json-lines";
import type { Location } from "../../shared/messages/report";
import type { Files } from "../support/command";
import { checked, commandIn } from "../support/command";

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

describe("of a plan are found in its sources", () => {
  const ofPlan = (source: Files): Promise<readonly (Location | null)[]> =>
    locations({ ...source, "plan.json": plan("azurerm_kubernetes_cluster.aks", inModule) }, [
      "plan.json",
      "--root",
      "src",
    ]);
  const inModule = "module.shop.module.inner.azurerm_kubernetes_cluster.aks";
  const resource = 'resource "azurerm_kubernetes_cluster" "aks" {';

  test.each<[block: string, resource: number | null, module: number | null]>([
    [resource, 1, null],
    [`resource "azurerm_subnet" "aks" {}\n${resource}\n}\n${resource}`, 2, null],
    ['  \tresource  "azurerm_kubernetes_cluster"  "aks"  {}', 1, null],
    ["resource azurerm_kubernetes_cluster aks{", 1, null],
    [`# ${resource}`, null, null],
    [`x${resource}`, null, null],
    ['resource "azurerm_kubernetes_cluster" "aks2" {', null, null],
    ['data "azurerm_kubernetes_cluster" "aks" {', null, null],
    ['module "shop" {', null, 1],
    ["\n  module  shop  {", null, 2],
    ['module "inner" {', null, null],
    ["module = shop {", null, null],
  ])("by the start of a block: %j", async (block, ...lines) => {
    expect(await ofPlan({ "src/main.tf": block })).toEqual(
      lines.map((line) => (line === null ? null : { file: "src/main.tf", line })),
    );
  });

  test.each<[title: string, names: readonly string[], found: string | null]>([
    ["of Terraform", ["main.tf"], "main.tf"],
    ["of OpenTofu", ["main.tofu"], "main.tofu"],
    ["the first by name", ["main_override.tf", "main.tf"], "main.tf"],
    ["not one of another kind", ["main.tf.bak", "main.txt", "tf"], null],
    ["not one in a folder", ["main/main.tf"], null],
    ["the next one if one cannot be read", ["a.tf/is-a-folder", "main.tf"], "main.tf"],
  ])("in a file: %s", async (_title, names, found) => {
    const files = Object.fromEntries(names.map((name) => [`src/${name}`, resource]));
    expect(await ofPlan(files)).toEqual([found && { file: `src/${found}`, line: 1 }, null]);
  });

  test("and a root that is no folder is an error", async () => {
    const { code, error } = await commandIn({ "plan.json": plan("azurerm_kubernetes_cluster.aks") }, [
      ...["check", "plan.json", "--root", "gone"],
    ]);
    expect([code, error]).toEqual([2, "There is no such folder, or it cannot be read.\n"]);
  });
});

test("of modules in Terraform's own syntaxes are those of their calls", async () => {
  const source = "Azure/aks/azurerm";
  expect(await locations({ "a.tf.json": { module: { aks: { source } } } }, ["a.tf.json"])).toEqual([
    { file: "a.tf.json", line: 3 },
  ]);
  expect(await locations({ "a.tf": `\nmodule "aks" {\n  source = "${source}"\n}` }, ["a.tf"])).toEqual([
    { file: "a.tf", line: 2 },
  ]);
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
