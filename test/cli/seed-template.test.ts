/**
 * The ARM template from PSRule's page on this rule, rewritten: everything but the engine comes from
 * parameters and variables.
 */
import { expect, test } from "vitest";
import { checked } from "../support/command";

const pool = (name: string, maxCount: number): object => ({
  name,
  minCount: 3,
  maxCount,
  enableAutoScaling: true,
  vnetSubnetID: "[parameters('subnet')]",
  mode: name === "system" ? "System" : "User",
});

function template(engine: string | undefined, mostNodes = 20): object {
  return {
    $schema: "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
    contentVersion: "1.0.0.0",
    parameters: Object.fromEntries(
      ["name", "location", "identity", "version", "prefix", "subnet"].map((name) => [
        name,
        { type: "string" },
      ]),
    ),
    variables: { services: "10.0.0.0/16" },
    resources: [
      {
        type: "Microsoft.ContainerService/managedClusters",
        apiVersion: "2023-11-01",
        name: "[parameters('name')]",
        location: "[parameters('location')]",
        identity: {
          type: "UserAssigned",
          userAssignedIdentities: {
            "[format('{0}', resourceId('Microsoft.ManagedIdentity/userAssignedIdentities', parameters('identity')))]":
              {},
          },
        },
        properties: {
          kubernetesVersion: "[parameters('version')]",
          dnsPrefix: "[parameters('prefix')]",
          agentPoolProfiles: [pool("system", 5), pool("user", mostNodes)],
          aadProfile: { managed: true, tenantID: "[subscription().tenantId]" },
          networkProfile: {
            networkPlugin: "azure",
            ...(engine === undefined ? {} : { networkPolicy: engine }),
            serviceCidr: "[variables('services')]",
          },
        },
      },
    ],
  };
}

test.each([
  ["azure", 20, { configured: "pass", compatible: "pass", supported: "notice" }, 0],
  ["azure", 300, { configured: "pass", compatible: "fail", supported: "notice" }, 1],
  ["calico", 300, { configured: "pass", compatible: "pass", supported: "pass" }, 0],
  ["none", 20, { configured: "fail", compatible: "pass", supported: "pass" }, 1],
  [undefined, 20, { configured: "fail", compatible: "pass", supported: "pass" }, 1],
] as const)("with engine %s and at most %i nodes in a pool", async (engine, nodes, verdicts, expected) => {
  const { code, report } = await checked({ "template.json": template(engine, nodes) }, ["template.json"]);
  expect(code).toBe(expected);
  const [cluster] = report.clusters;
  expect(cluster?.address).toBe("[parameters('name')]");
  const found = Object.entries(cluster?.verdicts ?? {}).map(([rule, verdict]) => [
    rule.replace("network-policy-", ""),
    verdict,
  ]);
  expect(Object.fromEntries(found)).toEqual(verdicts);
});
