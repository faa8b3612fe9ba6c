/** ARM templates with clusters, and what the rules say of them. */
import { armTemplate } from "../../shared/dialects/arm-template";
import type { TemplateTypes } from "../../shared/dialects/dialect";
import type { Deployment } from "../../shared/documents/arm/template";
import { clustersInTemplate } from "../../shared/documents/arm/template";
import type { JsonObject } from "../../shared/documents/json";
import { rules } from "../../shared/rules";
import { exampleDay, findingsTold, pulumiVoice } from "./evaluate";

export const aks = "Microsoft.ContainerService/managedClusters";
export const types = armTemplate.matches.template as TemplateTypes;

/** The findings of all rules on each cluster of a template; a cluster without findings is only named. */
export function told(template: object, deployment: Partial<Deployment> = {}): string[] {
  const found = clustersInTemplate(template as JsonObject, armTemplate, types, {
    parameters: {},
    ...deployment,
  });
  return found.flatMap(({ part, ...subject }) => {
    const findings = rules.flatMap((rule) => findingsTold(rule, subject, { today: exampleDay }, pulumiVoice));
    if (findings.length === 0) return [part];
    return findings.map(({ kind, cause }) => `${part}: ${[kind, cause].filter(Boolean).join(" ")}`);
  });
}

export const cilium = { networkPlugin: "azure", networkDataplane: "cilium", networkPolicy: "cilium" };
export const calico = { networkPlugin: "azure", networkPolicy: "calico" };

/** A whole cluster. */
export const cluster = (
  networkProfile: unknown,
  name = "aks",
  more: object = {},
  settings: object = {},
): object => ({
  type: aks,
  name,
  properties: { dnsPrefix: "aks", networkProfile, ...settings },
  ...more,
});
export const pool = (name: string, osType = "Windows", more: object = {}): object => ({
  type: `${aks}/agentPools`,
  name,
  properties: { osType },
  ...more,
});
export const deployment = (template: object, more: object = {}, properties: object = {}): object => ({
  type: "Microsoft.Resources/deployments",
  name: "nested",
  properties: { template, ...properties },
  ...more,
});
