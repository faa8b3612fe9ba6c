import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Configuration } from "aks-network-policy-pack/cdktf";
import { AksNetworkPolicyAspect } from "aks-network-policy-pack/cdktf";
import { Aspects, TerraformStack } from "cdktf"; // or "cdktn"
import type { Construct } from "constructs";

/**
 * The organisation's policy: the same file that Pulumi uses. It ships with this package, so its owners review
 * it.
 */
const expected = JSON.parse(
  readFileSync(join(__dirname, "aks-network-policy.json"), "utf8"),
) as Configuration;

/** The stack that every program of the organisation extends. The Aspect judges everything in it. */
export class OurStack extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    Aspects.of(this).add(new AksNetworkPolicyAspect(expected));
  }
}
