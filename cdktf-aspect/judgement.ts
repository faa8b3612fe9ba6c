import type { ClusterInDocument, UnreadableBlock } from "../shared/documents/clusters";
import { autoSetRule, withAutoSetRemark } from "../shared/findings/auto-set";
import { withExemption } from "../shared/findings/exempted";
import type { AutoSetRemark, Finding } from "../shared/findings/finding";
import { bugFinding, findingsOf } from "../shared/findings/judge";
import { unusedExemptions } from "../shared/findings/unused-exemptions";
import { unusedNewClusters } from "../shared/findings/unused-new-clusters";
import { unusedExemptionMessage } from "../shared/messages/exemptions";
import { messageOf } from "../shared/messages/message";
import { unusedNewClusterMessage } from "../shared/messages/new-clusters";
import type { Voice } from "../shared/messages/voice";
import type { Policy } from "../shared/policy/configuration";
import type { Exemption } from "../shared/policy/exemptions";
import { exemptionOf } from "../shared/policy/exemptions";
import type { Level } from "../shared/policy/schema";
import type { Subject } from "../shared/reading/subject";
import { ruleNames, rules } from "../shared/rules";
import type { Circumstances, Rule } from "../shared/rules/rule";
import type { AnnotationLevel } from "./annotations";

// Nothing of Terraform judges a cluster again once its values are known.
export const voice: Voice = {
  late: "`terraform plan`",
  then: "Nothing judges this cluster again in that step: write the value down, or read the plan.",
};

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

/** A cluster that is judged, or something that may be one and could not be read. */
export type Found<Source> = ClusterInDocument<Source> | UnreadableBlock<Source>;

/** What is reported of a cluster. */
export interface Message {
  readonly level: AnnotationLevel;
  readonly text: string;
}

/** What came of judging one cluster, the worst first. */
export const outcomes = ["fail", "unknown", "exempt", "pass"] as const;
export type Outcome = (typeof outcomes)[number];

interface Said {
  readonly rule: Rule;
  readonly findings: readonly Finding[];
}

/** What a host knows of a cluster beside the cluster. */
export interface Naming<Source> {
  /** What an exemption calls it. */
  readonly addressOf: (found: Found<Source>) => string;
  /** What its message ends with. */
  readonly noteOn?: (found: ClusterInDocument<Source>) => string | undefined;
}

/** One judgement of a stack: what is said of each of its clusters, and of the exemptions that do nothing. */
export class Judgement<Source> {
  private readonly said = new Map<Subject, readonly Said[]>();
  private readonly texts = new Map<Finding, string>();
  /** What is at each address; an ARM template may hold several clusters. Empty where the configuration names no address. */
  private readonly byAddress = new Map<string, (Subject | undefined)[]>();
  private readonly enabled: readonly Rule[];
  private readonly withExemptions: readonly Rule[];

  constructor(
    private readonly policy: Policy,
    private readonly circumstances: Circumstances,
    clusters: readonly Found<Source>[],
    private readonly naming: Naming<Source>,
  ) {
    this.enabled = rules.filter(({ name }) => policy.levels[name] !== "disabled");
    this.withExemptions = this.enabled.filter(({ name }) => policy.options[name].exemptions.length > 0);
    // To ask a construct for its path costs more than to judge it.
    if (this.withExemptions.length === 0 && this.newClusters().length === 0) return;
    for (const found of clusters) {
      const address = naming.addressOf(found);
      const subject = "subject" in found ? found.subject : undefined;
      this.byAddress.set(address, [...(this.byAddress.get(address) ?? []), subject]);
    }
  }

  /** `remark` is what auto-set has to report of a cluster that it left alone. */
  judge(
    found: Found<Source>,
    remark?: AutoSetRemark,
  ): { readonly messages: readonly Message[]; readonly outcome: Outcome } {
    const said = this.allOf(found);
    if (said.length === 0) return { messages: [], outcome: "pass" };
    const where = "subject" in found && found.part !== undefined ? ` (${found.part})` : "";
    const note = "subject" in found ? this.naming.noteOn?.(found) : undefined;
    let worst: Outcome = "pass";
    const messages = said.flatMap(({ rule, findings }) => {
      const exemption = this.exemptionFrom(rule, found);
      const remarked = withAutoSetRemark(findings, remark);
      return withExemption(remarked, exemption, this.circumstances).map((finding) => {
        worst = worse(worst, outcomeOf(finding));
        const text = `${rule.name}${where}: ${this.textOf(finding)}`;
        return {
          level: annotationLevel(finding, this.policy.levels[rule.name]),
          text: note === undefined ? text : `${text}\n${note}`,
        };
      });
    });
    return { messages, outcome: worst };
  }

  private newClusters(): readonly string[] {
    const { levels, options } = this.policy;
    return levels[autoSetRule] === "remediate" ? options[autoSetRule].autoSet.newClusters : [];
  }

  /** Names what the configuration has for clusters and no cluster needs, of what is about those that are judged. */
  *unused(
    belongs: (address: string) => boolean,
  ): Generator<{ readonly text: string; readonly address: string | undefined }> {
    for (const rule of this.withExemptions) {
      for (const unused of unusedExemptions(rule, this.byAddress, belongs, this.circumstances))
        yield { text: `${rule.name}: ${unusedExemptionMessage(unused)}`, address: unused.address };
    }
    if (this.newClusters().length === 0) return;
    for (const unused of unusedNewClusters(this.byAddress.keys(), belongs, this.circumstances))
      yield { text: `${autoSetRule}: ${unusedNewClusterMessage(unused)}`, address: undefined };
  }

  /** Clusters that are alike share their findings, and with them the words. */
  private textOf(finding: Finding): string {
    const known = this.texts.get(finding);
    if (known !== undefined) return known;
    const text = messageOf(finding, voice);
    this.texts.set(finding, text);
    return text;
  }

  private allOf(found: Found<Source>): readonly Said[] {
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

  private exemptionFrom(rule: Rule, found: Found<Source>): Exemption | undefined {
    if (!this.withExemptions.includes(rule)) return undefined;
    const address = this.naming.addressOf(found);
    const isOne = this.byAddress.get(address)?.length === 1;
    return isOne ? exemptionOf(this.policy.options[rule.name].exemptions, address) : undefined;
  }
}

function worse(one: Outcome, other: Outcome): Outcome {
  return outcomes.indexOf(one) <= outcomes.indexOf(other) ? one : other;
}

function outcomeOf({ kind }: Finding): Outcome {
  switch (kind) {
    case "failure":
      return "fail";
    case "notice":
      return "pass";
    case "unknown":
    case "exempt":
      return kind;
  }
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
