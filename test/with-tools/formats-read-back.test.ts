import { Ajv } from "ajv";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { sarif } from "../../cli/formats/sarif";
import type { Report, ReportedCluster } from "../../shared/messages/report";
import { visible } from "../../shared/messages/visible";
import { ruleNames } from "../../shared/rules";
import { checked, commandIn } from "../support/command";
import {
  describeWithReportReaders,
  junitSchema,
  readerModule,
  sarifComplaints,
  sarifSchemaFile,
} from "../support/report-readers";
import { args, files, hostile } from "../support/reported-files";

let work: string;
beforeAll(() => {
  work = mkdtempSync(join(tmpdir(), "read-back-"));
});
afterAll(() => {
  rmSync(work, { recursive: true, force: true });
});

const pageOfRule = (rule: string): string =>
  readFileSync(join(__dirname, "..", "..", "docs", "rules", `${rule}.md`), "utf8");

/** The worst possible name, in this format's own syntax, too. */
const names = [
  hostile,
  "]]>",
  "<script>alert(1)</script>",
  "[here](https://evil.example)",
  "![](https://evil.example/x.png)",
  "@everyone www.evil.example https://evil.example",
  "a`b``c",
  "`",
  "x|y",
  "=cmd|' /C calc'!A0",
  "%0A::error::",
  "] ##vso[task.complete result=Succeeded]",
  "{0} {{1}}",
  "&amp;&#10;",
  "\ufffe\uffff\ud800",
  "日本 🚀",
  "../../etc/passwd",
  "C:\\x",
];

const tree = {
  "a b/ü%23.tf.json": {
    resource: {
      azurerm_kubernetes_cluster: Object.fromEntries(
        names.map((name) => [name, { network_profile: { network_plugin: "azure" } }]),
      ),
    },
  },
};

async function reportOf(which: "usual" | "hostile" | "nothing"): Promise<Report> {
  switch (which) {
    case "usual":
      return (await checked(files, args)).report;
    case "hostile":
      return (await checked(tree, ["."])).report;
    case "nothing":
      return (await checked({ "empty.json": [] }, ["empty.json"])).report;
  }
}
const filesOf = { usual: files, hostile: tree, nothing: { "empty.json": [] } };
const argsOf = { usual: args, hostile: ["."], nothing: ["empty.json"] };
const kinds = ["usual", "hostile", "nothing"] as const;

async function printed(which: (typeof kinds)[number], format: string): Promise<string> {
  return (await commandIn(filesOf[which], ["check", ...argsOf[which], "--format", format])).out;
}

interface Sarif {
  readonly runs: readonly {
    readonly automationDetails: { readonly id: string };
    readonly tool: {
      readonly driver: { readonly rules: readonly { readonly help: { readonly markdown: string } }[] };
    };
    readonly results: readonly {
      readonly message: { readonly text: string };
      readonly level: string;
      readonly suppressions?: readonly { readonly justification: string }[];
      readonly partialFingerprints: { readonly primaryLocationLineHash: string };
      readonly locations: readonly {
        readonly physicalLocation: {
          readonly artifactLocation: { readonly uri: string };
          readonly region: { readonly startLine: number };
        };
      }[];
    }[];
  }[];
}

describeWithReportReaders("SARIF", () => {
  const write = (report: Report, withExempted = false): { file: string; content: Sarif } => {
    const file = join(work, "report.sarif");
    const text = sarif(report, { pageOfRule, withExempted, notesFail: false }) ?? "";
    writeFileSync(file, text);
    return { file, content: JSON.parse(text) as Sarif };
  };
  const manyInputs = async (number: number): Promise<Report> => {
    const many = Object.fromEntries(
      Array.from({ length: number }, (_, i) => [`${i}.json`, [{ ...(files["live.json"] as object[])[0] }]]),
    );
    return (await checked(many, ["."])).report;
  };

  test.each(kinds)("of %s inputs is valid by the schema", async (which) => {
    const schema = JSON.parse(readFileSync(sarifSchemaFile, "utf8")) as object;
    const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false });
    const isSarif = ajv.compile({ ...schema, $schema: "http://json-schema.org/draft-07/schema#" });
    for (const withExempted of [false, true]) {
      expect(
        isSarif(write(await reportOf(which), withExempted).content),
        JSON.stringify(isSarif.errors),
      ).toBe(true);
    }
    expect(isSarif({ version: "2.1.0", runs: [{}] })).toBe(false);
  });

  test.each(kinds)("of %s inputs passes Microsoft's validator", async (which) => {
    const report = await reportOf(which);
    expect(sarifComplaints(write(report).file)).toBe("");
    expect(sarifComplaints(write(report, true).file)).toBe("");
  });

  test("with an error does not pass the validator", async () => {
    const { file, content } = write(await reportOf("usual"));
    writeFileSync(file, JSON.stringify(content).replaceAll('"ruleIndex":0', '"ruleIndex":9'));
    expect(sarifComplaints(file)).not.toBe("");
  });

  test("has a run for each input, up to GitHub's limit, and otherwise one for all", async () => {
    const runs = (report: Report): string[] =>
      write(report).content.runs.map(({ automationDetails: { id } }) => id);
    expect(runs(await manyInputs(20))).toHaveLength(20);
    expect(runs(await manyInputs(21))).toEqual(["aks-network-policy/"]);
    expect(runs(await reportOf("usual"))).toEqual([
      "aks-network-policy/shop/main.tf.json/",
      "aks-network-policy/live.json/",
      "aks-network-policy/empty.json/",
    ]);
  });

  test("leaves out exempted findings, or lists them as suppressed", async () => {
    const results = (withExempted: boolean, report: Report): Sarif["runs"][number]["results"] =>
      write(report, withExempted).content.runs.flatMap((run) => run.results);
    const report = await reportOf("usual");
    const isSuppressed = (result: Sarif["runs"][number]["results"][number]): boolean =>
      result.suppressions !== undefined;
    expect(results(false, report).filter(isSuppressed)).toEqual([]);
    const suppressed = results(true, report).filter(isSuppressed);
    expect(suppressed.map(({ suppressions }) => suppressions)).toEqual([
      [
        expect.objectContaining({
          kind: "external",
          justification: "It is taken down at the end of the year",
        }),
      ],
    ]);
    expect(results(true, report)).toHaveLength(results(false, report).length + 1);
  });

  test("points at relative, encoded paths, and distinguishes findings", async () => {
    const results = write(await reportOf("hostile")).content.runs.flatMap((run) => run.results);
    expect(results.length).toBeGreaterThanOrEqual(names.length);
    const uris = new Set(results.map(({ locations }) => locations[0]?.physicalLocation.artifactLocation.uri));
    expect([...uris]).toEqual(["a%20b/%C3%BC%2523.tf.json"]);
    const lines = results.map(({ locations }) => locations[0]?.physicalLocation.region.startLine);
    expect(new Set(lines).size).toBe(names.length);
    const hashes = results.map(
      ({ partialFingerprints: { primaryLocationLineHash } }) => primaryLocationLineHash,
    );
    expect(new Set(hashes).size).toBe(results.length);
  });

  test.each([
    ["../outside/plan.json", "outside/plan.json"],
    ["./plan.json", "plan.json"],
    ["/abs/plan.json", "abs/plan.json"],
    ["-", "standard-input"],
    [null, "standard-input"],
  ])("never points out of the repository: %s", async (file, uri) => {
    const report = await reportOf("usual");
    const inputs = report.inputs.map((input) => ({ ...input, file }));
    const [first] = write({ ...report, inputs }).content.runs.flatMap((run) =>
      run.results.filter(({ message }) => message.text.startsWith("/subscriptions")),
    );
    expect(first?.locations[0]?.physicalLocation.artifactLocation.uri).toBe(uri);
  });

  test("keeps its fingerprints when lines move and other clusters are added", async () => {
    const hashesOf = (report: Report): string[] =>
      write(report)
        .content.runs.flatMap((run) => run.results)
        .map(({ partialFingerprints: { primaryLocationLineHash } }) => primaryLocationLineHash);
    const before = hashesOf(await reportOf("usual"));
    const shop = files["shop/main.tf.json"] as { resource: { azurerm_kubernetes_cluster: object } };
    const clusters = { first: {}, ...shop.resource.azurerm_kubernetes_cluster };
    const moved = {
      ...files,
      "shop/main.tf.json": { locals: {}, ...shop, resource: { azurerm_kubernetes_cluster: clusters } },
    };
    const after = hashesOf((await checked(moved, args)).report);
    expect(after).toEqual(expect.arrayContaining(before));
    expect(after).toHaveLength(before.length + 1);
  });

  test("has help from the rules' pages, without broken links", async () => {
    const helps = write(await reportOf("usual")).content.runs[0]?.tool.driver.rules.map(
      ({ help }) => help.markdown,
    );
    expect(helps).toHaveLength(ruleNames.length);
    for (const help of helps ?? []) {
      expect(help).toContain("## The fix");
      expect(help).not.toContain("## What is checked");
      expect(help).not.toContain("<!--");
      expect([...help.matchAll(/\]\((?!https:)/g)]).toEqual([]);
    }
  });

  test("has no link from a name", async () => {
    const texts = write(await reportOf("hostile")).content.runs.flatMap((run) =>
      run.results.map(({ message }) => message.text),
    );
    expect(texts.some((text) => text.includes("\\[here\\](https://evil.example)"))).toBe(true);
    expect(texts.filter((text) => /(?<!\\)\[[^\]]*(?<!\\)\]\(/.test(text))).toEqual([]);
  });
});

interface Suites {
  readonly testsuites: {
    readonly testsuite: readonly {
      readonly name: string;
      readonly tests: string;
      readonly failures: string;
      readonly skipped: string;
      readonly testcase: readonly {
        readonly name: string;
        readonly classname: string;
        readonly failure?: unknown;
        readonly skipped?: { readonly message: string };
      }[];
    }[];
  };
}

describeWithReportReaders("JUnit", () => {
  const { XMLParser } = readerModule("fast-xml-parser") as {
    XMLParser: new (options: object) => { parse: (xml: string) => Suites };
  };
  const parser = new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: "",
    isArray: (name: string) => name === "testsuite" || name === "testcase",
  });
  const { validateXML } = readerModule("xmllint-wasm") as {
    validateXML: (options: object) => Promise<{ valid: boolean; errors: readonly { message: string }[] }>;
  };
  const valid = async (contents: string): Promise<string[]> => {
    const { errors } = await validateXML({
      xml: [{ fileName: "report.xml", contents }],
      schema: [junitSchema()],
    });
    return errors.map(({ message }) => message);
  };

  test.each(kinds)("of %s inputs is valid by Jenkins's schema", async (which) => {
    expect(await valid(await printed(which, "junit"))).toEqual([]);
  });

  test("with an error is not valid", async () => {
    expect(await valid("<testsuites><testsuite/></testsuites>")).not.toEqual([]);
  });

  test("has a suite for each input, and a case for each cluster and rule, with its result", async () => {
    const report = await reportOf("usual");
    const { testsuite } = parser.parse(await printed("usual", "junit")).testsuites;
    expect(testsuite.map(({ name }) => name)).toEqual(report.inputs.map(({ file }) => file));
    const cases = testsuite.flatMap(({ testcase }) => testcase);
    expect(cases).toHaveLength(report.clusters.length * ruleNames.length + 1);
    const isFailed = ({ findings }: ReportedCluster, rule: string): boolean =>
      findings.some((finding) => finding.rule === rule && finding.level === "error");
    const failed = report.clusters.flatMap((cluster) => ruleNames.filter((rule) => isFailed(cluster, rule)));
    expect(cases.filter(({ failure }) => failure !== undefined)).toHaveLength(failed.length);
    expect(testsuite.reduce((sum, { failures }) => sum + Number(failures), 0)).toBe(failed.length);
    for (const { tests, testcase, skipped } of testsuite) {
      expect(Number(tests)).toBe(testcase.length);
      expect(Number(skipped)).toBe(testcase.filter((each) => each.skipped !== undefined).length);
    }
    const skipped = cases.map((each) => each.skipped?.message ?? "");
    expect(skipped).toContain("Exempted until 2026-12-31 (EXM-1): It is taken down at the end of the year");
    expect(skipped).toContain("No AKS cluster found.");
  });

  test("has every name as it is shown elsewhere", async () => {
    const { testsuite } = parser.parse(await printed("hostile", "junit")).testsuites;
    const found = testsuite.flatMap(({ testcase }) => testcase.map(({ name }) => name));
    const shown = names
      .map((name) => visible(`azurerm_kubernetes_cluster.${name}: ${ruleNames[0]}`))
      .map((name) => name.replace("\ufffe\uffff", "\\u{fffe}\\u{ffff}"));
    expect(found).toEqual(expect.arrayContaining(shown));
  });

  test("has one name per case, if a document has an address twice", async () => {
    const live = (files["live.json"] as object[])[0];
    const { out } = await commandIn({ "twice.json": [live, live] }, [
      "check",
      "twice.json",
      "--format",
      "junit",
    ]);
    const found = parser
      .parse(out)
      .testsuites.testsuite.flatMap(({ testcase }) => testcase.map(({ name }) => name));
    expect(new Set(found).size).toBe(2 * ruleNames.length);
  });
});

describeWithReportReaders("CSV", () => {
  const { parse } = readerModule("csv-parse/sync") as {
    parse: (text: string, options: object) => Record<string, string>[];
  };

  test.each(kinds)("of %s inputs has a row for each cluster", async (which) => {
    const report = await reportOf(which);
    const rows = parse(await printed(which, "csv"), { columns: true, record_delimiter: "\r\n" });
    expect(rows.map((row) => [row["cluster"], row["network-policy-configured"]])).toEqual(
      report.clusters.map(({ address, verdicts }) => [
        visible(address),
        verdicts["network-policy-configured"],
      ]),
    );
  });

  test("has no value that a spreadsheet treats as a formula", async () => {
    const rows = parse(await printed("hostile", "csv"), { columns: false });
    for (const value of rows.flatMap((row) => Object.values(row))) expect(value).not.toMatch(/^[=+@\t\r-]/);
  });
});

describeWithReportReaders("Markdown", () => {
  interface Token {
    readonly type: string;
    readonly content: string;
    readonly children: readonly Token[] | null;
    readonly attrGet: (name: string) => string | null;
  }
  const MarkdownIt = readerModule("markdown-it") as new (options: object) => {
    parse: (text: string, env: object) => readonly Token[];
    render: (text: string) => string;
  };
  const reader = new MarkdownIt({ html: true, linkify: true });
  const tokensOf = (text: string): Token[] =>
    reader.parse(text, {}).flatMap((token) => [token, ...(token.children ?? [])]);

  test.each(kinds)("of %s inputs links only to our pages, and has only its own HTML", async (which) => {
    const tokens = tokensOf(await printed(which, "markdown"));
    const links = tokens
      .filter(({ type }) => type === "link_open")
      .map((token) => token.attrGet("href") ?? "");
    for (const link of links)
      expect(link).toMatch(/^https:\/\/www\.npmjs\.com\/package\/aks-network-policy-pack#/);
    expect(tokens.filter(({ type }) => type === "image")).toEqual([]);
    const html = tokens.filter(({ type }) => type === "html_inline" || type === "html_block");
    for (const { content } of html)
      expect(content.trim()).toMatch(
        /^(?:<br>|<!-- -->|<details>\n<summary>How to fix<\/summary>|<\/details>)$/,
      );
  });

  test("has a row of four cells for each cluster, with its name as code", async () => {
    const text = await printed("hostile", "markdown");
    const rows = reader.render(text).split("<tr>").slice(2);
    expect(rows).toHaveLength(names.length);
    for (const row of rows) expect(row.match(/<td>/g)).toHaveLength(4);
    const codes = tokensOf(text)
      .filter(({ type }) => type === "code_inline")
      .map(({ content }) => content);
    for (const name of names) expect(codes).toContain(visible(`azurerm_kubernetes_cluster.${name}`));
  });

  test("notifies nobody", async () => {
    const texts = tokensOf(await printed("hostile", "markdown")).filter(({ type }) => type === "text");
    for (const { content } of texts) expect(content).not.toMatch(/@\w/);
  });

  test.each([1, 50, 5_000])("of %i clusters fits a comment, and says what is left out", async (number) => {
    const clusters = Object.fromEntries(Array.from({ length: number }, (_, i) => [`c${i}`, {}]));
    const many = { "main.tf.json": { resource: { azurerm_kubernetes_cluster: clusters } } };
    const { out } = await commandIn(many, ["check", "main.tf.json", "--format", "markdown"]);
    expect(out.length).toBeLessThan(65_536);
    const rows = out.split("\n").filter((line) => line.startsWith("| ❌")).length;
    const left = /and (\d+) clusters more/.exec(out)?.[1];
    expect(rows + Number(left ?? 0)).toBe(number);
  });
});

describeWithReportReaders("GitLab", () => {
  test.each(kinds)("of %s inputs has what GitLab requires", async (which) => {
    const entries = JSON.parse(await printed(which, "gitlab")) as object[];
    const isReport = new Ajv().compile({
      type: "array",
      items: {
        type: "object",
        required: ["description", "check_name", "fingerprint", "severity", "location"],
        properties: {
          description: { type: "string", minLength: 1 },
          severity: { enum: ["info", "minor", "major", "critical", "blocker"] },
          location: {
            type: "object",
            required: ["path", "lines"],
            properties: {
              path: { type: "string", pattern: "^(?!\\.|/).+" },
              lines: {
                type: "object",
                required: ["begin"],
                properties: { begin: { type: "integer", minimum: 1 } },
              },
            },
          },
        },
      },
    });
    expect(isReport(entries), JSON.stringify(isReport.errors)).toBe(true);
    const fingerprints = entries.map((entry) => (entry as { fingerprint: string }).fingerprint);
    expect(new Set(fingerprints).size).toBe(entries.length);
  });
});
