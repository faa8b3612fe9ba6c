import { basename, dirname, relative, resolve, sep } from "node:path";
import type { DocumentKind, ReadDocument } from "../shared/documents/document";
import { isRecord } from "../shared/documents/json";
import { kindOf, refusals, refusedAs } from "../shared/documents/kind";
import { readDocument } from "../shared/documents/read";
import { readTerraformJson } from "../shared/documents/terraform/json";
import { isOverrideFile } from "../shared/documents/terraform/overrides";
import { grouped } from "../shared/reading/owners";
import type { CheckArguments, NamedInput } from "./arguments";
import { WrongUse } from "./arguments";
import { parseHcl } from "./hcl";
import { NoJson, parseJson, parseJsonLines } from "./json-text";
import { refuseRepeatedNames } from "./repeated-names";
import { Unjudgeable, Unreadable, reasonIn, textOf } from "./text-file";
import { filesBelow, isFolder, startsLikeJson } from "./walk";

/** A document read from a file, or from standard input. */
export interface Input {
  /** The file's path relative to the current folder, with `/` on every system; `-` for standard input. */
  readonly file: string;
  readonly stack: string | undefined;
  readonly document: ReadDocument;
  /** The text, if positions in it may be needed. */
  readonly text: string | undefined;
}

export interface Inputs {
  readonly all: readonly Input[];
  /** Files that could not be read but should have been. */
  readonly unreadable: readonly { readonly file: string; readonly reason: string }[];
  /** The number of files in folders that are not a document of any kind. */
  readonly passedOver: number;
}

/** A file whose text is parsed. */
interface Parsed {
  readonly file: string;
  readonly kind: DocumentKind;
  readonly content: unknown;
  readonly parameters: unknown;
  readonly text: string;
}

/** Reads all named inputs. `onFile` is called before each file. */
export async function readInputs(
  { inputs, stack }: Pick<CheckArguments, "inputs" | "stack">,
  onFile: (file: string) => void,
): Promise<Inputs> {
  const parsed: Parsed[] = [];
  const unreadable: { file: string; reason: string }[] = [];
  let passedOver = 0;
  const seen = new Set<string>();
  // A file that is named itself is not read again as part of a folder.
  const named = new Set(inputs.map(({ path }) => relativePath(path)));
  for (const { path, input, isNamed } of filesOf(inputs, unreadable)) {
    const file = relativePath(path);
    // A template may be checked with several parameters files.
    const key = JSON.stringify([file, input.parameters]);
    if (seen.has(key) || (!isNamed && named.has(file))) continue;
    seen.add(key);
    if (!isNamed && !isOfTerraform(path) && !startsLikeJson(path)) {
      passedOver += 1;
      continue;
    }
    onFile(file);
    try {
      const found = await parse(path, file, input);
      if (found !== undefined) parsed.push(found);
      else if (isNamed) throw new Unreadable("It is not a kind of document that check reads.");
      else passedOver += 1;
    } catch (error) {
      const reason = reasonIn(error);
      // A folder may hold anything, but what a tool would deploy must not be skipped silently.
      if (isNamed || isOfTerraform(path) || mayBeDeployed(error, path)) unreadable.push({ file, reason });
      else passedOver += 1;
    }
  }
  return { all: read(parsed, stack, unreadable), unreadable, passedOver };
}

function* filesOf(
  inputs: readonly NamedInput[],
  unreadable: { file: string; reason: string }[],
): Generator<{ readonly path: string; readonly input: NamedInput; readonly isNamed: boolean }> {
  for (const input of inputs) {
    const { path } = input;
    if (path === "-" || !isFolder(path)) {
      yield { path, input, isNamed: true };
      continue;
    }
    try {
      for (const each of filesBelow(path)) yield { path: each, input, isNamed: false };
    } catch (error) {
      unreadable.push({ file: relativePath(path), reason: reasonIn(error) });
    }
  }
}

function isHcl(path: string): boolean {
  return /\.(?:tf|tofu)$/.test(path);
}

function isOfTerraform(path: string): boolean {
  return isHcl(path) || /\.(?:tf\.json|tofu\.json|tfstate)$/.test(path);
}

/** Azure accepts templates with comments, which are not JSON. */
function mayBeDeployed(error: unknown, path: string): boolean {
  if (error instanceof Unjudgeable) return true;
  return error instanceof NoJson && /deploymentTemplate\.json#?"/i.test(textOf(path));
}

/** The path of a file relative to the current folder; `-` is standard input. */
export function relativePath(path: string): string {
  if (path === "-") return path;
  const file = relative(process.cwd(), resolve(path)).split(sep).join("/");
  return file === "-" ? "./-" : file;
}

async function parse(path: string, file: string, input: NamedInput): Promise<Parsed | undefined> {
  const text = textOf(path);
  if (isHcl(path) && !/^\s*[{[]/.test(text)) {
    return {
      file,
      kind: "terraform-hcl",
      content: await parseHcl(file, text),
      parameters: undefined,
      text,
    };
  }
  const first = sourceOf(path, text);
  if (first !== undefined) throw new Unreadable(first);
  const content = parseJsonLines(text) ?? parseJson(text);
  // Alone, a part of a block may look like nothing.
  const kind = isOverrideFile(basename(path)) ? "terraform-json" : kindOf(content);
  const refused = kind === undefined ? refusedAs(content) : undefined;
  if (refused !== undefined) {
    const Kind = refused === "several documents" ? Unjudgeable : Unreadable;
    throw new Kind(`It is ${refused}: ${refusals[refused]}.`);
  }
  // Tools never print a name twice, but people may write one twice.
  if (isOfTerraform(path) || (kind !== undefined && hasPlaces(kind))) refuseRepeatedNames(text);
  const { parameters } = input;
  if (parameters !== undefined && kind !== "arm-template")
    throw new WrongUse(`--parameters is for an ARM template, and ${JSON.stringify(file)} is not one.`);
  return kind === undefined
    ? undefined
    : {
        file,
        kind,
        content,
        parameters: parameters === undefined ? undefined : parametersIn(parameters),
        text,
      };
}

/** How to convert a file that is the source of a document. */
function sourceOf(path: string, text: string): string | undefined {
  if (/\.bicep(?:param)?$/.test(path)) return "Build it first: bicep build, or bicep build-params.";
  // A plan is a zip archive.
  return text.startsWith("PK\u0003\u0004")
    ? "It is a binary plan. Print it first: terraform show -json."
    : undefined;
}

/** A problem in it must not be reported as the template's. */
function parametersFile(path: string): unknown {
  try {
    const text = textOf(path);
    const first = sourceOf(path, text);
    if (first !== undefined) throw new Unreadable(first);
    const parameters = parseJson(text);
    refuseRepeatedNames(text);
    return parameters;
  } catch (error) {
    throw new Unreadable(`Its --parameters file ${JSON.stringify(path)} cannot be read. ${reasonIn(error)}`);
  }
}

/** The parameters in a parameters file. */
function parametersIn(path: string): unknown {
  const content = parametersFile(path);
  const isParameters = isRecord(content) && Object.keys(content).some((key) => /^parameters$/i.test(key));
  if (!isParameters)
    throw new Unreadable(
      `Its --parameters file has no parameters (build a .bicepparam first: bicep build-params).`,
    );
  return content;
}

function read(
  parsed: readonly Parsed[],
  stack: string | undefined,
  unreadable: { file: string; reason: string }[],
): readonly Input[] {
  // A plan and a state may belong to one stack. Two plans belong to two, where one exemption must not cover
  // two clusters.
  const ofStacks = [...new Set(parsed.map(configurationOf))]
    .map((each) => (typeof each === "string" ? "terraform-json" : each.kind))
    .filter(namesByStack);
  const areSeveral = new Set(ofStacks).size < ofStacks.length;
  if (stack !== undefined && areSeveral) {
    throw new WrongUse(
      "--stack names one stack, but these are several. Check them one at a time, or leave out --stack: then each is named by its path, or by its folder in cdktf.out.",
    );
  }
  const inputs: Input[] = [];
  for (const [configuration, files] of grouped(parsed, configurationOf)) {
    const found = typeof configuration === "string" ? readFolder(files) : [readAlone(configuration)];
    for (const [{ file, kind, text }, document] of found) {
      if (document === "unsupported format") {
        unreadable.push({ file, reason: "This version of its format is not supported." });
        continue;
      }
      inputs.push({
        file,
        stack: stack ?? folderOfStack(file) ?? (file === "-" ? undefined : file),
        document,
        text: hasPlaces(kind) ? text : undefined,
      });
    }
  }
  return inputs;
}

/** CDKTF's name for the stack that it wrote: `cdktf.out/stacks/STACK/cdk.tf.json`. */
function folderOfStack(file: string): string | undefined {
  return /(?:^|\/)cdk\.tf(?:\.json)?$/.test(file) && dirname(file) !== "."
    ? basename(dirname(file))
    : undefined;
}

/** The files of a folder in Terraform's own syntaxes form one configuration. */
function configurationOf(parsed: Parsed): string | Parsed {
  const { kind, file } = parsed;
  return isConfiguration(kind) && file !== "-" ? dirname(file) : parsed;
}

function isConfiguration(kind: DocumentKind): boolean {
  return kind === "terraform-json" || kind === "terraform-hcl";
}

/** Do its clusters need the stack's name to be unique? URNs and Azure's IDs are unique already. */
function namesByStack(kind: DocumentKind): boolean {
  switch (kind) {
    case "terraform-plan":
    case "terraform-state":
    case "terraform-json":
    case "terraform-hcl":
    case "arm-template":
      return true;
    case "pulumi-stack":
    case "pulumi-preview":
    case "azure":
      return false;
  }
}

function hasPlaces(kind: DocumentKind): boolean {
  return isConfiguration(kind) || kind === "arm-template";
}

type ReadFile = readonly [Parsed, ReadDocument | "unsupported format"];

function readAlone(parsed: Parsed): ReadFile {
  return [parsed, readDocument(parsed.content, parsed.kind, parsed.parameters)];
}

/** Each file with the part of the joint configuration that it contains. */
function readFolder(files: readonly Parsed[]): readonly ReadFile[] {
  const areOverrides = files.map(({ file }) => isOverrideFile(basename(file)));
  const whole = readTerraformJson(
    files.map(({ content }) => content),
    "terraform-json",
    (i) => areOverrides[i] === true,
  );
  return files.map((parsed, i) => {
    const clusters = whole.clusters.filter(({ source }) => (source.document ?? 0) === i);
    return [parsed, { ...whole, kind: parsed.kind, clusters }];
  });
}
