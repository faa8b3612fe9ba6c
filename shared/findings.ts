import type { Cluster } from "./cluster";
import type { Dialect } from "./dialects";
import { notStated } from "./dialects";
import type { Circumstances, Rule } from "./rule";
import type { Cause, Verdict } from "./verdict";
import type { Voice } from "./words";
import { explain, explainBug, explainUnknown } from "./words";

/** A verdict's part that is reported: one cause, one finding. */
export interface Finding {
  readonly kind: "failure" | "notice" | "unknown";
  /** Tells two findings of one rule on one cluster apart; the same cause has the same key. */
  readonly key: string;
  readonly message: string;
}

/** A cluster as a host hands it in. */
export interface Subject {
  readonly cluster: Cluster;
  readonly dialect: Dialect;
  /** The version of the dialect's tool that the program names, where it names one. */
  readonly toolVersion?: string | undefined;
}

/** What one rule reports of one cluster. Never throws: a bug becomes a failing finding. */
export function findingsOf(
  rule: Rule,
  subject: Subject,
  circumstances: Circumstances,
  voice: Voice,
): Finding[] {
  const { cluster, dialect } = subject;
  const tell = (kind: "failure" | "notice", cause: Cause): Finding => ({
    kind,
    key: cause.cause,
    message: explain(rule, cause, subject),
  });
  try {
    const verdict: Verdict = rule.judge(cluster, circumstances);
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
            key: `unknown: ${hangsOn.join(", ")}`,
            message: explainUnknown(rule, hangsOn, dialect, voice),
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

/** A finding for a cluster that a bug kept from being judged. Only the error's kind is told: its text may hold a secret. */
export function bugFinding(rule: Rule, error: unknown): Finding {
  return { kind: "failure", key: "internal error", message: explainBug(rule, error) };
}
