/**
 * The action for GitHub workflows: its script runs in a real bash, with a stand-in for npm that installs the
 * built command.
 */
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { blocksIn } from "../pages/markdown-files";
import type { ActionRun } from "../support/github-action";
import { action, actionText, npmWith, runAction, standIns } from "../support/github-action";

const { version, devDependencies } = JSON.parse(
  readFileSync(join(__dirname, "..", "..", "package.json"), "utf8"),
) as { readonly version: string; readonly devDependencies: Readonly<Record<string, string>> };

function clusterWith(profile: Readonly<Record<string, string>>): string {
  return JSON.stringify({ resource: { azurerm_kubernetes_cluster: { aks: { network_profile: profile } } } });
}
const bad = clusterWith({ network_plugin: "azure" });
const good = clusterWith({ network_plugin: "azure", network_data_plane: "cilium", network_policy: "cilium" });
const noticed = clusterWith({ network_plugin: "azure", network_policy: "azure" });

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "checkout-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});
function write(files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(folder, name, ".."), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
}

const steps = action.runs.steps;

describe("the action", () => {
  test("uses every input that it declares, and declares every one that it uses", () => {
    const used = [...actionText.matchAll(/\binputs\.([\w-]+)/g)].map(([, name]) => name);
    expect(used.sort()).toEqual(Object.keys(action.inputs).sort());
    for (const { description, default: value } of Object.values(action.inputs))
      expect([typeof description, typeof value]).toEqual(["string", "string"]);
  });

  test("passes inputs as variables, uses each of them, and never inserts them into the script", () => {
    for (const { run, env, shell } of steps) {
      expect(shell).toBe("bash");
      expect(run).not.toContain("${{");
      for (const [name, value] of Object.entries(env)) {
        expect(value).toMatch(/^\$\{\{ inputs\.[\w-]+ \}\}$/);
        expect(run).toMatch(new RegExp(`"[^"]*\\$${name}\\b`));
      }
      expect(run.startsWith("set -euo pipefail\n")).toBe(true);
    }
  });

  test("takes its outputs from a step that writes them", () => {
    for (const [name, { value }] of Object.entries(action.outputs)) {
      const [, id = ""] = /^\$\{\{ steps\.(\w+)\.outputs\.[\w-]+ \}\}$/.exec(value) ?? [];
      expect(value).toContain(`.outputs.${name} `);
      expect(steps.find((step) => step.id === id)?.run).toContain(`${name}=`);
    }
  });

  test("has the version of the package, and reads HCL with the same library as the tests", () => {
    expect(action.inputs["version"]?.default).toBe(version);
    write({ "main.tf.json": good });
    const { temporary } = runAction(folder, {});
    const asked = readFileSync(join(temporary, "aks-network-policy-pack", "npm-arguments"), "utf8")
      .trim()
      .split("\n");
    expect(asked.filter((each) => !each.startsWith("-"))).toEqual([
      "install",
      `aks-network-policy-pack@${version}`,
      `@cdktn/hcl2json@${devDependencies["@cdktn/hcl2json"] ?? ""}`,
    ]);
    expect(asked).toContain("--ignore-scripts");
  });
});

interface Workflow {
  readonly jobs: {
    readonly check: {
      readonly steps: readonly {
        readonly uses: string;
        readonly id?: string;
        readonly if?: string;
        readonly with?: Readonly<Record<string, string>>;
      }[];
    };
  };
}

describe("the workflow on the page", () => {
  const text = blocksIn("yaml").find((block) => block.text.startsWith("permissions:"))?.text ?? "";
  const [, ours, upload] = (parse(text) as Workflow).jobs.check.steps;

  test("uses this version, and existing inputs and outputs", () => {
    expect([ours?.uses, ours?.id]).toEqual([`OWNER/aks-network-policy-pack@v${version}`, "check"]);
    expect(Object.keys(ours?.with ?? {}).filter((name) => !(name in action.inputs))).toEqual([]);
    for (const [, name = ""] of text.matchAll(/steps\.check\.outputs\.([\w-]+)/g))
      expect(Object.keys(action.outputs)).toContain(name);
    expect([upload?.uses.replace(/@.*/, ""), upload?.if]).toEqual([
      "github/codeql-action/upload-sarif",
      expect.stringContaining("always()"),
    ]);
  });

  test("checks both paths", () => {
    write({ "infra/main.tf.json": good, "templates/main.json": "{", "aks-network-policy.json": "{}" });
    expect(runAction(folder, ours?.with ?? {}).status).toBe(2);
    write({ "templates/main.json": bad });
    const { status, log } = runAction(folder, ours?.with ?? {});
    expect(status).toBe(1);
    expect(log).toContain("templates/main.json");
  });
});

describe("a run of the action", () => {
  test("over a failing cluster exits 1, after writing summary, annotations and SARIF", () => {
    write({ "infra/main.tf.json": bad });
    const { status, log, outputs, summary } = runAction(folder, { "sarif-file": "reports/aks.sarif" });
    expect(status).toBe(1);
    expect(outputs).toEqual(["result=findings", "exit-code=1", "sarif-file=reports/aks.sarif"]);
    expect(log).toMatch(/^::error file=infra\/main\.tf\.json,line=\d+,/m);
    expect(summary).toContain("azurerm_kubernetes_cluster.aks");
    const { version: format, runs } = JSON.parse(
      readFileSync(join(folder, "reports", "aks.sarif"), "utf8"),
    ) as {
      readonly version: string;
      readonly runs: readonly { readonly results: readonly { readonly ruleId: string }[] }[];
    };
    expect([format, runs.flatMap(({ results }) => results.map(({ ruleId }) => ruleId))]).toEqual([
      "2.1.0",
      ["network-policy-configured"],
    ]);
  });

  test("over a good cluster exits 0", () => {
    write({ "main.tf.json": good });
    const { status, outputs } = runAction(folder, {});
    expect([status, outputs]).toEqual([
      0,
      ["result=clean", "exit-code=0", "sarif-file=aks-network-policy.sarif"],
    ]);
  });

  test("over HCL reads it", () => {
    write({ "main.tf": 'resource "azurerm_kubernetes_cluster" "aks" {\n  network_profile {}\n}\n' });
    expect(runAction(folder, {})).toMatchObject({
      status: 1,
      outputs: expect.arrayContaining(["result=findings"]) as unknown,
    });
  });

  test("over no cluster exits 3, unless that is allowed", () => {
    write({ "main.tf.json": JSON.stringify({ resource: {} }) });
    expect(runAction(folder, {})).toMatchObject({ status: 3 });
    expect(runAction(folder, {}).outputs).toContain("result=nothing-found");
    expect(runAction(folder, { "allow-none": "true" })).toMatchObject({ status: 0 });
  });

  test("over an unreadable input exits 2", () => {
    const { status, outputs } = runAction(folder, { paths: "plan.json" });
    expect(status).toBe(2);
    expect(outputs.slice(0, 2)).toEqual(["result=not-checked", "exit-code=2"]);
  });

  test("fails on a warning if requested", () => {
    write({ "main.tf.json": noticed });
    expect(runAction(folder, {}).status).toBe(0);
    expect(runAction(folder, { "fail-on-warning": "true" }).status).toBe(1);
  });

  test("writes no SARIF if no file is named, and leaves none of an earlier run", () => {
    write({ "main.tf.json": bad, "old.sarif": "old" });
    expect(runAction(folder, { "sarif-file": "" }).outputs).toEqual(["result=findings", "exit-code=1"]);
    runAction(folder, { paths: "main.tf.json", "sarif-file": "old.sarif" });
    expect(readFileSync(join(folder, "old.sarif"), "utf8")).not.toBe("old");
  });
});

/** A run with a command that records its arguments and exits with `code`. */
function noted(
  inputs: Readonly<Record<string, string>>,
  code = 0,
): ActionRun & { readonly args: readonly string[] | undefined } {
  const notes = standIns({ command: `printf '%s\\0' "$@" > "$RUNNER_TEMP/arguments"; exit ${code}` });
  const run = runAction(folder, inputs, { programs: npmWith(join(notes, "command")) });
  const file = join(run.temporary, "arguments");
  return { ...run, args: existsSync(file) ? readFileSync(file, "utf8").split("\0").slice(0, -1) : undefined };
}

describe("the command", () => {
  test("gets every input", () => {
    expect(
      noted({
        paths: "one plan.json\n\ninfra\n--format\n-",
        config: "my policy.json",
        stack: "shop",
        root: "infra",
        baseline: "known.json",
        "fail-on-warning": "true",
        "allow-none": "true",
        "sarif-file": "a b/c=d.sarif",
        args: "--owner\nteam shop\n",
      }).args,
    ).toEqual([
      ...["check", "--format", "github", "--config=my policy.json", "--stack=shop", "--root=infra"],
      ...["--baseline=known.json", "--fail-on-warning", "--allow-none", "--format=sarif=a b/c=d.sarif"],
      ...["--owner", "team shop", "--", "one plan.json", "infra", "--format", "-"],
    ]);
  });

  test("gets no more than the defaults require", () => {
    expect(noted({}).args).toEqual([
      ...["check", "--format", "github", "--format=sarif=aks-network-policy.sarif", "--", "."],
    ]);
  });

  test("checks a path that looks like an option", () => {
    write({ "--help.json": good });
    expect(runAction(folder, { paths: "--help.json" })).toMatchObject({ status: 0 });
  });

  test.each([
    ["fail-on-warning", "yes"],
    ["allow-none", ""],
    ["version", "latest; true"],
    ["version", "git+https://example.com/x.git"],
    ["version", "--registry=https://example.com"],
    ["version", ""],
    ["sarif-file", "a\nresult=clean"],
  ])("does not run if %s is %j", (name, value) => {
    write({ "main.tf.json": good });
    const { status, outputs, log } = runAction(folder, { [name]: value });
    expect([status, outputs]).toEqual([2, ["result=not-checked", "exit-code=2"]]);
    expect(log).toMatch(new RegExp(`^::error::The input ${name} `, "m"));
  });

  test("does not run if the package cannot be installed, or there is no npm", () => {
    write({ "main.tf.json": good });
    const failing = runAction(folder, {}, { programs: standIns({ npm: "exit 1" }) });
    expect([failing.status, failing.outputs]).toEqual([2, ["result=not-checked", "exit-code=2"]]);
    const without = (process.env["PATH"] ?? "")
      .split(delimiter)
      .filter((each) => !existsSync(join(each, "npm")) || existsSync(join(each, "bash")))
      .join(delimiter);
    const none = runAction(folder, {}, { programs: standIns({}), path: without });
    expect(none.status).toBe(2);
  });
});

describe("a hostile value", () => {
  const values = [
    "$(touch pwned)",
    '"; touch pwned; "',
    "'; touch pwned; '",
    "`touch pwned`",
    "x\ntouch pwned",
    "x\nresult=clean\nexit-code=0",
    "${{ github.token }}",
    "x && touch pwned || touch pwned",
  ];
  const rows = Object.keys(action.inputs).flatMap((name) => values.map((value) => [name, value] as const));

  test.each(rows)("of %s, %j, remains a value", (name, value) => {
    const { status, outputs, temporary, args } = noted({ [name]: value }, 1);
    expect([1, 2]).toContain(status);
    expect(outputs.slice(0, 2)).toEqual(
      status === 1 ? ["result=findings", "exit-code=1"] : ["result=not-checked", "exit-code=2"],
    );
    expect(outputs.length).toBe(2);
    const isRefused = ["version", "fail-on-warning", "allow-none"].includes(name);
    expect(args === undefined).toBe(isRefused || (name === "sarif-file" && value.includes("\n")));
    // For an input with several lines, each line is an argument.
    if (args !== undefined) expect(args.join("\n")).toContain(value);
    const everywhere = [folder, temporary].flatMap((each) =>
      readdirSync(each, { recursive: true }).map(String),
    );
    expect(everywhere.filter((each) => /(?:^|\/)pwned$/.test(each))).toEqual([]);
  });
});
