import type { Rule } from "./rule";
import { networkPolicyCompatible } from "./network-policy-compatible/rule";
import { networkPolicyConfigured } from "./network-policy-configured/rule";
import { networkPolicySupported } from "./network-policy-supported/rule";

/** The rules in the order in which a person fixes a cluster. */
export const rules: readonly Rule[] = [
  networkPolicyConfigured,
  networkPolicyCompatible,
  networkPolicySupported,
];
