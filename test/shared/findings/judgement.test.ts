/** Verdicts of a whole check: outcomes, levels, and the names by which exemptions mean a cluster. */
import { describe, expect, test } from "vitest";
import { azapiPatch } from "../../../shared/dialects/azapi";
import { azureNative } from "../../../shared/dialects/azure-native";
import type { DocumentKind } from "../../../shared/documents/document";
import { bugFinding, judged } from "../../../shared/findings/judge";
import { judgeDocuments } from "../../../shared/findings/judged-documents";
import { circumstancesOf, isError, worstOf } from "../../../shared/findings/judgement";
import { unusedNewClusters } from "../../../shared/findings/unused-new-clusters";
import { readCluster } from "../../../shared/reading/cluster";
import type { Rule } from "../../../shared/rules/rule";
import { rules } from "../../../shared/rules";
import { exemption, policyOf } from "../../support/configurations";
import { exampleDay, plainField } from "../../support/evaluate";

const [configured] = rules as readonly [Rule, ...Rule[]];

test.each([
  [[], "pass"],
  [["notice"], "pass"],
  [["notice", "exempt"], "exempt"],
  [["exempt", "unknown"], "unknown"],
  [["unknown", "failure", "exempt"], "fail"],
] as const)("the worst of %j is %s", (kinds, outcome) => {
  expect(worstOf(kinds.map((kind) => ({ kind })))).toBe(outcome);
});

test.each([
  [{}, true, []],
  [{ all: "advisory" }, false, []],
  [{ [configured.name]: "remediate" }, true, []],
  [{ [configured.name]: "disabled" }, true, [configured.name]],
] as const)("with %j, a failure is an error: %s; disabled: %j", (configuration, error, disabled) => {
  const policy = policyOf(configuration);
  const failure = bugFinding(configured, undefined);
  expect(isError(failure, policy)).toBe(error);
  expect(isError({ ...failure, kind: "notice" }, policy)).toBe(false);
  expect(circumstancesOf(policy, () => exampleDay).disabled).toEqual(disabled);
});

describe("the verdict of a rule", () => {
  const circumstances = { today: exampleDay };

  test("that meets a bug is a failure", () => {
    const buggy: Rule = {
      ...configured,
      judge: () => {
        throw new TypeError("a bug");
      },
    };
    const subject = { cluster: readCluster(plainField({}), azureNative), dialect: azureNative };
    expect(judged(buggy, subject, circumstances)).toEqual({
      verdict: "fail",
      findings: [bugFinding(configured, new TypeError("a bug"))],
    });
  });

  test("on a patch that states nothing does not apply, and says nothing", () => {
    const subject = { cluster: readCluster(plainField({}), azapiPatch), dialect: azapiPatch };
    expect(judged(configured, subject, circumstances)).toEqual({ verdict: "not applicable", findings: [] });
  });
});

describe("entries of newClusters that match no cluster", () => {
  const unused = (
    newClusters: readonly string[],
    level: "remediate" | "mandatory" = "remediate",
  ): unknown => {
    const policy = policyOf({ [configured.name]: { enforcementLevel: level, autoSet: { newClusters } } });
    const belongs = (address: string): boolean => address.startsWith("s/");
    return unusedNewClusters(
      ["s/aks", "s/Two"],
      belongs,
      circumstancesOf(policy, () => exampleDay),
    );
  };
  const clusters = ["s/aks", "s/Two"];
  test.each<[entries: readonly string[], found: readonly object[]]>([
    [[], []],
    [["s/aks"], []],
    [["t/aks"], []],
    [["s/x"], [{ address: "s/x", near: undefined, clusters }]],
    [["s/two", "s/two", "s/Two"], [{ address: "s/two", near: "s/Two", clusters }]],
  ])("of %j", (entries, found) => {
    expect(unused(entries)).toEqual(found);
  });

  test("name the first of two clusters that differ in case alone", () => {
    const policy = policyOf({
      [configured.name]: { enforcementLevel: "remediate", autoSet: { newClusters: ["s/aks"] } },
    });
    const [found] = unusedNewClusters(
      ["s/AKS", "s/Aks"],
      () => true,
      circumstancesOf(policy, () => exampleDay),
    );
    expect(found?.near).toBe("s/AKS");
  });

  test("are none without options", () => {
    expect(unusedNewClusters(["s/aks"], () => true, { today: exampleDay })).toEqual([]);
  });
});

describe("a target of exemptions", () => {
  const urn = "urn:pulumi:prod::shop::azure-native:containerservice:ManagedCluster::aks";
  const id = "/subscriptions/1/resourceGroups/g/providers/Microsoft.ContainerService/managedClusters/aks";
  const terraform = [
    "terraform-plan",
    "terraform-state",
    "terraform-json",
    "terraform-hcl",
    "arm-template",
  ] as const;
  const foundIn = (kind: DocumentKind, stack: string | undefined, address: string, constructPath?: string) =>
    ({
      kind,
      stack,
      notes: [],
      clusters: [
        { source: { address, ...(constructPath === undefined ? {} : { constructPath }) }, error: 1 },
      ],
    }) as const;

  test.each<[kind: DocumentKind, stack: string | undefined, address: string, targets: readonly string[]]>([
    ["pulumi-stack", undefined, urn, [urn]],
    ["pulumi-preview", "any", urn, [urn]],
    ["azure", undefined, id, [id]],
    ["azure", undefined, id.toUpperCase(), [id.toUpperCase()]],
    ["azure", undefined, "aks", []],
    ...terraform.flatMap((kind) => [
      [kind, "prod", "a.b", ["prod:a.b"]] as [DocumentKind, string, string, string[]],
      [kind, undefined, "a.b", []] as [DocumentKind, undefined, string, string[]],
    ]),
  ])("in %s of stack %s is the cluster %s as %j", (kind, stack, address, targets) => {
    const document = foundIn(kind, stack, address);
    const judgedHere = judgeDocuments([document], policyOf({}), { today: exampleDay });
    expect(judgedHere.targets()).toEqual(targets);
  });

  test("is a construct's path, too, if it is in the stack", () => {
    const targetsOf = (path: string): readonly string[] =>
      judgeDocuments([foundIn("terraform-json", "prod", "a.b", path)], policyOf({}), {
        today: exampleDay,
      }).targets();
    expect(targetsOf("prod/aks")).toEqual(["prod:a.b", "prod/aks"]);
    expect(targetsOf("test/prod/")).toEqual(["prod:a.b"]);
  });

  test.each<
    [kind: DocumentKind, stack: string | undefined, address: string, target: string, concerns: boolean]
  >([
    ["pulumi-stack", undefined, urn, `${urn}2`, true],
    ["pulumi-preview", undefined, urn, `${urn}2`, true],
    ["pulumi-preview", undefined, urn, urn.replace("prod", "test"), false],
    ["azure", undefined, id, `${id}2`, false],
    ["azure", undefined, id, id.toUpperCase(), true],
    ["azure", "prod", id, "prod:a.c", false],
    ...terraform.flatMap((kind) => [
      [kind, "prod", "a.b", "prod:a.c", true] as [DocumentKind, string, string, string, boolean],
      [kind, "prod", "a.b", "prod/aks", true] as [DocumentKind, string, string, string, boolean],
      [kind, "prod", "a.b", "test:a.b", false] as [DocumentKind, string, string, string, boolean],
      [kind, "prod", "a.b", "prod:", false] as [DocumentKind, string, string, string, boolean],
      [kind, undefined, "a.b", "undefined:a.b", false] as [DocumentKind, undefined, string, string, boolean],
    ]),
  ])("in %s of stack %s, beside %s, concerns it: %s: %s", (kind, stack, address, target, concerns) => {
    const policy = policyOf({ [configured.name]: { exemptions: [exemption({ target })] } });
    const { concerned } = judgeDocuments([foundIn(kind, stack, address)], policy, {
      today: exampleDay,
      options: policy.options,
    });
    expect(concerned.size).toBe(concerns ? 1 : 0);
  });
});
