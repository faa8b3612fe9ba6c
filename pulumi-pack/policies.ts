/**
 * The policies as values, to put into an organisation's own pack. Importing this starts nothing.
 *
 * @example
 * import { PolicyPack } from "@pulumi/policy";
 * import { policies } from "aks-network-policy-pack/pulumi";
 * new PolicyPack("our-rules", { policies: [...policies, ...ourOwn] });
 */
import type {
  PolicyResource,
  ResourceValidationArgs,
  ResourceValidationPolicy,
  StackValidationArgs,
  StackValidationPolicy,
} from "@pulumi/policy";
import { pulumiPartOf } from "../shared/dialects/lookup";
import type { Finding } from "../shared/findings/findings";
import {
  bugFinding,
  findingsOf,
  lostFinding,
  surplusExemptions,
  unseenFindings,
  withExemption,
} from "../shared/findings/findings";
import { has } from "../shared/fixes/remedy";
import { pageOf } from "../shared/messages/pages";
import type { Voice } from "../shared/messages/words";
import { exemptionOf } from "../shared/policy/exemptions";
import type { Subject } from "../shared/reading/subject";
import { rules } from "../shared/rules";
import type { Circumstances, Rule } from "../shared/rules/rule";
import { AutoSets } from "./auto-set";
import { ConfigurationOfRun, configSchemaOf } from "./configuration";
import { Inventory, StackOfClusters, subjectOf } from "./inventory";
import { versionOf } from "./resources";

/** A rule as Pulumi runs it: on every registered resource, and on the whole stack at the end. */
export type AksNetworkPolicy = ResourceValidationPolicy & StackValidationPolicy;

export interface PolicyOptions {
  /** The clock that ends of support are judged by; the system's by default. Only the UTC day counts. */
  readonly today?: () => Date;
}

const late = "`pulumi up`";
const atRegistration: Voice = {
  late,
  then: "That step judges this cluster again before it changes it, at the level of this rule.",
};
const atTheEnd: Voice = {
  late,
  then: "That step judges this cluster again with its node pools, once they are made.",
};
const atRead: Voice = { late, then: "That step reports it again." };

/** The three rules as Pulumi policies. One set serves one run: it remembers what the program declared. */
export function createPolicies({ today = () => new Date() }: PolicyOptions = {}): AksNetworkPolicy[] {
  const run: Run = {
    inventory: new Inventory(),
    configuration: new ConfigurationOfRun(),
    autoSets: new AutoSets(),
    refusals: new Map(),
    today,
  };
  return rules.map((rule) => policyOf(rule, run));
}

/** The three rules as Pulumi policies, by the system's clock. */
export const policies: readonly AksNetworkPolicy[] = createPolicies();

/** What the policies of one run share. */
interface Run {
  readonly inventory: Inventory;
  readonly configuration: ConfigurationOfRun;
  readonly autoSets: AutoSets;
  /** What the SDK throws where a rule does not apply, by reason. */
  readonly refusals: Map<string, Promise<never>>;
  readonly today: () => Date;
}

/**
 * The SDK's object form of a report, which gives one violation its own level: 1.15.0 prints `[object Object]`, 1.20.0
 * knows it, and its types do not yet.
 */
type Report = (violation: {
  readonly message: string;
  readonly urn?: string;
  readonly enforcementLevel?: "advisory" | "mandatory";
}) => void;

function policyOf(rule: Rule, run: Run): AksNetworkPolicy {
  return {
    name: rule.name,
    displayName: rule.title,
    description: rule.description,
    enforcementLevel: rule.level,
    severity: rule.severity,
    configSchema: configSchemaOf(rule.name),
    url: pageOf(rule.name),
    remediationSteps: rule.remedy,
    ...(rule.frameworks[0] === undefined ? {} : { framework: { ...rule.frameworks[0] } }),
    tags: [
      "azure",
      "aks",
      "kubernetes",
      "network-policy",
      ...rule.frameworks.map(({ reference }) => reference),
    ],
    ...(isRemedied(rule) ? { remediateResource: (args) => remediateResource(rule, run, args) } : {}),
    validateResource: (args, report) => validateResource(rule, run, args, report as unknown as Report),
    validateStack: (args, report) => {
      const root = args.resources.find(({ type }) => type === "pulumi:pulumi:Stack")?.urn;
      if (mayJudge(rule, run, args, root, report as unknown as Report))
        validateStack(rule, run, args, root, report as unknown as Report);
    },
  };
}

/** Auto-set belongs to one rule. */
function isRemedied({ name }: Rule): boolean {
  return name === "network-policy-configured";
}

function remediateResource(
  rule: Rule,
  run: Run,
  args: ResourceValidationArgs,
): ResourceValidationArgs["props"] | Promise<never> | undefined {
  const { configuration, autoSets, today } = run;
  if (pulumiPartOf(args.type)?.what !== "cluster") return notApplicable(run, args, "not an AKS cluster");
  // A cluster that is only read, which `pulumi policy analyze` shows, too. The engine's own keys are shown here as well.
  if (Object.keys(args.props).every((name) => name.startsWith("__")))
    return notApplicable(run, args, "no inputs");
  // The validation, which runs next, says what is wrong with it.
  if (!configuration.accepts(rule, args.getConfig())) return undefined;
  const wrote = autoSets.remediate(args, () => {
    const subject = subjectOf(args.type, args.props, versionOf(args.provider));
    if (subject === undefined) throw new TypeError("not a cluster");
    return { subject, circumstances: configuration.circumstances(today) };
  });
  return wrote ? args.props : undefined;
}

/** Nothing is judged by a configuration that is not understood: the run fails at its first resource, at any level. */
function mayJudge(
  rule: Rule,
  { configuration }: Run,
  args: ResourceValidationArgs | StackValidationArgs,
  urn: string | undefined,
  report: Report,
): boolean {
  const { refusal, isNew } = configuration.read(rule, args.getConfig());
  if (refusal === undefined) return true;
  if (isNew)
    report({ message: refusal, ...(urn === undefined ? {} : { urn }), enforcementLevel: "mandatory" });
  return false;
}

function validateResource(
  rule: Rule,
  run: Run,
  args: ResourceValidationArgs,
  report: Report,
): Promise<never> | undefined {
  const { configuration, today } = run;
  // A wrong configuration is refused at the first resource, whatever that is.
  if (!mayJudge(rule, run, args, args.urn, report)) return undefined;
  if (pulumiPartOf(args.type) === undefined) return notApplicable(run, args, "not a part of an AKS cluster");
  const circumstances = configuration.circumstances(today);
  const findings = judgeRegistered(rule, run, args, circumstances);
  // `pulumi policy analyze` shows a cluster that is only read, too, and such a cluster has no inputs.
  if (findings === undefined)
    return notApplicable(run, args, "no inputs: judged by its outputs, with the whole stack");
  send(exempted(rule, findings, args.urn, circumstances), args.urn, report);
  return undefined;
}

/**
 * What tells the SDK that a rule has nothing to say, as an asynchronous policy does: a promise that is rejected with the
 * SDK's own error. The error is thrown once for each reason, because throwing it would cost more than everything else
 * that is done about a resource that is no cluster.
 */
function notApplicable({ refusals }: Run, args: ResourceValidationArgs, reason: string): Promise<never> {
  const known = refusals.get(reason);
  if (known !== undefined) return known;
  const refusal = Promise.resolve().then(() => args.notApplicable(reason));
  refusals.set(reason, refusal);
  return refusal;
}

// What catches, here and at the end: a cluster that could not be judged fails, and the others are still judged.
// `undefined` stands for a part without inputs.
function judgeRegistered(
  rule: Rule,
  { inventory, autoSets }: Run,
  args: ResourceValidationArgs,
  circumstances: Circumstances,
): readonly Finding[] | undefined {
  try {
    const registered = inventory.register(rule.name, args);
    if (registered.what === "nothing") return undefined;
    if (registered.what === "pool") return [];
    const { subject } = registered;
    const remark = isRemedied(rule) ? autoSets.remarkOn(args.urn, subject.cluster) : undefined;
    const remarked = remark?.arrived === false ? { ...subject, autoSet: remark.lines } : subject;
    const found = findingsOf(rule, remarked, circumstances, atRegistration);
    return remark?.arrived === true ? [noticeOf(remark.text), ...found] : found;
  } catch (error) {
    return [bugFinding(rule, error)];
  }
}

function validateStack(
  rule: Rule,
  run: Run,
  args: StackValidationArgs,
  root: string | undefined,
  report: Report,
): void {
  const { inventory, configuration, today } = run;
  const stack = new StackOfClusters(args.resources, inventory);
  const circumstances = configuration.circumstances(today);
  const clusters = new Map<string, readonly (Subject | undefined)[]>();
  for (const resource of stack.clusters) {
    const { urn } = resource;
    const { whole, found, told } = judgeWhole(rule, run, stack, resource, circumstances);
    clusters.set(urn, [whole]);
    const news = exempted(
      rule,
      found.filter(({ key }) => !told.has(key)),
      urn,
      circumstances,
    );
    send(whole?.readOnly === true ? news.map(asAdvisory) : news, urn, report);
  }
  const belongs = (target: string): boolean => isOfStack(target, args.resources[0]?.urn);
  for (const { address, message } of surplusExemptions(rule, clusters, belongs, circumstances)) {
    const urn = address ?? root;
    report({ message, ...(urn === undefined ? {} : { urn }), enforcementLevel: "advisory" });
  }
}

/** A cluster at the end of the run, what a rule finds on it, and the keys of what was reported when it was registered. */
function judgeWhole(
  rule: Rule,
  { autoSets }: Run,
  stack: StackOfClusters,
  resource: PolicyResource,
  circumstances: Circumstances,
): {
  /** `undefined` where it could not be read, or is not what was declared. */
  readonly whole: Subject | undefined;
  readonly found: readonly Finding[];
  readonly told: ReadonlySet<string>;
} {
  try {
    const lost = isRemedied(rule) ? lostFrom(rule, autoSets, stack, resource, circumstances) : undefined;
    if (lost !== undefined) return { whole: undefined, found: lost, told: new Set() };
    const { whole, judged } = stack.clusterOf(resource);
    // No pool was declared apart: there is nothing that was not told when the cluster was registered.
    if (whole.cluster === judged?.cluster) return { whole, found: [], told: new Set() };
    const found = findingsOf(rule, whole, circumstances, whole.readOnly === true ? atRead : atTheEnd);
    const before = judged === undefined ? [] : findingsOf(rule, judged, circumstances, atRegistration);
    return { whole, found, told: new Set(before.map(({ key }) => key)) };
  } catch (error) {
    return { whole: undefined, found: [bugFinding(rule, error)], told: new Set() };
  }
}

/**
 * What is to be said where auto-set's values are not in what is deployed, or cannot be seen there: the engine computes
 * the inputs of a replacement anew, without what policies wrote, and ends without an error.
 */
function lostFrom(
  rule: Rule,
  autoSets: AutoSets,
  stack: StackOfClusters,
  resource: PolicyResource,
  circumstances: Circumstances,
): readonly Finding[] | undefined {
  const written = autoSets.arrivedAt(resource.urn);
  if (written === undefined) return undefined;
  const { subject, settings } = written;
  const deployed = stack.deployed(resource);
  if (deployed === undefined) return unseenFindings(rule, settings, circumstances, late);
  // In a preview what a provider is given is known, so what is not known there was not given.
  return has(deployed, settings) ? undefined : [lostFinding(rule, subject, settings, resource.urn)];
}

function exempted(
  { name }: Rule,
  findings: readonly Finding[],
  urn: string,
  circumstances: Circumstances,
): readonly Finding[] {
  const { exemptions = [] } = circumstances.options?.[name] ?? {};
  return withExemption(findings, exemptionOf(exemptions, urn), circumstances);
}

/** Are two URNs of one stack and project? `urn:pulumi:<stack>::<project>::<type>::<name>` */
function isOfStack(urn: string, other: string | undefined): boolean {
  const stackOf = (each: string): string => each.split("::").slice(0, 2).join("::");
  return other !== undefined && stackOf(urn) === stackOf(other);
}

/** The engine shows that a remediation ran and on how many resources, but no word of it: its words are a notice. */
function noticeOf(message: string): Finding {
  return { kind: "notice", key: "auto-set", message };
}

/** A cluster that this program only reads cannot be fixed here, so it is not stopped here either. */
function asAdvisory(finding: Finding): Finding {
  return finding.kind === "failure" ? { ...finding, kind: "notice" } : finding;
}

function send(findings: readonly Finding[], urn: string, report: Report): void {
  for (const { kind, message } of findings) {
    report(kind === "failure" ? { message, urn } : { message, urn, enforcementLevel: "advisory" });
  }
}
