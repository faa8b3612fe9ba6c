import type { ResourceValidationPolicy } from "@pulumi/policy";
import { PolicyPack } from "@pulumi/policy";
import { policies } from "aks-network-policy-pack/pulumi";

const clusterHasAnOwner: ResourceValidationPolicy = {
  name: "cluster-has-an-owner",
  description: "Every AKS cluster names the team that owns it.",
  enforcementLevel: "advisory",
  validateResource: (args, report) => {
    if (!/^azure-native:containerservice[^:]*:ManagedCluster$/.test(args.type))
      args.notApplicable("not an AKS cluster");
    const { tags } = args.props as { tags?: Record<string, string> };
    if (tags?.["owner"] === undefined) report("The cluster has no tag `owner`.");
  },
};

const ours = [clusterHasAnOwner];

new PolicyPack("our-rules", { policies: [...policies, ...ours] });
