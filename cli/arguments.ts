import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { formatNames } from "./formats";
import type { FormatName } from "./formats";
import type { Effect, Resource } from "../shared/azure-policy/definition";
import { effects, resources } from "../shared/azure-policy/definition";

/** Invalid use of the command line. */
export class WrongUse extends Error {}

/** A file, a folder, or `-` for standard input. */
export interface NamedInput {
  readonly path: string;
  /** The parameters file, if the input is an ARM template. */
  readonly parameters: string | undefined;
}

export interface Output {
  readonly format: FormatName;
  /** Standard output if absent. */
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
  /** SARIF also lists exempted findings. */
  readonly sarifExempted: boolean;
  readonly quiet: boolean;
  /** The baseline file to read. */
  readonly baseline: string | undefined;
  readonly writeBaseline: string | undefined;
  /** The owner of the baseline to write. */
  readonly owner: string | undefined;
}

export function checkArguments(args: readonly string[]): CheckArguments {
  const { inputs, formats, values, switches } = optionsIn(args, {
    config: { type: "string" },
    parameters: { type: "string" },
    stack: { type: "string" },
    root: { type: "string" },
    format: { type: "string" },
    "allow-none": { type: "boolean" },
    "fail-on-warning": { type: "boolean" },
    "sarif-exempted": { type: "boolean" },
    quiet: { type: "boolean" },
    baseline: { type: "string" },
    "write-baseline": { type: "string" },
    owner: { type: "string" },
  });
  if (inputs.length === 0) throw new WrongUse("check needs a file, a folder, or - for standard input.");
  const owner = values.get("owner");
  if (owner !== undefined && !values.has("write-baseline"))
    throw new WrongUse("--owner needs --write-baseline FILE.");
  if (owner !== undefined && !/^\S(?:.*\S)?$/.test(owner))
    throw new WrongUse("--owner takes a name in one line, without spaces around it.");
  const outputs = formats.map(outputOf);
  const toFiles = outputs.filter(({ file }) => file !== undefined);
  if (outputs.length - toFiles.length > 1)
    throw new WrongUse(
      "Only one format can go to standard output: give the others a file, --format json=FILE.",
    );
  refuseOverwriting(
    [...toFiles.map(({ file }) => file), values.get("write-baseline")],
    [...inputs.flatMap(({ path, parameters }) => [path, parameters]), values.get("config")],
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
    quiet: switches.has("quiet"),
    baseline: values.get("baseline"),
    writeBaseline: values.get("write-baseline"),
    owner,
  };
}

/** Refuses to overwrite an input or another output. A baseline that is read may be overwritten. */
function refuseOverwriting(
  written: readonly (string | undefined)[],
  read: readonly (string | undefined)[],
): void {
  const taken = new Set(read.flatMap((file) => (file === undefined || file === "-" ? [] : [resolve(file)])));
  for (const file of written) {
    if (file === undefined) continue;
    if (taken.has(resolve(file)))
      throw new WrongUse(`${JSON.stringify(file)} would overwrite another file of this run.`);
    taken.add(resolve(file));
  }
}

export interface ExemptionsArguments {
  readonly config: string;
  readonly inputs: readonly NamedInput[];
  readonly stack: string | undefined;
  readonly format: ListFormat;
  /** Exemptions that end within this many days affect the exit code. */
  readonly expiringWithin: number | undefined;
}

const listFormats = ["text", "json", "csv"] as const;
export type ListFormat = (typeof listFormats)[number];

export function exemptionsArguments(args: readonly string[]): ExemptionsArguments {
  const { inputs, formats, values } = optionsIn(args, {
    config: { type: "string" },
    parameters: { type: "string" },
    stack: { type: "string" },
    format: { type: "string" },
    "expiring-within": { type: "string" },
  });
  const config = values.get("config");
  if (config === undefined) throw new WrongUse("exemptions needs --config FILE.");
  const [name = "text", ...more] = formats;
  const format = listFormats.find((each) => each === name);
  if (format === undefined || more.length > 0)
    throw new WrongUse(`--format takes one of ${listFormats.join(", ")}.`);
  const days = values.get("expiring-within");
  if (days !== undefined && !/^\d{1,6}$/.test(days))
    throw new WrongUse("--expiring-within takes a whole number of days.");
  return {
    config,
    inputs,
    stack: values.get("stack"),
    format,
    expiringWithin: days === undefined ? undefined : Number(days),
  };
}

/** The options of every command with inputs. */
function optionsIn(
  args: readonly string[],
  options: Options,
): {
  readonly inputs: readonly NamedInput[];
  readonly formats: readonly string[];
  readonly values: ReadonlyMap<string, string>;
  readonly switches: ReadonlySet<string>;
} {
  const { tokens } = parsed(args, options);
  const inputs: NamedInput[] = [];
  const formats: string[] = [];
  const values = new Map<string, string>();
  const switches = new Set<string>();
  for (const token of tokens) {
    if (token.kind === "positional") inputs.push({ path: token.value, parameters: undefined });
    if (token.kind !== "option") continue;
    const { name, value } = token;
    if (value === undefined) switches.add(name);
    else if (value === "") throw new WrongUse(`--${name} is empty.`);
    else if (name === "parameters") addParameters(inputs, value);
    else if (name === "format") formats.push(value);
    else if (values.has(name)) throw new WrongUse(`--${name} is given twice.`);
    else values.set(name, value);
  }
  if (inputs.filter(({ path }) => path === "-").length > 1)
    throw new WrongUse("- can be given once: there is one standard input.");
  return { inputs, formats, values, switches };
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
    throw new WrongUse(`There is no such format. The formats are ${formatNames.join(", ")}.`);
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

/** The single argument of a command that takes exactly one. */
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
    // Node's own message, which names the option and the problem.
    throw new WrongUse(error instanceof Error ? error.message : "The options cannot be read.");
  }
}
