/** What Terraform's override files change: https://developer.hashicorp.com/terraform/language/files/override. */
import { describe, expect, test } from "vitest";
import { readTerraformJson } from "../../../shared/documents/terraform/json";
import { isOverrideFile, withOverrides } from "../../../shared/documents/terraform/overrides";
import { shown } from "../../support/shown-clusters";

type Part = Readonly<Record<string, unknown>>;

const aks = (attributes: unknown): Part => ({
  resource: { azurerm_kubernetes_cluster: { aks: attributes } },
});

test.each<[file: string, is: boolean]>([
  ["override.tf", true],
  ["override.tf.json", true],
  ["override.tofu", true],
  ["override.tofu.json", true],
  ["a_override.tf", true],
  ["tf/override.tf", false],
  ["myoverride.tf", false],
  ["override_a.tf", false],
  ["override.tf.json.bak", false],
  ["override.json", false],
  ["override-tf", false],
  ["override.tfvars", false],
  ["override.tf-json", false],
])("%s overrides: %s", (file, is) => {
  expect(isOverrideFile(file)).toBe(is);
});

describe("a block is overridden", () => {
  const calico = { network_policy: "calico" };
  const none = { network_plugin: "azure" };
  const blocks = (content: unknown): Part => ({ network_profile: { for_each: [1], content } });

  test.each<[title: string, base: unknown, over: unknown, result: Part]>([
    ["in an attribute", { a: 1, b: 2 }, { a: 3 }, { a: 3, b: 2 }],
    ["in one that it has not", { a: 1 }, { b: 2 }, { a: 1, b: 2 }],
    ["in an attribute by null", { a: 1 }, { a: null }, { a: null }],
    ["in one that it has not by null", { a: 1 }, { b: null }, { a: 1, b: null }],
    ["in an attribute that is null", { a: null }, { a: 2 }, { a: 2 }],
    ["in a list of values", { a: [1, 2] }, { a: [3] }, { a: [3] }],
    ["in a list of values by an empty one", { a: [1, 2] }, { a: [] }, { a: [] }],
    ["in a block", { network_profile: none }, { network_profile: [calico] }, { network_profile: [calico] }],
    ["in a block by null", { network_profile: none }, { network_profile: null }, { network_profile: none }],
    ["in blocks by none", { network_profile: [none] }, { network_profile: [] }, { network_profile: [none] }],
    ["by a list of blocks", { a: 1, b: 1 }, [{ a: 2 }, { b: 3 }], { a: 2, b: 3 }],
    ["by what is no block", { a: 1 }, ["text", 5, null], { a: 1 }],
    [
      "in a dynamic block by another one",
      { dynamic: blocks(none) },
      { dynamic: blocks(calico) },
      { dynamic: blocks(calico) },
    ],
    [
      "in one dynamic block of two",
      { dynamic: [blocks(none), { a: 1 }] },
      { dynamic: blocks(calico) },
      { dynamic: { a: 1, ...blocks(calico) } },
    ],
    [
      "in a block by a dynamic one",
      { network_profile: none },
      { dynamic: blocks(calico) },
      { dynamic: blocks(calico) },
    ],
    [
      "in a dynamic block by a block",
      { dynamic: blocks(none) },
      { network_profile: calico },
      { network_profile: calico },
    ],
    [
      "in its lifecycle, part by part",
      { lifecycle: [{ prevent_destroy: true, ignore_changes: ["a"] }] },
      { lifecycle: { ignore_changes: ["b"], create_before_destroy: true } },
      { lifecycle: { prevent_destroy: true, ignore_changes: ["b"], create_before_destroy: true } },
    ],
  ])("%s", (_title, base, over, result) => {
    const [main] = withOverrides([aks(base), aks(over)], (i) => i === 1) as [Part];
    expect(main).toEqual(aks([{ dynamic: {}, lifecycle: {}, ...result }]));
  });
});

describe("of the documents of a folder", () => {
  const over = { a: 2 };
  test.each<[title: string, documents: readonly unknown[], result: readonly unknown[]]>([
    [
      "a resource, a data source and a module by their names",
      [
        { resource: { t: { n: { a: 1 } } }, data: { t: { n: { a: 1 } } }, module: { n: { a: 1 } } },
        { resource: { t: { n: over } }, data: { t: { n: over } }, module: { n: over } },
      ],
      [
        {
          resource: { t: { n: [{ a: 2, dynamic: {}, lifecycle: {} }] } },
          data: { t: { n: [{ a: 2, dynamic: {}, lifecycle: {} }] } },
          module: { n: [{ a: 2, dynamic: {}, lifecycle: {} }] },
        },
        { resource: { t: {} }, data: { t: {} }, module: {} },
      ],
    ],
    [
      "none by another name, type or kind",
      [
        { resource: { t: { n: { a: 1 } } }, module: { m: { a: 1 } } },
        { resource: { t: { m: over }, u: { n: over } }, data: { t: { n: over } }, module: { n: over } },
      ],
      [
        { resource: { t: { n: { a: 1 } } }, module: { m: { a: 1 } } },
        { resource: { t: { m: over }, u: { n: over } }, data: { t: { n: over } }, module: { n: over } },
      ],
    ],
    [
      "a local as a whole",
      [{ locals: { a: { x: 1 }, b: 2 } }, { locals: { a: { y: 1 } } }],
      [{ locals: { a: { y: 1 }, b: 2 } }, { locals: {} }],
    ],
    [
      "what is in lists",
      [[{ resource: [{ t: [{ n: [{ a: 1 }] }] }] }], { resource: { t: { n: over } } }],
      [[{ resource: [{ t: [{ n: [{ a: 2, dynamic: {}, lifecycle: {} }] }] }] }], { resource: { t: {} } }],
    ],
    [
      "nothing else",
      [
        { output: { n: { value: 1 } }, toString: { n: 1 } },
        { output: { n: { value: 2 } }, locals: { z: 1 } },
      ],
      [
        { output: { n: { value: 1 } }, toString: { n: 1 } },
        { output: { n: { value: 2 } }, locals: { z: 1 } },
      ],
    ],
    [
      "nothing of the wrong shape",
      [
        { resource: { t: { n: "text" } }, module: 5, locals: null },
        { resource: { t: { n: over } }, module: "x" },
      ],
      [
        { resource: { t: { n: ["text"] } }, module: 5, locals: null },
        { resource: { t: {} }, module: "x" },
      ],
    ],
  ])("overrides %s", (_title, documents, result) => {
    expect(withOverrides(documents, (i) => i === 1)).toStrictEqual(result);
  });

  test("the last override of several counts", () => {
    const documents = [
      { locals: { a: 4 }, ...aks({ a: 4 }) },
      { locals: { a: 1 }, ...aks({ a: 1, b: 1 }) },
      { locals: { a: 5 }, ...aks({ a: 5 }) },
    ];
    expect(withOverrides(documents, (i) => i !== 1)[1]).toEqual({
      locals: { a: 5 },
      ...aks([{ a: 5, b: 1, dynamic: {}, lifecycle: {} }]),
    });
  });

  test("nothing changes without overrides", () => {
    const documents = [aks({ a: 1 }), aks({ a: 2 })];
    expect(withOverrides(documents, () => false)).toBe(documents);
    const empty = [aks({ a: 1 }), {}];
    expect(withOverrides(empty, (i) => i === 1)).toBe(empty);
  });
});

describe("a folder with override files", () => {
  const engine = (network_policy: string): Part => ({ network_profile: { network_policy } });
  const read = (documents: readonly unknown[], isOverride: (i: number) => boolean) =>
    readTerraformJson(documents, "terraform-json", isOverride).clusters;

  test("has each cluster once, in the file that declares it", () => {
    const clusters = read([aks(engine("calico")), {}, aks(engine("azure")), {}], (i) => i < 2);
    expect(clusters.map(shown)).toEqual(["azurerm_kubernetes_cluster.aks: calico"]);
    expect(clusters[0]?.source.document).toBe(2);
  });

  test("also judges what only an override declares", () => {
    const clusters = read([{}, aks(engine("none"))], (i) => i === 1);
    expect(clusters.map(shown)).toEqual(["azurerm_kubernetes_cluster.aks: none"]);
    expect(clusters[0]?.source.document).toBe(1);
  });

  test("has the provider of its last override", () => {
    const versions = (version: string): Part => ({
      terraform: { required_providers: { azurerm: { source: "hashicorp/azurerm", version } } },
    });
    const documents = [versions("4.3.0"), { ...versions("4.1.0"), ...aks({}) }, versions("4.2.0"), {}];
    const versionIn = (isOverride: (i: number) => boolean): unknown => {
      const [only] = read(documents, isOverride);
      return only !== undefined && "subject" in only && only.subject.toolVersion;
    };
    expect(versionIn((i) => i === 2)).toBe("4.2.0");
    expect(versionIn((i) => i !== 1)).toBe("4.2.0");
    expect(versionIn((i) => i === 3)).toBe("4.3.0");
    expect(versionIn(() => false)).toBe("4.3.0");
  });
});
