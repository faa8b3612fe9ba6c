import { describe, expect, test } from "vitest";
import { notKnownYet } from "../../../shared/cluster/declaration";
import { azapiPatch } from "../../../shared/dialects/azapi";
import { azureNative } from "../../../shared/dialects/azure-native";
import type { Dialect } from "../../../shared/dialects/dialect";
import { readCluster } from "../../../shared/reading/cluster";
import type { Options, RuleName } from "../../../shared/rules";
import { rules } from "../../../shared/rules";
import { policyOf } from "../../support/configurations";
import { evaluate, exampleDay, plainField, pulumiVoice } from "../../support/evaluate";

interface Profile {
  readonly plugin?: unknown;
  readonly dataplane?: unknown;
  readonly engine?: unknown;
  readonly sku?: unknown;
  readonly secured?: boolean;
  readonly pools?: readonly object[];
  readonly windows?: object;
}

function inputsOf({ plugin, dataplane, engine, sku, secured, pools, windows }: Profile): object {
  return {
    sku: { name: sku },
    agentPoolProfiles: pools,
    windowsProfile: windows,
    networkProfile: {
      networkPlugin: plugin,
      networkDataplane: dataplane,
      networkPolicy: engine,
      advancedNetworking: secured === undefined ? undefined : { security: { enabled: secured } },
    },
  };
}

function told(inputs: unknown, dialect: Dialect, day?: string, options?: Options): string[] {
  const today = day === undefined ? exampleDay : new Date(day);
  return rules.flatMap((rule) =>
    evaluate(rule, { cluster: inputs }, dialect, today, pulumiVoice, undefined, options).map(
      ({ kind, cause = "" }) => `${kind} ${cause}`.trim(),
    ),
  );
}

const open = notKnownYet;
const cilium = { plugin: "azure", dataplane: "cilium", engine: "cilium" };
const windows = { adminUsername: "azureuser" };

describe("known values decide as far as they reach:", () => {
  test.each<[profile: Profile, findings: readonly string[], day?: string]>([
    // Whatever the SKU is.
    [{ sku: open, plugin: "kubenet", engine: "azure" }, ["failure engine-needs-plugin-azure"]],
    [{ sku: open, plugin: "none", engine: "azure" }, ["failure plugin-none-takes-no-engine"]],
    [{ sku: open, plugin: "none", engine: "calico" }, ["failure plugin-none-takes-no-engine"]],
    [
      { sku: open, plugin: "azure", dataplane: "cilium", engine: "none" },
      ["failure dataplane-needs-engine-cilium"],
    ],
    [{ sku: open, plugin: "azure", dataplane: "cilium" }, []],
    [{ ...cilium, sku: open }, []],
    // An unknown image is a hint at most.
    [{ ...cilium, pools: [{ osSKU: open }] }, []],
    [{ ...cilium, pools: [{ osType: open }] }, ["unknown"]],
    // One missing dataplane or plugin is reported once.
    [{ plugin: "azure", engine: "cilium", secured: true }, ["failure cilium-needs-its-dataplane"]],
    [{ plugin: "kubenet", dataplane: "cilium", secured: true }, ["failure dataplane-needs-plugin-azure"]],
    [{ plugin: "kubenet", engine: "cilium", secured: true }, ["failure engine-needs-plugin-azure"]],
    [
      { plugin: "kubenet", engine: "azure", secured: true },
      ["failure engine-needs-plugin-azure", "failure network-security-needs-cilium"],
    ],
    [
      { plugin: "none", engine: "cilium", secured: true },
      ["failure plugin-none-takes-no-engine", "failure network-security-needs-cilium"],
    ],
    [
      { plugin: "none", engine: "calico", secured: true },
      ["failure plugin-none-takes-no-engine", "failure network-security-needs-cilium"],
    ],
    [{ plugin: "azure", engine: "calico", secured: true }, ["failure network-security-needs-cilium"]],
    [{ ...cilium, secured: true }, []],
    // The number of nodes matters only for engine azure.
    [{ plugin: "azure", engine: "calico", pools: [{ count: "many" }] }, []],
    [
      { plugin: "azure", engine: "azure", pools: [{ count: "many" }] },
      ["failure unrecognized-value", "notice engine-azure-ends"],
    ],
    // What Azure rejects has no end of support.
    [{ plugin: "none", engine: "azure" }, ["failure plugin-none-takes-no-engine"]],
    [{ plugin: "kubenet", dataplane: "cilium", engine: "calico" }, ["failure dataplane-needs-plugin-azure"]],
    [{ plugin: "kubenet", engine: "calico" }, ["notice kubenet-ends"]],
    [{ plugin: "kubenet", engine: "calico" }, ["notice kubenet-ends"], "2028-03-31"],
    [{ plugin: "kubenet", engine: "calico" }, ["failure kubenet-ends"], "2028-04-01"],
    [{ plugin: "azure", engine: "azure" }, ["notice engine-azure-ends"], "2028-09-30"],
    [{ plugin: "azure", engine: "azure" }, ["failure engine-azure-ends"], "2028-10-01"],
    // A hint at Windows pools warns until support has ended everywhere.
    [
      { plugin: "azure", engine: "azure", windows },
      ["notice engine-azure-ends-on-windows", "notice engine-azure-ends"],
      "2028-09-30",
    ],
    [{ plugin: "azure", engine: "azure", windows }, ["failure engine-azure-ends"], "2028-10-01"],
    // If another rule already fails, an undecided end of support adds nothing.
    [{ plugin: "azure", engine: "azure", pools: [{ osType: open }] }, ["unknown"]],
    [
      { plugin: "azure", dataplane: "cilum", engine: "azure", pools: [{ osType: open }] },
      ["failure unrecognized-value"],
    ],
  ])("%o: %j", (profile, findings, day) => {
    expect(told(inputsOf(profile), azureNative, day)).toEqual(findings);
  });

  test("a profile that is not an object is reported once", () => {
    expect(told({ networkProfile: 5 }, azureNative)).toEqual(["failure not-an-engine"]);
    expect(told({ networkProfile: { networkPolicy: 5, networkPlugin: 5 } }, azureNative)).toEqual([
      "failure not-an-engine",
      "failure unrecognized-value",
    ]);
  });

  test.each([{ engine: "azure" }, { plugin: "azure", engine: "azure" }])(
    "a patch that states %j, with an unknown pool",
    (profile) => {
      const properties = inputsOf({ ...profile, pools: [{ osType: open }] });
      expect(told({ body: { properties } }, azapiPatch)).toEqual(["unknown"]);
    },
  );

  const notConfigured = ["failure not-configured"];
  test.each<[properties: object, findings: readonly string[]]>([
    [{ networkProfile: { networkPolicy: "" } }, notConfigured],
    [{ networkProfile: { networkPolicy: null } }, notConfigured],
    [{ networkProfile: null }, notConfigured],
    [{ networkProfile: "" }, notConfigured],
    [{ networkProfile: { networkPolicy: null, networkPlugin: "azure" } }, notConfigured],
    [{ networkProfile: { networkPolicy: "", networkDataplane: "azure" } }, notConfigured],
    [{ networkProfile: { networkPolicy: "", networkDataplane: "cilium" } }, []],
    [{ networkProfile: { networkPolicy: undefined } }, []],
    [{ networkProfile: { networkPlugin: null } }, []],
    [{ networkProfile: {} }, []],
    [{ agentPoolProfiles: null }, []],
    [
      { networkProfile: { networkPolicy: "cilium", networkDataplane: null } },
      ["failure cilium-needs-its-dataplane"],
    ],
  ])("what a patch states counts as stated, even if it is nothing: %o", (properties, findings) => {
    expect(told({ body: { properties } }, azapiPatch)).toEqual(findings);
  });

  test.each([null, "", {}, undefined])("a patch whose document is %j states nothing", (body) => {
    expect(told({ body }, azapiPatch)).toEqual([]);
  });

  test.each<[configuration: object, profile: Profile, day: string]>([
    [
      { "network-policy-configured": { bringYourOwnCni: "allow" } },
      { sku: open, plugin: "none" },
      "2026-11-23",
    ],
    [
      { "network-policy-supported": { noticeDays: 0 } },
      { plugin: "kubenet", engine: "calico" },
      "2028-03-31",
    ],
  ])("with %j, nothing is reported of %o on %s", (configuration, profile, day) => {
    expect(told(inputsOf(profile), azureNative, day, policyOf(configuration).options)).toEqual([]);
  });
});

describe("a rule defers to another", () => {
  const [configured] = rules;
  test.each<[profile: Profile, verdict: object]>([
    [{ sku: "Automatic", engine: "azure" }, { verdict: "not applicable" }],
    [{ sku: "Automatic", engine: "calico" }, { verdict: "not applicable" }],
    [{ sku: "Automatic", engine: "none" }, { verdict: "not applicable" }],
    [
      { sku: "Automatic", engine: "cilium" },
      { verdict: "pass", notices: [] },
    ],
    [{ plugin: "none", engine: "calico" }, { verdict: "not applicable" }],
    [{ plugin: "kubenet", dataplane: "cilium" }, { verdict: "not applicable" }],
    [{ plugin: "azure" }, { verdict: "fail", causes: [{ cause: "not-configured", written: "nothing" }] }],
    [
      { plugin: "azure", engine: "none" },
      { verdict: "fail", causes: [{ cause: "not-configured", written: "none" }] },
    ],
  ])("%j: %j", (profile, verdict) => {
    const cluster = readCluster(plainField(inputsOf(profile)), azureNative);
    expect(configured?.judge(cluster, { today: exampleDay })).toEqual(verdict);
  });
});

test("an invalid engine is reported by the compatibility rule if the rule for the engine is disabled", () => {
  const rule = rules.find(({ name }) => name === "network-policy-compatible");
  const judged = (engine: unknown, disabled: readonly RuleName[]): unknown => {
    const cluster = readCluster(
      plainField({ networkProfile: { networkPlugin: "azure", networkPolicy: engine } }),
      azureNative,
    );
    const verdict = rule?.judge(cluster, { today: exampleDay, disabled });
    return verdict?.verdict === "fail" ? verdict.causes.map(({ cause }) => cause) : verdict?.verdict;
  };
  expect(judged("istio", [])).toBe("pass");
  expect(judged("istio", ["network-policy-supported"])).toBe("pass");
  expect(judged("istio", ["network-policy-configured"])).toEqual(["unrecognized-value"]);
  expect(judged(5, ["network-policy-configured"])).toEqual(["unrecognized-value"]);
  expect(judged("calico", ["network-policy-configured"])).toBe("pass");
});

test("an unknown engine, with only the support rule enabled, is supported as long as every engine is", () => {
  const cluster = readCluster(plainField(inputsOf({ plugin: "azure", engine: notKnownYet })), azureNative);
  const supported = rules.find(({ name }) => name === "network-policy-supported");
  const disabled = ["network-policy-configured", "network-policy-compatible"] as const;
  expect(supported?.judge(cluster, { today: exampleDay, disabled })).toEqual({
    verdict: "pass",
    notices: [],
  });
});
