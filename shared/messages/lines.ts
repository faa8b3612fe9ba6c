import type { Assignment } from "../fixes/choice";
import type { Dialect } from "../dialects/dialect";
import type { Inputs } from "../reading/spell";
import { writeAt } from "../reading/spell";
import type { Language } from "./voice";

type Literal = Assignment["value"] | Block;
interface Block {
  readonly [name: string]: Literal;
}

/** The assignments as one block per top-level property: valid in a TypeScript program and in Pulumi YAML. */
export function linesOf(settings: readonly Assignment[]): string[] {
  return Object.entries(blockOf(settings)).map(([name, value]) => `${name}: ${literal(value)}`);
}

/** What to write in a program in TypeScript or in Pulumi YAML, with the enclosing block. */
export function instruction(settings: readonly Assignment[]): string {
  return instructionOf(settings, (block) => [literal(block).slice(2, -2)]);
}

/** The same in the language of a file. */
export function instructionIn(
  language: Exclude<Language, object>,
  settings: readonly Assignment[],
  dialect: Dialect,
): string {
  switch (language) {
    case "program":
      return instruction(settings);
    case "HCL":
      return instructionOf(settings, (block) => hclLines(block, dialect.matches.terraform !== undefined));
    case "JSON":
      return instructionOf(settings, jsonLines);
  }
}

/** A user would paste a whole block over the existing one and lose its other settings. */
function instructionOf(settings: readonly Assignment[], linesOfBlock: (block: Block) => string[]): string {
  const { inside, block } = sharedBlock(blockOf(settings));
  const lines = linesOfBlock(block);
  const where = inside.length === 0 ? "set" : `inside ${inside.join(".")}, set`;
  return lines.length === 1 ? `${where} ${lines.join("")}` : `${where}:${newLine}${lines.join(newLine)}`;
}

/** Continues an entry of a message on the next line. */
export const newLine = "\n     ";

/** The innermost block that holds everything. */
function sharedBlock(block: Block): { readonly inside: readonly string[]; readonly block: Block } {
  const inside: string[] = [];
  for (let shared = block; ;) {
    const [first, ...others] = Object.entries(shared);
    if (first === undefined || others.length > 0 || typeof first[1] !== "object")
      return { inside, block: shared };
    inside.push(first[0]);
    shared = first[1];
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

/** azurerm nests blocks; azapi's document and the variables of modules are values. */
function hclLines(block: Block, nestsBlocks: boolean): string[] {
  return Object.entries(block).flatMap(([name, value]) =>
    typeof value === "object"
      ? [`${name} ${nestsBlocks ? "" : "= "}{`, ...hclLines(value, nestsBlocks).map(indented), "}"]
      : [`${name} = ${JSON.stringify(value)}`],
  );
}

/** Members of a JSON object, to be added to the existing ones. */
function jsonLines(block: Block): string[] {
  return JSON.stringify(block, null, 2)
    .split("\n")
    .slice(1, -1)
    .map((line) => line.slice(2));
}

function indented(line: string): string {
  return `  ${line}`;
}
