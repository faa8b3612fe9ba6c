/**
 * The Aspect for CDKTF and for its successor CDK Terrain (`cdktf` 0.21, `cdktn` 0.24). It imports neither: an app hands
 * its own `Aspects` in.
 *
 * @example
 * import { AksNetworkPolicyAspect } from "aks-network-policy-pack/cdktf";
 * const app = new App();
 * AksNetworkPolicyAspect.applyTo(app, Aspects);
 * new MyStack(app, "prod");
 * app.synth();
 */
import { autoSetRule } from "../shared/findings/auto-set";
import type { AutoSetRemark } from "../shared/findings/finding";
import { messageOf } from "../shared/messages/message";
import type { Policy } from "../shared/policy/configuration";
import type { Configuration } from "../shared/policy/schema";
import type { Subject } from "../shared/reading/subject";
import type { Circumstances } from "../shared/rules/rule";
import { Annotations } from "./annotations";
import { attachToApp } from "./app";
import type { AutoSetResult } from "./auto-set";
import { autoSet } from "./auto-set";
import { Comparison } from "./comparison";
import type { AppLike, AspectsLike, ConstructLike, StackLike } from "./constructs";
import { constructsIn, isStack, scopesOf, stackOf } from "./constructs";
import type { Hooks } from "./hooks";
import { hookForLife, hookForOnce, hookForResult } from "./hooks";
import type { ClusterOfStack } from "./inventory";
import { clustersOfStack } from "./inventory";
import type { Message } from "./judgement";
import { Judgement, circumstancesOf, isAtOrBelow, voice } from "./judgement";
import type { AspectOptions } from "./options";
import { policyOf } from "./options";
import { expectToBeCalled, wasCalled } from "./presence";
import type { Output } from "./truth";
import { Truth } from "./truth";

export type { Configuration, Level } from "../shared/policy/schema";
export type { WrittenFinding } from "./judge-written";
export { judgeWritten } from "./judge-written";
export type { AspectOptions } from "./options";
export type { AppLike, AspectLike, AspectsLike, ConstructLike } from "./constructs";

/** One run of Aspects over a stack, until the stack is judged. */
interface Pass {
  /** `shown` is judged because somebody rendered the stack, perhaps before every Aspect has run. */
  phase: "visiting" | "shown" | "judged";
  /** The constructs that it was called for; the whole stack where it stands on the stack or above it. */
  scope: "stack" | Set<ConstructLike>;
  unhook: () => void;
}

/** Judges every AKS cluster of the stacks that it is applied to, by what will be written. */
export class AksNetworkPolicyAspect {
  private readonly policy: Policy;
  private readonly today: () => Date;
  private readonly annotations = new Annotations();
  private readonly passes = new Map<StackLike, Pass>();
  private readonly hooked = new WeakSet<StackLike>();
  private readonly written = new WeakMap<ConstructLike, AutoSetResult>();

  constructor(configuration: Configuration = {}, { today = () => new Date() }: AspectOptions = {}) {
    this.policy = policyOf(configuration);
    this.today = today;
    expectToBeCalled(this);
  }

  /**
   * Applies the Aspect to every stack of an app, also to those that are made later. `aspects` is the app's own
   * `Aspects`. Where no stack was judged in the end, `app.synth()` throws and says why.
   */
  static applyTo(
    app: AppLike,
    aspects: AspectsLike,
    configuration: Configuration = {},
    options: AspectOptions = {},
  ): AksNetworkPolicyAspect {
    const aspect = new AksNetworkPolicyAspect(configuration, options);
    attachToApp(app, aspects, aspect, (stack) => aspect.passes.get(stack)?.phase === "judged");
    return aspect;
  }

  /** Called by the library for every construct in its scope. */
  visit(node: ConstructLike): void {
    wasCalled(this);
    // A nested stack is judged in its own synthesis, not also in that of the stack around it.
    for (const scope of scopesOf(node)) {
      if (isStack(scope) && this.isVisitedAsAWhole(scope)) return;
    }
    const stack = stackOf(node);
    if (stack === undefined) return;
    const open = this.passes.get(stack);
    if (stack === node) {
      this.open(stack, "stack");
    } else if (open?.phase === "visiting" && open.scope instanceof Set) {
      open.scope.add(node);
    } else {
      this.open(stack, new Set([node]));
    }
  }

  private isVisitedAsAWhole(stack: StackLike): boolean {
    const pass = this.passes.get(stack);
    return pass?.phase === "visiting" && pass.scope === "stack";
  }

  private open(stack: StackLike, scope: Pass["scope"]): void {
    this.annotations.withdraw(stack, { inner: true });
    this.passes.get(stack)?.unhook();
    const hooks: Hooks = {
      beforeAnnotations: (output) => {
        const pass = this.passes.get(stack);
        if (pass === undefined || pass.phase === "judged") return;
        pass.unhook();
        pass.phase = "judged";
        this.judge(stack, pass, output);
      },
      beforeRendering: (output) => {
        const pass = this.passes.get(stack);
        if (pass?.phase !== "visiting") return;
        pass.phase = "shown";
        this.judge(stack, pass, output);
      },
    };
    if (!this.hooked.has(stack)) {
      this.hooked.add(stack);
      hookForLife(stack, hooks);
    }
    this.passes.set(stack, { phase: "visiting", scope, unhook: hookForOnce(stack, hooks) });
  }

  private judge(stack: StackLike, pass: Pass, output: Output): void {
    const { scope } = pass;
    this.annotations.withdraw(stack, { inner: false });
    const clusters = (): ClusterOfStack[] => {
      const constructs = scope === "stack" ? constructsIn(stack) : within(stack, scope);
      return clustersOfStack(constructs, new Truth(stack, output));
    };
    const found = clusters();
    const circumstances = circumstancesOf(this.policy, this.today);
    const remarks = this.autoSet(found, circumstances);
    const again = remarks.wrote ? clusters() : found;
    const judgement = new Judgement(this.policy, circumstances, again);
    for (const each of again) {
      const remark = remarks.refused.get(each.construct);
      for (const message of judgement.messagesFor(each, remark)) this.annotate(each.construct, message);
    }
    for (const message of judgement.unusedExemptions(stack, scope)) this.annotate(message.construct, message);
    // HCL is a text when it comes, and not read again.
    if (output === "hcl") return;
    const isInScope = (path: string): boolean =>
      scope === "stack" || [...scope].some((each) => isAtOrBelow(path, each));
    const comparison = new Comparison(this.policy, circumstances, judgement, again, isInScope);
    pass.unhook = hookForResult(stack, (document) => {
      if (this.passes.get(stack) === pass) comparison.check(document);
    });
  }

  private annotate(construct: ConstructLike, { level, text }: Message): void {
    this.annotations.add(construct, level, text);
  }

  /** Writes engines where the organisation switched that on, and says of every other cluster why none was written. */
  private autoSet(
    clusters: readonly ClusterOfStack[],
    circumstances: Circumstances,
  ): {
    readonly wrote: boolean;
    readonly refused: ReadonlyMap<ConstructLike, AutoSetRemark>;
  } {
    const refused = new Map<ConstructLike, AutoSetRemark>();
    let wrote = false;
    if (this.policy.levels["network-policy-configured"] !== "remediate") return { wrote, refused };
    for (const found of clusters) {
      if ("error" in found) continue;
      const { construct, subject } = found;
      // What was written in an earlier synthesis of the same app is written still.
      const before = this.written.get(construct);
      const result = before ?? this.autoSetOne(construct, subject, circumstances);
      if (result.wrote) {
        wrote ||= before === undefined;
        this.written.set(construct, result);
        this.annotations.add(construct, "info", `${autoSetRule}: ${messageOf(result.finding, voice)}`);
      } else {
        refused.set(construct, {
          state: "refused",
          refusal: result.refusal,
          address: construct.node.path,
        });
      }
    }
    return { wrote, refused };
  }

  private autoSetOne(
    construct: ConstructLike,
    subject: Subject,
    circumstances: Circumstances,
  ): AutoSetResult {
    try {
      return autoSet(
        construct,
        subject,
        this.policy.options["network-policy-configured"].autoSet,
        circumstances,
      );
    } catch {
      return { wrote: false, refusal: { because: "a bug" } };
    }
  }
}

function* within(stack: StackLike, scope: ReadonlySet<ConstructLike>): Generator<ConstructLike> {
  for (const construct of constructsIn(stack)) {
    if (scope.has(construct) || scopesOf(construct).some((above) => scope.has(above))) yield construct;
  }
}
