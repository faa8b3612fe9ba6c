import { parseArgs } from "node:util";
import { formatNames } from "./formats";
import type { FormatName } from "./formats";
import type { Effect, Resource } from "../shared/azure-policy/definition";
import { effects, resources } from "../shared/azure-policy/definition";

/** What a person asked for in a way that is none. */
export class WrongUse extends Error {}

/** A file, a folder, or `-` for standard input. */
export interface NamedInput {
  readonly path: string;
  /** The parameters of the ARM template that it is. */
  readonly parameters: string | undefined;
}

export interface Output {
  readonly format: FormatName;
  /** Standard output where there is none. */
  readonly file: string | undefined;
}

export interface CheckArguments {
  readonly inputs: readonly NamedInput[];
  readonly config: string | undefined;
  readonly stack: string | undefined;
  readonly root: string | undefined;
  readonly outputs: readonly Output[];
  readonly allowNone: boolean;
  readonly failOnWarning: boolean;
  /** SARIF lists what is exempted, too. */
  readonly sarifExempted: boolean;
}

export function checkArguments(args: readonly string[]): CheckArguments {
  const { tokens } = parsed(args, {
    config: { type: "string" },
    parameters: { type: "string", multiple: true },
    stack: { type: "string" },
    root: { type: "string" },
    format: { type: "string", multiple: true },
    "allow-none": { type: "boolean" },
    "fail-on-warning": { type: "boolean" },
    "sarif-exempted": { type: "boolean" },
  });
  const inputs: NamedInput[] = [];
  const outputs: Output[] = [];
  const values = new Map<string, string>();
  const switches = new Set<string>();
  for (const token of tokens) {
    if (token.kind === "positional") inputs.push({ path: token.value, parameters: undefined });
    if (token.kind !== "option") continue;
    const { name, value } = token;
    if (value === undefined) switches.add(name);
    else if (value === "") throw new WrongUse(`--${name} is empty.`);
    else if (name === "parameters") addParameters(inputs, value);
    else if (name === "format") outputs.push(outputOf(value));
    else if (values.has(name)) throw new WrongUse(`--${name} is given twice.`);
    else values.set(name, value);
  }
  if (inputs.length === 0) throw new WrongUse("check needs a file, a folder, or - for standard input.");
  if (inputs.filter(({ path }) => path === "-").length > 1)
    throw new WrongUse("- can be given once: there is one standard input.");
  const toFiles = outputs.filter(({ file }) => file !== undefined);
  if (outputs.length - toFiles.length > 1)
    throw new WrongUse(
      "Only one format can go to standard output: give the others a file, --format json=FILE.",
    );
  return {
    inputs,
    config: values.get("config"),
    stack: values.get("stack"),
    root: values.get("root"),
    outputs: toFiles.length < outputs.length ? outputs : [...outputs, { format: "text", file: undefined }],
    allowNone: switches.has("allow-none"),
    failOnWarning: switches.has("fail-on-warning"),
    sarifExempted: switches.has("sarif-exempted"),
  };
}

function addParameters(inputs: NamedInput[], file: string): void {
  const last = inputs.pop();
  if (last === undefined) throw new WrongUse("--parameters comes after the template that it is for.");
  if (last.parameters !== undefined) throw new WrongUse("A template takes --parameters once.");
  inputs.push({ ...last, parameters: file });
}

/** `json`, or `json=FILE`. */
function outputOf(text: string): Output {
  const end = text.indexOf("=");
  const name = end === -1 ? text : text.slice(0, end);
  const format = formatNames.find((each) => each === name);
  if (format === undefined)
    throw new WrongUse(`There is no format of that name. The formats are ${formatNames.join(", ")}.`);
  const file = end === -1 ? undefined : text.slice(end + 1);
  if (file === "") throw new WrongUse(`--format ${format}= names no file.`);
  return { format, file };
}

export interface AzurePolicyArguments {
  readonly config: string | undefined;
  readonly effect: Effect;
  readonly resource: Resource;
}

export function azurePolicyArguments(args: readonly string[]): AzurePolicyArguments {
  const text = { type: "string" } as const;
  const { values, positionals, tokens } = parsed(args, { config: text, effect: text, resource: text });
  if (positionals.length > 0) throw new WrongUse("azure-policy takes options only.");
  if (tokens.length > Object.keys(values).length) throw new WrongUse("An option is given twice.");
  const { config, effect = "Audit", resource = "cluster" } = values;
  return {
    config: typeof config === "string" ? config : undefined,
    effect: oneOf("effect", effects, effect),
    resource: oneOf("resource", resources, resource),
  };
}

function oneOf<Word extends string>(option: string, words: readonly Word[], given: unknown): Word {
  const word = words.find((each) => each === given);
  if (word === undefined) throw new WrongUse(`--${option} is one of ${words.join(", ")}.`);
  return word;
}

/** The one argument of a command that takes one. */
export function onlyArgument(command: string, what: string, args: readonly string[]): string | undefined {
  const { positionals } = parsed(args, {});
  if (positionals.length > 1) throw new WrongUse(`${command} takes one ${what}.`);
  return positionals[0];
}

type Options = NonNullable<NonNullable<Parameters<typeof parseArgs>[0]>["options"]>;

function parsed(args: readonly string[], options: Options) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, tokens: true });
  } catch (error) {
    // Node's words, which name the option and what is wrong with it.
    throw new WrongUse(error instanceof Error ? error.message : "The options cannot be read.");
  }
}
