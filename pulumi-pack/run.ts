import type { ResourceValidationArgs, StackValidationArgs } from "@pulumi/policy";
import { withExemption } from "../shared/findings/exempted";
import type { Finding } from "../shared/findings/finding";
import { messageOf } from "../shared/messages/message";
import type { Voice } from "../shared/messages/voice";
import { exemptionOf, exemptionsFrom } from "../shared/policy/exemptions";
import type { Circumstances, Rule } from "../shared/rules/rule";
import type { AutoSets } from "./auto-set";
import type { ConfigurationOfRun } from "./configuration";
import type { Inventory } from "./inventory";
import type { Reported } from "./reported";

/** State shared by the policies of one run. */
export interface Run {
  readonly inventory: Inventory;
  readonly configuration: ConfigurationOfRun;
  readonly autoSets: AutoSets;
  readonly reported: Reported;
  /** What the SDK throws if a rule does not apply, by reason. */
  readonly refusals: Map<string, Promise<never>>;
  readonly today: () => Date;
}

/**
 * The SDK's object form of a report, which gives one violation its own level: 1.15.0 prints `[object
 * Object]`, 1.20.0 supports it, and its types do not have it yet.
 */
export type Report = (violation: {
  readonly message: string;
  readonly urn?: string | undefined;
  readonly enforcementLevel?: "advisory" | "mandatory";
}) => void;

/** The step of Pulumi that knows every value. */
export const late = "`pulumi up`";

/** An invalid configuration is never used: the run fails at its first resource, at any level. */
export function mayJudge(
  rule: Rule,
  { configuration }: Run,
  args: ResourceValidationArgs | StackValidationArgs,
  urn: string | undefined,
  report: Report,
): boolean {
  const { refusal, isNew } = configuration.read(rule, args.getConfig());
  if (refusal === undefined) return true;
  if (isNew) report({ message: refusal, urn, enforcementLevel: "mandatory" });
  return false;
}

/**
 * Tells the SDK that a rule has nothing to report, as an asynchronous policy does: a promise rejected with
 * the SDK's own error. The error is created once per reason, because throwing it would cost more than
 * everything else that is done for a resource that is not a cluster.
 */
export function notApplicable(
  { refusals }: Run,
  args: ResourceValidationArgs,
  reason: string,
): Promise<never> {
  const known = refusals.get(reason);
  if (known !== undefined) return known;
  const refusal = Promise.resolve().then(() => args.notApplicable(reason));
  refusals.set(reason, refusal);
  return refusal;
}

/** Applies the exemption of the cluster with this URN to findings. */
export function exempted(
  { name }: Rule,
  findings: readonly Finding[],
  urn: string,
  circumstances: Circumstances,
): readonly Finding[] {
  return withExemption(findings, exemptionOf(exemptionsFrom(name, circumstances), urn), circumstances);
}

/** Reports findings on the cluster with this URN in the words of this moment. `part` is where in the resource the cluster is. */
export function send(
  findings: readonly Finding[],
  urn: string,
  report: Report,
  voice: Voice,
  part?: string,
): void {
  for (const finding of findings) {
    const message = `${part === undefined ? "" : `In ${part}: `}${messageOf(finding, voice)}`;
    report(finding.kind === "failure" ? { message, urn } : { message, urn, enforcementLevel: "advisory" });
  }
}
