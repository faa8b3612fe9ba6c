import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { azureNative } from "../../shared/dialects/azure-native";
import type { PackConfig, Props, StackResource } from "../engine/analyzer";
import { unknown, urnOf } from "../engine/analyzer";
import type { ClockedPack } from "../support/clocked-pack";
import { bootClockedPack } from "../support/clocked-pack";
import { declared, files, refusal, refusalOf, shown } from "../support/configuration-files";
import { badConfigurations } from "../support/configurations";
import { withUnknowns } from "../support/evaluate";

const bad = Object.entries(badConfigurations);
const clusterType = "azure-native:containerservice:ManagedCluster";
const rootType = "pulumi:pulumi:Stack";

let clocked: ClockedPack;
beforeAll(async () => {
  clocked = await bootClockedPack();
});
afterAll(() => clocked.stop());

function resourceOf(name: string, props: Props, type = clusterType): StackResource {
  return { type, name, urn: urnOf(type, name), props };
}

describe("an invalid configuration is refused before any cluster is checked,", () => {
  test.each(bad)("by the pack, once: %s", async (_title, { file, problems, engine, dropped }) => {
    const configured = clocked.pack.configure(file as PackConfig);
    if (engine !== undefined) {
      await expect(configured).rejects.toThrow();
      return;
    }
    await configured;
    const resources = [
      resourceOf("project-dev", {}, rootType),
      resourceOf("one", { resourceGroupName: "rg" }),
      resourceOf("two", { resourceGroupName: "rg" }),
    ];
    const said = [];
    for (const resource of resources) said.push(...(await clocked.pack.analyze(resource)).violations);
    said.push(...(await clocked.pack.analyzeStack(resources)).violations);
    const told = said.filter(({ message }) => message.startsWith(refusal));
    if (dropped === true) {
      expect(told).toEqual([]);
      return;
    }
    const message = refusalOf(problems);
    expect(told.map((each) => [each.enforcementLevel, each.urn, each.message])).toEqual([
      ["mandatory", resources[0]?.urn, message],
    ]);
    // The rule with the invalid configuration checks nothing.
    const rule = told[0]?.policyName;
    expect(said.filter((each) => each.policyName === rule)).toHaveLength(1);
  });
});

describe.each(files)("one file, %s,", (_title, file, said) => {
  test("in Pulumi", async () => {
    const config = JSON.parse(JSON.stringify(file)) as PackConfig;
    // A pack that was asked about a rule in an earlier run cannot tell that it is disabled in this one.
    const own = JSON.stringify(file).includes("disabled") ? await bootClockedPack() : undefined;
    const { pack } = own ?? clocked;
    await pack.configure(config);
    try {
      const resources = [
        resourceOf("project-dev", {}, rootType),
        ...declared(azureNative).map(([name, { cluster }]) =>
          resourceOf(name, withUnknowns({ resourceName: name, ...cluster }, unknown) as Props),
        ),
      ];
      const violations = [];
      for (const resource of resources) violations.push(...(await pack.analyze(resource)).violations);
      violations.push(...(await pack.analyzeStack(resources)).violations);
      const findings = violations.map(({ policyName, enforcementLevel, urn = "" }) => ({
        stops: enforcementLevel === "mandatory",
        rule: policyName,
        cluster: urn.split("::").at(-1) ?? "",
      }));
      expect(shown(findings)).toEqual(said);
    } finally {
      await own?.stop();
    }
  });
});

test("the example is accepted", async () => {
  const file = join(__dirname, "..", "..", "examples", "aks-network-policy.json");
  await clocked.pack.configure(JSON.parse(readFileSync(file, "utf8")) as PackConfig);
  const { violations } = await clocked.pack.analyze(resourceOf("project-dev", {}, rootType));
  expect(violations).toEqual([]);
});
