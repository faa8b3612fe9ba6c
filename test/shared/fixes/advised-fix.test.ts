import { describe, expect, test } from "vitest";
import type { Unrecognized } from "../../../shared/cluster/setting";
import { azureNative } from "../../../shared/dialects/azure-native";
import { advisedFix, pathsOf } from "../../../shared/fixes/advised-fix";
import { readCluster } from "../../../shared/reading/cluster";
import { defaultOptions, rules } from "../../../shared/rules";
import { exampleDay, plainField } from "../../support/evaluate";

const configured = "network-policy-configured";

/** The advice on every cause of a cluster, rule by rule. */
function advised(inputs: object, bringYourOwnCni: "fail" | "warn" = "fail", today = exampleDay) {
  const subject = { cluster: readCluster(plainField(inputs), azureNative), dialect: azureNative };
  const options = { ...defaultOptions, [configured]: { ...defaultOptions[configured], bringYourOwnCni } };
  const circumstances = { today, options };
  return rules.flatMap((rule) => {
    const verdict = rule.judge(subject.cluster, circumstances);
    const causes =
      verdict.verdict === "fail" ? verdict.causes : verdict.verdict === "pass" ? verdict.notices : [];
    return causes.map((cause) => advisedFix(cause, subject, circumstances));
  });
}

describe("a fix names its paths:", () => {
  const wrong: Unrecognized = { unrecognized: "text", at: "a.b", expected: "one of c" };
  test.each<[fix: Parameters<typeof pathsOf>[0], paths: readonly string[]]>([
    [
      {
        kind: "write",
        settings: [
          { setting: "dataplane", path: "n.d", value: "cilium" },
          { setting: "engine", path: "n.e", value: "cilium" },
        ],
        newerApi: false,
      },
      ["n.d", "n.e"],
    ],
    [{ kind: "remove", paths: ["n.e"] }, ["n.e"]],
    [{ kind: "correct", wrong }, ["a.b"]],
    [{ kind: "split the cluster" }, []],
    [{ kind: "no accepted engine", accepted: ["azure"] }, []],
    [{ kind: "another Windows", end: "2027-03-15" }, []],
  ])("%j", (fix, paths) => {
    expect(pathsOf(fix)).toEqual(paths);
  });
});

test.each([
  ["fail", "needs consent"],
  ["warn", "accepted"],
] as const)("where clusters with a CNI of their own %s, keeping it %s", (bringYourOwnCni, keepCni) => {
  const found = advised({ networkProfile: { networkPlugin: "none" } }, bringYourOwnCni);
  expect(found.map((each) => each.keepCni)).toEqual([keepCni]);
});

test.each<[title: string, inputs: object, kind: string, hasEffect: boolean]>([
  ["an engine", { networkProfile: { networkPlugin: "azure" } }, "write", true],
  [
    "networking of its own under SKU Automatic",
    { sku: { name: "Automatic" }, networkProfile: { networkPolicy: "calico" } },
    "remove",
    true,
  ],
  [
    "Windows Server 2025",
    {
      networkProfile: { networkPlugin: "azure", networkPolicy: "calico" },
      agentPoolProfiles: [{ name: "win", osType: "Windows", osSKU: "Windows2025" }],
    },
    "another Windows",
    false,
  ],
  [
    "Windows pools beside what only Cilium has",
    {
      networkProfile: {
        networkPlugin: "azure",
        networkPolicy: "cilium",
        networkDataplane: "cilium",
        ipFamilies: ["IPv4", "IPv6"],
      },
      agentPoolProfiles: [{ name: "win", osType: "Windows" }],
    },
    "split the cluster",
    false,
  ],
  [
    "a value that no fix writes",
    {
      networkProfile: {
        networkPlugin: "azure",
        networkPolicy: "cilium",
        networkDataplane: "cilium",
        ipFamilies: ["IPv5"],
      },
    },
    "correct",
    false,
  ],
])("the fix for %s: %s", (_title, inputs, kind, hasEffect) => {
  const found = advised(inputs);
  expect(found.map(({ fix }) => fix.kind)).toEqual([kind]);
  expect(found.map((each) => "effect" in each)).toEqual([hasEffect]);
});
