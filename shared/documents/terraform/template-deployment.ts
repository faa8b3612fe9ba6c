import type { Dialect, TemplateTypes } from "../../dialects/dialect";
import type { ClusterInTemplate } from "../arm/template";
import { parametersIn } from "../arm/parameters";
import { clustersInTemplate } from "../arm/template";
import type { JsonObject } from "../json";
import { isRecord, parsedJson } from "../json";
import { childOf, textOf } from "../separate-pool";
import type { TerraformBlock } from "./block";
import { readBlock } from "./block";
import { isFilledIn } from "./syntax";

/** The clusters of an ARM template that a block deploys. A template that is not written out is nothing that can be read. */
export function clustersOfDeployment(
  block: TerraformBlock<unknown>,
  dialect: Dialect,
  types: TemplateTypes,
): readonly ClusterInTemplate[] {
  const template = documentAt(block, types.template);
  if (template === "absent" || template === "unknown") return [];
  return clustersInTemplate(template, dialect, types, {
    parameters: givenIn(documentAt(block, types.parameters)),
    place: types.template,
    isFilledIn,
  });
}

function givenIn(document: JsonObject | "absent" | "unknown"): unknown {
  if (document === "absent") return {};
  return document === "unknown" ? document : parametersIn(document);
}

function documentAt(block: TerraformBlock<unknown>, name: string): JsonObject | "absent" | "unknown" {
  const content = readBlock(block, (root) => childOf(root, name));
  if (content.kind === "absent") return "absent";
  const document = parsedJson(textOf(content) ?? "");
  return isRecord(document) ? document : "unknown";
}
