/** Texts on whose meaning tools disagree: they are never checked by one reading only, and never skipped. */
import { describe, expect, test } from "vitest";
import { commandIn } from "../support/command";
import { bad, good, terraform } from "../support/terraform-documents";

const text = (value: unknown): string => JSON.stringify(value);
const [badText, goodText] = [bad, good].map(text);
const blocks = (bodies: string): string => `{"resource": {"azurerm_kubernetes_cluster": {${bodies}}}}`;
const template = (resource: string): string =>
  `{"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
    "contentVersion": "1.0.0.0", "resources": [${resource}]}`;
const cluster = (profile: string): string =>
  `{"type": "Microsoft.ContainerService/managedClusters", "apiVersion": "2025-07-01", "name": "aks",
    "properties": {"dnsPrefix": "aks", "networkProfile": ${profile}}}`;
const ofArm = '{"networkPlugin": "azure", "networkPolicy": "none", "networkPolicy": "calico"}';

describe("an object that has a name twice is rejected, by position and never by name:", () => {
  test.each([
    [
      "Terraform resources, of which Terraform takes both",
      "a.tf.json",
      `${text(terraform({ aks: bad })).slice(0, -1)},\n "resource": {}}`,
      "line 2, column 2",
    ],
    [
      "resource types",
      "a.tf.json",
      `{"resource": {"azurerm_kubernetes_cluster": {"a": ${badText}}, "azurerm_kubernetes_cluster": {"b": ${goodText}}}}`,
      "line 1, column 100",
    ],
    ["clusters", "a.tf.json", blocks(`"aks": ${badText}, "aks": ${goodText}`), ""],
    [
      "a name with different JSON escapes",
      "a.tf.json",
      blocks(`"aks": ${badText}, "a\\u006bs": ${goodText}`),
      "",
    ],
    [
      "blocks of a cluster",
      "a.tf.json",
      blocks(`"aks": {"network_profile": {}, "network_profile": {"network_policy": "calico"}}`),
      "",
    ],
    ["a property of an ARM template", "a.json", template(cluster(ofArm)), ""],
    ["the resources of a template", "a.json", template("").replace("]}", `], "resources": []}`), ""],
  ])("%s", async (_what, file, content, place) => {
    const { code, out, error } = await commandIn({ [file]: content }, ["check", file]);
    expect(code).toBe(2);
    expect(error).toContain(`${file}: An object has a name twice: line`);
    expect(error).toContain(place);
    expect(`${out}${error}`).not.toMatch(/networkPolicy|network_profile|"aks"/);
  });

  test.each(["a.tf.json", "a.json"])("in a folder, where %s is not skipped", async (file) => {
    const content =
      file === "a.json" ? template(cluster(ofArm)) : blocks(`"a": ${badText}, "a": ${goodText}`);
    const files = { [`d/${file}`]: content, "e/good.tf.json": terraform({ aks: good }) };
    expect((await commandIn(files, ["check", "d", "e"])).code).toBe(2);
  });

  test("a parameters file", async () => {
    const { code, error } = await commandIn(
      {
        "a.json": template(cluster('{"networkPolicy": "[parameters(\'p\')]"}')),
        "p.json": '{"parameters": {"p": {"value": "none"}, "p": {"value": "calico"}}}',
      },
      ["check", "a.json", "--parameters", "p.json"],
    );
    expect(code).toBe(2);
    expect(error).toContain('Its --parameters file "p.json" cannot be read. An object has a name twice');
  });

  test("a configuration, and a baseline", async () => {
    const rule = '"network-policy-configured"';
    const files = {
      "a.tf.json": terraform({ aks: bad }),
      "c.json": `{${rule}: "mandatory", ${rule}: "disabled"}`,
      "b.json": '{"version": 1, "writtenOn": "2026-11-01", "findings": [], "findings": []}',
    };
    for (const option of [
      ["--config", "c.json"],
      ["--baseline", "b.json"],
    ]) {
      const { code, error } = await commandIn(files, ["check", "a.tf.json", ...option]);
      expect(code).toBe(2);
      expect(error).toContain("cannot be used. An object has a name twice");
    }
  });

  test("but one name in several objects, and a name that is also a value, are fine", async () => {
    const content = blocks(`"aks": ${goodText}, "b": {"network_profile": ["aks", {"b": ["b", "b"]}]}`);
    expect((await commandIn({ "a.tf.json": content }, ["check", "a.tf.json"])).code).toBe(1);
  });
});

describe("several documents in one", () => {
  const plan = (attributes: object): object => ({
    format_version: "1.2",
    resource_changes: [
      {
        address: "azurerm_kubernetes_cluster.aks",
        mode: "managed",
        type: "azurerm_kubernetes_cluster",
        name: "aks",
        change: { actions: ["create"], after: attributes, after_unknown: {} },
      },
    ],
  });
  const answer = {
    type: "Microsoft.ContainerService/managedClusters",
    name: "aks",
    networkProfile: { networkPlugin: "azure", networkPolicy: "calico" },
    agentPoolProfiles: [],
  };
  const event = { sequence: 0, summaryEvent: {} };

  test.each([
    ["two plans", [plan({ network_profile: [good.network_profile] }), plan({})]],
    ["output of Azure, then a plan", [answer, plan({})]],
    ["Terraform JSON, then a plan", [terraform({ aks: good }), plan({})]],
    ["a Pulumi event, then Terraform JSON", [event, terraform({ aks: bad })]],
  ])("are rejected instead of being checked by the recognized one: %s", async (_what, documents) => {
    const lines = documents.map(text).join("\n");
    for (const args of [["a.json"], ["."], [".", "--allow-none"]]) {
      const { code, error } = await commandIn({ "a.json": lines }, ["check", ...args]);
      expect(code).toBe(2);
      expect(error).toContain("It is several documents: put each into a separate file.");
    }
  });

  test("are one if they are parts of one answer", async () => {
    const files = { "a.json": [answer, { ...answer, name: "b" }].map(text).join("\n") };
    expect((await commandIn(files, ["check", "a.json"])).code).toBe(0);
  });
});

test("an ARM template with comments, which Azure accepts and JSON does not, is not skipped in a folder", async () => {
  const content = `// ours\n${template(cluster('{"networkPlugin": "azure"}'))}`;
  const files = {
    "d/a.json": `{${content.replace("// ours\n{", "// ours\n")}`,
    "d/b.tf.json": terraform({ aks: good }),
  };
  const { code, error } = await commandIn(files, ["check", "d"]);
  expect(code).toBe(2);
  expect(error).toContain("d/a.json: It is not JSON: line 1, column 2.");
});
