import { isRecord } from "../shared/documents/json";
import { isToken } from "../shared/documents/terraform/syntax";

/**
 * A resource's attributes as HCL will hold them. The libraries describe each attribute by its value and kind; an
 * override lands beside the value, where the HCL renderer does not look.
 */
export function asHcl(attributes: unknown): unknown {
  if (Array.isArray(attributes)) return attributes.map(asHcl);
  if (!isRecord(attributes) || isToken(attributes)) return attributes;
  if ("value" in attributes && ("type" in attributes || "isBlock" in attributes || "is_block" in attributes))
    return asHcl(attributes["value"]);
  return Object.fromEntries(Object.entries(attributes).map(([name, value]) => [name, asHcl(value)]));
}
