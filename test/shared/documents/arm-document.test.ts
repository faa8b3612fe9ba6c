import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import { readArmTemplate } from "../../../shared/documents/arm/document";
import { shown } from "../../support/shown-clusters";
import { wrongShapes } from "../../support/wrong-shapes";

const type = "Microsoft.ContainerService/managedClusters";
const whole = { dnsPrefix: "a", agentPoolProfiles: [] };

function cluster(name: unknown, engine?: unknown, more: object = {}): object {
  return {
    type,
    apiVersion: "2025-07-01",
    name,
    properties: { ...whole, networkProfile: { networkPolicy: engine } },
    ...more,
  };
}

function template(resources: unknown, more: object = {}): object {
  const $schema = "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#";
  return { $schema, contentVersion: "1.0.0.0", resources, ...more };
}

function nested(properties: object, more: object = {}): object {
  return { type: "Microsoft.Resources/deployments", name: "nested", properties, ...more };
}

const linesOf = (document: unknown, parameters?: unknown): string[] =>
  readArmTemplate(document, parameters).clusters.map(shown);
const placesOf = (document: unknown): unknown[] =>
  readArmTemplate(document).clusters.map(({ source: { place } }) =>
    place?.in === "document" ? place.path.join(".") : place,
  );

describe("the address of a cluster", () => {
  const parameters = { name: { type: "string", defaultValue: "shop" }, other: { type: "string" } };
  test.each<[title: string, name: unknown, address: string]>([
    ["a plain name", "shop", "shop"],
    ["an expression", "[concat(parameters('name'), '-aks')]", "shop-aks"],
    [
      "an expression that is not known",
      "[concat(parameters('other'), '-aks')]",
      "[concat(parameters('other'), '-aks')]",
    ],
    ["no name", undefined, "resources[0]"],
    ["a name of the wrong type", { a: 1 }, "resources[0]"],
    ["an empty name", "", "resources[0]"],
  ])("is the result of %s", (_title, name, address) => {
    expect(linesOf(template([cluster(name, "cilium")], { parameters }))).toEqual([`${address}: cilium`]);
  });

  test("is the expression for identical copies, and each one's name for different ones", () => {
    const copy = { name: "loop", count: 2 };
    const name = "[format('aks{0}', copyIndex())]";
    expect(linesOf(template([cluster(name, "calico", { copy })]))).toEqual([`${name}: calico`]);
    const engines = { variables: { engines: ["calico", "none"] } };
    expect(
      linesOf(template([cluster(name, "[variables('engines')[copyIndex()]]", { copy })], engines)),
    ).toEqual(["aks0: calico", "aks1: none"]);
    expect(
      linesOf(
        template([cluster("[format('aks{0}', copyIndex(1))]", "calico", { copy: { name: "a", count: 1 } })]),
      ),
    ).toEqual(["aks1: calico"]);
  });
});

describe("the position of a cluster", () => {
  test.each<[title: string, document: unknown, places: readonly string[]]>([
    ["in a list", template([{}, cluster("a")]), ["resources.1"]],
    ["by its symbolic name", template({ aks: cluster("a") }, { languageVersion: "2.0" }), ["resources.aks"]],
    ["in another case", { contentVersion: "1.0.0.0", RESOURCES: [cluster("a")] }, ["RESOURCES.0"]],
    [
      "in a nested template",
      template([{}, nested({ template: template([cluster("a")]) })]),
      ["resources.1.properties.template.resources.0"],
    ],
    [
      "in a nested template in another case",
      template([
        {
          type: "microsoft.resources/deployments",
          Properties: { Template: { Resources: { aks: cluster("a") } } },
        },
      ]),
      ["resources.0.Properties.Template.Resources.aks"],
    ],
    [
      "of a copy",
      template([
        cluster("[format('a{0}', copyIndex())]", "[createArray('calico', 'none')[copyIndex()]]", {
          copy: { name: "c", count: 2 },
        }),
      ]),
      ["resources.0", "resources.0"],
    ],
    [
      "in a Blueprint artifact",
      { kind: "template", properties: { template: template([cluster("a")]) } },
      ["properties.template.resources.0"],
    ],
    [
      "in a Blueprint artifact in another case",
      { Properties: { TEMPLATE: template([cluster("a")]) } },
      ["Properties.TEMPLATE.resources.0"],
    ],
  ])("%s", (_title, document, places) => {
    expect(placesOf(document)).toEqual(places);
  });
});

describe("parameters", () => {
  const document = template([cluster("aks", "[parameters('engine')]")], {
    parameters: { engine: { type: "string", defaultValue: "none" } },
  });
  const without = template([cluster("aks", "[parameters('engine')]")], {
    parameters: { engine: { type: "string" } },
  });

  test.each<[title: string, document: unknown, parameters: unknown, engine: string]>([
    ["that are not supplied have their defaults", document, undefined, "none"],
    ["without a default are not known", without, undefined, "unknown"],
    [
      "from a file",
      without,
      { $schema: "", contentVersion: "1.0.0.0", parameters: { engine: { value: "cilium" } } },
      "cilium",
    ],
    ["from a file in another case", without, { Parameters: { ENGINE: { Value: "cilium" } } }, "cilium"],
    ["without the surrounding file", without, { engine: { value: "cilium" } }, "cilium"],
    [
      "from a key vault are not known",
      document,
      { parameters: { engine: { reference: { keyVault: {}, secretName: "a" } } } },
      "unknown",
    ],
    ["in a file of the wrong shape are not known", document, 5, "unknown"],
    ["that are null are not known", document, null, "unknown"],
    ["that are a list are not known", document, { parameters: [] }, "unknown"],
    ["in two spellings are not known", document, { parameters: {}, Parameters: {} }, "unknown"],
    [
      "in a file have no expressions",
      without,
      { parameters: { engine: { value: "[parameters('engine')]" } } },
      "?",
    ],
  ])("%s", (_title, read, parameters, engine) => {
    expect(linesOf(read, parameters)).toEqual([`aks: ${engine}`]);
  });

  test.each<[title: string, parameters: unknown, engine: string]>([
    ["none", undefined, "none"],
    ["a value", { engine: { value: "calico" } }, "calico"],
    ["the Blueprint's own parameters", { engine: { value: "[parameters('engine')]" } }, "unknown"],
    [
      "expressions of the Blueprint's own parameters",
      { engine: { value: { a: ["[parameters('engine')]"] } } },
      "unknown",
    ],
    ["a text in double brackets", { engine: { value: "[[calico]" } }, "?"],
    ["null", null, "none"],
    ["a value that is null", { engine: { value: null } }, "none"],
    [
      "a value in a deep list",
      { engine: { value: "calico" }, more: { value: [[{ a: null }], "[a"] } },
      "calico",
    ],
    ["something else", 5, "unknown"],
  ])("of a Blueprint artifact: %s", (_title, parameters, engine) => {
    expect(linesOf({ properties: { template: document, parameters } })).toEqual([`aks: ${engine}`]);
  });
});

describe("a template", () => {
  test("has its pools with their clusters, and no cluster that is not deployed", () => {
    const pool = {
      type: `${type}/agentPools`,
      apiVersion: "2025-07-01",
      name: "aks/win",
      properties: { osType: "Windows" },
    };
    const never = cluster("never", "none", { condition: false });
    expect(linesOf(template([cluster("aks", "calico"), pool, never]))).toEqual(["aks: calico win"]);
  });

  test("is of its kind, whatever is in it", () => {
    const [good, nothing, notRead] = [
      template([cluster("aks")]),
      {},
      {
        get $schema(): never {
          throw new Error("");
        },
      },
    ];
    expect(readArmTemplate(good)).toMatchObject({ kind: "arm-template", notes: [] });
    expect(readArmTemplate(nothing)).toEqual({ kind: "arm-template", clusters: [], notes: [] });
    expect(() => readArmTemplate(notRead)).toThrow();
    const inPart = {
      get type(): never {
        throw new Error("");
      },
    };
    expect(readArmTemplate(template([inPart]))).toEqual({
      kind: "arm-template",
      clusters: [
        { source: { address: "the template", place: { in: "document", path: [] } }, error: new Error("") },
      ],
      notes: [],
    });
  });

  test("cannot tell its tool anything about changes", () => {
    const [only] = readArmTemplate(template([cluster("aks")])).clusters;
    if (only === undefined || "error" in only) throw new Error("it is one cluster");
    const { ignores, isProtected } = only.lifecycle();
    expect([ignores("properties.networkProfile.networkPolicy"), isProtected]).toEqual([false, false]);
  });

  test("reports that linked templates are not followed", () => {
    const link = nested({ templateLink: { uri: "https://" } });
    expect(readArmTemplate(template([link])).notes).toEqual(["linked templates are not followed"]);
    expect(readArmTemplate(template([cluster("aks")])).notes).toEqual([]);
  });

  test("has the clusters of its deployment stacks, which have their own parameters", () => {
    const stack = (properties: object): object => ({
      type: "microsoft.resources/DeploymentStacks",
      name: "kept",
      properties,
    });
    const inner = template([cluster("aks", "[parameters('engine')]")], { parameters: { engine: {} } });
    const parameters = { engine: { value: "[parameters('outer')]" } };
    const outer = { parameters: { outer: { defaultValue: "calico" } } };
    expect(linesOf(template([stack({ template: inner, parameters })], outer))).toEqual(["aks: calico"]);
    const windows = { type: `${type}/agentPools`, name: "aks/win", properties: { osType: "Windows" } };
    const elsewhere = stack({ template: inner, parameters, deploymentScope: "/subscriptions/0" });
    expect(linesOf(template([elsewhere, windows], outer))).toEqual(["aks: calico win"]);
    const linked = stack({ templateLink: { uri: "https://" } });
    expect(readArmTemplate(template([linked])).notes).toEqual(["linked templates are not followed"]);
  });

  test("is read inside an Azure export", () => {
    const exported = { Template: template([cluster("aks", "calico")]), templateLink: null };
    expect(linesOf(exported)).toEqual(["aks: calico"]);
    expect(placesOf(exported)).toEqual(["Template.resources.0"]);
    expect(linesOf({ template: template([cluster("aks", "[parameters('engine')]")]) })).toEqual([
      "aks: unknown",
    ]);
  });

  test("that changes an existing cluster is a patch", () => {
    const patch = { type, apiVersion: "2025-07-01", name: "aks", properties: { addonProfiles: {} } };
    const [only] = readArmTemplate(template([patch])).clusters;
    expect(only !== undefined && "subject" in only && only.subject.dialect.patch).toBe(true);
  });

  test("keeps clusters with the same name apart", () => {
    expect(linesOf(template([cluster("aks", "calico"), cluster("aks", "none")]))).toEqual([
      "aks: calico",
      "aks: none",
    ]);
  });
});

describe("hostile input", () => {
  test.each([
    ["document", (value: unknown) => value],
    ["schema", (value: unknown) => ({ ...template([cluster("a")]), $schema: value })],
    ["list of resources", (value: unknown) => template(value)],
    ["resource", (value: unknown) => template([value])],
    ["name", (value: unknown) => template([cluster(value)])],
    ["engine", (value: unknown) => template([cluster("a", value)])],
    ["properties", (value: unknown) => template([cluster("a", "calico", { properties: value })])],
    ["API version", (value: unknown) => template([cluster("a", "calico", { apiVersion: value })])],
    ["copy", (value: unknown) => template([cluster("a", "calico", { copy: value })])],
    ["condition", (value: unknown) => template([cluster("a", "calico", { condition: value })])],
    ["nested deployment", (value: unknown) => template([nested(value as object)])],
    ["nested template", (value: unknown) => template([nested({ template: value })])],
    ["template of an artifact", (value: unknown) => ({ properties: { template: value } })],
    [
      "list of definitions",
      (value: unknown) => template([cluster("[parameters('a')]")], { parameters: value, variables: value }),
    ],
  ])("of any type in place of a %s is read or ignored", (_place, documentWith) => {
    for (const value of wrongShapes) {
      expect(linesOf(documentWith(value)), inspect(value)).not.toContain("the template: not readable");
      expect(
        () => readArmTemplate(template([cluster("[parameters('a')]")]), documentWith(value)),
        inspect(value),
      ).not.toThrow();
    }
  });

  test("with names that every object has, and line breaks and colours in names", () => {
    const text = `{"contentVersion": "1", "resources": {"__proto__": ${JSON.stringify(cluster("a\n::error::\u001b[31m", "calico"))}}}`;
    expect(linesOf(JSON.parse(text))).toEqual(["a\n::error::\u001b[31m: calico"]);
    expect(placesOf(JSON.parse(text))).toEqual(["resources.__proto__"]);
  });

  test("may be nested to any depth, and never looks like a template without clusters", () => {
    let deep: unknown = template([cluster("deep", "none")]);
    for (let i = 0; i < 100_000; i++) deep = template([nested({ template: deep })]);
    expect(linesOf(deep)).not.toEqual([]);
    let value: unknown = "calico";
    for (let i = 0; i < 100_000; i++) value = [value];
    expect(linesOf(template([cluster("aks", value)]))).toEqual(["aks: ?"]);
  });
});
