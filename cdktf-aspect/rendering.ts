import { isRecord } from "../shared/documents/json";
import type { StackLike } from "./constructs";
import { elementsIn, propertyOf } from "./constructs";
import { cover } from "./cover";
import { PartsInHcl } from "./hcl";

/** The language in which a stack is written. */
export type Output = "json" | "hcl";

/** The method that renders a stack or one of its elements. */
export const renderers = { json: "toTerraform", hcl: "toHclTerraform" } as const;

/** A stack as written. */
export interface Rendering {
  /** The library's result, which it writes to a file. */
  readonly result: unknown;
  /** The same as a document in Terraform's JSON syntax, as far as a cluster may depend on it. */
  readonly document: unknown;
}

/** Renders a stack once. */
export function rendered(stack: StackLike, output: Output, render: () => unknown): Rendering {
  if (output === "json") {
    const result = render();
    return { result, document: result };
  }
  const parts = new PartsInHcl(stack);
  const uncover = elementsIn(stack).map((element) =>
    cover(element, renderers.hcl, (call) => parts.noted(call())),
  );
  try {
    return { result: render(), document: parts.document };
  } finally {
    // Last first: V8 keeps an object fast if the most recently added property is deleted.
    for (const each of uncover.reverse()) each();
  }
}

/**
 * Resolves tokens in values of a stack. The libraries resolve only while rendering, so this starts a
 * rendering and aborts it at the first element.
 */
export function resolvedIn(stack: StackLike, output: Output, values: readonly unknown[]): readonly unknown[] {
  const name = renderers[output];
  const [first] = elementsIn(stack);
  if (first === undefined) return values;
  let resolved: readonly unknown[] | undefined;
  const uncover = cover(first, name, () => ({
    resolve: (context: { readonly resolve: (value: unknown) => unknown }) => {
      resolved = values.map((value) => context.resolve(value));
      throw new Error("The rest of this rendering is not needed.");
    },
  }));
  // A wrapper around the stack's own method may return an existing rendering.
  const own: unknown = Reflect.get(Reflect.getPrototypeOf(stack) ?? stack, name);
  try {
    Reflect.apply(own as () => unknown, stack, []);
  } catch (error) {
    if (resolved === undefined) throw error;
  } finally {
    uncover();
  }
  if (resolved === undefined) throw new Error("This stack does not render its elements.");
  return resolved;
}

/** The language that a stack's synthesizer writes. */
export function outputOf(stack: StackLike): Output {
  const synthesizer = propertyOf(stack, "synthesizer");
  return isRecord(synthesizer) && synthesizer["hclOutput"] === true ? "hcl" : "json";
}
