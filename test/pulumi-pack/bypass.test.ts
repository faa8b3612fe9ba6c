/**
 * Ways around the pack in Pulumi programs that no other test covers; test/with-tools/pulumi-bypass.test.ts
 * has those that only the real CLI shows. test/docs/evidence.test.ts lists them all, with the test that shows
 * each.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { rules } from "../../shared/rules";
import type { JsonObject, PackConfig, Props, ResourceOptions, Violation } from "../engine/analyzer";
import { bootPack, unknown, urnOf } from "../engine/analyzer";
import { preview as enginePreview } from "../engine/preview";
import type { ClockedPack } from "../support/clocked-pack";
import { bootClockedPack, packFolder } from "../support/clocked-pack";
import { exemption } from "../support/configurations";

const type = "azure-native:containerservice:ManagedCluster";
const bad: Props = { networkProfile: { networkPlugin: "azure" } };
const good: Props = { networkProfile: { networkPlugin: "azure", networkPolicy: "calico" } };
const configured = "network-policy-configured";

let clocked: ClockedPack;
beforeAll(async () => {
  clocked = await bootClockedPack();
});
afterEach(() => clocked.pack.configure({}));
afterAll(() => clocked.stop());

function exempting(of: Parameters<typeof exemption>[0]): PackConfig {
  return { [configured]: { exemptions: [exemption(of) as unknown as JsonObject] } };
}

function levels(violations: readonly Violation[]): string[] {
  return violations.map(({ enforcementLevel, policyName }) => `${enforcementLevel} ${policyName}`);
}

async function judged(props: Props, more: object = {}): Promise<string[]> {
  return levels((await clocked.pack.analyze({ type, name: "aks", props, ...more })).violations);
}

describe("a text that only looks like an engine is not one:", () => {
  const texts: readonly (readonly [string, string])[] = [
    ["a leading blank", " calico"],
    ["a trailing line break", "calico\n"],
    ["a letter from another script", "\u0441alico"],
    ["a zero-width character", "cal\u200bico"],
    ["double-width letters", "\uff43\uff41\uff4c\uff49\uff43\uff4f"],
    ["a letter that only Unicode considers the same", "ca\u017fico"],
    ["two engines", "calico,cilium"],
    ["its name in quotes", '"calico"'],
  ];
  test.each(texts)("%s", async (_title, networkPolicy) => {
    const props = { networkProfile: { networkPlugin: "azure", networkPolicy } };
    expect(await judged(props)).toEqual([`mandatory ${configured}`]);
  });
});

describe("nodes are counted, however their number is spelled:", () => {
  const counts: readonly (readonly [string, unknown, boolean])[] = [
    ["as a number", 251, true],
    ["as text", "251", true],
    ["in another notation", "2.51e2", true],
    ["with a blank", "251 ", true],
    ["below zero", -251, true],
    ["of a small pool", "250", false],
  ];
  test.each(counts)("%s", async (_title, count, fails) => {
    const networkProfile = { networkPlugin: "azure", networkPolicy: "azure" };
    const said = await judged({ networkProfile, agentPoolProfiles: [{ name: "a", count }] } as Props);
    expect(said.includes("mandatory network-policy-compatible")).toBe(fails);
  });
});

describe("what surrounds the inputs changes no verdict:", () => {
  const around: Readonly<Record<string, object>> = {
    "a token in another case": { type: "Azure-Native:ContainerService:managedcluster" },
    "a token of the provider before 2021": { type: "azure-nextgen:containerservice/latest:ManagedCluster" },
    "a token with an API version": {
      type: "azure-native_containerservice_v20250902preview:containerservice:ManagedCluster",
    },
    "the same with the version in its module too": {
      type: "azure-native_containerservice_v20221201:containerservice/v20221201:ManagedCluster",
    },
    ...Object.fromEntries(
      ["1.0.0", "", "999.0.0", "none", { version: 1 }, unknown].map((version, i) => [
        `a provider of its own, of version number ${i + 1}`,
        {
          provider: {
            type: "pulumi:providers:azure-native",
            urn: urnOf("pulumi:providers:azure-native", "mine"),
            name: "mine",
            props: { version },
          },
        },
      ]),
    ),
    "every option that a resource has": {
      options: {
        protect: true,
        ignoreChanges: ["networkProfile", "*"],
        deleteBeforeReplace: true,
        additionalSecretOutputs: ["networkProfile"],
        aliases: [urnOf("azure-native:network:VirtualNetwork", "aks")],
        parent: urnOf("my:index:Platform", "platform"),
      } satisfies ResourceOptions,
    },
  };
  test.each(Object.entries(around))("%s", async (_title, more) => {
    expect(await judged(bad, more)).toEqual([`mandatory ${configured}`]);
  });
});

test("an engine in an object that looks like a secret, or like nothing known, is not an engine", async () => {
  const networkProfile = { networkPlugin: "azure", networkPolicy: { value: "calico", secret: true } };
  expect(await judged({ networkProfile })).toEqual([`mandatory ${configured}`]);
  const sentinel = "00000000-80e4-46f7-96ec-b56ff0331ba9";
  expect(await judged({ networkProfile: { networkPlugin: "azure", networkPolicy: sentinel } })).toEqual([
    `mandatory ${configured}`,
  ]);
});

describe("the configuration loosens nothing implicitly:", () => {
  test("an exemption for another cluster, for a pattern of clusters, or for a similar name", async () => {
    const urn = urnOf(type, "aks");
    for (const target of [`${urn}2`, urn.slice(0, -1), urn.toUpperCase()]) {
      await clocked.pack.configure(exempting({ target }));
      expect(await judged(bad)).toEqual([`mandatory ${configured}`]);
    }
    for (const target of ["*", `${urn}*`]) {
      await clocked.pack.configure(exempting({ target }));
      expect(await judged(good)).toEqual([`mandatory ${configured}`]);
    }
  });

  test.each(["constructor", "toString"])("a key that every object has: %s", async (key) => {
    await clocked.pack.configure({ [configured]: { enforcementLevel: "advisory", [key]: "x" } });
    const { violations } = await clocked.pack.analyze({ type, name: "aks", props: good });
    expect(levels(violations)).toEqual([`mandatory ${configured}`]);
    expect(violations[0]?.message).toContain("unknown key");
  });

  test("an option in __proto__", async () => {
    const options = JSON.parse('{"__proto__": {"unknown": "ignore"}}') as JsonObject;
    await clocked.pack.configure({ [configured]: options });
    expect(await judged({ networkProfile: unknown })).toEqual([`advisory ${configured}`]);
  });

  test("an unknown engine fails if the organisation says so", async () => {
    await clocked.pack.configure({ [configured]: { unknown: "fail" } });
    expect(await judged({ networkProfile: unknown })).toEqual([`mandatory ${configured}`]);
    await clocked.pack.configure({});
    expect(await judged({ networkProfile: unknown })).toEqual([`advisory ${configured}`]);
  });
});

test("what another pack's remediation removes is gone when the cluster is checked", async () => {
  const folder = mkdtempSync(join(tmpdir(), "taking-away-"));
  writeFileSync(join(folder, "PulumiPolicy.yaml"), "runtime: nodejs\n");
  writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "theirs", version: "1.0.0" }));
  const sdk = JSON.stringify(require.resolve("@pulumi/policy"));
  writeFileSync(
    join(folder, "index.js"),
    `new (require(${sdk}).PolicyPack)("theirs", { policies: [{
       name: "takes-away", description: "", enforcementLevel: "remediate",
       remediateResource: ({ type, props }) => {
         if (type !== ${JSON.stringify(type)}) return undefined;
         delete props.networkProfile.networkPolicy;
         return props;
       },
       validateResource: () => undefined,
     }] });`,
  );
  const theirs = await bootPack(folder, { pulumi: packFolder });
  try {
    const result = await enginePreview({
      resources: [{ type, name: "aks", props: good }],
      packs: [clocked.pack, theirs],
    });
    expect(result.remediations.map(({ policyName }) => policyName)).toEqual(["takes-away"]);
    expect(
      result.findings.map(({ enforcementLevel, policyName }) => `${enforcementLevel} ${policyName}`),
    ).toEqual([`mandatory ${configured}`]);
  } finally {
    await theirs.stop();
    rmSync(folder, { recursive: true });
  }
});

// The following gets through. Each case is a row of docs/limits.md ("What it cannot stop"), with the same
// text.

describe("a cluster that is not a resource of the program is not seen:", () => {
  const cluster = { type: "Microsoft.ContainerService/managedClusters", name: "aks", properties: {} };
  const ways: readonly (readonly [string, Props])[] = [
    [
      "azure-native:resources:Resource",
      { resourceProviderNamespace: "Microsoft.ContainerService", ...cluster },
    ],
    [
      "azapi:index/resource:Resource",
      { type: "Microsoft.ContainerService/managedClusters@2025-07-01", body: {} },
    ],
    ["command:local:Command", { create: "az aks create" }],
    ["pulumi-nodejs:dynamic:Resource", { __provider: "exports.handler = …" }],
  ];
  test.each(ways)("%s", async (token, props) => {
    const { violations, notApplicable } = await clocked.pack.analyze({ type: token, name: "x", props });
    expect(violations).toEqual([]);
    expect(notApplicable.map(({ policyName }) => policyName)).toEqual(rules.map(({ name }) => name));
  });
});

test("a run without the pack succeeds", async () => {
  const resources = [{ type, name: "aks", props: bad }];
  expect((await enginePreview({ resources, packs: [] })).exitCode).toBe(0);
  expect((await enginePreview({ resources, packs: [clocked.pack] })).exitCode).toBe(1);
});

test("a rule that is turned off in the configuration reports nothing", async () => {
  await clocked.pack.configure({ all: "disabled" });
  expect(await judged(bad)).toEqual([]);
});

test("the date is the machine's: a slow clock keeps an exemption alive", async () => {
  const days = { createdOn: "2026-01-01", expiresOn: "2026-02-01" };
  await clocked.pack.configure(exempting({ target: urnOf(type, "aks"), ...days }));
  expect(await judged(bad)).toEqual([`mandatory ${configured}`]);
  clocked.setToday(new Date("2026-01-15T12:00:00Z"));
  expect(await judged(bad)).toEqual([`advisory ${configured}`]);
});
