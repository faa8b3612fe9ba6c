/**
 * Runs the repository's action as GitHub's runner does: inputs become variables, and the script a file for
 * bash.
 */
import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { parse } from "yaml";

const root = join(__dirname, "..", "..");

interface Step {
  readonly id?: string;
  readonly shell: string;
  readonly env: Readonly<Record<string, string>>;
  readonly run: string;
}

interface Action {
  readonly inputs: Readonly<Record<string, { readonly description: string; readonly default: string }>>;
  readonly outputs: Readonly<Record<string, { readonly description: string; readonly value: string }>>;
  readonly runs: { readonly using: string; readonly steps: readonly Step[] };
}

export const actionText = readFileSync(join(root, "action.yml"), "utf8");
export const action = parse(actionText) as Action;

export type Inputs = Readonly<Record<string, string>>;

export interface ActionRun {
  readonly status: number | null;
  readonly log: string;
  /** What the action wrote for the next steps, line by line. */
  readonly outputs: readonly string[];
  readonly summary: string;
  /** The runner's folder for temporary files. */
  readonly temporary: string;
}

/** The command line as built. */
export const builtCommand = join(root, "dist", "cli", "bin.js");

/** A folder with programs that stand in for those of the same names. */
export function standIns(programs: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), "stand-ins-"));
  for (const [name, script] of Object.entries(programs)) {
    writeFileSync(join(folder, name), `#!/usr/bin/env bash\nset -euo pipefail\n${script}\n`);
    chmodSync(join(folder, name), 0o755);
  }
  return folder;
}

/**
 * A stand-in for npm that installs `command` under the name of the package's executable, and records its
 * arguments.
 */
export function npmWith(command: string): string {
  return standIns({
    npm: `printf '%s\\n' "$@" > npm-arguments; mkdir -p node_modules/.bin
ln -sf '${command}' node_modules/.bin/aks-network-policy-pack`,
  });
}

/** Runs the action in `folder`, the checkout. */
export function runAction(
  folder: string,
  inputs: Inputs,
  { programs = npmWith(builtCommand), path = process.env["PATH"] ?? "" } = {},
): ActionRun {
  const temporary = mkdtempSync(join(tmpdir(), "runner-"));
  const file = (name: string): string => join(temporary, name);
  const [outputs, summary, script] = ["output", "summary", "script.sh"].map(file) as [string, string, string];
  mkdirSync(file("temp"));
  const values = {
    ...Object.fromEntries(Object.entries(action.inputs).map(([k, v]) => [k, v.default])),
    ...inputs,
  };
  let log = "";
  let status: number | null = 0;
  for (const step of action.runs.steps) {
    if (status !== 0) break;
    const env = Object.fromEntries(
      Object.entries(step.env).map(([name, text]) => [
        name,
        text.replace(/\$\{\{ inputs\.([\w-]+) \}\}/g, (_, input: string) => values[input] ?? ""),
      ]),
    );
    writeFileSync(script, step.run);
    const run = spawnSync("bash", ["--noprofile", "--norc", "-eo", "pipefail", script], {
      cwd: folder,
      encoding: "utf8",
      env: {
        HOME: process.env["HOME"],
        ...env,
        PATH: `${programs}${delimiter}${path}`,
        RUNNER_TEMP: file("temp"),
        GITHUB_OUTPUT: outputs,
        GITHUB_STEP_SUMMARY: summary,
      },
    });
    status = run.status;
    log += run.stdout + run.stderr;
  }
  const read = (path: string): string => (existsSync(path) ? readFileSync(path, "utf8") : "");
  return {
    status,
    log,
    outputs: read(outputs).split("\n").filter(Boolean),
    summary: read(summary),
    temporary: file("temp"),
  };
}
