import { describe, expect, test } from "vitest";
import { armTemplate } from "../../../shared/dialects/arm-template";
import type { TemplateTypes } from "../../../shared/dialects/dialect";
import { clustersInTemplate } from "../../../shared/documents/arm/template";
import type { JsonObject } from "../../../shared/documents/json";
import { rules } from "../../../shared/rules";
import { exampleDay, findingsTold, pulumiVoice } from "../../support/evaluate";
import { processorTime } from "../../support/processor-time";

const aks = "Microsoft.ContainerService/managedClusters";
const types = armTemplate.matches.template as TemplateTypes;

/** The findings of all rules on each cluster of a template; a cluster without findings is only named. */
function told(template: object): string[] {
  return clustersInTemplate(template as JsonObject, armTemplate, types, { parameters: {} }).flatMap(
    ({ part, ...subject }) => {
      const findings = rules.flatMap((rule) =>
        findingsTold(rule, subject, { today: exampleDay }, pulumiVoice),
      );
      if (findings.length === 0) return [part];
      return findings.map(({ kind, cause }) => `${part}: ${[kind, cause].filter(Boolean).join(" ")}`);
    },
  );
}

const cilium = { networkPlugin: "azure", networkDataplane: "cilium", networkPolicy: "cilium" };
const calico = { networkPlugin: "azure", networkPolicy: "calico" };

const cluster = (
  networkProfile: unknown,
  name: string,
  more: object = {},
  settings: object = {},
): object => ({
  type: aks,
  name,
  properties: { dnsPrefix: "aks", networkProfile, ...settings },
  ...more,
});
const pool = (name: string): object => ({
  type: `${aks}/agentPools`,
  name,
  properties: { osType: "Windows" },
});
const deployment = (template: object, more: object = {}): object => ({
  type: "Microsoft.Resources/deployments",
  name: "nested",
  properties: { template },
  ...more,
});

describe("a hostile template ends, and the rest of it is unknown", () => {
  const within = (template: object): readonly string[] => {
    let all: readonly string[] = [];
    expect(processorTime(() => (all = told(template)))).toBeLessThan(20_000);
    return all;
  };
  const copy = { name: "c", count: 800 };

  test("of nested loops", () => {
    let template: object = { resources: [cluster(cilium, "[concat('aks', copyIndex())]", { copy })] };
    for (let i = 0; i < 4; i++) template = { resources: [deployment(template, { copy })] };
    const all = within(template);
    expect(all.length).toBeGreaterThan(0);
    expect(all.filter((line) => !line.endsWith("unknown") && line.includes(":"))).toEqual([]);
  });

  test("of many clusters and pools with unknown names", () => {
    const many = Array.from({ length: 2_000 }, (_, i) => [
      cluster(calico, `[parameters('a${i}')]`),
      pool(`[parameters('p${i}')]`),
    ]);
    expect(within({ resources: many.flat() }).length).toBe(2_000);
  });

  test("of properties with many names in a loop", () => {
    const tags = Object.fromEntries(Array.from({ length: 50_000 }, (_, i) => [`tag${i}`, i]));
    const all = within({ resources: [cluster(cilium, "[concat('a', copyIndex())]", { copy }, tags)] });
    expect(all.at(-1)).toBe("resources[0] copyIndex 799: unknown");
  });
});
