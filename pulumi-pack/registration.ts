import type { ResourceValidationArgs } from "@pulumi/policy";
import { autoSetRule, withAutoSetRemark } from "../shared/findings/auto-set";
import type { Finding } from "../shared/findings/finding";
import { bugFinding, findingsOf } from "../shared/findings/judge";
import type { Voice } from "../shared/messages/voice";
import type { Circumstances, Rule } from "../shared/rules/rule";
import { partOf } from "./resources";
import type { Report, Run } from "./run";
import { exempted, late, mayJudge, notApplicable, send } from "./run";

const voice: Voice = {
  late,
  then: "That step checks the cluster again, at this rule's level, before it changes anything.",
};

/** Judges a resource when Pulumi registers it, by its inputs. */
export function validateResource(
  rule: Rule,
  run: Run,
  args: ResourceValidationArgs,
  report: Report,
): Promise<never> | undefined {
  const { configuration, today } = run;
  // A wrong configuration is refused at the first resource, whatever that is.
  if (!mayJudge(rule, run, args, args.urn, report)) return undefined;
  if (partOf(args) === undefined) return notApplicable(run, args, "not a part of an AKS cluster");
  const circumstances = configuration.circumstances(today);
  const findings = judge(rule, run, args, circumstances);
  // `pulumi policy analyze` shows a cluster that is only read, too, and such a cluster has no inputs.
  if (findings === undefined)
    return notApplicable(run, args, "no inputs: judged by its outputs, with the whole stack");
  send(exempted(rule, findings, args.urn, circumstances), args.urn, report, voice);
  return undefined;
}

// What catches: a cluster that could not be judged fails, and the others are still judged. `undefined` stands for a
// part without inputs.
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
    // The engine shows that a remediation ran and on how many resources, but no word of it: its words are a notice.
    return remark?.state === "arrived" ? [remark.finding, ...found] : withAutoSetRemark(found, remark);
  } catch (error) {
    return [bugFinding(rule, error)];
  }
}
