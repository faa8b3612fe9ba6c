/**
 * The policies as values, to put into an organisation's own pack. Importing this starts nothing.
 *
 * @example
 * import { PolicyPack } from "@pulumi/policy";
 * import { policies } from "aks-network-policy-pack/pulumi";
 * new PolicyPack("our-rules", { policies: [...policies, ...ourOwn] });
 */
import type {
  ResourceValidationArgs,
  ResourceValidationPolicy,
  StackValidationArgs,
  StackValidationPolicy,
} from "@pulumi/policy";
import type { Finding, Rule, Voice } from "../shared";
import { bugFinding, findingsOf, pageOf, rules } from "../shared";
import { Inventory, StackOfClusters } from "./inventory";
import { kindOf } from "./resources";

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
  const inventory = new Inventory();
  return rules.map((rule) => policyOf(rule, inventory, today));
}

/** The three rules as Pulumi policies, by the system's clock. */
export const policies: readonly AksNetworkPolicy[] = createPolicies();

/**
 * The SDK's object form of a report, which gives one violation its own level (in `@pulumi/policy` since 1.21.0, not
 * yet in its types).
 */
type Report = (violation: {
  readonly message: string;
  readonly urn: string;
  readonly enforcementLevel?: "advisory";
}) => void;

function policyOf(rule: Rule, inventory: Inventory, today: () => Date): AksNetworkPolicy {
  return {
    name: rule.name,
    displayName: rule.title,
    description: rule.description,
    enforcementLevel: rule.level,
    severity: rule.severity,
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
    validateResource: (args, report) => {
      validateResource(rule, inventory, today, args, report as unknown as Report);
    },
    validateStack: (args, report) => {
      validateStack(rule, inventory, today, args, report as unknown as Report);
    },
  };
}

function validateResource(
  rule: Rule,
  inventory: Inventory,
  today: () => Date,
  args: ResourceValidationArgs,
  report: Report,
): void {
  if (kindOf(args.type) === undefined) args.notApplicable("not a part of an AKS cluster");
  // `pulumi policy analyze` shows a cluster that is only read, too, and such a cluster has no inputs.
  if (Object.keys(args.props).length === 0) {
    inventory.empty.add(args.urn);
    args.notApplicable("no inputs: judged by its outputs, with the whole stack");
  }
  const findings = guarded(rule, () => {
    const subject = inventory.register(args.urn, args.type, args.props);
    return subject === undefined ? [] : findingsOf(rule, subject, { today: today() }, atRegistration);
  });
  send(findings, args.urn, report);
}

function validateStack(
  rule: Rule,
  inventory: Inventory,
  today: () => Date,
  args: StackValidationArgs,
  report: Report,
): void {
  const stack = new StackOfClusters(args.resources, inventory);
  for (const resource of stack.clusters) {
    const findings = guarded(rule, () => {
      const { whole, judged } = stack.clusterOf(resource);
      const circumstances = { today: today() };
      if (whole.readOnly === true) return findingsOf(rule, whole, circumstances, atRead).map(asAdvisory);
      const found = findingsOf(rule, whole, circumstances, atTheEnd);
      if (judged === undefined) return found;
      // What the declaration alone showed has been reported when it was registered.
      const told = new Set(findingsOf(rule, judged, circumstances, atRegistration).map(({ key }) => key));
      return found.filter(({ key }) => !told.has(key));
    });
    send(findings, resource.urn, report);
  }
}

/** A cluster that this program only reads cannot be fixed here, so it is not stopped here either. */
function asAdvisory(finding: Finding): Finding {
  return finding.kind === "failure" ? { ...finding, kind: "notice" } : finding;
}

/** The one place that catches: a cluster that could not be judged fails, and the others are still judged. */
function guarded(rule: Rule, judge: () => Finding[]): Finding[] {
  try {
    return judge();
  } catch (error) {
    return [bugFinding(rule, error)];
  }
}

function send(findings: readonly Finding[], urn: string, report: Report): void {
  for (const { kind, message } of findings) {
    report(kind === "failure" ? { message, urn } : { message, urn, enforcementLevel: "advisory" });
  }
}
