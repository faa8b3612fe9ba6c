import { describe, expect, test } from "vitest";
import { notKnownYet } from "../../shared/cluster/declaration";
import { azapiPatch } from "../../shared/dialects/azapi";
import { azureClassic } from "../../shared/dialects/azure-classic";
import { azureNative } from "../../shared/dialects/azure-native";
import { azurerm } from "../../shared/dialects/azurerm";
import type { Dialect } from "../../shared/dialects/dialect";
import { rules } from "../../shared/rules";
import { emptyTally } from "../fuzz/invariants";
import { run, summary, tooRare } from "../fuzz/jobs";
import type { Told } from "../support/evaluate";
import { evaluate, exampleDay, pulumiVoice } from "../support/evaluate";
import { propertyRuns } from "../support/property-runs";

/** Fixed, so that a failure is reproducible. `npm run fuzz` takes any seed, and a million inputs. */
const seed = 20261124;

test("inputs that all have the same outcome prove nothing", () => {
  const tally = emptyTally();
  tally.kinds.passed = 1000;
  expect(tooRare(tally)).toEqual(["failed", "unknown", "refused"]);
});

/** What generated inputs have found, each minimized. */
describe("found by generated inputs:", () => {
  const npm = { networkPlugin: "azure", networkPolicy: "azure" };
  const cilium = { networkPlugin: "azure", networkDataplane: "cilium", networkPolicy: "cilium" };
  const twins = (networkProfile: object, inside: object, apart: object) => ({
    cluster: { networkProfile, agentPoolProfiles: [{ name: "p", ...inside }] },
    separatePools: [{ agentPoolName: "P", ...apart }],
  });
  const patch = (networkProfile: object) => ({ cluster: { body: { properties: { networkProfile } } } });
  const after = new Date("2028-10-01T12:00:00Z");

  interface Case {
    readonly title: string;
    readonly inputs: { readonly cluster: unknown; readonly separatePools?: readonly unknown[] };
    readonly dialect?: Dialect;
    readonly today?: Date;
    readonly expected: readonly string[];
  }
  const cases: readonly Case[] = [
    {
      title: "a pool that is declared twice may be as large as the unknown count",
      inputs: twins(npm, { count: 10 }, { count: notKnownYet }),
      expected: ["unknown", "notice engine-azure-ends"],
    },
    {
      title: "a pool that is declared twice may be a Windows pool if either is unknown",
      inputs: twins(cilium, { osType: notKnownYet }, { osType: "Linux" }),
      expected: ["unknown"],
    },
    {
      title: "a wrong value of a pool that is declared twice is not hidden by the other",
      inputs: twins(cilium, { osType: "Windoze" }, { osType: "Linux" }),
      expected: ["failure unrecognized-value"],
    },
    {
      title: "autoscaling that is neither true nor false",
      inputs: {
        cluster: {
          networkProfile: npm,
          agentPoolProfiles: [{ count: 1, maxCount: 1000, enableAutoScaling: "on" }],
        },
      },
      expected: ["failure unrecognized-value", "notice engine-azure-ends"],
    },
    {
      title: "a blank is not a number of nodes",
      inputs: { cluster: { networkProfile: npm, agentPoolProfiles: [{ count: " " }] } },
      expected: ["failure unrecognized-value", "notice engine-azure-ends"],
    },
    {
      title: "a Kelvin sign is not a k",
      inputs: { cluster: { networkProfile: { networkPlugin: "\u212Aubenet", networkPolicy: "calico" } } },
      expected: ["failure unrecognized-value"],
    },
    {
      title: "an empty text under the newer name does not hide the older name",
      inputs: {
        cluster: {
          networkProfile: {
            networkPlugin: "azure",
            networkPolicy: "calico",
            networkDataPlane: "",
            ebpfDataPlane: "cilium",
          },
        },
      },
      dialect: azureClassic,
      expected: ["failure dataplane-needs-engine-cilium"],
    },
    {
      title: "azurerm's default node pool is Linux, even if it is unknown",
      inputs: {
        cluster: {
          network_profile: {
            network_plugin: "azure",
            network_data_plane: "cilium",
            network_policy: "cilium",
          },
          default_node_pool: [notKnownYet],
        },
      },
      dialect: azurerm,
      expected: [],
    },
    {
      title: "a patch to an engine that has ended, which leaves the plugin unstated",
      inputs: patch({ networkPolicy: "azure" }),
      dialect: azapiPatch,
      today: after,
      expected: ["failure engine-azure-ends"],
    },
    {
      title: "a patch that states an unknown value is reported although it leaves other settings unstated",
      inputs: patch({ networkPlugin: "azure", advancedNetworking: notKnownYet }),
      dialect: azapiPatch,
      expected: ["unknown"],
    },
  ];
  const shown = ({ kind, cause }: Told): string => (cause === undefined ? kind : `${kind} ${cause}`);
  test.each(cases.map((each) => [each.title, each] as const))("%s", (_title, each) => {
    const { inputs, dialect = azureNative, today = exampleDay, expected } = each;
    expect(rules.flatMap((rule) => evaluate(rule, inputs, dialect, today)).map(shown)).toEqual(expected);
  });

  test("a provider's version is repeated only if it is a version", () => {
    const cluster = { network_profile: { network_plugin: "azure" } };
    const told = (version: string): string =>
      rules
        .flatMap((rule) => evaluate(rule, { cluster }, azurerm, exampleDay, pulumiVoice, version))
        .map(({ message }) => message)
        .join();
    expect(told("4.73.0")).toContain("azurerm 4.73.0 (this");
    expect(told("4.73.0 hunter2")).not.toContain("hunter2");
    expect(told("4.73.0-hunter2")).not.toContain("hunter2");
  });
});

test("generated inputs hold every invariant through the readers", async () => {
  const { numRuns: runs } = propertyRuns(6000);
  const outcome = await run({ stage: "readers", seed, runs });
  if ("failure" in outcome) throw new Error(outcome.failure);
  console.log(`fuzz: seed ${seed}, ${summary(outcome.tally)}`);
  expect(tooRare(outcome.tally)).toEqual([]);
});
