import type { Field } from "../../reading/field";
import type { Lifecycle } from "../clusters";
import type { JsonObject } from "../json";
import type { Attributes, Notation } from "./attributes";
import { readAttributes } from "./attributes";
import { lifecycleIn } from "./lifecycle";
import type { Link } from "./link";
import type { References } from "./references";
import type { Constants } from "./constants";
import { instancesOf } from "./instances";
import { isExpression, isFilledIn } from "./syntax";

/** The attributes of a block in Terraform's JSON syntax. */
export class WrittenAttributes implements Attributes {
  constructor(
    private readonly written: JsonObject,
    private readonly references: () => References,
    private readonly constants: () => Constants,
  ) {}

  read(notation?: Notation): Field {
    return readAttributes(this.written, notation, (value) => this.valueOf(value));
  }

  textAt(name: string): string | undefined {
    const value = this.valueOf(this.written[name]);
    return typeof value === "string" ? value : undefined;
  }

  linkAt(name: string): Link | undefined {
    const text = this.written[name];
    const link = this.references().linkOf(text, this.written);
    // Plain text that is not an ID refers to no cluster at all; azurerm rejects it.
    const namesNone = link.identity.name === undefined && !isExpression(text);
    return namesNone && !link.isOpen ? undefined : link;
  }

  lifecycle(): Lifecycle {
    return lifecycleIn(this.written);
  }

  instances(): number | undefined {
    return instancesOf(this.written, (value) => this.valueOf(value));
  }

  /** Most values are not expressions, and most documents never need their constants. */
  private valueOf(written: unknown): unknown {
    return isExpression(written) ? this.constants().valueOf(written) : written;
  }

  isFilledIn(value: unknown): boolean {
    return isFilledIn(value);
  }

  keyOf(names: readonly string[]): string {
    return JSON.stringify(names.map((name) => this.written[name]));
  }
}
