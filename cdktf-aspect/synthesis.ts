import { isRecord } from "../shared/documents/json";
import { once } from "../shared/documents/once";
import type { StackLike } from "./constructs";
import { propertyOf } from "./constructs";
import { cover } from "./cover";
import type { ClusterOfStack } from "./inventory";
import { clustersOfStack } from "./inventory";
import type { Output, Rendering } from "./rendering";
import { outputOf, rendered, renderers } from "./rendering";

/** The clusters of a stack as written, found on demand. */
export type Clusters = () => readonly ClusterOfStack[];

/** What one Aspect does with a stack once every Aspect has run. */
export interface Judging {
  /** Lets auto-set write into the constructs. Did it write anything? */
  readonly write: (clusters: Clusters) => boolean;
  /** Annotates the constructs; returns the errors. `isLast` if nothing in the stack changes after this. */
  readonly judge: (clusters: Clusters, isLast: boolean) => readonly string[];
  /** Has the library called it for every construct it should? */
  readonly isComplete: () => boolean;
}

const customSynthesis = Symbol.for("cdktf/customSynthesis");

/**
 * Checks a stack for all Aspects that visited it. Both libraries run Aspects, validations and custom
 * synthesis (the stack's own last), then collect annotations, and render and write the stack. So the stack is
 * rendered in its custom synthesis, that rendering is checked, and the same rendering is passed on to be
 * written.
 */
export class Synthesis {
  private static readonly all = new WeakMap<StackLike, Synthesis>();

  static of(stack: StackLike): Synthesis {
    let synthesis = Synthesis.all.get(stack);
    if (synthesis === undefined) Synthesis.all.set(stack, (synthesis = new Synthesis(stack)));
    return synthesis;
  }

  private readonly waiting = new Map<object, Judging>();
  private readonly covered = new Map<string | symbol, unknown>();
  /** This object is rendering the stack. */
  private isRendering = false;
  private drop = (): void => undefined;

  private constructor(private readonly stack: StackLike) {}

  /** Registers an Aspect for the end of this synthesis. */
  await(aspect: object, judging: Judging): void {
    this.drop();
    this.coverAll();
    this.waiting.set(aspect, judging);
  }

  /** Wraps again whatever has wrapped these methods since. */
  private coverAll(): void {
    this.coverOnce(customSynthesis, () => {
      const { stack } = this;
      const before: unknown = Reflect.get(stack, customSynthesis);
      const onSynthesize = (session: unknown): void => {
        this.synthesise(() => {
          if (isRecord(before) && typeof before["onSynthesize"] === "function")
            Reflect.apply(before["onSynthesize"], before, [session]);
        });
      };
      Object.defineProperty(stack, customSynthesis, {
        value: { onSynthesize },
        configurable: true,
      });
    });
    for (const output of ["json", "hcl"] as const) {
      const name = renderers[output];
      // Early versions of the library cannot write HCL.
      if (typeof propertyOf(this.stack, name) !== "function") continue;
      this.coverOnce(name, () => cover(this.stack, name, (call) => this.shown(output, call)));
    }
  }

  private coverOnce(name: string | symbol, coverIt: () => void): void {
    if (this.covered.has(name) && Reflect.get(this.stack, name) === this.covered.get(name)) return;
    coverIt();
    this.covered.set(name, Reflect.get(this.stack, name));
  }

  /** The stack's custom synthesis, after the previous one. */
  private synthesise(before: () => void): void {
    // Another copy of this package may run before this one and render the stack itself.
    this.whileRendering(before);
    if (this.waiting.size === 0) return;
    const { stack } = this;
    const output = outputOf(stack);
    const name = renderers[output];
    const render = propertyOf(stack, name) as () => unknown;
    const { result } = this.run(output, () => render.call(stack), true).rendering;
    // A custom synthesizer may still change the constructs. It gets a separate rendering, which is checked
    // again.
    if (!isOfLibrary(propertyOf(stack, "synthesizer"))) return;
    this.waiting.clear();
    const takeAway = cover(stack, name, () => {
      this.drop();
      return result;
    });
    this.drop = (): void => {
      this.drop = (): void => undefined;
      takeAway();
    };
    // A failed synthesis leaves no rendering for the next one.
    queueMicrotask(this.drop);
  }

  /**
   * Someone renders the stack. If it had no custom synthesis, this is what is written, and it is too late for
   * annotations.
   */
  private shown(output: Output, render: () => unknown): unknown {
    if (this.isRendering) return render();
    const isLast = [...this.waiting.values()].every(({ isComplete }) => isComplete());
    const { rendering, errors } = this.run(output, render, isLast);
    // Before every Aspect has run, this is only an early look.
    if (isLast) this.waiting.clear();
    if (isLast && errors.length > 0) throw new Error([mustNotBeWritten, ...new Set(errors)].join("\n"));
    return rendering.result;
  }

  private run(
    output: Output,
    render: () => unknown,
    isLast: boolean,
  ): { readonly rendering: Rendering; readonly errors: readonly string[] } {
    const { stack } = this;
    const all = [...this.waiting.values()];
    return this.whileRendering(() => {
      const look = (): { rendering: Rendering; clusters: Clusters } => {
        const rendering = rendered(stack, output, render);
        return { rendering, clusters: once(() => clustersOfStack(stack, rendering.document)) };
      };
      let { rendering, clusters } = look();
      const wrote = all.map(({ write }) => write(clusters)).includes(true);
      if (wrote) ({ rendering, clusters } = look());
      return { rendering, errors: all.flatMap(({ judge }) => judge(clusters, isLast)) };
    });
  }

  private whileRendering<T>(work: () => T): T {
    const before = this.isRendering;
    this.isRendering = true;
    try {
      return work();
    } finally {
      this.isRendering = before;
    }
  }
}

/** Is it the library's own synthesizer, which writes what it renders and does nothing in between? */
function isOfLibrary(synthesizer: unknown): boolean {
  if (!isRecord(synthesizer) || Object.hasOwn(synthesizer, "synthesize")) return false;
  return synthesizer.constructor.name === "StackSynthesizer";
}

const mustNotBeWritten = "aks-network-policy-pack: this stack must not be written:";
