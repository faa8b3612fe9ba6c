/**
 * States of Terraform and OpenTofu: the output of `show -json`,
 * https://developer.hashicorp.com/terraform/internals/json-format, and the state file itself in version 4
 * (read 2026-11).
 */
import { terraformPartIn, terraformPartOf } from "../../dialects/lookup";
import type { Origin, ReadDocument } from "../document";
import type { JsonObject } from "../json";
import { isRecord, recordsIn } from "../json";
import { once } from "../once";
import { completeClusters } from "./complete";
import { PartsOfClusters } from "./parts";
import type { Linkable } from "./plan/links";
import { Links, linkableOf } from "./plan/links";
import { originOf, resourceInstance } from "./resource-instance";
import { StoredAttributes, storedText } from "./stored-attributes";

/** The clusters of a state. Other versions of either format are refused. */
export function readState(document: JsonObject): ReadDocument | "unsupported format" {
  const { format_version: format, version, values } = document;
  const resources = new StoredResources();
  if (typeof format === "string" && /^1(?:\.|$)/.test(format)) resources.addShown(values);
  else if (format === undefined && version === 4) resources.addStored(document["resources"]);
  else return "unsupported format";
  return { kind: "terraform-state", clusters: resources.clusters(), notes: [] };
}

class StoredResources {
  private readonly parts = new PartsOfClusters<Origin>();
  private readonly linkable: Linkable[] = [];
  private readonly links = once(() => new Links(this.linkable));

  /** The format of `show -json`: modules nested in modules. */
  addShown(values: unknown): void {
    const waiting = [isRecord(values) ? values["root_module"] : undefined];
    while (waiting.length > 0) {
      const module = waiting.pop();
      if (!isRecord(module)) continue;
      for (const each of recordsIn(module["resources"])) {
        const { address, type, name, index, mode, deposed_key: deposed } = each;
        this.add({ address, module: module["address"], type, name, index, mode, deposed }, each["values"]);
      }
      for (const each of recordsIn(module["child_modules"]).reverse()) waiting.push(each);
    }
  }

  /** The format of the file: instances nested in resources. */
  addStored(resources: unknown): void {
    for (const { module, type, name, mode, instances } of recordsIn(resources)) {
      if (typeof type !== "string" || terraformPartOf(type) === undefined) continue;
      for (const { index_key: index, deposed, attributes } of recordsIn(instances))
        this.add({ module, type, name, index, mode, deposed }, withoutTypes(attributes));
    }
  }

  private add({ type, mode, deposed, ...given }: Listed, values: unknown): void {
    if (typeof type !== "string" || terraformPartOf(type) === undefined) return;
    if (mode === "data" || (deposed !== undefined && deposed !== null)) return;
    if (isRecord(values) && terraformPartIn(type, (name) => storedText(values, name)) === undefined) return;
    const instance = resourceInstance({ ...given, type });
    const source = originOf(instance);
    if (!isRecord(values)) {
      this.parts.unreadable.push({ source, error: new TypeError("no values") });
      return;
    }
    this.linkable.push(...linkableOf(instance, values));
    const attributes = new StoredAttributes(values, this.links);
    this.parts.add({ ...instance, kind: "resource", source, attributes });
  }

  clusters(): ReadDocument["clusters"] {
    return completeClusters(this.parts, { used: undefined, newest: undefined });
  }
}

/**
 * In the file, an attribute of dynamic type, such as `body` of azapi 2, is stored with its type: `{ "value":
 * …, "type": … }` (Terraform 1.11 and its library cty, measured 2026-11). `show -json` prints only the value.
 */
function withoutTypes(attributes: unknown): unknown {
  if (!isRecord(attributes)) return attributes;
  return Object.fromEntries(
    Object.entries(attributes).map(([name, value]) => [name, isWithType(value) ? value["value"] : value]),
  );
}

function isWithType(value: unknown): value is JsonObject {
  if (!isRecord(value) || Object.keys(value).length !== 2 || !Object.hasOwn(value, "value")) return false;
  const type = Object.hasOwn(value, "type") ? value["type"] : undefined;
  return typeof type === "string" || Array.isArray(type);
}

interface Listed {
  readonly address?: unknown;
  readonly module: unknown;
  readonly type: unknown;
  readonly name: unknown;
  readonly index: unknown;
  readonly mode: unknown;
  readonly deposed: unknown;
}
