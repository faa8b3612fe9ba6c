import type { Field } from "../shared";
import type { Attributes, ElementLike, StackLike } from "./constructs";
import { isRecord, propertyOf } from "./constructs";
import type { Writing } from "./reading";
import { asHcl, isToken, read } from "./reading";

/** The language in which a stack is written out. */
export type Output = "json" | "hcl";

/** A resource or module as it will be written. */
export interface Written {
  readonly kind: "resource" | "module";
  /** The type of a resource, such as `azurerm_kubernetes_cluster`; empty for a module. */
  readonly type: string;
  readonly id: string;
  /** Reads it; only what has tokens in the parts that are read costs a resolved stack. */
  readonly read: <T>(use: (root: Field) => T, writing?: Writing) => T;
  /** The text of one attribute, expressions and all. */
  readonly text: (name: string) => string | undefined;
}

/** What a stack will write, after every Aspect and override. The stack is resolved at most once, and only where it must be. */
export class Truth {
  private whole: Attributes | undefined;
  /** Overrides on the stack itself are seen in nothing but the resolved stack. */
  private readonly overridden: boolean;

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
    const own = declared(this.declarationOf(element));
    if (own === undefined) return undefined;
    const { kind, type, id } = own;
    if (this.overridden) {
      const attributes = this.resolved(kind, type, id);
      return attributes === undefined ? undefined : { kind, type, id, ...readersOf(attributes) };
    }
    const resolve = own.overriddenInHcl
      ? undefined
      : (): Attributes | undefined => this.resolved(kind, type, id);
    return { kind, type, id, ...readersOf(own.attributes, resolve) };
  }

  /** Resources that overrides on the stack add and that no construct stands for. */
  *withoutConstruct(known: ReadonlySet<string>): Generator<Written> {
    if (!this.overridden) return;
    const resources = this.resolvedStack()["resource"];
    if (!isRecord(resources)) return;
    for (const [type, byId] of Object.entries(resources)) {
      if (!isRecord(byId)) continue;
      for (const [id, attributes] of Object.entries(byId)) {
        if (!known.has(`${type}.${id}`) && isRecord(attributes))
          yield { kind: "resource", type, id, ...readersOf(attributes) };
      }
    }
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
): Pick<Written, "read" | "text"> {
  return {
    read: (use, writing) => {
      const reading = read(attributes, writing);
      const value = use(reading.root);
      if (!reading.metTokens()) return value;
      const resolved = resolve?.();
      return resolved === undefined ? value : use(read(resolved, writing).root);
    },
    text: (name) => {
      const value = attributes[name];
      const text = isToken(value) ? resolve?.()?.[name] : value;
      return typeof text === "string" ? text : undefined;
    },
  };
}
