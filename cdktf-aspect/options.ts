import { configurationMessage } from "../shared/messages/configuration";
import type { Policy } from "../shared/policy/configuration";
import { readConfiguration } from "../shared/policy/configuration";
import type { Configuration } from "../shared/policy/schema";

export interface AspectOptions {
  /** The clock that ends of support are judged by; the system's by default. Only the UTC day counts. */
  readonly today?: () => Date;
  /** Prints at the end of a synthesis how many clusters were checked; `false` silences that. */
  readonly summary?: boolean;
}

/** Reads a configuration or says what is wrong with it. */
export function policyOf(configuration: Configuration): Policy {
  const read = readConfiguration(configuration);
  if (!read.valid) throw new Error(configurationMessage(read.problems));
  return read.value;
}
