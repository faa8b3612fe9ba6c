/**
 * The pipelines of `examples/ci/`: their jobs as lists of steps, whatever the service calls them, and a
 * runner for them.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { parse } from "yaml";
import type { Inputs } from "./github-action";
import { builtCommand, npmWith, runAction, standIns } from "./github-action";
import { singleFile } from "./clocked-pack";

const root = join(__dirname, "..", "..");
export const ci = join(root, "examples", "ci");
export const pipelines = readdirSync(ci)
  .filter((name) => name.endsWith(".yml"))
  .sort();

type Yaml = null | boolean | string | number | readonly Yaml[] | { readonly [key: string]: Yaml };
export type Mapping = Readonly<Record<string, Yaml>>;

export interface Step {
  /** The script of a shell step; undefined for an action. */
  readonly script: string | undefined;
  /** The inputs of this repository's action, if the step uses it. */
  readonly action: Inputs | undefined;
  /** Runs even if an earlier step has failed. */
  readonly always: boolean;
  /** Does its exit code count? */
  readonly counts: boolean;
}

export interface Job {
  readonly steps: readonly Step[];
  readonly env: Readonly<Record<string, string>>;
}

function isMapping(value: Yaml | undefined): value is Mapping {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function mappings(value: Yaml | undefined): Mapping[] {
  return (Array.isArray(value) ? (value as readonly Yaml[]) : []).filter(isMapping);
}

function texts(value: Yaml | undefined): Readonly<Record<string, string>> {
  return isMapping(value)
    ? Object.fromEntries(
        Object.entries(value).flatMap(([name, each]) => (typeof each === "string" ? [[name, each]] : [])),
      )
    : {};
}

export function parsed(name: string): Mapping {
  return parse(readFileSync(join(ci, name), "utf8")) as Mapping;
}

/** A step of GitHub or Azure DevOps; only shell steps and this repository's action are kept. */
function stepOf({ run, bash, uses, with: inputs, if: when, condition }: Mapping): Step[] {
  const script = run ?? bash;
  const isOurs = typeof uses === "string" && uses.startsWith("OWNER/aks-network-policy-pack@");
  if (typeof script !== "string" && !isOurs) return [];
  return [
    {
      script: typeof script === "string" ? script : undefined,
      action: isOurs ? texts(inputs) : undefined,
      always: [when, condition].some(
        (each) => typeof each === "string" && /always\(\)|!cancelled\(\)|succeededOrFailed\(\)/.test(each),
      ),
      counts: true,
    },
  ];
}

/** The lines of a GitLab job run in one shell; those of `after_script` in another one, in any case. */
function gitlabSteps({ before_script: before, script, after_script: after }: Mapping): Step[] {
  const lines = (value: Yaml | undefined): string =>
    (Array.isArray(value) ? (value as readonly Yaml[]) : []).map(String).join("\n");
  const step = (text: string, always: boolean): Step[] =>
    text === "" ? [] : [{ script: text, action: undefined, always, counts: !always }];
  return [
    ...step([lines(before), lines(script)].filter(Boolean).join("\n"), false),
    ...step(lines(after), true),
  ];
}

export function jobsOf(name: string): readonly Job[] {
  const pipeline = parsed(name);
  const env = texts(pipeline["env"] ?? pipeline["variables"]);
  const withSteps = (job: Mapping): Job => ({ steps: mappings(job["steps"]).flatMap(stepOf), env });
  if (isMapping(pipeline["jobs"])) return Object.values(pipeline["jobs"]).filter(isMapping).map(withSteps);
  if (pipeline["steps"] !== undefined) return [withSteps(pipeline)];
  if (mappings(pipeline["stages"]).length > 0)
    return mappings(pipeline["stages"]).flatMap((stage) => mappings(stage["jobs"]).map(withSteps));
  return Object.values(pipeline)
    .filter(isMapping)
    .filter(({ script }) => script !== undefined)
    .map((job) => ({ steps: gitlabSteps(job), env }));
}

/** The commands of a job, one per line. */
export function linesOf({ steps }: Job): string[] {
  return steps
    .flatMap(({ script }) => (script ?? "").trim().split("\n"))
    .map((line) => line.trim())
    .filter((line) => line !== "" && line !== "set -euo pipefail");
}

/** The output of the tools that a pipeline starts. */
export interface World {
  readonly plan?: object;
  readonly preview?: object;
  /** What `cdktf synth` writes. */
  readonly stack?: object;
  /** The exit code of a preview with the pack. */
  readonly packAnswers?: number;
  readonly sha256?: string;
}

export interface Outcome {
  readonly status: number;
  readonly log: string;
  readonly summary: string;
  /** The commands that were started, in order. */
  readonly started: readonly string[];
}

/** Stand-ins for other tools. Each records how it was started. */
function tools(world: World): string {
  const text = (value: object | undefined, file = "/dev/stdout"): string =>
    `cat > ${file} <<'END'\n${JSON.stringify(value ?? {})}\nEND`;
  const note = 'echo "$(basename "$0") $*" >> "$STARTED"';
  return standIns({
    curl: `${note}\nfor url; do :; done
case "$url" in
https://get.pulumi.com) echo true ;;
*/aks-network-policy-pack.cjs) cp '${singleFile}' aks-network-policy-pack.cjs; chmod -x aks-network-policy-pack.cjs ;;
esac`,
    terraform: `${note}\ncase "$1" in -chdir=*) cd "\${1#-chdir=}"; shift ;; esac
case "$1" in
plan) touch plan.bin ;;
show) ${text(world.plan)}
;;
apply) test -f plan.bin ;;
esac`,
    pulumi: `${note}\ncase " $* " in
*" --json "*) ${text(world.preview)}
;;
*" --policy-pack ./"*) test -x ./aks-network-policy-pack.cjs; exit ${world.packAnswers ?? 0} ;;
esac`,
    npx: `${note}\nif [ "$1" = cdktf ]; then
mkdir -p cdktf.out/stacks/shop
${text(world.stack, "cdktf.out/stacks/shop/cdk.tf.json")}
else
while [ "$1" != check ]; do shift; done
exec '${builtCommand}' "$@"
fi`,
    npm: note,
    apk: note,
  });
}

/** Runs a job in `folder` as its service does, on the branch that is deployed. */
export function runJob({ steps, env }: Job, folder: string, world: World): Outcome {
  const programs = tools(world);
  const started = join(mkdtempSync(join(tmpdir(), "started-")), "list");
  const summaryFile = `${started}-summary`;
  let status = 0;
  let log = "";
  let summary = "";
  for (const { script, action, always, counts } of steps) {
    if (status !== 0 && !always) continue;
    if (action !== undefined) {
      const run = runAction(folder, action, { programs: npmWith(builtCommand) });
      status ||= run.status ?? 1;
      log += run.log;
      summary += run.summary;
      continue;
    }
    const run = spawnSync("bash", ["-e", "-c", script ?? ""], {
      cwd: folder,
      encoding: "utf8",
      env: {
        HOME: process.env["HOME"],
        PATH: `${programs}${delimiter}${process.env["PATH"] ?? ""}`,
        ...env,
        ...(world.sha256 === undefined ? {} : { PACK_SHA256: world.sha256 }),
        STARTED: started,
        GITHUB_STEP_SUMMARY: summaryFile,
        PIPELINE_WORKSPACE: folder,
        CI_PIPELINE_SOURCE: "push",
      },
    });
    if (counts) status ||= run.status ?? 1;
    log += run.stdout + run.stderr;
  }
  const read = (file: string): string => (existsSync(file) ? readFileSync(file, "utf8") : "");
  return {
    status,
    log,
    summary: summary + read(summaryFile),
    started: read(started).split("\n").filter(Boolean),
  };
}
