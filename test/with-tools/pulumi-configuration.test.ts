import { expect, test } from "vitest";
import { analyze, preview, stateOf } from "../pulumi-cli/cli";
import { describeWithPulumi } from "../pulumi-cli/describe";
import { packFolder } from "../support/clocked-pack";
import { refusal, refusalOf } from "../support/configuration-files";
import { badConfigurations } from "../support/configurations";

const bad = Object.entries(badConfigurations);
const clusterType = "azure-native:containerservice:ManagedCluster";

describeWithPulumi("the real CLI", () => {
  test.concurrent.each(bad)("rejects: %s", async (_title, { file, problems, engine, dropped }) => {
    const state = stateOf([{ type: clusterType, name: "aks", inputs: { resourceGroupName: "rg" } }]);
    const packConfig = file as Readonly<Record<string, unknown>>;
    const { exitCode, stderr, events } = await analyze({ state, pack: packFolder, packConfig });
    expect(exitCode).not.toBe(0);
    if (engine !== undefined) {
      expect(stderr).toContain(engine);
      expect(events).toEqual([]);
      return;
    }
    const told = events.filter(({ message }) => message.startsWith(refusal));
    if (dropped === true) {
      expect(told).toEqual([]);
      return;
    }
    const message = refusalOf(problems);
    expect(told.map((each) => [each.enforcementLevel, each.message])).toEqual([["mandatory", message]]);
  });

  test("reports it once in a preview of many clusters, and the run fails although every rule is advisory", async () => {
    const { exitCode, stdout, events } = await preview({
      program: ({ resource }) => {
        for (const name of ["one", "two", "three"])
          resource(clusterType, name, { resourceGroupName: "rg", resourceName: name });
      },
      pack: packFolder,
      packConfig: { all: "advisory", "network-policy-configured": { engins: ["cilium"] } },
    });
    expect(exitCode).not.toBe(0);
    expect(stdout.split(refusal)).toHaveLength(2);
    expect(events.map(({ enforcementLevel }) => enforcementLevel)).toEqual(["mandatory"]);
  });
});
