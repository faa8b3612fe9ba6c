import type { AutoSetRemark, UnknownFinding } from "../../shared/findings/finding";
import { lostFinding, unseenFindings, wroteFinding } from "../../shared/findings/auto-set";
import { bugFinding, findingsOf } from "../../shared/findings/judge";
import type { UnusedExemption } from "../../shared/findings/unused-exemptions";
import type { Assignment } from "../../shared/fixes/choice";
import type { Refusal } from "../../shared/fixes/remedy";
import { remarkLines } from "../../shared/messages/auto-set";
import { exemptionLine, unusedExemptionMessage } from "../../shared/messages/exemptions";
import { messageOf } from "../../shared/messages/message";
import type { Exemption } from "../../shared/policy/exemptions";
import { standingOf } from "../../shared/policy/exemptions";
import type { Subject } from "../../shared/reading/subject";
import type { Rule } from "../../shared/rules/rule";
import { exampleDay, pulumiVoice } from "./evaluate";

/** The text of every message that belongs to no cause, one by one. */

export function refusalText(refusal: Refusal, address: string): string {
  return remarkText({ state: "refused", refusal, address });
}

export function remarkText(remark: AutoSetRemark): string {
  return remarkLines(remark).join("\n");
}

export function wroteText(subject: Subject, settings: readonly Assignment[]): string {
  return messageOf(wroteFinding(subject, settings), pulumiVoice);
}

export function lostText(subject: Subject, settings: readonly Assignment[], address: string): string {
  return messageOf(lostFinding(subject, settings, address), pulumiVoice);
}

export function unseenText(rule: Rule, settings: readonly Assignment[]): string {
  return unseenFindings(rule, settings, { today: exampleDay })
    .map((finding) => messageOf(finding, pulumiVoice))
    .join();
}

export function unknownText(
  { name }: Rule,
  dependsOn: readonly string[],
  subject: Subject,
  kind: UnknownFinding["kind"],
): string {
  return messageOf({ about: "unknown", rule: name, kind, subject, dependsOn }, pulumiVoice);
}

/** The line of a finding whose fix the program ignores. */
export function ignoredText(rule: Rule, subject: Subject): string {
  const option = "ignoreChanges";
  const lines = findingsOf(rule, subject, { today: exampleDay }).flatMap((finding) =>
    finding.about === "cause" ? messageOf({ ...finding, ignoredBy: option }, pulumiVoice).split("\n") : [],
  );
  return lines.filter((line) => line.includes(option)).join();
}

export function bugText(rule: Rule, error: unknown): string {
  return messageOf(bugFinding(rule, error), pulumiVoice);
}

export function exemptionText(exemption: Exemption, today: Date): string {
  return exemptionLine({ exemption, standing: standingOf(exemption, today) });
}

export function unusedText(
  { name }: Rule,
  exemption: Exemption,
  because: UnusedExemption["because"],
): string {
  return unusedExemptionMessage({ rule: name, exemption, because });
}
