import { configurationMessage } from "../shared/messages/configuration";
import type { Policy } from "../shared/policy/configuration";
import { readConfiguration } from "../shared/policy/configuration";
import { parseJson } from "./json-text";
import { Unreadable, textOf } from "./text-file";

/** Why a configuration cannot be used, as a text of several lines. */
export class InvalidConfiguration extends Error {}

/** The policy of an organisation by its file; the default one where no file is named. */
export function policyIn(file: string | undefined): Policy {
  const reading = readConfiguration(file === undefined ? {} : contentOf(file));
  if (!reading.valid) throw new InvalidConfiguration(configurationMessage(reading.problems));
  return reading.value;
}

function contentOf(file: string): unknown {
  try {
    return parseJson(textOf(file));
  } catch (error) {
    if (error instanceof Unreadable)
      throw new InvalidConfiguration(
        `The configuration ${JSON.stringify(file)} cannot be used. ${error.message}`,
      );
    throw error;
  }
}
