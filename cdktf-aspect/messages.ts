import type { Finding } from "../shared/findings/finding";
import type { Found, RuleJudgement } from "../shared/findings/judgement";
import { isError } from "../shared/findings/judgement";
import { messageOf } from "../shared/messages/message";
import type { Voice } from "../shared/messages/voice";
import type { Policy } from "../shared/policy/configuration";
import type { AnnotationLevel } from "./annotations";

// Terraform has no step that checks a cluster again once its values are known.
export const voice: Voice = {
  late: "`terraform plan`",
  then: "Terraform does not check it again: write a literal value, or run `aks-network-policy-pack check` on the plan.",
};

/** A message on a cluster. */
export interface Message {
  readonly level: AnnotationLevel;
  readonly text: string;
}

/** The texts of findings. Identical clusters share their findings and their texts. */
export class Messages {
  private readonly texts = new Map<Finding, string>();

  constructor(private readonly policy: Policy) {}

  /** `note` is appended to each of its messages. */
  of(
    found: Found<unknown>,
    judgements: readonly RuleJudgement[],
    note: () => string | undefined = () => undefined,
  ): Message[] {
    const where = "subject" in found && found.part !== undefined ? ` (${found.part})` : "";
    return judgements.flatMap(({ rule, findings }) =>
      findings.map((finding) => {
        const text = `${rule.name}${where}: ${this.textOf(finding)}`;
        const end = note();
        return {
          level: isError(finding, this.policy) ? "error" : "warning",
          text: end === undefined ? text : `${text}\n${end}`,
        };
      }),
    );
  }

  private textOf(finding: Finding): string {
    let text = this.texts.get(finding);
    if (text === undefined) this.texts.set(finding, (text = messageOf(finding, voice)));
    return text;
  }
}
