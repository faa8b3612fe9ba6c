import { azurermTyped } from "../shared/dialects/azurerm";
import { once } from "../shared/documents/once";
import { autoSetRule } from "../shared/findings/auto-set";
import type { AutoSetFinding, AutoSetRemark } from "../shared/findings/finding";
import { Judgement, outcomeOf } from "../shared/findings/judgement";
import { unusedExemptionMessage } from "../shared/messages/exemptions";
import { messageOf } from "../shared/messages/message";
import { unusedNewClusterMessage } from "../shared/messages/new-clusters";
import { has } from "../shared/fixes/remedy";
import type { Policy } from "../shared/policy/configuration";
import type { Circumstances } from "../shared/rules/rule";
import type { AnnotationLevel, Annotations } from "./annotations";
import type { AutoSetResult } from "./auto-set";
import { autoSet } from "./auto-set";
import type { ConstructLike, StackLike } from "./constructs";
import { constructsIn, isOverridden, isWithin, stacksIn } from "./constructs";
import type { ClusterOfStack } from "./inventory";
import { Messages, voice } from "./messages";
import { checked, count, note } from "./report";
import type { Clusters } from "./synthesis";

/** The part of a stack that an Aspect checks: all of it, or everything at and below some constructs. */
export type Scope = "stack" | ReadonlySet<ConstructLike>;

/** What an Aspect keeps from one check to the next. */
export interface Kept {
  readonly policy: Policy;
  readonly circumstances: Circumstances;
  readonly summary: boolean;
  readonly annotations: Annotations;
  /** What auto-set wrote in an earlier synthesis of the same app is written still. */
  readonly written: WeakMap<ConstructLike, AutoSetFinding>;
}

// Who reads one value in the program and another one in the message needs to know where to look.
const overrideNote =
  "Note: an override (addOverride) on this cluster or its stack may change these settings: look there, too. HCL output leaves most overrides out.";

/** One check of a stack by one Aspect. */
export class StackJudgement {
  private readonly remarks = new Map<ConstructLike, AutoSetRemark>();

  constructor(
    private readonly stack: StackLike,
    private readonly scope: Scope,
    private readonly kept: Kept,
  ) {}

  /**
   * Writes engines if the organisation turned that on, and notes for every other cluster why none was
   * written.
   */
  write(clusters: Clusters): boolean {
    const { policy, annotations, written } = this.kept;
    annotations.withdraw(this.stack);
    let wrote = false;
    if (policy.levels[autoSetRule] !== "remediate") return wrote;
    for (const found of this.inScope(clusters)) {
      if ("error" in found) continue;
      const { source: construct, subject } = found;
      let finding = written.get(construct);
      // The program may have taken it away since.
      if (finding === undefined || !has(subject.cluster, finding.settings)) {
        const result = this.autoSet(found);
        if (!result.wrote) {
          const { path: address } = construct.node;
          this.remarks.set(construct, { state: "refused", refusal: result.refusal, address });
          continue;
        }
        written.set(construct, (finding = result.finding));
        wrote = true;
      }
      this.say(construct, "info", `${autoSetRule}: ${messageOf(finding, voice)}`);
    }
    return wrote;
  }

  /** Annotates the constructs with the findings; returns the errors. */
  judge(clusters: Clusters): string[] {
    const { stack } = this;
    const { policy, circumstances, summary } = this.kept;
    const errors: string[] = [];
    if (summary) checked(stack);
    const all = this.inScope(clusters);
    const judgement = new Judgement(policy, circumstances, all, ({ source }) => [source.node.path]);
    const messages = new Messages(policy);
    for (const found of all) {
      const judged = judgement.judge(found, this.remarks.get(found.source));
      // A cluster that no rule looks at is not checked.
      if (judged.length > 0) count(stack, found, outcomeOf(judged));
      for (const { level, text } of messages.of(found, judged, () => noteOn(found, stack))) {
        this.say(found.source, level, text);
        if (level === "error") errors.push(`[${found.source.node.path}] ${text}`);
      }
    }
    this.warnOfUnused(judgement);
    return errors;
  }

  private inScope(clusters: Clusters): readonly ClusterOfStack[] {
    const { scope } = this;
    return scope === "stack" ? clusters() : clusters().filter(({ source }) => isWithin(source, scope));
  }

  private autoSet(found: Parameters<typeof autoSet>[0]): AutoSetResult {
    const { policy, circumstances } = this.kept;
    try {
      return autoSet(found, policy.options[autoSetRule].autoSet, circumstances);
    } catch {
      return { wrote: false, refusal: { because: "a bug" } };
    }
  }

  /** Warns of configuration entries for clusters that do not need them or do not exist. */
  private warnOfUnused(judgement: Judgement<ConstructLike>): void {
    const { stack, scope } = this;
    const inner = once(() => stacksIn(stack));
    const belongs = (target: string): boolean =>
      isAtOrBelow(target, stack) &&
      !inner().some((each) => isAtOrBelow(target, each)) &&
      (scope === "stack" || [...scope].some((each) => isAtOrBelow(target, each)));
    const byPath = once(() => new Map(constructsIn(stack).map((each) => [each.node.path, each])));
    for (const unused of judgement.unusedExemptions(belongs)) {
      const construct = unused.address === undefined ? undefined : byPath().get(unused.address);
      this.say(construct ?? stack, "warning", `${unused.rule}: ${unusedExemptionMessage(unused)}`);
    }
    for (const unused of judgement.unusedNewClusters(belongs))
      this.say(stack, "warning", `${autoSetRule}: ${unusedNewClusterMessage(unused)}`);
  }

  private say(construct: ConstructLike, level: AnnotationLevel, text: string): void {
    this.kept.annotations.add(construct, level, text);
    if (level !== "error") note(this.stack, construct, text);
  }
}

function noteOn(found: ClusterOfStack, stack: StackLike): string | undefined {
  if ("error" in found) return undefined;
  const { source, subject, address } = found;
  if (source === stack) return `It belongs to no construct of this stack: ${address()}.`;
  return subject.dialect.name === azurermTyped.name && isOverridden(source) ? overrideNote : undefined;
}

function isAtOrBelow(path: string, { node }: ConstructLike): boolean {
  return path === node.path || path.startsWith(`${node.path}/`);
}
