import { entriesOf } from "./block";
import { constantOf } from "./expression";

/** So many locals that name each other are none that anybody follows. */
const mostSteps = 100;

/**
 * The values that a configuration itself decides: its locals, and expressions of literals and of those. Variables, resources and
 * data are only known to Terraform.
 */
export class Constants {
  private readonly locals = new Map<string, unknown>();
  private readonly twice = new Set<string>();
  /** What was found, and `undefined` while it is looked for: each may be named many times. */
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

  /** A value as it is written, or what the expression comes to in which all of it stands. */
  valueOf(written: unknown): unknown {
    if (typeof written !== "string" || !written.startsWith("${")) return written;
    const constant = constantOf(written, (name) => this.local(name));
    return constant === undefined ? written : constant.value;
  }

  private local(name: string): { readonly value: unknown } | undefined {
    // One that is defined twice is refused, or overridden in a way that this document does not show.
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
