import type { Field } from "../../reading/field";
import type { Lifecycle } from "../clusters";
import type { JsonObject } from "../json";
import type { Attributes, Notation } from "./attributes";
import { readAttributes } from "./attributes";
import { lifecycleIn } from "./lifecycle";
import type { Link } from "./link";
import type { References } from "./references";
import { isExpression, isFilledIn } from "./syntax";

/** The attributes of a block in Terraform's JSON syntax. */
export class WrittenAttributes implements Attributes {
  constructor(
    private readonly written: JsonObject,
    private readonly references: () => References,
  ) {}

  read(notation?: Notation): Field {
    return readAttributes(this.written, notation);
  }

  textAt(name: string): string | undefined {
    const value = this.written[name];
    return typeof value === "string" ? value : undefined;
  }

  linkAt(name: string): Link | undefined {
    const text = this.textAt(name);
    if (text === undefined) return undefined;
    const link = this.references().linkOf(text, this.written);
    // A plain text that is no id names no cluster at all, which azurerm refuses.
    const namesNone = link.identity.name === undefined && !isExpression(text);
    return namesNone && !link.isOpen ? undefined : link;
  }

  lifecycle(): Lifecycle {
    return lifecycleIn(this.written);
  }

  isFilledIn(value: unknown): boolean {
    return isFilledIn(value);
  }

  keyOf(names: readonly string[]): string {
    return JSON.stringify(names.map((name) => this.written[name]));
  }
}
