import type { Field } from "../../../reading/field";
import { absentField, nullField, objectField, unknownField } from "../../../reading/field";
import { isRecord } from "../../json";
import { copiesIn } from "./copies";
import { evaluate } from "./evaluate";
import { isExpression } from "./parse";
import type { Scope } from "./scope";
import type { Value } from "./values";
import { isList, isObject, Members, membersOf, stepsOfNames, UNKNOWN } from "./values";

/** A value as part of a declared resource. Names are case-insensitive; null counts as not set. */
export function valueField(value: Value): Field {
  if (value === UNKNOWN) return unknownField;
  if (value === null) return nullField;
  if (isList(value)) return { kind: "list", items: () => value.map(valueField) };
  if (!isObject(value)) return { kind: "scalar", value };
  return {
    kind: "object",
    child: (name) => {
      const member = membersOf(value).get(name);
      return member === undefined ? absentField : valueField(member);
    },
    names: () => Object.keys(value),
  };
}

/** A template resource, or a part of one, evaluated lazily. */
export function writtenField(written: unknown, scope: Scope): Field {
  if (written === undefined) return absentField;
  const { budget, isFilledIn } = scope.template.shared;
  const names = isRecord(written) ? Object.keys(written) : [];
  if (!budget.spend(stepsOfNames(names))) return unknownField;
  const isPlain =
    isRecord(written) &&
    !isFilledIn(written) &&
    copiesIn(written, scope) === undefined &&
    !names.some((name) => isExpression(name) || name.startsWith("[[") || isFilledIn(name));
  if (!isPlain) return valueField(evaluate(written, scope));
  const members = new Members<unknown>(written);
  return objectField(
    (name) => {
      const each = members.get(name);
      return each === UNKNOWN ? unknownField : writtenField(each, scope);
    },
    () => names,
  );
}
