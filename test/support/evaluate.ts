import type { RealEngine } from "../../shared/cluster/cluster";
import { withPools } from "../../shared/cluster/cluster";
import type { Declaration } from "../../shared/cluster/declaration";
import { notKnownYet } from "../../shared/cluster/declaration";
import type { Dialect } from "../../shared/dialects/dialect";
import type { Finding } from "../../shared/findings/finding";
import { keyOf } from "../../shared/findings/finding";
import { findingsOf } from "../../shared/findings/judge";
import { messageOf } from "../../shared/messages/message";
import type { Voice } from "../../shared/messages/voice";
import { readCluster } from "../../shared/reading/cluster";
import type { Field } from "../../shared/reading/field";
import { fieldsOf } from "../../shared/reading/field";
import { readPool } from "../../shared/reading/pool";
import type { Inputs, Spelled } from "../../shared/reading/spell";
import { spell } from "../../shared/reading/spell";
import type { Subject } from "../../shared/reading/subject";
import type { CauseName, Options } from "../../shared/rules";
import { defaultOptions } from "../../shared/rules";
import type { Circumstances, Example, Rule } from "../../shared/rules/rule";

/** The default date for examples. */
export const exampleDay = new Date("2026-11-23T12:00:00Z");

/** The pack's voice when a resource is registered, and at the end of a run. */
export const pulumiVoice = {
  late: "`pulumi up`",
  then: "That step checks the cluster again, at this rule's level, before it changes anything.",
};
export const pulumiVoiceAtTheEnd = {
  late: "`pulumi up`",
  then: "That step judges the cluster again with its node pools, once they exist.",
};

/** The Aspect's voice; nothing checks after its single step. */
export const aspectVoice: Voice = {
  late: "`terraform plan`",
  then: "Terraform does not check it again: write a literal value, or run `aks-network-policy-pack check` on the plan.",
};

/** Reads plain objects, with `notKnownYet` for values that a host does not know yet. */
export const plainField: (value: unknown) => Field = fieldsOf((holder, key) => {
  const value: unknown = Reflect.get(holder, key);
  return value === notKnownYet ? "unknown" : { value };
});

/** A finding as tests see it. */
export interface Told {
  readonly kind: Finding["kind"];
  readonly cause?: CauseName;
  /** Distinguishes two findings of one rule on one cluster. */
  readonly key: string;
  readonly message: string;
}

export function tell(finding: Finding, voice: Voice = pulumiVoice): Told {
  return {
    kind: finding.kind,
    ...(finding.about === "cause" ? { cause: finding.cause.cause } : {}),
    key: keyOf(finding),
    message: messageOf(finding, voice),
  };
}

/** The findings of one rule on one cluster, in a host's voice. */
export function findingsTold(
  rule: Rule,
  subject: Subject,
  circumstances: Circumstances,
  voice: Voice,
): Told[] {
  return findingsOf(rule, subject, circumstances).map((finding) => tell(finding, voice));
}

/** Evaluates a resource's inputs without any host, separate pools included. */
export function evaluate(
  rule: Rule,
  inputs: { readonly cluster: unknown; readonly separatePools?: readonly unknown[] },
  dialect: Dialect,
  today = exampleDay,
  voice: Voice = pulumiVoice,
  toolVersion?: string,
  options: Options = defaultOptions,
): Told[] {
  const cluster = readCluster(plainField(inputs.cluster), dialect);
  const pools = (inputs.separatePools ?? []).map((pool) => readPool(plainField(pool), dialect));
  const subject = { cluster: withPools(cluster, pools), dialect, toolVersion };
  return findingsTold(rule, subject, { today, options }, voice);
}

/** An organisation that accepts these engines, with defaults for everything else. */
export function accepting(engines: readonly RealEngine[]): Options {
  const configured = { ...defaultOptions["network-policy-configured"], engines };
  return { ...defaultOptions, "network-policy-configured": configured };
}

/** Every dialect that can express the declaration, with its spelling. */
export function spellings<D extends Dialect>(
  declaration: Declaration,
  dialects: readonly D[],
): { readonly dialect: D; readonly spelled: Spelled }[] {
  return dialects.flatMap((dialect) => {
    const spelled = spell(declaration, dialect);
    return spelled === undefined ? [] : [{ dialect, spelled }];
  });
}

/** A deep copy with every `notKnownYet` replaced, for hosts with their own mark. */
export function withUnknowns(inputs: Inputs, unknown: unknown): Inputs {
  const copy = (value: unknown): unknown => {
    if (value === notKnownYet) return unknown;
    if (Array.isArray(value)) return value.map(copy);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, copy(inner)]));
  };
  return copy(inputs) as Inputs;
}

/** Does a declaration's spelling contain an unknown value? */
export function hasUnknown(value: unknown): boolean {
  if (value === notKnownYet) return true;
  return typeof value === "object" && value !== null && Object.values(value).some(hasUnknown);
}

/** The expected kinds of findings on a worked example, and their causes. */
export function expectedOf(example: Example): { kinds: string[]; causes: string[] } {
  switch (example.expect.verdict) {
    case "pass":
    case "not applicable":
      return { kinds: [], causes: [] };
    case "unknown":
      return { kinds: ["unknown"], causes: [] };
    case "fail":
      return { kinds: example.expect.causes.map(() => "failure"), causes: [...example.expect.causes] };
    case "notice":
      return { kinds: example.expect.causes.map(() => "notice"), causes: [...example.expect.causes] };
  }
}
