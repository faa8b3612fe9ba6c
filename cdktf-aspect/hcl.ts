import { terraformPartOf } from "../shared/dialects/lookup";
import type { JsonObject } from "../shared/documents/json";
import { isRecord } from "../shared/documents/json";
import { isToken } from "../shared/documents/terraform/syntax";
import type { StackLike } from "./constructs";
import { libraryOf } from "./constructs";

/** What a rendering as HCL is made of, as a document in JSON. HCL is a text when it comes, so it is read element by element. */
export class PartsInHcl {
  readonly document: Record<string, Record<string, unknown>> = {};
  private readonly leavesOutNothing: boolean;

  constructor(stack: StackLike) {
    this.leavesOutNothing = libraryOf(stack, "TerraformStack")?.startsWith("cdktn ") === true;
  }

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

  /** An element's part, whose tokens are resolved. */
  add(part: JsonObject): void {
    const { leavesOutNothing } = this;
    for (const kind of ["resource", "data"]) {
      for (const [type, byName] of recordsIn(part[kind]))
        for (const [name, attributes] of recordsIn(byName))
          this.put(kind, type, { [name]: asHcl(attributes, leavesOutNothing) });
    }
    for (const kind of ["module", "locals", "output"])
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
    ) || ["module", "data", "locals", "output"].some((kind) => part[kind] !== undefined)
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
