import * as v from "valibot";
import type { RuleName } from "../rules";
import { ruleSchemas } from "./schema";

/** An option by its JSON type, without constraints. */
export interface OptionOutline {
  readonly type: string | readonly string[];
  readonly description?: string;
  readonly default?: unknown;
  readonly items?: OptionOutline;
}

/** A schema of the library, as far as an outline reads it. */
type Inspected = v.GenericSchema & {
  readonly wrapped?: Inspected;
  readonly item?: Inspected;
  readonly pipe?: readonly { readonly type: string }[];
};

/** The options of a rule with their types, for hosts that show or check them. The level is not included. */
export function outlineOf(name: RuleName): Readonly<Record<string, OptionOutline>> {
  const options = Object.entries(ruleSchemas[name].entries).filter(
    ([option]) => option !== "enforcementLevel",
  );
  return Object.fromEntries(options.map(([option, schema]) => [option, outlined(schema as Inspected)]));
}

function outlined(schema: Inspected): OptionOutline {
  const description = v.getDescription(schema);
  const byDefault = v.getDefault(schema as v.OptionalSchema<Inspected, unknown>);
  const { item } = schema.wrapped ?? schema;
  return {
    type: typeOf(schema),
    ...(description === undefined ? {} : { description }),
    ...(byDefault === undefined ? {} : { default: byDefault }),
    ...(item === undefined ? {} : { items: outlined(item) }),
  };
}

function typeOf(schema: Inspected): string | readonly string[] {
  const { type, wrapped, pipe = [] } = schema;
  const isInteger = pipe.some((each) => each.type === "integer");
  switch (type) {
    case "optional":
      return wrapped === undefined ? "object" : typeOf(wrapped);
    case "nullable":
      return wrapped === undefined ? "null" : [typeOf(wrapped), "null"].flat();
    case "picklist":
      return "string";
    case "strict_object":
      return "object";
    case "number":
      return isInteger ? "integer" : "number";
    default:
      return type;
  }
}
