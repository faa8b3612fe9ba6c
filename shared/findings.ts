import { notStated } from "./dialects";
import type { Circumstances, Rule } from "./rule";
import type { Subject } from "./subject";
import type { Cause, CauseName, Verdict } from "./verdict";
import type { Voice } from "./words";
import { explain, explainBug, explainUnknown } from "./words";

/** A verdict's part that is reported: one cause, one finding. */
export interface Finding {
  readonly kind: "failure" | "notice" | "unknown";
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
        const hangsOn = verdict.hangsOn.filter((part) => part !== notStated);
        if (hangsOn.length === 0) return [];
        return [
          {
            kind: "unknown",
            key: "unknown",
            message: explainUnknown(rule, hangsOn, subject.dialect, voice),
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

function keyOf(kind: Finding["kind"], cause: Cause): string {
  return [kind, cause.cause, ...("found" in cause ? [cause.found.at] : [])].join(" ");
}

/** A finding for a cluster that a bug kept from being judged. Only the error's kind is told: its text may hold a secret. */
export function bugFinding(rule: Rule, error: unknown): Finding {
  return { kind: "failure", key: "internal error", message: explainBug(rule, error) };
}
