import type { Circumstances, Exemption, Finding, Level, Policy, Rule, Subject, Voice } from "../shared";
import {
  bugFinding,
  exemptionOf,
  findingsOf,
  ruleNames,
  rules,
  surplusExemptions,
  withExemption,
} from "../shared";
import type { AnnotationLevel } from "./annotations";
import type { ConstructLike, StackLike } from "./constructs";
import { constructsIn, stacksIn } from "./constructs";
import type { Found } from "./inventory";

// Nothing of Terraform judges a cluster again once its values are known.
const voice: Voice = {
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

/** What is written to a construct. */
export interface Message {
  readonly construct: ConstructLike;
  readonly level: AnnotationLevel;
  readonly text: string;
}

interface Said {
  readonly rule: Rule;
  readonly findings: readonly Finding[];
}

/** One judgement of a stack: what is said of each of its clusters, and of the exemptions that nothing needs. */
export class Judgement {
  private readonly said = new Map<Subject, readonly Said[]>();
  /** What every rule with exemptions found, by the path of the cluster. */
  private readonly byPath = new Map<Rule, Map<string, readonly Finding[]>>();
  private readonly enabled: readonly Rule[];

  constructor(
    private readonly policy: Policy,
    private readonly circumstances: Circumstances,
  ) {
    this.enabled = rules.filter(({ name }) => policy.levels[name] !== "disabled");
    for (const rule of this.enabled) {
      if (policy.options[rule.name].exemptions.length > 0) this.byPath.set(rule, new Map());
    }
  }

  *messagesFor(found: Found): Generator<Message> {
    const { construct } = found;
    const where = "subject" in found && found.part !== undefined ? ` (${found.part})` : "";
    for (const { rule, findings } of this.allOf(found)) {
      const level = this.policy.levels[rule.name];
      const exemption = this.exemptionFrom(rule, construct, findings);
      for (const finding of withExemption(findings, exemption, this.circumstances)) {
        const note = "subject" in found && found.overridden() ? `\n${overrideNote}` : "";
        const text = `${rule.name}${where}: ${finding.message}${note}`;
        yield { construct, level: annotationLevel(finding, level), text };
      }
    }
  }

  /** Names the exemptions of a stack that nothing needs any more; all of its clusters must have been judged. */
  *surplus(stack: StackLike, scope: Scope): Generator<Message> {
    if (this.byPath.size === 0) return;
    const constructs = new Map([...constructsIn(stack)].map((each) => [each.node.path, each]));
    const inner = [...stacksIn(stack)];
    const belongs = (target: string): boolean =>
      isBelow(target, stack) &&
      !inner.some((each) => isBelow(target, each)) &&
      (scope === "stack" || [...scope].some((each) => target === each.node.path || isBelow(target, each)));
    for (const [rule, findings] of this.byPath) {
      for (const { address, message } of surplusExemptions(rule, findings, belongs, this.circumstances)) {
        const construct = address === undefined ? undefined : constructs.get(address);
        yield { construct: construct ?? stack, level: "warning", text: `${rule.name}: ${message}` };
      }
    }
  }

  private allOf(found: Found): readonly Said[] {
    // A cluster that cannot be read fails once, and not for every rule.
    if ("error" in found)
      return this.enabled.slice(0, 1).map((rule) => ({ rule, findings: [bugFinding(rule, found.error)] }));
    // Clusters that are alike share their subject, and with it the whole judgement.
    const known = this.said.get(found.subject);
    if (known !== undefined) return known;
    const all = this.enabled
      .map((rule) => ({ rule, findings: this.findingsOf(rule, found.subject) }))
      .filter(({ rule, findings }) => findings.length > 0 || this.byPath.has(rule));
    this.said.set(found.subject, all);
    return all;
  }

  /** The one place that catches: a cluster that could not be judged fails, and the others are still judged. */
  private findingsOf(rule: Rule, subject: Subject): readonly Finding[] {
    try {
      return findingsOf(rule, subject, this.circumstances, voice);
    } catch (error) {
      return [bugFinding(rule, error)];
    }
  }

  private exemptionFrom(
    rule: Rule,
    { node }: ConstructLike,
    findings: readonly Finding[],
  ): Exemption | undefined {
    const byPath = this.byPath.get(rule);
    // To ask a construct for its path costs more than to judge it.
    if (byPath === undefined) return undefined;
    const { path } = node;
    // An ARM template may hold several clusters under one path.
    byPath.set(path, [...(byPath.get(path) ?? []), ...findings]);
    return exemptionOf(this.policy.options[rule.name].exemptions, path);
  }
}

function isBelow(path: string, { node }: ConstructLike): boolean {
  return path.startsWith(`${node.path}/`);
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
