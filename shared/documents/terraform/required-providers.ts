import { isRecord, textIn } from "../json";
import { listOf } from "./syntax";

/** The constraint that a document sets on the version of azurerm; empty where it sets none: https://developer.hashicorp.com/terraform/language/providers/requirements. */
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

/** Of one holder, or of all that are in a list. */
function blocksIn(holder: unknown, name: string): readonly unknown[] {
  return listOf(holder).flatMap((each) => (isRecord(each) ? listOf(each[name]) : []));
}
