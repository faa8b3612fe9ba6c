/**
 * States that are hard to get from a real Terraform: other formats, deposed objects, and all kinds of errors.
 */
import { describe, expect, test } from "vitest";
import type { JsonObject } from "../../../shared/documents/json";
import { readState } from "../../../shared/documents/terraform/state";
import type { Verdict } from "../../support/clusters-read";
import { clustersRead, subjectAt, subjectsByAddress, verdictOf } from "../../support/clusters-read";

type Part = Readonly<Record<string, unknown>>;

const aks = "azurerm_kubernetes_cluster.aks";
const type = "azurerm_kubernetes_cluster";
const subscription =
  "/subscriptions/1/resourceGroups/rg/providers/Microsoft.ContainerService/managedClusters";
const values = (policy: unknown, name = "aks"): Part => ({
  id: `${subscription}/${name}`,
  name,
  resource_group_name: "rg",
  network_profile: [{ network_plugin: "azure", network_policy: policy, network_data_plane: "azure" }],
});

/** A state as printed by `show -json`. */
const shown = (resources: unknown, childModules?: unknown): JsonObject => ({
  format_version: "1.0",
  values: {
    root_module: { resources, ...(childModules === undefined ? {} : { child_modules: childModules }) },
  },
});
const resource = (more: Part = {}): Part => ({
  address: aks,
  mode: "managed",
  type,
  name: "aks",
  values: values(""),
  ...more,
});

/** A state as in the state file. */
const stored = (...resources: readonly unknown[]): JsonObject => ({ version: 4, lineage: "x", resources });
const withInstances = (instances: unknown, more: Part = {}): Part => ({
  mode: "managed",
  type,
  name: "aks",
  provider: 'provider["registry.terraform.io/hashicorp/azurerm"]',
  ...more,
  instances,
});

function verdictsOf(document: JsonObject): Readonly<Record<string, Verdict>> {
  return Object.fromEntries(
    [...subjectsByAddress(readState(document))].map(([address, subject]) => [address, verdictOf(subject)]),
  );
}

describe("an attribute of dynamic type, stored with its type in the state file", () => {
  const ofAzapi = (body: unknown): JsonObject =>
    stored(
      withInstances(
        [
          {
            attributes: { type: "Microsoft.ContainerService/managedClusters@2026-03-01", name: "aks", body },
          },
        ],
        { type: "azapi_resource" },
      ),
    );
  const body = (networkPolicy: string): Part => ({
    properties: { networkProfile: { networkPlugin: "azure", networkPolicy } },
  });
  const inside = ["object", { properties: "dynamic" }];
  test.each<[string, unknown, Verdict]>([
    ["a block with an engine", { value: body("calico"), type: inside }, "pass"],
    ["a block without one", { value: body("none"), type: inside }, "fail"],
    ["a JSON text", { value: JSON.stringify(body("calico")), type: "string" }, "pass"],
    ["a JSON text without an engine", { value: JSON.stringify(body("")), type: "string" }, "fail"],
    ["nothing", { value: null, type: "dynamic" }, "fail"],
    ["a block written directly", body("calico"), "pass"],
    ["a value without its type", { value: body("calico") }, "fail"],
    ["an invalid type", { value: body("calico"), type: 7 }, "fail"],
    ["another member next to both", { value: body("calico"), type: inside, more: 1 }, "fail"],
  ])("%s", (_title, written, verdict) => {
    expect(verdictsOf(ofAzapi(written))).toEqual({ "azapi_resource.aks": verdict });
  });
});

describe("the format", () => {
  test.each<[Part, boolean]>([
    [{ format_version: "1.0" }, true],
    [{ format_version: "1" }, true],
    [{ format_version: "1.9", values: null }, true],
    [{ format_version: "2.0" }, false],
    [{ format_version: "0.1" }, false],
    [{ format_version: 1, version: 4 }, false],
    [{ version: 4, resources: [] }, true],
    [{ version: 4 }, true],
    [{ version: 3, modules: [] }, false],
    [{ version: 5 }, false],
    [{ version: "4" }, false],
    [{}, false],
  ])("%j is read: %s", (document, isRead) => {
    expect(readState(document)).toEqual(
      isRead ? { kind: "terraform-state", clusters: [], notes: [] } : "unsupported format",
    );
  });
});

describe("both forms", () => {
  test.each<[engine: unknown, verdict: Verdict]>([
    ["", "fail"],
    [null, "fail"],
    ["none", "fail"],
    ["calico", "pass"],
    ["${var.engine}", "fail"],
    ["TfToken[0]", "fail"],
    [5, "fail"],
  ])("engine %j: %s", (engine, verdict) => {
    expect(verdictsOf(shown([resource({ values: values(engine) })]))).toEqual({ [aks]: verdict });
    expect(verdictsOf(stored(withInstances([{ attributes: values(engine) }])))).toEqual({ [aks]: verdict });
  });

  test.each<[Part, Part, readonly string[]]>([
    [{ deposed_key: "00000000" }, { deposed: "00000000" }, []],
    [{ deposed_key: null }, { deposed: null }, [aks]],
    [{ tainted: true }, { status: "tainted" }, [aks]],
  ])("%j and %j", (ofShown, ofStored, addresses) => {
    expect(Object.keys(verdictsOf(shown([resource(ofShown)])))).toEqual(addresses);
    expect(Object.keys(verdictsOf(stored(withInstances([{ attributes: values(""), ...ofStored }]))))).toEqual(
      addresses,
    );
  });

  test("data sources are not clusters", () => {
    expect(verdictsOf(shown([resource({ mode: "data" })]))).toEqual({});
    expect(verdictsOf(stored(withInstances([{ attributes: values("") }], { mode: "data" })))).toEqual({});
  });

  test("pools belong to the cluster whose ID they refer to, in any case", () => {
    const pool: Part = {
      name: "p",
      os_type: "Windows",
      kubernetes_cluster_id: `${subscription}/B`.toUpperCase(),
    };
    const poolType = "azurerm_kubernetes_cluster_node_pool";
    const cilium = (name: string): Part => ({
      ...values("cilium", name),
      network_profile: [{ network_plugin: "azure", network_policy: "cilium", network_data_plane: "cilium" }],
    });
    const documents = [
      shown([
        ...["a", "b"].map((name) => resource({ address: `${type}.${name}`, name, values: cilium(name) })),
        resource({ address: `${poolType}.p`, type: poolType, name: "p", values: pool }),
      ]),
      stored(
        ...["a", "b"].map((name) => withInstances([{ attributes: cilium(name) }], { name })),
        withInstances([{ attributes: pool }], { type: poolType, name: "p" }),
      ),
    ];
    for (const document of documents) {
      const read = subjectsByAddress(readState(document));
      const verdicts = ["a", "b"].map((name) =>
        verdictOf(subjectAt(read, `${type}.${name}`), "network-policy-compatible"),
      );
      expect(verdicts).toEqual(["pass", "fail"]);
    }
  });
});

test.each([undefined, null, 5, {}, ""])("a pool whose cluster has the ID %j belongs to none", (id) => {
  const poolType = "azurerm_kubernetes_cluster_node_pool";
  const pool = { name: "p", os_type: "Windows", kubernetes_cluster_id: id };
  for (const document of [
    shown([resource({}), resource({ address: `${poolType}.p`, type: poolType, name: "p", values: pool })]),
    stored(
      withInstances([{ attributes: values("") }]),
      withInstances([{ attributes: pool }], { type: poolType, name: "p" }),
    ),
  ]) {
    const read = subjectsByAddress(readState(document));
    expect([...read.keys()]).toEqual([aks]);
    expect(subjectAt(read, aks).cluster).toMatchObject({ separatePools: [] });
  }
});

describe("modules", () => {
  const origins = (document: JsonObject): unknown =>
    clustersRead(readState(document)).map(({ source: { address, place } }) => [
      address,
      place?.in === "terraform" ? place.module : place,
    ]);
  const inModule = (address: string): Part => resource({ address: `${address}.${aks}` });
  const expected = [
    [aks, []],
    [`module.a["x"].${aks}`, ["a"]],
    [`module.a["x"].module.b.${aks}`, ["a", "b"]],
    [`module.c[0].${aks}`, ["c"]],
  ];

  test("nested, as printed by show", () => {
    const a = 'module.a["x"]';
    const inner = { address: `${a}.module.b`, resources: [inModule(`${a}.module.b`)] };
    const document = shown(
      [resource()],
      [
        { address: a, resources: [inModule(a)], child_modules: [inner] },
        { address: "module.c[0]", resources: [inModule("module.c[0]")] },
      ],
    );
    expect(origins(document)).toEqual(expected);
  });

  test("side by side, as in the file", () => {
    const at = (module?: string): Part =>
      withInstances([{ attributes: values("") }], module === undefined ? {} : { module });
    expect(
      origins(stored(at(), at('module.a["x"]'), at('module.a["x"].module.b'), at("module.c[0]"))),
    ).toEqual(expected);
  });

  test.each<[index: unknown, address: string]>([
    [undefined, aks],
    [null, aks],
    [0, `${aks}[0]`],
    ["a", `${aks}["a"]`],
    ["", `${aks}[""]`],
    ["a.b", `${aks}["a.b"]`],
    ['a"b\\c', `${aks}["a\\"b\\\\c"]`],
    ["\n\r\t", `${aks}["\\n\\r\\t"]`],
    ["${a}%{b}$c", `${aks}["$\${a}%%{b}$c"]`],
    ["\u200b\u001b[31m", `${aks}["\\u200b\\u001b[31m"]`],
    ["\u{10ffff}", `${aks}["\\U0010ffff"]`],
    ["ü 漢 😀", `${aks}["ü 漢 😀"]`],
    [{ a: 1 }, aks],
  ])("the key %j", (index, address) => {
    const instance = { index_key: index, attributes: values("") };
    expect(Object.keys(verdictsOf(stored(withInstances([instance]))))).toEqual([address]);
  });
});

describe("hostile states:", () => {
  const told = (document: JsonObject): readonly string[] =>
    clustersRead(readState(document)).map((each) =>
      "subject" in each ? verdictOf(each.subject) : `unreadable, ${each.source.address}`,
    );

  test.each([null, 5, "text", [], undefined])("values that are %j", (bad) => {
    expect(told(shown([resource({ values: bad }), resource()]))).toEqual(["fail", `unreadable, ${aks}`]);
    expect(told(stored(withInstances([{ attributes: bad }, { attributes: values("") }])))).toEqual([
      "fail",
      `unreadable, ${aks}`,
    ]);
  });

  test.each<JsonObject>([
    shown(null),
    shown({ 0: resource() }),
    shown([null, 5, [resource()]], [null, { resources: 5, child_modules: "text" }]),
    { format_version: "1.0", values: [] },
    { format_version: "1.0", values: { root_module: [resource()] } },
    stored(null, 5, [], withInstances(null), withInstances([null, 5]), withInstances([{}], { type: 5 })),
    { version: 4, resources: { 0: withInstances([{ attributes: values("") }]) } },
  ])("%j has no clusters", (document) => {
    expect(told(document)).toEqual([]);
  });

  test("two resources with the same address are both checked", () => {
    expect(told(shown([resource(), resource({ values: values("calico") })]))).toEqual(["fail", "pass"]);
  });

  test("a hundred thousand levels of values, and of modules", () => {
    const levels = 100_000;
    const deep: unknown = JSON.parse(`${'{"a":['.repeat(levels)}1${"]}".repeat(levels)}`);
    const bad = { ...values(""), network_profile: deep };
    expect(told(shown([resource({ values: bad }), resource()]))).toEqual(["fail", `unreadable, ${aks}`]);
    const modules = `${'{"child_modules":['.repeat(levels)}{"resources":[${JSON.stringify(resource())}]}${"]}".repeat(levels)}`;
    expect(told({ format_version: "1.0", values: { root_module: JSON.parse(modules) as unknown } })).toEqual([
      "fail",
    ]);
  });
});
