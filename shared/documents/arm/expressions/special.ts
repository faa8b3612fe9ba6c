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
type SpecialForm = (written: readonly Expression[], scope: Scope, evaluators: Evaluators) => Value;

function truthOf(value: Value): Truth {
  return typeof value === "boolean" ? value : UNKNOWN;
}

const ifForm: SpecialForm = (written, scope, { evaluateExpression }) => {
  const [condition, whenTrue, whenFalse] = written;
  if (condition === undefined || whenTrue === undefined || whenFalse === undefined || written.length > 3) {
    return UNKNOWN;
  }
  const truth = truthOf(evaluateExpression(condition, scope));
  if (truth !== UNKNOWN) return evaluateExpression(truth ? whenTrue : whenFalse, scope);
  const one = evaluateExpression(whenTrue, scope);
  if (one === UNKNOWN) return UNKNOWN;
  return agreement(one, evaluateExpression(whenFalse, scope), scope.template.shared.budget);
};

const coalesce: SpecialForm = (written, scope, { evaluateExpression }) => {
  for (const each of written) {
    const value = evaluateExpression(each, scope);
    if (value !== null) return value;
  }
  return written.length === 0 ? UNKNOWN : null;
};

/** The name argument of `parameters('name')` and the like. */
function nameIn(written: readonly Expression[], scope: Scope, evaluators: Evaluators): string | undefined {
  const [argument] = written;
  if (argument === undefined || written.length > 1) return undefined;
  const name = evaluators.evaluateExpression(argument, scope);
  const { budget } = scope.template.shared;
  return typeof name === "string" && budget.spend(name.length / 16) ? name : undefined;
}

const copyIndex: SpecialForm = (written, scope, { evaluateExpression }) => {
  const values = written.map((each) => evaluateExpression(each, scope));
  const [first] = values;
  const [name, offset = 0] = typeof first === "string" ? values : [undefined, ...values];
  if (values.length > 2 || (values.length === 2 && name === undefined) || !isInteger(offset)) return UNKNOWN;
  const loops = scope.loops.filter((loop) =>
    typeof name === "string" ? loop.name.toLowerCase() === name.toLowerCase() : loop.kind === "resource",
  );
  const loop = loops.at(-1);
  // Without a name it means the resource's loop; with two loops, it is not documented which.
  if (loop === undefined || loop.index === UNKNOWN || (name === undefined && loops.length > 1))
    return UNKNOWN;
  return loop.index + offset;
};

/** A lambda: its variable names, and its result for given values. Values without a name are dropped. */
interface Lambda {
  readonly names: readonly string[];
  readonly run: (values: readonly Value[]) => Value;
}

function lambdaIn(
  written: Expression | undefined,
  scope: Scope,
  evaluateExpression: Evaluators["evaluateExpression"],
): Lambda | undefined {
  if (written?.kind !== "call" || written.name !== "lambda") return undefined;
  const body = written.arguments.at(-1);
  const names = written.arguments.slice(0, -1).map((each) => evaluateExpression(each, scope));
  if (body === undefined || !names.every((name) => typeof name === "string")) return undefined;
  return {
    names,
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
  written: readonly Expression[],
  scope: Scope,
  { evaluateExpression }: Evaluators,
): { readonly items: readonly Value[]; readonly results: readonly Value[] } | undefined {
  const [listed, lambda] = written;
  if (listed === undefined || written.length > 2) return undefined;
  const named = lambdaIn(lambda, scope, evaluateExpression);
  if (named === undefined || named.names.length < 1 || named.names.length > 2) return undefined;
  const items = evaluateExpression(listed, scope);
  if (!isList(items)) return undefined;
  return { items, results: items.map((item, index) => named.run([item, index])) };
}

const map: SpecialForm = (written, scope, evaluators) => {
  const all = mapped(written, scope, evaluators);
  return all === undefined ? UNKNOWN : listOf(all.results, scope.template.shared.budget);
};

const filter: SpecialForm = (written, scope, evaluators) => {
  const all = mapped(written, scope, evaluators);
  if (all === undefined || !all.results.every((each) => typeof each === "boolean")) return UNKNOWN;
  return listOf(
    all.items.filter((_, i) => all.results[i] === true),
    scope.template.shared.budget,
  );
};

/** Folds a list with the result of the previous items. */
const reduce: SpecialForm = (written, scope, { evaluateExpression }) => {
  const [listed, first, lambda] = written;
  if (listed === undefined || first === undefined || written.length > 3) return UNKNOWN;
  const named = lambdaIn(lambda, scope, evaluateExpression);
  const items = evaluateExpression(listed, scope);
  if (named === undefined || named.names.length < 2 || named.names.length > 3 || !isList(items))
    return UNKNOWN;
  return items.reduce<Value>(
    (value, item, index) => named.run([value, item, index]),
    evaluateExpression(first, scope),
  );
};

/** Turns a list into an object: one lambda gives the names, an optional second one the values. */
const toObject: SpecialForm = (written, scope, { evaluateExpression }) => {
  const [listed, nameOf, valueOf] = written;
  if (listed === undefined || written.length > 3) return UNKNOWN;
  const names = lambdaIn(nameOf, scope, evaluateExpression);
  const values = valueOf === undefined ? undefined : lambdaIn(valueOf, scope, evaluateExpression);
  const items = evaluateExpression(listed, scope);
  if (names?.names.length !== 1 || !isList(items)) return UNKNOWN;
  if (valueOf !== undefined && values?.names.length !== 1) return UNKNOWN;
  const entries: (readonly [string, Value])[] = [];
  for (const item of items) {
    const name = names.run([item]);
    if (typeof name !== "string") return UNKNOWN;
    entries.push([name, values === undefined ? item : values.run([item])]);
  }
  // It is not documented which of two items of the same name wins.
  const different = new Set(entries.map(([name]) => name.toLowerCase()));
  return different.size === entries.length ? objectOf(entries, scope.template.shared.budget) : UNKNOWN;
};

/** By name in lower case. */
export const specialForms: ReadonlyMap<string, SpecialForm> = new Map<string, SpecialForm>([
  ["if", ifForm],
  ["coalesce", coalesce],
  [
    "and",
    (written, scope, { evaluateExpression }) =>
      written.length < 2 ? UNKNOWN : allOf(written, (each) => truthOf(evaluateExpression(each, scope))),
  ],
  [
    "or",
    (written, scope, { evaluateExpression }) =>
      written.length < 2 ? UNKNOWN : anyOf(written, (each) => truthOf(evaluateExpression(each, scope))),
  ],
  [
    "parameters",
    (written, scope, evaluators) => {
      const name = nameIn(written, scope, evaluators);
      return name === undefined ? UNKNOWN : parameterOf(name, scope, evaluators.evaluate);
    },
  ],
  [
    "variables",
    (written, scope, evaluators) => {
      const name = nameIn(written, scope, evaluators);
      return name === undefined ? UNKNOWN : variableOf(name, scope, evaluators.evaluate);
    },
  ],
  [
    "lambdavariables",
    (written, scope, evaluators) => {
      const name = nameIn(written, scope, evaluators)?.toLowerCase();
      const named = scope.lambdaVariables.filter((each) => each.name.toLowerCase() === name).at(-1);
      return named === undefined ? UNKNOWN : named.value;
    },
  ],
  ["copyindex", copyIndex],
  ["map", map],
  ["filter", filter],
  ["reduce", reduce],
  ["toobject", toObject],
]);
