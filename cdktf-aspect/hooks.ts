import type { StackLike } from "./constructs";
import { isRecord, propertyOf } from "./constructs";
import type { Output } from "./truth";

/**
 * Where a stack can be judged after every Aspect has run. A validation is the libraries' public way and comes before
 * annotations are collected. `skipValidation` leaves it out, and so does `Testing.synth(stack)`; what both still do is
 * to ask the stack for custom synthesis, or for its text.
 */
export interface Hooks {
  /** Once in every synthesis, before annotations are collected. */
  readonly beforeAnnotations: (output: Output) => void;
  /** When the stack is about to be rendered, by whomever. */
  readonly beforeRendering: (output: Output) => void;
}

const customSynthesis = Symbol.for("cdktf/customSynthesis");

/** Hooks that stay for the life of a stack. */
export function hookForLife(stack: StackLike, { beforeAnnotations }: Hooks): void {
  const judge = (): void => {
    beforeAnnotations(outputOf(stack));
  };
  stack.node.addValidation({
    validate: () => {
      judge();
      return [];
    },
  });
  if (propertyOf(stack.node.root, "skipValidation") !== true) return;
  const existing: unknown = Reflect.get(stack, customSynthesis);
  const ours = {
    onSynthesize: (session: unknown): void => {
      if (isRecord(existing) && typeof existing["onSynthesize"] === "function")
        Reflect.apply(existing["onSynthesize"], existing, [session]);
      judge();
    },
  };
  // Configurable, so that a second Aspect can hook on as well.
  Reflect.defineProperty(stack, customSynthesis, { value: ours, configurable: true, enumerable: false });
}

const renderers: Readonly<Record<Output, string>> = { json: "toTerraform", hcl: "toHclTerraform" };

/** Hooks that the next rendering uses up. Answers how to take them away before that. */
export function hookForOnce(stack: StackLike, { beforeRendering }: Hooks): () => void {
  const undo = Object.entries(renderers).map(([output, name]) => {
    const before = Object.getOwnPropertyDescriptor(stack, name);
    const value = (...args: unknown[]): unknown => {
      release();
      beforeRendering(output as Output);
      const render = propertyOf(stack, name);
      return typeof render === "function" ? (Reflect.apply(render, stack, args) as unknown) : undefined;
    };
    Object.defineProperty(stack, name, { value, configurable: true, enumerable: false, writable: true });
    return () => {
      // Somebody may have put a method of their own in its place since.
      if (Object.getOwnPropertyDescriptor(stack, name)?.value !== value) return;
      if (before === undefined) Reflect.deleteProperty(stack, name);
      else Object.defineProperty(stack, name, before);
    };
  });
  const release = (): void => {
    // The last first: V8 keeps an object quick where the property that goes is the one that came last.
    for (const each of [...undo].reverse()) each();
  };
  return release;
}

/** The language that a stack's synthesizer writes. */
function outputOf(stack: StackLike): Output {
  const synthesizer = propertyOf(stack, "synthesizer");
  return isRecord(synthesizer) && synthesizer["hclOutput"] === true ? "hcl" : "json";
}
