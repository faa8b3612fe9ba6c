/**
 * Planned values as fields. A plan uses the same mark for values known after apply and for attributes that
 * nobody set and the provider computes. Its configuration tells the two apart.
 */
import type { Field } from "../../../reading/field";
import { absentField, objectField, plainField, unknownField } from "../../../reading/field";
import { isRecord } from "../../json";
import type { Scope } from "./expressions";
import { isKnownWhenPlanned } from "./expressions";

/** No text in a plan or a state is an expression. */
export const valueField = plainField;

/** What the configuration shows of a value. */
export type Written =
  /** Its arguments and blocks by name. */
  | { readonly what: "block"; readonly parts: Readonly<Record<string, unknown>> }
  | { readonly what: "blocks"; readonly blocks: readonly unknown[] }
  | { readonly what: "expression"; readonly expression: Readonly<Record<string, unknown>> }
  | { readonly what: "nothing" }
  /**
   * It comes from a part that the configuration does not show: a dynamic block, or the inside of an
   * expression.
   */
  | { readonly what: "hidden" };

export const hidden: Written = { what: "hidden" };

/**
 * @param value the planned value
 * @param mark which of it is known after apply: `true`, or the same shape with `true` in it
 */
export function plannedField(
  value: unknown,
  mark: unknown,
  written: Written,
  scope: Scope | undefined,
): Field {
  if (mark === true) return isOmitted(written, scope) ? absentField : unknownField;
  if (Array.isArray(value)) {
    const [values, marks] = [value as readonly unknown[], listOfMarks(mark)];
    return {
      kind: "list",
      items: () =>
        values.map((each, i) => plannedField(each, marks[i], itemOf(written, i, values.length), scope)),
    };
  }
  if (isRecord(value)) {
    const marks = isRecord(mark) ? mark : {};
    return objectField(
      (name) => {
        const own = Object.hasOwn(value, name) ? value[name] : undefined;
        const ofChild = Object.hasOwn(marks, name) ? marks[name] : undefined;
        return plannedField(own, ofChild, childOf(written, name), scope);
      },
      () => [...new Set([...Object.keys(value), ...Object.keys(marks)])],
    );
  }
  // Marks in a different shape than the value cannot be interpreted.
  if (hasMarks(mark)) return unknownField;
  return valueField(value);
}

function listOfMarks(mark: unknown): readonly unknown[] {
  return Array.isArray(mark) ? mark : [];
}

function hasMarks(mark: unknown): boolean {
  return typeof mark === "object" && mark !== null && Object.keys(mark).length > 0;
}

/** Is it not set, or set to nothing? Then the provider computes it, and Azure's default applies. */
function isOmitted(written: Written, scope: Scope | undefined): boolean {
  if (written.what === "nothing") return true;
  if (written.what !== "expression") return false;
  const { expression } = written;
  if (Object.hasOwn(expression, "constant_value")) return isZero(expression["constant_value"]);
  // A value known at plan time would be in the plan, so this one is null.
  return scope !== undefined && isKnownWhenPlanned({ expression, scope });
}

/** Providers treat a zero value as not set. */
function isZero(value: unknown): boolean {
  return !value || (Array.isArray(value) && value.length === 0);
}

function childOf(written: Written, name: string): Written {
  if (written.what !== "block") return hidden;
  const part = Object.hasOwn(written.parts, name) ? written.parts[name] : undefined;
  if (part === undefined || part === null) return { what: "nothing" };
  if (Array.isArray(part)) return { what: "blocks", blocks: part };
  if (!isRecord(part)) return hidden;
  const isExpression = Object.keys(part).every((key) => key === "constant_value" || key === "references");
  return isExpression ? { what: "expression", expression: part } : hidden;
}

/** One of several blocks. If there are more than the configuration shows, dynamic ones are among them. */
function itemOf(written: Written, i: number, count: number): Written {
  if (written.what !== "blocks" || written.blocks.length !== count) return hidden;
  const block = written.blocks[i];
  return isRecord(block) ? { what: "block", parts: block } : hidden;
}
