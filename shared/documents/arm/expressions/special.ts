import { agreement, allOf, anyOf } from "./compare";
import { parameterOf, variableOf } from "./definitions";
import type { Expression } from "./parse";
import type { LambdaVariable, Scope } from "./scope";
import type { Truth, Value } from "./values";
import { isInteger, isList, listOf, UNKNOWN } from "./values";

/** How what is written inside is evaluated. */
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

/** The name that `parameters('name')` and the like are called with. */
function nameIn(written: readonly Expression[], scope: Scope, evaluators: Evaluators): string | undefined {
  const [argument] = written;
  if (argument === undefined || written.length > 1) return undefined;
  const name = evaluators.evaluateExpression(argument, scope);
  return typeof name === "string" ? name : undefined;
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
  // Without a name it means the resource's loop, and it is not documented which where there are two.
  if (loop === undefined || loop.index === UNKNOWN || (name === undefined && loops.length > 1))
    return UNKNOWN;
  return loop.index + offset;
};

/** What a lambda gives for each item of a list; `undefined` where list or lambda are not known. */
function mapped(
  written: readonly Expression[],
  scope: Scope,
  { evaluateExpression }: Evaluators,
): { readonly items: readonly Value[]; readonly results: readonly Value[] } | undefined {
  const [listed, lambda] = written;
  if (listed === undefined || lambda?.kind !== "call" || lambda.name !== "lambda" || written.length > 2) {
    return undefined;
  }
  const items = evaluateExpression(listed, scope);
  const body = lambda.arguments.at(-1);
  const [itemName, indexName, ...more] = lambda.arguments
    .slice(0, -1)
    .map((each) => evaluateExpression(each, scope));
  if (!isList(items) || body === undefined || typeof itemName !== "string" || more.length > 0)
    return undefined;
  const results = items.map((item, index) => {
    const variables: readonly LambdaVariable[] = [
      ...scope.lambdaVariables,
      { name: itemName, value: item },
      ...(typeof indexName === "string" ? [{ name: indexName, value: index }] : []),
    ];
    return evaluateExpression(body, { ...scope, lambdaVariables: variables });
  });
  return { items, results };
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

/** By their names in lower case. */
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
]);
