/** Windows pools that name their cluster by an id with expressions in it, or by a data source: whose they are, and that none is dropped. */
import type { TerraformStack } from "cdktf";
import { afterEach, describe, expect, test } from "vitest";
import type { Configuration } from "../../cdktf-aspect";
import type { Library, NetworkProfile } from "../support/terraform";
import { annotationsOf, appWith, libraries, required, synthesised } from "../support/terraform";
import { resource } from "../support/terraform-shapes";

const cilium: NetworkProfile = {
  networkPlugin: "azure",
  networkDataPlane: "cilium",
  networkPolicy: "cilium",
};

afterEach(() => {
  delete process.env["SYNTH_HCL_OUTPUT"];
});

function idOf(name: string, group = "rg", subscription = "0"): string {
  return `/subscriptions/${subscription}/resourceGroups/${group}/providers/Microsoft.ContainerService/managedClusters/${name}`;
}

/** What the id of a pool is, and which clusters of `a`, `b` and `prod-a` the pool is said to be of (`error`) or may be of (`warn`). */
type Case = readonly [
  title: string,
  id: string | ((library: Library, stack: TerraformStack) => string),
  said: readonly string[],
];

const any = ["a warn", "b warn", "prod-a warn"];

/** The id of a data source. */
function data(attributes: object): Case[1] {
  return (library, stack) => {
    const source = new library.DataAzurermKubernetesCluster(stack, "data", {
      name: "a",
      resourceGroupName: "rg",
    });
    for (const [name, value] of Object.entries(attributes)) source.addOverride(name, value);
    return source.id;
  };
}

/** Overrides are not in HCL, so these are for JSON alone. */
const byOverrides: readonly Case[] = [
  ["a data source by a local", data({ name: "${local.short}" }), ["a error"]],
  ["a data source by a local in a text", data({ name: "${local.env}-a" }), ["prod-a error"]],
  ["a data source by a local that is a variable", data({ name: "${local.open}" }), any],
  ["a data source in a group that is a local", data({ resource_group_name: "${local.group}" }), ["a error"]],
  ["a data source in another group that is a local", data({ resource_group_name: "${local.short}" }), []],
  [
    "a data source by the cluster's own name",
    data({ name: "${azurerm_kubernetes_cluster.b.name}" }),
    ["b error"],
  ],
  ["a data source by more than that name", data({ name: "x-${azurerm_kubernetes_cluster.b.name}" }), any],
  ["a data source by two names", data({ name: "${local.open}${azurerm_kubernetes_cluster.b.name}" }), any],
  ["a data source without a name", data({ name: undefined }), any],
];

const cases: readonly Case[] = [
  ["one of two ids by a condition", `\${var.x ? "${idOf("a")}" : "${idOf("b")}"}`, any],
  [
    "one of two ids, with an expression in the condition",
    (library) => String(library.lib.conditional("${var.x}", idOf("a"), idOf("b"))),
    any,
  ],
  ["one of two ids, with braces in the condition", `\${var.x == {} ? "${idOf("a")}" : "${idOf("b")}"}`, any],
  ["an id of a map", `\${{ a = "${idOf("a")}", b = "${idOf("b")}" }[var.x]}`, any],
  ["a function of an id with an expression", `\${lower("${idOf("a", "rg", "${var.subscription}")}")}`, any],
  ["a function of a literal id", `\${lower("${idOf("a")}")}`, any],
  ["an id whose name is an expression with braces", idOf('${lookup({ x = "a" }, var.k, "b")}'), any],
  ["an id whose name is a directive", idOf("%{ if var.x }a%{ else }b%{ endif }"), any],
  ["an id whose name begins as it should", idOf("prod-${var.x}"), any],
  ["an id whose name is a local", idOf("${local.short}"), ["a error"]],
  ["an id whose name has a local in it", idOf("${local.env}-a"), ["prod-a error"]],
  ["an id whose name is a local that is a variable", idOf("${local.open}"), any],
  ["an id whose group is a local", idOf("a", "${local.group}"), ["a error"]],
  ["an id whose group is a local, which is another one", idOf("a", "${local.short}"), []],
  ["an id with a local for all that is before its name", "${local.before}/managedClusters/b", ["b error"]],
  ["an id whose name is a cluster's own", idOf("${azurerm_kubernetes_cluster.b.name}"), ["b error"]],
  ["an id whose name has a cluster's own in it", idOf("x-${azurerm_kubernetes_cluster.b.name}"), any],
  [
    "an id whose subscription is an expression with braces",
    idOf("b", "rg", '${lookup({ x = "0" }, var.k, "1")}'),
    ["b error"],
  ],
];

describe.each(libraries)("$name:", (library) => {
  const run = (id: Case[1], profile = cilium, configuration: Configuration = {}): string[] => {
    const { app, stack } = appWith(library, configuration);
    for (const name of ["a", "b", "prod-a"])
      new library.KubernetesCluster(stack, name, { ...required, name, networkProfile: profile });
    const locals = { short: "a", env: "prod", group: "RG", open: "${var.x}", before: idOf("").slice(0, -17) };
    for (const [name, value] of Object.entries(locals)) new library.lib.TerraformLocal(stack, name, value);
    new library.KubernetesClusterNodePool(stack, "win", {
      name: "win",
      vmSize: "Standard_D4s_v5",
      osType: "Windows",
      kubernetesClusterId: typeof id === "string" ? id : id(library, stack),
    });
    synthesised(app);
    return annotationsOf(app).map(({ path, level }) => `${path.replace("s/", "")} ${level}`);
  };

  test.each([...cases, ...byOverrides])("%s", (_title, id, said) => {
    expect(run(id)).toEqual(said);
  });

  test.each(cases)("in HCL: %s", (_title, id, said) => {
    process.env["SYNTH_HCL_OUTPUT"] = "true";
    expect(run(id)).toEqual(said);
  });

  test.each(cases.filter(([, , said]) => said === any))("auto-set holds still: %s", (_title, id) => {
    const autoSet = { acceptReplacement: true };
    const configuration = {
      "network-policy-configured": { enforcementLevel: "remediate", autoSet },
    } as const;
    expect(run(id, { networkPlugin: "azure" }, configuration)).toEqual([
      "a error",
      "b error",
      "prod-a error",
    ]);
  });

  describe("a pool apart, and a cluster of a template that is named", () => {
    const given = { parameters_content: JSON.stringify({ name: { value: "K" } }) };
    test.each<[name: string, parameters: object, id: string, said: readonly string[]]>([
      ["k", {}, idOf("K"), ["error"]],
      ["k", {}, idOf("other"), []],
      ["k", {}, idOf("${var.name}"), ["warn"]],
      ["[parameters('name')]", given, idOf("k"), ["error"]],
      ["[parameters('name')]", given, idOf("other"), []],
      ["[parameters('name')]", {}, idOf("other"), ["warn"]],
      ["${var.name}", {}, idOf("other"), ["warn"]],
    ])("%s, with %j, by %s", (name, parameters, kubernetesClusterId, said) => {
      const { app, stack } = appWith(library);
      const networkProfile = { networkPlugin: "azure", networkDataplane: "cilium", networkPolicy: "cilium" };
      const type = "Microsoft.ContainerService/managedClusters";
      const aks = { type, apiVersion: "2025-09-01", name, properties: { dnsPrefix: "k", networkProfile } };
      resource(library, stack, "template", "azurerm_resource_group_template_deployment", {
        ...parameters,
        template_content: JSON.stringify({ parameters: { name: { type: "string" } }, resources: [aks] }),
      });
      new library.KubernetesClusterNodePool(stack, "win", {
        name: "win",
        vmSize: "Standard_D4s_v5",
        osType: "Windows",
        kubernetesClusterId,
      });
      synthesised(app);
      expect(annotationsOf(app).map(({ level }) => level)).toEqual(said);
    });
  });
});
