import { isRecord } from "../json";
import { isExpression } from "./expressions/parse";
import { Members, UNKNOWN } from "./expressions/values";

/**
 * The parameters in a parameters file, `{ name: { value } }`, also without the surrounding file. The result
 * is not an object if they cannot be determined.
 */
export function parametersIn(document: unknown): unknown {
  if (!isRecord(document)) return undefined;
  const parameters = new Members<unknown>(document).get("parameters");
  return parameters === UNKNOWN ? undefined : (parameters ?? document);
}

/**
 * The parameters that a Blueprint passes to its artifact. References to the Blueprint's own parameters are
 * unknown.
 */
export function parametersOfArtifact(parameters: unknown): unknown {
  if (parameters === undefined || parameters === null) return {};
  if (!isRecord(parameters)) return undefined;
  return Object.fromEntries(
    Object.entries(parameters).map(([name, given]) => [name, hasExpression(given) ? {} : given]),
  );
}

/** Does it contain an expression anywhere? */
function hasExpression(written: unknown): boolean {
  const found: unknown[] = [written];
  // The list grows while it is read: recursion could exhaust the call stack.
  for (const each of found) {
    if (typeof each === "string" && isExpression(each)) return true;
    if (typeof each === "object" && each !== null)
      for (const part of Object.values(each) as unknown[]) found.push(part);
  }
  return false;
}
