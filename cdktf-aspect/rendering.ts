import { terraformPartOf } from "../shared/dialects/lookup";
import type { JsonObject } from "../shared/documents/json";
import { isRecord } from "../shared/documents/json";
import { once } from "../shared/documents/once";
import { isToken } from "../shared/documents/terraform/syntax";
import type { StackLike } from "./constructs";
import { elementsIn, libraryOf, propertyOf } from "./constructs";
import { cover } from "./cover";
import type { ClusterOfStack } from "./inventory";
import { clustersOfStack } from "./inventory";

/** The language in which a stack is written. */
export type Output = "json" | "hcl";

/** The method of a stack that renders it. */
export const renderers: Readonly<Record<Output, string>> = { json: "toTerraform", hcl: "toHclTerraform" };

/** A stack as it is written. */
export interface Rendering {
  /** What the library made, and what it writes to a file. */
  readonly result: unknown;
  readonly clusters: () => readonly ClusterOfStack[];
}

/** Renders a stack, once. */
export function rendered(stack: StackLike, output: Output, render: () => unknown): Rendering {
  if (output === "json") {
    const result = render();
    return { result, clusters: once(() => clustersOfStack(stack, result)) };
  }
  const parts = new PartsInHcl(isOfCdktn(stack));
  const uncover = elementsIn(stack).map((element) =>
    cover(element, renderers.hcl, (call) => parts.noted(call())),
  );
  let result: unknown;
  try {
    result = render();
  } finally {
    // The last first: V8 keeps an object quick where the property that goes is the one that came last.
    for (const each of uncover.reverse()) each();
  }
  return { result, clusters: once(() => clustersOfStack(stack, parts.document)) };
}

/** What a rendering as HCL is made of, as a document in JSON. HCL is a text when it comes, so it is read element by element. */
class PartsInHcl {
  readonly document: Record<string, Record<string, unknown>> = {};

  constructor(private readonly leavesOutNothing: boolean) {}

  /** An element's part, which tells what it is once the library has resolved its tokens. */
  noted(part: unknown): unknown {
    if (!isRecord(part) || isToken(part) || !mayMatter(part)) return part;
    return {
      resolve: (context: { readonly resolve: (value: unknown) => unknown }) => {
        const whole = context.resolve(part);
        if (isRecord(whole)) this.add(whole);
        return whole;
      },
    };
  }

  private add(part: JsonObject): void {
    const { leavesOutNothing } = this;
    for (const kind of ["resource", "data"]) {
      for (const [type, byName] of recordsIn(part[kind]))
        for (const [name, attributes] of recordsIn(byName))
          this.put(kind, type, { [name]: asHcl(attributes, leavesOutNothing) });
    }
    for (const kind of ["module", "locals"])
      for (const [name, value] of Object.entries(asRecord(part[kind])))
        this.put(kind, name, asHcl(value, leavesOutNothing));
  }

  private put(kind: string, name: string, value: unknown): void {
    const ofKind = (this.document[kind] ??= {});
    const before = ofKind[name];
    // Blocks of one name are several blocks, as in a list.
    ofKind[name] = before === undefined ? value : [before, value].flat();
  }
}

function mayMatter(part: JsonObject): boolean {
  return (
    Object.keys(asRecord(part["resource"])).some(
      (type) => terraformPartOf(type) !== undefined || isToken(type),
    ) || ["module", "data", "locals"].some((kind) => part[kind] !== undefined)
  );
}

function asRecord(value: unknown): JsonObject {
  return isRecord(value) ? value : {};
}

function recordsIn(value: unknown): (readonly [string, JsonObject])[] {
  return Object.entries(asRecord(value)).filter((entry): entry is [string, JsonObject] => isRecord(entry[1]));
}

/**
 * Attributes as HCL will hold them. The libraries describe each attribute by its value and kind; an override lands beside
 * the value, where the HCL renderer does not look. Where a value turned out to be nothing, cdktf 0.21 writes what is left
 * of the description, and cdktn 0.24 leaves it out.
 */
export function asHcl(attributes: unknown, leavesOutNothing: boolean): unknown {
  const inner = (value: unknown): unknown => asHcl(value, leavesOutNothing);
  if (Array.isArray(attributes)) return attributes.map(inner);
  if (!isRecord(attributes) || isToken(attributes)) return attributes;
  if ("value" in attributes && ("type" in attributes || "isBlock" in attributes || "is_block" in attributes))
    return inner(attributes["value"]);
  if (leavesOutNothing && ["isBlock", "type", "storageClassType"].every((name) => name in attributes))
    return "dynamic" in attributes ? attributes : undefined;
  return Object.fromEntries(Object.entries(attributes).map(([name, value]) => [name, inner(value)]));
}

function isOfCdktn(stack: StackLike): boolean {
  return libraryOf(stack, "TerraformStack")?.startsWith("cdktn ") === true;
}

/** The language that a stack's synthesizer writes. */
export function outputOf(stack: StackLike): Output {
  const synthesizer = propertyOf(stack, "synthesizer");
  return isRecord(synthesizer) && synthesizer["hclOutput"] === true ? "hcl" : "json";
}
