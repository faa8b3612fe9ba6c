import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import type { ClusterOfDocument } from "../../../shared/documents/document";
import { mergedDocument, readTerraformJson } from "../../../shared/documents/terraform/json";
import { shown } from "../../support/shown-clusters";
import { wrongShapes } from "../../support/wrong-shapes";

const read = (...documents: unknown[]): readonly ClusterOfDocument[] => readTerraformJson(documents).clusters;
const engine = (network_policy: string): object => ({ network_profile: { network_policy } });
const clusters = (byName: object): object => ({ resource: { azurerm_kubernetes_cluster: byName } });
const pool = (kubernetes_cluster_id: string): object => ({
  resource: {
    azurerm_kubernetes_cluster_node_pool: { win: { name: "win", os_type: "Windows", kubernetes_cluster_id } },
  },
});

describe("a Terraform document", () => {
  test("tells where each cluster comes from", () => {
    const comment = { "//": { metadata: { path: "shop/aks" } } };
    const {
      kind,
      notes,
      clusters: found,
    } = readTerraformJson([
      {
        resource: { azurerm_kubernetes_cluster: { aks: { ...engine("calico"), ...comment } } },
        module: { aks: { source: "Azure/aks/azurerm", network_policy: "azure" } },
      },
    ]);
    expect([kind, notes]).toEqual(["terraform-json", []]);
    expect(found.map(shown)).toEqual(["azurerm_kubernetes_cluster.aks: calico", "module.aks: azure"]);
    expect(found.map(({ source }) => source)).toEqual([
      {
        address: "azurerm_kubernetes_cluster.aks",
        constructPath: "shop/aks",
        place: {
          in: "terraform",
          module: [],
          block: "resource",
          type: "azurerm_kubernetes_cluster",
          name: "aks",
        },
      },
      {
        address: "module.aks",
        place: { in: "terraform", module: [], block: "module", type: "", name: "aks" },
      },
    ]);
  });

  test.each<[title: string, ...comments: unknown[]]>([
    ["that is claimed twice", { metadata: { path: "shop/aks" } }, { metadata: { path: "shop/aks" } }],
    ["that is not a text", { metadata: { path: 5 } }, { metadata: { path: ["shop/aks"] } }],
    ["in a comment of the wrong type", "shop/aks", { metadata: "shop/aks" }],
    ["from the prototype", JSON.parse('{"__proto__": {"metadata": {"path": "shop/aks"}}}')],
  ])("has no construct path %s", (_title, ...comments) => {
    const byName = Object.fromEntries(comments.map((comment, i) => [`aks${i}`, { "//": comment }]));
    expect(read(clusters(byName)).map(({ source }) => "constructPath" in source)).toEqual(
      comments.map(() => false),
    );
  });

  test("with a construct path that a module also claims has none for either", () => {
    const comment = { "//": { metadata: { path: "shop/aks" } } };
    const module = { network: { source: "./network", ...comment } };
    expect(read({ ...clusters({ aks: comment }), module })[0]?.source.constructPath).toBeUndefined();
  });

  test("may be HCL converted to JSON", () => {
    expect(readTerraformJson([clusters({ aks: [engine("calico")] })], "terraform-hcl")).toMatchObject({
      kind: "terraform-hcl",
      clusters: [{ source: { address: "azurerm_kubernetes_cluster.aks" } }],
    });
  });
});

describe("several documents of one configuration", () => {
  test("refer to each other, and each cluster knows its document", () => {
    const found = read(
      { locals: { id: "${azurerm_kubernetes_cluster.b.id}" } },
      clusters({ a: engine("azure") }),
      [clusters({ b: engine("azure") }), pool("${local.id}")],
    );
    expect(found.map(shown)).toEqual([
      "azurerm_kubernetes_cluster.a: azure",
      "azurerm_kubernetes_cluster.b: azure win",
    ]);
    expect(found.map(({ source }) => source.document)).toEqual([1, 2]);
  });

  test("share the constraint on a provider's version", () => {
    const required = {
      required_providers: { azurerm: { source: "hashicorp/azurerm", version: "~> 3.100.0" } },
    };
    const [only] = read(clusters({ a: {} }), { terraform: required });
    expect(only !== undefined && "subject" in only && only.subject.dialect.version).toBe("3.101.0-0");
  });

  const wanted = { source: "hashicorp/azurerm", version: "~> 3.100.0" };
  test.each<[providers: unknown, version: string | undefined]>([
    [{ azurerm: wanted }, "3.101.0-0"],
    [[{ x: { source: "Azurerm", version: "~> 3.100.0" } }], "3.101.0-0"],
    [{ random: { source: "hashicorp/random", version: "1.0.0" }, azurerm: wanted }, "3.101.0-0"],
    [{ odd: { source: "hashicorp/azurerm", version: 5 }, azurerm: wanted }, "3.101.0-0"],
    [{ x: { ...wanted, source: "acme/azurerms" } }, undefined],
    [{ x: { ...wanted, source: "acme/myazurerm" } }, undefined],
    [{ x: { ...wanted, source: 5 } }, undefined],
    [{ x: { source: "hashicorp/azurerm" } }, undefined],
    [{ azurerm: "~> 3.100.0" }, undefined],
    ["text", undefined],
  ])("that require %j are of version %s", (required_providers, version) => {
    const [only] = read(clusters({ a: {} }), { terraform: ["text", { required_providers }] });
    expect(only !== undefined && "subject" in only && only.subject.dialect.version).toBe(version);
  });

  test("share construct paths too", () => {
    const claims = clusters({ aks: { "//": { metadata: { path: "shop/aks" } } } });
    const again = JSON.parse(JSON.stringify(claims)) as unknown;
    expect(read(claims, again).map(({ source }) => [source.constructPath, source.document])).toEqual([
      [undefined, undefined],
      [undefined, 1],
    ]);
  });

  test("from a single object are that object", () => {
    const twice = clusters({ a: engine("calico") });
    expect(read({}, twice, twice).map(({ source }) => source.document)).toEqual([1, 1]);
    expect(read(twice, twice).map(shown)).toEqual([
      "azurerm_kubernetes_cluster.a: calico",
      "azurerm_kubernetes_cluster.a: calico",
    ]);
  });

  test("may be empty, and lists of documents are flattened", () => {
    expect(read()).toEqual([]);
    expect(mergedDocument([{ a: 1 }, [{ b: 1 }, { c: 1 }], undefined])).toEqual([
      { a: 1 },
      { b: 1 },
      { c: 1 },
    ]);
  });
});

describe("hostile input", () => {
  test.each([
    ["document", (value: unknown) => value],
    ["list of resources", (value: unknown) => ({ resource: value })],
    ["type", (value: unknown) => ({ resource: { azurerm_kubernetes_cluster: value } })],
    ["block", (value: unknown) => clusters({ aks: value })],
    ["network", (value: unknown) => clusters({ aks: { network_profile: value } })],
    ["engine", (value: unknown) => clusters({ aks: { network_profile: { network_policy: value } } })],
    ["comment", (value: unknown) => clusters({ aks: { "//": value } })],
    ["metadata", (value: unknown) => clusters({ aks: { "//": { metadata: value } } })],
    ["module", (value: unknown) => ({ module: { aks: value } })],
    ["source of a module", (value: unknown) => ({ module: { aks: { source: value } } })],
    [
      "id of a pool's cluster",
      (value: unknown) => ({ ...clusters({ aks: engine("azure") }), ...pool(value as string) }),
    ],
    ["locals", (value: unknown) => ({ ...clusters({ aks: {} }), ...pool("${local.a}"), locals: value })],
    [
      "required providers",
      (value: unknown) => ({ ...clusters({ aks: {} }), terraform: { required_providers: value } }),
    ],
  ])("of any type in place of a %s is read or ignored", (_place, documentWith) => {
    for (const value of wrongShapes)
      expect(() => read(documentWith(value), documentWith(value)), inspect(value)).not.toThrow();
  });

  test("with names that every object has, line breaks and colours in names, and any depth", () => {
    let deep: unknown = "calico";
    for (let i = 0; i < 100_000; i++) deep = [deep];
    const name = "a\n::error::\u001b[31m";
    const document = JSON.parse(
      `{"resource": {"__proto__": {"a": {}}, "azurerm_kubernetes_cluster": {"__proto__": {}, "constructor": {}, ${JSON.stringify(name)}: {"__proto__": {"network_profile": {"network_policy": "calico"}}}}}}`,
    ) as object;
    expect(read(document, clusters({ deep: { network_profile: deep } })).map(shown)).toEqual([
      "azurerm_kubernetes_cluster.__proto__: absent",
      "azurerm_kubernetes_cluster.constructor: absent",
      `azurerm_kubernetes_cluster.${name}: absent`,
      // Identical clusters are recognized by their JSON text, which cannot be produced at this depth.
      "azurerm_kubernetes_cluster.deep: not readable",
    ]);
  });
});
