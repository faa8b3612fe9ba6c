import type { Assignment } from "../fixes/choice";
import { changeEffect } from "../fixes/replacement";
import type { Subject } from "../reading/subject";
import type { RuleName } from "../rules";
import type { Circumstances, Rule } from "../rules/rule";
import type { AutoSetFinding, AutoSetRemark, Finding } from "./finding";
import { kindOfUnknown } from "./judge";

/** The only rule with auto-set. */
export const autoSetRule = "network-policy-configured" satisfies RuleName;

/** Reports what auto-set wrote into a cluster. `subject` is the cluster before that. */
export function wroteFinding(subject: Subject, settings: readonly Assignment[]): AutoSetFinding {
  return {
    about: "auto-set wrote",
    rule: autoSetRule,
    kind: "notice",
    settings,
    effect: changeEffect(subject, settings),
    effectOfRemoval: changeEffect(subject, []),
  };
}

/**
 * A finding for a cluster that is deployed without what auto-set wrote into its inputs. `subject` is the
 * cluster before that, `address` the cluster's own.
 */
export function lostFinding(
  subject: Subject,
  settings: readonly Assignment[],
  address: string,
): AutoSetFinding {
  return {
    about: "auto-set lost",
    rule: autoSetRule,
    kind: "failure",
    settings,
    effect: changeEffect(subject, settings),
    address,
  };
}

/** Reported if it is not known yet whether a cluster is deployed with what auto-set wrote. */
export function unseenFindings(
  rule: Rule,
  settings: readonly Assignment[],
  circumstances: Circumstances,
): Finding[] {
  const kind = kindOfUnknown(rule, circumstances);
  return kind === undefined ? [] : [{ about: "auto-set unseen", rule: rule.name, kind, settings }];
}

/** Adds auto-set's remark to the findings on a cluster. */
export function withAutoSetRemark(
  findings: readonly Finding[],
  remark: AutoSetRemark | undefined,
): readonly Finding[] {
  if (remark === undefined) return findings;
  return findings.map((finding): Finding => {
    const takesRemark = finding.about === "cause" || finding.about === "unknown";
    return takesRemark && finding.rule === autoSetRule ? { ...finding, autoSet: remark } : finding;
  });
}
