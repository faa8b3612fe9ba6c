import { agreement, allOf, anyOf } from "./compare";
import { parameterOf, variableOf } from "./definitions";
import type { Expression } from "./parse";
import type { LambdaVariable, Scope } from "./scope";
import type { Truth, Value } from "./values";
import { isInteger, isList, listOf, objectOf, UNKNOWN } from "./values";

/** How nested expressions are evaluated. */
interface Evaluators {
  readonly evaluate: (written: unknown, scope: Scope) => Value;
  readonly evaluateExpression: (expression: Expression, scope: Scope) => Value;
}

/** A function that does not simply take the values of all its arguments. */
type SpecialForm = Form<readonly Expression[]>;
type Form<Arguments> = (written: Arguments, scope: Scope, evaluators: Evaluators) => Value;

function truthOf(value: Value): Truth {
  return typeof value === "boolean" ? value : UNKNOWN;
}

/** A form with `fewest` to `most` arguments. With another number of them, Azure rejects the template. */
function taking<Arguments extends readonly Expression[]>(
  fewest: number,
  most: number,
  run: Form<Arguments>,
): SpecialForm {
  const isFitting = (written: readonly Expression[]): written is Arguments =>
    written.length >= fewest && written.length <= most;
  return (written, scope, evaluators) => (isFitting(written) ? run(written, scope, evaluators) : UNKNOWN);
}

type One = readonly [Expression];
type Two = readonly [Expression, Expression];
type Three = readonly [Expression, Expression, Expression];
type TwoOrThree = Two | Three;

const ifForm = taking(
  3,
  3,
  ([condition, whenTrue, whenFalse]: Three, scope, { evaluateExpression }): Value => {
    const truth = truthOf(evaluateExpression(condition, scope));
    if (truth !== UNKNOWN) return evaluateExpression(truth ? whenTrue : whenFalse, scope);
    const one = evaluateExpression(whenTrue, scope);
    return agreement(one, evaluateExpression(whenFalse, scope), scope.template.shared.budget);
  },
);

const coalesce = taking(1, Infinity, (written, scope, { evaluateExpression }) => {
  for (const each of written) {
    const value = evaluateExpression(each, scope);
    if (value !== null) return value;
  }
  return null;
});

/** The name argument of `parameters('name')` and the like. */
function nameIn([argument]: One, scope: Scope, { evaluateExpression }: Evaluators): string | undefined {
  const name = evaluateExpression(argument, scope);
  const { budget } = scope.template.shared;
  return typeof name === "string" && budget.spend(name.length / 16) ? name : undefined;
}

const copyIndex = taking(0, 2, (written, scope, { evaluateExpression }) => {
  const values = written.map((each) => evaluateExpression(each, scope));
  const [name, offset = 0, more] = typeof values[0] === "string" ? values : [undefined, ...values];
  if (more !== undefined || !isInteger(offset)) return UNKNOWN;
  const loops = scope.loops.filter((loop) =>
    typeof name === "string" ? loop.name.toLowerCase() === name.toLowerCase() : loop.kind === "resource",
  );
  const loop = loops.at(-1);
  // Without a name it means the resource's loop; with two loops, it is not documented which.
  if (loop === undefined || loop.index === UNKNOWN || (name === undefined && loops.length > 1))
    return UNKNOWN;
  return loop.index + offset;
});

/** A lambda: its result for given values. Values without a name are dropped. */
interface Lambda {
  readonly run: (values: readonly Value[]) => Value;
}

/** The lambda in an argument, if it has `fewest` to `most` variables. */
function lambdaIn(
  written: Expression | undefined,
  [fewest, most]: readonly [number, number],
  scope: Scope,
  evaluateExpression: Evaluators["evaluateExpression"],
): Lambda | undefined {
  if (written?.kind !== "call" || written.name !== "lambda") return undefined;
  const body = written.arguments.at(-1);
  const names = written.arguments.slice(0, -1).map((each) => evaluateExpression(each, scope));
  if (body === undefined || names.length < fewest || names.length > most) return undefined;
  if (!names.every((name) => typeof name === "string")) return undefined;
  return {
    run: (values) => {
      const variables = names.map((name, i): LambdaVariable => ({ name, value: values[i] ?? null }));
      return evaluateExpression(body, {
        ...scope,
        lambdaVariables: [...scope.lambdaVariables, ...variables],
      });
    },
  };
}

/** The result of a lambda for each item of a list; `undefined` if the list or the lambda is unknown. */
function mapped(
  [listed, lambda]: Two,
  scope: Scope,
  { evaluateExpression }: Evaluators,
): { readonly items: readonly Value[]; readonly results: readonly Value[] } | undefined {
  const named = lambdaIn(lambda, [1, 2], scope, evaluateExpression);
  const items = evaluateExpression(listed, scope);
  if (named === undefined || !isList(items)) return undefined;
  return { items, results: items.map((item, index) => named.run([item, index])) };
}

const map = taking(2, 2, (written: Two, scope, evaluators) => {
  const all = mapped(written, scope, evaluators);
  return all === undefined ? UNKNOWN : listOf(all.results, scope.template.shared.budget);
});

const filter = taking(2, 2, (written: Two, scope, evaluators) => {
  const all = mapped(written, scope, evaluators);
  if (all === undefined || !all.results.every((each) => typeof each === "boolean")) return UNKNOWN;
  return listOf(
    all.items.filter((_, i) => all.results[i] === true),
    scope.template.shared.budget,
  );
});

/** Folds a list with the result of the previous items. */
const reduce = taking(3, 3, ([listed, first, lambda]: Three, scope, { evaluateExpression }) => {
  const named = lambdaIn(lambda, [2, 3], scope, evaluateExpression);
  const items = evaluateExpression(listed, scope);
  if (named === undefined || !isList(items)) return UNKNOWN;
  return items.reduce<Value>(
    (value, item, index) => named.run([value, item, index]),
    evaluateExpression(first, scope),
  );
});

/** Turns a list into an object: one lambda gives the names, an optional second one the values. */
const toObject = taking(
  2,
  3,
  ([listed, nameOf, valueOf]: TwoOrThree, scope, { evaluateExpression }): Value => {
    const names = lambdaIn(nameOf, [1, 1], scope, evaluateExpression);
    const values = lambdaIn(valueOf, [1, 1], scope, evaluateExpression);
    const items = evaluateExpression(listed, scope);
    if (names === undefined || !isList(items)) return UNKNOWN;
    if (valueOf !== undefined && values === undefined) return UNKNOWN;
    const entries: (readonly [string, Value])[] = [];
    for (const item of items) {
      const name = names.run([item]);
      if (typeof name !== "string") return UNKNOWN;
      entries.push([name, values === undefined ? item : values.run([item])]);
    }
    // It is not documented which of two items of the same name wins.
    const different = new Set(entries.map(([name]) => name.toLowerCase()));
    return different.size === entries.length ? objectOf(entries, scope.template.shared.budget) : UNKNOWN;
  },
);

/** By name in lower case. */
export const specialForms: ReadonlyMap<string, SpecialForm> = new Map<string, SpecialForm>([
  ["if", ifForm],
  ["coalesce", coalesce],
  [
    "and",
    taking(2, Infinity, (written, scope, { evaluateExpression }) =>
      allOf(written, (each) => truthOf(evaluateExpression(each, scope))),
    ),
  ],
  [
    "or",
    taking(2, Infinity, (written, scope, { evaluateExpression }) =>
      anyOf(written, (each) => truthOf(evaluateExpression(each, scope))),
    ),
  ],
  [
    "parameters",
    taking(1, 1, (written: One, scope, evaluators) => {
      const name = nameIn(written, scope, evaluators);
      return name === undefined ? UNKNOWN : parameterOf(name, scope, evaluators.evaluate);
    }),
  ],
  [
    "variables",
    taking(1, 1, (written: One, scope, evaluators) => {
      const name = nameIn(written, scope, evaluators);
      return name === undefined ? UNKNOWN : variableOf(name, scope, evaluators.evaluate);
    }),
  ],
  [
    "lambdavariables",
    taking(1, 1, (written: One, scope, evaluators) => {
      const name = nameIn(written, scope, evaluators)?.toLowerCase();
      const named = scope.lambdaVariables.filter((each) => each.name.toLowerCase() === name).at(-1);
      return named === undefined ? UNKNOWN : named.value;
    }),
  ],
  ["copyindex", copyIndex],
  ["map", map],
  ["filter", filter],
  ["reduce", reduce],
  ["toobject", toObject],
]);
