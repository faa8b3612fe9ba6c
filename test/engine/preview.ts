import { normalize } from "node:path";

import type { Pack } from "./analyzer";
import {
  bootPack,
  defaultProgram,
  urnOf,
  type EnforcementLevel,
  type LogMessage,
  type NotApplicable,
  type PackConfig,
  type Resource,
  type Severity,
  type StackResource,
  type Violation,
} from "./analyzer";
import {
  message,
  nameOfUrn,
  runProgram,
  typeOfUrn,
  type ProgramOptions,
  type ProgramRun,
  type Registration,
} from "./program";
import { unknown, withoutInternalKeys, type Props } from "./values";

/** A resource written in a test, or recorded in an earlier run. */
export interface RecordedResource extends StackResource {
  /** Found by `.get()`: policies do not see it. */
  readonly read?: boolean;
  /** What AnalyzeStack sees; by default the inputs. */
  readonly outputs?: Props;
}

export interface PreviewOptions extends Omit<ProgramOptions, "onRegister" | "config"> {
  /** A folder with Pulumi.yaml, as an alternative to `resources`. */
  readonly program?: string;
  readonly resources?: readonly RecordedResource[];
  /** Running packs keep running; paths are started for this preview. */
  readonly packs: readonly (Pack | string)[];
  /** For all packs, or one per pack. A running pack without one keeps its configuration. */
  readonly config?: PackConfig | readonly (PackConfig | undefined)[];
  /** The stack's configuration. */
  readonly stackConfig?: Readonly<Record<string, string>>;
}

export interface Finding {
  readonly from: "Remediate" | "Analyze" | "AnalyzeStack";
  readonly policyName: string;
  /** `name@vVersion`, by which the CLI groups. */
  readonly pack: string;
  readonly enforcementLevel: EnforcementLevel;
  readonly severity?: Severity;
  readonly message: string;
  /** The resource at which Pulumi shows the finding. */
  readonly urn: string;
}

export interface AppliedRemediation {
  readonly policyName: string;
  readonly pack: string;
  readonly urn: string;
  readonly before: Props;
  readonly after: Props;
}

export interface PreviewResult {
  readonly exitCode: 0 | 1;
  readonly findings: readonly Finding[];
  readonly remediations: readonly AppliedRemediation[];
  readonly notApplicable: readonly (NotApplicable & { readonly urn?: string })[];
  /** What the program and the packs logged. */
  readonly logs: readonly LogMessage[];
  /** The error that ended the preview early, from the program or from a pack. */
  readonly error?: string;
  readonly packs: readonly { readonly name: string; readonly version: string; readonly path: string }[];
  readonly resources: readonly Registration[];
  /** The calls in order, one line each. */
  readonly calls: readonly string[];
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** Ends the run without its own message, as the engine does if the findings say it all. */
class Bail extends Error {}

function policyResource(registration: Registration, props: Props): Resource {
  const { type, name, urn, options, parent, provider } = registration;
  return {
    type,
    name,
    urn,
    props,
    options: { ...options, parent },
    ...(provider ? { provider } : {}),
  };
}

function stackResource(registration: Registration): StackResource {
  const { parent, dependencies, propertyDependencies } = registration;
  return {
    ...policyResource(registration, registration.outputs),
    parent,
    dependencies,
    propertyDependencies,
  };
}

class Engine {
  readonly findings: Finding[] = [];
  readonly remediations: AppliedRemediation[] = [];
  readonly notApplicable: (NotApplicable & { readonly urn?: string })[] = [];
  readonly calls: string[] = [];

  constructor(
    private readonly packs: readonly Pack[],
    private readonly dryRun: boolean,
  ) {}

  private note(list: readonly NotApplicable[], urn?: string): void {
    this.notApplicable.push(...list.map((item) => ({ ...item, ...(urn === undefined ? {} : { urn }) })));
  }

  private report(from: Finding["from"], urn: string, violation: Violation): void {
    const { policyName, policyPackName, policyPackVersion, severity } = violation;
    const enforcementLevel =
      violation.enforcementLevel === "remediate" ? "mandatory" : violation.enforcementLevel;
    if (enforcementLevel === "disabled") throw new Error(`Unrecognized diagnostic severity: ${policyName}`);
    this.findings.push({
      from,
      policyName,
      pack: `${policyPackName}@v${policyPackVersion}`,
      enforcementLevel,
      ...(severity ? { severity } : {}),
      message: violation.message,
      urn,
    });
  }

  /**
   * step_generator.go, continueStepsFromImport: remediations pack by pack, then all packs analyze at once.
   */
  async register(registration: Registration): Promise<Props> {
    const { urn } = registration;
    let inputs = registration.inputs;
    for (const pack of this.packs) {
      this.calls.push(`Remediate ${urn}`);
      const result = await pack.remediate(policyResource(registration, inputs)).catch((error: unknown) => {
        throw new Error(`failed to run remediation: ${message(error)}`);
      });
      this.note(result.notApplicable, urn);
      for (const remediation of result.remediations) {
        const { policyName, policyPackName, policyPackVersion, description, diagnostic, props } = remediation;
        if (diagnostic !== undefined) {
          this.report("Remediate", urn, {
            policyName,
            policyPackName,
            policyPackVersion,
            description,
            message: diagnostic,
            enforcementLevel: "advisory",
          });
        } else {
          const after = props ?? {};
          this.remediations.push({
            policyName,
            pack: `${policyPackName}@v${policyPackVersion}`,
            urn,
            before: inputs,
            after,
          });
          inputs = after;
        }
      }
    }

    const analyses = await Promise.all(
      this.packs.map((pack) => {
        this.calls.push(`Analyze ${urn}`);
        return pack.analyze(policyResource(registration, inputs)).catch((error: unknown) => {
          throw new Error(`failed to run policy: ${message(error)}`);
        });
      }),
    );
    let invalid = false;
    for (const { violations, notApplicable } of analyses) {
      this.note(notApplicable, urn);
      for (const violation of violations) {
        // Whatever URN the policy names: for a single resource the engine uses the resource's.
        this.report("Analyze", urn, violation);
        if (!this.dryRun && this.findings.at(-1)?.enforcementLevel === "mandatory") invalid = true;
      }
    }
    if (invalid) throw new Bail(`resource ${urn} is invalid`);
    return inputs;
  }

  /** step_generator.go, AnalyzeResources: everything managed, and so nothing that was only read. */
  async stack(registrations: readonly Registration[], rootUrn: string): Promise<void> {
    const managed = registrations.filter(({ kind }) => kind === "registered");
    const urns = new Set(managed.map(({ urn }) => urn));
    const resources = managed.map(stackResource);
    const analyses = await Promise.all(
      this.packs.map((pack) => {
        this.calls.push("AnalyzeStack");
        return pack.analyzeStack(resources).catch((error: unknown) => {
          throw new Error(`failed to analyze resources: ${message(error)}`);
        });
      }),
    );
    for (const { violations, notApplicable } of analyses) {
      this.note(notApplicable);
      for (const violation of violations) {
        const urn = violation.urn !== undefined && urns.has(violation.urn) ? violation.urn : rootUrn;
        this.report("AnalyzeStack", urn, violation);
      }
    }
  }
}

function recorded(resource: RecordedResource, options: PreviewOptions): Registration {
  const { type, name, props, provider } = resource;
  return {
    kind: resource.read === true ? "read" : "registered",
    type,
    name,
    urn: resource.urn ?? urnOf(type, name, options),
    custom: true,
    inputs: props,
    outputs: resource.outputs ?? withoutInternalKeys(props),
    id: unknown,
    options: resource.options ?? {},
    parent: resource.parent ?? resource.options?.parent ?? "",
    ...(provider ? { provider } : {}),
    dependencies: resource.dependencies ?? [],
    propertyDependencies: resource.propertyDependencies ?? {},
  };
}

/** One `pulumi preview --policy-pack …`; with `dryRun: false`, the update that follows it. */
export async function preview(options: PreviewOptions): Promise<PreviewResult> {
  const { program, resources, packs: given, config, stackConfig, ...rest } = options;
  if ((program === undefined) === (resources === undefined)) {
    throw new Error("a preview takes either a program or resources");
  }
  const dryRun = options.dryRun ?? true;
  const configs = given.map((_, index) => (isPerPack(config) ? config[index] : config));
  const packs: Pack[] = [];
  const own: Pack[] = [];
  let error: string | undefined;
  let run: ProgramRun | undefined;
  let registrations: readonly Registration[] = [];
  let engine = new Engine([], dryRun);
  let loaded = false;
  try {
    for (const [index, pack] of given.entries()) {
      const packConfig = configs[index];
      if (typeof pack === "string") {
        const booted = await bootPack(pack, {
          program: { ...defaultProgram, ...definedProgram(options), dryRun },
          ...(packConfig ? { config: packConfig } : {}),
        });
        packs.push(booted);
        own.push(booted);
      } else {
        if (packConfig) await pack.configure(packConfig);
        packs.push(pack);
      }
    }
    loaded = true;
    engine = new Engine(packs, dryRun);

    if (program !== undefined) {
      run = await runProgram(program, {
        ...rest,
        ...(stackConfig ? { config: stackConfig } : {}),
        onRegister: (registration) => engine.register(registration),
      });
      registrations = run.resources;
      error = run.error;
    } else {
      const done: Registration[] = [];
      registrations = done;
      for (const resource of resources ?? []) {
        const registration: Mutable<Registration> = recorded(resource, options);
        if (registration.kind === "registered") {
          const before = registration.inputs;
          registration.inputs = await engine.register(registration);
          // The provider would have returned its latest inputs.
          if (registration.inputs !== before && resource.outputs === undefined) {
            registration.outputs = withoutInternalKeys(registration.inputs);
          }
        }
        done.push(registration);
      }
    }
    if (error === undefined) {
      const where = run?.program ?? { ...defaultProgram, ...definedProgram(options) };
      const rootName = `${where.project}-${where.stack}`;
      await engine.stack(registrations, urnOf("pulumi:pulumi:Stack", rootName, where));
    }
  } catch (caught) {
    error = message(caught);
  } finally {
    await Promise.all(own.map((pack) => pack.stop()));
  }

  const mandatory = engine.findings.some(({ enforcementLevel }) => enforcementLevel === "mandatory");
  return {
    exitCode: error !== undefined || mandatory ? 1 : 0,
    findings: engine.findings,
    remediations: engine.remediations,
    notApplicable: engine.notApplicable,
    logs: [...(run?.logs ?? []), ...packs.flatMap((pack) => pack.logs)],
    ...(error === undefined ? {} : { error }),
    packs: loaded
      ? await Promise.all(packs.map(async (pack) => ({ ...(await nameOf(pack)), path: pack.path })))
      : [],
    resources: registrations,
    calls: engine.calls,
  };
}

function isPerPack(config: PreviewOptions["config"]): config is readonly (PackConfig | undefined)[] {
  return Array.isArray(config);
}

function definedProgram(
  options: PreviewOptions,
): Partial<Record<"organization" | "project" | "stack", string>> {
  const { organization, project, stack } = options;
  return {
    ...(organization === undefined ? {} : { organization }),
    ...(project === undefined ? {} : { project }),
    ...(stack === undefined ? {} : { stack }),
  };
}

async function nameOf(pack: Pack): Promise<{ name: string; version: string }> {
  const { name, version } = await pack.info();
  return { name, version };
}

const levelOrder: readonly EnforcementLevel[] = ["remediate", "mandatory", "advisory", "disabled"];
const severityOrder: readonly (Severity | undefined)[] = ["critical", "high", "medium", "low", undefined];

/** engine/update.go, abbreviateFilePath. */
function abbreviated(path: string): string {
  const clean = normalize(path).replace(/(.)\/$/, "$1");
  if (clean.length <= 75) return clean;
  const parts = clean.split("/");
  return parts.length > 4 ? [...parts.slice(0, 2), "...", ...parts.slice(-2)].join("/") : clean;
}

/** tokens.Type.DisplayName: `azure:a/kubernetesCluster:KubernetesCluster` without its file part. */
function displayType(type: string): string {
  const [packageName, module, name, ...more] = type.split(":");
  const slash = module?.lastIndexOf("/") ?? -1;
  if (!packageName || !module || !name || more.length > 0 || slash < 0) return type;
  const file = module.slice(slash + 1);
  if (file !== `${name.charAt(0).toLowerCase()}${name.slice(1)}`) return type;
  return `${packageName}:${module.slice(0, slash)}:${name}`;
}

function byText(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

/** The section "Policies:" of the CLI's output without colours: display/progress.go, printPolicies. */
export function render(result: PreviewResult): string {
  if (result.packs.length === 0) return "";
  const paths = new Map<string, string[]>();
  for (const { name, version, path } of result.packs) {
    const key = `${name}@v${version}`;
    paths.set(key, [...(paths.get(key) ?? []), abbreviated(path)]);
  }
  for (const { pack } of [...result.findings, ...result.remediations]) {
    if (!paths.has(pack)) paths.set(pack, []);
  }

  const lines = ["Policies:"];
  for (const [key, local] of [...paths].sort(([one], [other]) => byText(one, other))) {
    const findings = result.findings.filter(({ pack }) => pack === key);
    const failed = findings.some(({ enforcementLevel }) => enforcementLevel === "mandatory");
    const icon = failed ? "❌" : findings.length > 0 ? "⚠️" : "✅";
    lines.push(`    ${icon} ${key}${local.length > 0 ? ` (local: ${local.sort(byText).join("; ")})` : ""}`);

    const counts = new Map<string, number>();
    for (const { pack, policyName } of result.remediations) {
      if (pack === key) counts.set(policyName, (counts.get(policyName) ?? 0) + 1);
    }
    for (const [policyName, count] of [...counts].sort(([one], [other]) => byText(one, other))) {
      lines.push(
        `        - [remediate]  ${policyName}  (${count} ${count === 1 ? "resource" : "resources"})`,
      );
    }

    findings.sort(
      (one, other) =>
        levelOrder.indexOf(one.enforcementLevel) - levelOrder.indexOf(other.enforcementLevel) ||
        severityOrder.indexOf(one.severity) - severityOrder.indexOf(other.severity) ||
        byText(one.policyName, other.policyName) ||
        byText(one.urn, other.urn),
    );
    for (const { enforcementLevel, severity, policyName, urn, message: text } of findings) {
      const graded = severity ? ` [severity: ${severity}]` : "";
      const where = urn === "" ? "" : `  (${displayType(typeOfUrn(urn))}: ${nameOfUrn(urn)})`;
      lines.push(`        - [${enforcementLevel}]${graded}  ${policyName}${where}`);
      lines.push(...text.split("\n").map((line) => `          ${line}`));
    }
  }
  return `${lines.join("\n")}\n`;
}
