import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { delimiter, dirname, extname, join, resolve, sep } from "node:path";

import type * as pulumiSdk from "@pulumi/pulumi";
import type * as automation from "@pulumi/pulumi/automation";
import type * as tsNodeApi from "ts-node";

/** Pulumi's placeholder for a value that is not known in this preview. */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

const SECRET_SIGNATURE = "4dabf18193072939515e22adb298388d";

/** The value inside a secret's wrapper; undefined if the value is not a secret. */
export function secretValue(value: unknown): unknown {
  if (typeof value !== "object" || value === null || !(SECRET_SIGNATURE in value)) return undefined;
  return "value" in value ? value.value : undefined;
}

// --- The CLI ---

/**
 * From this version on an executable file can be a policy pack, and `pulumi policy analyze` reads a state
 * file.
 */
const OLDEST_MINOR = 255;

export interface Pulumi {
  readonly command: string;
  /** Without the leading "v". */
  readonly version: string;
  readonly from: "built" | "PATH";
}

let found: Pulumi | "none" | undefined;

const executable = process.platform === "win32" ? "pulumi.exe" : "pulumi";

/** The CLI built by `npm run pulumi-cli`, else a sufficiently new one on the PATH, else undefined. */
export function findPulumi(): Pulumi | undefined {
  if (found === undefined) {
    const onPath = (process.env["PATH"] ?? "")
      .split(delimiter)
      .filter((folder) => folder !== "")
      .map((folder) => join(folder, executable));
    found =
      asPulumi(join(__dirname, "bin", executable), "built") ??
      onPath.map((command) => asPulumi(command, "PATH")).find((each) => each !== undefined) ??
      "none";
  }
  return found === "none" ? undefined : found;
}

/** The CLI built by `npm run pulumi-cli -- --oldest`. */
export function findOldestPulumi(): Pulumi | undefined {
  return asPulumi(join(__dirname, "oldest", "bin", executable), "built");
}

function asPulumi(command: string, from: Pulumi["from"]): Pulumi | undefined {
  if (!existsSync(command)) return undefined;
  const folder = newFolder();
  const { stdout } = spawnSync(command, ["version"], { encoding: "utf8", env: folder.env });
  folder.remove();
  const match = /^v?(3\.(\d+)\.\S+)/.exec(stdout);
  if (match?.[1] === undefined || Number(match[2]) < OLDEST_MINOR) return undefined;
  return { command, version: match[1], from };
}

/** What to do if findPulumi found nothing. */
export const MISSING_PULUMI = `The real Pulumi CLI is missing: neither test/pulumi-cli/bin/pulumi nor a pulumi of version 3.${OLDEST_MINOR} or later on the PATH. Build it once with: npm run pulumi-cli`;

function pulumiOrThrow(): Pulumi {
  const pulumi = findPulumi();
  if (pulumi === undefined) throw new Error(MISSING_PULUMI);
  return pulumi;
}

// --- Child processes ---

const running = new Set<ChildProcess>();
process.once("exit", () => {
  for (const child of running) child.kill("SIGKILL");
});

interface Finished {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

interface ExecuteOptions {
  readonly cwd: string;
  readonly env: Record<string, string>;
  readonly timeoutMs: number;
}

function execute(command: string, args: readonly string[], options: ExecuteOptions): Promise<Finished> {
  return new Promise((done, failed) => {
    const child = spawn(command, args, { ...options, stdio: ["ignore", "pipe", "pipe"] });
    running.add(child);
    const output = { stdout: "", stderr: "" };
    child.stdout.setEncoding("utf8").on("data", (text: string) => (output.stdout += text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => (output.stderr += text));

    // Interrupted first: the CLI then ends its own children, the pack and the providers.
    const timers = [
      setTimeout(() => {
        output.stderr += `\nThe harness ended this run after ${options.timeoutMs} ms.\n`;
        child.kill("SIGINT");
        timers.push(setTimeout(() => child.kill("SIGKILL"), 5_000));
      }, options.timeoutMs),
    ];
    const finish = (): void => {
      timers.forEach((timer) => {
        clearTimeout(timer);
      });
      running.delete(child);
    };
    child.once("error", (error) => {
      finish();
      failed(error);
    });
    child.once("close", (exitCode, signal) => {
      finish();
      if (signal !== null) output.stderr += `\nEnded by ${signal}.\n`;
      done({ ...output, exitCode: exitCode ?? -1 });
    });
  });
}

// --- One run's folder and environment ---

const DEFAULT_TIMEOUT_MS = 60_000;

interface Folder {
  readonly path: string;
  readonly work: string;
  readonly env: Record<string, string>;
  remove(): void;
}

/** Isolated from the user's own Pulumi: no login, plugins or settings, hence an environment from scratch. */
function newFolder(env: Readonly<Record<string, string>> = {}): Folder {
  const path = mkdtempSync(join(tmpdir(), "pulumi-cli-"));
  const [work, home, backend] = ["work", "home", "backend"].map((name) => {
    const folder = join(path, name);
    mkdirSync(folder);
    return folder;
  }) as [string, string, string];
  const kept = ["LANG", "SystemRoot", "TEMP", "TMP", "TMPDIR"].flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return {
    path,
    work,
    env: {
      ...Object.fromEntries(kept),
      PATH: [join(__dirname, "path"), dirname(process.execPath), process.env["PATH"]].join(delimiter),
      HOME: home,
      NO_COLOR: "1",
      PULUMI_BACKEND_URL: `file://${backend}`,
      PULUMI_CONFIG_PASSPHRASE: "test",
      PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
      PULUMI_HOME: home,
      PULUMI_SKIP_UPDATE_CHECK: "true",
      ...env,
    },
    remove: () => {
      rmSync(path, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}

// --- Pulumi's output ---

export interface PolicyEvent {
  readonly urn: string;
  readonly policyName: string;
  readonly enforcementLevel: string;
  /** Empty if neither the policy nor the violation names one. */
  readonly severity: string;
  readonly message: string;
  /** The IDs of the configured exceptions that exempt from the violation; absent if there are none. */
  readonly exceptions?: readonly string[];
}

export interface RemediationEvent {
  readonly urn: string;
  readonly policyName: string;
  readonly before: Readonly<Record<string, unknown>>;
  readonly after: Readonly<Record<string, unknown>>;
}

interface Events {
  /** The violations, in Pulumi's order. */
  readonly events: readonly PolicyEvent[];
  readonly remediations: readonly RemediationEvent[];
}

/**
 * The part of Pulumi's events that is read here; its TypeScript type lags behind (no remediations, no
 * severity).
 */
interface EngineEvent {
  readonly policyEvent?: {
    readonly resourceUrn?: string;
    readonly policyName: string;
    readonly enforcementLevel: string;
    readonly severity?: string;
    readonly message: string;
    readonly exceptions?: readonly { readonly id: string }[];
  };
  readonly policyRemediationEvent?: {
    readonly resourceUrn?: string;
    readonly policyName: string;
    readonly before?: Record<string, unknown>;
    readonly after?: Record<string, unknown>;
  };
}

function readEvents(engineEvents: readonly EngineEvent[]): Events {
  return {
    events: engineEvents.flatMap(({ policyEvent }) =>
      policyEvent === undefined
        ? []
        : [
            {
              urn: policyEvent.resourceUrn ?? "",
              policyName: policyEvent.policyName,
              enforcementLevel: policyEvent.enforcementLevel,
              severity: policyEvent.severity ?? "",
              // Events contain Pulumi's colour tags, which the CLI turns into colours or drops.
              message: policyEvent.message.replace(/<\{%.*?%\}>/g, "").replace(/\n$/, ""),
              ...(policyEvent.exceptions && { exceptions: policyEvent.exceptions.map(({ id }) => id) }),
            },
          ],
    ),
    remediations: engineEvents.flatMap(({ policyRemediationEvent: event }) =>
      event === undefined
        ? []
        : [
            {
              urn: event.resourceUrn ?? "",
              policyName: event.policyName,
              before: event.before ?? {},
              after: event.after ?? {},
            },
          ],
    ),
  };
}

// --- Policy packs ---

export interface PackOptions {
  /** A folder with a PulumiPolicy.yaml, or an executable file. */
  readonly pack?: string;
  /** The path of a JSON file, or the content to write into one. */
  readonly packConfig?: string | Readonly<Record<string, unknown>>;
}

function packPaths(options: PackOptions, folder: Folder): { packs: string[]; configs: string[] } {
  if (options.pack === undefined) return { packs: [], configs: [] };
  const packs = [resolve(options.pack)];
  if (options.packConfig === undefined) return { packs, configs: [] };
  if (typeof options.packConfig === "string") return { packs, configs: [resolve(options.packConfig)] };
  const file = join(folder.path, "policy-config.json");
  writeFileSync(file, JSON.stringify(options.packConfig));
  return { packs, configs: [file] };
}

// --- Programs ---

export interface ProgramContext {
  /**
   * Loads from the same install as the Automation API that runs the program: only its SDKs register resources
   * there.
   */
  readonly require: (id: string) => unknown;
  readonly pulumi: typeof pulumiSdk;
  /**
   * A resource of any type without its SDK, and so without the inputs that an SDK adds. With an `id` option
   * it is read.
   */
  readonly resource: (
    type: string,
    name: string,
    inputs?: Readonly<Record<string, unknown>>,
    options?: pulumiSdk.CustomResourceOptions,
  ) => pulumiSdk.CustomResource;
}

/** Its result, if an object, becomes the stack's outputs. */
export type Program = (context: ProgramContext) => unknown;

export interface StackOptions {
  readonly program?: Program;
  /**
   * A file instead of a program: a module that creates resources when it is loaded, or exports a Program.
   * TypeScript works.
   */
  readonly programModule?: string;
  /**
   * A folder whose node_modules contain the @pulumi/pulumi and SDKs to use; by default this repository's or
   * the module's own.
   */
  readonly install?: string;
  readonly project?: string;
  readonly stack?: string;
  /** The stack's configuration, for example `{ "azure-native:location": "westeurope" }`. */
  readonly config?: Readonly<Record<string, string>>;
  /** What a `.get()` finds in the cloud, by ID. */
  readonly existing?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /**
   * For the CLI, the pack and the providers. The program runs in this process, with this process's
   * environment.
   */
  readonly env?: Readonly<Record<string, string>>;
  readonly timeoutMs?: number;
}

export type Inputs = Readonly<Record<string, unknown>>;

export interface Run extends Finished, Events {
  /**
   * What the provider was asked to create, after remediations, by URN. Unknowns and secrets as the engine
   * writes them.
   */
  readonly registered: Readonly<Record<string, Inputs>>;
  /**
   * What the program requested, before the provider's own defaults, the policies and the remediations, by
   * URN.
   */
  readonly requested: Readonly<Record<string, Inputs>>;
}

export interface RunOptions extends PackOptions {
  /** URNs, in the format of `--replace` and `--target`. */
  readonly replace?: readonly string[];
  readonly target?: readonly string[];
  /** More options of the command, such as `--json`. */
  readonly flags?: readonly string[];
  /** More environment variables for this command. */
  readonly env?: Readonly<Record<string, string>>;
}

export interface OpenStack {
  preview(options?: RunOptions): Promise<Run>;
  up(options?: RunOptions): Promise<Run>;
  /** `pulumi stack export`. Secrets stay encrypted unless requested. */
  exportStack(options?: { readonly showSecrets?: boolean }): Promise<ExportedStack>;
}

type AutomationApi = typeof automation;

/** The program in the Automation API's format, and the API itself, from one install. */
function loadProgram(options: StackOptions): {
  api: AutomationApi;
  semver: Semver;
  program: automation.PulumiFn;
} {
  const { program, programModule } = options;
  if ((program === undefined) === (programModule === undefined)) {
    throw new Error("A stack needs a program or a programModule, and not both.");
  }
  const home = options.install ?? (programModule === undefined ? __dirname : dirname(resolve(programModule)));
  const load = createRequire(join(resolve(home), "program.js"));
  const pulumi = load("@pulumi/pulumi") as typeof pulumiSdk;
  // Abstract for the compiler only.
  const Resource = pulumi.CustomResource as unknown as new (
    ...args: Parameters<ProgramContext["resource"]>
  ) => pulumiSdk.CustomResource;
  const context: ProgramContext = {
    require: (id) => load(id) as unknown,
    pulumi,
    resource: (...args) => new Resource(...args),
  };
  const fromModule: Program = (given) => {
    const exported = loadFresh(resolve(programModule ?? ""));
    return typeof exported === "function" ? (exported as Program)(given) : exported;
  };
  const body = program ?? fromModule;
  return {
    api: load("@pulumi/pulumi/automation") as AutomationApi,
    semver: createRequire(load.resolve("@pulumi/pulumi"))("semver") as Semver,
    // The Automation API uses the result of an async function as the outputs, even if it is undefined.
    program: async () => (await body(context)) as Record<string, unknown> | undefined,
  };
}

interface Semver {
  parse(version: string): unknown;
}

/**
 * A module that creates resources on loading must be loaded once per run, together with its imports from its
 * own folder.
 */
function loadFresh(file: string): unknown {
  const load = createRequire(file);
  if (extname(file) === ".ts") {
    // A test runner that transforms TypeScript does so for its own loader, not for Node's.
    const tsNode = createRequire(__filename)("ts-node") as typeof tsNodeApi;
    if (process[tsNode.REGISTER_INSTANCE] === undefined) {
      tsNode.register({ transpileOnly: true, project: join(__dirname, "..", "tsconfig.json") });
    }
  }
  const folder = dirname(file) + sep;
  for (const cached of Object.keys(load.cache)) {
    if (cached.startsWith(folder) && !cached.slice(folder.length).includes(`node_modules${sep}`)) {
      Reflect.deleteProperty(load.cache, cached);
    }
  }
  return load(file);
}

/**
 * The part of the Automation API's PulumiCommand that its stacks use. The original hides the exit code and
 * passes on this process's whole environment.
 */
class Cli {
  readonly command: string;
  readonly version: unknown;
  /** The last run of each command. After an `up` the API itself requests the outputs and the history. */
  readonly finished = new Map<string | undefined, Finished>();
  /** Additions to what the API requests, for the next runs of an operation. */
  more: Pick<RunOptions, "flags" | "env"> & { readonly of?: string } = {};

  constructor(
    pulumi: Pulumi,
    private readonly folder: Folder,
    private readonly timeoutMs: number,
    semver: Semver,
  ) {
    this.command = pulumi.command;
    this.version = semver.parse(pulumi.version);
  }

  async run(args: readonly string[], cwd: string, env: Record<string, string>): Promise<Finished> {
    const { of, flags = [], env: more = {} } = this.more;
    const isMeant = args[0] === of;
    const finished = await execute(this.command, [...args, ...(isMeant ? flags : []), "--non-interactive"], {
      cwd,
      env: { ...this.folder.env, ...env, ...(isMeant ? more : {}) },
      timeoutMs: this.timeoutMs,
    });
    this.finished.set(args[0], finished);
    if (finished.exitCode !== 0) throw new CliError(args, finished);
    return finished;
  }
}

class CliError extends Error {
  constructor(args: readonly string[], finished: Finished) {
    super(
      `pulumi ${args.join(" ")} ended with ${finished.exitCode}:\n${finished.stdout}\n${finished.stderr}`,
    );
  }
}

/** A stack over a program that runs in this process, for the duration of `use`. */
export async function withStack<Result>(
  options: StackOptions,
  use: (stack: OpenStack) => Promise<Result>,
): Promise<Result> {
  const pulumi = pulumiOrThrow();
  const { api, semver, program } = loadProgram(options);
  const folder = newFolder(options.env);
  try {
    const record = join(folder.path, "requests.jsonl");
    const existing = join(folder.path, "existing.json");
    writeFileSync(existing, JSON.stringify(options.existing ?? {}));
    const cli = new Cli(pulumi, folder, options.timeoutMs ?? DEFAULT_TIMEOUT_MS, semver);
    const stack = await api.LocalWorkspace.createStack(
      { stackName: options.stack ?? "dev", projectName: options.project ?? "test", program },
      {
        workDir: folder.work,
        envVars: { STAND_IN_RECORD: record, STAND_IN_EXISTING: existing },
        pulumiCommand: cli as unknown as automation.PulumiCommand,
      },
    );
    const config = Object.entries(options.config ?? {}).map(([key, value]) => [key, { value }] as const);
    if (config.length > 0) await stack.setAllConfig(Object.fromEntries(config));

    const run = async (operation: "preview" | "up", runOptions: RunOptions): Promise<Run> => {
      const { packs, configs } = packPaths(runOptions, folder);
      const { replace = [], target = [], flags = [], env = {} } = runOptions;
      cli.more = { of: operation, flags, env };
      const engineEvents: EngineEvent[] = [];
      writeFileSync(record, "");
      cli.finished.clear();
      const settings = {
        policyPacks: packs,
        policyPackConfigs: configs,
        replace: [...replace],
        target: [...target],
        onEvent: (event: unknown) => engineEvents.push(event as EngineEvent),
      };
      try {
        await (operation === "up" ? stack.up(settings) : stack.preview(settings));
      } catch (error) {
        if (!(error instanceof CliError)) throw error;
      }
      const finished = cli.finished.get(operation);
      if (finished === undefined) throw new Error(`The Automation API did not run \`pulumi ${operation}\`.`);
      return { ...finished, ...readEvents(engineEvents), ...readRequests(record) };
    };

    return await use({
      preview: (runOptions = {}) => run("preview", runOptions),
      up: (runOptions = {}) => run("up", runOptions),
      exportStack: async ({ showSecrets = false } = {}) => {
        const args = ["stack", "export", "--stack", stack.name, ...(showSecrets ? ["--show-secrets"] : [])];
        return JSON.parse((await cli.run(args, folder.work, {})).stdout) as ExportedStack;
      },
    });
  } finally {
    folder.remove();
  }
}

function readRequests(file: string): Pick<Run, "registered" | "requested"> {
  const registered: Record<string, Inputs> = {};
  const requested: Record<string, Inputs> = {};
  for (const line of readFileSync(file, "utf8").split("\n").filter(Boolean)) {
    const { method, urn, inputs } = JSON.parse(line) as { method: string; urn: string; inputs: Inputs };
    (method === "check" ? requested : registered)[urn] = inputs;
  }
  return { registered, requested };
}

export interface PreviewOptions extends StackOptions, PackOptions {
  /** Deploys after a successful preview, as `pulumi up` does. */
  readonly up?: boolean;
}

export interface PreviewRun extends Run {
  /** Undefined if `up` was not requested, or the preview failed. */
  readonly up: Run | undefined;
}

/** One `pulumi preview --policy-pack`, and an `up` if requested, over a separate stack. */
export function preview(options: PreviewOptions): Promise<PreviewRun> {
  return withStack(options, async (stack) => {
    const run = await stack.preview(options);
    return { ...run, up: options.up === true && run.exitCode === 0 ? await stack.up(options) : undefined };
  });
}

// --- Analysis of a state ---

export interface ExportedStack {
  readonly version: number;
  readonly deployment: {
    readonly manifest?: unknown;
    readonly resources?: readonly ExportedResource[];
    readonly [other: string]: unknown;
  };
}

export interface ExportedResource {
  readonly urn: string;
  readonly type: string;
  readonly custom: boolean;
  readonly id?: string;
  readonly inputs?: Inputs;
  readonly outputs?: Inputs;
  readonly external?: boolean;
  readonly parent?: string;
  readonly provider?: string;
  readonly dependencies?: readonly string[];
  readonly propertyDependencies?: Readonly<Record<string, readonly string[]>>;
}

export interface AnalyzeOptions extends PackOptions {
  /** By default what `findPulumi` finds. */
  readonly cli?: Pulumi;
  readonly pack: string;
  readonly state: ExportedStack;
  /** False for the text that a user sees; the events are not available then. */
  readonly json?: boolean;
  readonly env?: Readonly<Record<string, string>>;
  readonly timeoutMs?: number;
}

export interface Analysis extends Finished, Events {}

/** `pulumi policy analyze` over a state file. */
export async function analyze(options: AnalyzeOptions): Promise<Analysis> {
  const { json = true, cli: pulumi = pulumiOrThrow() } = options;
  const folder = newFolder(options.env);
  try {
    const file = join(folder.work, "state.json");
    writeFileSync(file, JSON.stringify(options.state));
    const { packs, configs } = packPaths(options, folder);
    const args = [
      ...["policy", "analyze", "--non-interactive", "--file", file],
      ...packs.flatMap((pack) => ["--policy-pack", pack]),
      ...configs.flatMap((config) => ["--policy-pack-config", config]),
      ...(json ? ["--json"] : []),
    ];
    const finished = await execute(pulumi.command, args, {
      cwd: folder.work,
      env: folder.env,
      timeoutMs: options.timeoutMs ?? DEFAULT_TIMEOUT_MS,
    });
    const lines = json ? finished.stdout.split("\n").filter((line) => line.startsWith("{")) : [];
    return { ...finished, ...readEvents(lines.map((line) => JSON.parse(line) as EngineEvent)) };
  } finally {
    folder.remove();
  }
}

export interface StateResource {
  readonly type: string;
  readonly name: string;
  readonly inputs?: Inputs;
  /** By default the inputs, the ID and the name. */
  readonly outputs?: Inputs;
  readonly id?: string;
  /**
   * Read by the program (`.get()`) and not managed by it; the engine then keeps only the inputs of the
   * lookup.
   */
  readonly external?: boolean;
  /** Names of resources in the same list, here and below. */
  readonly parent?: string;
  readonly dependencies?: readonly string[];
  readonly propertyDependencies?: Readonly<Record<string, readonly string[]>>;
}

export interface StateOptions {
  readonly project?: string;
  readonly stack?: string;
}

/**
 * A state in the format of `pulumi stack export`, with the stack itself and a default provider for each
 * package.
 */
export function stateOf(resources: readonly StateResource[], options: StateOptions = {}): ExportedStack {
  const { project = "test", stack = "dev" } = options;
  const urnOf = (type: string, name: string): string => `urn:pulumi:${stack}::${project}::${type}::${name}`;
  const root: ExportedResource = {
    urn: urnOf("pulumi:pulumi:Stack", `${project}-${stack}`),
    type: "pulumi:pulumi:Stack",
    custom: false,
  };

  const urns = new Map<string, string>();
  const qualifiedTypes = new Map<string, string>();
  for (const { name, type, parent } of resources) {
    if (urns.has(name)) throw new Error(`Two resources of this state are called ${name}.`);
    if (parent !== undefined && !urns.has(parent))
      throw new Error(`${parent}, the parent of ${name}, has to come before it.`);
    const qualifiedType = parent === undefined ? type : `${qualifiedTypes.get(parent) ?? ""}$${type}`;
    qualifiedTypes.set(name, qualifiedType);
    urns.set(name, urnOf(qualifiedType, name));
  }
  const find = (name: string): string => {
    const urn = urns.get(name);
    if (urn === undefined) throw new Error(`No resource of this state is called ${name}.`);
    return urn;
  };

  const packages = [...new Set(resources.map(({ type }) => type.split(":")[0] ?? ""))];
  const providers = new Map(
    packages.map((name, index): [string, ExportedResource & { id: string }] => [
      name,
      {
        urn: urnOf(`pulumi:providers:${name}`, "default"),
        type: `pulumi:providers:${name}`,
        custom: true,
        id: `00000000-0000-4000-8000-${index.toString().padStart(12, "0")}`,
      },
    ]),
  );

  return {
    version: 3,
    deployment: {
      manifest: { time: "2026-01-01T00:00:00Z", magic: "", version: "" },
      resources: [
        root,
        ...providers.values(),
        ...resources.map((resource): ExportedResource => {
          const { type, name, inputs = {}, id = `/${name}`, external = false } = resource;
          const provider = providers.get(type.split(":")[0] ?? "");
          return {
            urn: find(name),
            type,
            custom: true,
            id,
            inputs,
            outputs: resource.outputs ?? { ...inputs, id, name },
            ...(external ? { external } : {}),
            parent: resource.parent === undefined ? root.urn : find(resource.parent),
            ...(provider === undefined ? {} : { provider: `${provider.urn}::${provider.id}` }),
            dependencies: (resource.dependencies ?? []).map(find),
            propertyDependencies: Object.fromEntries(
              Object.entries(resource.propertyDependencies ?? {}).map(([key, names]) => [
                key,
                names.map(find),
              ]),
            ),
          };
        }),
      ],
    },
  };
}

// --- Publishing ---

export interface Publication extends Finished {
  /** What the CLI uploaded; undefined if it did not get that far. */
  readonly tarball: Buffer | undefined;
  /** The description of the pack in the request. */
  readonly announced: Readonly<Record<string, unknown>> | undefined;
}

/** `pulumi policy publish` in a pack's folder, to a stand-in for Pulumi Cloud that keeps the upload. */
export async function publish(pack: string): Promise<Publication> {
  const pulumi = pulumiOrThrow();
  const folder = newFolder();
  let tarball: Buffer | undefined;
  let announced: Record<string, unknown> | undefined;
  let address = "";
  const cloud = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const body = Buffer.concat(chunks);
      let answer: unknown = {};
      switch (`${request.method ?? ""} ${request.url ?? ""}`) {
        case "GET /api/user":
          answer = { githubLogin: "me", name: "me", organizations: [{ githubLogin: "org", name: "org" }] };
          break;
        case "POST /api/orgs/org/policypacks":
          announced = JSON.parse(body.toString()) as Record<string, unknown>;
          answer = { version: 1, uploadURI: `${address}/upload`, requiredHeaders: {} };
          break;
        case "PUT /upload":
          tarball = body;
          break;
        default:
      }
      response.setHeader("content-type", "application/json").end(JSON.stringify(answer));
    });
  });
  try {
    await new Promise<void>((listening) => cloud.listen(0, "127.0.0.1", listening));
    address = `http://127.0.0.1:${(cloud.address() as AddressInfo).port}`;
    const finished = await execute(pulumi.command, ["policy", "publish", "org", "--non-interactive"], {
      cwd: resolve(pack),
      env: { ...folder.env, PULUMI_BACKEND_URL: address, PULUMI_ACCESS_TOKEN: "pul-test" },
      timeoutMs: DEFAULT_TIMEOUT_MS,
    });
    return { ...finished, tarball, announced };
  } finally {
    cloud.close();
    folder.remove();
  }
}
