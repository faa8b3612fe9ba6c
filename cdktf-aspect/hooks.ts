import { isRecord } from "../shared/documents/json";
import type { StackLike } from "./constructs";
import { propertyOf } from "./constructs";
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
  const undo = Object.entries(renderers).map(([output, name]) =>
    override(stack, name, () => (...args) => {
      release();
      beforeRendering(output as Output);
      return call(stack, propertyOf(stack, name), args);
    }),
  );
  const release = (): void => {
    // The last first: V8 keeps an object quick where the property that goes is the one that came last.
    for (const each of [...undo].reverse()) each();
  };
  return release;
}

/** Shows every document that a stack is rendered as. Answers how to stop that. */
export function hookForResult(stack: StackLike, afterRendering: (document: unknown) => void): () => void {
  return override(stack, renderers.json, (render) => (...args) => {
    const document = call(stack, render, args);
    afterRendering(document);
    return document;
  });
}

type Method = (...args: unknown[]) => unknown;

function call(stack: StackLike, method: unknown, args: readonly unknown[]): unknown {
  return typeof method === "function" ? (Reflect.apply(method, stack, args) as unknown) : undefined;
}

/** Puts a method over that of a stack. Answers how to take it away. */
function override(stack: StackLike, name: string, over: (method: unknown) => Method): () => void {
  const before = Object.getOwnPropertyDescriptor(stack, name);
  const value = over(propertyOf(stack, name));
  Object.defineProperty(stack, name, { value, configurable: true, enumerable: false, writable: true });
  return () => {
    // Somebody may have put a method of their own in its place since.
    if (Object.getOwnPropertyDescriptor(stack, name)?.value !== value) return;
    if (before === undefined) Reflect.deleteProperty(stack, name);
    else Object.defineProperty(stack, name, before);
  };
}

/** The language that a stack's synthesizer writes. */
function outputOf(stack: StackLike): Output {
  const synthesizer = propertyOf(stack, "synthesizer");
  return isRecord(synthesizer) && synthesizer["hclOutput"] === true ? "hcl" : "json";
}
