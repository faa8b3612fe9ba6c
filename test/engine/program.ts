import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";

import { defaultProgram, type Program, type ProviderResource, type ResourceOptions } from "./analyzer";
import { start, within } from "./child";
import {
  channelOptions,
  Empty,
  entriesOf,
  grpc,
  InvokeResponse,
  listen,
  ResourceMonitorService,
  resourcePb,
  type Grpc,
  type ResourceGrpc,
  type ResourcePb,
} from "./proto";
import { addEngine, type LogMessage } from "./service";
import {
  fromStruct,
  isSecret,
  secret,
  toStruct,
  unknown,
  withoutInternalKeys,
  type Props,
  type Unknown,
  type Value,
} from "./values";

/** What Pulumi knows of a resource, from which it creates what it sends to policies. */
export interface Registration {
  readonly kind: "registered" | "read";
  readonly type: string;
  readonly name: string;
  readonly urn: string;
  readonly custom: boolean;
  /** After the provider's check; after `onRegister` also with its replacements. */
  readonly inputs: Props;
  readonly outputs: Props;
  readonly id: string | Unknown | undefined;
  readonly options: ResourceOptions;
  readonly parent: string;
  readonly provider?: ProviderResource;
  readonly dependencies: readonly string[];
  readonly propertyDependencies: Readonly<Record<string, readonly string[]>>;
}

export interface ProgramOptions extends Partial<Omit<Program, "project">> {
  /** By default the name in Pulumi.yaml. */
  readonly project?: string;
  /** Configuration, for instance `azure-native:location`; `project:` may be left out. */
  readonly config?: Readonly<Record<string, string>>;
  readonly env?: NodeJS.ProcessEnv;
  /** A folder from which @pulumi/pulumi/cmd/run is resolved; by default the program's own. */
  readonly pulumi?: string;
  readonly nodeArgs?: readonly string[];
  readonly timeoutMs?: number;
  /** What `.get()` finds, by ID; by default only what the program passes. */
  readonly existing?: Readonly<Record<string, Props>>;
  /** The result of a provider function; by default its arguments, as in Pulumi's own mocks. */
  readonly invoke?: (token: string, args: Props) => Props;
  /** The result of a provider's Check. The default is below. */
  readonly check?: (
    type: string,
    name: string,
    inputs: Props,
    config: Readonly<Record<string, string>>,
  ) => Props;
  /** The outputs of a provider; by default the inputs, without the keys that begin with two underscores. */
  readonly outputs?: (registration: Registration, dryRun: boolean) => Props;
  /**
   * Called for one resource at a time, before the program gets its response: this is where policies run. May
   * return other inputs; if it throws, the deployment ends and the program gets an error.
   */
  readonly onRegister?: (registration: Registration) => Promise<Props>;
}

export interface ProgramRun {
  /** In the order in which the engine finished them, including default providers. */
  readonly resources: readonly Registration[];
  readonly logs: readonly LogMessage[];
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number;
  /** Why the run failed, in the words of the program or `onRegister`. */
  readonly error?: string;
  readonly program: Program;
}

const rootType = "pulumi:pulumi:Stack";

/**
 * What azure-native's Check adds and a policy can see: names for the two kinds of resource that programs most
 * often leave unnamed, the location from the configuration, and the mark for replacements. It adds no
 * defaults to networkProfile, and neither does this.
 */
export function azureNativeCheck(
  type: string,
  name: string,
  inputs: Props,
  config: Readonly<Record<string, string>>,
): Props {
  const match = /^azure-native[^:]*:(?:[^:]*):(\w+)$/.exec(type);
  if (!match) return inputs;
  const key = { ManagedCluster: "resourceName", ResourceGroup: "resourceGroupName" }[match[1] ?? ""];
  if (key === undefined) return inputs;
  const location = config["azure-native:location"];
  const suffix = createHash("sha256").update(`${type}::${name}`).digest("hex").slice(0, 8);
  return {
    ...(inputs[key] === undefined ? { [key]: `${name}${suffix}`, __createBeforeDelete: true } : {}),
    ...(location === undefined ? {} : { location }),
    ...inputs,
  };
}

function yamlField(yaml: string, field: string): string | undefined {
  return new RegExp(`^${field}:[ \\t]*["']?([^"'\\s#]+)`, "m").exec(yaml)?.[1];
}

const { ResourceMonitorFeature: feature } = resourcePb;

/**
 * Features that would need the engine to call the program back are rejected, and the SDK then reports that.
 */
const features = new Map([
  ["secrets", feature.RESOURCE_MONITOR_FEATURE_SECRETS],
  ["resourceReferences", feature.RESOURCE_MONITOR_FEATURE_RESOURCE_REFERENCES],
  ["outputValues", feature.RESOURCE_MONITOR_FEATURE_OUTPUT_VALUES],
  ["aliasSpecs", feature.RESOURCE_MONITOR_FEATURE_ALIAS_SPECS],
  ["replacementTrigger", feature.RESOURCE_MONITOR_FEATURE_REPLACEMENT_TRIGGER],
  ["deletedWith", feature.RESOURCE_MONITOR_FEATURE_DELETED_WITH],
  ["replaceWith", feature.RESOURCE_MONITOR_FEATURE_REPLACE_WITH],
  ["parameterization", feature.RESOURCE_MONITOR_FEATURE_PARAMETERIZATION],
  ["resourceHooks", feature.RESOURCE_MONITOR_FEATURE_RESOURCE_HOOKS],
  ["errorHooks", feature.RESOURCE_MONITOR_FEATURE_ERROR_HOOKS],
]);

function qualifiedType(urn: string): string {
  return urn.split("::")[2] ?? "";
}

export function typeOfUrn(urn: string): string {
  return qualifiedType(urn).split("$").pop() ?? "";
}

export function nameOfUrn(urn: string): string {
  return urn.split("::").slice(3).join("::");
}

class Aborted extends Error {}

class Monitor {
  readonly resources = new Map<string, Registration>();
  readonly done: Registration[] = [];
  failure: unknown;
  #packages = new Map<string, { name: string; version: string }>();
  #providers = new Map<string, ProviderResource>();
  #queue: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly program: Program,
    private readonly config: Readonly<Record<string, string>>,
    private readonly options: ProgramOptions,
  ) {}

  /**
   * The engine's step generator handles one resource after the other, whatever the program sends
   * concurrently.
   */
  private oneAtATime<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#queue.then(() => {
      if (this.failure !== undefined) throw new Aborted();
      return work();
    });
    this.#queue = result.catch((error: unknown) => {
      if (!(error instanceof Aborted)) this.failure ??= error;
    });
    return result;
  }

  private urn(type: string, name: string, parent: string): string {
    const parentType = parent === "" ? "" : qualifiedType(parent);
    const prefix = parentType === "" || parentType === rootType ? "" : `${parentType}$`;
    return `urn:pulumi:${this.program.stack}::${this.program.project}::${prefix}${type}::${name}`;
  }

  /**
   * A resource without a provider gets its package's default one, which is itself a resource with policies.
   */
  private async provider(
    type: string,
    given: string,
    version: string,
    packageRef: string,
  ): Promise<ProviderResource | undefined> {
    if (type.startsWith("pulumi:")) return undefined;
    if (given !== "") {
      const urn = given.slice(0, given.lastIndexOf("::"));
      return this.#providers.get(urn);
    }
    const reference = this.#packages.get(packageRef);
    const packageName = reference?.name ?? type.split(":")[0] ?? "";
    const wanted = reference?.version ?? version;
    const providerType = `pulumi:providers:${packageName}`;
    const name = wanted === "" ? "default" : `default_${wanted.replace(/[^\w]/g, "_")}`;
    const urn = this.urn(providerType, name, "");
    const known = this.#providers.get(urn);
    if (known) return known;
    const inputs: Record<string, Value> = {};
    for (const [key, value] of Object.entries(this.config)) {
      if (key.startsWith(`${packageName}:`)) inputs[key.slice(packageName.length + 1)] = value;
    }
    if (wanted !== "") inputs["version"] = wanted;
    const done = await this.finish({
      kind: "registered",
      type: providerType,
      name,
      urn,
      custom: true,
      inputs,
      outputs: {},
      id: undefined,
      options: {},
      parent: "",
      dependencies: [],
      propertyDependencies: {},
    });
    return this.remember(done);
  }

  private remember(registration: Registration): ProviderResource {
    const { type, urn, name, inputs } = registration;
    const provider = { type, urn, name, props: inputs };
    this.#providers.set(urn, provider);
    return provider;
  }

  private async finish(asked: Registration): Promise<Registration> {
    const inputs = this.options.onRegister ? await this.options.onRegister(asked) : asked.inputs;
    const registration = { ...asked, inputs };
    const answered = this.options.outputs
      ? this.options.outputs(registration, this.program.dryRun)
      : withoutInternalKeys(inputs);
    const outputs = Object.fromEntries(
      Object.entries(answered).map(([key, value]) =>
        // The engine's guard against a provider that returns a secret in plain text.
        isSecret(inputs[key]) && value !== undefined && !isSecret(value)
          ? [key, secret(value)]
          : [key, value],
      ),
    );
    const id = !asked.custom ? undefined : this.program.dryRun ? unknown : this.idOf(asked);
    const done: Registration = { ...registration, id, outputs: asked.custom ? outputs : {} };
    this.resources.set(done.urn, done);
    this.done.push(done);
    return done;
  }

  private idOf({ type, name, inputs }: Registration): string {
    const own = inputs["resourceName"] ?? inputs["resourceGroupName"] ?? name;
    return `/made-up/${type.replaceAll(":", "/")}/${typeof own === "string" ? own : name}`;
  }

  register(request: ResourcePb.RegisterResourceRequest): Promise<Registration> {
    return this.oneAtATime(async () => {
      const type = request.getType();
      const name = request.getName();
      const parent = request.getParent();
      const custom = request.getCustom();
      const urn = this.urn(type, name, parent);
      if (this.resources.has(urn))
        throw new Error(`Duplicate resource URN '${urn}'; try giving it a unique name`);
      const provider =
        custom || request.getRemote()
          ? await this.provider(type, request.getProvider(), request.getVersion(), request.getPackageref())
          : undefined;
      const given = fromStruct(request.getObject());
      const check = this.options.check ?? azureNativeCheck;
      const timeouts = request.getCustomtimeouts();
      const registration = await this.finish({
        kind: "registered",
        type,
        name,
        urn,
        custom,
        inputs: custom ? check(type, name, given, this.config) : given,
        outputs: {},
        id: undefined,
        parent,
        options: {
          protect: request.getProtect() ?? false,
          ignoreChanges: request.getIgnorechangesList(),
          ...(request.getDeletebeforereplacedefined()
            ? { deleteBeforeReplace: request.getDeletebeforereplace() }
            : {}),
          additionalSecretOutputs: request.getAdditionalsecretoutputsList(),
          // The engine names the alias under which it found the resource in the state; here there is no
          // state.
          aliases: [],
          ...(timeouts
            ? {
                customTimeouts: {
                  create: seconds(timeouts.getCreate()),
                  update: seconds(timeouts.getUpdate()),
                  delete: seconds(timeouts.getDelete()),
                },
              }
            : {}),
          parent,
        },
        ...(provider ? { provider } : {}),
        dependencies: request.getDependenciesList(),
        propertyDependencies: Object.fromEntries(
          entriesOf(request.getPropertydependenciesMap()).map(([key, list]) => [key, list.getUrnsList()]),
        ),
      });
      if (type.startsWith("pulumi:providers:")) this.remember(registration);
      return registration;
    });
  }

  read(request: ResourcePb.ReadResourceRequest): Promise<Registration> {
    return this.oneAtATime(async () => {
      const type = request.getType();
      const name = request.getName();
      const parent = request.getParent();
      const provider = await this.provider(
        type,
        request.getProvider(),
        request.getVersion(),
        request.getPackageref(),
      );
      const inputs = fromStruct(request.getProperties());
      const id = fromStruct(toStruct({ id: request.getId() }))["id"];
      const registration: Registration = {
        kind: "read",
        type,
        name,
        urn: this.urn(type, name, parent),
        custom: true,
        inputs,
        // Nothing can be read under an ID that does not exist yet.
        outputs: typeof id === "string" ? { ...inputs, ...this.options.existing?.[id] } : {},
        id: typeof id === "string" ? id : unknown,
        options: { parent },
        parent,
        ...(provider ? { provider } : {}),
        dependencies: request.getDependenciesList(),
        propertyDependencies: {},
      };
      this.resources.set(registration.urn, registration);
      this.done.push(registration);
      return registration;
    });
  }

  setOutputs(urn: string, outputs: Props): void {
    const before = this.resources.get(urn);
    if (!before) return;
    const after = { ...before, outputs };
    this.resources.set(urn, after);
    this.done[this.done.indexOf(before)] = after;
  }

  service(): ResourceGrpc.IResourceMonitorServer {
    const { program, config, options } = this;
    return {
      supportsFeature: answer((request) => {
        const response = new resourcePb.SupportsFeatureResponse();
        response.setHassupport(features.has(request.getId()));
        return response;
      }),
      getDeploymentInfo: answer(() => {
        const response = new resourcePb.DeploymentInfo();
        response.setProject(program.project);
        response.setStack(program.stack);
        response.setOrganization(program.organization);
        response.setDryrun(program.dryRun);
        response.setSupportedfeaturesList([...features.values()]);
        for (const [key, value] of Object.entries(config)) response.getConfigMap().set(key, value);
        return response;
      }),
      registerPackage: answer((request) => {
        const parameter = request.getParameterization();
        const name = parameter?.getName() ?? request.getName();
        const version = parameter?.getVersion() ?? request.getVersion();
        const reference = `${name}@${version}`;
        this.#packages.set(reference, { name, version });
        const response = new resourcePb.RegisterPackageResponse();
        response.setRef(reference);
        return response;
      }),
      registerResource: answer(async (request) => {
        const { urn, id, outputs } = await this.register(request);
        const response = new resourcePb.RegisterResourceResponse();
        response.setUrn(urn);
        response.setId(typeof id === "string" ? id : "");
        response.setObject(toStruct(outputs));
        return response;
      }),
      readResource: answer(async (request) => {
        const { urn, outputs } = await this.read(request);
        const response = new resourcePb.ReadResourceResponse();
        response.setUrn(urn);
        response.setProperties(toStruct(outputs));
        return response;
      }),
      registerResourceOutputs: answer((request) => {
        this.setOutputs(request.getUrn(), fromStruct(request.getOutputs()));
        return new Empty();
      }),
      invoke: answer((request) => {
        const args = fromStruct(request.getArgs());
        const response = new InvokeResponse();
        if (request.getTok() === "pulumi:pulumi:getResource") {
          const urn = args["urn"];
          const found = typeof urn === "string" ? this.resources.get(urn) : undefined;
          response.setReturn(toStruct({ urn: urn ?? "", id: found?.id ?? "", state: found?.outputs ?? {} }));
        } else {
          response.setReturn(toStruct(options.invoke ? options.invoke(request.getTok(), args) : args));
        }
        return response;
      }),
      call: answer(() => {
        throw new Error("methods of resources are not part of this stand-in");
      }),
      // Not offered as features, so no SDK calls these.
      registerStackTransform: answer(() => {
        throw new Error("transforms are not part of this stand-in");
      }),
      registerStackInvokeTransform: answer(() => {
        throw new Error("transforms are not part of this stand-in");
      }),
      // Hooks run around a provider's operations, and nothing is created here: they are recorded and never
      // called.
      registerResourceHook: answer(() => new Empty()),
      registerErrorHook: answer(() => new Empty()),
      signalAndWaitForShutdown: answer(() => new Empty()),
    };
  }
}

function seconds(duration: string): number {
  const factors = { s: 1, m: 60, h: 3600 };
  let total = 0;
  for (const [, amount, unit] of duration.matchAll(/([\d.]+)(s|m|h)/g)) {
    total += Number(amount) * factors[unit as keyof typeof factors];
  }
  return total;
}

/** UNAVAILABLE is what Pulumi's monitor returns once a deployment has ended; SDKs then exit quietly. */
function answer<Request, Response>(
  handle: (request: Request) => Response | Promise<Response>,
): Grpc.handleUnaryCall<Request, Response> {
  return (call, callback) => {
    // Inside the chain, so that a synchronous error in a handler is also returned.
    Promise.resolve()
      .then(() => handle(call.request))
      .then(
        (response) => {
          callback(null, response);
        },
        (error: unknown) => {
          callback({ code: grpc.status.UNAVAILABLE, details: message(error) });
        },
      );
  };
}

export function message(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Runs a Node program as `pulumi preview` (or, with `dryRun: false`, `pulumi up`) does, to its end. */
export async function runProgram(folder: string, options: ProgramOptions = {}): Promise<ProgramRun> {
  const directory = resolve(folder);
  const yaml = readFileSync(join(directory, "Pulumi.yaml"), "utf8");
  const program: Program = {
    organization: options.organization ?? defaultProgram.organization,
    project: options.project ?? yamlField(yaml, "name") ?? defaultProgram.project,
    stack: options.stack ?? defaultProgram.stack,
    dryRun: options.dryRun ?? defaultProgram.dryRun,
  };
  const config = Object.fromEntries(
    Object.entries(options.config ?? {}).map(([key, value]) => [
      key.includes(":") ? key : `${program.project}:${key}`,
      value,
    ]),
  );
  const runner = createRequire(join(resolve(options.pulumi ?? directory), "index.js")).resolve(
    "@pulumi/pulumi/cmd/run",
  );

  const monitor = new Monitor(program, config, options);
  const logs: LogMessage[] = [];
  const server = new grpc.Server(channelOptions);
  server.addService(ResourceMonitorService, { ...monitor.service() });
  addEngine(server, logs);
  const address = await listen(server);

  const env: NodeJS.ProcessEnv = { ...process.env };
  for (const name of Object.keys(env)) {
    if (/^(PULUMI_|VITEST|NODE_OPTIONS$|TS_NODE_)/.test(name)) Reflect.deleteProperty(env, name);
  }
  const args = [
    ...(options.nodeArgs ?? []),
    runner,
    `--monitor=${address}`,
    `--engine=${address}`,
    `--organization=${program.organization}`,
    `--project=${program.project}`,
    `--stack=${program.stack}`,
    `--root-directory=${directory}`,
    `--pwd=${directory}`,
    ...(program.dryRun ? ["--dry-run"] : []),
    "--parallel=16",
    yamlField(yaml, "main") ?? ".",
  ];
  const child = await start(process.execPath, args, {
    cwd: directory,
    env: {
      ...env,
      PULUMI_NODEJS_TYPESCRIPT: "true",
      // Type checking costs more than everything else together, and is not what is tested.
      PULUMI_NODEJS_TRANSPILE_ONLY: "true",
      PULUMI_CONFIG: JSON.stringify(config),
      PULUMI_CONFIG_SECRET_KEYS: "[]",
      ...options.env,
    },
  });
  try {
    const timeoutMs = options.timeoutMs ?? 120_000;
    const ended = await within(child.code, timeoutMs);
    const exitCode = ended?.value ?? 1;
    // If a deployment ended while the program ran, its error counts, whatever the program makes of it.
    const error =
      monitor.failure !== undefined
        ? message(monitor.failure)
        : !ended
          ? `the program did not end within ${timeoutMs} ms`
          : exitCode === 0
            ? undefined
            : (logs.find(({ severity }) => severity === "error")?.message ??
              `the program ended with ${await child.exit}\n${child.stderr()}`.trimEnd());
    return {
      resources: monitor.done,
      logs,
      stdout: child.stdout(),
      stderr: child.stderr(),
      exitCode: error === undefined ? 0 : exitCode || 1,
      ...(error === undefined ? {} : { error }),
      program,
    };
  } finally {
    await child.stop();
    server.forceShutdown();
  }
}
