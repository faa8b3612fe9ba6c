import { describe, expect, test } from "vitest";
import { exampleDay } from "../../support/evaluate";
import { judgeWritten } from "../../support/judge-written";

describe("an invalid engine", () => {
  const document = {
    resource: {
      azurerm_kubernetes_cluster: {
        aks: { network_profile: { network_plugin: "azure", network_policy: "istio" } },
      },
    },
  };
  test.each([
    [{}, ["network-policy-configured"]],
    [{ "network-policy-configured": "disabled" }, ["network-policy-compatible"]],
    [{ "network-policy-compatible": "disabled" }, ["network-policy-configured"]],
  ] as const)("is reported once, with %j", (configuration, rules) => {
    const told = judgeWritten(document, configuration, { today: () => exampleDay });
    expect(told.map(({ message }) => message.split(":")[0])).toEqual(rules);
    expect(told.map(({ level }) => level)).toEqual(["error"]);
    expect(told[0]?.message).toContain("network_policy is not one of azure, calico, cilium");
  });
});
