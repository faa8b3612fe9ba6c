import { camelCase } from "../shared/dialects/spelling";
import type { JsonObject } from "../shared/documents/json";
import { isRecord } from "../shared/documents/json";
import type { Notation } from "../shared/documents/terraform/attributes";
import { readAttributes } from "../shared/documents/terraform/attributes";
import type { TerraformBlock } from "../shared/documents/terraform/block";
import { addressOf, blocksOf, readersOf } from "../shared/documents/terraform/block";
import { isToken } from "../shared/documents/terraform/syntax";
import type { Field } from "../shared/reading/field";
import type { ConstructLike, ElementLike, StackLike } from "./constructs";
import { propertyOf } from "./constructs";
import { azurermVersionOf, typedObject, writesTyped } from "./generated";
import { asHcl } from "./hcl";

/** The language in which a stack is written out. */
export type Output = "json" | "hcl";

type Kind = TerraformBlock<ConstructLike>["kind"];

/** What a stack will write, after every Aspect and override. The stack is resolved at most once, and only where it must be. */
export class Truth {
  private whole: JsonObject | undefined;
  /** Overrides on the stack itself are seen in nothing but the resolved stack. */
  private readonly overridden: boolean;

  /** May the stack write resources that no construct writes? */
  get hasMoreThanConstructs(): boolean {
    return this.overridden;
  }

  constructor(
    private readonly stack: StackLike,
    private readonly output: Output,
  ) {
    const overrides = propertyOf(stack, "rawOverrides");
    const touches = (part: string): boolean => !isRecord(overrides) || Object.hasOwn(overrides, part);
    // HCL is rendered from the elements alone.
    this.overridden = output === "json" && (touches("resource") || touches("module"));
  }

  /** An element as it will be written; `undefined` for what is no resource or module, was moved away, or was deleted by an override. */
  blockOf(element: ElementLike): TerraformBlock<ConstructLike> | undefined {
    const typed = this.overridden ? undefined : typedObject(element);
    if (typed !== undefined) {
      const { type } = typed;
      const name = (): string => typed.id();
      const resolve = (): JsonObject | undefined => this.resolved("resource", type, name());
      const likeness = (): string | undefined => typed.likeness();
      const readers = readersOfInputs(() => typed.inputs(), resolve);
      return { ...factsOf(element, "resource"), kind: "resource", type, name, likeness, ...readers };
    }
    const own = declaredIn(this.declarationOf(element));
    if (own === undefined) return undefined;
    const { kind, type } = own;
    const facts = { ...factsOf(element, kind), kind, type, name: () => own.name, likeness: () => undefined };
    if (this.overridden) {
      const attributes = this.resolved(kind, type, own.name);
      return attributes === undefined ? undefined : { ...facts, ...readersOf(attributes) };
    }
    const resolve = own.overriddenInHcl
      ? undefined
      : (): JsonObject | undefined => this.resolved(kind, type, own.name);
    return { ...facts, ...readersOfTokens(own.attributes, resolve) };
  }

  /** What overrides on the stack add and no construct writes. */
  *withoutConstruct(known: ReadonlySet<string>): Generator<TerraformBlock<ConstructLike>> {
    if (!this.overridden) return;
    for (const block of blocksOf(this.resolvedStack(), () => this.stack))
      if (!known.has(addressOf(block))) yield block;
  }

  private declarationOf(element: ElementLike): { readonly json: unknown; readonly hcl?: unknown } {
    const json = element.toTerraform();
    const overrides = propertyOf(element, "rawOverrides");
    const plain = isRecord(overrides) && Object.keys(overrides).length === 0;
    const render = propertyOf(element, "toHclTerraform");
    if (this.output === "json" || plain || typeof render !== "function") return { json };
    return { json, hcl: Reflect.apply(render, element, []) as unknown };
  }

  private resolved(kind: Kind, type: string, name: string): JsonObject | undefined {
    const all = this.resolvedStack()[kind];
    const byName = kind === "module" ? all : isRecord(all) ? all[type] : undefined;
    const attributes = isRecord(byName) ? byName[name] : undefined;
    return isRecord(attributes) ? attributes : undefined;
  }

  private resolvedStack(): JsonObject {
    if (this.whole === undefined) {
      const whole = this.stack.toTerraform();
      this.whole = isRecord(whole) ? whole : {};
    }
    return this.whole;
  }
}

/** What a construct itself tells of the block that it writes. */
function factsOf(
  element: ElementLike,
  kind: Kind,
): Pick<TerraformBlock<ConstructLike>, "source" | "typed" | "toolVersion" | "moduleSource"> {
  return {
    source: element,
    typed: writesTyped(element, kind),
    toolVersion: azurermVersionOf(element),
    moduleSource: kind === "module" ? propertyOf(element, "source") : undefined,
  };
}

interface DeclaredBlock {
  readonly kind: Kind;
  readonly type: string;
  readonly name: string;
  readonly attributes: JsonObject;
  readonly overriddenInHcl: boolean;
}

function declaredIn({
  json,
  hcl,
}: {
  readonly json: unknown;
  readonly hcl?: unknown;
}): DeclaredBlock | undefined {
  const written = hcl ?? json;
  if (!isRecord(written)) return undefined;
  const overriddenInHcl = hcl !== undefined;
  const only = (value: unknown): readonly [string, JsonObject] | undefined => {
    const [entry] = isRecord(value) ? Object.entries(value) : [];
    return entry !== undefined && isRecord(entry[1]) ? [entry[0], entry[1]] : undefined;
  };
  const attributesOf = (attributes: JsonObject): JsonObject => {
    const held = overriddenInHcl ? asHcl(attributes) : attributes;
    return isRecord(held) ? held : {};
  };
  const resource = only(written["resource"]);
  if (resource !== undefined) {
    const [type, byName] = resource;
    const [name, attributes] = only(byName) ?? [];
    if (name === undefined || attributes === undefined) return undefined;
    return { kind: "resource", type, name, attributes: attributesOf(attributes), overriddenInHcl };
  }
  const [name, attributes] = only(written["module"]) ?? [];
  if (name === undefined || attributes === undefined) return undefined;
  return { kind: "module", type: "", name, attributes: attributesOf(attributes), overriddenInHcl };
}

type Readers = Pick<TerraformBlock<ConstructLike>, "read" | "text">;

/** Attributes that may have tokens, which are looked up in the resolved stack where they are in the parts that are read. */
function readersOfTokens(attributes: JsonObject, resolve?: () => JsonObject | undefined): Readers {
  return {
    read: (use, notation) => readResolved(attributes, notation, use, notation, resolve),
    text: (name) => textOf(attributes[name], name, resolve),
  };
}

/** Inputs of a generated class, which are spelt as they are asked for. */
function readersOfInputs(inputs: () => JsonObject, resolve: () => JsonObject | undefined): Readers {
  return {
    read: (use, notation) =>
      readResolved(inputs(), { ...notation, camelCase: false }, use, notation, resolve),
    text: (name) => textOf(inputs()[camelCase(name)], name, resolve),
  };
}

function readResolved<T>(
  attributes: JsonObject,
  ownNotation: Notation | undefined,
  use: (root: Field) => T,
  notation: Notation | undefined,
  resolve: (() => JsonObject | undefined) | undefined,
): T {
  const { root, metTokens } = readAttributes(attributes, ownNotation);
  const value = use(root);
  if (!metTokens()) return value;
  const resolved = resolve?.();
  return resolved === undefined ? value : use(readAttributes(resolved, notation).root);
}

function textOf(
  value: unknown,
  name: string,
  resolve: (() => JsonObject | undefined) | undefined,
): string | undefined {
  const text = isToken(value) ? resolve?.()?.[name] : value;
  return typeof text === "string" ? text : undefined;
}
