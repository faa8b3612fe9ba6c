import { withAutoSetRemark } from "../shared/findings/auto-set";
import { withExemption } from "../shared/findings/exempted";
import type { AutoSetRemark, Finding } from "../shared/findings/finding";
import { bugFinding, findingsOf } from "../shared/findings/judge";
import { unusedExemptions } from "../shared/findings/unused-exemptions";
import { unusedExemptionMessage } from "../shared/messages/exemptions";
import { messageOf } from "../shared/messages/message";
import type { Voice } from "../shared/messages/voice";
import type { Policy } from "../shared/policy/configuration";
import type { Exemption } from "../shared/policy/exemptions";
import { exemptionOf } from "../shared/policy/exemptions";
import type { Level } from "../shared/policy/schema";
import type { Subject } from "../shared/reading/subject";
import type { RuleName } from "../shared/rules";
import { ruleNames, rules } from "../shared/rules";
import type { Circumstances, Rule } from "../shared/rules/rule";
import type { AnnotationLevel } from "./annotations";
import type { ConstructLike, StackLike } from "./constructs";
import { constructsIn, stacksIn } from "./constructs";
import type { Judged } from "./judged";

// Nothing of Terraform judges a cluster again once its values are known.
export const voice: Voice = {
  late: "`terraform plan`",
  then: "Nothing judges this cluster again in that step: write the value down, or read the plan.",
};

// Who reads a typed value in the program and another one in the message needs to know where to look.
const overrideNote = "An override (addOverride) on this cluster or its stack has a say in this.";

/** What an organisation asks for, on the day that its clock names when it is asked. */
export function circumstancesOf({ levels, options }: Policy, clock: () => Date): Circumstances {
  return {
    // Asked where a failure of the clock becomes a finding.
    get today() {
      return clock();
    },
    options,
    disabled: ruleNames.filter((name) => levels[name] === "disabled"),
  };
}

/** The constructs of a stack that are judged: all of them, or what stands below some. */
export type Scope = "stack" | ReadonlySet<ConstructLike>;

/** What is reported of a cluster. */
export interface Message {
  readonly level: AnnotationLevel;
  readonly text: string;
}

interface Said {
  readonly rule: Rule;
  readonly findings: readonly Finding[];
}

/** One judgement of a stack: what is said of each of its clusters, and of the exemptions that do nothing. */
export class Judgement {
  private readonly said = new Map<Subject, readonly Said[]>();
  private readonly texts = new Map<Finding, string>();
  /** What is at each path; an ARM template may hold several clusters. Empty where no rule has exemptions. */
  private readonly byPath = new Map<string, (Subject | undefined)[]>();
  private readonly enabled: readonly Rule[];
  private readonly withExemptions: readonly Rule[];

  constructor(
    private readonly policy: Policy,
    private readonly circumstances: Circumstances,
    clusters: readonly Judged[],
  ) {
    this.enabled = rules.filter(({ name }) => policy.levels[name] !== "disabled");
    this.withExemptions = this.enabled.filter(({ name }) => policy.options[name].exemptions.length > 0);
    // To ask a construct for its path costs more than to judge it.
    if (this.withExemptions.length === 0) return;
    for (const found of clusters) {
      const path = found.path();
      const subject = "subject" in found ? found.subject : undefined;
      this.byPath.set(path, [...(this.byPath.get(path) ?? []), subject]);
    }
  }

  /** `remark` is what auto-set has to report of a cluster that it left alone. */
  messagesFor(found: Judged, remark?: AutoSetRemark): readonly Message[] {
    const said = this.allOf(found);
    if (said.length === 0) return [];
    const where = "subject" in found && found.part !== undefined ? ` (${found.part})` : "";
    const note = "subject" in found && found.overridden() ? `\n${overrideNote}` : "";
    return said.flatMap(({ rule, findings }) => {
      const exemption = this.exemptionFrom(rule, found.path);
      const remarked = withAutoSetRemark(findings, remark);
      return withExemption(remarked, exemption, this.circumstances).map((finding) => ({
        level: annotationLevel(finding, this.policy.levels[rule.name]),
        text: `${rule.name}${where}: ${this.textOf(finding)}${note}`,
      }));
    });
  }

  /** How heavy it is what each rule says of a cluster, before any exemption; what leaves a cluster fine is left out. */
  weightsOf(found: Judged): readonly (readonly [RuleName, number])[] {
    const said = this.allOf(found);
    if (said.length === 0) return [];
    return said
      .map(
        ({ rule, findings }) => [rule.name, Math.max(...findings.map(({ kind }) => weights[kind]))] as const,
      )
      .filter(([, weight]) => weight > 0);
  }

  /** Names the exemptions of a stack that do nothing. */
  *unusedExemptions(
    stack: StackLike,
    scope: Scope,
  ): Generator<Message & { readonly construct: ConstructLike }> {
    if (this.withExemptions.length === 0) return;
    const constructs = new Map([...constructsIn(stack)].map((each) => [each.node.path, each]));
    const inner = [...stacksIn(stack)];
    const belongs = (target: string): boolean =>
      isAtOrBelow(target, stack) &&
      !inner.some((each) => isAtOrBelow(target, each)) &&
      (scope === "stack" || [...scope].some((each) => isAtOrBelow(target, each)));
    for (const rule of this.withExemptions) {
      for (const unused of unusedExemptions(rule, this.byPath, belongs, this.circumstances)) {
        const construct = unused.address === undefined ? undefined : constructs.get(unused.address);
        const text = `${rule.name}: ${unusedExemptionMessage(unused)}`;
        yield { construct: construct ?? stack, level: "warning", text };
      }
    }
  }

  /** Clusters that are alike share their findings, and with them the words. */
  private textOf(finding: Finding): string {
    const known = this.texts.get(finding);
    if (known !== undefined) return known;
    const text = messageOf(finding, voice);
    this.texts.set(finding, text);
    return text;
  }

  private allOf(found: Judged): readonly Said[] {
    // A cluster that cannot be read fails once, and not for every rule.
    if ("error" in found)
      return this.enabled.slice(0, 1).map((rule) => ({ rule, findings: [bugFinding(rule, found.error)] }));
    // Clusters that are alike share their subject, and with it the whole judgement.
    const known = this.said.get(found.subject);
    if (known !== undefined) return known;
    const all = this.enabled
      .map((rule) => ({ rule, findings: this.findingsOf(rule, found.subject) }))
      .filter(({ findings }) => findings.length > 0);
    this.said.set(found.subject, all);
    return all;
  }

  /** The one place that catches: a cluster that could not be judged fails, and the others are still judged. */
  private findingsOf(rule: Rule, subject: Subject): readonly Finding[] {
    try {
      return findingsOf(rule, subject, this.circumstances);
    } catch (error) {
      return [bugFinding(rule, error)];
    }
  }

  private exemptionFrom(rule: Rule, pathOf: Judged["path"]): Exemption | undefined {
    if (!this.withExemptions.includes(rule)) return undefined;
    const path = pathOf();
    const isOne = this.byPath.get(path)?.length === 1;
    return isOne ? exemptionOf(this.policy.options[rule.name].exemptions, path) : undefined;
  }
}

const weights: Readonly<Record<Finding["kind"], number>> = { failure: 2, unknown: 1, notice: 0, exempt: 0 };

export function isAtOrBelow(path: string, { node }: ConstructLike): boolean {
  return path === node.path || path.startsWith(`${node.path}/`);
}

function annotationLevel({ kind }: Finding, level: Level): AnnotationLevel {
  switch (kind) {
    case "failure":
      return level === "advisory" ? "warning" : "error";
    case "notice":
    case "unknown":
    case "exempt":
      return "warning";
  }
}
