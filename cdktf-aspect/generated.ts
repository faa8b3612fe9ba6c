/** What this Aspect relies on of the classes that both libraries generate (cdktf 0.21, cdktn 0.24). */
import { azurermTyped } from "../shared/dialects/azurerm";
import type { JsonObject } from "../shared/documents/json";
import { isRecord } from "../shared/documents/json";
import type { Part } from "../shared/documents/terraform/likeness";
import { partsOf, partsOfPool, textOfBlock, textOfValue } from "../shared/documents/terraform/likeness";
import type { ConstructLike, ElementLike } from "./constructs";
import { libraryOf, propertyOf } from "./constructs";

/**
 * An object of a generated class of which nothing but its inputs decides what it writes. To ask for these few costs a
 * tenth of rendering the whole resource.
 */
export class TypedObject {
  constructor(
    private readonly element: ElementLike,
    private readonly generated: GeneratedClass,
    readonly type: string,
  ) {}

  id(): string {
    return String(propertyOf(this.element, "friendlyUniqueId"));
  }

  inputs(): JsonObject {
    const { element, generated } = this;
    return Object.fromEntries(generated.getters.map(({ name, get }) => [name, get.call(element)]));
  }

  /** As `likenessOf` tells it of the inputs. */
  likeness(): string | undefined {
    const { telling } = this.generated;
    return telling === undefined ? undefined : textOfInputs(this.element, telling);
  }
}

/** What an object of a generated class has beside its inputs, as far as it is one. */
interface MaybeGenerated {
  readonly toTerraform?: unknown;
  readonly toHclTerraform?: unknown;
  readonly synthesizeAttributes?: unknown;
  readonly terraformResourceType?: unknown;
  readonly rawOverrides?: unknown;
  readonly hasResourceMove?: () => unknown;
}

/** `undefined` where there is an override, a move, or a method of somebody else's on the way. */
export function typedObject(element: ElementLike & MaybeGenerated): TypedObject | undefined {
  const generated = generatedClassOf(element);
  if (generated === undefined) return undefined;
  const { terraformResourceType: type, rawOverrides } = element;
  if (typeof type !== "string" || !isRecord(rawOverrides)) return undefined;
  if (Object.keys(rawOverrides).length > 0) return undefined;
  // A library that does not say whether a resource was moved is none that is known here.
  if (element.hasResourceMove === undefined || element.hasResourceMove() !== undefined) return undefined;
  return new TypedObject(element, generated, type);
}

/** The inputs that tell one cluster from another, and those that are read of a cluster and of a pool. */
const telling = partsOf(azurermTyped);
const ofCluster = [...telling.map(({ name }) => name), ...Object.values(azurermTyped.identity)];
const ofPool = partsOfPool(azurermTyped).map(({ name }) => name);

type Get = (this: object) => unknown;

/** A part that tells one cluster from another, and how objects of a generated class hold it. */
interface InputPart extends Part {
  readonly input: Get;
  /** What holds the inputs of a block. */
  readonly block: { readonly get: Get; readonly prototype: object } | undefined;
  readonly parts: readonly InputPart[];
}

/** A class whose inputs and rendering are as they were generated. */
interface GeneratedClass {
  readonly getters: readonly { readonly name: string; readonly get: Get }[];
  /** Absent where blocks are not held as this version of the libraries holds them. */
  readonly telling: readonly InputPart[] | undefined;
}

const generatedClasses = new WeakMap<object, GeneratedClass | "not as generated">();

/**
 * The class of an object whose inputs and rendering are of one and the same generated class, with nothing overridden
 * below it. Looked up once for each class, which has hundreds of properties: to look them up in every object takes
 * longer than to judge it.
 */
function generatedClassOf(element: MaybeGenerated): GeneratedClass | undefined {
  const prototype = Object.getPrototypeOf(element) as object;
  let generated = generatedClasses.get(prototype);
  if (generated === undefined) {
    generated = isAsGenerated(prototype) ? generatedClass(prototype, element) : "not as generated";
    generatedClasses.set(prototype, generated);
  }
  if (generated === "not as generated") return undefined;
  const inherited: MaybeGenerated = prototype;
  return element.toTerraform === inherited.toTerraform &&
    element.toHclTerraform === inherited.toHclTerraform &&
    element.synthesizeAttributes === inherited.synthesizeAttributes
    ? generated
    : undefined;
}

function generatedClass(prototype: object, sample: object): GeneratedClass {
  const names = "networkProfileInput" in prototype ? ofCluster : ofPool;
  return {
    getters: names.flatMap((name) => {
      const get = getterOf(prototype, `${name}Input`);
      return get === undefined ? [] : [{ name, get }];
    }),
    telling: inputParts(sample, telling),
  };
}

function inputParts(sample: object, parts: readonly Part[]): readonly InputPart[] | undefined {
  const prototype = Object.getPrototypeOf(sample) as object;
  const found: InputPart[] = [];
  for (const { name, key, parts: inner } of parts) {
    const input = getterOf(prototype, `${name}Input`);
    // This version of the provider has no such input.
    if (input === undefined) continue;
    if (inner.length === 0) {
      found.push({ name, key, input, block: undefined, parts: [] });
      continue;
    }
    // A class made from the generated one may hand out something else.
    const isGenerated = ownerOf(prototype, name) === ownerOf(prototype, `${name}Input`);
    const get = isGenerated ? getterOf(prototype, name) : undefined;
    const held: unknown = get?.call(sample);
    const below = isRecord(held) && "internalValue" in held ? inputParts(held, inner) : undefined;
    if (get === undefined || below === undefined) return undefined;
    const block = { get, prototype: Object.getPrototypeOf(held) as object };
    found.push({ name, key, input, block, parts: below });
  }
  return found;
}

/** Asks for the parts alone: to have whole blocks put together takes twice as long. */
function textOfInputs(holder: object, parts: readonly InputPart[]): string | undefined {
  let all = "";
  for (const part of parts) {
    let text: string | undefined;
    if (part.block === undefined) {
      const value = part.input.call(holder);
      if (value === undefined || value === null) continue;
      text = textOfValue(value);
    } else {
      const held = part.block.get.call(holder);
      if (!isRecord(held) || Object.getPrototypeOf(held) !== part.block.prototype) return undefined;
      const inner = textOfInputs(held, part.parts);
      if (inner === "") {
        // Nothing of it is written that tells: it may be there all the same.
        const value = part.input.call(holder);
        if (value === undefined || value === null) continue;
        text = textOfBlock(value, part.parts);
      } else {
        text = inner === undefined ? undefined : `{${inner}}`;
      }
    }
    if (text === undefined) return undefined;
    all += part.key + text;
  }
  return all;
}

function isAsGenerated(prototype: object): boolean {
  const owner = (name: string): object | null => ownerOf(prototype, name);
  const attributes = owner("synthesizeAttributes");
  const ofResource = (name: string): boolean => {
    const type: unknown = owner(name)?.constructor;
    return (
      typeof type === "function" &&
      libraryOf(type, "TerraformResource") !== undefined &&
      !Object.hasOwn(type, "tfResourceType")
    );
  };
  return (
    attributes !== null &&
    Object.hasOwn(attributes.constructor, "tfResourceType") &&
    ["networkProfileInput", "kubernetesClusterIdInput"].some((name) => owner(name) === attributes) &&
    owner("toTerraform") === owner("toHclTerraform") &&
    ofResource("toTerraform")
  );
}

/** The prototype that has a property of its own of this name. */
function ownerOf(prototype: object, name: string): object | null {
  let holder: object | null = prototype;
  while (holder !== null && !Object.hasOwn(holder, name))
    holder = Object.getPrototypeOf(holder) as object | null;
  return holder;
}

function getterOf(prototype: object, name: string): Get | undefined {
  const holder = ownerOf(prototype, name);
  const property = holder === null ? undefined : Object.getOwnPropertyDescriptor(holder, name);
  return property === undefined ? undefined : (propertyOf(property, "get") as Get | undefined);
}

/** Does the program write a block through a generated class, and know its attributes by the names of that class? */
export function writesTyped(element: ElementLike, kind: "resource" | "module"): boolean {
  if (kind === "resource") return "networkProfileInput" in element || "kubernetesClusterIdInput" in element;
  // TerraformHclModule has its variables in one property; generated bindings have one property for each.
  return !("variables" in element);
}

/** The version of azurerm that a construct's class was generated for: that of a resource, or of the provider beside it. */
export function azurermVersionOf(construct: ConstructLike): string | undefined {
  const { terraformGeneratorMetadata: metadata } = construct as { terraformGeneratorMetadata?: unknown };
  if (!isRecord(metadata) || metadata["providerName"] !== "azurerm") return undefined;
  const version = metadata["providerVersion"];
  return typeof version === "string" ? version : undefined;
}
