import { readArmTemplate } from "./arm/document";
import { readAzure } from "./azure/document";
import type { DocumentKind, ReadDocument } from "./document";
import { isRecord } from "./json";
import { readPulumiPreview } from "./pulumi/preview";
import { readPulumiStack } from "./pulumi/stack";
import { readTerraformJson } from "./terraform/json";
import { readPlan } from "./terraform/plan";
import { readState } from "./terraform/state";

/** Reads a document of a known kind. Versions of a kind that are not supported are refused. */
export function readDocument(
  document: unknown,
  kind: DocumentKind,
  parameters?: unknown,
): ReadDocument | "unsupported format" {
  switch (kind) {
    case "terraform-plan":
      return isRecord(document) ? readPlan(document) : "unsupported format";
    case "terraform-state":
      return isRecord(document) ? readState(document) : "unsupported format";
    case "terraform-json":
    case "terraform-hcl":
      return readTerraformJson([document], kind);
    case "pulumi-stack":
      return readPulumiStack(document);
    case "pulumi-preview":
      return readPulumiPreview(document);
    case "arm-template":
      return readArmTemplate(document, parameters);
    case "azure":
      return readAzure(document);
  }
}
