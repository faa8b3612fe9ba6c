import { readFileSync, symlinkSync, truncateSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { ruleNames } from "../../shared/rules";
import { reportSchema } from "../pages/report-schema";
import type { Files } from "../support/command";
import { checked, commandIn } from "../support/command";
import { bad, good, open, stateOf, terraform } from "../support/terraform-documents";

const old = { network_profile: { network_plugin: "azure", network_policy: "azure" } };

const exemption = {
  id: "E1",
  target: "shop:azurerm_kubernetes_cluster.aks",
  reason: "We run our own engine on this cluster",
  category: "mitigated",
  owner: "team-shop",
  approvedBy: "security",
  createdOn: "2026-11-01",
  expiresOn: "2027-02-01",
};
function exempting(...more: object[]): object {
  return { "network-policy-configured": { exemptions: more.map((each) => ({ ...exemption, ...each })) } };
}

describe("exit codes", () => {
  const rows: readonly (readonly [string, Files, readonly string[], number])[] = [
    ["a good cluster", { "a.tf.json": terraform({ aks: good }) }, ["a.tf.json"], 0],
    ["a bad cluster", { "a.tf.json": terraform({ aks: bad }) }, ["a.tf.json"], 1],
    ["a bad cluster next to a good one", { "a.tf.json": terraform({ aks: bad, b: good }) }, ["a.tf.json"], 1],
    ["an unknown engine", { "a.tf.json": terraform({ aks: open }) }, ["a.tf.json"], 0],
    [
      "the same, if warnings count",
      { "a.tf.json": terraform({ aks: open }) },
      ["a.tf.json", "--fail-on-warning"],
      1,
    ],
    ["a notice", { "a.tf.json": terraform({ aks: old }) }, ["a.tf.json"], 0],
    [
      "a notice, if warnings count",
      { "a.tf.json": terraform({ aks: old }) },
      ["--fail-on-warning", "a.tf.json"],
      1,
    ],
    [
      "no cluster in two documents",
      { "a.tf.json": terraform({}), "b.tf.json": { terraform: {} } },
      ["a.tf.json", "b.tf.json"],
      3,
    ],
    ["no cluster in a document", { "b.tf.json": { terraform: { backend: {} } } }, ["b.tf.json"], 3],
    [
      "no cluster, which is allowed",
      { "b.tf.json": { terraform: { backend: {} } } },
      ["b.tf.json", "--allow-none"],
      0,
    ],
    ["empty output of Azure", { "a.json": [] }, ["a.json"], 3],
    ["an empty folder", { "f/readme.md": "hello" }, ["f"], 3],
    ["a folder with other files", { "f/package.json": { name: "x" }, "f/list.json": [1] }, ["f"], 3],
    ["a file of another kind", { "package.json": { name: "x" } }, ["package.json"], 2],
    ["a missing file", {}, ["nowhere.json"], 2],
    ["a broken file", { "a.tf.json": "{" }, ["a.tf.json"], 2],
    ["a broken Terraform file in a folder", { "f/a.tf.json": "{" }, ["f"], 2],
    [
      "another broken file in a folder",
      { "f/a.tf.json": terraform({ aks: good }), "f/b.json": "{" },
      ["f"],
      0,
    ],
    [
      "an unreadable input next to a bad cluster",
      { "a.tf.json": terraform({ aks: bad }) },
      ["a.tf.json", "gone"],
      2,
    ],
    ["no input", {}, [], 2],
    ["an unknown option", { "a.tf.json": terraform({ aks: good }) }, ["a.tf.json", "--nope"], 2],
    ["an unknown format", { "a.tf.json": terraform({ aks: good }) }, ["a.tf.json", "--format", "xml"], 2],
    [
      "two formats on one stream",
      { "a.tf.json": terraform({ aks: good }) },
      ["a.tf.json", "--format", "json", "--format", "text"],
      2,
    ],
    [
      "a format without its file",
      { "a.tf.json": terraform({ aks: good }) },
      ["a.tf.json", "--format", "json="],
      2,
    ],
    [
      "a file that cannot be written",
      { "a.tf.json": terraform({ aks: good }) },
      ["a.tf.json", "--format", "json=no/such/folder.json"],
      2,
    ],
    [
      "two stacks",
      { "a.tf.json": terraform({ aks: good }) },
      ["a.tf.json", "--stack", "a", "--stack", "b"],
      2,
    ],
    [
      "parameters for a document without parameters",
      { "a.tf.json": terraform({ aks: good }), "p.json": { parameters: {} } },
      ["a.tf.json", "--parameters", "p.json"],
      2,
    ],
    [
      "parameters before their template",
      { "p.json": { parameters: {} } },
      ["--parameters", "p.json", "a.json"],
      2,
    ],
    ["standard input twice", {}, ["-", "-"], 2],
    [
      "an invalid configuration",
      { "a.tf.json": terraform({ aks: good }), "c.json": { "network-policy-configred": "disabled" } },
      ["a.tf.json", "--config", "c.json"],
      2,
    ],
    [
      "a missing configuration",
      { "a.tf.json": terraform({ aks: good }) },
      ["a.tf.json", "--config", "c.json"],
      2,
    ],
    [
      "an advisory rule",
      { "a.tf.json": terraform({ aks: bad }), "c.json": { all: "advisory" } },
      ["a.tf.json", "--config", "c.json"],
      0,
    ],
    [
      "the same, if warnings count",
      { "a.tf.json": terraform({ aks: bad }), "c.json": { all: "advisory" } },
      ["a.tf.json", "--config", "c.json", "--fail-on-warning"],
      1,
    ],
    [
      "level remediate, which changes nothing here",
      { "a.tf.json": terraform({ aks: bad }), "c.json": { "network-policy-configured": "remediate" } },
      ["a.tf.json", "--config", "c.json"],
      1,
    ],
    [
      "a good cluster, if unknown values are failures",
      {
        "a.tf.json": terraform({ aks: good }),
        "c.json": { "network-policy-configured": { unknown: "fail" } },
      },
      ["a.tf.json", "--config", "c.json"],
      0,
    ],
    [
      "unknown values that are failures",
      {
        "a.tf.json": terraform({ aks: open }),
        "c.json": { "network-policy-configured": { unknown: "fail" } },
      },
      ["a.tf.json", "--config", "c.json"],
      1,
    ],
  ];
  test.each(rows)("%s", async (_title, files, args, code) => {
    expect((await commandIn(files, ["check", ...args])).code).toBe(code);
  });

  const configured = (settings: object): object => ({ "network-policy-configured": settings });
  test.each<[title: string, config: object, args: readonly string[], code: number]>([
    ["by default", {}, [], 0],
    ["if warnings count", {}, ["--fail-on-warning"], 1],
    ["if unknown values are failures", configured({ unknown: "fail" }), [], 1],
    ["the same as advice", configured({ unknown: "fail", enforcementLevel: "advisory" }), [], 0],
    ["the same in a disabled rule", configured({ unknown: "fail", enforcementLevel: "disabled" }), [], 0],
    [
      "the same among disabled rules",
      { all: "disabled", "network-policy-supported": "mandatory", ...configured({ unknown: "fail" }) },
      [],
      0,
    ],
    ["if unknown values are ignored", configured({ unknown: "ignore" }), [], 0],
  ])("a good cluster in a plan that does not show everything, %s", async (_title, config, args, code) => {
    const after = { network_profile: [good.network_profile] };
    const plan = {
      format_version: "1.2",
      complete: false,
      resource_changes: [
        {
          address: "azurerm_kubernetes_cluster.aks",
          mode: "managed",
          type: "azurerm_kubernetes_cluster",
          name: "aks",
          change: { actions: ["create"], before: null, after, after_unknown: {} },
        },
      ],
      configuration: { root_module: {} },
    };
    const run = await commandIn({ "plan.json": plan, "c.json": config }, [
      ...["check", "plan.json", "--config", "c.json", ...args],
    ]);
    expect(run.code).toBe(code);
    expect(run.error).toMatch(/^plan\.json: The plan is incomplete.*\n$/);
  });
});

describe("what is printed where", () => {
  test("results on standard output, everything else on standard error", async () => {
    const { out, error } = await commandIn({ "f/a.tf.json": terraform({ aks: bad }), "f/x.json": [1] }, [
      "check",
      "f",
      "gone",
    ]);
    expect(out).toContain("1 cluster in 1 input: 1 failing; 1 file could not be checked.");
    expect(error).toBe("gone: There is no such file.\n1 file skipped: not of a kind that check reads.\n");
  });

  test("JSON for exit code 2, with the files that could not be read", async () => {
    const { report, code } = await checked({ "a.tf.json": terraform({ aks: bad }) }, ["a.tf.json", "gone"]);
    expect([code, report.summary.failing]).toEqual([2, 1]);
    const unreadable = [{ file: "gone", reason: "There is no such file." }];
    expect(report.unreadable).toEqual(unreadable);
    expect((await checked({}, ["gone"])).report).toMatchObject({ unreadable, inputs: [], clusters: [] });
  });

  test("a format goes to its file, and text to standard output unless another format goes there", async () => {
    let written = "";
    const { out } = await commandIn(
      { "a.tf.json": terraform({ aks: bad }) },
      ["check", "a.tf.json", "--format", "json=report.json"],
      { after: (folder) => (written = readFileSync(join(folder, "report.json"), "utf8")) },
    );
    expect(JSON.parse(written)).toMatchObject({ version: 1, summary: { failing: 1 } });
    expect(out).toContain("1 failing");
  });

  test("colors only where requested", async () => {
    const files = { "a.tf.json": terraform({ aks: bad }) };
    expect((await commandIn(files, ["check", "a.tf.json"], { colors: true })).out).toContain("\u001b[31m");
    expect((await commandIn(files, ["check", "a.tf.json"])).out).not.toContain("\u001b");
  });

  test.each<[format: string, clusters: object, args: readonly string[], warned: string | undefined]>([
    ["sarif", { a: bad }, [], "1 cluster"],
    ["gitlab", { a: bad, b: old, c: good }, [], "2 clusters"],
    ["gitlab", { c: good }, [], undefined],
    ["json", { a: bad }, [], undefined],
    ["sarif", { a: bad }, ["--root", "src"], undefined],
  ])("a warning of findings without a line: %s of %j %j", async (format, clusters, args, warned) => {
    const files = {
      "state.json": stateOf(clusters as Parameters<typeof stateOf>[0]),
      "src/main.tf": 'resource "azurerm_kubernetes_cluster" "a" {\n}\n',
    };
    const { error } = await commandIn(files, ["check", "state.json", "--format", format, ...args]);
    expect(error).toBe(
      warned === undefined
        ? ""
        : `${format}: no source line is known for the findings of ${warned}, so they are shown at the file that was checked. For a plan, a state or a Pulumi stack, --root names the sources.\n`,
    );
  });

  test("a file without colors, and why a format is not written", async () => {
    let written = "";
    await commandIn({ "a.tf.json": terraform({ aks: bad }) }, ["check", "a.tf.json", "--format", "text=t"], {
      colors: true,
      after: (folder) => (written = readFileSync(join(folder, "t"), "utf8")),
    });
    expect(written).toContain("1 failing");
    expect(written).not.toContain("\u001b");
    const { code, error } = await commandIn({ "a.tf.json": "{" }, ["check", ".", "--format", "sarif"]);
    expect([code, error]).toEqual([
      2,
      "a.tf.json: It is not JSON: line 1, column 2.\nsarif: not written, because it would report files that could not be read as fine.\n",
    ]);
  });

  test.each([
    [[], true, true, true],
    [["--quiet"], false, false, true],
    [["--quiet", "--fail-on-warning"], false, true, true],
  ])("with %j: inventory %s, warnings %s, errors %s", async (args, ...shown) => {
    const files = { "a.tf.json": terraform({ aks: bad, other: open, good }) };
    const { out } = await commandIn(files, ["check", "a.tf.json", ...args]);
    expect([/^ pass /m, /^unknown /m, /^error /m].map((kind) => kind.test(out))).toEqual(shown);
    expect(out).toContain("3 clusters in 1 input: 1 failing, 1 unknown, 1 passing.\n");
  });

  test.each(["check", "config", "explain"])("the help of %s on standard output", async (command) => {
    const { code, out, error } = await commandIn({}, [command, "--help"]);
    expect([code, error]).toEqual([0, ""]);
    expect(out).toContain(`aks-network-policy-pack ${command}`);
  });

  test("the version", async () => {
    expect(await commandIn({}, ["--version"])).toEqual({ code: 0, out: "0.2.0\n", error: "" });
    expect(await commandIn({}, ["check", "--version"])).toEqual({ code: 0, out: "0.2.0\n", error: "" });
  });

  test.each([[], ["plan.json"], ["127.0.0.1"], ["checks"]])("the usage, for %j", async (...args) => {
    const { code, out, error } = await commandIn({}, args);
    expect([code, out]).toEqual([2, ""]);
    expect(error).toContain("aks-network-policy-pack check [FILE | FOLDER | -]...");
  });
});

describe("files", () => {
  const text = JSON.stringify(terraform({ aks: bad }));
  const utf16 = (order: "le" | "be"): Uint8Array => {
    const bytes = Buffer.from(`\ufeff${text}`, "utf16le");
    return order === "le" ? bytes : bytes.swap16();
  };
  test.each([
    ["UTF-8", text],
    ["UTF-8 with a byte order mark", `\ufeff${text}`],
    ["UTF-16, little endian", utf16("le")],
    ["UTF-16, big endian", utf16("be")],
  ])("in %s", async (_encoding, content) => {
    for (const args of [["a.tf.json"], ["."]]) {
      const { report } = await checked({ "a.tf.json": content }, args);
      expect(report.summary.failing).toBe(1);
    }
  });

  test.each([
    ["{", 1, 2],
    ['{"a": 1,}', 1, 9],
    ['{"a": 1\n "b": 2}', 2, 2],
    ['{"resource": {"azurerm_kubernetes_cluster": {"aks": tru}}}', 1, 53],
    ['{"a": "secret\n"}', 1, 14],
    ['{"a": "\\x"}', 1, 8],
    ["[1, 2", 1, 6],
    ["{} {}", 1, 4],
    ["\n\n  nonsense", 3, 3],
    ["[01]", 1, 3],
    ['{"a" 1}', 1, 6],
    ["{1: 2}", 1, 2],
  ])("%j is not JSON, and the position is reported, never the text", async (content, line, column) => {
    const { code, error } = await commandIn({ "a.json": content }, ["check", "a.json"]);
    expect(code).toBe(2);
    expect(error).toBe(`a.json: It is not JSON: line ${line}, column ${column}.\n`);
  });

  test.each([
    ["main.bicep", "param name string\n", "bicep build"],
    ["prod.bicepparam", "using 'main.bicep'\n", "bicep build-params"],
    ["plan.bin", Buffer.from("PK\u0003\u0004 and more"), "terraform show -json"],
  ])("that are sources of documents, such as %s, say what to do first", async (name, content, words) => {
    const { code, error } = await commandIn({ [name]: content }, ["check", name]);
    expect(code).toBe(2);
    expect(error).toContain(words);
  });

  test("that are too large are rejected before they are read", async () => {
    const { code, error } = await commandIn({ "a.json": "{" }, ["check", "a.json"], {
      before: (folder) => {
        truncateSync(join(folder, "a.json"), 600_000_000);
      },
    });
    expect(code).toBe(2);
    expect(error).toBe("a.json: It has 600 MB; the limit is 500 MB.\n");
  });

  test("that are empty", async () => {
    expect((await commandIn({ "a.json": " \n" }, ["check", "a.json"])).error).toBe("a.json: It is empty.\n");
  });

  test("below node_modules, .git and .terraform are skipped", async () => {
    const clusters = terraform({ aks: bad });
    const files = {
      "node_modules/x/a.tf.json": clusters,
      ".git/a.tf.json": clusters,
      "s/.terraform/m/a.tf.json": clusters,
    };
    expect((await commandIn(files, ["check", "."])).code).toBe(3);
  });

  test("that are named twice are read once", async () => {
    const { report } = await checked({ "a.tf.json": terraform({ aks: bad }) }, [
      "a.tf.json",
      ".",
      "./a.tf.json",
    ]);
    expect(report.inputs).toHaveLength(1);
  });

  test("of one folder are one configuration", async () => {
    const pool = {
      kubernetes_cluster_id: "${azurerm_kubernetes_cluster.aks.id}",
      os_type: "Windows",
      name: "win",
    };
    const { report } = await checked(
      {
        "a/cluster.tf.json": terraform({ aks: good }),
        "a/pools.tf.json": { resource: { azurerm_kubernetes_cluster_node_pool: { win: pool } } },
        "b/cluster.tf.json": terraform({ aks: good }),
      },
      ["."],
    );
    expect(report.inputs.map(({ file, clusters }) => [file, clusters])).toEqual([
      ["a/cluster.tf.json", 1],
      ["a/pools.tf.json", 0],
      ["b/cluster.tf.json", 1],
    ]);
    expect(report.clusters.map(({ verdicts }) => verdicts["network-policy-compatible"])).toEqual([
      "fail",
      "pass",
    ]);
  });

  test("do not include what CDKTF writes next to its HCL", async () => {
    const files = {
      "out/stacks/s/cdk.tf": 'resource "azurerm_kubernetes_cluster" "aks" {\n  sku_tier = "Free"\n}\n',
      "out/stacks/s/metadata.json": terraform({ aks: { "//": { metadata: { path: "s/aks" } } } }),
    };
    const { report } = await checked(files, ["out"]);
    expect(report.inputs.map(({ file }) => file)).toEqual(["out/stacks/s/cdk.tf"]);
    expect(report.summary.clusters).toBe(1);
    const alone = await checked({ "out/metadata.json": files["out/stacks/s/metadata.json"] }, ["out"]);
    expect(alone.report.summary).toMatchObject({ clusters: 1, failing: 1 });
  });

  test("have lines", async () => {
    const { report } = await checked({ "f/a.tf.json": terraform({ aks: bad, b: good }) }, ["f"]);
    expect(report.clusters.map(({ location }) => location)).toEqual([
      { file: "f/a.tf.json", line: 4 },
      { file: "f/a.tf.json", line: 9 },
    ]);
  });
});

describe("exemptions", () => {
  const stackFile = "cdktf.out/stacks/shop/cdk.tf.json";
  const cases: readonly (readonly [string, object, readonly string[], "exempt" | "failing"])[] = [
    ["by the stack that the caller names", {}, ["a.tf.json", "--stack", "shop"], "exempt"],
    ["never without a stack", {}, ["a.tf.json"], "failing"],
    ["never by another stack", {}, ["a.tf.json", "--stack", "other"], "failing"],
    [
      "never by the address alone",
      { target: "azurerm_kubernetes_cluster.aks" },
      ["a.tf.json", "--stack", "shop"],
      "failing",
    ],
    ["by the file", { target: "a.tf.json:azurerm_kubernetes_cluster.aks" }, ["a.tf.json"], "exempt"],
    ["by the folder that CDKTF writes", {}, [stackFile], "exempt"],
    ["by the construct's path in the stack", { target: "shop/aks" }, [stackFile], "exempt"],
    [
      "never by the construct's path in another stack",
      { target: "shop/aks" },
      ["a.tf.json", "--stack", "s"],
      "failing",
    ],
    ["that have ended", { expiresOn: "2026-11-10" }, [stackFile], "failing"],
  ];
  test.each(cases)("%s", async (_title, more, args, outcome) => {
    const document = terraform({ aks: { ...bad, "//": { metadata: { path: "shop/aks" } } } });
    const files = { [stackFile]: document, "a.tf.json": document, "c.json": exempting(more) };
    const { report, code } = await checked(files, [...args, "--config", "c.json"]);
    expect(report.summary).toMatchObject({ clusters: 1, [outcome]: 1 });
    expect(code).toBe(outcome === "exempt" ? 0 : 1);
    expect(report.clusters[0]?.verdicts["network-policy-configured"]).toBe("fail");
    if (outcome === "exempt") {
      expect(report.clusters[0]?.findings[0]).toMatchObject({
        level: "warning",
        kind: "exempt",
        exemption: { id: "E1", owner: "team-shop", expiresOn: "2027-02-01" },
      });
    }
  });

  test("apply to one cluster: several plans, states or folders are not one stack", async () => {
    const files = {
      "a/a.tf.json": terraform({ aks: bad }),
      "b/b.tf.json": terraform({ aks: bad }),
      "c.json": exempting({}),
      "one.json": stateOf({ aks: bad }),
      "two.json": stateOf({ aks: bad }),
    };
    for (const inputs of [
      ["a", "b"],
      ["one.json", "two.json"],
    ]) {
      const { code, error } = await commandIn(files, [
        "check",
        ...inputs,
        "--config",
        "c.json",
        "--stack",
        "shop",
      ]);
      expect([inputs, code]).toEqual([inputs, 2]);
      expect(error).toContain("--stack names one stack, but these are several.");
    }
  });

  test("apply in each document that has the cluster, and are not a warning that fails the run", async () => {
    const files = {
      "a/a.tf.json": terraform({ aks: bad }),
      "state.json": stateOf({ aks: bad }),
      "c.json": exempting({}),
    };
    const { report, code } = await checked(files, [
      "a",
      "state.json",
      "--config",
      "c.json",
      "--stack",
      "shop",
      "--fail-on-warning",
    ]);
    expect([code, report.summary.exempt, report.unusedExemptions]).toEqual([0, 2, []]);
  });

  test("for what was checked that do nothing are reported", async () => {
    const files = {
      "a.tf.json": terraform({ aks: good }),
      "c.json": exempting(
        {},
        { id: "E2", target: "shop:azurerm_kubernetes_cluster.gone" },
        { id: "E3", target: "other:x" },
      ),
    };
    const { report, code } = await checked(files, ["a.tf.json", "--config", "c.json", "--stack", "shop"]);
    expect(report.unusedExemptions.map(({ id }) => id)).toEqual(["E1", "E2"]);
    expect(code).toBe(0);
    expect(
      (await checked(files, ["a.tf.json", "--config", "c.json", "--stack", "shop", "--fail-on-warning"]))
        .code,
    ).toBe(1);
  });

  test("match Azure's resource IDs in any case", async () => {
    const id = "/subscriptions/s/resourceGroups/RG/providers/Microsoft.ContainerService/managedClusters/Aks";
    const cluster = {
      id,
      name: "Aks",
      type: "Microsoft.ContainerService/ManagedClusters",
      networkProfile: { networkPlugin: "azure", networkPolicy: "none" },
      agentPoolProfiles: [],
    };
    const files = { "az.json": cluster, "c.json": exempting({ target: id.toLowerCase() }) };
    expect((await checked(files, ["az.json", "--config", "c.json"])).report.summary.exempt).toBe(1);
  });
});

describe("the report", () => {
  test("has fingerprints that stay when lines move and other clusters are added", async () => {
    const fingerprints = async (document: unknown): Promise<readonly string[]> =>
      (await checked({ "a.tf.json": document }, ["a.tf.json"])).report.clusters.flatMap(
        ({ address, findings }) =>
          address.endsWith(".aks") ? findings.map(({ fingerprint }) => fingerprint) : [],
      );
    const before = await fingerprints(terraform({ aks: bad }));
    expect(before).toHaveLength(1);
    expect(await fingerprints(terraform({ a: bad, b: open, aks: bad }))).toEqual(before);
    expect(await fingerprints(`\n\n${JSON.stringify(terraform({ aks: bad }))}`)).toEqual(before);
  });

  test("distinguishes two clusters at one address", async () => {
    const change = { actions: ["create"], after: { network_profile: [{ network_policy: "none" }] } };
    const resource = { address: "a", mode: "managed", type: "azurerm_kubernetes_cluster", name: "a", change };
    const plan = { format_version: "1.2", resource_changes: [resource, resource] };
    const { report } = await checked({ "plan.json": plan }, ["plan.json"]);
    const fingerprints = report.clusters.flatMap(({ findings }) =>
      findings.map(({ fingerprint }) => fingerprint),
    );
    expect(fingerprints).toHaveLength(2);
    expect(fingerprints[1]).toBe(`${fingerprints[0]}|2`);
  });

  test("has every rule's verdict, including passed and disabled ones", async () => {
    const files = {
      "a.tf.json": terraform({ aks: old }),
      "c.json": { "network-policy-compatible": "disabled" },
    };
    const { report } = await checked(files, ["a.tf.json", "--config", "c.json"]);
    expect(report.clusters[0]).toMatchObject({
      engine: "azure",
      tool: "azurerm",
      verdicts: {
        "network-policy-configured": "pass",
        "network-policy-compatible": "disabled",
        "network-policy-supported": "notice",
      },
    });
  });

  test("matches its schema", async () => {
    await expect(`${JSON.stringify(reportSchema, null, 2)}\n`).toMatchFileSnapshot(
      "../../shared/report.schema.json",
    );
    expect(Object.keys(reportSchema)).toContain("properties");
    expect(ruleNames.length).toBeGreaterThan(2);
  });
});

describe("config", () => {
  test("says that a configuration is valid, and prints its settings", async () => {
    const { code, out } = await commandIn({ "c.json": exempting({}) }, ["config", "c.json"]);
    expect(code).toBe(0);
    expect(out).toBe(
      "The configuration is valid.\n  network-policy-configured: mandatory, 1 exemption\n  network-policy-compatible: mandatory\n  network-policy-supported: mandatory\n",
    );
  });

  test.each([
    [
      "a misspelled rule, which Pulumi drops silently",
      { "network-policy-configred": "disabled" },
      "network-policy-configred",
    ],
    ["what is not JSON", "{", "line 1, column 2"],
    ["a list", [], "invalid"],
  ])("rejects %s", async (_title, content, words) => {
    const { code, out, error } = await commandIn({ "c.json": content }, ["config", "c.json"]);
    expect([code, out]).toEqual([2, ""]);
    expect(error).toContain(words);
  });
});

describe("explain", () => {
  test("prints the page of a rule, or a summary of each", async () => {
    expect((await commandIn({}, ["explain", "network-policy-supported"])).out).toBe(
      "page of network-policy-supported\n",
    );
    for (const name of ruleNames) expect((await commandIn({}, ["explain"])).out).toContain(name);
    expect((await commandIn({}, ["explain", "no-such-rule"])).code).toBe(2);
  });
});

describe("named inputs are read, in any order", () => {
  const template = {
    $schema: "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
    contentVersion: "1.0.0.0",
    parameters: { engine: { type: "string" } },
    resources: [
      {
        type: "Microsoft.ContainerService/managedClusters",
        apiVersion: "2025-05-01",
        name: "aks",
        location: "westeurope",
        properties: {
          dnsPrefix: "aks",
          agentPoolProfiles: [{ name: "system", count: 3, mode: "System", osType: "Linux" }],
          networkProfile: { networkPlugin: "azure", networkPolicy: "[parameters('engine')]" },
        },
      },
    ],
  };
  const parameters = (engine: string): object => ({ parameters: { engine: { value: engine } } });
  const files = {
    "d/t.json": template,
    "calico.json": parameters("calico"),
    "none.json": parameters("none"),
  };

  test.each([
    ["calico.json", "none.json"],
    ["none.json", "calico.json"],
  ])("a template with several parameters: %s, %s", async (one, other) => {
    const args = ["d/t.json", "--parameters", one, "d/t.json", "--parameters", other];
    const { code, report } = await checked(files, args);
    expect([code, report.summary.clusters, report.summary.failing]).toEqual([1, 2, 1]);
  });

  test.each([
    [["d", "d/t.json", "--parameters", "none.json"]],
    [["d/t.json", "--parameters", "none.json", "d"]],
  ])("a file and its folder: %j", async (args) => {
    const { code, report } = await checked(files, args);
    expect([code, report.summary]).toEqual([1, expect.objectContaining({ clusters: 1, failing: 1 })]);
  });

  test.each([[["e", "e/plan.json"]], [["e/plan.json", "e"]]])(
    "a broken file and its folder: %j",
    async (args) => {
      const { code } = await commandIn({ "e/plan.json": "{" }, ["check", ...args, "--allow-none"]);
      expect(code).toBe(2);
    },
  );

  test("a link to a file is read, as Terraform does, and a broken link is reported", async () => {
    const link = (to: string) => (folder: string) => {
      symlinkSync(join(folder, to), join(folder, "d", "linked.tf.json"));
    };
    const linked = { "bad.tf.json": terraform({ aks: bad }), "d/good.tf.json": terraform({ other: good }) };
    const { code } = await commandIn(linked, ["check", "d"], { before: link("bad.tf.json") });
    expect(code).toBe(1);
    const { code: lost } = await commandIn(linked, ["check", "d"], { before: link("nowhere") });
    expect(lost).toBe(2);
  });

  test("a Terraform file in a folder that does not start like JSON", async () => {
    const blanks = `${" ".repeat(300)}${JSON.stringify(terraform({ aks: bad }))}`;
    expect((await commandIn({ "d/a.tf.json": blanks }, ["check", "d"])).code).toBe(1);
    expect((await commandIn({ "d/a.tf.json": "no JSON" }, ["check", "d", "--allow-none"])).code).toBe(2);
  });

  test("a configuration that disables every rule checks nothing, and says so", async () => {
    const { code, error } = await commandIn(
      { "a.tf.json": terraform({ aks: bad }), "c.json": { all: "disabled" } },
      ["check", "a.tf.json", "--config", "c.json"],
    );
    expect(code).toBe(2);
    expect(error).toContain("The configuration disables every rule");
  });

  test.each([
    ["an input", ["--format", "json=a.tf.json"]],
    ["the configuration", ["--config", "c.json", "--format", "json=./c.json"]],
    ["another format", ["--format", "json=o", "--format", "csv=o"]],
    ["a baseline", ["--format", "json=b", "--write-baseline", "b"]],
  ])("does not overwrite %s", async (_what, more) => {
    const { code, error } = await commandIn({ "a.tf.json": terraform({ aks: good }), "c.json": {} }, [
      "check",
      "a.tf.json",
      ...more,
    ]);
    expect(code).toBe(2);
    expect(error).toContain("would overwrite another file of this run");
  });
});
