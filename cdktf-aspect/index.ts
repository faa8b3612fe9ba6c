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
import { azurermTyped } from "../shared/dialects/azurerm";
import type { ClusterInDocument } from "../shared/documents/clusters";
import { autoSetRule } from "../shared/findings/auto-set";
import type { AutoSetRemark } from "../shared/findings/finding";
import { Judgement, circumstancesOf, outcomeOf } from "../shared/findings/judgement";
import { unusedExemptionMessage } from "../shared/messages/exemptions";
import { messageOf } from "../shared/messages/message";
import { unusedNewClusterMessage } from "../shared/messages/new-clusters";
import type { Policy } from "../shared/policy/configuration";
import type { Configuration } from "../shared/policy/schema";
import type { Circumstances } from "../shared/rules/rule";
import { Annotations } from "./annotations";
import { attachToApp } from "./app";
import type { AutoSetResult } from "./auto-set";
import { autoSet } from "./auto-set";
import type { AppLike, AspectsLike, ConstructLike, StackLike } from "./constructs";
import {
  constructsIn,
  countOf,
  isOverridden,
  isStack,
  isWithin,
  scopesOf,
  stackOf,
  stacksIn,
} from "./constructs";
import type { ClusterOfStack } from "./inventory";
import type { Message } from "./messages";
import { Messages, voice } from "./messages";
import type { AspectOptions } from "./options";
import { policyOf } from "./options";
import { expectToBeCalled, wasCalled } from "./presence";
import { checked, count, forget, note } from "./report";
import type { Clusters } from "./synthesis";
import { Synthesis } from "./synthesis";

export type { Configuration, Level } from "../shared/policy/schema";
export type { AspectOptions } from "./options";
export type { AppLike, AspectLike, AspectsLike, ConstructLike } from "./constructs";

/** One run of Aspects over a stack, until the stack is judged. */
interface Pass {
  isOpen: boolean;
  /** The constructs that it was called for; the whole stack where it stands on the stack or above it. */
  readonly scope: "stack" | Set<ConstructLike>;
  /** The constructs that it is still to be called for. */
  due: number;
}

// Who reads a typed value in the program and another one in the message needs to know where to look.
const overrideNote = "An override (addOverride) on this cluster or its stack has a say in this.";

/** Judges every AKS cluster of the stacks that it is applied to, by what will be written. */
export class AksNetworkPolicyAspect {
  private readonly policy: Policy;
  private readonly today: () => Date;
  private readonly summary: boolean;
  private readonly annotations = new Annotations();
  private readonly passes = new Map<StackLike, Pass>();
  private readonly written = new WeakMap<ConstructLike, AutoSetResult>();

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
    attachToApp(app, aspects, aspect, (stack) => aspect.passes.get(stack)?.isOpen === false);
    return aspect;
  }

  /** Called by the library for every construct in its scope. */
  visit(node: ConstructLike): void {
    wasCalled(this);
    // A nested stack is judged in its own synthesis, not also in that of the stack around it.
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
    this.annotations.withdraw(stack, { inner: true });
    forget(stack);
    this.passes.set(stack, pass);
    const inScope = (clusters: Clusters): readonly ClusterOfStack[] => {
      const { scope } = pass;
      return scope === "stack" ? clusters() : clusters().filter(({ source }) => isWithin(source, scope));
    };
    const circumstances = circumstancesOf(this.policy, this.today);
    let refused: ReadonlyMap<ConstructLike, AutoSetRemark> = new Map();
    Synthesis.of(stack).await(this, {
      isComplete: () => pass.due <= 0,
      write: (clusters) => {
        this.annotations.withdraw(stack, { inner: false });
        const result = this.autoSet(stack, inScope(clusters), circumstances);
        ({ refused } = result);
        return result.wrote;
      },
      judge: (clusters) => {
        pass.isOpen = false;
        return this.judge(stack, pass.scope, inScope(clusters), circumstances, refused);
      },
    });
  }

  /** Annotates the constructs with what is found; answers the errors. */
  private judge(
    stack: StackLike,
    scope: Pass["scope"],
    clusters: readonly ClusterOfStack[],
    circumstances: Circumstances,
    refused: ReadonlyMap<ConstructLike, AutoSetRemark>,
  ): string[] {
    const errors: string[] = [];
    const say = (construct: ConstructLike, { level, text }: Message): void => {
      this.annotations.add(construct, level, text);
      if (level !== "error") note(stack, construct, text);
      if (level === "error") errors.push(`[${construct.node.path}] ${text}`);
    };
    if (this.summary) checked(stack);
    const judgement = new Judgement(this.policy, circumstances, clusters, ({ source }) => [source.node.path]);
    const messages = new Messages(this.policy);
    for (const found of clusters) {
      const judged = judgement.judge(found, refused.get(found.source));
      if (this.summary) count(stack, found, outcomeOf(judged));
      for (const message of messages.of(found, judged, () => noteOn(found, stack)))
        say(found.source, message);
    }
    const inner = stacksIn(stack);
    const belongs = (target: string): boolean =>
      isAtOrBelow(target, stack) &&
      !inner.some((each) => isAtOrBelow(target, each)) &&
      (scope === "stack" || [...scope].some((each) => isAtOrBelow(target, each)));
    for (const unused of judgement.unusedExemptions(belongs)) {
      const construct = constructsIn(stack).find(({ node }) => node.path === unused.address);
      say(construct ?? stack, {
        level: "warning",
        text: `${unused.rule}: ${unusedExemptionMessage(unused)}`,
      });
    }
    for (const unused of judgement.unusedNewClusters(belongs))
      say(stack, { level: "warning", text: `${autoSetRule}: ${unusedNewClusterMessage(unused)}` });
    return errors;
  }

  /** Writes engines where the organisation switched that on, and says of every other cluster why none was written. */
  private autoSet(
    stack: StackLike,
    clusters: readonly ClusterOfStack[],
    circumstances: Circumstances,
  ): { readonly wrote: boolean; readonly refused: ReadonlyMap<ConstructLike, AutoSetRemark> } {
    const refused = new Map<ConstructLike, AutoSetRemark>();
    let wrote = false;
    if (this.policy.levels[autoSetRule] !== "remediate") return { wrote, refused };
    for (const found of clusters) {
      if ("error" in found) continue;
      const { source: construct } = found;
      // What was written in an earlier synthesis of the same app is written still.
      const before = this.written.get(construct);
      const result = before ?? this.autoSetOne(found, circumstances);
      if (result.wrote) {
        wrote ||= before === undefined;
        this.written.set(construct, result);
        const text = `${autoSetRule}: ${messageOf(result.finding, voice)}`;
        this.annotations.add(construct, "info", text);
        note(stack, construct, text);
      } else {
        const { path } = construct.node;
        refused.set(construct, { state: "refused", refusal: result.refusal, address: path });
      }
    }
    return { wrote, refused };
  }

  private autoSetOne(found: ClusterInDocument<ConstructLike>, circumstances: Circumstances): AutoSetResult {
    try {
      return autoSet(found, this.policy.options[autoSetRule].autoSet, circumstances);
    } catch {
      return { wrote: false, refusal: { because: "a bug" } };
    }
  }
}

function noteOn(found: ClusterOfStack, stack: StackLike): string | undefined {
  if ("error" in found) return undefined;
  const { source, subject, address } = found;
  if (source === stack) return `No construct of this stack stands for it: ${address()}.`;
  return subject.dialect.name === azurermTyped.name && isOverridden(source) ? overrideNote : undefined;
}

function isAtOrBelow(path: string, { node }: ConstructLike): boolean {
  return path === node.path || path.startsWith(`${node.path}/`);
}
