import { ManagedCluster } from "@pulumi/azure-native/containerservice";
import { PolicyPack, validateResourceOfType } from "@pulumi/policy";

new PolicyPack("typical", {
  policies: [
    {
      name: "network-policy",
      description: "AKS clusters need a network policy engine.",
      enforcementLevel: "mandatory",
      validateResource: validateResourceOfType(ManagedCluster, (cluster, _args, reportViolation) => {
        if (!cluster.networkProfile?.networkPolicy) reportViolation("Set networkProfile.networkPolicy.");
      }),
    },
  ],
});
