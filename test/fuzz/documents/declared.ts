/**
 * An independent count of the clusters that a document declares, from the few places in which each tool
 * writes them. It counts only what is certainly a cluster, shares no code with the readers under test, and
 * never counts too many.
 */
import type { DocumentKind } from "../../../shared/documents/document";

type Block = Readonly<Record<string, unknown>>;

function isBlock(value: unknown): value is Block {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function at(value: unknown, ...keys: readonly string[]): unknown {
  let part = value;
  for (const key of keys) part = isBlock(part) && Object.hasOwn(part, key) ? part[key] : undefined;
  return part;
}

function blocksIn(value: unknown): readonly Block[] {
  return Array.isArray(value) ? value.filter(isBlock) : [];
}

const armType = /^microsoft\.containerservice\/managedclusters$/i;
const pulumiTypes =
  /^(?:azure-native:containerservice(?:\/v\d{8}(?:preview)?)?:ManagedCluster|azure:containerservice\/kubernetesCluster:KubernetesCluster|azurerm:index\/kubernetesCluster:KubernetesCluster)$/;

function isTerraformCluster(type: unknown, attributes: unknown): boolean {
  if (type === "azurerm_kubernetes_cluster") return true;
  const api = at(attributes, "type");
  return type === "azapi_resource" && typeof api === "string" && armType.test(api.replace(/@[\w-]+$/, ""));
}

function isManaged({ mode, deposed, deposed_key: key }: Block): boolean {
  return mode !== "data" && deposed === undefined && key === undefined;
}

/** Names in any case; a name that occurs twice matches nothing. */
function inAnyCase(block: unknown, name: string): unknown {
  if (!isBlock(block)) return undefined;
  const found = Object.keys(block).filter((key) => key.toLowerCase() === name.toLowerCase());
  return found.length === 1 ? block[found[0] ?? ""] : undefined;
}

function ofPlan(document: unknown): number {
  return blocksIn(at(document, "resource_changes")).filter((each) => {
    const actions = at(each, "change", "actions");
    const isKept =
      Array.isArray(actions) &&
      actions.every((action) => ["create", "update", "no-op"].some((each) => each === action));
    return isManaged(each) && isKept && isTerraformCluster(each["type"], at(each, "change", "after"));
  }).length;
}

function ofState(document: unknown): number {
  const shown = blocksIn(at(document, "values", "root_module", "resources")).filter(
    (each) => isManaged(each) && isTerraformCluster(each["type"], each["values"]),
  ).length;
  const stored = blocksIn(at(document, "resources"))
    .filter(isManaged)
    .flatMap(({ type, instances }) =>
      blocksIn(instances).filter((each) => isManaged(each) && isTerraformCluster(type, each["attributes"])),
    ).length;
  return at(document, "format_version") === undefined ? stored : shown;
}

function ofTerraformJson(document: unknown): number {
  let count = 0;
  for (const type of ["azurerm_kubernetes_cluster", "azapi_resource"]) {
    const byName = at(document, "resource", type);
    if (!isBlock(byName)) continue;
    for (const block of Object.values(byName))
      if (isBlock(block) && isTerraformCluster(type, block)) count += 1;
  }
  return count;
}

function ofTemplate(document: unknown): number {
  const template = inAnyCase(inAnyCase(document, "properties"), "template") ?? document;
  const resources = inAnyCase(template, "resources");
  const all = isBlock(resources) ? Object.values(resources).filter(isBlock) : blocksIn(resources);
  return all.filter((each) => {
    const type = inAnyCase(each, "type");
    const isConditional = Object.keys(each).some((key) => /^(?:condition|copy|existing)$/i.test(key));
    return typeof type === "string" && armType.test(type) && !isConditional;
  }).length;
}

function isPulumiCluster(state: unknown): boolean {
  if (!isBlock(state)) return false;
  const { type, custom, external, viewOf, delete: isDeleted } = state;
  return (
    typeof type === "string" &&
    pulumiTypes.test(type) &&
    custom === true &&
    external === undefined &&
    viewOf === undefined &&
    isDeleted === undefined
  );
}

function ofStack(document: unknown): number {
  return blocksIn(at(document, "deployment", "resources")).filter(isPulumiCluster).length;
}

const isMade = (op: unknown): boolean => op === "create" || op === "update" || op === "same";

function ofPreview(document: unknown): number {
  if (Array.isArray(document))
    return blocksIn(document).filter((event) => {
      const step = at(event, "resourcePreEvent", "metadata");
      return (
        isMade(at(step, "op")) &&
        isPulumiCluster(at(step, "new")) &&
        at(step, "type") === at(step, "new", "type")
      );
    }).length;
  return blocksIn(at(document, "steps")).filter(({ op, newState }) => isMade(op) && isPulumiCluster(newState))
    .length;
}

function ofAzure(document: unknown): number {
  const list = Array.isArray(document)
    ? document
    : (at(document, "value") ?? at(document, "data") ?? [document]);
  return blocksIn(list).filter((each) => {
    const type = inAnyCase(each, "type");
    return typeof type === "string" && armType.test(type);
  }).length;
}

/** The minimum number of clusters that the document declares. */
export function clustersDeclared(kind: DocumentKind, document: unknown): number {
  switch (kind) {
    case "terraform-plan":
      return ofPlan(document);
    case "terraform-state":
      return ofState(document);
    case "terraform-json":
    case "terraform-hcl":
      return ofTerraformJson(document);
    case "pulumi-stack":
      return ofStack(document);
    case "pulumi-preview":
      return ofPreview(document);
    case "arm-template":
      return ofTemplate(document);
    case "azure":
      return ofAzure(document);
  }
}
