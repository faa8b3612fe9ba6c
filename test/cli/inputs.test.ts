/** Which files are read, as what, and what is said about the others. */
import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { relativePath } from "../../cli/inputs";
import type { Files } from "../support/command";
import { checked, commandIn } from "../support/command";
import { exemption } from "../support/configurations";
import { bad, good, stateOf, terraform } from "../support/terraform-documents";

const hcl = 'resource "azurerm_kubernetes_cluster" "aks" {\n  network_profile {}\n}\n';
const document = terraform({ aks: bad });
const template = (schema = "deploymentTemplate.json#"): object => ({
  $schema: `https://schema.management.azure.com/schemas/2019-04-01/${schema}`,
  contentVersion: "1.0.0.0",
  parameters: { engine: { type: "string" } },
  resources: [
    {
      type: "Microsoft.ContainerService/managedClusters",
      apiVersion: "2025-05-01",
      name: "aks",
      properties: { networkProfile: { networkPlugin: "azure", networkPolicy: "[parameters('engine')]" } },
    },
  ],
});
const parametersOf = (name: string): object => ({ [name]: { engine: { value: "calico" } } });
const commented = (schema: string): string => JSON.stringify(template(schema)).replace("{", "{/* ours */");

const skipped = (count: number): string =>
  `${count} file${count === 1 ? "" : "s"} skipped: not of a kind that check reads.\n`;
const noJson = (column: number): string => `It is not JSON: line 1, column ${column}.\n`;

async function told(files: Files, args: readonly string[]): Promise<string> {
  const { code, error } = await commandIn(files, ["check", ...args, "--format", "json"]);
  return `${code} ${error}`;
}

describe("in a folder", () => {
  test.each<[title: string, files: Files, told: string]>([
    ["a text is skipped", { "a.md": "x" }, `3 ${skipped(1)}`],
    ["so is other JSON", { "a.json": { name: "x" }, "b.json": [1], "c.md": "x" }, `3 ${skipped(3)}`],
    ["so is broken JSON", { "a.json": "{", "b.json": "{" }, `3 ${skipped(2)}`],
    ["so are names twice in other JSON", { "package.json": '{"a": 1, "a": 2}' }, `3 ${skipped(1)}`],
    ["so are files for Terraform with other JSON", { "a.tf.json": { name: "x" } }, `3 ${skipped(1)}`],
    ["so is a document to be passed in another way", { "a.json": { resourcePlans: {} } }, `3 ${skipped(1)}`],
    ["so is a source of a template", { "a.bicep": "[", "b.bicepparam": "{" }, `3 ${skipped(2)}`],
    [
      "so are copies of Terraform's files",
      { "a.tf.bak": hcl, "a.tf.json.orig": "{", "b.tfstate.backup": "{", "c.tofu~": hcl },
      `3 ${skipped(4)}`,
    ],
    ["broken HCL is not skipped", { "a.tf": "resource {" }, "2 d/a.tf: It is not valid HCL.\n"],
    ["nor is HCL of OpenTofu", { "a.tofu": "resource {" }, "2 d/a.tofu: It is not valid HCL.\n"],
    ["nor is a broken state", { "a.tfstate": "x" }, `2 d/a.tfstate: ${noJson(1)}`],
    ["nor is broken Terraform JSON", { "a.tofu.json": "{" }, `2 d/a.tofu.json: ${noJson(2)}`],
    [
      "nor is a template with comments",
      { "a.json": commented("deploymentTemplate.json") },
      `2 d/a.json: ${noJson(2)}`,
    ],
    [
      "even with another mark",
      { "a.json": commented("DeploymentTemplate.json#") },
      `2 d/a.json: ${noJson(2)}`,
    ],
    ["other JSON with comments is skipped", { "a.json": commented("x.json#") }, `3 ${skipped(1)}`],
    [
      "a format of another version is not skipped",
      { "plan.json": { format_version: "9.0", resource_changes: [], configuration: {} } },
      "2 d/plan.json: This version of its format is not supported.\n",
    ],
  ])("%s", async (_title, files, expected) => {
    const inFolder = Object.entries(files).map(([name, content]) => [`d/${name}`, content] as const);
    expect(await told(Object.fromEntries(inFolder), ["d"])).toBe(expected);
  });

  test("links in a circle are skipped, and reported if they are named", async () => {
    const before = (folder: string): void => {
      symlinkSync("a.json", join(folder, "a.json"));
    };
    const run = (path: string): ReturnType<typeof commandIn> => commandIn({}, ["check", path], { before });
    expect(await run(".")).toMatchObject({ code: 3, error: skipped(1) });
    expect(await run("a.json")).toMatchObject({ code: 2, error: "a.json: It cannot be read (ELOOP).\n" });
  });
});

describe("a named file", () => {
  test.each<[title: string, name: string, content: unknown, told: string]>([
    ["of another kind", "a.json", { a: 1 }, "2 a.json: It is not a kind of document that check reads.\n"],
    [
      "to be passed in another way",
      "a.json",
      { resourcePlans: {} },
      "2 a.json: It is a Pulumi plan: it has only what changes: use `pulumi preview --json --show-sames`.\n",
    ],
    ["of JSON with the name of HCL", "a.tf", `\n\n  ${JSON.stringify(document)}`, "1 "],
    ["of HCL that starts with a brace", "a.tf", `locals{}\n${hcl}`, "1 "],
    ["of HCL whose name goes on", "a.tf.txt", hcl, `2 a.tf.txt: ${noJson(1)}`],
    ["of a template that Bicep wrote", "main.bicep.json", template(), "0 "],
    [
      "of output with a name twice",
      "a.json",
      '{"version": 3, "deployment": {"manifest": {}, "resources": [], "resources": []}}',
      "3 ",
    ],
    ["named like standard input", "./-", document, "1 "],
  ])("%s", async (_title, name, content, expected) => {
    expect(await told({ [name]: content }, [name])).toBe(expected);
  });
});

describe("a parameters file", () => {
  const none =
    "a.json: Its --parameters file has no parameters (build a .bicepparam first: bicep build-params).\n";
  const unread = (name: string, reason: string): string =>
    `2 a.json: Its --parameters file "${name}" cannot be read. ${reason}\n`;
  test.each<[name: string, content: unknown, told: string]>([
    ["p.json", { $schema: "x", ...parametersOf("parameters") }, "0 "],
    ["p.json", parametersOf("Parameters"), "0 "],
    ["p.json", parametersOf("myparameters"), `2 ${none}`],
    ["p.json", parametersOf("parameters2"), `2 ${none}`],
    ["p.json", [], `2 ${none}`],
    ["p.json", "null", `2 ${none}`],
    ["p.json", '"parameters"', `2 ${none}`],
    ["p.json", "{", unread("p.json", "It is not JSON: line 1, column 2.")],
    ["p.bicepparam", "{}", unread("p.bicepparam", "Build it first: bicep build, or bicep build-params.")],
  ])("%s: %j", async (name, content, expected) => {
    expect(await told({ "a.json": template(), [name]: content }, ["a.json", "--parameters", name])).toBe(
      expected,
    );
  });

  test("is for a template", async () => {
    const files = { "a.tf.json": document, "p.json": parametersOf("parameters") };
    expect(await told(files, ["a.tf.json", "--parameters", "p.json"])).toBe(
      '2 --parameters is for an ARM template, and "a.tf.json" is not one.\nUsage: aks-network-policy-pack check --help\n',
    );
  });
});

describe("--stack", () => {
  const several =
    "2 --stack names one stack, but these are several. Check them one at a time, or leave out --stack: then each is named by its path, or by its folder in cdktf.out.\nUsage: aks-network-policy-pack check --help\n";
  const stack = { version: 3, deployment: { manifest: {}, resources: [] } };
  const plan = { format_version: "1.2", resource_changes: [], configuration: { root_module: {} } };
  const files = {
    "a/a.tf.json": terraform({ aks: good }),
    "a/b.tf": hcl.replace("aks", "other"),
    "b/b.tf.json": terraform({ aks: good }),
    "c/c.tf": hcl,
    "d/d.tf": hcl,
    "state1.json": stateOf({ aks: good }),
    "state2.json": stateOf({ aks: good }),
    "plan1.json": plan,
    "plan2.json": plan,
    "stack1.json": stack,
    "stack2.json": stack,
    "preview1.json": { steps: [] },
    "az1.json": [],
    "az2.json": [],
    "t1.json": template(),
    "t2.json": template(),
  };
  test.each([
    ["a plan, a state, a folder and a template", ["plan1.json", "state1.json", "a", "t1.json"], "1 "],
    ["two plans", ["plan1.json", "plan2.json"], several],
    ["two states", ["state1.json", "state2.json"], several],
    ["two folders", ["a", "b"], several],
    ["a plan and a folder with HCL", ["plan1.json", "c"], "1 "],
    ["two folders with HCL", ["c", "d"], several],
    ["two templates", ["t1.json", "t2.json"], several],
    ["two stacks of Pulumi, whose names are unique", ["stack1.json", "stack2.json"], "3 "],
    ["two answers of Azure, whose names are unique", ["az1.json", "az2.json"], "3 "],
  ])("for %s", async (_title, args, expected) => {
    expect(await told(files, [...args, "--stack", "shop"])).toBe(expected);
  });
});

test("files are read once in a folder and by name, with one / on every system", async () => {
  const { report } = await checked({ "d/e/a.tf.json": document, "-": document }, [
    "d",
    "d/e",
    "./d/e/a.tf.json",
    "./-",
  ]);
  expect(report.inputs.map(({ file }) => file)).toEqual(["d/e/a.tf.json", "./-"]);
});

test.each([
  ["-", "-"],
  ["./-", "./-"],
  ["./a/../b", "b"],
])("the path %s is %s from here", (path, file) => {
  expect(relativePath(path)).toBe(file);
});

describe("an exemption's stack is by default", () => {
  test.each([
    ["the folder that CDKTF wrote", "out/stacks/shop/cdk.tf.json", "shop"],
    ["the same for HCL", "out/stacks/shop/cdk.tf", "shop"],
    ["the path of another file", "out/shop/main.tf.json", "out/shop/main.tf.json"],
    ["the path of a file with such an end", "out/shop/mycdk.tf.json", "out/shop/mycdk.tf.json"],
    ["the path of a file with such a start", "out/shop/cdk.tf.json.json", "out/shop/cdk.tf.json.json"],
    ["the name of such a file here", "cdk.tf.json", "cdk.tf.json"],
  ])("%s: %s", async (_title, file, stack) => {
    const exempted = exemption({ target: `${stack}:azurerm_kubernetes_cluster.aks` });
    const files = {
      [file]: file.endsWith(".tf") ? hcl : document,
      "c.json": { "network-policy-configured": { exemptions: [exempted] } },
    };
    const { report } = await checked(files, [file, "--config", "c.json"]);
    expect(report.summary).toMatchObject({ clusters: 1, exempt: 1 });
  });
});
