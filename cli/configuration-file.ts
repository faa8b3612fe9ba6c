import { configurationMessage } from "../shared/messages/configuration";
import type { Policy } from "../shared/policy/configuration";
import { readConfiguration } from "../shared/policy/configuration";
import { parseJson } from "./json-text";
import { refuseRepeatedNames } from "./repeated-names";
import { reasonIn, textOf } from "./text-file";

/** Why a configuration or a baseline cannot be used, as text of several lines. */
export class Unusable extends Error {}

/** An organisation's policy from its file; the default policy without a file. */
export function policyIn(file: string | undefined): Policy {
  const reading = readConfiguration(file === undefined ? {} : contentOf("configuration", file));
  if (!reading.valid) throw new Unusable(configurationMessage(reading.problems));
  return reading.value;
}

export function contentOf(what: "configuration" | "baseline", file: string): unknown {
  try {
    const text = textOf(file);
    const content = parseJson(text);
    refuseRepeatedNames(text);
    return content;
  } catch (error) {
    throw new Unusable(`The ${what} ${JSON.stringify(file)} cannot be used. ${reasonIn(error)}`);
  }
}
