/** Determines the kind of a document by its content, whatever its name. */
import { schemaOf, templateIn } from "./arm/document";
import { isAnswerOfAzure } from "./azure/answer";
import type { DocumentKind } from "./document";
import type { JsonObject } from "./json";
import { isRecord, recordsIn } from "./json";
import { isTerraformJson } from "./terraform/recognise";

/**
 * The kind of a document. `undefined` if there is none, if it is ambiguous, or for a list with a document of
 * another kind in it, which would not be read. HCL is not JSON and is not recognized here.
 */
export function kindOf(document: unknown): DocumentKind | undefined {
  const kind = kindOfOne(document);
  return kindsIn(document).every((own) => own === kind && isListed(kind)) ? kind : undefined;
}

/** Does a list of such documents count as one document? In Pulumi, a list holds the events of one preview. */
function isListed(kind: DocumentKind): boolean {
  return kind === "azure" || kind === "terraform-json";
}

function kindOfOne(document: unknown): DocumentKind | undefined {
  return marks.find(([, has]) => has(document))?.[0];
}

/** The kinds of the list items that are documents themselves. */
function kindsIn(document: unknown): readonly DocumentKind[] {
  return recordsIn(document)
    .filter((item) => !isEmptyAnswer(item))
    .map(kindOfOne)
    .filter((kind) => kind !== undefined);
}

/** An empty list, which any tool may print, says nothing about the kind of the documents next to it. */
function isEmptyAnswer(item: JsonObject): boolean {
  return isAnswerOfAzure(item) && !isAnswerOfAzure([item]);
}

/** Documents that are recognized but cannot be checked, with what to use instead. */
export const refusals = {
  "parameters of an ARM template": "pass them with `--parameters`, after their template",
  "an Azure what-if": "it shows expressions without their values: name the template, with `--parameters`",
  "a Pulumi state file": "use `pulumi stack export`",
  "a Pulumi plan": "it has only what changes: use `pulumi preview --json --show-sames`",
  "several documents": "put each into a separate file",
  "a Terraform log": "use `terraform show -json` of the plan",
  "an encrypted state of OpenTofu": "use `tofu show -json`",
} as const;
export type Refused = keyof typeof refusals;

/** What a document is that `kindOf` does not accept but that is still recognized. */
export function refusedAs(document: unknown): Refused | undefined {
  if (isRecord(document)) {
    if (schemaOf(document)?.includes("deploymentparameters.json") === true)
      return "parameters of an ARM template";
    if (isWhatIf(document)) return "an Azure what-if";
    if (isRecord(document["checkpoint"]) && "latest" in document["checkpoint"]) return "a Pulumi state file";
    if (isRecord(document["resourcePlans"])) return "a Pulumi plan";
    // https://opentofu.org/docs/language/state/encryption (read 2026-11)
    if ("encrypted_data" in document && "encryption_version" in document)
      return "an encrypted state of OpenTofu";
  }
  if (kindsIn(document).length > 0 && kindOf(document) === undefined) return "several documents";
  const [line] = Array.isArray(document) ? (document as readonly unknown[]) : [document];
  return isRecord(line) && typeof line["@level"] === "string" && typeof line["@message"] === "string"
    ? "a Terraform log"
    : undefined;
}

/** Output of `az deployment group what-if --no-pretty-print`; in the REST API it is below `properties`. */
function isWhatIf(document: JsonObject): boolean {
  const { properties } = document;
  return [document, properties].some(
    (each) =>
      isRecord(each) &&
      recordsIn(each["changes"]).some(
        ({ resourceId, changeType }) => resourceId !== undefined && changeType !== undefined,
      ),
  );
}

/** How each kind is recognized. The first match wins. */
const marks: readonly (readonly [DocumentKind, (document: unknown) => boolean])[] = [
  ["terraform-plan", object(isTerraformPlan)],
  ["terraform-state", object(isTerraformState)],
  ["pulumi-stack", object(isPulumiStack)],
  ["pulumi-preview", (document) => isStreamOfPulumi(document) || object(isPulumiPreview)(document)],
  ["arm-template", object((document) => templateIn(document) !== undefined)],
  ["azure", isAnswerOfAzure],
  ["terraform-json", isTerraformJson],
];

function object(is: (document: JsonObject) => boolean): (document: unknown) => boolean {
  return (document) => isRecord(document) && is(document);
}

/** https://developer.hashicorp.com/terraform/internals/json-format (read 2026-11). */
function isTerraformPlan({ format_version, resource_changes, planned_values }: JsonObject): boolean {
  return format_version !== undefined && (Array.isArray(resource_changes) || isRecord(planned_values));
}

/** Output of `terraform show -json` for a state, which may be empty, or the state file itself. */
function isTerraformState(document: JsonObject): boolean {
  const { format_version, values, version, lineage, resources, modules } = document;
  if (format_version !== undefined)
    return isRecord(values) || Object.keys(document).every((key) => keysOfEmptyState.includes(key));
  // Before version 4 it had its resources in modules.
  return version !== undefined && typeof lineage === "string" && [resources, modules].some(Array.isArray);
}

const keysOfEmptyState = ["format_version", "terraform_version"];

/**
 * `UntypedDeployment` of pulumi/pulumi, sdk/go/common/apitype/core.go (read 2026-08). An empty stack has no
 * resources.
 */
function isPulumiStack({ version, deployment }: JsonObject): boolean {
  return (
    version !== undefined &&
    isRecord(deployment) &&
    (Array.isArray(deployment["resources"]) || isRecord(deployment["manifest"]))
  );
}

/**
 * Output of `pulumi preview --json`: `previewDigest` of pulumi/pulumi, pkg/backend/display/json.go (read
 * 2026-08).
 */
function isPulumiPreview({ steps, changeSummary, diagnostics, config, duration }: JsonObject): boolean {
  if (isRecord(changeSummary)) return true;
  if (Array.isArray(steps)) return steps.some((step) => isRecord(step) && "op" in step && "urn" in step);
  // A preview that failed before the first step.
  return Array.isArray(diagnostics) && (isRecord(config) || typeof duration === "number");
}

/** The engine's events, printed one per line. */
function isStreamOfPulumi(document: unknown): boolean {
  return (
    Array.isArray(document) &&
    document.some(
      (event) =>
        isRecord(event) && "sequence" in event && eventsOfPulumi.some((name) => isRecord(event[name])),
    )
  );
}

const eventsOfPulumi = [
  "preludeEvent",
  "resourcePreEvent",
  "resOutputsEvent",
  "summaryEvent",
  "diagnosticEvent",
];
