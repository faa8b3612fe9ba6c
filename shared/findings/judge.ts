import { isOnlyUnstated, unstated } from "../cluster/setting";
import { advisedFix } from "../fixes/advised-fix";
import type { Subject } from "../reading/subject";
import type { Cause } from "../rules";
import { defaultOptions } from "../rules";
import type { OnUnknown } from "../rules/options";
import type { Circumstances, Rule } from "../rules/rule";
import type { Verdict } from "../rules/verdict";
import type { BugFinding, Finding } from "./finding";
import { errorNames } from "./finding";

/** The findings of one rule on one cluster. Never throws: a bug becomes a failing finding. */
export function findingsOf(rule: Rule, subject: Subject, circumstances: Circumstances): Finding[] {
  return judged(rule, subject, circumstances).findings;
}

/** The verdict of one rule on one cluster, and its findings. Never throws. */
export function judged(
  rule: Rule,
  subject: Subject,
  circumstances: Circumstances,
): { readonly verdict: Verdict["verdict"]; readonly findings: Finding[] } {
  try {
    const verdict = rule.judge(subject.cluster, circumstances);
    const findings = reportedOf(verdict, rule, subject, circumstances);
    // What a patch leaves unstated is not reported.
    const says =
      verdict.verdict === "unknown" && isOnlyUnstated(verdict.dependsOn) ? "not applicable" : verdict.verdict;
    return { verdict: says, findings };
  } catch (error) {
    return { verdict: "fail", findings: [bugFinding(rule, error)] };
  }
}

function reportedOf(verdict: Verdict, rule: Rule, subject: Subject, circumstances: Circumstances): Finding[] {
  const findingOf = (kind: "failure" | "notice", cause: Cause): Finding => ({
    about: "cause",
    rule: rule.name,
    kind,
    cause,
    subject,
    advised: advisedFix(cause, subject, circumstances),
  });
  switch (verdict.verdict) {
    case "pass":
      return verdict.notices.map((cause) => findingOf("notice", cause));
    case "fail":
      return verdict.causes.map((cause) => findingOf("failure", cause));
    case "unknown": {
      const dependsOn = verdict.dependsOn.filter((part) => part !== unstated);
      const kind = kindOfUnknown(rule, circumstances);
      return dependsOn.length === 0 || kind === undefined
        ? []
        : [{ about: "unknown", rule: rule.name, kind, subject, dependsOn }];
    }
    case "not applicable":
      return [];
  }
}

/** A finding for a cluster that could not be checked because of a bug. */
export function bugFinding(rule: Rule, error: unknown): BugFinding {
  const name = errorNames.find((candidate) => error instanceof Error && error.name === candidate);
  return { about: "bug", rule: rule.name, kind: "failure", error: name ?? "an error" };
}

/** The kind of an unknown verdict; `undefined` if the organisation does not want it reported. */
export function kindOfUnknown(
  { name }: Rule,
  { options = defaultOptions }: Circumstances,
): "failure" | "unknown" | undefined {
  const ofRule = options[name];
  const answer: OnUnknown = "unknown" in ofRule ? ofRule.unknown : "warn";
  switch (answer) {
    case "fail":
      return "failure";
    case "warn":
      return "unknown";
    case "ignore":
      return undefined;
  }
}
