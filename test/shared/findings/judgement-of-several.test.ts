/** One judgement of several clusters and documents: disabled rules, exemptions, new clusters, bugs. */
import { describe, expect, test } from "vitest";
import { azureNative } from "../../../shared/dialects/azure-native";
import type { ReadDocument } from "../../../shared/documents/document";
import { readTerraformJson } from "../../../shared/documents/terraform/json";
import { withAutoSetRemark, wroteFinding } from "../../../shared/findings/auto-set";
import { keyOf } from "../../../shared/findings/finding";
import { bugFinding } from "../../../shared/findings/judge";
import { judgeDocuments } from "../../../shared/findings/judged-documents";
import { circumstancesOf, Judgement, outcomeOf } from "../../../shared/findings/judgement";
import type { Configuration } from "../../../shared/policy/schema";
import { readCluster } from "../../../shared/reading/cluster";
import { rules } from "../../../shared/rules";
import type { Rule } from "../../../shared/rules/rule";
import { exemption, policyOf } from "../../support/configurations";
import { exampleDay, plainField } from "../../support/evaluate";

const configured = "network-policy-configured";

interface Found {
  readonly name: string;
  readonly subject: {
    readonly cluster: ReturnType<typeof readCluster>;
    readonly dialect: typeof azureNative;
  };
}

function judgementOf(configuration: Configuration, clusters: readonly Found[], clock = () => exampleDay) {
  const policy = policyOf(configuration);
  const found = clusters.map((each) => ({ ...each, source: each.name, address: () => each.name }));
  const judgement = new Judgement(policy, circumstancesOf(policy, clock), found as never, (each) => [
    (each as unknown as Found).name,
  ]);
  return {
    judgement,
    judged: found.map((each) => judgement.judge(each as never)),
  };
}

const clusterOf = (name: string, networkPolicy?: string): Found => ({
  name,
  subject: {
    cluster: readCluster(
      plainField({
        networkProfile: { networkPlugin: "azure", ...(networkPolicy === undefined ? {} : { networkPolicy }) },
      }),
      azureNative,
    ),
    dialect: azureNative,
  },
});

describe("one judgement", () => {
  test("has the verdict of each enabled rule, and an outcome", () => {
    const { judged } = judgementOf({}, [clusterOf("a"), clusterOf("b", "calico"), clusterOf("c", "azure")]);
    expect(judged.map((each) => each.map(({ verdict }) => verdict))).toEqual([
      ["fail", "pass", "pass"],
      ["pass", "pass", "pass"],
      ["pass", "pass", "pass"],
    ]);
    expect(judged.map(outcomeOf)).toEqual(["fail", "pass", "pass"]);
    // A notice does not change the outcome.
    expect(judged[2]?.flatMap(({ findings }) => findings.map(({ kind }) => kind))).toEqual(["notice"]);
  });

  test("asks no disabled rule", () => {
    const { judged } = judgementOf({ [configured]: "disabled" }, [clusterOf("a")]);
    expect(judged[0]?.map(({ rule }) => rule.name)).toEqual([
      "network-policy-compatible",
      "network-policy-supported",
    ]);
  });

  test("fails a cluster whose check breaks, for each rule that broke", () => {
    const broken = (): Date => {
      throw new Error("no clock");
    };
    const [judged = []] = judgementOf({}, [clusterOf("a", "azure")], broken).judged;
    const failed = judged.filter(({ verdict }) => verdict === "fail");
    expect(failed.length).toBeGreaterThan(0);
    expect(new Set(failed.flatMap(({ findings }) => findings.map(({ about }) => about)))).toEqual(
      new Set(["bug"]),
    );
  });

  test("exempts a cluster whose name is its own, and from that rule alone", () => {
    const { judged, judgement } = judgementOf(
      { [configured]: { exemptions: [exemption({ target: "a" })] } },
      [clusterOf("a"), clusterOf("b")],
    );
    expect(judged.map(outcomeOf)).toEqual(["exempt", "fail"]);
    expect(judgement.unusedExemptions(() => true)).toEqual([]);
  });

  test("exempts neither of two clusters of one name, nor one that has another name", () => {
    const exempting = { [configured]: { exemptions: [exemption({ target: "a" })] } };
    const two = judgementOf(exempting, [clusterOf("a"), clusterOf("a")]);
    expect(two.judged.map(outcomeOf)).toEqual(["fail", "fail"]);
    const other = judgementOf(exempting, [clusterOf("b")]);
    expect(other.judged.map(outcomeOf)).toEqual(["fail"]);
    expect(other.judgement.unusedExemptions(() => true)).toHaveLength(1);
    expect(other.judgement.unusedExemptions(() => false)).toEqual([]);
  });

  test.each([
    ["remediate", ["gone"]],
    ["mandatory", []],
  ] as const)("names the new clusters that are not there, at level %s", (enforcementLevel, addresses) => {
    const options = { enforcementLevel, autoSet: { newClusters: ["a", "gone"] } };
    const { judgement } = judgementOf({ [configured]: options }, [clusterOf("a")]);
    expect(judgement.unusedNewClusters(() => true).map(({ address }) => address)).toEqual(addresses);
  });

  test("has no new clusters if none are configured", () => {
    const { judgement } = judgementOf({ [configured]: "remediate" }, [clusterOf("a")]);
    expect(judgement.unusedNewClusters(() => true)).toEqual([]);
  });
});

describe("an exemption and several documents", () => {
  const documentOf = (clusters: Readonly<Record<string, string | undefined>>): ReadDocument =>
    readTerraformJson([
      {
        resource: {
          azurerm_kubernetes_cluster: Object.fromEntries(
            Object.entries(clusters).map(([name, engine]) => [
              name,
              {
                network_profile: {
                  network_plugin: "azure",
                  ...(engine === undefined ? {} : { network_policy: engine }),
                },
              },
            ]),
          ),
        },
      },
    ]);
  const unusedIn = (target: string, ...documents: readonly ReadDocument[]): string[] => {
    const policy = policyOf({ [configured]: { exemptions: [exemption({ target })] } });
    const named = documents.map((document) => ({ ...document, stack: "prod" }));
    const { unused } = judgeDocuments(
      named,
      policy,
      circumstancesOf(policy, () => exampleDay),
    );
    return unused.map(({ because }) => because.matches);
  };
  const target = "prod:azurerm_kubernetes_cluster.a";
  const [bad, good, other] = [
    documentOf({ a: undefined }),
    documentOf({ a: "calico" }),
    documentOf({ b: "calico" }),
  ];

  test.each<[title: string, documents: readonly ReadDocument[], unused: readonly string[]]>([
    ["is used in the only one", [bad], []],
    ["is used in one of two", [bad, other], []],
    ["is used in the last of three", [other, good, bad], []],
    ["is used in none: no cluster", [other, other], ["no cluster"]],
    ["is used in none: the cluster of one complies", [other, good], ["a cluster that complies"]],
    ["is used in none: the cluster of the first complies", [good, other, other], ["a cluster that complies"]],
    ["is used in neither: both comply", [good, good], ["a cluster that complies"]],
  ])("%s", (_title, documents, unused) => {
    expect(unusedIn(target, ...documents)).toEqual(unused);
  });

  test("concerns no other stack", () => {
    expect(unusedIn("test:azurerm_kubernetes_cluster.a", other)).toEqual([]);
  });
});

test("what auto-set reports is a notice of its own kind", () => {
  const { subject } = clusterOf("a");
  const wrote = wroteFinding(subject, [
    { setting: "engine", path: "networkProfile.networkPolicy", value: "calico" },
  ]);
  const bug = bugFinding(rules[0] as Rule, new Error("no"));
  expect([wrote.kind, keyOf(wrote), keyOf(bug)]).toEqual(["notice", "auto-set wrote", "bug"]);
  const remark = { state: "refused", refusal: { because: "nothing to do" }, address: "a" } as const;
  expect(withAutoSetRemark([wrote, bug], remark)).toEqual([wrote, bug]);
});
