import { terraformPartOf } from "../shared/dialects/lookup";
import type { JsonObject } from "../shared/documents/json";
import { isRecord } from "../shared/documents/json";
import { isToken } from "../shared/documents/terraform/syntax";
import type { StackLike } from "./constructs";
import { libraryOf } from "./constructs";

/** What both libraries pass to a token that they resolve (cdktf 0.15 to 0.21, cdktn 0.24). */
interface ResolveContext {
  registerPostProcessor(processor: { postProcess(resolved: unknown): unknown }): void;
}

/**
 * The parts of an HCL rendering as a JSON document. HCL arrives as text, so its elements are read one by one.
 */
export class PartsInHcl {
  /**
   * Each kind of block is a list, because many blocks may have one name. The object has no prototype, because
   * a name may be that of an inherited member.
   */
  readonly document: Record<string, JsonObject[]> = {};
  private readonly leavesOutNothing: boolean;

  constructor(stack: StackLike) {
    this.leavesOutNothing = libraryOf(stack, "TerraformStack")?.startsWith("cdktn ") === true;
  }

  /** Records an element's part when the library has resolved its tokens. */
  noted(part: unknown): unknown {
    if (!isRecord(part) || isToken(part) || !mayMatter(part)) return part;
    const postProcess = (resolved: unknown): unknown => {
      if (isRecord(resolved)) this.add(resolved);
      return resolved;
    };
    return {
      // The library resolves what a token returns, so resolving the part here would do it twice.
      resolve: (context: ResolveContext) => {
        context.registerPostProcessor({ postProcess });
        return part;
      },
    };
  }

  /** Records an element's part whose tokens are resolved. */
  add(part: JsonObject): void {
    const { leavesOutNothing } = this;
    for (const kind of ["resource", "data"])
      for (const [type, byName] of recordsIn(part[kind]))
        for (const [name, attributes] of recordsIn(byName))
          this.put(kind, { [type]: { [name]: asHcl(attributes, leavesOutNothing) } });
    for (const kind of ["module", "locals", "output"])
      for (const [name, value] of Object.entries(asRecord(part[kind])))
        this.put(kind, { [name]: asHcl(value, leavesOutNothing) });
  }

  private put(kind: string, block: JsonObject): void {
    (this.document[kind] ??= []).push(block);
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
 * Attributes as HCL will hold them. The libraries describe each attribute by its value and kind; an override
 * ends up next to the value, where the HCL renderer does not look. If a value resolves to nothing, cdktf 0.21
 * writes the rest of the description, and cdktn 0.24 leaves it out.
 *
 * @param areAttributes these are the attributes of an element or block, and not the members of an object,
 * which are written unchanged
 */
export function asHcl(attributes: unknown, leavesOutNothing: boolean, areAttributes = true): unknown {
  if (Array.isArray(attributes))
    return attributes.map((each) => asHcl(each, leavesOutNothing, areAttributes));
  if (!isRecord(attributes) || isToken(attributes)) return attributes;
  if (isDescription(attributes)) return asHcl(attributes["value"], leavesOutNothing, isBlock(attributes));
  if (leavesOutNothing && ["isBlock", "type", "storageClassType"].every((name) => name in attributes))
    return "dynamic" in attributes ? attributes : undefined;
  return Object.fromEntries(
    Object.entries(attributes).map(([name, value]) => [
      name,
      areAttributes && isCode(value) ? codeOf(value) : asHcl(value, leavesOutNothing, false),
    ]),
  );
}

function isDescription(attribute: JsonObject): boolean {
  return "value" in attribute && ("type" in attribute || isBlock(attribute));
}

function isBlock(attribute: JsonObject): boolean {
  return "isBlock" in attribute || "is_block" in attribute;
}

/**
 * For an object with a value but no kind, both libraries write only the value, as code: it is an expression.
 * An object with `dynamic` in it becomes a dynamic block, and the rest of it is dropped.
 */
function isCode(attribute: unknown): attribute is JsonObject {
  return (
    isRecord(attribute) &&
    !isToken(attribute) &&
    ("value" in attribute || "dynamic" in attribute) &&
    !("type" in attribute || isBlock(attribute))
  );
}

function codeOf({ value, dynamic }: JsonObject): unknown {
  if (dynamic === undefined && (typeof value === "number" || typeof value === "boolean")) return value;
  return typeof value === "string" && value.includes("${") && dynamic === undefined
    ? value
    : "${an expression}";
}
