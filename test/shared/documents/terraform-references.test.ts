/** Which cluster a pool of a configuration refers to, in the same document or in another one of its program. */
import { describe, expect, test } from "vitest";
import { addressOf } from "../../../shared/documents/terraform/block";
import type { Program } from "../../../shared/documents/terraform/clusters";
import { clustersOfDocument, poolsOfDocument } from "../../../shared/documents/terraform/clusters";
import { engineAndPools } from "../../support/shown-clusters";

type Part = Readonly<Record<string, unknown>>;

const origin = (block: Parameters<typeof addressOf>[0]): { source: string } => ({ source: addressOf(block) });
const group = "/subscriptions/0/resourceGroups/rg";

function idOf(name: string, of = group): string {
  return `${of}/providers/Microsoft.ContainerService/managedClusters/${name}`;
}

function clusters(...names: readonly string[]): Part {
  const cluster = (name: string): Part => ({
    name,
    resource_group_name: "rg",
    network_profile: { network_policy: "azure" },
  });
  return {
    resource: { azurerm_kubernetes_cluster: Object.fromEntries(names.map((name) => [name, cluster(name)])) },
  };
}

function pool(kubernetes_cluster_id: unknown, more: Part = {}): Part {
  const win = { name: "win", os_type: "Windows", kubernetes_cluster_id, ...more };
  return { resource: { azurerm_kubernetes_cluster_node_pool: { win } } };
}

/** The clusters that the pool is of, and those that it may be of, with a question mark. */
function ownersIn(documents: readonly Part[], program: Program = {}): string {
  return clustersOfDocument(documents, origin, program)
    .flatMap((each) => {
      if ("error" in each) throw each.error;
      const [, ...pools] = engineAndPools(each.subject.cluster).split(" ");
      const name = each.address().replace("azurerm_kubernetes_cluster.", "");
      return pools.map((one) => (one.endsWith("?") ? `${name}?` : name));
    })
    .join(" ");
}

const any = "a? b? prod-a?";
const either = "a? b?";
const nobody = "";

const locals = {
  short: "a",
  env: "prod",
  group: "RG",
  open: "${var.x}",
  before: idOf("").slice(0, -17),
  b: "${azurerm_kubernetes_cluster.b.id}",
  ids: { one: "${azurerm_kubernetes_cluster.b.id}", more: [null, 5] },
  both: ["${azurerm_kubernetes_cluster.a.id}", "${azurerm_kubernetes_cluster.b.id}"],
  ring: "${local.ring}",
  ringOfTwo: "${f(azurerm_kubernetes_cluster.a.id, local.ringOfTwo)}",
  number: 7,
  unclear: { a: idOf("a"), b: idOf("b") },
  twice: ["${local.b}", "${local.b}"],
};

describe("a pool names its cluster", () => {
  test.each<[id: unknown, owners: string]>([
    // By an id.
    [idOf("a"), "a"],
    [idOf("A").toUpperCase(), "a"],
    [idOf("c"), nobody],
    ["a", nobody],
    ["", nobody],
    [5, nobody],
    [undefined, nobody],
    [null, nobody],
    [["${azurerm_kubernetes_cluster.a.id}"], nobody],
    [`${idOf("a")}/agentPools/p`, "a"],
    [`${group}/providers/Microsoft.ContainerService/managedClusters`, nobody],
    // By an id with expressions in it.
    [idOf("prod-${var.x}"), any],
    [idOf("${var.x}-a"), any],
    [idOf("${var.x}"), any],
    [idOf("${var.x}${var.y}"), any],
    [idOf("${local.short}"), "a"],
    [idOf("${local.env}-a"), "prod-a"],
    [idOf("${local.number}"), nobody],
    [idOf("${local.open}"), any],
    [idOf("${azurerm_kubernetes_cluster.b.name}"), "b"],
    [idOf("x-${azurerm_kubernetes_cluster.b.name}"), any],
    [idOf('${lookup({ x = "a" }, var.k, "b")}'), any],
    [idOf("%{ if var.x }a%{ else }b%{ endif }"), any],
    [idOf("a", "/subscriptions/0/resourceGroups/${local.group}"), "a"],
    [idOf("a", "/subscriptions/0/resourceGroups/${local.short}"), nobody],
    [idOf("a", "/subscriptions/0/resourceGroups/x${var.group}"), "a"],
    [idOf("b", "/subscriptions/${var.subscription}/resourceGroups/rg"), "b"],
    [idOf("b", '/subscriptions/${lookup({ x = "0" }, var.k, "1")}/resourceGroups/rg'), "b"],
    [idOf("b", "/subscriptions/${var.a}/resourceGroups/${var.b}"), "b"],
    ["${local.before}/managedClusters/b", "b"],
    [`\${var.x ? "${idOf("a")}" : "${idOf("b")}"}`, any],
    [`\${lower("${idOf("a")}")}`, any],
    // By a reference.
    ["${azurerm_kubernetes_cluster.a.id}", "a"],
    ["${lower(azurerm_kubernetes_cluster.a.id)}", "a"],
    ["${azurerm_kubernetes_cluster.prod-a.id}", "prod-a"],
    ["${azurerm_kubernetes_cluster.z.id}", nobody],
    ["${x.azurerm_kubernetes_cluster.a.id}", any],
    ["${my_azurerm_kubernetes_cluster.a.id}", any],
    ["${azurerm_kubernetes_cluster.a[var.azurerm_kubernetes_cluster.b].id}", "a"],
    ["${[azurerm_kubernetes_cluster.a.id][0]}", "a"],
    ["${var.x ? azurerm_kubernetes_cluster.a.id : azurerm_kubernetes_cluster.b.id}", either],
    ["${1 == 1 ? azurerm_kubernetes_cluster.a.id : azurerm_kubernetes_cluster.b.id}", either],
    ["${1 == 1 ? azurerm_kubernetes_cluster.a.id : azurerm_kubernetes_cluster.z.id}", any],
    ["${local.flag ? azurerm_kubernetes_cluster.a.id : one([azurerm_kubernetes_cluster.b.id])}", either],
    [`\${local.flag ? azurerm_kubernetes_cluster.a.id : "${idOf("b")}"}`, any],
    ["${azurerm_kubernetes_cluster.a.id}${azurerm_kubernetes_cluster.a.id}", "a"],
    // By what the document does not show.
    ["${var.id}", any],
    ["${each.value}", any],
    ["${self.id}", any],
    ["${path.module}", any],
    ["${terraform.workspace}", any],
    ["${f(azurerm_kubernetes_cluster.a.id, x.var.id, my_var.id, variable)}", "a"],
    ["${data.azurerm_resources.r.id}", any],
    ["${f(azurerm_kubernetes_cluster.a.id, x.data.azurerm_resources.r.id)}", "a"],
    ["${random_pet.p.id}", any],
    ["${f(azurerm_kubernetes_cluster.a.id, random_pet.p.id)}", "a"],
    ["${f(azurerm_kubernetes_cluster.a.id, data.azurerm_resources.r.id)}", any],
    ["${f(azurerm_kubernetes_cluster.a.id, each.value)}", any],
    ["${f(azurerm_kubernetes_cluster.a.id, local.none)}", any],
    ["${f(azurerm_kubernetes_cluster.a.id, local.platform)}", any],
    ["${f(azurerm_kubernetes_cluster.a.id, local.ringOfTwo)}", "a"],
    ["${data.azurerm_kubernetes_cluster.a.id}", nobody],
    [`\${local.flag ? azurerm_kubernetes_cluster.a.id : "${idOf("b").toLowerCase()}"}`, any],
    ["${f(module.platform.id, azurerm_kubernetes_cluster.z.id)}", any],
    [idOf("${azurerm_kubernetes_cluster.b.name}${var.x}"), any],
    [`${"${var.x}".repeat(10)}${idOf("${azurerm_kubernetes_cluster.b.name}")}`, "b"],
    ["${var.before}/managedClusters/b", "b"],
    [idOf('${lower("${azurerm_kubernetes_cluster.b.name}")}'), "b"],
    // By a module.
    ["${module.platform.aks_id}", any],
    ["${module.aks.id}", nobody],
    ["${f(azurerm_kubernetes_cluster.a.id, x.module.platform.id)}", "a"],
    // By locals.
    ["${local.b}", "b"],
    ["${local.ids}", "b"],
    ["${local.ids.one}", "b"],
    ["${local.both}", either],
    ["${local.both[0]}", either],
    ["${local.open}", any],
    ["${local.none}", any],
    ["${local.ring}", any],
    ["${local.twice}", "b"],
    ["${f(azurerm_kubernetes_cluster.a.id, x.local.b)}", "a"],
    ["${local.unclear}", any],
    ["${[local.b, local.unclear]}", any],
    ["${f(local.b, local.b)}", "b"],
  ])("by %j: %s", (id, owners) => {
    const modules = {
      module: {
        platform: { source: "./platform" },
        aks: { source: "Azure/aks/azurerm", network_policy: "calico" },
      },
    };
    const written = [clusters("a", "b", "prod-a"), { locals }, modules, pool(id)];
    expect(ownersIn(written).replace(/ ?module\.\S+/g, "")).toBe(owners);
  });

  test.each<[forEach: unknown, id: string, owners: string]>([
    [{ one: "${azurerm_kubernetes_cluster.a.id}" }, "${each.value}", "a"],
    [{ one: "${azurerm_kubernetes_cluster.a.id}" }, "${azurerm_kubernetes_cluster.b[each.key].id}", "b"],
    [{ one: "${azurerm_kubernetes_cluster.a.id}" }, "${var.x ? each.value : each.key}", any],
    ["${toset([azurerm_kubernetes_cluster.a.id])}", "${each.value}", "a?"],
    ["${local.both}", "${each.value}", either],
    ["${each.value}", "${each.value}", any],
    ["${var.ids}", "${each.value}", any],
    [
      { one: "${azurerm_kubernetes_cluster.a.id}" },
      "${f(azurerm_kubernetes_cluster.b.id, my_each.value)}",
      "b",
    ],
    [{ one: "${azurerm_kubernetes_cluster.a.id}" }, "${local.b}", "b"],
    [{ one: idOf("a") }, "${each.value}", "a"],
  ])("for each of %j, by %s: %s", (for_each, id, owners) => {
    expect(ownersIn([clusters("a", "b", "prod-a"), { locals }, pool(id, { for_each })])).toBe(owners);
  });

  test.each<[data: unknown, owners: string]>([
    [{ name: "a", resource_group_name: "rg" }, "a"],
    [{ name: "A", resource_group_name: "RG" }, "a"],
    [[{ name: "a", resource_group_name: "rg" }], "a"],
    [{ name: "a", resource_group_name: "other" }, nobody],
    [{ name: "a", resource_group_name: "${var.group}" }, "a"],
    [{ name: "a", resource_group_name: "${local.group}" }, "a"],
    [{ name: "a", resource_group_name: "${local.short}" }, nobody],
    [{ name: "a", resource_group_name: 5 }, "a"],
    [{ name: "a", parent_id: group }, "a"],
    [{ name: "a", parent_id: "/subscriptions/0/resourceGroups/other" }, nobody],
    [{ name: "a", parent_id: "no id" }, "a"],
    [{ name: "a" }, "a"],
    [{ resource_id: idOf("b"), name: "a" }, "b"],
    [{ resource_id: "${azurerm_kubernetes_cluster.b.id}" }, "b"],
    [{ resource_id: 5, name: "a" }, "a"],
    [{ name: "${local.short}" }, "a"],
    [{ name: "${local.env}-a" }, "prod-a"],
    [{ name: "${local.open}" }, any],
    [{ name: "${azurerm_kubernetes_cluster.b.name}" }, "b"],
    [{ name: "x-${azurerm_kubernetes_cluster.b.name}" }, any],
    [{ name: "${local.open}${azurerm_kubernetes_cluster.b.name}" }, any],
    [{ name: 5 }, any],
    [{ name: "" }, any],
    [{ resource_id: "${f(azurerm_kubernetes_cluster.b.id, data.azurerm_kubernetes_cluster.its.id)}" }, "b"],
    [{}, any],
    ["no block", nobody],
    [undefined, nobody],
  ])("by a data source %j: %s", (data, owners) => {
    const written = [
      clusters("a", "b", "prod-a"),
      { locals, data: { azurerm_kubernetes_cluster: { its: data } } },
    ];
    expect(ownersIn([...written, pool("${data.azurerm_kubernetes_cluster.its.id}")])).toBe(owners);
  });

  test("by two data sources, or by one of them twice", () => {
    const data = { data: { azurerm_kubernetes_cluster: { d: { name: "a" }, e: { name: "b" }, open: {} } } };
    const [d, e] = ["data.azurerm_kubernetes_cluster.d.id", "data.azurerm_kubernetes_cluster.e.id"];
    const ownersBy = (id: string): string => ownersIn([clusters("a", "b"), data, pool(id)]);
    expect(ownersBy("${f(data.azurerm_kubernetes_cluster.open.id, azurerm_kubernetes_cluster.b.id)}")).toBe(
      either,
    );
    expect(ownersBy(`\${f(${d}, ${d})}`)).toBe("a");
    expect(ownersBy(`\${f(${d}, ${e})}`)).toBe(either);
    expect(ownersBy(`\${f(${d}, azurerm_kubernetes_cluster.b.id)}`)).toBe(either);
  });

  test.each([
    [100, "a"],
    [101, either],
  ])("by a chain of %d locals", (length, owners) => {
    const chain: Record<string, string> = { [`l${length}`]: "${azurerm_kubernetes_cluster.a.id}" };
    for (let i = 1; i < length; i++) chain[`l${i}`] = `\${local.l${i + 1}}`;
    expect(ownersIn([clusters("a", "b"), { locals: chain }, pool("${local.l1}")])).toBe(owners);
  });
});

describe("a pool of another document of the program", () => {
  /** The owners in the document `a`, which has the clusters a and b, of a pool in the document `other`. */
  const ownersOf = (other: readonly Part[], ours: Part = {}, third: readonly Part[] = []): string => {
    const states = new Map([
      ["toA", "a"],
      ["toOther", "other"],
      ["toThird", "third"],
    ]);
    const others = new Map([
      ["other", poolsOfDocument(other, origin, states)],
      ["third", poolsOfDocument(third, origin, states)],
    ]);
    return ownersIn([clusters("a", "b"), ours], {
      name: "a",
      states,
      others: () => [...others.values()],
      otherNamed: (name) => others.get(name),
    });
  };
  const output = (name: string, value: unknown): Part => ({ output: { [name]: { value } } });
  const a = "${azurerm_kubernetes_cluster.a.id}";
  const fromA = "${data.terraform_remote_state.toA.outputs.id}";

  test.each<[title: string, ours: Part, other: readonly Part[], third: readonly Part[], owners: string]>([
    ["refers to its cluster by an output", output("id", a), [pool(fromA)], [], "a"],
    ["by an output in a list", { output: { id: [{ value: a }] } }, [pool(fromA)], [], "a"],
    ["by an output that is not there", output("more", a), [pool(fromA)], [], either],
    ["by an output without a value", output("id", undefined), [pool(fromA)], [], either],
    ["by an output that is a variable", output("id", "${var.id}"), [pool(fromA)], [], either],
    ["by an output that is a literal id", output("id", idOf("b")), [pool(fromA)], [], "b"],
    [
      "by an output of a cluster that is gone",
      output("id", a.replace(".a.", ".z.")),
      [pool(fromA)],
      [],
      nobody,
    ],
    ["by a local, which is no output", { locals: { id: { value: a } } }, [pool(fromA)], [], either],
    [
      "by an output, and one that is no block",
      { output: { id: { value: a }, odd: "text" } },
      [pool("${f(data.terraform_remote_state.toA.outputs.id, data.terraform_remote_state.toA.outputs.odd)}")],
      [],
      either,
    ],
    ["by all outputs", output("id", a), [pool("${data.terraform_remote_state.toA.outputs}")], [], either],
    [
      "by an output of a state that is none of the program's",
      output("id", a),
      [pool("${data.terraform_remote_state.none.outputs.id}")],
      [],
      either,
    ],
    [
      "by an output and something else",
      output("id", a),
      [pool("${var.x ? data.terraform_remote_state.toA.outputs.id : var.id}")],
      [],
      either,
    ],
    [
      "by an output that another document hands on",
      output("id", a),
      [pool("${data.terraform_remote_state.toThird.outputs.on}")],
      [output("on", fromA)],
      "a",
    ],
    [
      "by an output of a ring of documents",
      {},
      [
        pool("${data.terraform_remote_state.toThird.outputs.on}"),
        output("on", "${data.terraform_remote_state.toThird.outputs.on}"),
      ],
      [output("on", "${data.terraform_remote_state.toOther.outputs.on}")],
      either,
    ],
    [
      "by an output of another document that it has to guess",
      {},
      [pool("${data.terraform_remote_state.toThird.outputs.on}")],
      [output("on", "${var.id}")],
      either,
    ],
    [
      "by an output of another document's own cluster",
      {},
      [pool("${data.terraform_remote_state.toThird.outputs.on}")],
      [output("on", a), clusters("a")],
      nobody,
    ],
    [
      "by an output of a cluster that the other document does not have",
      {},
      [pool("${data.terraform_remote_state.toThird.outputs.on}")],
      [output("on", a)],
      either,
    ],
    ["is of its own document's cluster of that address", {}, [clusters("a"), pool(a)], [], nobody],
    ["is of none, by an address that its own document has not", {}, [pool(a)], [], either],
    ["may be of one by its name", {}, [pool(idOf("a"))], [], "a?"],
    ["is of none by another name", {}, [pool(idOf("c"))], [], nobody],
    ["is of its own document's cluster of that name", {}, [clusters("a"), pool(idOf("a"))], [], nobody],
    ["names no cluster", {}, [pool("text")], [], nobody],
    ["may be of any", {}, [pool("${var.id}")], [], either],
    [
      "is one of two, by a condition",
      output("id", a),
      [pool(`\${1 == 1 ? data.terraform_remote_state.toA.outputs.id : "${idOf("b")}"}`)],
      [],
      either,
    ],
    [
      "is one of two outputs",
      { output: { id: { value: a }, b: { value: idOf("b") } } },
      [pool("${f(data.terraform_remote_state.toA.outputs.id, data.terraform_remote_state.toA.outputs.b)}")],
      [],
      either,
    ],
    [
      "is one of two outputs that are names",
      { output: { id: { value: idOf("a") }, b: { value: idOf("b") } } },
      [pool("${f(data.terraform_remote_state.toA.outputs.id, data.terraform_remote_state.toA.outputs.b)}")],
      [],
      either,
    ],
    [
      "names the same output twice",
      output("id", a),
      [pool("${f(data.terraform_remote_state.toA.outputs.id, data.terraform_remote_state.toA.outputs.id)}")],
      [],
      "a",
    ],
  ])("%s", (_title, ours, other, third, owners) => {
    expect(ownersOf(other, ours, third)).toBe(owners);
  });

  test("of a program of which nothing else is known", () => {
    const own = [clusters("a", "b"), pool(fromA)];
    expect(ownersIn(own)).toBe(either);
    expect(ownersIn(own, { name: "a", states: new Map([["toA", "a"]]) })).toBe(either);
    expect(ownersIn(own, { name: "a", states: new Map([["toA", "gone"]]) })).toBe(either);
    for (const open of ["toA.outputs", "none.outputs.id"]) {
      const id = `\${f(azurerm_kubernetes_cluster.a.id, data.terraform_remote_state.${open})}`;
      expect(ownersIn([clusters("a", "b"), pool(id)], { states: new Map([["toA", "gone"]]) })).toBe(either);
    }
    const withOutput = [...own, output("id", a)];
    expect(ownersIn(withOutput, { name: "a", states: new Map([["toA", "a"]]) })).toBe("a");
  });

  test("is asked for only where there are clusters", () => {
    const others = (): never => {
      throw new Error("it is asked for");
    };
    expect(clustersOfDocument([pool(a), output("id", a)], origin, { others })).toEqual([]);
  });
});

describe("a pool names the cluster of a template", () => {
  test.each<[name: string, id: string, owners: string]>([
    ["K-1", idOf("k-1"), "sure"],
    ["k", idOf("other"), "none"],
    ["k", idOf("${var.name}"), "possible"],
    ["${var.name}", idOf("other"), "possible"],
    ["${var.name}-k", idOf("other"), "possible"],
    ["k-${var.name}", idOf("other"), "possible"],
    ["[parameters('name')]", idOf("other"), "possible"],
  ])("%s by %s: %s", (name, id, owners) => {
    const aks = { type: "Microsoft.ContainerService/managedClusters", name, properties: {} };
    const template_content = JSON.stringify({ parameters: { name: {} }, resources: [aks] });
    const template = {
      resource: { azurerm_resource_group_template_deployment: { t: { template_content } } },
    };
    const said = ownersIn([template, pool(id)]);
    expect(said === "" ? "none" : said.endsWith("?") ? "possible" : "sure").toBe(owners);
  });
});
