/**
 * Tells Terraform's JSON syntax from other JSON:
 * https://developer.hashicorp.com/terraform/language/syntax/json (read 2026-11).
 */
import { terraformPartOf } from "../../dialects/lookup";
import type { JsonObject } from "../json";
import { isRecord } from "../json";
import { entriesOf } from "./block";
import { listOf } from "./syntax";

/**
 * Is it a document in Terraform's JSON syntax? Terraform rejects a document with other top-level names, so
 * such a document counts only if it has a relevant resource.
 */
export function isTerraformJson(document: unknown): boolean {
  const parts = listOf(document);
  if (!parts.every(isRecord)) return false;
  return parts.every(hasBlocksOnly) ? parts.some(hasTerraformBlock) : parts.some(hasPartOfCluster);
}

function hasBlocksOnly(document: JsonObject): boolean {
  return Object.keys(document).every((key) => key === "//" || Object.hasOwn(blocks, key));
}

function hasTerraformBlock(document: JsonObject): boolean {
  return Object.entries(document).some(
    ([key, value]) => Object.hasOwn(blocks, key) && blocks[key as keyof typeof blocks](value),
  );
}

function hasPartOfCluster({ resource }: JsonObject): boolean {
  for (const [type] of entriesOf(resource)) if (terraformPartOf(type) !== undefined) return true;
  return false;
}

/** The top-level names of a document, and what a value must look like to be Terraform's. */
const blocks = {
  terraform: (value: unknown) => listOf(value).some(isRecord),
  resource: typesOfProviders,
  data: typesOfProviders,
  ephemeral: typesOfProviders,
  action: typesOfProviders,
  list: typesOfProviders,
  module: labelled((block) => typeof block["source"] === "string"),
  provider: labelled(() => true),
  locals: (value: unknown) => listOf(value).some(isRecord),
  variable: labelled((block) => Object.keys(block).every((key) => namesInVariable.includes(key))),
  output: labelled((block) => "value" in block),
  check: labelled((block) => "assert" in block),
  import: anyBlock((block) => "to" in block),
  moved: anyBlock((block) => "from" in block && "to" in block),
  removed: anyBlock((block) => "from" in block),
} as const;

const namesInVariable = [
  ...["type", "default", "description", "sensitive", "nullable", "validation", "ephemeral", "deprecated"],
  "//",
];

/** Blocks by type and name, some with a type that starts with its provider's name: `azurerm_subnet`. */
function typesOfProviders(value: unknown): boolean {
  for (const [type, byName] of entriesOf(value))
    if (/^[a-z][a-z0-9-]*_\w+$/.test(type) && listOf(byName).some(isRecord)) return true;
  return false;
}

/** Blocks by name, some of which pass the test. */
function labelled(is: (block: JsonObject) => boolean): (value: unknown) => boolean {
  return (value) => {
    for (const [, each] of entriesOf(value))
      if (listOf(each).some((block) => isRecord(block) && is(block))) return true;
    return false;
  };
}

function anyBlock(is: (block: JsonObject) => boolean): (value: unknown) => boolean {
  return (value) => listOf(value).some((block) => isRecord(block) && is(block));
}
