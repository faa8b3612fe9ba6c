import type { DocumentNote, PlannedChange, ReadDocument } from "../document";
import type { JsonObject } from "../json";
import { isRecord, recordsIn, textIn } from "../json";
import type { ShownResource } from "./resources";
import { clustersOfResources, shownResource, textsIn } from "./resources";

/**
 * Reads a preview: the output of `pulumi preview --json`, or the list of events that it prints one per line
 * with PULUMI_ENABLE_STREAMING_JSON_PREVIEW. Clusters are read as the program declares them, from the inputs
 * of each step.
 */
export function readPulumiPreview(document: unknown): ReadDocument {
  const { steps, changes, isFailed } = Array.isArray(document)
    ? previewOfEvents(document)
    : previewOfDigest(isRecord(document) ? document : {});
  const sames = steps.filter(({ op }) => op === "same").length;
  const notes: DocumentNote[] = [];
  if (isFailed) notes.push("the preview failed");
  const all = isRecord(changes) ? changes["same"] : 0;
  if (typeof all === "number" && all > sames) notes.push("the preview leaves unchanged resources out");
  return { kind: "pulumi-preview", clusters: clustersOfResources(resourcesOf(steps)), notes };
}

/** One operation of the engine on a resource. */
interface Step {
  readonly op: unknown;
  readonly urn: unknown;
  readonly type: unknown;
  /** The resource after the step. */
  readonly state: unknown;
  readonly replaceReasons: unknown;
  readonly detailedDiff: unknown;
}

interface Preview {
  readonly steps: readonly Step[];
  /** The number of operations of each kind. */
  readonly changes: unknown;
  readonly isFailed: boolean;
}

/** `previewDigest` of pulumi/pulumi, pkg/backend/display/json.go (read 2026-08). */
function previewOfDigest({ steps, changeSummary, diagnostics }: JsonObject): Preview {
  return {
    steps: recordsIn(steps).map(({ op, urn, newState, replaceReasons, detailedDiff }) => {
      const type = isRecord(newState) ? newState["type"] : undefined;
      return { op, urn, type, state: newState, replaceReasons, detailedDiff };
    }),
    changes: changeSummary,
    isFailed: recordsIn(diagnostics).some(isError),
  };
}

/** `EngineEvent` of pulumi/pulumi, sdk/go/common/apitype/events.go (read 2026-08). */
function previewOfEvents(events: readonly unknown[]): Preview {
  const steps: Step[] = [];
  let summary: JsonObject | undefined;
  let hasError = false;
  for (const event of recordsIn(events)) {
    const { resourcePreEvent: before, diagnosticEvent: diagnostic, summaryEvent } = event;
    const step = isRecord(before) ? before["metadata"] : undefined;
    if (isRecord(step)) {
      const { op, urn, type, new: state, keys, detailedDiff } = step;
      steps.push({ op, urn, type, state, replaceReasons: keys, detailedDiff });
    }
    if (isRecord(diagnostic)) hasError ||= isError(diagnostic);
    if (isRecord(summaryEvent)) summary = summaryEvent;
  }
  // Every preview ends with a summary; if it is missing, steps may be missing too.
  const isFailed = hasError || summary === undefined || summary["result"] === "failed";
  return { steps, changes: summary?.["resourceChanges"], isFailed };
}

function isError({ severity }: JsonObject): boolean {
  return severity === "error";
}

/** The program does not declare what the engine deletes or only refreshes. */
const opsOfDeletions: readonly unknown[] = [
  "delete",
  "delete-replaced",
  "discard",
  "discard-replaced",
  "read-discard",
  "remove-pending-replace",
];
const opsOfReads: readonly unknown[] = ["read", "read-replacement"];

function resourcesOf(steps: readonly Step[]): ShownResource[] {
  const replaced = new Set(steps.filter(({ op }) => op === "create-replacement").map(({ urn }) => urn));
  return steps.flatMap((step, i) => {
    const { op, urn, type, state } = step;
    const isRepeated = op === "replace" && replaced.has(urn);
    if (isRepeated || op === "refresh" || opsOfDeletions.includes(op)) return [];
    const resource = shownResource(isRecord(state) ? state : {}, { urn, type }, `steps[${i}]`);
    return [
      opsOfReads.includes(op)
        ? { ...resource, isDeclared: false }
        : { ...resource, planned: plannedBy(step) },
    ];
  });
}

/** `undefined` for an operation that the engine is not known to have. */
function plannedBy(step: Step): PlannedChange | undefined {
  switch (step.op) {
    case "create":
      return { action: "create", because: [] };
    case "update":
      return { action: "update", because: [] };
    case "same":
    case "import":
      return { action: "none", because: [] };
    case "replace":
    case "create-replacement":
    case "import-replacement":
      return { action: "replace", because: reasonsOf(step) };
    default:
      return undefined;
  }
}

/** The properties that force a replacement; from the provider's detailed diff if there is one. */
function reasonsOf({ replaceReasons, detailedDiff }: Step): readonly string[] {
  const detailed = Object.entries(isRecord(detailedDiff) ? detailedDiff : {});
  const replacing = detailed.flatMap(([path, change]) =>
    isRecord(change) && textIn(change["kind"]).endsWith("-replace") ? [path] : [],
  );
  return (replacing.length > 0 ? replacing : textsIn(replaceReasons)).filter(isPath);
}

/** A property path as Pulumi writes it. Other texts are not shown. */
function isPath(text: string): boolean {
  return /^[\w.[\]"-]{1,200}$/.test(text);
}
