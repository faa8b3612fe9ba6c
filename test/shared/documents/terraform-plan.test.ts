/** Plans that are hard to get from a real Terraform: other formats, other tools, and all kinds of errors. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { JsonObject } from "../../../shared/documents/json";
import { readPlan } from "../../../shared/documents/terraform/plan";
import type { Verdict } from "../../support/clusters-read";
import {
  clustersRead,
  notesOf,
  subjectAt,
  subjectsByAddress,
  told,
  verdictOf,
} from "../../support/clusters-read";
import { propertyRuns } from "../../support/property-runs";
import { processorTime } from "../../support/processor-time";

type Part = Readonly<Record<string, unknown>>;

const token = "azurerm_resource_group.rg.token";
const subscription =
  "/subscriptions/1/resourceGroups/rg/providers/Microsoft.ContainerService/managedClusters";

/** A change of a cluster without an engine, in the root module. */
function change(more: Part = {}, ofChange: Part = {}): Part {
  return {
    address: "azurerm_kubernetes_cluster.aks",
    mode: "managed",
    type: "azurerm_kubernetes_cluster",
    name: "aks",
    ...more,
    change: {
      actions: ["create"],
      after: { name: "aks", resource_group_name: "rg", network_profile: [{ network_plugin: "azure" }] },
      after_unknown: { network_profile: [{ network_policy: true }], windows_profile: true },
      ...ofChange,
    },
  };
}

/** The configuration of that cluster. */
function configured(networkProfile: Part, more: Part = {}): Part {
  return {
    address: "azurerm_kubernetes_cluster.aks",
    mode: "managed",
    type: "azurerm_kubernetes_cluster",
    name: "aks",
    expressions: { network_profile: [networkProfile] },
    ...more,
  };
}

function plan(
  changes: unknown,
  rootModule: unknown = { resources: [configured({})] },
  more: Part = {},
): JsonObject {
  return {
    format_version: "1.2",
    resource_changes: changes,
    configuration: { root_module: rootModule },
    ...more,
  };
}

function verdictsOf(document: JsonObject): Readonly<Record<string, Verdict>> {
  return Object.fromEntries(
    [...subjectsByAddress(readPlan(document))].map(([address, subject]) => [address, verdictOf(subject)]),
  );
}

const aks = "azurerm_kubernetes_cluster.aks";

describe("the format", () => {
  test.each([undefined, null, 1, "", "0.2", "2.0", "10.0", "v1", "1x"])("%j is refused", (format) => {
    expect(readPlan({ ...plan([change()]), format_version: format })).toBe("unsupported format");
  });

  test.each([
    [{ root_module: { resources: [{ address: "a" }] } }, true],
    [{ root_module: { child_modules: [{ address: "module.a" }] } }, true],
    [{ root_module: {} }, false],
    [{}, false],
  ])("planned values without changes are refused: %j", (planned_values, isRefused) => {
    const read = readPlan({ format_version: "1.2", planned_values });
    expect(read === "unsupported format").toBe(isRefused);
  });

  test.each(["1", "1.0", "1.2", "1.99"])("%j is read", (format) => {
    expect(verdictsOf({ ...plan([change()]), format_version: format })).toEqual({ [aks]: "fail" });
  });

  test("without changes has no clusters", () => {
    expect(readPlan({ format_version: "1.2" })).toEqual({ kind: "terraform-plan", clusters: [], notes: [] });
  });
});

describe("what a plan does not do:", () => {
  const notes = (more: Part): readonly string[] => notesOf(readPlan(plan([], {}, more)));
  test.each<[Part, readonly string[]]>([
    [{ complete: true, errored: false, deferred_changes: [] }, []],
    [{ complete: false }, ["the plan is incomplete"]],
    [{ complete: false, errored: true }, ["the plan failed"]],
    [{ deferred_changes: [{}] }, ["the plan defers changes"]],
    [{ complete: false, deferred_changes: [{}] }, ["the plan is incomplete", "the plan defers changes"]],
    [{ complete: "false", errored: 1, deferred_changes: {} }, []],
  ])("%j", (more, said) => {
    expect(notes(more)).toEqual(said);
  });
});

describe("actions", () => {
  const plannedBy = (actions: unknown, more: Part = {}): unknown => {
    const [cluster] = clustersRead(readPlan(plan([change({}, { actions, ...more })])));
    return cluster === undefined ? "left out" : cluster.source.planned;
  };

  test.each<[unknown, unknown]>([
    [["no-op"], { action: "none", because: [] }],
    [["create"], { action: "create", because: [] }],
    [["update"], { action: "update", because: [] }],
    [["delete", "create"], { action: "replace", because: [] }],
    [["create", "delete"], { action: "replace", because: [] }],
    [["create", "forget"], { action: "replace", because: [] }],
    [["delete"], "left out"],
    [["forget"], "left out"],
    [["open"], undefined],
    [[], undefined],
    ["create", undefined],
    [undefined, undefined],
  ])("%j", (actions, planned) => {
    expect(plannedBy(actions)).toEqual(planned);
  });

  test.each<[paths: unknown, because: readonly string[]]>([
    [[["network_profile", 0, "network_plugin"]], ["network_profile.network_plugin"]],
    [
      [["a", 0, "b"], ["a", 1, "b"], ["c"]],
      ["a.b", "c"],
    ],
    [[[], [0], 5, null, "text", { a: 1 }, [{}]], []],
    ["text", []],
  ])("a replacement because of %j", (paths, because) => {
    expect(plannedBy(["delete", "create"], { replace_paths: paths })).toEqual({ action: "replace", because });
    expect(plannedBy(["update"], { replace_paths: paths })).toEqual({ action: "update", because: [] });
  });
});

test.each([null, undefined])("a cluster that is deposed by %j is one", (deposed) => {
  expect(verdictsOf(plan([change({ deposed })]))).toEqual({ [aks]: "fail" });
});

describe("what is not a cluster after the plan:", () => {
  test.each<[string, Part]>([
    ["a deposed one", { deposed: "00000000" }],
    ["a data source", { mode: "data" }],
    ["another type", { type: "azurerm_kubernetes_cluster_extension" }],
    ["no type", { type: ["azurerm_kubernetes_cluster"] }],
    ["a name that every object has", { type: "toString" }],
  ])("%s", (_, more) => {
    expect(readPlan(plan([change(more)]))).toMatchObject({ clusters: [] });
  });
});

describe("addresses and positions", () => {
  const originOf = (more: Part): unknown => clustersRead(readPlan(plan([change(more)])))[0]?.source;
  const place = (module: readonly string[]): Part => ({
    in: "terraform",
    module,
    block: "resource",
    type: "azurerm_kubernetes_cluster",
    name: "aks",
  });

  test.each<[Part, string, readonly string[]]>([
    [{}, aks, []],
    [{ address: `${aks}[0]`, index: 0 }, `${aks}[0]`, []],
    [
      { address: `module.a["x.y"].module.b[10].${aks}`, module_address: 'module.a["x.y"].module.b[10]' },
      `module.a["x.y"].module.b[10].${aks}`,
      ["a", "b"],
    ],
    [
      { address: undefined, module_address: 'module.a["\\"]"]', index: "k" },
      `module.a["\\"]"].${aks}["k"]`,
      ["a"],
    ],
    [{ module_address: "modul.a" }, aks, []],
    [{ module_address: "module.a." }, aks, []],
    [{ module_address: 5 }, aks, []],
  ])("%j", (more, address, module) => {
    expect(originOf(more)).toEqual({
      address,
      place: place(module),
      planned: { action: "create", because: [] },
    });
  });
});

describe("an engine that is not in the plan is", () => {
  const withExpression = (expression: unknown): Part => ({
    resources: [configured({ network_policy: expression })],
  });
  const engineIn = (module: unknown, more: Part = {}): unknown => {
    return told(subjectAt(subjectsByAddress(readPlan(plan([change()], module, more))), aks).cluster)[
      "engine"
    ];
  };

  test.each<[unknown, string]>([
    [undefined, "absent"],
    [null, "absent"],
    [{ constant_value: null }, "absent"],
    [{ constant_value: "" }, "absent"],
    [{ constant_value: [] }, "absent"],
    [{ constant_value: ["calico"] }, "unknown"],
    [{ references: ["x-path.module"] }, "unknown"],
    // A provider that plans to change a written value makes it unknown.
    [{ constant_value: "calico" }, "unknown"],
    [{}, "absent"],
    [{ references: [] }, "absent"],
    [{ references: ["var.known"] }, "absent"],
    [{ references: ["var.known.part", "var.known"] }, "absent"],
    [{ references: ["var.unheard"] }, "unknown"],
    [{ references: ["var.__proto__"] }, "unknown"],
    [{ references: ["var.toString"] }, "unknown"],
    [{ references: ["each.key"] }, "absent"],
    [{ references: ["each.value", "count.index", "path.module", "terraform.workspace"] }, "absent"],
    [{ references: ["local.engine"] }, "unknown"],
    [{ references: [token, "azurerm_resource_group.rg"] }, "unknown"],
    [{ references: ["var.known", token] }, "unknown"],
    [{ references: ["data.azurerm_key_vault_secret.s.value"] }, "unknown"],
    [{ references: ["module.a.engine", "module.a"] }, "unknown"],
    [{ references: ["ephemeral.a.b"] }, "unknown"],
    [{ references: [5, null] }, "unknown"],
    [{ references: Array.from({ length: 5000 }, () => "var.known") }, "unknown"],
    ["text", "unknown"],
    [5, "unknown"],
    [[], "unknown"],
    [[{}], "unknown"],
  ])("with %o: %s", (expression, engine) => {
    expect(engineIn(withExpression(expression), { variables: { known: { value: null } } })).toBe(engine);
  });

  test.each<[string, unknown]>([
    ["no root module", null],
    ["a root module of another type", []],
    ["no resources", {}],
    ["resources of another type", { resources: { 0: configured({}) } }],
    ["resources that are not objects", { resources: [null, 5, "text", [], {}] }],
    [
      "a resource of another name",
      { resources: [configured({}, { address: "azurerm_kubernetes_cluster.b" })] },
    ],
  ])("unknown with %s", (_, module) => {
    expect(engineIn(module)).toBe("unknown");
  });

  test.each(["", "module.a.", "module.a.module.b."])(
    "unknown without a configuration, and what is in the plan is known: %s",
    (module) => {
      const address = `${module}${aks}`;
      const place = { address, module_address: module.slice(0, -1) };
      const after = { network_profile: [{ network_plugin: "kubenet" }] };
      const document = plan([change(place, { after })], undefined, { configuration: undefined });
      const { cluster } = subjectAt(subjectsByAddress(readPlan(document)), address);
      expect(told(cluster)).toMatchObject({ engine: "unknown", plugin: "kubenet" });
    },
  );

  test("unknown if there are more blocks than the configuration shows", () => {
    const block = { network_plugin: "azure" };
    const marks = { default_node_pool: [{ os_sku: true }] };
    const module = { resources: [configured({}, { expressions: { default_node_pool: [{}, {}] } })] };
    const after = { default_node_pool: [{ name: "a" }], network_profile: [block] };
    const document = plan([change({}, { after, after_unknown: marks })], module);
    expect(told(subjectAt(subjectsByAddress(readPlan(document)), aks).cluster)["image"]).toBe("unknown");
  });

  test("unknown where the configuration has a block outside of a list", () => {
    const written = { network_profile: { network_policy: { constant_value: "calico" } } };
    const module = { resources: [configured({}, { expressions: written })] };
    const document = plan([change({}, { after: {}, after_unknown: { network_profile: true } })], module);
    expect(told(subjectAt(subjectsByAddress(readPlan(document)), aks).cluster)["engine"]).toBe("unknown");
  });

  test.each([{}, [], null, false])("known where the marks of a value are %j", (network_policy) => {
    const after = { network_profile: [{ network_plugin: "azure", network_policy: "calico" }] };
    const marks = { network_profile: [{ network_policy }] };
    const document = plan([change({}, { after, after_unknown: marks })]);
    expect(told(subjectAt(subjectsByAddress(readPlan(document)), aks).cluster)["engine"]).toBe("calico");
  });

  test("unknown together with the whole cluster", () => {
    const document = plan([change({}, { after: null, after_unknown: true })]);
    expect(verdictsOf(document)).toEqual({ [aks]: "unknown" });
  });

  describe("in a module", () => {
    const inModule = (call: Part): JsonObject =>
      plan(
        [change({ address: `module.a["x"].${aks}`, module_address: 'module.a["x"]' })],
        {
          module_calls: {
            a: {
              module: { resources: [configured({ network_policy: { references: ["var.engine"] } })] },
              ...call,
            },
          },
        },
        { variables: { known: { value: null } } },
      );

    test.each<[Part, Verdict]>([
      [{}, "fail"],
      [{ expressions: {} }, "fail"],
      [{ expressions: { engine: {} } }, "fail"],
      [{ expressions: { engine: { constant_value: null } } }, "fail"],
      [{ expressions: { engine: { references: ["var.known"] } } }, "fail"],
      [{ expressions: { engine: { references: ["var.unheard"] } } }, "unknown"],
      [{ expressions: { engine: { references: [token] } } }, "unknown"],
      [{ expressions: { engine: { references: ["each.value"] } } }, "fail"],
      [
        {
          expressions: { engine: { references: ["each.value"] } },
          for_each_expression: { references: [token] },
        },
        "unknown",
      ],
      [
        {
          expressions: { engine: { references: ["each.value"] } },
          for_each_expression: { references: ["var.known"] },
        },
        "fail",
      ],
      [{ module: undefined }, "unknown"],
      ...["each.key", "terraform.workspace"].map((reference): [Part, Verdict] => [
        {
          expressions: { engine: { references: [reference] } },
          for_each_expression: { references: [token] },
        },
        "fail",
      ]),
      [{ expressions: { engine: { references: ["each.value"] } }, for_each_expression: "text" }, "unknown"],
    ])("called with %j: %s", (call, verdict) => {
      expect(Object.values(verdictsOf(inModule(call)))).toEqual([verdict]);
    });
  });
});

test.each<[depth: number, verdict: Verdict]>([
  [200, "fail"],
  [201, "unknown"],
])("an engine that is passed through %d modules: %s", (depth, verdict) => {
  const engine = { references: ["var.engine"] };
  let module: Part = { resources: [configured({ network_policy: engine })] };
  for (let i = 1; i < depth; i++) module = { module_calls: { a: { module, expressions: { engine } } } };
  const calls = { a: { module, expressions: { engine: { references: ["var.known"] } } } };
  const inside = change({ module_address: Array.from({ length: depth }, () => "module.a").join(".") });
  const document = plan([inside], { module_calls: calls }, { variables: { known: { value: null } } });
  expect(Object.values(verdictsOf(document))).toEqual([verdict]);
});

describe("two clusters that differ only in", () => {
  const [one, other] = ["azurerm_kubernetes_cluster.one", "azurerm_kubernetes_cluster.other"];
  const profile = (more: Part): Part => ({ network_profile: [{ network_plugin: "azure", ...more }] });
  const policy = (network_policy: unknown, more: Part = {}): Part => ({
    expressions: { network_profile: [{ network_policy }] },
    ...more,
  });
  const eachValue = { references: ["each.value"] };
  const unknowns = profile({ network_policy: true });
  type Half = readonly [ofChange: Part, inModule: Part];
  test.each<[title: string, one: Half, other: Half, verdicts: readonly Verdict[]]>([
    [
      "their values",
      [{ after: profile({ network_policy: "calico" }), after_unknown: {} }, {}],
      [{ after: profile({ network_policy: "" }), after_unknown: {} }, {}],
      ["pass", "fail"],
    ],
    [
      "what is known of them",
      [{ after_unknown: {} }, policy({ references: ["local.x"] })],
      [{ after_unknown: unknowns }, policy({ references: ["local.x"] })],
      ["fail", "unknown"],
    ],
    [
      "what is written",
      [{}, policy({ constant_value: null })],
      [{}, policy({ references: ["local.x"] })],
      ["fail", "unknown"],
    ],
    [
      "their for_each",
      [{}, policy(eachValue)],
      [{}, policy(eachValue, { for_each_expression: { references: ["local.x"] } })],
      ["fail", "unknown"],
    ],
  ])("%s", (_title, first, second, verdicts) => {
    const halves = [first, second].map(([ofChange, inModule], i) => {
      const address = i === 0 ? one : other;
      const name = i === 0 ? "one" : "other";
      return [change({ address, name }, ofChange), configured({}, { address, ...inModule })];
    });
    const document = plan(
      halves.map(([changed]) => changed),
      { resources: halves.map(([, resource]) => resource) },
    );
    expect(verdictsOf(document)).toEqual({ [one]: verdicts[0], [other]: verdicts[1] });
  });

  test("what their module is given", () => {
    const module = { resources: [configured({ network_policy: { references: ["var.engine"] } })] };
    const call = (engine: Part): Part => ({ module, expressions: { engine } });
    const inside = (name: string): Part =>
      change({ address: `module.${name}.${aks}`, module_address: `module.${name}` });
    const document = plan([inside("a"), inside("b")], {
      module_calls: { a: call({ constant_value: null }), b: call({ references: ["local.x"] }) },
    });
    expect(Object.values(verdictsOf(document))).toEqual(["fail", "unknown"]);
  });
});

describe("the version of azurerm", () => {
  const versionsWith = (...constraints: readonly unknown[]): unknown => {
    const providers = Object.fromEntries(
      constraints.map((constraint, i) => [
        `module.m${i}:azurerm`,
        { full_name: "registry.opentofu.org/hashicorp/azurerm", version_constraint: constraint },
      ]),
    );
    const document = plan([change()]);
    const configuration = {
      ...(document["configuration"] as Part),
      provider_config: {
        like: { full_name: "a/b/azurerms", version_constraint: "2.0.0" },
        other: { full_name: "a/b/c", version_constraint: "1.0.0" },
        odd: 5,
        none: null,
        ...providers,
      },
    };
    const { toolVersion, dialect } = subjectAt(
      subjectsByAddress(readPlan({ ...document, configuration })),
      aks,
    );
    return [toolVersion, dialect.version];
  };

  test.each<[readonly unknown[], readonly unknown[]]>([
    [[], [undefined, undefined]],
    [[">= 3.0"], [undefined, undefined]],
    [["4.1.0"], ["4.1.0", "4.1.0"]],
    [
      ["= 4.1.0", ">= 3.0"],
      ["4.1.0", "4.1.0"],
    ],
    [
      ["~> 3.100", ">= 3.0"],
      [undefined, "4.0.0-0"],
    ],
    [
      ["< 5.0", "~> 3.100"],
      [undefined, "4.0.0-0"],
    ],
    [[""], [undefined, undefined]],
    [
      [5, null],
      [undefined, undefined],
    ],
    [["no version"], [undefined, undefined]],
    [
      ["", 5, "~> 3.100"],
      [undefined, "4.0.0-0"],
    ],
    [
      ["", 5, "= 4.1.0"],
      ["4.1.0", "4.1.0"],
    ],
  ])("that %j allow", (constraints, versions) => {
    expect(versionsWith(...constraints)).toEqual(versions);
  });

  test("of a plan that names its providers without their registry", () => {
    const provider = { name: "azurerm", version_constraint: "= 4.1.0" };
    const document = plan([change()], undefined, {
      configuration: { provider_config: { azurerm: provider, other: { version_constraint: "1.0.0" } } },
    });
    expect(subjectAt(subjectsByAddress(readPlan(document)), aks).toolVersion).toBe("4.1.0");
  });
});

describe("a pool", () => {
  const pool = (clusterId: Part, more: Part = {}): Part => ({
    address: "azurerm_kubernetes_cluster_node_pool.p",
    mode: "managed",
    type: "azurerm_kubernetes_cluster_node_pool",
    name: "p",
    ...more,
    change: {
      actions: ["create"],
      after: { name: "p", os_type: "Windows" },
      after_unknown: {},
      ...clusterId,
    },
  });
  const cilium = (name: string, more: Part = {}): Part =>
    change(
      { address: `azurerm_kubernetes_cluster.${name}`, name, ...more },
      {
        after: {
          name,
          resource_group_name: "rg",
          id: `${subscription}/${name}`,
          network_profile: [
            { network_plugin: "azure", network_policy: "cilium", network_data_plane: "cilium" },
          ],
        },
        after_unknown: {},
      },
    );
  const withId = (id: string): Part => ({
    after: { name: "p", os_type: "Windows", kubernetes_cluster_id: id },
  });
  const open: Part = { after_unknown: { kubernetes_cluster_id: true } };
  const referring = (...references: readonly unknown[]): Part => ({
    resources: [
      {
        address: "azurerm_kubernetes_cluster_node_pool.p",
        expressions: { kubernetes_cluster_id: { references } },
      },
      {
        address: "data.azurerm_kubernetes_cluster.d",
        expressions: { name: { constant_value: "B" }, resource_group_name: { constant_value: "RG" } },
      },
      { address: "data.azurerm_kubernetes_cluster.e", expressions: {} },
    ],
  });
  const compatible = (document: JsonObject): readonly Verdict[] =>
    [...subjectsByAddress(readPlan(document)).values()].map((subject) =>
      verdictOf(subject, "network-policy-compatible"),
    );

  test.each<[Part, Part, readonly Verdict[]]>([
    [withId(`${subscription}/a`), {}, ["fail", "pass"]],
    [withId(`${subscription}/a`.toUpperCase()), {}, ["fail", "pass"]],
    [withId(`${subscription.replace("/1/", "/2/")}/b`), {}, ["pass", "fail"]],
    [withId(`${subscription}/c`), {}, ["pass", "pass"]],
    [withId("no id"), {}, ["pass", "pass"]],
    // Text in a plan is never an expression.
    [withId("${azurerm_kubernetes_cluster.a.id}"), {}, ["pass", "pass"]],
    [open, {}, ["unknown", "unknown"]],
    [open, referring("azurerm_kubernetes_cluster.a.id", "azurerm_kubernetes_cluster.a"), ["fail", "pass"]],
    [
      { after_unknown: true },
      referring("azurerm_kubernetes_cluster.a.id", "azurerm_kubernetes_cluster.a"),
      ["unknown", "pass"],
    ],
    [open, referring("azurerm_kubernetes_cluster.z.id", "azurerm_kubernetes_cluster.z"), ["pass", "pass"]],
    [open, referring("azurerm_kubernetes_cluster.a", "azurerm_kubernetes_cluster.b"), ["unknown", "unknown"]],
    [open, referring("azurerm_kubernetes_cluster.a", "local.x"), ["unknown", "unknown"]],
    [
      open,
      referring("data.azurerm_kubernetes_cluster.d.id", "data.azurerm_kubernetes_cluster.d"),
      ["pass", "fail"],
    ],
    [open, referring("data.azurerm_kubernetes_cluster.e.id"), ["unknown", "unknown"]],
    [open, referring("data.azurerm_kubernetes_cluster.f.id"), ["unknown", "unknown"]],
    [open, referring("module.m.id", "module.m"), ["unknown", "unknown"]],
    [open, referring("random_pet.p.id"), ["unknown", "unknown"]],
    [open, referring(), ["unknown", "unknown"]],
    [open, referring("x".repeat(20_000), 5, null, ""), ["unknown", "unknown"]],
    [{ ...open, actions: ["delete"] }, referring("azurerm_kubernetes_cluster.a.id"), ["pass", "pass"]],
  ])("with %o by %o", (clusterId, module, verdicts) => {
    expect(compatible(plan([cilium("a"), cilium("b"), pool(clusterId)], module))).toEqual(verdicts);
  });

  test("of one of two clusters with the same address", () => {
    const twice = { address: "azurerm_kubernetes_cluster.a", name: "a" };
    const [module] = [referring("azurerm_kubernetes_cluster.a.id")];
    const read = readPlan(plan([cilium("a"), cilium("b", twice), pool(open)], module));
    const verdicts = clustersRead(read).map(
      (each) => "subject" in each && verdictOf(each.subject, "network-policy-compatible"),
    );
    expect(verdicts).toEqual(["unknown", "unknown"]);
  });

  test("that refers to itself through a ring of modules", () => {
    const ring = { outputs: { id: { expression: { references: ["var.id"] } } } };
    const module = {
      ...referring("module.m.id"),
      module_calls: { m: { module: ring, expressions: { id: { references: ["module.m.id"] } } } },
    };
    expect(compatible(plan([cilium("a"), pool(open)], module))).toEqual(["unknown"]);
  });
});

/** JSON text of a value nested in lists and objects. */
function deep(levels: number, inside: string): string {
  return `${'{"a":['.repeat(levels)}${inside}${"]}".repeat(levels)}`;
}

describe("hostile plans:", () => {
  const other = change({ address: "azurerm_kubernetes_cluster.other", name: "other" });
  const readWith = (bad: unknown): readonly string[] =>
    clustersRead(readPlan(plan([bad, other]))).map((each) =>
      "subject" in each ? verdictOf(each.subject) : `unreadable, ${each.source.address}`,
    );

  test.each<[unknown, readonly string[]]>([
    [change({}, { after: null }), ["unknown", `unreadable, ${aks}`]],
    [change({}, { after: [] }), ["unknown", `unreadable, ${aks}`]],
    [change({}, { after: "text" }), ["unknown", `unreadable, ${aks}`]],
    [{ ...change(), change: null }, ["unknown", `unreadable, ${aks}`]],
    [{ ...change(), change: undefined }, ["unknown", `unreadable, ${aks}`]],
    [{ ...change(), address: "a\nb" }, ["fail", "unknown"]],
    [change({}, { after: {} }), ["unknown", "unknown"]],
    [change({}, { after_unknown: [true] }), ["fail", "unknown"]],
    [change({}, { after_unknown: { network_profile: { network_policy: true } } }), ["fail", "unknown"]],
    [change({}, { after: { network_profile: 5 } }), ["unknown", "unknown"]],
    [change({}, { after: { network_profile: 5 }, after_unknown: {} }), ["fail", "unknown"]],
    [null, ["unknown"]],
    [[change()], ["unknown"]],
  ])("%j", (bad, verdicts) => {
    expect([...readWith(bad)].sort()).toEqual([...verdicts].sort());
  });

  test.each([null, 5, "text", {}, { 0: change() }])("changes that are %j", (changes) => {
    expect(readPlan(plan(changes))).toMatchObject({ clusters: [] });
  });

  test("keys that every object has", () => {
    const text = `{
      "format_version": "1.2", "__proto__": { "complete": false },
      "variables": { "__proto__": { "engine": { "value": null } } },
      "resource_changes": [{
        "address": "a", "mode": "managed", "type": "azurerm_kubernetes_cluster", "name": "aks",
        "module_address": "module.__proto__.module.constructor",
        "change": { "actions": ["create"], "after": { "__proto__": { "network_profile": [{ "network_policy": "calico" }] } },
          "after_unknown": { "__proto__": { "network_profile": true }, "network_profile": [{ "network_policy": true }] } } }],
      "configuration": { "root_module": { "module_calls": { "__proto__": { "module": { "resources": [] } } } } }
    }`;
    const read = readPlan(JSON.parse(text) as JsonObject);
    expect([...subjectsByAddress(read).values()].map((each) => verdictOf(each))).toEqual(["unknown"]);
    expect(notesOf(read)).toEqual([]);
  });

  const levels = 100_000;
  const many = deep(levels, "true");
  const parsed = (): unknown => JSON.parse(many);
  test.each<[string, () => unknown]>([
    ["values", () => change({}, { after: { network_profile: parsed() } })],
    [
      "values that are not read",
      () => change({}, { after: { ...(change()["change"] as { after: Part }).after, tags: parsed() } }),
    ],
    ["marks", () => change({}, { after_unknown: parsed() })],
    ["marks of a block", () => change({}, { after_unknown: { network_profile: parsed() } })],
    ["paths", () => change({}, { actions: ["delete", "create"], replace_paths: parsed() })],
    ["modules", () => change({ module_address: "module.a.".repeat(levels) + "module.a" })],
    ["keys", () => change({ index: many, address: undefined })],
    ["quotes", () => change({ module_address: `module.a["${'\\"'.repeat(levels)}` })],
  ])("a hundred thousand levels of %s", (_, bad) => {
    const verdicts = readWith(bad());
    expect(verdicts).toHaveLength(2);
    expect(verdicts).not.toContain("pass");
  });

  test("a hundred thousand levels in the configuration", () => {
    const modules = JSON.parse(
      `${'{"module_calls":{"a":{"module":'.repeat(levels)}{}${"}}}".repeat(levels)}`,
    ) as unknown;
    const inside = change({ module_address: "module.a.".repeat(levels - 1) + "module.a" });
    expect(verdictsOf(plan([inside], modules))).toEqual({ [aks]: "unknown" });
    const expressions = { network_profile: parsed(), default_node_pool: [parsed()] };
    expect(verdictsOf(plan([change()], { resources: [configured({}, { expressions })] }))).not.toMatchObject({
      [aks]: "pass",
    });
  });

  test("with any value in any place: nothing is thrown, and no bad cluster passes", () => {
    const document = plan(
      [change({ module_address: "module.a", address: `module.a.${aks}` }), change()],
      {
        resources: [configured({ network_policy: { references: ["var.none"] } })],
        module_calls: {
          a: {
            module: { resources: [configured({})] },
            expressions: { engine: { references: ["var.none"] } },
          },
        },
      },
      { variables: { none: { value: null } } },
    );
    const places = placesIn(document);
    const junk = fc.constantFrom<unknown>(null, true, false, 0, -1, "", "text", [], {}, [[]], [{}], { a: 1 });
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom(...places), junk), { minLength: 1, maxLength: 3 }),
        (changes) => {
          const changed = changes.reduce<JsonObject>(
            (each, [place, value]) => replaced(each, place, value) as JsonObject,
            document,
          );
          const read = readPlan(changed);
          if (typeof read === "string") return;
          for (const each of read.clusters)
            if ("subject" in each) expect(verdictOf(each.subject)).not.toBe("pass");
        },
      ),
      propertyRuns(2000),
    );
  });
});

/** The keys that lead to each part of a value. */
function placesIn(value: unknown): readonly (readonly string[])[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) => [
    [key],
    ...placesIn(each).map((rest) => [key, ...rest]),
  ]);
}

function replaced(value: unknown, [key, ...rest]: readonly string[], by: unknown): unknown {
  if (key === undefined) return by;
  if (typeof value !== "object" || value === null) return value;
  const copy = Array.isArray(value) ? [...(value as readonly unknown[])] : { ...value };
  Reflect.set(copy, key, replaced(Reflect.get(value, key), rest, by));
  return copy;
}

describe("the document of azapi", () => {
  const address = "azapi_resource.aks";
  const type = "Microsoft.ContainerService/managedClusters@2026-03-01";
  const network = (more: Part = {}): Part => ({
    properties: { networkProfile: { networkPlugin: "azure", ...more } },
  });
  const open = { references: ["var.x", "time_static.now"] };
  type Document = readonly [after: Part, unknowns: Part, expressions?: Part];

  test.each<[title: string, document: Document, verdict: Verdict]>([
    ["is known", [{ body: network() }, {}, { body: {} }], "fail"],
    ["is known as text", [{ body: JSON.stringify(network()) }, {}, { body: {} }], "fail"],
    [
      "is known, by an expression",
      [{ body: network({ networkPolicy: "calico" }) }, {}, { body: open }],
      "pass",
    ],
    ["has a function such as timestamp", [{}, { body: true }, { body: {} }], "unknown"],
    ["has references", [{}, { body: true }, { body: open }], "unknown"],
    ["is of a type that is not known", [{ type: null }, { type: true }, {}], "unknown"],
    [
      "has parts that are sent alone and known",
      [
        { body: network() },
        {},
        { body: {}, sensitive_body: { constant_value: network({ networkPolicy: "calico" }) } },
      ],
      "pass",
    ],
    ["is null", [{}, { body: true }, { body: { constant_value: null } }], "fail"],
    ["is not written", [{}, { body: true }, {}], "fail"],
    ["is open, without a configuration", [{}, { body: true }], "unknown"],
    ["is known, without a configuration", [{ body: network() }, {}], "unknown"],
    [
      "has parts that are sent alone",
      [{ body: network() }, {}, { body: {}, sensitive_body: open }],
      "unknown",
    ],
  ])("%s", (_title, [after, after_unknown, expressions], verdict) => {
    const resource = { address, mode: "managed", type: "azapi_resource", name: "aks" };
    const document = plan(
      [{ ...resource, change: { actions: ["create"], after: { type, ...after }, after_unknown } }],
      { resources: expressions === undefined ? [] : [{ ...resource, expressions }] },
    );
    expect(verdictsOf(document)).toEqual({ [address]: verdict });
  });
});

describe("the AVM module, whose plan does not show what it sends apart", () => {
  const resource = { address: "azapi_resource.this", mode: "managed", type: "azapi_resource", name: "this" };
  const expressions = {
    body: { references: ["local.resource_body"] },
    sensitive_body: { references: ["local.sensitive_body"] },
  };
  const address = "module.aks.azapi_resource.this";
  const verdictIn = (call: Part, networkProfile: Part): Verdict | undefined => {
    const after = {
      type: "Microsoft.ContainerService/managedClusters@2026-03-01",
      body: { properties: { networkProfile } },
    };
    const planned = { actions: ["create"], after, after_unknown: {} };
    const module = { resources: [{ ...resource, expressions }] };
    const document = plan([{ ...resource, address, module_address: "module.aks", change: planned }], {
      module_calls: { aks: { ...call, module } },
    });
    return verdictsOf(document)[address];
  };
  const avm = "Azure/avm-res-containerservice-managedcluster/azurerm";
  const repository = "terraform-azurerm-avm-res-containerservice-managedcluster";

  test.each([
    [{ source: avm, version_constraint: "0.8.1" }, "is decided"],
    [{ source: `registry.terraform.io/${avm}`, version_constraint: "~> 0.4" }, "is decided"],
    [{ source: `git::https://github.com/Azure/${repository}.git?ref=v0.7.3` }, "is decided"],
    [{ source: `app.terraform.io/acme/${avm.slice(6)}` }, "is not decided"],
    [{ source: avm, version_constraint: 5 }, "is decided"],
    [{ source: avm, version_constraint: "0.3.3" }, "is not decided"],
    [{ source: `${avm}//modules/agentpool`, version_constraint: "0.8.1" }, "is not decided"],
    [{ source: "./modules/network" }, "is not decided"],
    [{ source: "./modules/aks" }, "is not decided"],
    [{}, "is not decided"],
  ])("%j %s", (call, is) => {
    const isDecided = is === "is decided";
    expect(verdictIn(call, { networkPlugin: "azure" })).toBe(isDecided ? "fail" : "unknown");
    expect(verdictIn(call, { networkPlugin: "azure", networkPolicy: "calico" })).toBe(
      isDecided ? "pass" : "unknown",
    );
  });
});

test("ten thousand clusters with a pool each, by every way of naming it, in a few seconds", () => {
  const count = 10_000;
  const steps = Array.from({ length: count }, (_, i) => i);
  const clusters = steps.map((i) =>
    change(
      { address: `${aks}[${i}]`, index: i },
      { after: { name: `c${i}`, network_profile: [{ network_plugin: "azure" }] } },
    ),
  );
  const pools = steps.map((i) => ({
    address: `azurerm_kubernetes_cluster_node_pool.p[${i}]`,
    type: "azurerm_kubernetes_cluster_node_pool",
    name: "p",
    index: i,
    change: {
      actions: ["create"],
      after: { name: "p", os_type: "Windows" },
      after_unknown: { kubernetes_cluster_id: true },
    },
  }));
  const references = [aks, "count.index"];
  const module = {
    resources: [
      configured({}),
      {
        address: "azurerm_kubernetes_cluster_node_pool.p",
        expressions: { kubernetes_cluster_id: { references } },
      },
    ],
  };
  let read: ReturnType<typeof clustersRead> = [];
  const time = processorTime(() => (read = clustersRead(readPlan(plan([...clusters, ...pools], module)))));
  expect(read.map((each) => "subject" in each && each.subject.cluster.separatePools.length)).toEqual(
    steps.map(() => 1),
  );
  expect(time).toBeLessThan(5000);
});
