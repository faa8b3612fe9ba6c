import type { Assignment } from "../fixes/choice";
import type { Dialect } from "../dialects/dialect";
import type { Inputs } from "../reading/spell";
import { writeAt } from "../reading/spell";
import type { Language } from "./voice";

type Literal = Assignment["value"] | Block;
interface Block {
  readonly [name: string]: Literal;
}

/** The assignments as one block for each top-level property: valid in a TypeScript program and in Pulumi YAML alike. */
export function linesOf(settings: readonly Assignment[]): string[] {
  return Object.entries(blockOf(settings)).map(([name, value]) => `${name}: ${literal(value)}`);
}

/** The assignments in a language that is written in files. */
export function linesIn(
  language: Exclude<Language, object>,
  settings: readonly Assignment[],
  dialect: Dialect,
): string[] {
  const block = blockOf(settings);
  switch (language) {
    case "program":
      return linesOf(settings);
    case "HCL":
      return hclLines(block, dialect.matches.terraform !== undefined);
    case "JSON":
      return jsonLines(block);
  }
}

function blockOf(settings: readonly Assignment[]): Block {
  const inputs: Inputs = {};
  for (const { path, value } of settings) writeAt(inputs, path, value);
  return inputs as Block;
}

function literal(value: Literal): string {
  if (typeof value !== "object") return JSON.stringify(value);
  return `{ ${Object.entries(value)
    .map(([name, inner]) => `${name}: ${literal(inner)}`)
    .join(", ")} }`;
}

/** What azurerm nests are blocks; the document of azapi and the variables of modules are values. */
function hclLines(block: Block, nestsBlocks: boolean): string[] {
  return Object.entries(block).flatMap(([name, value]) =>
    typeof value === "object"
      ? [`${name} ${nestsBlocks ? "" : "= "}{`, ...hclLines(value, nestsBlocks).map(indented), "}"]
      : [`${name} = ${JSON.stringify(value)}`],
  );
}

/** Members of a JSON object, to be put among those that are there. */
function jsonLines(block: Block): string[] {
  return JSON.stringify(block, null, 2)
    .split("\n")
    .slice(1, -1)
    .map((line) => line.slice(2));
}

function indented(line: string): string {
  return `  ${line}`;
}
