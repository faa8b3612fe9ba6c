const { PolicyPack } = require("@pulumi/policy");

const count = Number(process.env.IDLE_POLICIES ?? 1);
const policies = Array.from({ length: count }, (_, i) => ({
  name: `idle-${i}`,
  description: "Does nothing.",
  validateResource() {},
  validateStack() {},
}));
new PolicyPack("idle", { enforcementLevel: "mandatory", policies });
