/**
 * Ways around the pack that only a run of the real CLI shows. test/docs/evidence.test.ts lists them with all
 * others.
 */
import { expect, test } from "vitest";
import type { Props } from "../engine/analyzer";
import type { OpenStack, Program, Run } from "../pulumi-cli/cli";
import { withStack } from "../pulumi-cli/cli";
import { describeWithPulumi } from "../pulumi-cli/describe";
import { packFolder } from "../support/clocked-pack";

const type = "azure-native:containerservice:ManagedCluster";
const bad: Props = { networkProfile: { networkPlugin: "azure" } };
const configured = "network-policy-configured";

describeWithPulumi("under the real Pulumi CLI", () => {
  const networkProfile = (engine?: string) => ({
    networkPlugin: "azure",
    ...(engine === undefined ? {} : { networkPolicy: engine }),
  });
  const said = ({ events }: Run): string[] =>
    events.map(({ enforcementLevel, policyName }) => `${enforcementLevel} ${policyName}`);

  /**
   * A stack whose first run was without the pack, and the result of each later run of the same program with
   * other inputs.
   */
  function inStackOf<T>(program: Program, use: (stack: OpenStack) => Promise<T>, existing = {}): Promise<T> {
    return withStack({ program, existing }, use);
  }

  test("ignoreChanges shows what remains, not what is written", async () => {
    let engine: string | undefined;
    const program: Program = ({ resource }) => {
      const inputs = { resourceGroupName: "rg", networkProfile: networkProfile(engine) };
      resource(type, "aks", inputs, { ignoreChanges: ["networkProfile"] });
    };
    await inStackOf(program, async (stack) => {
      expect((await stack.up()).exitCode).toBe(0);
      engine = "calico";
      for (const run of [await stack.preview({ pack: packFolder }), await stack.up({ pack: packFolder })]) {
        expect(said(run), run.stdout).toEqual([`mandatory ${configured}`]);
        expect(run.exitCode).not.toBe(0);
      }
    });
  });

  test("a transformation is checked by its result, also in an `up` without a preview", async () => {
    const program: Program = ({ pulumi, resource }) => {
      const transformations = [
        ({ props, opts }: { props: Record<string, unknown>; opts: object }) => ({
          props: { ...props, networkProfile: networkProfile() },
          opts,
        }),
      ];
      const inputs = { resourceGroupName: "rg", networkProfile: networkProfile("calico") };
      resource(type, "transformed", inputs, { transformations });
      const component = new pulumi.ComponentResource(
        "my:index:Platform",
        "platform",
        {},
        {
          transformations,
        },
      );
      resource(type, "inside", inputs, { parent: component });
    };
    await inStackOf(program, async (stack) => {
      // The Automation API's `up` runs no preview of its own.
      const up = await stack.up({ pack: packFolder });
      expect(
        said(up).every((line) => line === `mandatory ${configured}`),
        up.stdout,
      ).toBe(true);
      expect(said(up).length).toBeGreaterThan(0);
      expect(up.exitCode).not.toBe(0);
      expect(Object.keys(up.registered)).toEqual([]);
    });
  });

  test("a cluster that a program reads with .get() is shown in no preview and no `up`", async () => {
    const id = "/existing/bad";
    const program: Program = ({ resource }) => {
      resource(type, "read", {}, { id });
    };
    await inStackOf(
      program,
      async (stack) => {
        for (const run of [await stack.preview({ pack: packFolder }), await stack.up({ pack: packFolder })]) {
          expect(said(run), run.stdout).toEqual([]);
          expect(run.exitCode).toBe(0);
        }
      },
      { [id]: { name: "bad", ...bad } },
    );
  });

  test("what `--target` leaves out is not deployed, and is reported as undecided", async () => {
    const program: Program = ({ resource }) => {
      resource(type, "aks", { resourceGroupName: "rg", networkProfile: networkProfile() });
      resource("azure-native:resources:ResourceGroup", "group", { resourceGroupName: "rg" });
    };
    await inStackOf(program, async (stack) => {
      const target = ["urn:pulumi:dev::test::azure-native:resources:ResourceGroup::group"];
      const run = await stack.up({ pack: packFolder, target });
      expect(Object.keys(run.registered)).toEqual(target);
      expect(said(run).length, run.stdout).toBeGreaterThan(0);
    });
  });
});
