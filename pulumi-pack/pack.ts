/** The pack itself: loading this file starts its server. `./policies` has the policies as values. */
import "./freshness";
import { PolicyPack } from "@pulumi/policy";
import { policies } from "./policies";

new PolicyPack("aks-network-policy", {
  displayName: "AKS network policy",
  description:
    "Stops AKS clusters on which every pod can reach every pod: a network policy engine must be set, fit the cluster and be supported.",
  provider: "azure",
  tags: ["azure", "aks", "kubernetes", "network-policy"],
  enforcementLevel: "mandatory",
  policies: [...policies],
});
