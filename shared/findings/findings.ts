import { unstated } from "../cluster/setting";
import type { Assignment } from "../fixes/fix";
import type { Voice } from "../messages/words";
import {
  explain,
  explainBug,
  explainExemption,
  explainLost,
  explainSurplus,
  explainUnknown,
  explainUnseen,
} from "../messages/words";
import type { Exemption, Standing } from "../policy/exemptions";
import { exemptionsFrom, standingOf } from "../policy/exemptions";
import type { Subject } from "../reading/subject";
import type { Cause, CauseName } from "../rules";
import { defaultOptions } from "../rules";
import type { OnUnknown } from "../rules/options";
import type { Circumstances, Rule } from "../rules/rule";
import type { Verdict } from "../rules/verdict";

/** A verdict's part that is reported: one cause, one finding. */
export interface Finding {
  /** Only a failure has the rule's level; everything else is advisory. An exempt finding was a failure. */
  readonly kind: "failure" | "notice" | "unknown" | "exempt";
  /** Why; absent where the cluster is undecided or could not be judged. */
  readonly cause?: CauseName;
  /** Tells two findings of one rule on one cluster apart: a failure is never the same as a notice. */
  readonly key: string;
  readonly message: string;
}

/** What one rule reports of one cluster. Never throws: a bug becomes a failing finding. */
export function findingsOf(
  rule: Rule,
  subject: Subject,
  circumstances: Circumstances,
  voice: Voice,
): Finding[] {
  const tell = (kind: "failure" | "notice", cause: Cause): Finding => ({
    kind,
    cause: cause.cause,
    key: keyOf(kind, cause),
    message: explain(rule, cause, subject, circumstances),
  });
  try {
    const verdict: Verdict = rule.judge(subject.cluster, circumstances);
    switch (verdict.verdict) {
      case "pass":
        return verdict.notices.map((cause) => tell("notice", cause));
      case "fail":
        return verdict.causes.map((cause) => tell("failure", cause));
      case "unknown": {
        // What a patch does not state is left alone without a word.
        const dependsOn = verdict.dependsOn.filter((part) => part !== unstated);
        const weight = onUnknown(rule, circumstances);
        if (dependsOn.length === 0 || weight === "ignore") return [];
        return [
          {
            kind: weight === "fail" ? "failure" : "unknown",
            key: "unknown",
            message: explainUnknown(rule, dependsOn, subject, voice, weight),
          },
        ];
      }
      case "not applicable":
        return [];
    }
  } catch (error) {
    return [bugFinding(rule, error)];
  }
}

function onUnknown({ name }: Rule, { options = defaultOptions }: Circumstances): OnUnknown {
  const ofRule = options[name];
  return "unknown" in ofRule ? ofRule.unknown : "warn";
}

/** Findings as an exemption leaves them: its failures become advisory and say whose exemption it is; none disappears. */
export function withExemption(
  findings: readonly Finding[],
  exemption: Exemption | undefined,
  circumstances: Circumstances,
): readonly Finding[] {
  if (exemption === undefined) return findings;
  let standing: Standing;
  try {
    standing = standingOf(exemption, circumstances.today);
  } catch {
    // A clock that is broken exempts nothing.
    return findings;
  }
  return findings.map((finding) => {
    if (finding.kind !== "failure") return finding;
    return {
      ...finding,
      kind: standing.state === "in force" ? "exempt" : "failure",
      message: `${finding.message}
${explainExemption(exemption, standing)}`,
    };
  });
}

/** An exemption that does nothing, told so that the list shrinks. */
export interface Surplus {
  /** What it names; absent where no cluster has this address. */
  readonly address?: string;
  readonly message: string;
}

/**
 * The exemptions from a rule that do nothing: `belongs` tells those that are about this stack from those of other
 * stacks, projects and hosts, and `clusters` holds what is at each address, `undefined` for what could not be read.
 */
export function surplusExemptions(
  rule: Rule,
  clusters: ReadonlyMap<string, readonly (Subject | undefined)[]>,
  belongs: (target: string) => boolean,
  circumstances: Circumstances,
): Surplus[] {
  return exemptionsFrom(rule.name, circumstances).flatMap((exemption): Surplus[] => {
    const { target } = exemption;
    if (!belongs(target)) return [];
    const found = clusters.get(target);
    if (found === undefined) {
      const near = [...clusters.keys()].find((each) => each.toLowerCase() === target.toLowerCase());
      return [{ message: explainSurplus(rule, exemption, { matches: "no cluster", near }) }];
    }
    if (found.length > 1) {
      const message = explainSurplus(rule, exemption, { matches: "several clusters" });
      return [{ address: target, message }];
    }
    const [subject] = found;
    if (subject === undefined || !complies(rule, subject, circumstances)) return [];
    const message = explainSurplus(rule, exemption, { matches: "a cluster that complies" });
    return [{ address: target, message }];
  });
}

/** Nothing is said of an undecided cluster either, but it does not comply yet. */
function complies(rule: Rule, { cluster }: Subject, circumstances: Circumstances): boolean {
  try {
    return rule.judge(cluster, circumstances).verdict === "pass";
  } catch {
    return false;
  }
}

function keyOf(kind: Finding["kind"], cause: Cause): string {
  return [kind, cause.cause, ...("found" in cause ? [cause.found.at] : [])].join(" ");
}

/** A finding for a cluster that a bug kept from being judged. Only the error's kind is told: its text may hold a secret. */
export function bugFinding(rule: Rule, error: unknown): Finding {
  return { kind: "failure", key: "internal error", message: explainBug(rule, error) };
}

/**
 * A finding for a cluster that is deployed without what auto-set wrote into its inputs. `subject` is the cluster
 * before that, `address` its own.
 */
export function lostFinding(
  rule: Rule,
  subject: Subject,
  settings: readonly Assignment[],
  address: string,
): Finding {
  return { kind: "failure", key: "auto-set lost", message: explainLost(rule, subject, settings, address) };
}

/** What is reported of a cluster where it cannot be seen yet whether it is deployed with what auto-set wrote. */
export function unseenFindings(
  rule: Rule,
  settings: readonly Assignment[],
  circumstances: Circumstances,
  late: string,
): Finding[] {
  const weight = onUnknown(rule, circumstances);
  if (weight === "ignore") return [];
  const kind = weight === "fail" ? "failure" : "unknown";
  return [{ kind, key: "auto-set unseen", message: explainUnseen(rule, settings, late) }];
}
