import type { CheckOptions } from "../../shared/check";
import { check } from "../../shared/check";
import type { Configuration } from "../../shared/policy/schema";

/** What is reported of a cluster in a written document. */
export interface WrittenFinding {
  readonly address: string;
  readonly level: "error" | "warning";
  readonly message: string;
}

/** Checks a document and lists what is reported, each with the rule before it as the Aspect's annotations have it. */
export function judgeWritten(
  document: unknown,
  configuration: Configuration = {},
  { today = () => new Date(), ...options }: Partial<CheckOptions> = {},
): WrittenFinding[] {
  return check(document, configuration, { today, ...options }).clusters.flatMap(({ address, findings }) =>
    findings.map(({ rule, level, message }) => ({ address, level, message: `${rule}: ${message}` })),
  );
}
