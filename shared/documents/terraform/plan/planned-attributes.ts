import { modulePartOf } from "../../../dialects/lookup";
import type { Field } from "../../../reading/field";
import { absentField, unknownField } from "../../../reading/field";
import type { Lifecycle } from "../../clusters";
import type { JsonObject } from "../../json";
import { isRecord } from "../../json";
import { noLifecycle } from "../../no-lifecycle";
import type { Attributes, Notation } from "../attributes";
import { withDocument } from "../document-attribute";
import type { Link } from "../link";
import { unclear } from "../link";
import { linkOfId, storedText } from "../stored-attributes";
import { partOf } from "./configuration";
import type { Scope } from "./expressions";
import type { Links } from "./links";
import { hidden, plannedField, valueField } from "./planned-field";

/** A resource in the configuration. */
export interface ConfiguredResource {
  readonly expressions: JsonObject;
  readonly scope: Scope;
}

/** The attributes of a resource after a plan. */
export class PlannedAttributes implements Attributes {
  constructor(
    private readonly after: JsonObject,
    private readonly marks: unknown,
    private readonly configured: () => ConfiguredResource | undefined,
    private readonly links: () => Links,
  ) {}

  read({ document }: Notation = {}): Field {
    const root = this.root();
    if (document === undefined || root.kind !== "object") return root;
    const { patch } = document;
    const child = (name: string): Field =>
      name === patch ? this.neverPlanned(patch) : this.isComputed(name) ? unknownField : root.child(name);
    return withDocument({ ...root, child }, document, valueField);
  }

  private root(): Field {
    const { expressions, scope } = this.configured() ?? {};
    const written = expressions === undefined ? hidden : ({ what: "block", parts: expressions } as const);
    return plannedField(this.after, this.marks, written, scope);
  }

  /**
   * Does the program write an attribute by what only the apply knows? azapi has a default for null and leaves none open itself
   * (azapi_resource.go of terraform-provider-azapi, read 2026-11), so that without a reference it holds a function such as `timestamp`.
   */
  private isComputed(name: string): boolean {
    if (!isOpen(this.marks, name)) return false;
    const expression = partOf(this.configured()?.expressions, name);
    return expression !== undefined && !Object.hasOwn(expression, "constant_value");
  }

  /** An argument that is sent and never stored is in the configuration alone. */
  private neverPlanned(name: string): Field {
    const configured = this.configured();
    if (configured === undefined) return unknownField;
    const expression = partOf(configured.expressions, name);
    if (expression === undefined || sendsPasswordsApart(configured.scope)) return absentField;
    return Object.hasOwn(expression, "constant_value")
      ? valueField(expression["constant_value"])
      : unknownField;
  }

  textAt(name: string): string | undefined {
    return plannedText(this.after, this.marks, name);
  }

  linkAt(name: string): Link | undefined {
    if (!isOpen(this.marks, name)) return linkOfId(this.textAt(name), this.links());
    const configured = this.configured();
    if (configured === undefined) return unclear;
    const { expressions, scope } = configured;
    return this.links().linkOf({ expression: partOf(expressions, name), scope });
  }

  /** A plan lists each instance separately. */
  instances(): number {
    return 1;
  }

  lifecycle(): Lifecycle {
    return noLifecycle();
  }

  keyOf(names: readonly string[]): string {
    const { expressions, scope } = this.configured() ?? {};
    const parts = [this.after, this.marks, expressions].map((part) =>
      isRecord(part) ? names.map((name) => part[name]) : part,
    );
    return `${scope?.module.number} ${JSON.stringify([...parts, scope?.forEach])}`;
  }

  isFilledIn(): boolean {
    return false;
  }
}

/** Does it stand in a module of which it is known what is sent apart? */
function sendsPasswordsApart({ module }: Scope): boolean {
  const { source, version_constraint: constraint } = module.call?.written ?? {};
  if (typeof source !== "string") return false;
  const part = modulePartOf(source, typeof constraint === "string" ? constraint : undefined);
  return part?.what === "cluster" && part.dialect.sendsPasswordsApart === true;
}

/** The text of an attribute. One that is not known is like an expression of which nothing is known. */
export function plannedText(after: JsonObject, marks: unknown, name: string): string | undefined {
  return isOpen(marks, name) ? "${}" : storedText(after, name);
}

function isOpen(marks: unknown, name: string): boolean {
  return marks === true || (isRecord(marks) && marks[name] === true);
}
