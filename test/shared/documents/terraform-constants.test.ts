/**
 * What a Terraform configuration determines: locals, constant expressions, and how many instances a pool has.
 */
import { describe, expect, test } from "vitest";
import { Constants } from "../../../shared/documents/terraform/constants";
import { constantOf } from "../../../shared/documents/terraform/expression";
import { judgeWritten } from "../../support/judge-written";
import { onExampleDay } from "../../support/terraform";
import { processorTime } from "../../support/processor-time";

function told(document: object): string[] {
  return judgeWritten(document, {}, onExampleDay).map(({ level, message }) => {
    const [first = ""] = message.split("\n");
    return `${level} ${first}`;
  });
}

const none = (): undefined => undefined;

describe("a constant expression", () => {
  test.each<[string, unknown]>([
    ['"calico"', "calico"],
    ["null", null],
    ["( true )", true],
    ["-1.5e2", -150],
    ['"a\\tb\\u0041\\"\\\\"', 'a\tbA"\\'],
    ['"$${x} %%{y}"', "$${x} %%{y}"],
    ["[1, 2,\n 3,]", [1, 2, 3]],
    ['{ a = 1, "b" : [2] }', { a: 1, b: [2] }],
    ["{\n  a = 1 # one\n  // two\n  b = 2 /* three */\n}", { a: 1, b: 2 }],
    ['jsonencode({ a = "x", b = null })', '{"a":"x","b":null}'],
    ['toset(["a", "b"])', ["a", "b"]],
    ["tomap({ a = 1 })", { a: 1 }],
    ['tolist(["a"],)', ["a"]],
    ["[12, 1.25, 1e10, 25E-1, 1.5e+2]", [12, 1.25, 1e10, 2.5, 150]],
    ["[ # one, two\n 1, // three, four\n 2, /* five,\n six */ 3, /**/ 4]", [1, 2, 3, 4]],
    ["{\n a = 1 // one, two\n b = 2 /* three\n four */ # five, six\n}", { a: 1, b: 2 }],
    ['"a\\nb\\rc"', "a\nb\rc"],
    ['"\\U0001F600\\U0010ffff\\u00e9"', "\u{1F600}\u{10ffff}é"],
    ["[[], [1], [[2]]]", [[], [1], [[2]]]],
  ])("%s", (text, value) => {
    expect(constantOf(`\${${text}}`, none)).toEqual({ value });
  });

  test.each<[string, unknown]>([
    ["[1, var.x]", [1, "${var.x}"]],
    ["{ a = var.x ? 1 : 2, b = 3 }", { a: "${var.x ? 1 : 2}", b: 3 }],
    ['{\n a = var.x # the "first\n b = 3\n}', { a: '${var.x # the "first}', b: 3 }],
    ['{ a = "x-${var.x["}"]}", b = 3 }', { a: '${"x-${var.x["}"]}"}', b: 3 }],
    ["{ a = f([1, 2], { b = 4 }), b = 3 }", { a: "${f([1, 2], { b = 4 })}", b: 3 }],
    ['{ a = f("$${", "\\"}"), b = 3 }', { a: '${f("$${", "\\"}")}', b: 3 }],
    ["{ a = var.x /* , c = 1 */ + 1, b = 3 }", { a: "${var.x /* , c = 1 */ + 1}", b: 3 }],
    ["[x, 1]", ["${x}", 1]],
    ["{ a = [for x in y : x], b = 3 }", { a: "${[for x in y : x]}", b: 3 }],
    ['{ a = "${x} # ", b = 3 }', { a: '${"${x} # "}', b: 3 }],
    ["{\n a = var.x // f(\n b = 3\n}", { a: "${var.x // f(}", b: 3 }],
    ["{ a = 1 + 1, b = 3 }", { a: "${1 + 1}", b: 3 }],
  ])("is evaluated except for what only Terraform knows: %s", (text, value) => {
    expect(constantOf(`\${${text}}`, none)).toEqual({ value });
  });

  test.each([
    "var.x",
    "local.x",
    '"a" == "b" ? 1 : 2',
    '"a${var.x}"',
    "[for x in var.y : x]",
    "{ for x in var.y : x => x }",
    "merge({ a = 1 }, var.x)",
    "{ (var.name) = 1 }",
    "jsonencode(var.x)",
    "jsonencode({}, {})",
    'toset({ a = "b" })',
    "{ a = <<EOT\nb = 2\nEOT\n}",
    '"\\q"',
    '"\\U00110000"',
    '{ a = "<<" }',
    "{ = 1 }",
    "{ 1 = 2 }",
    '{ "${x}" = 1 }',
    "[,1]",
    "local",
    "jsonencode()",
    "toset()",
    'lower("a")',
    "[",
    "{ a = ",
    "",
    "[".repeat(300),
  ])("is not constant: %s", (text) => {
    expect(constantOf(`\${${text}}`, none)).toBeUndefined();
  });

  test("goes a hundred levels deep, in as many parts as there are", () => {
    const nested = (levels: number): string => "[".repeat(levels) + "]".repeat(levels);
    const innermost = (value: unknown): unknown => {
      let inside = value;
      while (Array.isArray(inside) && inside.length > 0) inside = inside[0] as unknown;
      return inside;
    };
    expect(innermost(constantOf(`\${${nested(100)}}`, none)?.value)).toEqual([]);
    expect(innermost(constantOf(`\${${nested(101)}}`, none)?.value)).toBe("${[]}");
    const twice = constantOf(`\${[${nested(101)}, ${nested(101)}, 1]}`, none)?.value as unknown[];
    expect([innermost(twice[0]), innermost(twice[1]), twice[2]]).toEqual(["${[[]]}", "${[[]]}", 1]);
    const ones = Array.from({ length: 150 }, () => 1);
    expect(constantOf(`\${[${ones.join()}]}`, none)).toEqual({ value: ones });
  });

  test("is up to a million characters long", () => {
    const text = (length: number): string => `\${"${"a".repeat(length - 5)}"}`;
    expect(constantOf(text(1_000_000), none)?.value).toHaveLength(999_995);
    expect(constantOf(text(1_000_001), none)).toBeUndefined();
    const encoded = (length: number): unknown =>
      constantOf("${jsonencode(local.a)}", () => ({ value: "a".repeat(length) }))?.value;
    expect(encoded(1_000_000)).toHaveLength(1_000_002);
    expect(encoded(1_000_001)).toBeUndefined();
    const keys = Object.fromEntries(Array.from({ length: 11 }, (_, i) => [`${i}`.repeat(100_000), [1, 2]]));
    expect(constantOf("${jsonencode(local.a)}", () => ({ value: keys }))).toBeUndefined();
  });

  test.each<[text: string, value: unknown]>([
    ["local.list[10]", "k"],
    ["local.list.10", "k"],
    ["local.list[99]", undefined],
    ["local.text.length", undefined],
    ["local.none.x", undefined],
    ["local.gone.x", undefined],
    ["local.open", undefined],
    ["local.opens", ["${var.x}"]],
    ['local.map["a"].b', 1],
    ["local.map.a.c", undefined],
  ])("has a part of a local: %s", (text, value) => {
    const locals = new Map<string, unknown>([
      ["list", Array.from("abcdefghijklm")],
      ["text", "abc"],
      ["none", null],
      ["open", "${var.x}"],
      ["opens", ["${var.x}"]],
      ["map", { a: { b: 1 } }],
    ]);
    const local = (name: string) => (locals.has(name) ? { value: locals.get(name) } : undefined);
    expect(constantOf(`\${${text}}`, local)?.value).toEqual(value);
  });

  test("is the whole text or nothing", () => {
    expect(constantOf('"a"', none)).toBeUndefined();
    expect(constantOf('${"a"', none)).toBeUndefined();
    expect(constantOf('ab"a"}', none)).toBeUndefined();
    expect(constantOf('${"a"x', none)).toBeUndefined();
    expect(constantOf('${"a"}-${"b"}', none)).toBeUndefined();
    expect(constantOf('x${"a"}', none)).toBeUndefined();
  });
});

describe("locals", () => {
  const withEngine = (engine: string, locals: unknown): string[] =>
    told({
      locals,
      resource: {
        azurerm_kubernetes_cluster: {
          aks: { network_profile: { network_plugin: "azure", network_policy: engine } },
        },
      },
    });
  const unknown = [
    "warning network-policy-configured: Unknown: network_profile.network_policy is not known before `terraform plan`.",
  ];
  const notSet = [
    "error network-policy-configured: network_profile.network_policy is not set: this cluster has no network policy engine.",
  ];

  test.each<[string, unknown, readonly string[]]>([
    ["${local.engine}", { engine: "calico" }, []],
    ["${local.engine}", [{ other: 1 }, { engine: "calico" }], []],
    ["${local.network.engine}", { network: { engine: "calico" } }, []],
    ['${local.network["engine"]}', { network: "${local.base}", base: { engine: "calico" } }, []],
    ["${local.engines[1]}", { engines: ["azure", "calico"] }, []],
    ["${local.engine}", { engine: '${"calico"}' }, []],
    ["${local.engine}", { engine: null }, notSet],
    ["${local.engine}", { engine: "" }, notSet],
    ["${local.engine}", { engine: "${var.engine}" }, unknown],
    ["${local.engine}", { engine: "ca${var.rest}" }, unknown],
    ["${local.engine}", {}, unknown],
    ["${local.engine}", [{ engine: "calico" }, { engine: "azure" }], unknown],
    ["${local.a}", { a: "${local.b}", b: "${local.a}" }, unknown],
    ["${local.network.other}", { network: { engine: "calico" } }, unknown],
    ["${lower(local.engine)}", { engine: "calico" }, unknown],
  ])("%s of %j", (engine, locals, expected) => {
    expect(withEngine(engine, locals)).toEqual(expected);
  });

  test("are followed as many times as there are", () => {
    const names = Array.from({ length: 150 }, (_, i) => `local.a${i}`);
    const locals = Object.fromEntries(names.map((name) => [name.slice("local.".length), "x"]));
    expect(new Constants({ locals }).valueOf(`\${[${names.join()}]}`)).toEqual(names.map(() => "x"));
  });

  test("are the only values that a local has", () => {
    const cluster = { network_profile: { network_plugin: "azure", network_policy: "${local.engine}" } };
    const resource = { azurerm_kubernetes_cluster: { aks: cluster } };
    expect(told({ output: { engine: "calico" }, resource })).toEqual(unknown);
  });

  test.each([
    [100, []],
    [101, unknown],
  ])("in a chain of %d", (length, expected) => {
    const chain: Record<string, string> = { [`l${length}`]: "calico" };
    for (let i = 1; i < length; i++) chain[`l${i}`] = `\${local.l${i + 1}}`;
    expect(withEngine("${local.l1}", chain)).toEqual(expected);
    expect(withEngine("${local.l1}", { ...chain, other: "${local.l1}" })).toEqual(expected);
  });

  test("may be a whole body, and a module's profile", () => {
    const document = {
      locals: { network: { network_plugin: "azure", network_dataplane: "cilium", network_policy: "azure" } },
      module: {
        aks: {
          source: "Azure/avm-res-containerservice-managedcluster/azurerm",
          version: "0.8.1",
          network_profile: "${local.network}",
        },
      },
    };
    expect(told(document)).toEqual([expect.stringMatching(/^error network-policy-compatible/)]);
  });
});

test("locals that refer to each other twice end at once, without building their text", () => {
  const locals: Record<string, string> = { a40: "calico" };
  for (let i = 0; i < 40; i++) locals[`a${i}`] = `\${[local.a${i + 1}, local.a${i + 1}]}`;
  const document = (attributes: object): object => ({
    locals,
    resource: {
      azapi_resource: { a: { type: "Microsoft.ContainerService/managedClusters@2025-05-01", ...attributes } },
    },
  });
  const time = processorTime(() => {
    expect(told(document({ body: "${local.a0}" }))).toEqual(told(document({ body: [[]] })));
    expect(told(document({ body: "${jsonencode(local.a0)}" }))).toEqual(
      told(document({ body: "${var.body}" })),
    );
  });
  expect(time).toBeLessThan(3000);
});

describe("a body from jsonencode", () => {
  const type = "Microsoft.ContainerService/managedClusters@2023-02-01";
  const bodyOf = (profile: string): string =>
    `\${jsonencode({\n  properties = {\n    kubernetesVersion = var.version # "newest\n    networkProfile = ${profile}\n  }\n})}`;
  test.each<[string, readonly string[]]>([
    ['{ networkPlugin = "azure", networkPolicy = "calico" }', []],
    ["{ networkPlugin = local.plugin, networkPolicy = local.engine }", []],
    ['{ networkPlugin = "azure" }', ["networkPolicy is not set"]],
    ['{ networkPlugin = "azure", networkPolicy = var.engine }', ["networkPolicy is not known before"]],
    ["var.profile", ["body.properties.networkProfile (one unknown value in it is enough) is not known"]],
    [
      "merge(local.profile, {})",
      ["body.properties.networkProfile (one unknown value in it is enough) is not"],
    ],
  ])("%s", (profile, expected) => {
    const document = {
      locals: { plugin: "azure", engine: "calico" },
      resource: { azapi_resource: { aks: { type, body: bodyOf(profile) } } },
    };
    expect(told(document)).toEqual(expected.map((words): unknown => expect.stringContaining(words)));
  });

  test("changes what it states in a patch", () => {
    const patch = (body: string): string[] =>
      told({ resource: { azapi_update_resource: { aks: { type, body } } } });
    expect(patch('${jsonencode({ properties = { kubernetesVersion = "1.33" } })}')).toEqual([]);
    expect(patch(bodyOf('{ networkPolicy = "none" }'))).toEqual([
      expect.stringMatching(/^error network-policy-configured/),
    ]);
  });
});

describe("a node pool with a number of instances", () => {
  const cilium = { network_plugin: "azure", network_policy: "cilium", network_data_plane: "cilium" };
  const azure = { network_plugin: "azure", network_policy: "azure" };
  const withPool = (network_profile: object, pool: object): string[] =>
    told({
      locals: { none: 0, pools: { a: {}, b: {} } },
      resource: {
        azurerm_kubernetes_cluster: { aks: { network_profile } },
        azurerm_kubernetes_cluster_node_pool: {
          more: { kubernetes_cluster_id: "${azurerm_kubernetes_cluster.aks.id}", ...pool },
        },
      },
    });
  const compatible = (found: readonly string[]): string[] =>
    found.flatMap((line) => /^(\w+ )network-policy-compatible: (Unknown)?/.exec(line)?.[0] ?? []);
  const fails = ["error network-policy-compatible: "];
  const unknown = ["warning network-policy-compatible: Unknown"];

  test.each<[object, readonly string[]]>([
    [{}, fails],
    [{ count: 0 }, []],
    [{ count: "${local.none}" }, []],
    [{ for_each: {} }, []],
    [{ for_each: "${toset([])}" }, []],
    [{ count: 1 }, fails],
    [{ for_each: '${toset(["a"])}' }, fails],
    [{ for_each: "${local.pools}" }, fails],
    [{ count: "${var.windows ? 1 : 0}" }, unknown],
    [{ for_each: "${var.pools}" }, unknown],
    [{ for_each: { a: 1 } }, fails],
  ])("of Windows with Cilium: %j", (times, expected) => {
    const found = withPool(cilium, { os_type: "Windows", ...times });
    expect(compatible(found)).toEqual(expected);
    if (expected === unknown)
      expect(found[0]).toContain(
        "the number of instances of a separate node pool is not known before `terraform plan`.",
      );
  });

  test.each<[object, readonly string[]]>([
    [{ node_count: 100 }, []],
    [{ node_count: 100, count: 3 }, fails],
    [{ node_count: 126, for_each: "${local.pools}" }, fails],
    [{ node_count: 300, count: 0 }, []],
    [{ node_count: 300, count: "${var.n}" }, unknown],
    [{ count: 3 }, []],
    [{ node_count: "${var.n}", count: 3 }, unknown],
    [{ node_count: "many", count: 3 }, fails],
  ])("counts its nodes for engine azure: %j", (pool, expected) => {
    expect(compatible(withPool(azure, pool))).toEqual(expected);
  });
});

test.each<[object, boolean]>([
  [{ count: 0 }, false],
  [{ count: "${local.none}" }, false],
  [{ for_each: {} }, false],
  [{ for_each: "${toset([])}" }, false],
  [{ lifecycle: { enabled: false } }, false],
  [{ lifecycle: [{ enabled: "${false}" }] }, false],
  [{ count: 1 }, true],
  [{ count: "${var.on ? 1 : 0}" }, true],
  [{ for_each: "${var.clusters}" }, true],
  [{ lifecycle: { enabled: true } }, true],
  [{ lifecycle: { enabled: null } }, true],
  [{ lifecycle: { prevent_destroy: false } }, true],
  [{ lifecycle: [{ prevent_destroy: false }, { enabled: false }] }, false],
  [{ lifecycle: { enabled: "${var.on}" } }, true],
])("a cluster is judged where there may be one: %j", (times, isJudged) => {
  const network_profile = { network_plugin: "azure" };
  const document = {
    locals: { none: 0 },
    resource: { azurerm_kubernetes_cluster: { aks: { network_profile, ...times } } },
    module: { aks: { source: "Azure/avm-ptn-aks-production/azurerm", network_policy: "none", ...times } },
  };
  expect(told(document)).toHaveLength(isJudged ? 2 : 0);
});
