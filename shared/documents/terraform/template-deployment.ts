import type { Dialect, TemplateTypes } from "../../dialects/dialect";
import type { Field } from "../../reading/field";
import type { ClusterInTemplate } from "../arm/template";
import { parametersIn } from "../arm/parameters";
import { clustersInTemplate } from "../arm/template";
import type { JsonObject } from "../json";
import { isRecord, parsedJson } from "../json";
import { childOf, textOf } from "../separate-pool";
import type { TerraformBlock } from "./block";

/** The clusters of an ARM template that a block deploys. A template that is not written out is nothing that can be read. */
export function clustersOfDeployment(
  block: TerraformBlock<unknown>,
  dialect: Dialect,
  types: TemplateTypes,
): readonly ClusterInTemplate[] {
  const root = block.attributes.read();
  const template = documentAt(root, types.template);
  if (template === "absent" || template === "unknown") return [];
  return clustersInTemplate(template, dialect, types, {
    parameters: givenIn(documentAt(root, types.parameters)),
    place: types.template,
    isFilledIn: (value) => block.attributes.isFilledIn(value),
  });
}

function givenIn(document: JsonObject | "absent" | "unknown"): unknown {
  if (document === "absent") return {};
  return document === "unknown" ? document : parametersIn(document);
}

function documentAt(root: Field, name: string): JsonObject | "absent" | "unknown" {
  const content = childOf(root, name);
  if (content.kind === "absent") return "absent";
  const document = parsedJson(textOf(content) ?? "");
  return isRecord(document) ? document : "unknown";
}
