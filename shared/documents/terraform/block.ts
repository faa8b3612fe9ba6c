import { terraformPartOf } from "../../dialects/lookup";
import type { JsonObject } from "../json";
import { isRecord } from "../json";
import type { Attributes } from "./attributes";
import { listOf } from "./syntax";

/** Identifies a block by its position in a document. */
export interface BlockName {
  readonly kind: "resource" | "module";
  /** The type of a resource, such as `azurerm_kubernetes_cluster`; empty for a module. */
  readonly type: string;
  readonly name: string;
}

/** A block as written. */
export interface BlockWithAttributes extends BlockName {
  readonly attributes: JsonObject;
}

/**
 * What is known of a block beyond its content. `Source` is how its host identifies it: an address, or a
 * construct.
 */
export interface BlockOrigin<Source> {
  readonly source: Source;
  /** The program uses a generated class and knows the attributes by that class's names. */
  readonly typed?: boolean;
  /** The provider version that the program's classes were generated for. */
  readonly toolVersion?: string | undefined;
  /** The module source as the program declares it, if the block itself does not have it. */
  readonly moduleSource?: unknown;
}

/** A resource or module of a Terraform document. */
export interface TerraformBlock<Source> extends BlockName, BlockOrigin<Source> {
  /** Terraform's name for it, if that is more than its type and name. */
  readonly address?: string;
  readonly attributes: Attributes;
}

/** A block's address in a document: `azurerm_kubernetes_cluster.aks`, `module.aks`. */
export function addressOf({ kind, type, name, address }: BlockName & { readonly address?: string }): string {
  return address ?? `${kind === "module" ? kind : type}.${name}`;
}

/**
 * The modules of a document in Terraform's JSON syntax, and the resources that may be part of a cluster.
 * Blocks may be written in lists at every level:
 * https://developer.hashicorp.com/terraform/language/syntax/json.
 */
export function* blocksOf(document: unknown): Generator<BlockWithAttributes> {
  for (const [kind, part] of entriesOf(document)) {
    if (kind !== "resource" && kind !== "module") continue;
    const byType = kind === "resource" ? entriesOf(part) : [["", part] as const];
    for (const [type, byName] of byType) {
      if (kind === "resource" && terraformPartOf(type) === undefined) continue;
      for (const [name, blocks] of entriesOf(byName)) {
        for (const attributes of listOf(blocks))
          if (isRecord(attributes)) yield { kind, type, name, attributes };
      }
    }
  }
}

/** The entries of an object, or of all objects in a list. */
export function* entriesOf(value: unknown): Generator<readonly [string, unknown]> {
  for (const each of listOf(value)) if (isRecord(each)) yield* Object.entries(each);
}
