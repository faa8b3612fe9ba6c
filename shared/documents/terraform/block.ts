import { terraformPartOf } from "../../dialects/lookup";
import type { Field } from "../../reading/field";
import type { JsonObject } from "../json";
import { isRecord } from "../json";
import type { Notation } from "./attributes";
import { readAttributes } from "./attributes";
import { likenessOfBlock } from "./likeness";
import { isToken, listOf } from "./syntax";

/** A resource or module of a Terraform program. `Source` is what its host knows it by: a path, or a construct. */
export interface TerraformBlock<Source> {
  readonly source: Source;
  readonly kind: "resource" | "module";
  /** The type of a resource, such as `azurerm_kubernetes_cluster`; empty for a module. */
  readonly type: string;
  readonly name: () => string;
  /** Reads its attributes as far as they are asked for. */
  readonly read: <T>(use: (root: Field) => T, notation?: Notation) => T;
  /** The text of one attribute, expressions and all. */
  readonly text: (name: string) => string | undefined;
  /** Two with the same likeness read the same but for their identity; `undefined` where that is not cheap to tell. */
  readonly likeness: () => string | undefined;
  /** The program writes it through a generated class, and knows its attributes by the names of that class. */
  readonly typed?: boolean;
  /** The version of the provider that the program's classes were generated for. */
  readonly toolVersion?: string | undefined;
  /** The source of a module as the program declares it, for where the block itself does not tell. */
  readonly moduleSource?: unknown;
}

/** What a block is called in a document: `azurerm_kubernetes_cluster.aks`, `module.aks`. */
export function addressOf({ kind, type, name }: TerraformBlock<unknown>): string {
  return `${kind === "module" ? kind : type}.${name()}`;
}

/**
 * The resources that may be a part of a cluster, and the modules, of a document in Terraform's JSON syntax. Blocks may be written in lists at
 * every level: https://developer.hashicorp.com/terraform/language/syntax/json.
 *
 * @param sourceOf makes the source of a block from the path of the construct that wrote it, which CDKTF and CDK
 * Terrain note in the block
 */
export function* blocksOf<Source>(
  document: unknown,
  sourceOf: (path: string | undefined) => Source,
): Generator<TerraformBlock<Source>> {
  for (const [kind, part] of entriesOf(document)) {
    if (kind !== "resource" && kind !== "module") continue;
    const byType = kind === "resource" ? entriesOf(part) : [["", part] as const];
    for (const [type, byName] of byType) {
      if (kind === "resource" && terraformPartOf(type) === undefined) continue;
      for (const [name, blocks] of entriesOf(byName)) {
        for (const attributes of listOf(blocks)) {
          if (!isRecord(attributes)) continue;
          yield {
            source: sourceOf(constructPathIn(attributes)),
            kind,
            type,
            name: () => name,
            likeness: () => likenessOfBlock(type, attributes),
            ...readersOf(attributes),
          };
        }
      }
    }
  }
}

/** How attributes that are written out are read. */
export function readersOf(attributes: JsonObject): Pick<TerraformBlock<unknown>, "read" | "text"> {
  return {
    read: (use, notation) => use(readAttributes(attributes, notation).root),
    text: (name) => {
      const value = attributes[name];
      return typeof value === "string" && !isToken(value) ? value : undefined;
    },
  };
}

function* entriesOf(value: unknown): Generator<readonly [string, unknown]> {
  for (const each of listOf(value)) if (isRecord(each)) yield* Object.entries(each);
}

/** Both libraries note in every block which construct wrote it. */
function constructPathIn({ "//": comment }: JsonObject): string | undefined {
  const metadata = isRecord(comment) ? comment["metadata"] : undefined;
  const path = isRecord(metadata) ? metadata["path"] : undefined;
  return typeof path === "string" ? path : undefined;
}
