import type { PolicyResource, StackValidationArgs } from "@pulumi/policy";
import { stackOfUrn } from "../shared/documents/pulumi/resources";
import { autoSetRule, lostFinding, unseenFindings } from "../shared/findings/auto-set";
import type { Finding } from "../shared/findings/finding";
import { bugFinding, findingsOf } from "../shared/findings/judge";
import { unusedExemptions } from "../shared/findings/unused-exemptions";
import { unusedNewClusters } from "../shared/findings/unused-new-clusters";
import { has } from "../shared/fixes/remedy";
import { unusedExemptionMessage } from "../shared/messages/exemptions";
import { unusedNewClusterMessage } from "../shared/messages/new-clusters";
import type { Voice } from "../shared/messages/voice";
import type { Subject } from "../shared/reading/subject";
import type { Circumstances, Rule } from "../shared/rules/rule";
import { withIgnored } from "./ignored";
import { StackOfClusters } from "./inventory";
import type { Report, Run } from "./run";
import { exempted, late, mayJudge, send } from "./run";

const voice: Voice = {
  late,
  then: "That step judges the cluster again with its node pools, once they exist.",
};
const voiceOfRead: Voice = { late, then: "That step reports it again." };

/**
 * Checks the clusters of a stack again at the end of a run, with their node pools, and reports what is new.
 */
export function validateStack(rule: Rule, run: Run, args: StackValidationArgs, report: Report): void {
  const root = args.resources.find(({ type }) => type === "pulumi:pulumi:Stack")?.urn;
  if (!mayJudge(rule, run, args, root, report)) return;
  const { inventory, configuration, today } = run;
  const stack = new StackOfClusters(args.resources, inventory);
  const circumstances = configuration.circumstances(today);
  const clusters = new Map<string, readonly (Subject | undefined)[]>();
  for (const resource of stack.clusters) {
    const { urn } = resource;
    const { whole, news } = judge(rule, run, stack, resource, circumstances);
    clusters.set(urn, [whole]);
    const findings = exempted(rule, withIgnored(news, resource), urn, circumstances);
    if (whole?.readOnly === true) send(findings.map(asAdvisory), urn, report, voiceOfRead);
    else send(findings, urn, report, voice);
  }
  const deployments = new Map<string | undefined, string>();
  for (const [urn, deployed] of inventory.deployed)
    for (const { address, subject } of deployed) {
      deployments.set(address, urn);
      clusters.set(address, [...(clusters.get(address) ?? []), subject]);
    }
  const belongs = (target: string): boolean => isOfStack(target, args.resources[0]?.urn);
  for (const unused of unusedExemptions(rule, clusters, belongs, circumstances)) {
    const urn = deployments.get(unused.address) ?? unused.address ?? root;
    report({ message: unusedExemptionMessage(unused), urn, enforcementLevel: "advisory" });
  }
  if (rule.name !== autoSetRule) return;
  for (const unused of unusedNewClusters(clusters.keys(), belongs, circumstances)) {
    report({ message: unusedNewClusterMessage(unused), urn: root, enforcementLevel: "advisory" });
  }
}

/** A cluster at the end of the run, and a rule's findings on it that were not reported at registration. */
function judge(
  rule: Rule,
  { autoSets, reported }: Pick<Run, "autoSets" | "reported">,
  stack: StackOfClusters,
  resource: PolicyResource,
  circumstances: Circumstances,
): {
  /** `undefined` if it could not be read, or is not what was declared. */
  readonly whole: Subject | undefined;
  readonly news: readonly Finding[];
} {
  try {
    const written = rule.name === autoSetRule ? autoSets.arrivedAt(resource.urn) : undefined;
    if (written !== undefined) {
      const { subject, settings } = written;
      const deployed = stack.deployed(resource);
      if (deployed === undefined)
        return { whole: undefined, news: unseenFindings(rule, settings, circumstances) };
      // The engine computes the inputs of a replacement again, without what policies wrote, and does not
      // report an error. In a preview a provider's inputs are known, so what is unknown there was not passed.
      if (!has(deployed, settings))
        return { whole: undefined, news: [lostFinding(subject, settings, resource.urn)] };
    }
    const { whole, judged } = stack.clusterOf(resource);
    // The cluster has no separate pool, so everything was reported at registration.
    if (whole.cluster === judged?.cluster) return { whole, news: [] };
    const found = findingsOf(rule, whole, circumstances);
    return { whole, news: found.filter((finding) => !reported.has(resource.urn, finding)) };
  } catch (error) {
    return { whole: undefined, news: [bugFinding(rule, error)] };
  }
}

/** Do two URNs belong to one stack and project? */
function isOfStack(urn: string, other: string | undefined): boolean {
  return other !== undefined && stackOfUrn(urn) === stackOfUrn(other);
}

/** A cluster that this program only reads cannot be fixed here, so it does not fail here either. */
function asAdvisory(finding: Finding): Finding {
  return finding.kind === "failure" ? { ...finding, kind: "notice" } : finding;
}
