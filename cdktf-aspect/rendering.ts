import { isRecord } from "../shared/documents/json";
import type { StackLike } from "./constructs";
import { elementsIn, propertyOf } from "./constructs";
import { cover } from "./cover";
import { PartsInHcl } from "./hcl";

/** The language in which a stack is written. */
export type Output = "json" | "hcl";

/** The method that renders a stack, or an element of it. */
export const renderers = { json: "toTerraform", hcl: "toHclTerraform" } as const;

/** A stack as written. */
export interface Rendering {
  /** What the library made, and what it writes to a file. */
  readonly result: unknown;
  /** The same as a document in Terraform's JSON syntax, as far as a cluster may depend on it. */
  readonly document: unknown;
}

/** Renders a stack, once. */
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
    // The last first: V8 keeps an object quick where the property that goes is the one that came last.
    for (const each of uncover.reverse()) each();
  }
}

/** Resolves the tokens of values of a stack. The libraries do that in a rendering alone, so one is begun, and left at its first element. */
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
  // What was put over the stack's own method may hand on a rendering that is there already.
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
