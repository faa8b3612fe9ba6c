const { PolicyPack } = require("@pulumi/policy");

const isCluster = (type) => type === "azure-native:containerservice:ManagedCluster";

const count = Number(process.env.IDLE_POLICIES ?? 1);
const policies = Array.from({ length: count }, (_, i) => ({
  name: `idle-${i}`,
  description: "Does nothing.",
  // The SDK's own `validateResourceOfType` does the same for other resources.
  validateResource: (args) => (isCluster(args.type) ? undefined : args.notApplicable()),
  validateStack() {},
}));
new PolicyPack("idle", { enforcementLevel: "mandatory", policies });
