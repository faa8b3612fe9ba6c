import { readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { describe, expect, test } from "vitest";
import type { CheckOptions } from "../../shared/check";
import { check } from "../../shared/check";
import type { Cluster } from "../../shared/cluster/cluster";
import { azureNative } from "../../shared/dialects/azure-native";
import { configurationMessage } from "../../shared/messages/configuration";
import type { Report } from "../../shared/messages/report";
import type { Policy } from "../../shared/policy/configuration";
import { readConfiguration } from "../../shared/policy/configuration";
import type { Exemption } from "../../shared/policy/exemptions";
import type { Configuration, Level } from "../../shared/policy/schema";
import { readCluster } from "../../shared/reading/cluster";
import type { Cause, RuleName } from "../../shared/rules";
import { rules } from "../../shared/rules";
import type { Circumstances, Rule } from "../../shared/rules/rule";
import type { Verdict } from "../../shared/rules/verdict";
import { exampleDay, plainField } from "../support/evaluate";

const most = 20;

/** What a program can import from a module. */
function exportsOf(file: string): readonly { readonly name: string; readonly isDocumented: boolean }[] {
  const program = ts.createProgram([file], { module: ts.ModuleKind.Node16, types: [], noEmit: true });
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(file);
  const door = source === undefined ? undefined : checker.getSymbolAtLocation(source);
  if (door === undefined) throw new Error(`${file} is no module`);
  return checker.getExportsOfModule(door).map((symbol) => {
    const origin = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
    return { name: symbol.name, isDocumented: origin.getDocumentationComment(checker).length > 0 };
  });
}

describe("the root entry point of the package", () => {
  const file = join(__dirname, "..", "..", "shared", "index.ts");

  test(`has at most ${most} names, each documented, and each used below`, () => {
    const all = exportsOf(file);
    expect(all.length).toBeGreaterThan(0);
    expect(all.length).toBeLessThanOrEqual(most);
    expect(all.filter(({ isDocumented }) => !isDocumented)).toEqual([]);
    const names = all.map(({ name }) => name);
    const here = readFileSync(__filename, "utf8");
    const body = here.slice(here.indexOf("describe("));
    expect(names.filter((name) => !new RegExp(`\\b${name}\\b`).test(body))).toEqual([]);
  });

  test("reads a configuration, or reports its problems", () => {
    const level: Level = "advisory";
    const name: RuleName = "network-policy-supported";
    const configuration: Configuration = { [name]: level };
    const reading = readConfiguration(configuration);
    if (!reading.valid) throw new Error(configurationMessage(reading.problems));
    const policy: Policy = reading.value;
    expect(policy.levels).toEqual({
      "network-policy-configured": "mandatory",
      "network-policy-compatible": "mandatory",
      "network-policy-supported": "advisory",
    });
    const exemptions: readonly Exemption[] = policy.options[name].exemptions;
    expect(exemptions).toEqual([]);

    const wrong = readConfiguration({ [name]: "advisry" });
    expect(wrong.valid ? "" : configurationMessage(wrong.problems)).toContain('did you mean "advisory"');
  });

  test("checks a cluster by each rule", () => {
    const circumstances: Circumstances = { today: exampleDay };
    const cluster: Cluster = readCluster(
      plainField({ networkProfile: { networkPlugin: "azure" } }),
      azureNative,
    );
    const verdicts = rules.map((rule: Rule): [RuleName, Verdict] => [
      rule.name,
      rule.judge(cluster, circumstances),
    ]);
    const cause: Cause = { cause: "not-configured", written: "nothing" };
    expect(verdicts[0]).toEqual(["network-policy-configured", { verdict: "fail", causes: [cause] }]);
    expect(verdicts.slice(1).map(([, { verdict }]) => verdict)).toEqual(["pass", "pass"]);
  });

  test("checks a document from any tool", () => {
    const document = { resource: { azurerm_kubernetes_cluster: { aks: { network_profile: {} } } } };
    const options: CheckOptions = { today: () => exampleDay };
    const report: Report = check(document, {}, options);
    expect(report.clusters.map(({ address, verdicts }) => [address, verdicts])).toEqual([
      [
        "azurerm_kubernetes_cluster.aks",
        {
          "network-policy-configured": "fail",
          "network-policy-compatible": "pass",
          "network-policy-supported": "pass",
        },
      ],
    ]);
    expect(() => check(document, { all: "advisry" } as unknown as Configuration, options)).toThrow(
      "advisory",
    );
  });

  test.each<[title: string, document: unknown, message: string]>([
    ["nothing known", { name: "a package" }, "This is not a kind of document that check reads."],
    ["no document", undefined, "This is not a kind of document that check reads."],
    [
      "a document that is refused",
      { resourcePlans: {} },
      "This document is a Pulumi plan: it has only what changes: use `pulumi preview --json --show-sames`.",
    ],
    [
      "a format of the future",
      { format_version: "2.0", terraform_version: "1.11.0", values: {} },
      "This version of the document's format is not supported.",
    ],
  ])("does not take %s for a document without clusters", (_title, document, message) => {
    expect(() => check(document, {}, { today: () => exampleDay })).toThrow(new TypeError(message));
  });

  test("says where a program declares a cluster, if the document does", () => {
    const type = "azure-native:containerservice:ManagedCluster";
    const urn = `urn:pulumi:dev::shop::${type}::aks`;
    const resource = { urn, type, custom: true, inputs: {}, sourcePosition: "project:///index.ts#12,7" };
    const { clusters, inputs, unreadable, baseline } = check(
      { version: 3, deployment: { resources: [resource] } },
      {},
      { today: () => exampleDay },
    );
    expect(clusters.map(({ location }) => location)).toEqual([{ file: "index.ts", line: 12 }]);
    expect(inputs).toEqual([{ file: null, kind: "pulumi-stack", clusters: 1, notes: [] }]);
    expect([unreadable, baseline]).toEqual([[], null]);
    const [written] = check(
      { resource: { azurerm_kubernetes_cluster: { aks: {} } } },
      {},
      { today: () => exampleDay },
    ).clusters;
    expect(written?.location).toBeNull();
  });
});
