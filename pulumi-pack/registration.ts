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
  then: "That step checks this cluster again, at the level of this rule, before it changes it.",
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
  if (partOf(args) === undefined) return notApplicable(run, args, "not a part of an AKS cluster");
  const circumstances = configuration.circumstances(today);
  const findings = judge(rule, run, args, circumstances);
  // `pulumi policy analyze` also shows clusters that are only read, and those have no inputs.
  if (findings === undefined)
    return notApplicable(run, args, "no inputs: judged by its outputs, with the whole stack");
  send(exempted(rule, findings, args.urn, circumstances), args.urn, report, voice);
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
