import type { ClusterInDocument, UnreadableBlock } from "../documents/clusters";
import type { Policy } from "../policy/configuration";
import type { Exemption } from "../policy/exemptions";
import { exemptionOf, targetKey } from "../policy/exemptions";
import type { Subject } from "../reading/subject";
import { ruleNames, rules } from "../rules";
import type { Circumstances, Rule } from "../rules/rule";
import type { Verdict } from "../rules/verdict";
import { autoSetRule, withAutoSetRemark } from "./auto-set";
import { withExemption } from "./exempted";
import type { AutoSetRemark, Finding } from "./finding";
import { bugFinding, judged } from "./judge";
import type { UnusedExemption } from "./unused-exemptions";
import { unusedExemptions } from "./unused-exemptions";
import type { UnusedNewCluster } from "./unused-new-clusters";
import { unusedNewClusters } from "./unused-new-clusters";

/** An organisation's policy, with the day taken from its clock on access. */
export function circumstancesOf({ levels, options }: Policy, clock: () => Date): Circumstances {
  return {
    // Read lazily, so that a failing clock becomes a finding.
    get today() {
      return clock();
    },
    options,
    disabled: ruleNames.filter((name) => levels[name] === "disabled"),
  };
}

/** A cluster to check, or something that may be one and could not be read. */
export type Found<Source> = ClusterInDocument<Source> | UnreadableBlock<Source>;

/** The verdict of one rule on one cluster, and its findings. */
export interface RuleJudgement {
  readonly rule: Rule;
  readonly verdict: Verdict["verdict"];
  readonly findings: readonly Finding[];
}

/** Outcomes of checking one cluster, the worst first. */
export const outcomes = ["fail", "unknown", "exempt", "pass"] as const;
export type Outcome = (typeof outcomes)[number];

/** The worst finding on a cluster. A notice counts as a pass. */
export function outcomeOf(all: readonly RuleJudgement[]): Outcome {
  return worstOf(all.flatMap(({ findings }) => findings));
}

/** The worst of some findings, by kind. */
export function worstOf(findings: readonly Pick<Finding, "kind">[]): Outcome {
  const found = new Set(findings.map(outcomeOfFinding));
  return outcomes.find((outcome) => found.has(outcome)) ?? "pass";
}

function outcomeOfFinding({ kind }: Pick<Finding, "kind">): Outcome {
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

/** Does it stop the deployment? Only a failure of a rule above level advisory does. */
export function isError({ kind, rule }: Finding, { levels }: Policy): boolean {
  return kind === "failure" && levels[rule] !== "advisory";
}

/** One check of a stack or a document: the findings on each cluster, and the exemptions that do nothing. */
export class Judgement<Source> {
  private readonly judged = new Map<Subject, readonly RuleJudgement[]>();
  /**
   * The clusters by name; an ARM template may hold several under one name. Empty if the configuration names
   * no cluster.
   */
  private readonly byName = new Map<string, (Subject | undefined)[]>();
  private readonly enabled: readonly Rule[];
  private readonly withExemptions: readonly Rule[];

  /** @param namesOf the names that an exemption may use for a cluster */
  constructor(
    private readonly policy: Policy,
    private readonly circumstances: Circumstances,
    clusters: readonly Found<Source>[],
    private readonly namesOf: (found: Found<Source>) => readonly string[],
  ) {
    this.enabled = rules.filter(({ name }) => policy.levels[name] !== "disabled");
    this.withExemptions = this.enabled.filter(({ name }) => policy.options[name].exemptions.length > 0);
    // Getting a construct's path costs more than checking it.
    if (this.withExemptions.length === 0 && this.newClusters().length === 0) return;
    for (const found of clusters) {
      const subject = "subject" in found ? found.subject : undefined;
      for (const name of new Set(namesOf(found).map(targetKey)))
        this.byName.set(name, [...(this.byName.get(name) ?? []), subject]);
    }
  }

  /** The verdict of each enabled rule. `remark` is auto-set's report on a cluster that it left alone. */
  judge(found: Found<Source>, remark?: AutoSetRemark): readonly RuleJudgement[] {
    return this.allOf(found).map((each) => {
      if (each.findings.length === 0) return each;
      const remarked = withAutoSetRemark(each.findings, remark);
      const exemption = this.exemptionFrom(each.rule, found);
      return { ...each, findings: withExemption(remarked, exemption, this.circumstances) };
    });
  }

  /** The exemptions that do nothing, among those that concern what is checked. */
  unusedExemptions(belongs: (target: string) => boolean): UnusedExemption[] {
    return this.withExemptions.flatMap((rule) =>
      unusedExemptions(rule, this.byName, belongs, this.circumstances),
    );
  }

  /** The entries of `autoSet.newClusters` that match no cluster, among those that concern what is checked. */
  unusedNewClusters(belongs: (address: string) => boolean): UnusedNewCluster[] {
    return this.newClusters().length === 0
      ? []
      : unusedNewClusters(this.byName.keys(), belongs, this.circumstances);
  }

  private newClusters(): readonly string[] {
    const { levels, options } = this.policy;
    return levels[autoSetRule] === "remediate" ? options[autoSetRule].autoSet.newClusters : [];
  }

  private allOf(found: Found<Source>): readonly RuleJudgement[] {
    // An unreadable cluster fails once instead of once per rule.
    if ("error" in found)
      return this.enabled
        .slice(0, 1)
        .map((rule) => ({ rule, verdict: "fail", findings: [bugFinding(rule, found.error)] }));
    // Identical clusters share their subject, and with it the whole result.
    const known = this.judged.get(found.subject);
    if (known !== undefined) return known;
    const all = this.enabled.map((rule) => ({ rule, ...judged(rule, found.subject, this.circumstances) }));
    this.judged.set(found.subject, all);
    return all;
  }

  private exemptionFrom(rule: Rule, found: Found<Source>): Exemption | undefined {
    if (!this.withExemptions.includes(rule)) return undefined;
    const { exemptions } = this.policy.options[rule.name];
    for (const name of this.namesOf(found)) {
      const exemption =
        this.byName.get(targetKey(name))?.length === 1 ? exemptionOf(exemptions, name) : undefined;
      if (exemption !== undefined) return exemption;
    }
    return undefined;
  }
}
