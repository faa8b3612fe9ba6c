/** What each format prints in cases that the sample of everything does not have. */
import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { formatted } from "../../cli/formats";
import type { FormatName } from "../../cli/formats";
import { jsonText } from "../../cli/formats/json";
import { fileInRepository, nameOfInput } from "../../cli/formats/results";
import type { Report } from "../../shared/messages/report";
import type { Files } from "../support/command";
import { checked, commandIn } from "../support/command";
import { args, files } from "../support/reported-files";
import { exemption } from "../support/configurations";
import { bad, good, open, stateOf, terraform } from "../support/terraform-documents";

const printed = async (format: string, files: Files, args: readonly string[]): Promise<string> =>
  (await commandIn(files, ["check", ...args, "--format", format])).out;

const ofTerraform = (format: string, clusters: Parameters<typeof terraform>[0], config: object = {}) =>
  printed(format, { "a.tf.json": terraform(clusters), "c.json": config }, [
    "a.tf.json",
    "--config",
    "c.json",
  ]);

const azure = (name: string, profile: object): object => ({
  name,
  type: "Microsoft.ContainerService/ManagedClusters",
  kubernetesVersion: "1.33.1",
  agentPoolProfiles: [{ name: "system", osType: "Linux", count: 3 }],
  networkProfile: { networkPlugin: "azure", networkDataplane: "azure", ...profile },
});

/** An exception of Pulumi, which has neither an owner nor an end. */
const excepting = (cluster: string): object => ({
  version: 2,
  policies: {},
  exceptions: {
    "team-shop": {
      reason: "It is taken down at the end of the year",
      match: [{ policies: ["network-policy-configured"], targets: [`a.tf.json:${cluster}`] }],
    },
  },
});

const options = {
  pageOfRule: () => "page\n",
  withExempted: false,
  notesFail: false,
  shows: "everything",
  colors: false,
} as const;

async function reportOf(clusters: Parameters<typeof terraform>[0]): Promise<Report> {
  return (await checked({ "a.tf.json": terraform(clusters) }, ["a.tf.json"])).report;
}

describe("the title of the Markdown", () => {
  test.each<[clusters: Parameters<typeof terraform>[0], config: object, title: string]>([
    [{ a: good }, {}, "✅ Network policies: 1 AKS cluster checked, none fails"],
    [{ a: good, b: good }, {}, "✅ Network policies: 2 AKS clusters checked, none fails"],
    [{ a: good, b: open }, {}, "⚠️ Network policies: 1 of 2 AKS clusters is unknown"],
    [{ a: open, b: open }, {}, "⚠️ Network policies: 2 of 2 AKS clusters are unknown"],
    [{ a: bad, b: open }, {}, "❌ Network policies: 1 of 2 AKS clusters fails"],
    [{ a: bad, b: bad }, {}, "❌ Network policies: 2 of 2 AKS clusters fail"],
    [
      { a: bad, b: good },
      { all: "advisory" },
      "⚠️ Network policies: 1 of 2 AKS clusters fails, which is advisory or in the baseline",
    ],
    [{}, {}, "⚠️ Network policies: no AKS cluster found"],
  ])("of %j with %j", async (clusters, config, title) => {
    const [first] = (await ofTerraform("markdown", clusters, config)).split("\n");
    expect(first).toBe(`## ${title}`);
  });

  test("counts files that could not be checked, unless a cluster fails", async () => {
    const files = { "a.tf.json": terraform({ a: good }), "b.tf.json": "{", "c.tf.json": "{" };
    expect(await printed("markdown", files, ["."])).toMatch(
      /^## ❌ Network policies: 2 files could not be checked\n/,
    );
    const failing = { ...files, "a.tf.json": terraform({ a: bad }) };
    expect(await printed("markdown", failing, ["."])).toMatch(
      /^## ❌ Network policies: 1 of 1 AKS cluster fails\n/,
    );
  });
});

test("the Markdown without anything to fix is its title, its last line and its table", async () => {
  expect(await printed("markdown", { "a.json": [] }, ["a.json"])).toBe(
    "## ⚠️ Network policies: no AKS cluster found\n\nNo cluster found in 1 input.\n",
  );
  expect(await ofTerraform("markdown", { aks: good })).toBe(
    [
      "## ✅ Network policies: 1 AKS cluster checked, none fails",
      "",
      "1 cluster in 1 input: 1 passing.",
      "",
      "| result | cluster | engine | what is reported |",
      "| --- | --- | --- | --- |",
      "| ✅ pass | `azurerm_kubernetes_cluster.aks`<br>`a.tf.json:4` | cilium |  |",
      "",
    ].join("\n"),
  );
});

test("the Markdown has no markup, link or mention that a text brings along", async () => {
  const report = await reportOf({ aks: bad });
  const found = "a&b <b> @us www.x.org http://x.org *_`[x]|~\\";
  const message = "first\n````\nlast";
  const clusters = report.clusters.map((cluster) => ({
    ...cluster,
    findings: cluster.findings.flatMap((each) => [{ ...each, found, message, why: null }, each]),
  }));
  const out = formatted("markdown", { ...report, clusters }, options) ?? "";
  expect(out).toContain(
    ": a&amp;b &lt;b&gt; @<!-- -->us www.<!-- -->x.org http:<!-- -->//x.org \\*\\_\\`\\[x\\]\\|\\~\\\\<br>[network-policy-configured](",
  );
  expect(out).toContain(
    "#network-policy-configured)**\n\n`azurerm_kubernetes_cluster.aks`\n\n`````text\nfirst\n````\nlast\n`````\n",
  );
});

test("CSV has nothing in the place of a tool that is not known", async () => {
  const report = await reportOf({ aks: bad });
  const withTool = (tool: "arm" | null): string =>
    formatted("csv", { ...report, clusters: report.clusters.map((each) => ({ ...each, tool })) }, options) ??
    "";
  expect(withTool(null)).toBe(withTool("arm").replace(",arm,", ",,"));
});

test("JUnit has no character that XML cannot have", async () => {
  const report = await reportOf({ aks: bad });
  const found = 'a&b <c> "d" \ufffe\uffff';
  const clusters = report.clusters.map((cluster) => ({
    ...cluster,
    findings: cluster.findings.map((each) => ({ ...each, found })),
  }));
  expect(formatted("junit", { ...report, clusters }, options)).toContain(
    "a&amp;b &lt;c&gt; &quot;d&quot; \\u{fffe}\\u{ffff}",
  );
});

describe("the Markdown of many", () => {
  const names = (count: number): string[] =>
    Array.from({ length: count }, (_, i) => `cluster-${String(i).padStart(4, "0")}`);
  const most = 65_536;

  test("clusters says how many rows and fixes are left out", async () => {
    const out = await ofTerraform("markdown", Object.fromEntries(names(1200).map((name) => [name, bad])));
    const rows = out.split("\n").filter((line) => line.startsWith("| ❌"));
    expect(out).toContain(`\n| … | and ${1200 - rows.length} clusters more | | |\n`);
    expect(rows.join("\n").length).toBeGreaterThan(29_000);
    expect(out).toContain("\n\nAnd 1 more: see the log, or the format json.\n\n</details>\n");
    expect(out.length).toBeLessThan(most);
  });

  test("files that cannot be checked says how many are left out", async () => {
    const files = Object.fromEntries(names(300).map((name) => [`${name}.tf.json`, "{"]));
    const out = await printed("markdown", files, ["."]);
    const listed = out.split("\n").filter((line) => line.startsWith("- ❌ cluster-"));
    expect(out).toContain(`\n- … and ${300 - listed.length} more\n`);
    expect(listed.join("\n").length).toBeGreaterThan(9_800);
  });

  test.each(["`a", "a`", "a``b", "a`b``c`d"])("has the name %s as code", async (name) => {
    const out = await printed("markdown", { "a.json": [azure(name, { networkPolicy: "none" })] }, ["a.json"]);
    const fence = name.includes("``") ? "```" : "``";
    const pad = name.includes("``") ? "" : " ";
    expect(out).toContain(`| ${fence}${pad}${name}${pad}${fence} |`);
  });
});

describe("an exemption without an owner and an end", () => {
  const config = excepting("azurerm_kubernetes_cluster.aks");
  test.each<[FormatName, string]>([
    ["markdown", " Exempted: team-shop, It is taken down at the end of the year |\n"],
    ["junit", '<skipped message="Exempted (team-shop): It is taken down at the end of the year">'],
  ])("in %s", async (format, expected) => {
    expect(await ofTerraform(format, { aks: bad }, config)).toContain(expected);
  });

  test("in the list", async () => {
    const run = await commandIn({ "c.json": config }, ["exemptions", "--config", "c.json"]);
    expect(run.out).toBe(
      [
        "in force  team-shop  network-policy-configured  no end",
        "  a.tf.json:azurerm_kubernetes_cluster.aks",
        "  an exception, without an owner",
        "",
        "1 exemption: 1 in force.",
        "",
      ].join("\n"),
    );
  });

  test.each([
    ["2026-12-31", "in force  E1  network-policy-configured  38 days left"],
    ["2026-11-24", "ends soon  E1  network-policy-configured  1 day left"],
    ["2026-11-23", "ends soon  E1  network-policy-configured  its last day"],
    ["2026-11-22", "expired  E1  network-policy-configured  1 day ago"],
  ])("unlike one until %s", async (expiresOn, first) => {
    const rule = { exemptions: [exemption({ id: "E1", expiresOn })] };
    const files = { "c.json": { "network-policy-configured": rule } };
    const { out } = await commandIn(files, ["exemptions", "--config", "c.json"]);
    expect(out.split("\n").slice(0, 4)).toEqual([
      first,
      `  ${exemption().target}`,
      `  owner team-shop@example.com, ticket SEC-1234, from 2026-11-01 to ${expiresOn}`,
      "",
    ]);
  });

  test("in SARIF, if it lists exempted findings", async () => {
    const args = ["a.tf.json", "--config", "c.json"];
    const files = { "a.tf.json": terraform({ aks: bad }), "c.json": config };
    const suppressions = async (more: readonly string[]): Promise<unknown> =>
      (
        JSON.parse(await printed("sarif", files, [...args, ...more])) as {
          runs: { results: { suppressions: unknown }[] }[];
        }
      ).runs[0]?.results.map((result) => result.suppressions);
    expect(await suppressions([])).toEqual([]);
    expect(await suppressions(["--sarif-exempted"])).toEqual([
      [{ kind: "external", status: "accepted", justification: "It is taken down at the end of the year" }],
    ]);
  });
});

describe("JUnit", () => {
  test("has a suite even without an input", async () => {
    const out = await printed("junit", { "d/a.md": "x" }, ["d"]);
    expect(out).toContain(
      '<testsuite name="aks-network-policy-pack" tests="1" failures="0" errors="0" skipped="1"',
    );
    expect(out).toContain('<testcase name="AKS clusters" classname="aks-network-policy-pack" time="0">');
  });

  test("numbers clusters at one address", async () => {
    const { values } = stateOf({ aks: bad }) as { values: { root_module: { resources: object[] } } };
    const { resources } = values.root_module;
    const twice = {
      format_version: "1.0",
      values: { root_module: { resources: [...resources, ...resources] } },
    };
    const out = await printed("junit", { "a.json": twice }, ["a.json"]);
    const found = [...out.matchAll(/name="(azurerm\S*(?: \(2\))?): network-policy-configured"/g)];
    expect(found.map(([, name]) => name)).toEqual([
      "azurerm_kubernetes_cluster.aks",
      "azurerm_kubernetes_cluster.aks (2)",
    ]);
  });

  test("skips what is advisory, or not to be reported", async () => {
    const advisory = await ofTerraform("junit", { aks: bad }, { all: "advisory" });
    expect(advisory).toContain('<skipped message="Advisory: network_profile.network_policy is not set: this');
    const ignored = await ofTerraform(
      "junit",
      { aks: open },
      {
        "network-policy-configured": { unknown: "ignore" },
      },
    );
    expect(ignored).toContain('<skipped message="Not reported: unknown."></skipped>');
    const report = await reportOf({ aks: bad });
    const clusters = report.clusters.map((cluster) => ({ ...cluster, findings: [] }));
    expect(formatted("junit", { ...report, clusters }, options)).toContain(
      '<skipped message="Not reported: fail."></skipped>',
    );
  });

  test("leaves out what is disabled, and prints why something is unknown", async () => {
    const out = await ofTerraform("junit", { aks: open }, { "network-policy-compatible": "disabled" });
    expect(out).toContain('tests="2" failures="0" errors="0" skipped="1"');
    expect(out).not.toContain("network-policy-compatible");
    expect(out).toContain('<skipped message="Unknown: network_profile.network_policy is not known');
  });

  test("has several findings of a rule, one after the other", async () => {
    const advancedNetworking = {
      enabled: true,
      security: { enabled: true, transitEncryption: { type: "WireGuard" } },
    };
    const files = { "a.json": [azure("a", { networkPolicy: "calico", advancedNetworking })] };
    const out = await printed("junit", files, ["a.json"]);
    expect(out).toMatch(
      /message="networkProfile\.\S+enabled is true [^"<]+\. networkProfile\.\S+type is &quot;/,
    );
    expect(out).toMatch(/#network-policy-compatible\n\nnetworkProfile\.\S+type is &quot;/);
  });
});

describe("SARIF", () => {
  interface Sarif {
    readonly runs: readonly {
      readonly automationDetails: { readonly id: string };
      readonly results: readonly unknown[];
    }[];
  }
  const runs = async (files: Files, args: readonly string[]): Promise<unknown> =>
    (JSON.parse(await printed("sarif", files, args)) as Sarif).runs.map(({ automationDetails, results }) => [
      automationDetails.id,
      results.length,
    ]);
  const folders = (count: number): Files =>
    Object.fromEntries(
      Array.from({ length: count }, (_, i) => [`d${10 + i}/a.tf.json`, terraform({ aks: bad })]),
    );

  test("has a run for each of up to 20 inputs, else one for all", async () => {
    expect(await runs(folders(20), ["."])).toHaveLength(20);
    expect(await runs(folders(21), ["."])).toEqual([["aks-network-policy/", 21]]);
    expect(await runs({ "d/a.md": "" }, ["d"])).toEqual([["aks-network-policy/", 0]]);
  });

  test("is not written as one run for all if a file could not be read", async () => {
    expect(await printed("sarif", { ...folders(21), "a.tf.json": "{" }, ["."])).toBe("");
    expect(await runs({ ...folders(2), "a.tf.json": "{" }, ["."])).toEqual([
      ["aks-network-policy/d10/a.tf.json/", 1],
      ["aks-network-policy/d11/a.tf.json/", 1],
    ]);
  });

  test("has the part of a rule's page about the fix, with links that work elsewhere", async () => {
    const page = [
      "<!-- how it is generated -->",
      "# A rule",
      "[a b](../../README.md#x-y), [c d](../README.md#z), [e f](../limits.md#q), [g](https://h)",
      "",
      "## What is checked",
      "no more",
    ].join("\n");
    const text = formatted("sarif", await reportOf({}), { ...options, pageOfRule: () => page });
    const sarif = JSON.parse(text ?? "") as {
      runs: { tool: { driver: { rules: { help: { markdown: string } }[] } } }[];
    };
    const npm = "https://www.npmjs.com/package/aks-network-policy-pack";
    expect(sarif.runs[0]?.tool.driver.rules[0]?.help.markdown).toBe(
      `# A rule\n[a b](${npm}#x-y), [c d](${npm}#z), e f, [g](https://h)`,
    );
  });

  test("has no link that a name brings along", async () => {
    const out = await printed("sarif", { "a.json": [], "[x y](z).tf.json": "{" }, ["a.json", "."]);
    expect(out).toContain('"text": "\\\\[x y\\\\](z).tf.json was not checked.');
  });

  test("numbers the runs of one file", async () => {
    const template = {
      $schema: "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
      contentVersion: "1.0.0.0",
      resources: [],
    };
    const args = ["t.json", "--parameters", "p.json", "t.json"];
    expect(await runs({ "t.json": template, "p.json": { parameters: {} } }, args)).toEqual([
      ["aks-network-policy/t.json/", 0],
      ["aks-network-policy/t.json/2/", 0],
    ]);
  });
});

describe("characters with a meaning", () => {
  const name = "a;b]c%d,e:f";
  test.each<[FormatName, string]>([
    [
      "github",
      "::error title=network-policy-configured%3A a;b]c%25d%2Ce%3Af::networkProfile.networkPolicy is",
    ],
    [
      "azure",
      "##vso[task.logissue type=error;code=network-policy-configured]a;b]c%AZP25d,e:f: networkProfile",
    ],
  ])("are escaped in names of clusters: %s", async (format, start) => {
    const files = { "a.json": [azure(name, { networkPolicy: "none" })] };
    expect(await printed(format, files, ["a.json"])).toContain(start);
  });

  test.each<[FormatName, string]>([
    ["github", "::error file=d;]%25%2C%3A/a.tf.json,line=4,title="],
    ["azure", "##vso[task.logissue type=error;sourcepath=d%3B%5D%AZP25,:/a.tf.json;linenumber=4;code="],
  ])("are escaped in names of files: %s", async (format, start) => {
    const files = { "d;]%,:/a.tf.json": terraform({ aks: bad }) };
    expect(await printed(format, files, ["."])).toContain(start);
  });
});

describe("what could not be checked, and what a document does not show:", () => {
  const plan = { format_version: "1.2", complete: false, resource_changes: [], configuration: {} };
  const files = { "d/plan.json": plan, "d/b.tf.json": "{" };
  const unread = "d/b.tf.json was not checked. It is not JSON: line 1, column 2.";
  const note = "d/plan.json: The plan is incomplete";

  test("GitLab", async () => {
    const fingerprint = (text: string): string => createHash("sha256").update(text).digest("hex");
    expect(JSON.parse(await printed("gitlab", files, ["d"]))).toEqual([
      {
        description: unread,
        check_name: "not-checked",
        fingerprint: fingerprint("not-checked|d/b.tf.json"),
        severity: "blocker",
        location: { path: "d/b.tf.json", lines: { begin: 1 } },
      },
      {
        description: expect.stringContaining(note) as string,
        check_name: "not-shown",
        fingerprint: fingerprint("not-shown|d/plan.json|the plan is incomplete"),
        severity: "minor",
        location: { path: "d/plan.json", lines: { begin: 1 } },
      },
    ]);
  });

  test("JUnit", async () => {
    const out = await printed("junit", files, ["d"]);
    const time = 'time="0" timestamp="2026-11-23T00:00:00"';
    expect(out).toContain(
      `  <testsuite name="d/b.tf.json" tests="1" failures="0" errors="1" skipped="0" ${time}>\n    <testcase name="can be read" classname="d/b.tf.json" time="0"><error type="error" message="It is not JSON: line 1, column 2."></error></testcase>\n  </testsuite>\n  <testsuite name="d/plan.json" tests="2" failures="0" errors="0" skipped="2" ${time}>\n    <testcase name="shows everything: the plan is incomplete" classname="d/plan.json" time="0"><skipped message="The plan is incomplete`,
    );
    expect(out).toMatch(/The plan is incomplete[^<>"]*"><\/skipped>/);
  });

  test("GitHub and Azure Pipelines", async () => {
    const github = (await printed("github", files, ["d"])).split("\n");
    expect(github[0]).toBe(`::error file=d/b.tf.json::${unread}`);
    expect(github[1]).toContain(`::warning file=d/plan.json::${note}`);
    const pipelines = (await printed("azure", files, ["d"])).split("\n");
    expect(pipelines[0]).toBe(`##vso[task.logissue type=error]${unread}`);
    expect(pipelines[1]).toContain(`##vso[task.logissue type=warning]${note}`);
  });

  test("SARIF and Markdown", async () => {
    const { runs } = JSON.parse(await printed("sarif", files, ["d"])) as { runs: { invocations: unknown }[] };
    expect(runs.map(({ invocations }) => invocations)).toEqual([
      [
        {
          executionSuccessful: false,
          toolExecutionNotifications: [
            { level: "error", message: { text: unread } },
            { level: "warning", message: { text: expect.stringContaining(note) as string } },
          ],
        },
      ],
    ]);
    expect(await printed("markdown", files, ["d"])).toContain(`\n\n- ❌ ${unread}\n- ⚠️ ${note}`);
  });
});

test("JSON shows every character that steers a terminal or is not seen", () => {
  expect(jsonText({ a: "\u00ad\u{e0001}\u007f\u2028 ##[x] ##vso[y] #\n" })).toBe(
    `{\n  "a": "\\u00ad\\udb40\\udc01\\u007f\\u2028 \\u0023#[x] \\u0023#vso[y] #\\n"\n}\n`,
  );
});

test("GitLab shows a rule of medium severity as major", async () => {
  const old = { network_profile: { network_plugin: "azure", network_policy: "azure" } };
  const report = await reportOf({ aks: old });
  const clusters = report.clusters.map((cluster) => ({
    ...cluster,
    findings: cluster.findings.map((each) => ({ ...each, kind: "failure", level: "error" }) as const),
  }));
  const text = formatted("gitlab", { ...report, clusters }, options);
  expect(JSON.parse(text ?? "")).toMatchObject([
    { check_name: "network-policy-supported", severity: "major" },
  ]);
});

describe("the text", () => {
  test("has colors by level, state and result", async () => {
    const { out } = await commandIn(files, ["check", ...args], { colors: true });
    const list = await commandIn(files, ["exemptions", "--config", "config.json"], { colors: true });
    await expect(`${out}\n${list.out}`.replaceAll("\u001b", "␛")).toMatchFileSnapshot(
      "../words/check.colors.txt",
    );
  });

  test("keeps the spaces in a fix, and its place below what was found", async () => {
    const report = await reportOf({ aks: bad });
    const clusters = report.clusters.map((cluster) => ({
      ...cluster,
      findings: cluster.findings.map((each) => ({
        ...each,
        message: "first\n     a     b\nRule: x",
        why: null,
      })),
    }));
    expect(formatted("text", { ...report, clusters }, { ...options, shows: "errors" })).toBe(
      [
        "error  network-policy-configured  1 cluster",
        "https://www.npmjs.com/package/aks-network-policy-pack#network-policy-configured",
        "",
        "  azurerm_kubernetes_cluster.aks  a.tf.json:4",
        "    first",
        "      a     b",
        "",
        "1 cluster in 1 input: 1 failing.",
        "",
      ].join("\n"),
    );
  });

  test.each([
    [null, " network-policy-configured  a.b  since 2026-11-01"],
    ["shop", " network-policy-configured  shop:a.b  since 2026-11-01"],
  ])("lists what is gone from a baseline, in %j", async (scope, line) => {
    const report = await reportOf({ aks: good });
    const gone = [
      {
        rule: "network-policy-configured",
        in: scope,
        address: "a.b",
        since: "2026-11-01",
        fingerprint: "f",
      },
    ] as const;
    const baseline = { writtenOn: "2026-11-01", owner: null, oldest: null, isOld: false, gone };
    expect(
      formatted("text", { ...report, baseline }, options)
        ?.split("\n")
        .slice(0, 3),
    ).toEqual([
      "gone  baseline  1 finding",
      "Fixed, removed or exempted. A baseline that is written again leaves them out.",
      line,
    ]);
  });
});

test.each([
  ["a/b", "a/b"],
  ["./a/b", "a/b"],
  ["../../a/./b", "a/b"],
  ["a//b/../c", "a/c"],
  ["/a/b", "a/b"],
  [".", ""],
])("the path %s is %s in the repository", (path, inRepository) => {
  expect(fileInRepository(path)).toBe(inRepository);
});

test.each([
  [{ file: "a/b.json" }, "a/b.json"],
  [{ file: "-" }, "standard-input"],
  [{ file: null }, "standard-input"],
  [undefined, "standard-input"],
])("the input %j is named %s", (input, name) => {
  expect(nameOfInput(input)).toBe(name);
});
