/** The assignments as one block for each top-level property: valid in a TypeScript program and in Pulumi YAML alike. */
import type { Assignment } from "../fixes/choice";
import type { Inputs } from "../reading/spell";
import { writeAt } from "../reading/spell";
export function linesOf(settings: readonly Assignment[]): string[] {
  const inputs: Inputs = {};
  for (const { path, value } of settings) writeAt(inputs, path, value);
  return (Object.entries(inputs) as [string, Literal][]).map(([name, value]) => `${name}: ${literal(value)}`);
}

type Literal = Assignment["value"] | { readonly [name: string]: Literal };

function literal(value: Literal): string {
  if (typeof value !== "object") return JSON.stringify(value);
  return `{ ${Object.entries(value)
    .map(([name, inner]) => `${name}: ${literal(inner)}`)
    .join(", ")} }`;
}
