/**
 * The Aspect for CDKTF and for its successor CDK Terrain (`cdktf` 0.21, `cdktn` 0.24). It imports neither: the app
 * passes its own `Aspects`.
 *
 * @example
 *   import { AksNetworkPolicyAspect } from "aks-network-policy-pack/cdktf";
 *   const app = new App();
 *   AksNetworkPolicyAspect.applyTo(app, Aspects);
 *   new MyStack(app, "prod");
 *   app.synth();
 */
import { circumstancesOf } from "../shared/findings/judgement";
import { configurationMessage } from "../shared/messages/configuration";
import type { Policy } from "../shared/policy/configuration";
import { readConfiguration } from "../shared/policy/configuration";
import type { Configuration } from "../shared/policy/schema";
import { Annotations } from "./annotations";
import { attachToApp } from "./app";
import type { AppLike, AspectsLike, ConstructLike, StackLike } from "./constructs";
import { countOf, isStack, isWithin, scopesOf, stackOf } from "./constructs";
import type { Kept } from "./judging";
import { StackJudgement } from "./judging";
import { expectToBeCalled, wasCalled } from "./presence";
import { forget } from "./report";
import { Synthesis } from "./synthesis";

export type { Configuration, Level } from "../shared/policy/schema";
export type { AppLike, AspectLike, AspectsLike, ConstructLike } from "./constructs";

export interface AspectOptions {
  /** The clock for ends of support and exemptions; the system's by default. Only the UTC day counts. */
  readonly today?: () => Date;
  /** Prints at the end of a synthesis how many clusters were checked, unless `false`. */
  readonly summary?: boolean;
}

/** One run of Aspects over a stack, until the stack is checked. */
interface Pass {
  isOpen: boolean;
  /** The constructs that it was called for; the whole stack if it was added to the stack or above it. */
  readonly scope: "stack" | Set<ConstructLike>;
  /** The number of constructs that it has yet to be called for. */
  due: number;
}

/** Checks every AKS cluster of the stacks that it is applied to, based on what will be written. */
export class AksNetworkPolicyAspect {
  private readonly policy: Policy;
  private readonly today: () => Date;
  private readonly summary: boolean;
  private readonly annotations = new Annotations();
  private readonly passes = new Map<StackLike, Pass>();
  private readonly written: Kept["written"] = new WeakMap();

  constructor(
    configuration: Configuration = {},
    { today = () => new Date(), summary = true }: AspectOptions = {},
  ) {
    this.policy = policyOf(configuration);
    this.today = today;
    this.summary = summary;
    expectToBeCalled(this);
  }

  /**
   * Applies the Aspect to every stack of an app, including those that are created later. `aspects` is the app's own
   * `Aspects`. If no stack was judged in the end, `app.synth()` throws and says why.
   */
  static applyTo(
    app: AppLike,
    aspects: AspectsLike,
    configuration: Configuration = {},
    options: AspectOptions = {},
  ): AksNetworkPolicyAspect {
    const aspect = new AksNetworkPolicyAspect(configuration, options);
    attachToApp(app, aspects, aspect, (stack) => aspect.passes.get(stack)?.isOpen === false);
    return aspect;
  }

  /** The library calls it for every construct in its scope. */
  visit(node: ConstructLike): void {
    wasCalled(this);
    // A nested stack is checked in its own synthesis, not also in that of the enclosing stack.
    for (const scope of scopesOf(node)) {
      const pass = isStack(scope) ? this.passes.get(scope) : undefined;
      if (pass?.isOpen !== true || pass.scope !== "stack") continue;
      pass.due -= 1;
      return;
    }
    const stack = stackOf(node);
    if (stack === undefined) return;
    const pass = this.passes.get(stack);
    if (stack === node) {
      this.open(stack, { isOpen: true, scope: "stack", due: countOf(node) - 1 });
    } else if (pass?.isOpen === true && pass.scope instanceof Set) {
      if (!isWithin(node, pass.scope)) {
        pass.scope.add(node);
        pass.due += countOf(node);
      }
      pass.due -= 1;
    } else {
      this.open(stack, { isOpen: true, scope: new Set([node]), due: countOf(node) - 1 });
    }
  }

  private open(stack: StackLike, pass: Pass): void {
    this.annotations.withdraw(stack);
    forget(stack);
    this.passes.set(stack, pass);
    const { policy, summary, annotations, written } = this;
    const circumstances = circumstancesOf(policy, this.today);
    const kept = { policy, circumstances, summary, annotations, written };
    const judgement = new StackJudgement(stack, pass.scope, kept);
    Synthesis.of(stack).await(this, {
      isComplete: () => pass.due <= 0,
      write: (clusters) => judgement.write(clusters),
      judge: (clusters, isLast) => {
        // Rendering early must not turn the remaining visits into a separate pass.
        if (isLast) pass.isOpen = false;
        return judgement.judge(clusters);
      },
    });
  }
}

/** Reads a configuration, or throws with its problems. */
function policyOf(configuration: Configuration): Policy {
  const read = readConfiguration(configuration);
  if (!read.valid) throw new Error(configurationMessage(read.problems));
  return read.value;
}
