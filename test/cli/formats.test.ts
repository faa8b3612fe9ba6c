import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { FormatName } from "../../cli/formats";
import { formatNames } from "../../cli/formats";
import type { Files } from "../support/command";
import { checked, commandIn } from "../support/command";
import { args, files, hostile } from "../support/reported-files";

/** The file with a format's expected output. */
const golden: Readonly<Record<FormatName, string>> = {
  text: "check.txt",
  json: "check.json",
  sarif: "check.sarif.json",
  junit: "check.junit.xml",
  markdown: "check.markdown.md",
  github: "check.github.txt",
  gitlab: "check.gitlab.json",
  azure: "check.azure.txt",
  csv: "check.csv",
};

const printed = (format: string, more: readonly string[] = []): ReturnType<typeof commandIn> =>
  commandIn(files, ["check", ...args, "--format", format, ...more]);

describe.each(formatNames)("%s", (format) => {
  test("is one text for one input", async () => {
    const { code, out } = await printed(format);
    expect(code).toBe(1);
    // A snapshot file has one kind of line break; `formats-read-back` tests those of CSV.
    await expect(out.replaceAll("\r\n", "\n")).toMatchFileSnapshot(`../words/${golden[format]}`);
  });

  test("ends with a line break, and has no control character and no value of the user's", async () => {
    const { out, error } = await printed(format);
    expect(out).toMatch(/\S\r?\n$/);
    const steers = /(?!\n)[\p{Cc}\u202e]/u;
    expect(`${out.replaceAll("\r\n", "\n")}${error}`).not.toMatch(steers);
    expect(out).not.toContain("sk-secret");
  });

  test("runs no command hidden in a name", async () => {
    const { out } = await printed(format);
    const commands = out.split("\n").filter((line) => /^\s*(?:::|##(?:vso)?\[)/.test(line));
    const own = { github: /^::(?:error|warning|notice) /, azure: /^##vso\[task\.logissue type=/ };
    for (const line of commands)
      expect(line).toMatch(format === "github" || format === "azure" ? own[format] : /^$/);
    expect(commands.length > 0).toBe(format === "github" || format === "azure");
  });

  test("has no pipeline command made from a name", async () => {
    const names = ["::stop-commands::x", "  ::error::x", "##vso[task.setvariable variable=P]x", "##[error]x"];
    const clusters = names.map((name) => ({
      name,
      type: "Microsoft.ContainerService/ManagedClusters",
      kubernetesVersion: "1.33.1",
      networkProfile: { networkPolicy: "none" },
    }));
    const files = { "live.json": clusters, "d/##vso[x]y.tf.json": "{", "::warning::z.json": "no JSON" };
    const { out, error } = await commandIn(files, [
      "check",
      "live.json",
      "d",
      "::warning::z.json",
      "--format",
      format,
    ]);
    const own = { github: /^::(?:error|warning|notice) /, azure: /^##vso\[task\.logissue type=/ };
    const lines = `${out}\n${error}`.split("\n").map((line) => {
      const start = format === "github" || format === "azure" ? own[format].exec(line) : null;
      return line.slice(start?.[0].length ?? 0);
    });
    expect(lines.filter((line) => /^\s*::|##(?:vso)?\[/i.test(line))).toEqual([]);
  });

  test("reports which file was not checked, even if no file could be read", async () => {
    const unread = { "a/broken.tf.json": "{", "plan.json": "PK\u0003\u0004" };
    const { code, out, error } = await commandIn(unread, ["check", "a", "plan.json", "--format", format]);
    expect(code).toBe(2);
    expect(error).toContain("broken.tf.json");
    // A SARIF run for all inputs would close the alerts of those that could not be read.
    if (format === "sarif") {
      expect([out, error.includes("sarif: not written")]).toEqual(["", true]);
      return;
    }
    const listsFiles = format !== "text" && format !== "csv";
    expect(out.includes("a/broken.tf.json")).toBe(listsFiles);
    expect(out.includes("plan.json")).toBe(listsFiles);
  });

  test.each([
    ["warn", 0],
    ["fail", 1],
  ])("reports that a plan does not show everything: %s", async (unknown, code) => {
    const plan = {
      format_version: "1.2",
      terraform_version: "1.11.4",
      complete: false,
      planned_values: { root_module: {} },
      resource_changes: [],
      configuration: { root_module: {} },
    };
    const config = { "network-policy-configured": { unknown } };
    const run = await commandIn({ "plan.json": plan, "c.json": config }, [
      "check",
      ...["plan.json", "--config", "c.json", "--allow-none", "--format", format],
    ]);
    expect(run.code).toBe(code);
    const saying = {
      text: /^/,
      csv: /^/,
      json: /the plan is incomplete/,
      sarif:
        code === 1
          ? /"level": "error",\s*"message": \{\s*"text": "plan.json: The plan is incomplete/
          : /"warning"/,
      junit:
        code === 1
          ? /<failure type="failure" message="The plan is incomplete/
          : /<skipped message="The plan is incomplete/,
      markdown:
        code === 1
          ? /^## ❌ .*1 input may not show every cluster/
          : /^## ⚠️ .*1 input may not show every cluster/,
      github:
        code === 1
          ? /^::error file=plan.json::plan.json: The plan/
          : /^::warning file=plan.json::plan.json: The plan/,
      gitlab: code === 1 ? /"severity": "critical"/ : /"severity": "minor"/,
      azure: code === 1 ? /type=error\]plan.json: The plan/ : /type=warning\]plan.json: The plan/,
    } as const satisfies Record<FormatName, RegExp>;
    expect(run.out).toMatch(saying[format]);
  });

  test("is valid without any cluster", async () => {
    const { code, out } = await commandIn({ "empty.json": [] }, ["check", "empty.json", "--format", format]);
    expect(code).toBe(3);
    expect(out).not.toBe("");
  });
});

describe("json", () => {
  test("is valid by its schema", async () => {
    const { report } = await checked(files, args);
    expect(report.clusters).toHaveLength(11);
  });

  test("parses to the same value as with terminal control characters", async () => {
    const { out } = await printed("json");
    const { clusters } = JSON.parse(out) as { clusters: { address: string }[] };
    expect(clusters.map(({ address }) => address)).toContain(`azurerm_kubernetes_cluster.${hostile}`);
  });
});

describe("github", () => {
  const summary = "summary.md";
  /** What is in the summary after a run. */
  async function summaryAfter(written: Files, more: readonly string[]): Promise<string> {
    let text = "";
    await commandIn(written, ["check", ...more], {
      stepSummary: summary,
      after: (folder) => (text = readFileSync(`${folder}/${summary}`, "utf8")),
    });
    return text;
  }

  test("appends the summary to the file that the job names", async () => {
    let written = "";
    const { out } = await commandIn(
      { ...files, [summary]: "before\n" },
      ["check", ...args, "--format", "github"],
      { stepSummary: summary, after: (folder) => (written = readFileSync(`${folder}/${summary}`, "utf8")) },
    );
    const markdown = await printed("markdown");
    expect(written).toBe(`before\n${markdown.out}`);
    expect(out).toBe((await printed("github")).out);
  });

  test("appends a summary that says whether what a document does not show fails", async () => {
    const plan = { format_version: "1.2", complete: false, resource_changes: [], configuration: {} };
    const config = { "network-policy-configured": { unknown: "fail" } };
    const written = await summaryAfter({ "plan.json": plan, "c.json": config }, [
      ...["plan.json", "--config", "c.json", "--format", "github"],
    ]);
    expect(written).toMatch(/^## ❌ Network policies: 1 input may not show every cluster\n/);
  });

  test("does not write the summary if the output goes to a file", async () => {
    const before = { ...files, [summary]: "before\n" };
    expect(await summaryAfter(before, [...args, "--format", "github=annotations.txt"])).toBe("before\n");
  });

  test("reports that the summary cannot be written", async () => {
    const { code, error } = await commandIn(files, ["check", ...args, "--format", "github"], {
      stepSummary: "no-such-folder/summary.md",
    });
    expect(code).toBe(2);
    expect(error).toContain("no-such-folder/summary.md: It cannot be written.");
  });

  test("shows errors before warnings, because GitHub shows ten of each", async () => {
    const { out } = await printed("github");
    const levels = out
      .split("\n")
      .filter((line) => line.startsWith("::") && line.includes("title="))
      .map((line) => line.slice(0, line.indexOf(" ")));
    expect(levels.lastIndexOf("::error")).toBeLessThan(levels.findIndex((level) => level !== "::error"));
  });
});

describe("several formats at once", () => {
  test("write their files in addition to the text", async () => {
    const written: Record<string, string> = {};
    const { out } = await commandIn(
      files,
      [
        "check",
        ...args,
        ...formatNames.filter((name) => name !== "text").flatMap((name) => ["--format", `${name}=${name}`]),
      ],
      {
        after: (folder) => {
          for (const name of formatNames.filter((each) => each !== "text"))
            written[name] = readFileSync(`${folder}/${name}`, "utf8");
        },
      },
    );
    expect(out).toBe((await printed("text")).out);
    for (const [name, text] of Object.entries(written)) expect(text).toBe((await printed(name)).out);
  });
});
