/** What a report says in its fields, for those who read it as data. */
import { describe, expect, test } from "vitest";
import { check } from "../../../shared/check";
import type { DocumentKind } from "../../../shared/documents/document";
import { scopeOf } from "../../../shared/messages/fingerprints";
import type { Configuration } from "../../../shared/policy/schema";
import { exemption } from "../../support/configurations";
import { exampleDay } from "../../support/evaluate";

const configured = "network-policy-configured";
const written = (networkPolicy?: string): object => ({
  resource: {
    azurerm_kubernetes_cluster: {
      aks: {
        network_profile: {
          network_plugin: "azure",
          ...(networkPolicy === undefined ? {} : { network_policy: networkPolicy }),
        },
      },
    },
  },
});
const template = {
  $schema: "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
  resources: [
    {
      type: "Microsoft.ContainerService/managedClusters",
      apiVersion: "2025-07-01",
      name: "aks",
      properties: { dnsPrefix: "aks", networkProfile: { networkPlugin: "azure", networkPolicy: "calico" } },
    },
  ],
};

const reportOn = (document: object, configuration: Configuration = {}) =>
  check(document, configuration, { today: () => exampleDay, stack: "prod" });

describe("a cluster in a report", () => {
  test.each<[document: object, tool: string, engine: string | null]>([
    [written("calico"), "azurerm", "calico"],
    [written("none"), "azurerm", "none"],
    [written("istio"), "azurerm", null],
    [written("${var.engine}"), "azurerm", null],
    [written(), "azurerm", null],
    [template, "arm", "calico"],
  ])("%#: tool %s, engine %s", (document, tool, engine) => {
    const { clusters } = reportOn(document);
    expect(clusters.map((each) => [each.tool, each.engine])).toEqual([[tool, engine]]);
  });

  test("has each rule's verdict", () => {
    const verdictsOf = (document: object, configuration: Configuration = {}): unknown =>
      Object.values(reportOn(document, configuration).clusters[0]?.verdicts ?? {});
    expect(verdictsOf(written("azure"))).toEqual(["pass", "pass", "notice"]);
    expect(verdictsOf(written(), { [configured]: "disabled" })).toEqual(["disabled", "pass", "pass"]);
    expect(verdictsOf(written("${var.engine}"))).toEqual(["unknown", "not-applicable", "pass"]);
  });
});

test.each<[kind: DocumentKind, scopes: readonly (string | undefined)[]]>([
  ["pulumi-stack", [undefined, undefined]],
  ["pulumi-preview", [undefined, undefined]],
  ["azure", [undefined, undefined]],
  ["terraform-plan", ["prod", "a.json"]],
  ["terraform-state", ["prod", "a.json"]],
  ["terraform-json", ["prod", "a.json"]],
  ["terraform-hcl", ["prod", "a.json"]],
  ["arm-template", ["prod", "a.json"]],
])("an address in a %s is unique within %j", (kind, scopes) => {
  const document = { kind, clusters: [], notes: [] };
  expect([
    scopeOf({ ...document, stack: "prod" }, "a.json"),
    scopeOf({ ...document, stack: undefined }, "a.json"),
  ]).toEqual(scopes);
});

describe("the summary of a report", () => {
  test.each<[title: string, document: object, configuration: Configuration, summary: object]>([
    ["a failing cluster", written(), {}, { failing: 1 }],
    ["a passing cluster", written("calico"), {}, { passing: 1 }],
    ["a cluster with a notice", written("azure"), {}, { passing: 1 }],
    ["an unknown cluster", written("${var.engine}"), {}, { unknown: 1 }],
    [
      "an unknown cluster that nobody wants to hear of",
      written("${var.engine}"),
      { [configured]: { unknown: "ignore" }, "network-policy-compatible": { unknown: "ignore" } },
      { unknown: 1 },
    ],
    [
      "a cluster that fails one rule and is not decided by another one",
      {
        resource: {
          azurerm_kubernetes_cluster: {
            aks: {
              network_profile: {
                network_plugin: "kubenet",
                network_policy: "${var.engine}",
                network_data_plane: "cilium",
              },
            },
          },
        },
      },
      {},
      { failing: 1 },
    ],
    [
      "an exempted cluster",
      written(),
      { [configured]: { exemptions: [exemption({ target: "prod:azurerm_kubernetes_cluster.aks" })] } },
      { exempt: 1 },
    ],
  ])("counts %s", (_title, document, configuration, summary) => {
    const none = { failing: 0, baselined: 0, unknown: 0, exempt: 0, passing: 0 };
    expect(reportOn(document, configuration).summary).toEqual({ clusters: 1, ...none, ...summary });
  });
});

describe("a finding in a report", () => {
  const only = (document: object, configuration: Configuration = {}) => {
    const findings = reportOn(document, configuration).clusters.flatMap((each) => each.findings);
    const [finding] = findings;
    if (finding === undefined || findings.length > 1) throw new Error("it is one finding");
    return finding;
  };

  test("has the fix line by line, without the indent of a message", () => {
    expect(only(written())).toMatchObject({
      rule: configured,
      level: "error",
      kind: "failure",
      cause: "not-configured",
      fix: [
        "Fix: inside network_profile, set:",
        '"network_data_plane": "cilium",',
        '"network_policy": "cilium"',
      ],
      exemption: null,
      baseline: null,
    });
  });

  test("that is unknown has no fix", () => {
    const { fix, effect, cause, level } = only(written("${var.engine}"));
    expect([fix, effect, cause, level]).toEqual([[], null, "unknown", "warning"]);
  });

  test("says in one text what was found, and what the program does not show", () => {
    const type = "azure-native:containerservice/v20220101:ManagedCluster";
    const inputs = { networkProfile: { networkPlugin: "azure", networkDataplane: "cilium" } };
    const resource = { urn: `urn:pulumi:dev::shop::${type}::aks`, type, custom: true, inputs };
    const { found } = only({ version: 3, deployment: { resources: [resource] } });
    expect(found).toBe(
      "networkProfile.networkPolicy is not set: this cluster has no network policy engine. networkProfile.networkDataplane is not in API version 2022-01-01, so it is dropped.",
    );
  });

  test("names its exemption only while that is in force", () => {
    const target = "prod:azurerm_kubernetes_cluster.aks";
    const exempting = (more: object): Configuration => ({
      [configured]: { exemptions: [exemption({ target, ...more })] },
    });
    const { exemption: inForce, kind } = only(written(), exempting({ id: "EXM-1" }));
    expect([inForce?.id, kind]).toEqual(["EXM-1", "exempt"]);
    const expired = only(written(), exempting({ createdOn: "2025-01-01", expiresOn: "2025-02-01" }));
    expect([expired.exemption, expired.kind]).toEqual([null, "failure"]);
  });
});
