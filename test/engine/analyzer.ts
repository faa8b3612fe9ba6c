import { readFileSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, delimiter, dirname, join, resolve } from "node:path";

import { start, within, type Child } from "./child";
import { reconcile, type EnforcementLevel, type PackConfig, type PolicyConfig } from "./config";
import {
  AnalyzerClient,
  analyzerPb,
  channelOptions,
  Empty,
  entriesOf,
  grpc,
  Struct,
  unary,
  type AnalyzerPb,
  type StructPb,
} from "./proto";
import { startEngine, type EngineHost, type LogMessage } from "./service";
import { fromStruct, toStruct, withoutInternalKeys, type Props, type Value } from "./values";

export { isSecret, isUnknown, secret, Secret, unknown, Unknown, unknownOf } from "./values";
export type { Props, UnknownKind, Value } from "./values";
export type { EnforcementLevel, PackConfig, PolicyConfig } from "./config";
export type { LogMessage } from "./service";

export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json;
}
export type Severity = "low" | "medium" | "high" | "critical";

export interface PolicyInfo {
  readonly name: string;
  readonly displayName: string;
  readonly description: string;
  readonly message: string;
  readonly enforcementLevel: EnforcementLevel;
  readonly type: "resource" | "stack" | "unknown";
  readonly severity?: Severity;
  readonly framework?: {
    readonly name: string;
    readonly version: string;
    readonly reference: string;
    readonly specification: string;
  };
  readonly tags: readonly string[];
  readonly remediationSteps: string;
  readonly url: string;
  readonly configSchema?: { readonly properties: JsonObject; readonly required: readonly string[] };
}

export interface PackInfo {
  readonly name: string;
  readonly displayName: string;
  /** As shown by Pulumi: from PulumiPolicy.yaml if that has one, else from the pack. */
  readonly version: string;
  readonly description: string;
  readonly readme: string;
  readonly provider: string;
  readonly repository: string;
  readonly tags: readonly string[];
  readonly supportsConfig: boolean;
  readonly initialConfig: Readonly<Record<string, PolicyConfig>>;
  /** In the pack's own order. */
  readonly policies: readonly PolicyInfo[];
}

export interface ResourceOptions {
  readonly protect?: boolean;
  readonly ignoreChanges?: readonly string[];
  readonly deleteBeforeReplace?: boolean;
  readonly additionalSecretOutputs?: readonly string[];
  readonly aliases?: readonly string[];
  readonly customTimeouts?: { readonly create?: number; readonly update?: number; readonly delete?: number };
  readonly parent?: string;
}

export interface ProviderResource {
  readonly type: string;
  readonly urn: string;
  readonly name: string;
  readonly props?: Props;
}

export interface Resource {
  readonly type: string;
  readonly name: string;
  /** Composed of type and name if absent. */
  readonly urn?: string;
  readonly props: Props;
  readonly options?: ResourceOptions;
  readonly provider?: ProviderResource;
}

export interface StackResource extends Resource {
  readonly parent?: string;
  readonly dependencies?: readonly string[];
  readonly propertyDependencies?: Readonly<Record<string, readonly string[]>>;
}

export interface Violation {
  readonly policyName: string;
  readonly policyPackName: string;
  readonly policyPackVersion: string;
  readonly description: string;
  readonly message: string;
  readonly enforcementLevel: EnforcementLevel;
  /** The URN from the policy, or undefined if the policy left it to the engine. */
  readonly urn?: string;
  /** From the violation, else from the policy, as the engine fills it in. */
  readonly severity?: Severity;
}

export interface NotApplicable {
  readonly policyName: string;
  readonly reason: string;
}

export interface Analysis {
  readonly violations: readonly Violation[];
  readonly notApplicable: readonly NotApplicable[];
}

export interface Remediation {
  readonly policyName: string;
  readonly policyPackName: string;
  readonly policyPackVersion: string;
  readonly description: string;
  /** The full set of new inputs, or undefined if the remediation could not run. */
  readonly props?: Readonly<Record<string, Value>>;
  readonly diagnostic?: string;
}

export interface RemediationResult {
  readonly remediations: readonly Remediation[];
  readonly notApplicable: readonly NotApplicable[];
}

export interface Program {
  readonly organization: string;
  readonly project: string;
  readonly stack: string;
  readonly dryRun: boolean;
}

export interface BootOptions {
  readonly env?: NodeJS.ProcessEnv;
  /**
   * A folder from which @pulumi/pulumi/cmd/run-policy-pack is resolved; the engine resolves it from the pack.
   */
  readonly pulumi?: string;
  /** The Node that runs a directory, and that a file finds on its PATH; this process's own by default. */
  readonly node?: string;
  readonly nodeArgs?: readonly string[];
  readonly program?: Partial<Program>;
  /** Stack tags and configuration values, which the engine sends first. */
  readonly tags?: Readonly<Record<string, string>>;
  /**
   * The working directory of an executable file: the engine uses its own. A directory always runs in itself.
   */
  readonly cwd?: string;
  /** The content of the configuration file; `false` skips Configure, which the engine never does. */
  readonly config?: PackConfig | false;
  /** Starts the pack instead of Pulumi's runner or an executable file. */
  readonly starts?: () => Promise<Child>;
  readonly bootTimeoutMs?: number;
  readonly callTimeoutMs?: number;
}

export const defaultProgram: Program = {
  organization: "organization",
  project: "project",
  stack: "dev",
  dryRun: true,
};

export interface Cpu {
  readonly user: number;
  readonly system: number;
}

export class PackError extends Error {
  override readonly name = "PackError";
}

/** `urn:pulumi:<stack>::<project>::<parent types>$<type>::<name>`, for a resource directly in the stack. */
export function urnOf(type: string, name: string, program: Partial<Program> = {}): string {
  const { stack, project } = { ...defaultProgram, ...program };
  return `urn:pulumi:${stack}::${project}::${type}::${name}`;
}

const levelNames = ["advisory", "mandatory", "disabled", "remediate"] as const;
const levelNumbers: Readonly<Record<EnforcementLevel, AnalyzerPb.EnforcementLevel>> = {
  advisory: analyzerPb.EnforcementLevel.ADVISORY,
  mandatory: analyzerPb.EnforcementLevel.MANDATORY,
  disabled: analyzerPb.EnforcementLevel.DISABLED,
  remediate: analyzerPb.EnforcementLevel.REMEDIATE,
};
const severityNames = [undefined, "low", "medium", "high", "critical"] as const;
const typeNames = ["unknown", "resource", "stack"] as const;

function jsonOf(struct: StructPb.Struct | undefined): JsonObject {
  return struct?.toJavaScript() ?? {};
}

function optional<K extends string, V>(key: K, value: V | undefined): Partial<Record<K, V>> {
  return value === undefined ? {} : ({ [key]: value } as Record<K, V>);
}

/** The `version:` of PulumiPolicy.yaml, its only field that Pulumi shows instead of the pack's own. */
function versionFromYaml(folder: string): string | undefined {
  let yaml: string;
  try {
    yaml = readFileSync(join(folder, "PulumiPolicy.yaml"), "utf8");
  } catch {
    return undefined;
  }
  return /^version:[ \t]*["']?([^"'\s#]+)/m.exec(yaml)?.[1];
}

interface Command {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  readonly yamlFolder: string;
}

function commandFor(pack: string, engine: string, program: Program, options: BootOptions): Command {
  const path = resolve(pack);
  const node = options.node ?? process.execPath;
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    PATH: [dirname(node), process.env["PATH"]].join(delimiter),
  };
  // With these variables (a test runner's, or those of an outer Pulumi program) a pack would behave
  // differently.
  for (const name of Object.keys(env)) {
    if (/^(PULUMI_|VITEST|NODE_OPTIONS$|TS_NODE_)/.test(name)) Reflect.deleteProperty(env, name);
  }
  if (statSync(path).isFile()) {
    return {
      command: path,
      args: [engine],
      cwd: resolve(options.cwd ?? process.cwd()),
      env: { ...env, ...options.env },
      yamlFolder: dirname(path),
    };
  }
  if (!statSync(join(path, "PulumiPolicy.yaml"), { throwIfNoEntry: false })) {
    throw new PackError(
      `failed to load Pulumi policy project located at ${JSON.stringify(join(path, "PulumiPolicy.yaml"))}`,
    );
  }
  let runner: string;
  try {
    runner = createRequire(join(resolve(options.pulumi ?? path), "index.js")).resolve(
      "@pulumi/pulumi/cmd/run-policy-pack",
    );
  } catch {
    throw new PackError(
      `it looks like the policy pack's dependencies are not installed; try running npm install or yarn install in ${JSON.stringify(path)}`,
    );
  }
  return {
    command: node,
    args: [...(options.nodeArgs ?? []), runner, engine, path],
    cwd: path,
    env: {
      ...env,
      PULUMI_NODEJS_TYPESCRIPT: "true",
      PULUMI_NODEJS_ORGANIZATION: program.organization,
      PULUMI_NODEJS_PROJECT: program.project,
      PULUMI_NODEJS_STACK: program.stack,
      PULUMI_NODEJS_DRY_RUN: String(program.dryRun),
      PULUMI_CONFIG: "{}",
      ...options.env,
    },
    yamlFolder: path,
  };
}

function indented(text: string): string {
  const lines = text.trimEnd();
  return lines === "" ? "" : `\n${lines}`;
}

/** Starts a pack as the engine does, up to and including Configure. */
export async function bootPack(pack: string, options: BootOptions = {}): Promise<Pack> {
  const program = { ...defaultProgram, ...options.program };
  const bootTimeoutMs = options.bootTimeoutMs ?? 60_000;
  const engine = await startEngine();
  let child: Child | undefined;
  try {
    const { command, args, cwd, env, yamlFolder } = commandFor(pack, engine.address, program, options);
    const began = performance.now();
    child = await (options.starts?.() ?? start(command, args, { cwd, env }));

    const first = await within(child.firstLine, bootTimeoutMs);
    const output = (): string => indented(`${child?.stdout() ?? ""}${child?.stderr() ?? ""}`);
    if (!first) {
      throw new PackError(`policy pack ${pack} did not print a port within ${bootTimeoutMs} ms${output()}`);
    }
    if (first.value === undefined) {
      throw new PackError(
        `policy pack ${pack} ended before it printed a port: ${await child.exit}${output()}`,
      );
    }
    const line = first.value.trim();
    const port = Number(line);
    if (!/^\d+$/.test(line) || port <= 0 || port > 65535) {
      throw new PackError(
        `policy pack ${pack} wrote an invalid port to stdout: could not parse port: ${JSON.stringify(line)}${output()}`,
      );
    }

    const portMs = performance.now() - began;
    const booted = new Pack(pack, child, engine, port, program, versionFromYaml(yamlFolder), options);
    await booted.handshake(pack, portMs, began, bootTimeoutMs);
    return booted;
  } catch (error) {
    await child?.stop();
    engine.stop();
    throw error;
  }
}

export class Pack {
  readonly #client: InstanceType<typeof AnalyzerClient>;
  readonly #severities = new Map<string, Severity>();
  #info: PackInfo | undefined;
  #config: ReadonlyMap<string, PolicyConfig> = new Map();
  #timings = { port: 0, info: 0 };
  #stopped = false;

  constructor(
    readonly path: string,
    private readonly child: Child,
    private readonly engine: EngineHost,
    readonly port: number,
    readonly program: Program,
    private readonly yamlVersion: string | undefined,
    private readonly options: BootOptions,
  ) {
    this.#client = new AnalyzerClient(`127.0.0.1:${port}`, grpc.credentials.createInsecure(), channelOptions);
  }

  get pid(): number {
    return this.child.pid;
  }

  /** Milliseconds from the start of the process to its port, and to its GetAnalyzerInfo response. */
  get timings(): { readonly port: number; readonly info: number } {
    return this.#timings;
  }

  /** What the pack logged through the engine. */
  get logs(): readonly LogMessage[] {
    return this.engine.logs;
  }

  /** What the pack printed after its port, which the CLI shows as diagnostics. */
  get stdout(): string {
    return this.child.stdout().replace(/^.*\n/, "");
  }

  get stderr(): string {
    return this.child.stderr();
  }

  async handshake(pack: string, portMs: number, began: number, timeoutMs: number): Promise<void> {
    const client = this.#client;
    const handshake = new analyzerPb.AnalyzerHandshakeRequest();
    handshake.setEngineAddress(this.engine.address);
    handshake.setRootDirectory(resolve(pack));
    handshake.setProgramDirectory(resolve(pack));
    try {
      await unary(client.handshake.bind(client), handshake, timeoutMs);
    } catch (error) {
      // The Node SDK does not implement it, and the engine continues without it.
      if ((error as { code?: unknown }).code !== grpc.status.UNIMPLEMENTED)
        throw this.#failure("Handshake", error);
    }

    const stack = new analyzerPb.AnalyzerStackConfigureRequest();
    stack.setStack(this.program.stack);
    stack.setProject(this.program.project);
    stack.setOrganization(this.program.organization);
    stack.setDryRun(this.program.dryRun);
    for (const [key, value] of Object.entries(this.options.tags ?? {})) stack.getTagsMap().set(key, value);
    try {
      await unary(client.configureStack.bind(client), stack, timeoutMs);
    } catch (error) {
      // `@pulumi/policy` has it from 1.20 on; the engine continues without it here, too.
      if ((error as { code?: unknown }).code !== grpc.status.UNIMPLEMENTED)
        throw this.#failure("ConfigureStack", error);
    }

    const info = await this.info();
    this.#timings = { port: portMs, info: performance.now() - began };
    for (const policy of info.policies)
      if (policy.severity) this.#severities.set(policy.name, policy.severity);
    if (this.options.config !== false) await this.configure(this.options.config ?? {});
  }

  async info(): Promise<PackInfo> {
    if (this.#info) return this.#info;
    const client = this.#client;
    const info = await this.#call("GetAnalyzerInfo", client.getAnalyzerInfo.bind(client), new Empty());
    this.#info = {
      name: info.getName(),
      displayName: info.getDisplayname(),
      version: this.yamlVersion ?? info.getVersion(),
      description: info.getDescription(),
      readme: info.getReadme(),
      provider: info.getProvider(),
      repository: info.getRepository(),
      tags: info.getTagsList(),
      supportsConfig: info.getSupportsconfig(),
      initialConfig: Object.fromEntries(
        entriesOf(info.getInitialconfigMap()).map(([name, config]) => [
          name,
          {
            enforcementLevel: levelNames[config.getEnforcementlevel()],
            properties: jsonOf(config.getProperties()),
          },
        ]),
      ),
      policies: info.getPoliciesList().map(policyInfo),
    };
    return this.#info;
  }

  /** The level and options of each policy since the last Configure. */
  get config(): Readonly<Record<string, PolicyConfig>> {
    return Object.fromEntries(this.#config);
  }

  /**
   * Merges, checks and sends a configuration as the engine does. With `exact` only the given entries are
   * sent, as a minimal client would; every entry then needs a level.
   */
  async configure(config: PackConfig, exact = false): Promise<Readonly<Record<string, PolicyConfig>>> {
    const info = await this.info();
    const merged = reconcile(exact ? { ...info, policies: [], initialConfig: {} } : info, config);
    const request = new analyzerPb.ConfigureAnalyzerRequest();
    for (const [name, { enforcementLevel, properties }] of merged) {
      const entry = new analyzerPb.PolicyConfig();
      entry.setEnforcementlevel(levelNumbers[enforcementLevel]);
      entry.setProperties(Struct.fromJavaScript(properties));
      request.getPolicyconfigMap().set(name, entry);
    }
    const client = this.#client;
    await this.#call("Configure", client.configure.bind(client), request);
    this.#config = merged;
    return this.config;
  }

  async analyze(resource: Resource): Promise<Analysis> {
    const client = this.#client;
    const request = this.#request(resource, withoutInternalKeys(resource.props));
    return this.#analysis(await this.#call("Analyze", client.analyze.bind(client), request));
  }

  async remediate(resource: Resource): Promise<RemediationResult> {
    const client = this.#client;
    const request = this.#request(resource, resource.props);
    const response = await this.#call("Remediate", client.remediate.bind(client), request);
    return {
      remediations: response.getRemediationsList().map((remediation) => ({
        policyName: remediation.getPolicyname(),
        policyPackName: remediation.getPolicypackname(),
        policyPackVersion: this.yamlVersion ?? remediation.getPolicypackversion(),
        description: remediation.getDescription(),
        ...optional(
          "props",
          remediation.hasProperties() ? fromStruct(remediation.getProperties()) : undefined,
        ),
        ...optional("diagnostic", remediation.getDiagnostic() || undefined),
      })),
      notApplicable: notApplicable(response.getNotApplicableList()),
    };
  }

  async analyzeStack(resources: readonly StackResource[]): Promise<Analysis> {
    const client = this.#client;
    const request = new analyzerPb.AnalyzeStackRequest();
    request.setResourcesList(
      resources.map((resource) => {
        const item = new analyzerPb.AnalyzerResource();
        this.#fill(item, resource, withoutInternalKeys(resource.props));
        item.setParent(resource.parent ?? resource.options?.parent ?? "");
        item.setDependenciesList([...(resource.dependencies ?? [])]);
        for (const [key, urns] of Object.entries(resource.propertyDependencies ?? {})) {
          if (urns.length === 0) continue;
          const dependencies = new analyzerPb.AnalyzerPropertyDependencies();
          dependencies.setUrnsList([...urns]);
          item.getPropertydependenciesMap().set(key, dependencies);
        }
        return item;
      }),
    );
    return this.#analysis(await this.#call("AnalyzeStack", client.analyzeStack.bind(client), request));
  }

  /** Milliseconds of CPU time of the pack's process so far; undefined without /proc. */
  cpu(): Cpu | undefined {
    let stat: string;
    try {
      stat = readFileSync(`/proc/${this.pid}/stat`, "utf8");
    } catch {
      return undefined;
    }
    // The second field is a name that may contain blanks and brackets; the rest, after its last bracket, is
    // regular.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    const user = Number(fields[11]);
    const system = Number(fields[12]);
    // Linux counts in hundredths of a second on every architecture that Node runs on.
    return Number.isFinite(user) && Number.isFinite(system)
      ? { user: user * 10, system: system * 10 }
      : undefined;
  }

  async stop(): Promise<void> {
    if (this.#stopped) return;
    this.#stopped = true;
    this.#client.close();
    await this.child.stop();
    this.engine.stop();
  }

  #request(resource: Resource, props: Props): AnalyzerPb.AnalyzeRequest {
    const request = new analyzerPb.AnalyzeRequest();
    this.#fill(request, resource, props);
    return request;
  }

  #fill(
    request: AnalyzerPb.AnalyzeRequest | AnalyzerPb.AnalyzerResource,
    resource: Resource,
    props: Props,
  ): void {
    request.setType(resource.type);
    request.setName(resource.name);
    request.setUrn(resource.urn ?? urnOf(resource.type, resource.name, this.program));
    request.setProperties(toStruct(props));
    request.setOptions(resourceOptions(resource.options ?? {}));
    if (resource.provider) {
      const provider = new analyzerPb.AnalyzerProviderResource();
      provider.setType(resource.provider.type);
      provider.setUrn(resource.provider.urn);
      provider.setName(resource.provider.name);
      provider.setProperties(toStruct(withoutInternalKeys(resource.provider.props ?? {})));
      request.setProvider(provider);
    }
  }

  #analysis(response: AnalyzerPb.AnalyzeResponse): Analysis {
    return {
      violations: response.getDiagnosticsList().map((diagnostic) => {
        const policyName = diagnostic.getPolicyname();
        return {
          policyName,
          policyPackName: diagnostic.getPolicypackname(),
          policyPackVersion: this.yamlVersion ?? diagnostic.getPolicypackversion(),
          description: diagnostic.getDescription(),
          message: diagnostic.getMessage(),
          enforcementLevel: levelNames[diagnostic.getEnforcementlevel()],
          ...optional("urn", diagnostic.getUrn() || undefined),
          ...optional(
            "severity",
            severityNames[diagnostic.getSeverity()] ?? this.#severities.get(policyName),
          ),
        };
      }),
      notApplicable: notApplicable(response.getNotApplicableList()),
    };
  }

  async #call<Request, Response>(
    name: string,
    call: Parameters<typeof unary<Request, Response>>[0],
    request: Request,
  ): Promise<Response> {
    try {
      return await unary(call, request, this.options.callTimeoutMs ?? 60_000);
    } catch (error) {
      throw this.#failure(name, error);
    }
  }

  #failure(name: string, error: unknown): PackError {
    const details = (error as { details?: unknown }).details;
    const what = typeof details === "string" && details !== "" ? details : String(error);
    const dead = this.child.ended() ? ` (the pack's process has ended)${indented(this.stderr)}` : "";
    return new PackError(`${basename(this.path)}: ${name}: ${what}${dead}`, { cause: error });
  }
}

function notApplicable(list: readonly AnalyzerPb.PolicyNotApplicable[]): NotApplicable[] {
  return list.map((item) => ({ policyName: item.getPolicyName(), reason: item.getReason() }));
}

function policyInfo(policy: AnalyzerPb.PolicyInfo): PolicyInfo {
  const framework = policy.getFramework();
  const schema = policy.getConfigschema();
  return {
    name: policy.getName(),
    displayName: policy.getDisplayname(),
    description: policy.getDescription(),
    message: policy.getMessage(),
    enforcementLevel: levelNames[policy.getEnforcementlevel()],
    type: typeNames[policy.getPolicyType()],
    ...optional("severity", severityNames[policy.getSeverity()]),
    ...optional(
      "framework",
      framework && {
        name: framework.getName(),
        version: framework.getVersion(),
        reference: framework.getReference(),
        specification: framework.getSpecification(),
      },
    ),
    tags: policy.getTagsList(),
    remediationSteps: policy.getRemediationSteps(),
    url: policy.getUrl(),
    ...optional(
      "configSchema",
      schema && { properties: jsonOf(schema.getProperties()), required: schema.getRequiredList() },
    ),
  };
}

function resourceOptions(options: ResourceOptions): AnalyzerPb.AnalyzerResourceOptions {
  const result = new analyzerPb.AnalyzerResourceOptions();
  result.setProtect(options.protect ?? false);
  result.setIgnorechangesList([...(options.ignoreChanges ?? [])]);
  result.setDeletebeforereplace(options.deleteBeforeReplace ?? false);
  result.setDeletebeforereplacedefined(options.deleteBeforeReplace !== undefined);
  result.setAdditionalsecretoutputsList([...(options.additionalSecretOutputs ?? [])]);
  result.setAliasesList([...(options.aliases ?? [])]);
  const timeouts = new analyzerPb.AnalyzerResourceOptions.CustomTimeouts();
  timeouts.setCreate(options.customTimeouts?.create ?? 0);
  timeouts.setUpdate(options.customTimeouts?.update ?? 0);
  timeouts.setDelete(options.customTimeouts?.delete ?? 0);
  result.setCustomtimeouts(timeouts);
  result.setParent(options.parent ?? "");
  return result;
}
