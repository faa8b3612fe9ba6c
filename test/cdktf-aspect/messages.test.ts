import { expect, test } from "vitest";
import type { ClusterOfStack } from "../../cdktf-aspect/inventory";
import { Messages, voice } from "../../cdktf-aspect/messages";
import type { Finding } from "../../shared/findings/finding";
import type { RuleJudgement } from "../../shared/findings/judgement";
import { messageOf } from "../../shared/messages/message";
import { readConfiguration } from "../../shared/policy/configuration";
import { aspectVoice } from "../support/evaluate";

const policy = readConfiguration({});
if (!policy.valid) throw new Error("an empty configuration is valid");
const messages = new Messages(policy.value);

const bug: Finding = { about: "bug", rule: "network-policy-configured", kind: "failure", error: "TypeError" };
const said = messageOf(bug, aspectVoice);
const judgements = [
  { rule: { name: bug.rule }, verdict: "fail", findings: [bug] },
] as unknown as RuleJudgement[];
const found = (more: object): ClusterOfStack => more as ClusterOfStack;

test.each<
  [title: string, cluster: ClusterOfStack, note: (() => string | undefined) | undefined, text: string]
>([
  ["a cluster", found({ subject: {} }), undefined, `${bug.rule}: ${said}`],
  [
    "a part of a block",
    found({ subject: {}, part: "cluster 2" }),
    undefined,
    `${bug.rule} (cluster 2): ${said}`,
  ],
  [
    "an unreadable cluster",
    found({ error: new Error("x"), part: "none" }),
    undefined,
    `${bug.rule}: ${said}`,
  ],
  ["a note at the end", found({ subject: {} }), () => "See there.", `${bug.rule}: ${said}\nSee there.`],
  ["an empty note", found({ subject: {} }), () => undefined, `${bug.rule}: ${said}`],
])("the message for %s", (_title, cluster, note, text) => {
  expect(messages.of(cluster, judgements, note)).toEqual([{ level: "error", text }]);
});

test("each finding has its own text and level", () => {
  const warned: Finding = { ...bug, kind: "unknown" };
  const all = [{ ...judgements[0], findings: [bug, warned, bug] }] as RuleJudgement[];
  expect(messages.of(found({ subject: {} }), all).map(({ level }) => level)).toEqual([
    "error",
    "warning",
    "error",
  ]);
  expect(messages.of(found({ subject: {} }), [])).toEqual([]);
});

test("says that values only Terraform knows are not checked again", () => {
  expect(voice).toEqual({
    late: "`terraform plan`",
    then: "Terraform does not check it again: write a literal value, or run `aks-network-policy-pack check` on the plan.",
  });
});
