import { entriesOf } from "./block";
import { constantOf } from "./expression";

/** A longer chain of locals is not followed. */
const mostSteps = 100;

/**
 * The values that a configuration determines: its locals, and expressions of literals and locals. Only
 * Terraform knows variables, resources and data sources.
 */
export class Constants {
  private readonly locals = new Map<string, unknown>();
  private readonly twice = new Set<string>();
  /** Results so far, `undefined` while being resolved: each local may be referred to many times. */
  private readonly found = new Map<string, { readonly value: unknown } | undefined>();
  private steps = 0;

  constructor(document: unknown) {
    for (const [kind, part] of entriesOf(document)) {
      if (kind !== "locals") continue;
      for (const [name, value] of entriesOf(part)) {
        if (this.locals.has(name)) this.twice.add(name);
        this.locals.set(name, value);
      }
    }
  }

  /** A value as written, or the result if the whole of it is one expression. */
  valueOf(written: unknown): unknown {
    if (typeof written !== "string") return written;
    const constant = constantOf(written, (name) => this.local(name));
    return constant === undefined ? written : constant.value;
  }

  private local(name: string): { readonly value: unknown } | undefined {
    // Terraform rejects a local that is defined twice, unless an override file, which this document does not
    // show, replaces it.
    if (!this.locals.has(name) || this.twice.has(name) || this.steps >= mostSteps) return undefined;
    if (this.found.has(name)) return this.found.get(name);
    this.found.set(name, undefined);
    this.steps++;
    const constant = { value: this.valueOf(this.locals.get(name)) };
    this.steps--;
    this.found.set(name, constant);
    return constant;
  }
}
