import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Baseline } from "../../shared/policy/baseline";
import type { Files, Run } from "../support/command";
import { checked, commandIn } from "../support/command";
import { bad, good, open, terraform } from "../support/terraform-documents";

function entry(name: string, changes: object = {}): object {
  const address = `azurerm_kubernetes_cluster.${name}`;
  return {
    since: "2026-11-01",
    rule: "network-policy-configured",
    in: "a.tf.json",
    address,
    fingerprint: `network-policy-configured|failure not-configured|a.tf.json|${address}`,
    ...changes,
  };
}

function baseline(...findings: readonly object[]): object {
  return { version: 1, writtenOn: "2026-11-01", findings };
}

/** Runs with `--write-baseline b.json`, and returns what the file contains afterwards. */
async function writing(
  files: Files,
  ...args: readonly string[]
): Promise<Run & { readonly text: string; readonly written: Baseline }> {
  let text = "";
  const run = await commandIn(files, ["check", ...args, "--write-baseline", "b.json"], {
    after: (folder) => (text = readFileSync(join(folder, "b.json"), "utf8")),
  });
  return { ...run, text, written: JSON.parse(text) as Baseline };
}

describe("with a baseline", () => {
  test("a finding in it is a warning with its first day, and a new one an error", async () => {
    const files = { "a.tf.json": terraform({ old: bad, new: bad }), "b.json": baseline(entry("old")) };
    const { code, report } = await checked(files, ["a.tf.json", "--baseline", "b.json"]);
    expect(code).toBe(1);
    const [old, fresh] = report.clusters.map(({ findings }) => findings[0]);
    expect(old).toMatchObject({
      level: "warning",
      kind: "failure",
      baseline: { since: "2026-11-01" },
      message: expect.stringContaining("\nIn the baseline since 2026-11-01: it is not new") as string,
    });
    expect(fresh).toMatchObject({ level: "error", kind: "failure", baseline: null });
    expect(report.clusters[0]?.verdicts["network-policy-configured"]).toBe("fail");
    expect(report.summary).toMatchObject({ clusters: 2, failing: 2, baselined: 1 });
    expect(report.baseline).toEqual({
      writtenOn: "2026-11-01",
      owner: null,
      oldest: "2026-11-01",
      isOld: false,
      gone: [],
    });
  });

  test("the text output shows it", async () => {
    const files = {
      "a.tf.json": terraform({ old: bad, good }),
      "b.json": baseline(entry("old"), entry("good", { since: "2026-01-01" })),
    };
    const { code, out } = await commandIn(files, ["check", "a.tf.json", "--baseline", "b.json"]);
    expect(code).toBe(0);
    expect(out).toMatch(/^warning {2}network-policy-configured {2}1 cluster\n/);
    expect(out).toContain(
      "    In the baseline since 2026-11-01: it is not new, but still has to be fixed.\n",
    );
    expect(out).toContain(
      "\n\ngone  baseline  1 finding\nFixed, removed or exempted. A baseline that is written again leaves them out.\n network-policy-configured  a.tf.json:azurerm_kubernetes_cluster.good  since 2026-01-01\n",
    );
    expect(out).toMatch(/\n\n2 clusters in 1 input: 1 failing \(1 in the baseline\), 1 passing\.\n$/);
    const nothingGone = { ...files, "b.json": baseline(entry("old")) };
    expect((await commandIn(nothingGone, ["check", "a.tf.json", "--baseline", "b.json"])).out).not.toContain(
      "gone",
    );
  });

  test("written after today is rejected, because it would not become old until then", async () => {
    const of = (writtenOn: string): Files => ({
      "a.tf.json": terraform({ aks: bad }),
      "b.json": { version: 1, writtenOn, findings: [entry("aks")] },
    });
    const args = ["check", "a.tf.json", "--baseline", "b.json"];
    expect(await commandIn(of("2026-11-23"), args)).toMatchObject({ code: 0, error: "" });
    expect(await commandIn(of("2026-11-24"), args)).toEqual({
      code: 2,
      out: "",
      error: 'The baseline "b.json" is invalid:\n- writtenOn is 2026-11-24, after today (2026-11-23)\n',
    });
  });

  test("is in the report if there is one, even before it is first written", async () => {
    const files = { "a.tf.json": terraform({ aks: bad }) };
    expect((await checked(files, ["a.tf.json"])).report.baseline).toBeNull();
    const { report } = await checked(files, ["a.tf.json", "--write-baseline", "b.json"]);
    expect(report.baseline).toMatchObject({ writtenOn: "2026-11-23", isOld: false, gone: [] });
  });

  const rows: readonly (readonly [string, Files, readonly string[], number])[] = [
    ["nothing is new", { "b.json": baseline(entry("aks")) }, [], 0],
    ["warnings count", { "b.json": baseline(entry("aks")) }, ["--fail-on-warning"], 1],
    ["nothing is known", { "b.json": baseline() }, [], 1],
    ["the cluster is in another file", { "b.json": baseline(inAnother("aks")) }, [], 1],
    ["the rule is advisory", { "b.json": baseline(entry("aks")), "c.json": { all: "advisory" } }, [], 0],
    ["it does not exist", {}, [], 2],
    ["it is a folder", { "b.json/x": "" }, [], 2],
    ["it is not JSON", { "b.json": "{" }, [], 2],
    ["it is a report", { "b.json": { version: 1, clusters: [] } }, [], 2],
    ["it is not valid", { "b.json": baseline(entry("aks", { since: "2026-02-30" })) }, [], 2],
  ];
  test.each(rows)("the exit code if %s", async (_title, files, args, code) => {
    const all = { "a.tf.json": terraform({ aks: bad }), "c.json": {}, ...files };
    const run = await commandIn(all, [
      "check",
      "a.tf.json",
      "--config",
      "c.json",
      "--baseline",
      "b.json",
      ...args,
    ]);
    expect(run.code).toBe(code);
  });
  function inAnother(name: string): object {
    const address = `azurerm_kubernetes_cluster.${name}`;
    const fingerprint = `network-policy-configured|failure not-configured|b.tf.json|${address}`;
    return entry(name, { in: "b.tf.json", fingerprint });
  }

  test.each([
    [undefined, 'The baseline "b.json" cannot be used. There is no such file.\n'],
    ["[1,", 'The baseline "b.json" cannot be used. It is not JSON: line 1, column 4.\n'],
    [
      { version: 2, writtenOn: "2026-11-01", findings: [] },
      'The baseline "b.json" is invalid:\n- baseline.version is 2; expected 1\n',
    ],
    [
      baseline({ ...entry("aks"), rule: "network-policy-configred" }),
      'The baseline "b.json" is invalid:\n- baseline.findings[0].rule is "network-policy-configred"; expected one of network-policy-configured, network-policy-compatible, network-policy-supported (did you mean "network-policy-configured"?)\n',
    ],
  ])("%j is refused by name", async (content, words) => {
    const files: Files = {
      "a.tf.json": terraform({ aks: good }),
      ...(content === undefined ? {} : { "b.json": content }),
    };
    const { code, out, error } = await commandIn(files, ["check", "a.tf.json", "--baseline", "b.json"]);
    expect([code, out, error]).toEqual([2, "", words]);
  });

  test.each([
    ["2026-05-27", false],
    ["2026-05-26", true],
    // 2028 is after this run, but its leap day exists.
    ["2024-02-29", true],
  ])("one with a finding since %s is old: %s", async (since, isOld) => {
    const files = {
      "a.tf.json": terraform({ aks: bad }),
      "b.json": { ...baseline(entry("aks", { since })), owner: "team-shop" },
    };
    const args = ["a.tf.json", "--baseline", "b.json"];
    const { code, report } = await checked(files, args);
    expect([code, report.baseline?.isOld, report.baseline?.oldest]).toEqual([0, isOld, since]);
    const words = `\n\nwarning  baseline\n  The baseline (owner team-shop) has findings since ${since}, which is more than 180 days ago.\n`;
    expect((await commandIn(files, ["check", ...args])).out.includes(words)).toBe(isOld);
  });

  test("an old one is a warning, even if none of it was checked", async () => {
    const known = entry("aks", {
      since: "2026-01-01",
      in: "s",
      fingerprint: "network-policy-configured|x|s|azurerm_kubernetes_cluster.aks",
    });
    const files = { "a.tf.json": terraform({ aks: good }), "b.json": baseline(known) };
    const args = ["check", "a.tf.json", "--baseline", "b.json"];
    expect((await commandIn(files, args)).code).toBe(0);
    expect((await commandIn(files, [...args, "--fail-on-warning"])).code).toBe(1);
  });

  test("gone findings make it no older, and fail no pipeline", async () => {
    const files = {
      "a.tf.json": terraform({ aks: good }),
      "b.json": baseline(entry("aks", { since: "2026-01-01" })),
    };
    const args = ["a.tf.json", "--baseline", "b.json", "--fail-on-warning"];
    const { code, report } = await checked(files, args);
    expect([code, report.baseline?.isOld, report.baseline?.gone.length]).toEqual([0, false, 1]);
  });
});

describe("other formats", () => {
  const files = {
    "a.tf.json": terraform({ aks: bad, good }),
    "b.json": baseline(entry("aks", { since: "2026-01-01" })),
  };
  const printed = async (format: string): Promise<string> =>
    (await commandIn(files, ["check", "a.tf.json", "--baseline", "b.json", "--format", format])).out;
  const old = "The baseline has findings since 2026-01-01, which is more than 180 days ago.";

  test.each([
    ["sarif", old],
    ["markdown", `- ⚠️ ${old}`],
    ["markdown", "## ⚠️ Network policies: 1 of 2 AKS clusters fails, which is advisory or in the baseline\n"],
    ["markdown", " In the baseline since 2026-01-01. |"],
    ["github", `::warning ::${old}`],
    ["github", "::warning file=a.tf.json,line=4,"],
    ["azure", `##vso[task.logissue type=warning]${old}`],
    ["junit", '<skipped message="In the baseline since 2026-01-01: '],
    ["gitlab", '"severity": "minor"'],
  ])("%s has %j", async (format, words) => {
    expect(await printed(format)).toContain(words);
  });

  test("report no error", async () => {
    for (const format of ["sarif", "github", "azure", "junit", "gitlab"])
      expect(await printed(format)).not.toMatch(
        /::error|type=error|<failure|"level": "error",\n\s+"message": \{\n\s+"text": "azurerm|critical|major/,
      );
  });
});

describe("an exemption takes precedence over the baseline", () => {
  const exempting = (changes: object): object => ({
    "network-policy-configured": {
      exemptions: [
        {
          id: "E1",
          target: "a.tf.json:azurerm_kubernetes_cluster.aks",
          reason: "We run our own engine on this cluster",
          category: "mitigated",
          owner: "team-shop",
          approvedBy: "security",
          createdOn: "2026-11-01",
          expiresOn: "2027-02-01",
          ...changes,
        },
      ],
    },
  });
  test.each([
    ["in force", {}, "exempt", "warning", 0],
    ["that has ended", { expiresOn: "2026-11-20" }, "failure", "error", 1],
    ["that has not begun", { createdOn: "2026-11-24" }, "failure", "error", 1],
  ])("%s", async (_title, changes, kind, level, expected) => {
    const files = {
      "a.tf.json": terraform({ aks: bad }),
      "b.json": baseline(entry("aks")),
      "c.json": exempting(changes),
    };
    const args = ["a.tf.json", "--config", "c.json", "--baseline", "b.json"];
    const { code, report } = await checked(files, args);
    expect(code).toBe(expected);
    expect(report.clusters[0]?.findings[0]).toMatchObject({ kind, level, baseline: null });
    const { written } = await writing(files, ...args);
    expect(written.findings).toEqual([]);
  });
});

describe("--write-baseline", () => {
  test("writes failures, one finding per line, and the run is clean", async () => {
    const { code, text, error } = await writing(
      { "a.tf.json": terraform({ b: bad, a: bad, open, good }) },
      "a.tf.json",
      "--owner",
      "team-shop",
    );
    expect(code).toBe(0);
    const line = (name: string): string => `    ${JSON.stringify(entry(name, { since: "2026-11-23" }))}`;
    expect(text).toBe(
      `{\n  "version": 1,\n  "writtenOn": "2026-11-23",\n  "owner": "team-shop",\n  "findings": [\n${line("a")},\n${line("b")}\n  ]\n}\n`,
    );
    expect(error).toBe("b.json: 2 findings: 2 new, 0 known, 0 not judged here. 0 dropped.\n");
  });

  test("keeps days, owner and what was not checked, and drops what is gone", async () => {
    const elsewhere = entry("aks", {
      in: "other.tf.json",
      fingerprint: "network-policy-configured|x|other.tf.json|azurerm_kubernetes_cluster.aks",
    });
    const files = {
      "a.tf.json": terraform({ old: bad, new: bad, mended: good, open }),
      "b.json": {
        ...baseline(entry("old"), entry("mended"), entry("removed"), entry("open"), elsewhere),
        owner: "o",
      },
    };
    const { code, written, error } = await writing(files, "a.tf.json", "--baseline", "b.json");
    expect(code).toBe(0);
    expect(written).toEqual({
      version: 1,
      writtenOn: "2026-11-23",
      owner: "o",
      // Sorted by fingerprint.
      findings: [entry("new", { since: "2026-11-23" }), entry("old"), entry("open"), elsewhere],
    });
    expect(error).toBe("b.json: 4 findings: 1 new, 1 known, 2 not judged here. 2 dropped.\n");
  });

  test.each<readonly [string, Files, readonly string[], number]>([
    ["an input could not be read", { "a.tf.json": terraform({ aks: bad }) }, ["a.tf.json", "nowhere"], 2],
    ["there was no cluster", { "a.tf.json": terraform({}) }, ["a.tf.json"], 3],
    [
      "a format could not be written",
      { "a.tf.json": terraform({ aks: bad }) },
      ["a.tf.json", "--format", "json=no/such/folder.json"],
      2,
    ],
  ])("writes nothing if %s", async (_title, files, args, code) => {
    const before = JSON.stringify(baseline(entry("aks")));
    const { text, ...run } = await writing({ ...files, "b.json": before }, ...args, "--baseline", "b.json");
    expect([run.code, text]).toEqual([code, before]);
    expect(run.error).toContain("b.json: Not written, because ");
  });

  test.each([
    ["over what is no baseline", ["--write-baseline", "c.json"], 'The baseline "c.json" is invalid:'],
    ["over what is checked", ["--write-baseline", "a.tf.json"], "would overwrite another file"],
    ["an owner of nothing", ["--owner", "o"], "--owner needs --write-baseline FILE"],
    [
      "an owner of several lines",
      ["--write-baseline", "n.json", "--owner", "a\nb"],
      "--owner takes a name in one line",
    ],
    [
      "where it cannot be written",
      ["--write-baseline", "no/such/folder.json"],
      "no/such/folder.json: It cannot be written.",
    ],
  ])("does not write %s", async (_title, args, words) => {
    const files = { "a.tf.json": terraform({ aks: bad }), "b.json": baseline(), "c.json": {} };
    const { code, error } = await commandIn(files, ["check", "a.tf.json", ...args]);
    expect(code).toBe(2);
    expect(error).toContain(words);
  });

  test("keeps the days of the file that it overwrites", async () => {
    const before = JSON.stringify(baseline(entry("aks")));
    const files = { "a.tf.json": terraform({ aks: bad }), "b.json": before };
    const named = await writing(files, "a.tf.json", "--baseline", "b.json");
    expect((await writing(files, "a.tf.json")).text).toBe(named.text);
    const daysIn = ({ findings }: Baseline): string[] => findings.map(({ since }) => since);
    expect(daysIn(named.written)).toEqual(daysIn(JSON.parse(before) as Baseline));
  });

  test("does not include a cluster that could not be checked", async () => {
    const resource = {
      address: "azurerm_kubernetes_cluster.aks",
      mode: "managed",
      type: "azurerm_kubernetes_cluster",
      name: "aks",
      change: { actions: ["create"], after: 1 },
    };
    const plan = { format_version: "1.2", resource_changes: [resource] };
    const { code, written, error } = await writing({ "plan.json": plan }, "plan.json");
    expect([code, written.findings]).toEqual([1, []]);
    expect(error).toContain(
      "1 error not included: the cluster could not be judged, or an exemption names it.",
    );
    const named = entry("aks", {
      in: "plan.json",
      fingerprint: "network-policy-configured|bug|plan.json|azurerm_kubernetes_cluster.aks",
    });
    const known = await checked({ "plan.json": plan, "b.json": baseline(named) }, [
      "plan.json",
      "--baseline",
      "b.json",
    ]);
    expect(known.code).toBe(1);
    expect(known.report.clusters[0]?.findings[0]).toMatchObject({ cause: "bug", level: "error" });
  });
});

describe("an attacker's names", () => {
  const hostile = 'a"b\n::error::<b>|,]]>\u001b[31m\u202e|2';

  test("are written so that a reviewer sees them, and read back unchanged", async () => {
    const files = { "a.tf.json": terraform({ [hostile]: bad }) };
    const { text, written } = await writing(files, "a.tf.json");
    expect(text.split("\n")).toHaveLength(8);
    // eslint-disable-next-line no-control-regex -- the test looks for them
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
    expect(written.findings[0]?.address).toBe(`azurerm_kubernetes_cluster.${hostile}`);
    const { code, report } = await checked({ ...files, "b.json": text }, [
      "a.tf.json",
      "--baseline",
      "b.json",
    ]);
    expect([code, report.summary.baselined]).toEqual([0, 1]);
  });

  test("print no control character when they are gone", async () => {
    const { text } = await writing({ "a.tf.json": terraform({ [hostile]: bad }) }, "a.tf.json");
    const files = {
      "a.tf.json": terraform({ aks: good }),
      "b.json": { ...(JSON.parse(text) as object), owner: hostile.replace("\n", "") },
    };
    const { out } = await commandIn(files, ["check", "a.tf.json", "--baseline", "b.json"]);
    expect(out).toContain("gone  baseline  1 finding");
    // eslint-disable-next-line no-control-regex -- the test looks for them
    expect(out).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
    expect(out).not.toMatch(/^::/m);
  });

  test("that look like another finding's fingerprint tolerate nothing", async () => {
    // Its fingerprint is that of `aks|2`, which a second cluster at the address `aks` would have.
    const known = entry("aks", {
      fingerprint:
        "network-policy-configured|failure not-configured|a.tf.json|azurerm_kubernetes_cluster.aks|2",
    });
    const files = { "a.tf.json": terraform({ "aks|2": bad }), "b.json": baseline(known) };
    expect((await checked(files, ["a.tf.json", "--baseline", "b.json"])).code).toBe(1);
  });
});

describe("--quiet", () => {
  const files = {
    "a.tf.json": terraform({ bad, good, open, old: bad }),
    "b.json": baseline(entry("old", { since: "2026-01-01" }), entry("gone")),
    "f/x.json": [1],
  };
  const args = ["check", "a.tf.json", "f", "--baseline", "b.json"];
  const last = "4 clusters in 1 input: 2 failing (1 in the baseline), 1 unknown, 1 passing.\n";

  test("prints errors and the last line, and notes as usual", async () => {
    const { code, out, error } = await commandIn(files, [...args, "--quiet"]);
    expect(code).toBe(1);
    expect(out).toMatch(/^error {2}network-policy-configured {2}1 cluster\n/);
    expect(out.endsWith(`\n\n${last}`)).toBe(true);
    expect(out).not.toMatch(/^(?:warning|unknown|gone|a\.tf\.json)/m);
    expect(error).toBe("1 file skipped: not of a kind that check reads.\n");
  });

  test("prints one line if nothing fails", async () => {
    const clean = { "a.tf.json": terraform({ open, good }) };
    const { code, out } = await commandIn(clean, ["check", "a.tf.json", "--quiet"]);
    expect([code, out]).toEqual([0, "2 clusters in 1 input: 1 unknown, 1 passing.\n"]);
  });

  test("prints warnings if the run fails on warnings", async () => {
    const { out } = await commandIn(files, [...args, "--quiet", "--fail-on-warning"]);
    for (const label of ["error", "warning", "unknown"]) expect(out).toMatch(new RegExp(`^${label} `, "m"));
    expect(out).toContain("\n\nwarning  baseline\n");
    expect(out).not.toMatch(/^(?:gone|a\.tf\.json)/m);
  });

  test("does not affect other formats", async () => {
    const json = [...args, "--format", "json"];
    expect((await commandIn(files, [...json, "--quiet"])).out).toBe((await commandIn(files, json)).out);
  });
});
