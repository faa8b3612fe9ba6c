import type { Rule } from "../rule";
import { networkPolicyCompatible } from "./network-policy-compatible";
import { networkPolicyConfigured } from "./network-policy-configured";
import { networkPolicySupported } from "./network-policy-supported";

/** The rules in the order in which a person fixes a cluster. */
export const rules: readonly Rule[] = [
  networkPolicyConfigured,
  networkPolicyCompatible,
  networkPolicySupported,
];
