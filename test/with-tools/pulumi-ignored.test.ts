/** What the engine shows a policy of properties that the program tells it to ignore. */
import { expect, test } from "vitest";
import type { Program } from "../pulumi-cli/cli";
import { withStack } from "../pulumi-cli/cli";
import { describeWithPulumi } from "../pulumi-cli/describe";
import { packFolder } from "../support/clocked-pack";

const type = "azure-native:containerservice:ManagedCluster";

describeWithPulumi("a cluster that exists without an engine", () => {
  test.each([
    ["stays a finding with the fix in the program, where that is ignored", ["networkProfile"], 1],
    ["passes with the fix in the program, where something else is ignored", ["tags"], 0],
  ])("%s", async (_title, ignoreChanges, findings) => {
    let networkProfile: Readonly<Record<string, string>> = { networkPlugin: "azure" };
    const program: Program = ({ resource }) => {
      resource(type, "aks", { resourceGroupName: "rg", networkProfile }, { ignoreChanges });
    };
    await withStack({ program }, async (stack) => {
      expect((await stack.up()).exitCode).toBe(0);
      networkProfile = { ...networkProfile, networkPolicy: "calico" };
      const { exitCode, events } = await stack.preview({ pack: packFolder });
      expect([exitCode !== 0, events.length]).toEqual([findings > 0, findings]);
      for (const { message } of events)
        expect(message).toContain("The program ignores changes of it (`ignoreChanges`)");
    });
  });
});
