/**
 * Plans of Terraform and OpenTofu, as printed by `show -json`:
 * https://developer.hashicorp.com/terraform/internals/json-format (read 2026-11).
 */
import { terraformPartIn, terraformPartOf } from "../../dialects/lookup";
import { exactVersionIn, newestAllowedBy } from "../../dialects/version-constraint";
import type { DocumentNote, Origin, ReadDocument } from "../document";
import type { JsonObject } from "../json";
import { isRecord, recordsIn } from "../json";
import { once } from "../once";
import type { AzurermVersions } from "./complete";
import { completeClusters } from "./complete";
import { PartsOfClusters } from "./parts";
import { actionOf, replacedBecauseOf } from "./plan/change";
import { Configuration, partOf } from "./plan/configuration";
import type { Linkable } from "./plan/links";
import { Links, linkableOf } from "./plan/links";
import type { ConfiguredResource } from "./plan/planned-attributes";
import { PlannedAttributes, plannedText } from "./plan/planned-attributes";
import type { ResourceInstance } from "./resource-instance";
import { originOf, resourceInstance } from "./resource-instance";

/**
 * The clusters that exist after a plan, including unchanged ones. A different major version of the format is
 * refused.
 */
export function readPlan(document: JsonObject): ReadDocument | "unsupported format" {
  const { format_version: format, resource_changes: changes, planned_values: planned } = document;
  if (typeof format !== "string" || !/^1(?:\.|$)/.test(format)) return "unsupported format";
  // Terraform prints no values without the changes that lead to them.
  if (!Array.isArray(changes) && hasResources(planned)) return "unsupported format";
  const resources = new PlannedResources(new Configuration(document));
  for (const each of Array.isArray(changes) ? (changes as readonly unknown[]) : [])
    if (isRecord(each)) resources.add(each);
  return { kind: "terraform-plan", clusters: resources.clusters(), notes: notesOf(document) };
}

function hasResources(planned: unknown): boolean {
  const root = isRecord(planned) ? planned["root_module"] : undefined;
  return (
    isRecord(root) && [root["resources"], root["child_modules"]].some((each) => recordsIn(each).length > 0)
  );
}

function notesOf({ complete, errored, deferred_changes: deferred }: JsonObject): readonly DocumentNote[] {
  const notes: DocumentNote[] = [];
  if (errored === true) notes.push("the plan failed");
  else if (complete === false) notes.push("the plan is incomplete");
  if (Array.isArray(deferred) && deferred.length > 0) notes.push("the plan defers changes");
  return notes;
}

class PlannedResources {
  private readonly parts = new PartsOfClusters<Origin>();
  private readonly linkable: Linkable[] = [];
  private readonly links = once(() => new Links(this.linkable));

  constructor(private readonly configuration: Configuration) {}

  add(resource: JsonObject): void {
    // The type comes first, because most resources of a plan are not part of a cluster.
    const { type, mode, deposed, change } = resource;
    if (typeof type !== "string" || terraformPartOf(type) === undefined) return;
    if (mode === "data" || (deposed !== undefined && deposed !== null)) return;
    const action = isRecord(change) ? actionOf(change) : undefined;
    if (action === "remove") return;
    const { after_unknown: marks, after, replace_paths: paths }: JsonObject = isRecord(change) ? change : {};
    const values = marks === true ? {} : after;
    if (isRecord(values) && !terraformPartIn(type, (name) => plannedText(values, marks, name))) return;
    const { address, module_address: module, name, index } = resource;
    const instance = resourceInstance({ address, module, type, name, index });
    const because = action === "replace" ? replacedBecauseOf(paths) : [];
    const origin = originOf(instance);
    const source: Origin = action === undefined ? origin : { ...origin, planned: { action, because } };
    if (!isRecord(values)) {
      this.parts.unreadable.push({ source, error: new TypeError("no values") });
      return;
    }
    this.linkable.push(...linkableOf(instance, values));
    const configured = once(() => this.configuredAs(instance));
    const attributes = new PlannedAttributes(values, marks, configured, this.links);
    this.parts.add({ ...instance, kind: "resource", source, attributes });
  }

  private configuredAs({ steps, type, name, key }: ResourceInstance): ConfiguredResource | undefined {
    const module = steps && this.configuration.moduleAt(steps);
    const resource = module?.resource(`${type}.${name}`);
    if (steps === undefined || module === undefined || resource === undefined) return undefined;
    return {
      expressions: partOf(resource, "expressions") ?? {},
      scope: {
        configuration: this.configuration,
        module,
        steps,
        key,
        forEach: resource["for_each_expression"],
      },
    };
  }

  clusters(): ReadDocument["clusters"] {
    return completeClusters(this.parts, this.azurermVersions());
  }

  private azurermVersions(): AzurermVersions {
    const constraint = this.configuration.constraintOnAzurerm();
    const used = exactVersionIn(constraint);
    return { used, newest: used ?? newestAllowedBy(constraint) };
  }
}
