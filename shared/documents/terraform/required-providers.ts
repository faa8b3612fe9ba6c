import { isRecord, textIn } from "../json";
import { listOf } from "./syntax";

/**
 * The version constraint of a document on azurerm; empty if it has none:
 * https://developer.hashicorp.com/terraform/language/providers/requirements.
 */
export function constraintOnAzurerm(document: unknown): string {
  for (const settings of blocksIn(document, "terraform")) {
    for (const providers of blocksIn(settings, "required_providers")) {
      for (const required of Object.values(isRecord(providers) ? providers : {})) {
        if (!isRecord(required) || !/(?:^|\/)azurerm$/i.test(textIn(required["source"]))) continue;
        const { version } = required;
        if (typeof version === "string") return version;
      }
    }
  }
  return "";
}

/** The blocks of one holder, or of all in a list. */
function blocksIn(holder: unknown, name: string): readonly unknown[] {
  return listOf(holder).flatMap((each) => (isRecord(each) ? listOf(each[name]) : []));
}
