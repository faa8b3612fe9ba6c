import { describe, expect, test } from "vitest";
import type { Definition } from "../../shared/azure-policy/definition";
import { commandIn } from "../support/command";

async function printed(args: readonly string[], files = {}): Promise<Definition> {
  const { code, out, error } = await commandIn(files, ["azure-policy", ...args]);
  expect([code, error]).toEqual([0, ""]);
  return JSON.parse(out) as Definition;
}

test("prints the definition for clusters, which audits", async () => {
  const { name, properties } = await printed([]);
  expect(name).toBe("aks-network-policy-cluster");
  expect(properties).toMatchObject({
    policyType: "Custom",
    mode: "All",
    metadata: { category: "Kubernetes", nonComplianceMessage: expect.stringContaining("https://") as string },
    parameters: {
      effect: { defaultValue: "Audit" },
      engines: { defaultValue: ["azure", "calico", "cilium"] },
    },
    policyRule: {
      if: { allOf: [{ field: "type", equals: "Microsoft.ContainerService/managedClusters" }, {}] },
      then: { effect: "[parameters('effect')]" },
    },
  });
});

test("prints the one for node pools", async () => {
  const { name, properties } = await printed(["--resource", "node-pool"]);
  expect(name).toBe("aks-network-policy-node-pool");
  const type = "Microsoft.ContainerService/managedClusters/agentPools";
  expect(properties.policyRule.if).toMatchObject({ allOf: [{ field: "type", equals: type }, {}] });
});

test("uses the given effect, and the configuration's options", async () => {
  const configuration = { "network-policy-configured": { engines: ["cilium"], bringYourOwnCni: "warn" } };
  const args = ["--effect", "Deny", "--config", "policy.json"];
  const { properties } = await printed(args, { "policy.json": configuration });
  expect(properties.parameters).toMatchObject({
    effect: { defaultValue: "Deny" },
    engines: { defaultValue: ["cilium"] },
    bringYourOwnCni: { defaultValue: "warn" },
  });
});

describe("rejects", () => {
  const disabled = { "policy.json": { all: "disabled" } };
  const rows: readonly (readonly [args: readonly string[], files: object, reason: string])[] = [
    [["--effect", "deny"], {}, "--effect is one of Audit, Deny, Disabled."],
    [["--effect", "Modify"], {}, "--effect is one of Audit, Deny, Disabled."],
    [["--effect", ""], {}, "--effect is one of Audit, Deny, Disabled."],
    [["--resource", "pool"], {}, "--resource is one of cluster, node-pool."],
    [["--effect", "Audit", "--effect", "Deny"], {}, "An option is given twice."],
    [["cluster"], {}, "azure-policy takes options only."],
    [["--format", "json"], {}, "Unknown option '--format'"],
    [["--config", "policy.json"], disabled, "The configuration disables every rule"],
    [["--config", "policy.json"], { "policy.json": { al: "disabled" } }, 'unknown key "al"'],
    [["--config", "none.json"], {}, "none.json"],
  ];
  test.each(rows)("%j", async (args, files, reason) => {
    const { code, out, error } = await commandIn(files as Readonly<Record<string, unknown>>, [
      "azure-policy",
      ...args,
    ]);
    expect([code, out]).toEqual([2, ""]);
    expect(error).toContain(reason);
  });
});
