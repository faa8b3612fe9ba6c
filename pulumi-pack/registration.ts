import type { ResourceValidationArgs } from "@pulumi/policy";
import { autoSetRule, withAutoSetRemark } from "../shared/findings/auto-set";
import type { Finding } from "../shared/findings/finding";
import { bugFinding, findingsOf } from "../shared/findings/judge";
import type { TemplateDeployment } from "../shared/dialects/lookup";
import { clustersDeployedBy } from "../shared/documents/pulumi/deployed";
import type { Voice } from "../shared/messages/voice";
import type { Circumstances, Rule } from "../shared/rules/rule";
import { withIgnored } from "./ignored";
import { fieldOf, partOf } from "./resources";
import type { Report, Run } from "./run";
import { exempted, late, mayJudge, notApplicable, send } from "./run";

const voice: Voice = {
  late,
  then: "That step checks the cluster again, at this rule's level, before it changes anything.",
};

/** Checks a resource when Pulumi registers it, by its inputs. */
export function validateResource(
  rule: Rule,
  run: Run,
  args: ResourceValidationArgs,
  report: Report,
): Promise<never> | undefined {
  const { configuration, today } = run;
  // An invalid configuration is refused at the first resource, whatever it is.
  if (!mayJudge(rule, run, args, args.urn, report)) return undefined;
  const part = partOf(args);
  if (part === undefined) return notApplicable(run, args, "not a part of an AKS cluster");
  if (part.what === "template deployment") {
    validateDeployment(rule, run, args, part, report);
    return undefined;
  }
  const circumstances = configuration.circumstances(today);
  const findings = judge(rule, run, args, circumstances);
  // `pulumi policy analyze` also shows clusters that are only read, and those have no inputs.
  if (findings === undefined)
    return notApplicable(run, args, "no inputs: judged by its outputs, with the whole stack");
  const told = withIgnored(findings, args);
  send(exempted(rule, told, args.urn, circumstances), args.urn, report, voice);
  return undefined;
}

// Catches errors: a cluster that could not be checked fails, and the others are still checked. `undefined`
// stands for a part without inputs.
function judge(
  rule: Rule,
  { inventory, autoSets, reported }: Run,
  args: ResourceValidationArgs,
  circumstances: Circumstances,
): readonly Finding[] | undefined {
  try {
    const registered = inventory.register(rule.name, args);
    if (registered.what === "nothing") return undefined;
    if (registered.what === "pool") return [];
    const { subject } = registered;
    const found = findingsOf(rule, subject, circumstances);
    reported.note(rule.name, args.urn, found);
    const remark = rule.name === autoSetRule ? autoSets.remarkOn(args.urn, subject.cluster) : undefined;
    // The engine shows that a remediation ran and on how many resources, but not its text, so the text is a
    // notice.
    return remark?.state === "arrived" ? [remark.finding, ...found] : withAutoSetRemark(found, remark);
  } catch (error) {
    return [bugFinding(rule, error)];
  }
}

/** Judges the clusters of an ARM template. They are reported on the resource that deploys it, each with its place in it. */
function validateDeployment(
  rule: Rule,
  { inventory, autoSets, configuration, today }: Run,
  args: ResourceValidationArgs,
  deployment: TemplateDeployment,
  report: Report,
): void {
  const { urn } = args;
  const circumstances = configuration.circumstances(today);
  try {
    const clusters = clustersDeployedBy(args, deployment, fieldOf);
    inventory.deployed.set(urn, clusters);
    for (const { address, part, subject } of clusters) {
      const found = withAutoSetRemark(findingsOf(rule, subject, circumstances), autoSets.refusalOf(urn));
      send(exempted(rule, found, address, circumstances), urn, report, voice, part);
    }
  } catch (error) {
    send([bugFinding(rule, error)], urn, report, voice);
  }
}
