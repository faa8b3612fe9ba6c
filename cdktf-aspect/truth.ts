import { azurerm } from "../shared/dialects/azurerm";
import type { Field } from "../shared/reading/field";
import type { Attributes, ElementLike, StackLike } from "./constructs";
import { isRecord, propertyOf } from "./constructs";
import { typedObject } from "./generated";
import { likenessOf, partsOf } from "./likeness";
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
    const typed = this.overridden ? undefined : typedObject(element);
    if (typed !== undefined) {
      const { type } = typed;
      const id = (): string => typed.id();
      const resolve = (): Attributes | undefined => this.resolved("resource", type, id());
      const likeness = (): string | undefined => typed.likeness();
      const readers = readersOf(() => typed.inputs(), resolve, "camelCase");
      return { kind: "resource", type, id, likeness, ...readers };
    }
    const own = declared(this.declarationOf(element));
    if (own === undefined) return undefined;
    const { kind, type } = own;
    const id = (): string => own.id;
    if (this.overridden) {
      const attributes = this.resolved(kind, type, own.id);
      return attributes === undefined
        ? undefined
        : { kind, type, id, likeness: none, ...readersOf(() => attributes) };
    }
    const resolve = own.overriddenInHcl
      ? undefined
      : (): Attributes | undefined => this.resolved(kind, type, own.id);
    return { kind, type, id, likeness: none, ...readersOf(() => own.attributes, resolve) };
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
export function addressOf(written: Written): string {
  return `${written.kind === "module" ? written.kind : written.type}.${written.id()}`;
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
          const likeness = type === clusterType ? () => likenessOf(each, writtenParts) : none;
          yield { kind, type, id: () => id, likeness, ...pathIn(each), ...readersOf(() => each) };
        }
      }
    }
  }
}

const clusterType = "azurerm_kubernetes_cluster";
/** Resources that have a say in what a cluster beside them is worth. */
const typesOfPools = ["azurerm_kubernetes_cluster_node_pool", "azapi_resource", "azapi_update_resource"];

/** What was judged before. */
export interface KnownClusters {
  /** Is a cluster of this likeness fine? */
  readonly isFine: (likeness: string) => boolean;
  readonly likenessAt: (address: string) => string | undefined;
}

/**
 * A document without the clusters of azurerm that are known by their address and likeness: to read each costs more than
 * to see that. The whole document where a verdict may hang on more than the cluster itself, or blocks stand where
 * neither library writes them.
 */
export function withoutKnown(document: unknown, known: KnownClusters): unknown {
  const resource = isRecord(document) ? document["resource"] : undefined;
  const clusters = isRecord(resource) ? resource[clusterType] : undefined;
  if (!isRecord(document) || !isRecord(resource) || !isRecord(clusters)) return document;
  if (typesOfPools.some((type) => type in resource)) return document;
  const likenesses = new Map<string, string | undefined>();
  const left = Object.keys(clusters).filter((id) => {
    const attributes = clusters[id];
    if (!isRecord(attributes)) return true;
    // What is written out tells more than a likeness, and is there sooner: one of each kind is looked into.
    const kind = JSON.stringify(tellingNames.map((name) => attributes[name]));
    if (!likenesses.has(kind)) likenesses.set(kind, likenessOf(attributes, writtenParts));
    const likeness = likenesses.get(kind);
    if (likeness === undefined) return true;
    return !known.isFine(likeness) && known.likenessAt(`${clusterType}.${id}`) !== likeness;
  });
  return {
    ...document,
    resource: { ...resource, [clusterType]: Object.fromEntries(left.map((id) => [id, clusters[id]])) },
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
  attributes: () => Attributes,
  resolve?: () => Attributes | undefined,
  spelling?: "camelCase",
): Pick<Written, "read" | "text"> {
  // What a generated class holds is spelt as it is asked for.
  const own = (writing: Writing | undefined): Writing | undefined =>
    spelling === undefined ? writing : { ...writing, camelCase: false };
  return {
    read: (use, writing) => {
      const reading = read(attributes(), own(writing));
      const value = use(reading.root);
      if (!reading.metTokens()) return value;
      const resolved = resolve?.();
      return resolved === undefined ? value : use(read(resolved, writing).root);
    },
    text: (name) => {
      const value = attributes()[spelling === undefined ? name : camelCase(name)];
      const text = isToken(value) ? resolve?.()?.[name] : value;
      return typeof text === "string" ? text : undefined;
    },
  };
}

const none = (): undefined => undefined;

const writtenParts = partsOf(azurerm);
const tellingNames = [...writtenParts.map(({ name }) => name), "dynamic"];
