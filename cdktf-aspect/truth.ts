import type { Dialect, Field } from "../shared";
import { azurerm, azurermTyped } from "../shared";
import type { Attributes, ElementLike, StackLike } from "./constructs";
import { isRecord, libraryOf, propertyOf } from "./constructs";
import type { Writing } from "./reading";
import { asHcl, camelCase, isToken, listOf, read } from "./reading";

/** The language in which a stack is written out. */
export type Output = "json" | "hcl";

/** A resource or module as it will be written. */
export interface Written {
  readonly kind: "resource" | "module";
  /** The type of a resource, such as `azurerm_kubernetes_cluster`; empty for a module. */
  readonly type: string;
  readonly id: () => string;
  /** Reads it; only what has tokens in the parts that are read costs a resolved stack. */
  readonly read: <T>(use: (root: Field) => T, writing?: Writing) => T;
  /** The text of one attribute, expressions and all. */
  readonly text: (name: string) => string | undefined;
  /** The path of the construct that wrote it, where it stands in a document. */
  readonly path?: string;
  /** Two with the same likeness read the same but for their identity; `undefined` where that is not cheap to tell. */
  readonly likeness: () => string | undefined;
}

/** What a stack will write, after every Aspect and override. The stack is resolved at most once, and only where it must be. */
export class Truth {
  private whole: Attributes | undefined;
  /** Overrides on the stack itself are seen in nothing but the resolved stack. */
  private readonly overridden: boolean;

  /** May the stack write resources that no construct stands for? */
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
  of(element: ElementLike): Written | undefined {
    const typed = this.overridden ? undefined : typedInputs(element);
    if (typed !== undefined) {
      const { type, id, inputs } = typed;
      const resolve = (): Attributes | undefined => this.resolved("resource", type, id());
      return {
        kind: "resource",
        type,
        id,
        likeness: () => likenessOf(inputs),
        ...readersOf(inputs, resolve, "camelCase"),
      };
    }
    const own = declared(this.declarationOf(element));
    if (own === undefined) return undefined;
    const { kind, type } = own;
    const id = (): string => own.id;
    if (this.overridden) {
      const attributes = this.resolved(kind, type, own.id);
      return attributes === undefined
        ? undefined
        : { kind, type, id, likeness: none, ...readersOf(attributes) };
    }
    const resolve = own.overriddenInHcl
      ? undefined
      : (): Attributes | undefined => this.resolved(kind, type, own.id);
    return { kind, type, id, likeness: none, ...readersOf(own.attributes, resolve) };
  }

  /** What overrides on the stack add and no construct stands for. */
  *withoutConstruct(known: ReadonlySet<string>, isWanted: (type: string) => boolean): Generator<Written> {
    if (!this.overridden) return;
    for (const written of writtenIn(this.resolvedStack(), isWanted))
      if (!known.has(addressOf(written))) yield written;
  }

  private declarationOf(element: ElementLike): { readonly json: unknown; readonly hcl?: unknown } {
    const json = element.toTerraform();
    const overrides = propertyOf(element, "rawOverrides");
    const plain = isRecord(overrides) && Object.keys(overrides).length === 0;
    const render = propertyOf(element, "toHclTerraform");
    if (this.output === "json" || plain || typeof render !== "function") return { json };
    return { json, hcl: Reflect.apply(render, element, []) as unknown };
  }

  private resolved(kind: Written["kind"], type: string, id: string): Attributes | undefined {
    const all = this.resolvedStack()[kind];
    const byId = kind === "module" ? all : isRecord(all) ? all[type] : undefined;
    const attributes = isRecord(byId) ? byId[id] : undefined;
    return isRecord(attributes) ? attributes : undefined;
  }

  private resolvedStack(): Attributes {
    if (this.whole === undefined) {
      const whole = this.stack.toTerraform();
      this.whole = isRecord(whole) ? whole : {};
    }
    return this.whole;
  }
}

/** What an address is in a document: `azurerm_kubernetes_cluster.aks`, `module.aks`. */
export function addressOf({ kind, type, id }: Written): string {
  return `${kind === "module" ? kind : type}.${id()}`;
}

/** A stack as it is written in Terraform's JSON syntax, by whomever. */
export class WrittenStack {
  readonly hasMoreThanConstructs = true;

  constructor(private readonly document: unknown) {}

  /** No construct is asked: all of it is what no construct stands for. */
  of(): undefined {
    return undefined;
  }

  withoutConstruct(_known: ReadonlySet<string>, isWanted: (type: string) => boolean): Generator<Written> {
    return writtenIn(this.document, isWanted);
  }
}

/** Resources of the types that are wanted, and modules. Blocks may stand in lists at every level: https://developer.hashicorp.com/terraform/language/syntax/json. */
function* writtenIn(document: unknown, isWanted: (type: string) => boolean): Generator<Written> {
  for (const [kind, part] of blocksIn(document)) {
    if (kind !== "resource" && kind !== "module") continue;
    const typed = kind === "resource" ? blocksIn(part) : [["", part] as const];
    for (const [type, byId] of typed) {
      if (kind === "resource" && !isWanted(type)) continue;
      for (const [id, attributes] of blocksIn(byId)) {
        for (const each of listOf(attributes)) {
          if (!isRecord(each)) continue;
          const likeness = kind === "module" ? none : () => likenessOfWritten(type, each);
          yield { kind, type, id: () => id, likeness, ...pathIn(each), ...readersOf(each) };
        }
      }
    }
  }
}

export const clusterType = "azurerm_kubernetes_cluster";
/** Resources that have a say in what a cluster beside them is worth. */
const typesOfPools = ["azurerm_kubernetes_cluster_node_pool", "azapi_resource", "azapi_update_resource"];

/** A document whose clusters of azurerm are held by kind: those of one kind differ in nothing that they are read by. */
export interface ByKind {
  readonly kinds: readonly (readonly [id: string, attributes: Attributes][])[];
  /** The document with these clusters alone. */
  readonly with: (clusters: readonly (readonly [string, Attributes])[]) => unknown;
}

/** `undefined` where a verdict may hang on more than the cluster itself, or blocks stand where neither library writes them. */
export function byKind(document: unknown): ByKind | undefined {
  const resource = isRecord(document) ? document["resource"] : undefined;
  const clusters = isRecord(resource) ? resource[clusterType] : undefined;
  if (!isRecord(document) || !isRecord(resource) || !isRecord(clusters)) return undefined;
  if (typesOfPools.some((type) => type in resource)) return undefined;
  const kinds = new Map<string, [string, Attributes][]>();
  for (const [id, attributes] of Object.entries(clusters)) {
    if (!isRecord(attributes) || "dynamic" in attributes) return undefined;
    // What the library will write.
    const kind = JSON.stringify(tellingWritten.map((name) => attributes[name]));
    const known = kinds.get(kind);
    if (known === undefined) kinds.set(kind, [[id, attributes]]);
    else known.push([id, attributes]);
  }
  return {
    kinds: [...kinds.values()],
    with: (some) => ({ ...document, resource: { ...resource, [clusterType]: Object.fromEntries(some) } }),
  };
}

function* blocksIn(value: unknown): Generator<readonly [string, unknown]> {
  for (const each of listOf(value)) if (isRecord(each)) yield* Object.entries(each);
}

/** Both libraries note of every resource which construct wrote it. */
function pathIn({ "//": comment }: Attributes): { readonly path?: string } {
  const metadata = isRecord(comment) ? comment["metadata"] : undefined;
  const path = isRecord(metadata) ? metadata["path"] : undefined;
  return typeof path === "string" ? { path } : {};
}

interface Declared {
  readonly kind: Written["kind"];
  readonly type: string;
  readonly id: string;
  readonly attributes: Attributes;
  readonly overriddenInHcl: boolean;
}

function declared({ json, hcl }: { readonly json: unknown; readonly hcl?: unknown }): Declared | undefined {
  const written = hcl ?? json;
  if (!isRecord(written)) return undefined;
  const overriddenInHcl = hcl !== undefined;
  const only = (value: unknown): readonly [string, Attributes] | undefined => {
    const [entry] = isRecord(value) ? Object.entries(value) : [];
    return entry !== undefined && isRecord(entry[1]) ? [entry[0], entry[1]] : undefined;
  };
  const attributesOf = (attributes: Attributes): Attributes => {
    const held = overriddenInHcl ? asHcl(attributes) : attributes;
    return isRecord(held) ? held : {};
  };
  const resource = only(written["resource"]);
  if (resource !== undefined) {
    const [type, byId] = resource;
    const [id, attributes] = only(byId) ?? [];
    if (id === undefined || attributes === undefined) return undefined;
    return { kind: "resource", type, id, attributes: attributesOf(attributes), overriddenInHcl };
  }
  const [id, attributes] = only(written["module"]) ?? [];
  if (id === undefined || attributes === undefined) return undefined;
  return { kind: "module", type: "", id, attributes: attributesOf(attributes), overriddenInHcl };
}

function readersOf(
  attributes: Attributes,
  resolve?: () => Attributes | undefined,
  spelling?: "camelCase",
): Pick<Written, "read" | "text"> {
  // What a generated class holds is spelt as it is asked for.
  const own = (writing: Writing | undefined): Writing | undefined =>
    spelling === undefined ? writing : { ...writing, camelCase: false };
  return {
    read: (use, writing) => {
      const reading = read(attributes, own(writing));
      const value = use(reading.root);
      if (!reading.metTokens()) return value;
      const resolved = resolve?.();
      return resolved === undefined ? value : use(read(resolved, writing).root);
    },
    text: (name) => {
      const value = attributes[spelling === undefined ? name : camelCase(name)];
      const text = isToken(value) ? resolve?.()?.[name] : value;
      return typeof text === "string" ? text : undefined;
    },
  };
}

/**
 * The inputs of an object of a generated class, where nothing but them decides what it writes: no override, no move, and
 * no method of somebody else's on the way. To ask for these few costs a tenth of rendering the whole resource.
 */
function typedInputs(
  element: ElementLike,
): { readonly type: string; readonly id: () => string; readonly inputs: Attributes } | undefined {
  const type = propertyOf(element, "terraformResourceType");
  const getters = typeof type === "string" ? gettersOf(element) : undefined;
  if (typeof type !== "string" || getters === undefined) return undefined;
  const overrides = propertyOf(element, "rawOverrides");
  if (!isRecord(overrides) || Object.keys(overrides).length > 0) return undefined;
  const moves = propertyOf(element, "hasResourceMove");
  if (typeof moves !== "function" || Reflect.apply(moves, element, []) !== undefined) return undefined;
  const inputs: Record<string, unknown> = {};
  for (const { name, get } of getters) inputs[name] = Reflect.apply(get, element, []);
  return { type, id: () => String(propertyOf(element, "friendlyUniqueId")), inputs };
}

const none = (): undefined => undefined;

/** Of the attributes of a cluster, those that it is read by, but for those that make the identity. */
const telling = [azurermTyped, azurerm].map((dialect) => {
  const identity: readonly string[] = Object.values(dialect.identity);
  return firstNames(dialect).cluster.filter((name) => !identity.includes(name));
});
const [tellingInputs = [], tellingWritten = []] = telling;

/** Inputs as a text; none where a token may mean something else elsewhere. */
function likenessOf(inputs: Attributes): string | undefined {
  return textOfParts(inputs, tellingInputs);
}

/** The same for a resource that stands in a document. */
function likenessOfWritten(type: string, attributes: Attributes): string | undefined {
  if (type !== clusterType || "dynamic" in attributes) return undefined;
  return textOfParts(attributes, tellingWritten);
}

function textOfParts(attributes: Attributes, names: readonly string[]): string | undefined {
  let all = "";
  for (const name of names) {
    const value = attributes[name];
    if (value === undefined) continue;
    const text = textOfPlain(value);
    if (text === undefined) return undefined;
    all += `${name} ${text},`;
  }
  return all;
}

/** The same text for the same plain values only; `undefined` for whatever is not plain through and through. */
function textOfPlain(value: unknown): string | undefined {
  if (isToken(value)) return undefined;
  switch (typeof value) {
    case "string":
      return `${value.length}"${value}`;
    case "number":
    case "boolean":
    case "undefined":
      return String(value);
    case "object": {
      if (value === null) return "null";
      const isList = Array.isArray(value);
      if (!isList && Object.getPrototypeOf(value) !== Object.prototype) return undefined;
      let all = isList ? "[" : "{";
      for (const [name, part] of Object.entries(value)) {
        const text = textOfPlain(part);
        if (text === undefined) return undefined;
        all += `${name.length}"${name}${text},`;
      }
      return `${all}.`;
    }
    case "bigint":
    case "function":
    case "symbol":
      return undefined;
  }
}

/** What the typed dialect asks of a cluster, and of a pool. */
const inputNames = firstNames(azurermTyped);

/** The first name of every path by which a dialect reads a cluster, and a pool. */
function firstNames({ settings, pool, identity, poolsInside, poolsCluster }: Dialect): {
  readonly cluster: readonly string[];
  readonly pool: readonly string[];
} {
  const first = (...paths: readonly string[]): readonly string[] => [
    ...new Set(paths.map((path) => path.replace(/\..*$/, ""))),
  ];
  return {
    cluster: first(
      ...Object.values(settings).flatMap((each) => each),
      ...Object.values(identity),
      poolsInside.path,
    ),
    pool: first(
      ...Object.values(pool).flatMap((each: string | readonly string[]) => each),
      poolsCluster.path,
    ),
  };
}

/** An input of a generated class. */
interface Getter {
  readonly name: string;
  readonly get: Parameters<typeof Reflect.apply>[0];
}

const gettersOfClasses = new WeakMap<object, readonly Getter[] | "not as generated">();

/**
 * The getters of an object's inputs, where inputs and rendering are of one and the same generated class, with nothing
 * overridden below it. Looked up once for each class, which has hundreds of properties: to look them up in every
 * object takes longer than to judge it.
 */
function gettersOf(element: ElementLike): readonly Getter[] | undefined {
  if (["toTerraform", "toHclTerraform", "synthesizeAttributes"].some((name) => Object.hasOwn(element, name)))
    return undefined;
  const prototype = Object.getPrototypeOf(element) as object;
  let getters = gettersOfClasses.get(prototype);
  if (getters === undefined) {
    getters = isAsGenerated(prototype) ? gettersOfClass(prototype) : "not as generated";
    gettersOfClasses.set(prototype, getters);
  }
  return getters === "not as generated" ? undefined : getters;
}

function gettersOfClass(prototype: object): readonly Getter[] {
  const names = "networkProfileInput" in prototype ? inputNames.cluster : inputNames.pool;
  return names.flatMap((name) => {
    const input = `${name}Input`;
    const holder = ownerOf(prototype, input);
    const get: unknown =
      holder === null ? undefined : propertyOf(Object.getOwnPropertyDescriptor(holder, input) ?? {}, "get");
    return typeof get === "function" ? [{ name, get }] : [];
  });
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
