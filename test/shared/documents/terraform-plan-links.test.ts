/** Which clusters a pool of a plan refers to, where only the plan's configuration says so. */
import { describe, expect, test } from "vitest";
import type { JsonObject } from "../../../shared/documents/json";
import { readPlan } from "../../../shared/documents/terraform/plan";
import { clustersRead } from "../../support/clusters-read";
import { engineAndPools } from "../../support/shown-clusters";

type Part = Readonly<Record<string, unknown>>;

const aks = "azurerm_kubernetes_cluster.aks";
const b = "azurerm_kubernetes_cluster.b";
const poolType = "azurerm_kubernetes_cluster_node_pool";
const pool = `${poolType}.p`;

/** The change of a resource at an address such as `module.m["a"].TYPE.NAME[0]`. */
function change(address: string, after: Part, after_unknown: unknown): Part {
  const [, module_address, type = "", name = "", index] =
    /^(?:(module\..*)\.)?(\w+)\.(\w+)(?:\[(.*)\])?$/.exec(address) ?? [];
  return {
    address,
    mode: "managed",
    module_address,
    type,
    name,
    ...(index === undefined ? {} : { index: JSON.parse(index) as unknown }),
    change: { actions: ["create"], after, after_unknown },
  };
}

const cluster = (address: string, more: Part = {}): Part =>
  change(address, { network_profile: [{ network_policy: "azure" }], ...more }, {});

const references = (...all: readonly unknown[]): Part => ({ references: all });
/** An attribute of a resource or output, as a plan lists it: with what it begins with. */
const of = (...addresses: readonly string[]): Part =>
  references(...addresses.flatMap((each) => [`${each}.id`, each]));

/** The configuration of a pool by what its cluster's id is. */
const configured = (id: unknown, more: Part = {}): Part => ({
  address: pool,
  expressions: { kubernetes_cluster_id: id },
  ...more,
});

interface Case {
  readonly clusters: readonly (string | Part)[];
  /** The pool's address; without one, in the root module. */
  readonly at?: string;
  readonly id?: unknown;
  readonly pool?: Part;
  readonly data?: Part;
  readonly calls?: Part;
  readonly known?: Part;
}

/** The clusters that the pool is of, and those that it may be of, with a question mark. */
function ownersIn({ clusters, at = pool, id, pool: more, data, calls, known }: Case): string[] {
  const isRoot = at.startsWith(poolType);
  const document: JsonObject = {
    format_version: "1.2",
    resource_changes: [
      ...clusters.map((each) => (typeof each === "string" ? cluster(each) : each)),
      change(
        at,
        { name: "p", os_type: "Windows", ...known },
        known === undefined ? { kubernetes_cluster_id: true } : {},
      ),
    ],
    configuration: {
      root_module: {
        resources: [
          ...(isRoot ? [configured(id, more)] : []),
          { address: "data.azurerm_kubernetes_cluster.d", expressions: data },
          { address: "data.azurerm_kubernetes_cluster.e", expressions: { name: { constant_value: "e" } } },
          { address: "data.azurerm_resources.d", expressions: { name: { constant_value: "aks" } } },
        ],
        module_calls: calls,
      },
    },
  };
  return clustersRead(readPlan(document)).flatMap((each) => {
    if ("error" in each) throw each.error;
    const [, ...pools] = engineAndPools(each.subject.cluster).split(" ");
    return pools.map((one) => each.address() + one.slice(1));
  });
}

const both = [aks, b];
const any = both.map((each) => `${each}?`);
const nobody: string[] = [];

describe("in the root module, a pool is of", () => {
  const [zero, one] = [`${aks}[0]`, `${aks}[1]`];
  const [x, y] = [`${aks}["x"]`, `${aks}["y.\\"]"]`];
  const either = (...addresses: readonly string[]): string[] => addresses.map((each) => `${each}?`);
  const rows: readonly (readonly [string, Case, readonly string[]])[] = [
    ["the cluster it refers to", { clusters: both, id: of(b) }, [b]],
    ["one of two", { clusters: both, id: of(aks, b) }, any],
    ["one by its number", { clusters: [zero, one], id: references(`${one}.id`, one, aks) }, [one]],
    ["one by its key", { clusters: [x, y], id: references(`${y}.id`, y, aks) }, [y]],
    ["one that the plan does not have", { clusters: [x], id: references(`${y}.id`, y, aks) }, nobody],
    ["one by a number that has none", { clusters: both, id: references(`${zero}.id`, zero, aks) }, nobody],
    [
      "one with the same number",
      { clusters: [zero, one], at: `${pool}[1]`, id: references(aks, "count.index") },
      [one],
    ],
    ["one with the same key", { clusters: [x, y], at: `${pool}["x"]`, id: references(aks, "each.key") }, [x]],
    [
      "one with another key",
      { clusters: [x, y], at: `${pool}["z"]`, id: references(aks, "each.key") },
      either(x, y),
    ],
    [
      "any, though with the same key",
      { clusters: [x, y], at: `${pool}["x"]`, id: references(aks, "each.value") },
      either(x, y),
    ],
    ["any of several", { clusters: [x, y], id: references(aks) }, either(x, y)],
    [
      "the only one, by a key",
      { clusters: both, at: `${pool}[0]`, id: references(aks, "count.index") },
      [aks],
    ],
    [
      "what its for_each refers to",
      { clusters: both, id: references("each.value"), pool: { for_each_expression: of(b) } },
      [b],
    ],
    [
      "what its for_each refers to, with a variable of the root module",
      { clusters: both, id: references("each.value", "var.x"), pool: { for_each_expression: of(b) } },
      [b],
    ],
    ["any, by a for_each of constants", { clusters: both, id: references("each.value") }, any],
    [
      "what it refers to, with the key of another for_each",
      { clusters: both, id: references(`${b}.id`, b, "each.key"), pool: { for_each_expression: of(aks) } },
      [b],
    ],
    [
      "what it refers to, with what the plan knows",
      {
        clusters: both,
        id: references(`${b}.id`, b, "path.module", "terraform.workspace", "count.index", "var.x"),
        pool: { for_each_expression: references("local.x") },
      },
      [b],
    ],
    ["any, by something else besides", { clusters: both, id: references(`${b}.id`, b, "local.x") }, any],
    ["any, by another resource besides", { clusters: both, id: of(b, "random_pet.p") }, any],
    ["any, by a name within another one", { clusters: both, id: of("x-azurerm_kubernetes_cluster.b") }, any],
    ["any, by another root", { clusters: both, id: references(`${b}.id`, b, "x-path.y") }, any],
    [
      "any, by too many references",
      { clusters: both, id: references(...Array.from({ length: 1001 }, () => b)) },
      any,
    ],
    [
      "it, by many references",
      { clusters: both, id: references(...Array.from({ length: 1000 }, () => b)) },
      [b],
    ],
    ["any, without an expression", { clusters: both }, any],
    ["any, by an expression of the wrong shape", { clusters: both, id: [of(b)] }, any],
    ["any, without a configuration of it", { clusters: both, id: of(b), pool: { address: "x.y" } }, any],
  ];
  test.each(rows)("%s", (_title, plan, owners) => {
    expect(ownersIn(plan)).toEqual(owners);
  });
});

describe("by a data source that is read during apply, a pool is of", () => {
  const named = (address: string, name: string, group: string): Part =>
    cluster(address, { name, resource_group_name: group });
  const clusters = [named(aks, "aks", "rg"), named(b, "b", "rg")];
  const d = of("data.azurerm_kubernetes_cluster.d");
  const constant = (constant_value: unknown): Part => ({ constant_value });
  const rows: readonly (readonly [string, Partial<Case>, readonly string[]])[] = [
    [
      "the cluster of that name and group",
      { data: { name: constant("B"), resource_group_name: constant("RG") } },
      [b],
    ],
    [
      "none, with another group",
      { data: { name: constant("b"), resource_group_name: constant("x") } },
      nobody,
    ],
    [
      "it, with a group that is not known",
      { data: { name: constant("b"), resource_group_name: references("local.x") } },
      [b],
    ],
    ["it, without a group", { data: { name: constant("b") } }, [b]],
    [
      "it, with a group of the wrong type",
      { data: { name: constant("b"), resource_group_name: constant(5) } },
      [b],
    ],
    ["any, by a name of the wrong type", { data: { name: constant(5) } }, any],
    ["it, by its name", { data: { name: references(`${b}.name`, b) } }, [b]],
    ["any, by a local", { data: { name: references("local.x") } }, any],
    ["any, without a name", { data: { resource_group_name: constant("rg") } }, any],
    ["any, without expressions", {}, any],
    ["it, by its id", { data: { resource_id: of(b), name: constant("aks") } }, [b]],
    [
      "any, by two of them",
      {
        id: of("data.azurerm_kubernetes_cluster.d", "data.azurerm_kubernetes_cluster.e"),
        data: { name: constant("b") },
      },
      any,
    ],
    [
      "any, by it and a cluster",
      { id: of("data.azurerm_kubernetes_cluster.d", aks), data: { name: constant("b") } },
      any,
    ],
    ["any, by another type", { id: of("data.azurerm_resources.d") }, any],
    ["any, by another type besides", { id: of("data.azurerm_resources.d", b) }, any],
    ["any, by one that is not configured", { id: of("data.azurerm_kubernetes_cluster.z", b) }, any],
    [
      "it, by one of several",
      {
        id: references("data.azurerm_kubernetes_cluster.d[0].id", "data.azurerm_kubernetes_cluster.d[0]"),
        data: { name: constant("b") },
      },
      [b],
    ],
    [
      "any, by the key of the data source",
      {
        clusters: [`${aks}["x"]`, `${aks}["y"]`],
        at: `${pool}["x"]`,
        data: { name: references(aks, "each.key") },
      },
      [`${aks}["x"]?`, `${aks}["y"]?`],
    ],
    [
      "any, by the for_each of the data source",
      { data: { name: references("each.value") }, pool: { for_each_expression: of(b) } },
      any,
    ],
  ];
  test.each(rows)("%s", (_title, more, owners) => {
    expect(ownersIn({ clusters, id: d, ...more })).toEqual(owners);
  });
});

describe("by a module, a pool is of", () => {
  const module = (outputs: Part, more: Part = {}, call: Part = {}): Part => ({
    ...call,
    module: {
      resources: [{ address: aks }],
      outputs: Object.fromEntries(
        Object.entries(outputs).map(([name, expression]) => [
          name,
          expression === null ? null : { expression },
        ]),
      ),
      ...more,
    },
  });
  const own = module({
    id: of(aks),
    name: { constant_value: "x" },
    pet: references("random_pet.p"),
    odd: null,
  });
  const inM = (key = "", name = "aks"): string => `module.m${key}.azurerm_kubernetes_cluster.${name}`;
  const [x, y] = ['["x"]', '["y"]'];
  const keyed = [inM(x), inM(y)];
  const nested = module({ id: of("module.n") }, { module_calls: { n: own } });
  const inN = (key: string, inner = ""): string => `module.m${key}.module.n${inner}.${aks}`;
  const perhaps = (addresses: readonly string[]): string[] => addresses.map((each) => `${each}?`);
  const rows: readonly (readonly [string, Case, readonly string[]])[] = [
    ["the cluster of its output", { clusters: [b, inM()], id: of("module.m"), calls: { m: own } }, [inM()]],
    [
      "the cluster of that output, and of no other one",
      {
        clusters: [inM(), inM("", "b")],
        id: references("module.m.one", "module.m"),
        calls: { m: module({ one: of(aks), other: of(b) }) },
      },
      [inM()],
    ],
    [
      "any, by another output",
      { clusters: both, id: references("module.m.more", "module.m"), calls: { m: own } },
      any,
    ],
    [
      "any, by an output of something else",
      { clusters: both, id: references("module.m.pet", "module.m"), calls: { m: own } },
      any,
    ],
    [
      "any, by a module that is not configured",
      { clusters: both, id: of("module.z", b), calls: { m: own } },
      any,
    ],
    [
      "one instance by its key",
      { clusters: keyed, id: references(`module.m${y}.id`, `module.m${y}`, "module.m"), calls: { m: own } },
      [inM(y)],
    ],
    ["any instance", { clusters: keyed, id: references("module.m"), calls: { m: own } }, perhaps(keyed)],
    [
      "one instance with the same key",
      { clusters: keyed, at: `${pool}${x}`, id: references("module.m", "each.key"), calls: { m: own } },
      [inM(x)],
    ],
    [
      "any instance with another key",
      { clusters: keyed, at: `${pool}["z"]`, id: references("module.m", "each.key"), calls: { m: own } },
      perhaps(keyed),
    ],
    [
      "any instance, by a value",
      { clusters: keyed, at: `${pool}${x}`, id: references("module.m", "each.value"), calls: { m: own } },
      perhaps(keyed),
    ],
    [
      "one of its clusters, of which it does not say which",
      {
        clusters: [inM(), inM("", "b"), b],
        id: references("module.m"),
        calls: { m: module({ one: of(aks), other: of(b) }) },
      },
      perhaps([inM(), inM("", "b")]),
    ],
    [
      "any, by a module without a cluster",
      { clusters: both, id: references("module.m"), calls: { m: module({ pet: of("random_pet.p") }) } },
      any,
    ],
    [
      "any, by a module without outputs",
      { clusters: both, id: references("module.m"), calls: { m: { module: {} } } },
      any,
    ],
    [
      "any, by a module without a cluster besides",
      {
        clusters: both,
        id: references(`${b}.id`, b, "module.m"),
        calls: { m: module({ pet: of("random_pet.p") }) },
      },
      any,
    ],
    [
      "any, by an output that is not there besides",
      { clusters: both, id: references(`${b}.id`, b, "module.m.more", "module.m"), calls: { m: own } },
      any,
    ],
    [
      "its cluster, and none of a module whose name is split in another place",
      {
        clusters: [`module.a.module.bc.${aks}`, `module.ab.module.c.${aks}`],
        id: references("module.a"),
        calls: { a: module({ id: of("module.bc") }, { module_calls: { bc: own } }), ab: own },
      },
      [`module.a.module.bc.${aks}`],
    ],
    [
      "any instance, by an output of its cluster and something else",
      {
        clusters: keyed,
        id: references("module.m"),
        calls: { m: module({ id: references(`${aks}.id`, aks, "var.x") }) },
      },
      perhaps(keyed),
    ],
    [
      "the cluster of an output, of which it does not say which, with a variable",
      {
        clusters: [b, inM()],
        id: references("module.m"),
        calls: { m: module({ id: references(`${aks}.id`, aks, "var.x") }) },
      },
      [inM()],
    ],
    ["one that is not in the plan", { clusters: both, id: of("module.m"), calls: { m: own } }, nobody],
    [
      "the cluster of a nested module",
      { clusters: [inN(""), inM(), b], id: of("module.m"), calls: { m: nested } },
      [inN("")],
    ],
    [
      "the cluster of a nested module of one instance",
      { clusters: [inN(x), inN(y)], id: references(`module.m${x}.id`, `module.m${x}`), calls: { m: nested } },
      [inN(x)],
    ],
    [
      "one of those of a nested module",
      {
        clusters: [inN(x, "[0]"), inN(x, "[1]"), inN(y, "[0]")],
        at: `${pool}${x}`,
        id: references("module.m", "each.key"),
        calls: { m: nested },
      },
      perhaps([inN(x, "[0]"), inN(x, "[1]")]),
    ],
    [
      "a cluster with a key, of any instance",
      {
        clusters: [`${inM(x)}[0]`, `${inM(x)}[1]`, `${inM(y)}[1]`],
        id: references("module.m"),
        calls: { m: module({ id: references(`${aks}[1].id`, `${aks}[1]`, aks) }) },
      },
      perhaps([`${inM(x)}[1]`, `${inM(y)}[1]`]),
    ],
    [
      "any cluster of the instance with its key, and not the one with its key there",
      {
        clusters: [`${inM()}${x}`, `${inM()}${y}`],
        at: `${pool}${x}`,
        id: references("module.m", "each.key"),
        calls: { m: own },
      },
      perhaps([`${inM()}${x}`, `${inM()}${y}`]),
    ],
    [
      "a cluster of the same name at another depth",
      { clusters: [inN(""), aks], id: of(aks), calls: { m: nested } },
      [aks],
    ],
  ];
  test.each(rows)("%s", (_title, plan, owners) => {
    expect(ownersIn(plan)).toEqual(owners);
  });

  test.each([
    [200, ["is known"]],
    [201, ["is not known"]],
  ])("a cluster behind %d modules, which %j", (depth, [is]) => {
    let inner = own;
    for (let i = 1; i < depth; i++) inner = module({ id: of("module.m") }, { module_calls: { m: inner } });
    const inside = `${"module.m.".repeat(depth)}${aks}`;
    const owners = ownersIn({ clusters: [inside, b], id: of("module.m"), calls: { m: inner } });
    expect(owners).toEqual(is === "is known" ? [inside] : perhaps([inside, b]));
  });
});

describe("in a module, a pool is of", () => {
  const call = (expressions: Part, id: unknown = references("var.id"), more: Part = {}): Part => ({
    m: { expressions, module: { resources: [configured(id)] }, ...more },
  });
  const at = `module.m.${pool}`;
  const [x, y] = [`${aks}["x"]`, `${aks}["y"]`];
  const rows: readonly (readonly [string, Case, readonly string[]])[] = [
    ["the cluster that is passed to it", { at, clusters: both, calls: call({ id: of(b) }) }, [b]],
    ["any, if nothing is passed", { at, clusters: both, calls: call({ other: of(b) }) }, any],
    [
      "its own module's cluster, if nothing else is passed",
      { at, clusters: [b, `module.m.${b}`], calls: call({}, references(`${b}.id`, b, "var.other")) },
      [`module.m.${b}`],
    ],
    [
      "its own module's cluster with its number",
      {
        at: `${at}[1]`,
        clusters: [`module.m.${aks}[0]`, `module.m.${aks}[1]`],
        calls: call({}, references(aks, "count.index")),
      },
      [`module.m.${aks}[1]`],
    ],
    [
      "what is passed, with a variable of the root module",
      { at, clusters: both, calls: call({ id: references(`${b}.id`, b, "var.x") }) },
      [b],
    ],
    ["any, if a local is passed", { at, clusters: both, calls: call({ id: references("local.x") }) }, any],
    [
      "the cluster with its module's key",
      { at: `module.m["y"].${pool}`, clusters: [x, y], calls: call({ id: references(aks, "each.key") }) },
      [y],
    ],
    [
      "any cluster, by its own key alone",
      { at: `module.m.${pool}["y"]`, clusters: [x, y], calls: call({ id: references(aks, "each.key") }) },
      [`${x}?`, `${y}?`],
    ],
    [
      "what its module's for_each refers to",
      {
        at: `module.m["y"].${pool}`,
        clusters: both,
        calls: call({ id: references("each.value") }, references("var.id"), { for_each_expression: of(b) }),
      },
      [b],
    ],
  ];
  test.each(rows)("%s", (_title, plan, owners) => {
    expect(ownersIn(plan)).toEqual(owners);
  });
});

describe("by an id that is known, a pool is of", () => {
  const idOf = (subscription: string): string =>
    `/subscriptions/${subscription}/resourceGroups/rg/providers/Microsoft.ContainerService/managedClusters/aks`;
  const twins = [aks, b].map((address, i) =>
    cluster(address, { id: idOf(String(i)), name: "aks", resource_group_name: "rg" }),
  );
  const by = (kubernetes_cluster_id: string, clusters = twins, more: Part = {}): string[] =>
    ownersIn({ clusters, known: { kubernetes_cluster_id, ...more } });

  test("the cluster of that id, in any case, and not one of the same name", () => {
    expect(by(idOf("1"))).toEqual([b]);
    expect(by(idOf("0").toUpperCase())).toEqual([aks]);
    expect(by(idOf("2"))).toEqual(any);
  });

  test("the cluster of that name, where ids are not known", () => {
    const odd = cluster(aks, { id: 5, name: "aks", resource_group_name: "rg" });
    expect(by(idOf("1"), [odd])).toEqual([aks]);
  });

  test("no pool, though it has that id", () => {
    const id = `${idOf("1")}/agentPools/p`;
    expect(by(id, twins.slice(1), { id })).toEqual([b]);
  });

  test.each([null, ""])("a cluster, though the root module's address is %j", (module_address) => {
    expect(ownersIn({ clusters: [aks, { ...cluster(b), module_address }], id: of(b) })).toEqual([b]);
  });

  test("a cluster, though the module of another one cannot be read", () => {
    const odd = {
      ...cluster(`odd.${aks}`),
      module_address: "modul",
      type: "azurerm_kubernetes_cluster",
      name: "aks",
    };
    expect(ownersIn({ clusters: [odd, b], id: of(b) })).toEqual([b]);
  });
});
