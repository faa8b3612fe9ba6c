import type { CustomResource, CustomResourceOptions } from "@pulumi/pulumi";
import { expect, test } from "vitest";
import type { Props } from "../engine/analyzer";
import type { Program, ProgramContext, Run } from "../pulumi-cli/cli";
import { analyze, preview, secretValue, stateOf, withStack } from "../pulumi-cli/cli";
import { describeWithPulumi } from "../pulumi-cli/describe";
import type { AutoSet } from "../support/auto-set-deployments";
import { classicType, configured, nativeType, sdkDefaults } from "../support/auto-set-deployments";
import { azureNativeV2, describeWithAzureNativeV2 } from "../support/azure-native-v2";
import { packFolder } from "../support/clocked-pack";

describeWithPulumi("auto-set under the real Pulumi CLI", () => {
  type SdkClass = new (name: string, inputs: object, options?: CustomResourceOptions) => CustomResource;
  const classOf = (context: ProgramContext, module: string, name: string): SdkClass => {
    const found = (context.require(module) as Readonly<Record<string, SdkClass>>)[name];
    if (found === undefined) throw new Error(`no ${name} in ${module}`);
    return found;
  };
  const nativeCluster = (context: ProgramContext): SdkClass =>
    classOf(context, "@pulumi/azure-native/containerservice", "ManagedCluster");
  const classicCluster = (context: ProgramContext): SdkClass =>
    classOf(context, "@pulumi/azure/containerservice", "KubernetesCluster");
  const nativeUrn = (name: string): string => `urn:pulumi:dev::test::${nativeType}::${name}`;
  const classicUrn = (name: string): string => `urn:pulumi:dev::test::${classicType}::${name}`;
  const onePool = {
    resourceGroupName: "rg",
    defaultNodePool: { name: "s", vmSize: "Standard_D2s_v5", nodeCount: 1 },
  };

  const remediating = (autoSet: AutoSet = {}): { pack: string; packConfig: Record<string, unknown> } => ({
    pack: packFolder,
    packConfig: { [configured]: { enforcementLevel: "remediate", autoSet } },
  });
  const profileIn = (run: Run, urn: string): unknown => {
    const profile = run.registered[urn]?.["networkProfile"];
    return secretValue(profile) ?? profile;
  };
  const told = (run: Pick<Run, "events">, urn: string): string[] =>
    run.events
      .filter((event) => event.urn === urn)
      .map(({ enforcementLevel, policyName, message }) => `${enforcementLevel} ${policyName}: ${message}`);
  const azureAndPair = { networkPlugin: "azure", networkPolicy: "cilium" };

  test("what is written reaches the provider, passes this pack's own rules and is reported", async () => {
    const program: Program = (context) => {
      new (nativeCluster(context))("fresh", {
        resourceGroupName: "rg",
        networkProfile: { networkPlugin: "azure", serviceCidr: context.pulumi.secret("10.9.0.0/16") },
        tags: { secret: context.pulumi.secret("s"), plain: "p" },
      });
      new (classicCluster(context))("classic", { ...onePool, networkProfile: { networkPlugin: "azure" } });
    };
    await withStack({ program }, async (stack) => {
      const run = await stack.preview(remediating({ newClusters: [nativeUrn("fresh")] }));
      expect(run.exitCode, run.stdout).toBe(0);
      // The SDK turns a block with a secret in it into one secret, and it stays one.
      expect(secretValue(run.registered[nativeUrn("fresh")]?.["networkProfile"])).toEqual({
        ...azureAndPair,
        ...sdkDefaults,
        networkDataplane: "cilium",
        serviceCidr: "10.9.0.0/16",
      });
      const tags = run.registered[nativeUrn("fresh")]?.["tags"] as Props;
      expect([secretValue(tags["secret"]), tags["plain"]]).toEqual(["s", "p"]);
      expect(run.registered[nativeUrn("fresh")]).toHaveProperty("__createBeforeDelete", true);
      // In place, so replacement need not be allowed.
      expect(profileIn(run, classicUrn("classic"))).toEqual({ ...azureAndPair, networkDataPlane: "cilium" });
      expect(run.remediations.map(({ urn, policyName }) => [urn, policyName]).sort()).toEqual(
        [
          [nativeUrn("fresh"), configured],
          [classicUrn("classic"), configured],
        ].sort(),
      );
      expect(run.stdout).toContain("[remediate]  network-policy-configured  (2 resources)");
      expect(run.stdout).toContain(
        'Auto-set wrote networkProfile.networkDataplane: not set -> "cilium", networkProfile.networkPolicy: not set -> "cilium".',
      );
      expect(run.stdout).toContain("If the cluster exists: azure-native REPLACES it");
      expect(run.stdout).toContain(
        "@pulumi/azure 6.40.0, which bridges azurerm 4.81.0 or later, changes it in place",
      );
      expect(told(run, nativeUrn("fresh"))).toHaveLength(1);
    });
  });

  test("an existing cluster is changed in place, once", async () => {
    const program: Program = (context) => {
      new (classicCluster(context))("classic", { ...onePool, networkProfile: { networkPlugin: "azure" } });
    };
    const urn = classicUrn("classic");
    await withStack({ program }, async (stack) => {
      expect((await stack.up()).exitCode).toBe(0);
      const changed = await stack.up(remediating());
      expect([changed.exitCode, told(changed, urn).length]).toEqual([0, 1]);
      expect(profileIn(changed, urn)).toEqual({ ...azureAndPair, networkDataPlane: "cilium" });
      expect(changed.stdout).toMatch(/KubernetesCluster classic updated/);
      const again = await stack.up(remediating());
      expect([again.exitCode, told(again, urn).length, again.registered]).toEqual([0, 1, {}]);
    });
  });

  test("what is refused is unchanged, and the finding says why", async () => {
    const program: Program = (context) => {
      const group = new (classOf(context, "@pulumi/azure-native/resources", "ResourceGroup"))("group", {});
      const Native = nativeCluster(context);
      const networkProfile = { networkPlugin: "azure" };
      new Native("old", { resourceGroupName: "rg", networkProfile });
      new Native("hazy", {
        resourceGroupName: "rg",
        networkProfile: { ...networkProfile, podCidr: group.id },
      });
      new Native("kept", { resourceGroupName: "rg", networkProfile }, { protect: true });
      const ignoreChanges = ["networkProfile"];
      new (classicCluster(context))("ignored", { ...onePool, networkProfile }, { ignoreChanges });
    };
    await withStack({ program }, async (stack) => {
      const run = await stack.preview(remediating({ newClusters: [nativeUrn("hazy")] }));
      expect(run.exitCode).not.toBe(0);
      expect(run.remediations).toEqual([]);
      for (const [urn, level, why] of [
        [nativeUrn("old"), "mandatory", "To write it anyway, configure"],
        [nativeUrn("hazy"), "advisory", "it cannot choose an engine until networkProfile is known."],
        [nativeUrn("kept"), "mandatory", "the program protects it (`protect`)"],
        [classicUrn("ignored"), "mandatory", "the program ignores changes (`ignoreChanges`)"],
      ] as const) {
        const [finding, ...more] = told(run, urn);
        expect(more).toEqual([]);
        expect(finding).toMatch(new RegExp(`^${level} ${configured}: `));
        expect(finding).toContain(why);
      }
      expect(profileIn(run, nativeUrn("old"))).toEqual({ networkPlugin: "azure", ...sdkDefaults });
    });
  });

  test("what a preview does not know is written once it is known", async () => {
    const program: Program = (context) => {
      const group = new (classOf(context, "@pulumi/azure-native/resources", "ResourceGroup"))("group", {});
      const networkProfile = { networkPlugin: "azure", podCidr: group.id };
      new (nativeCluster(context))("hazy", { resourceGroupName: "rg", networkProfile });
    };
    const run = await withStack({ program }, (stack) =>
      stack.up(remediating({ newClusters: [nativeUrn("hazy")] })),
    );
    expect(run.exitCode, run.stdout).toBe(0);
    expect(profileIn(run, nativeUrn("hazy"))).toMatchObject({ ...azureAndPair, networkDataplane: "cilium" });
  });

  test("a replacement that loses the value is not a green run, neither in the preview nor after it", async () => {
    const program: Program = (context) => {
      context.resource("azure-native:resources:ResourceGroup", "group");
      new (nativeCluster(context))("cluster", {
        resourceGroupName: "rg",
        networkProfile: { networkPlugin: "azure" },
      });
    };
    const groupUrn = "urn:pulumi:dev::test::azure-native:resources:ResourceGroup::group";
    const urn = nativeUrn("cluster");
    const meant = remediating({ acceptReplacement: true });
    const withPair = { ...azureAndPair, ...sdkDefaults, networkDataplane: "cilium" };
    const lost = expect.stringMatching(
      /^mandatory network-policy-configured: Auto-set wrote networkProfile\..*but Pulumi deploys this cluster without that\.\n/,
    ) as string;
    const wrote = expect.stringMatching(
      /^advisory network-policy-configured: Auto-set wrote .*\.\n/,
    ) as string;
    await withStack({ program }, async (stack) => {
      expect((await stack.up()).exitCode).toBe(0);

      const stale = await stack.preview(remediating({ newClusters: [urn] }));
      expect([stale.exitCode === 0, told(stale, urn)]).toEqual([false, [wrote, lost]]);
      const preview = await stack.preview(meant);
      expect([preview.exitCode === 0, told(preview, urn)]).toEqual([false, [wrote, lost]]);
      expect(preview.stdout).toContain(`pulumi up --replace '${urn}'`);
      // Without a preview the cluster is already gone, and the run says so.
      const blind = await stack.up(meant);
      expect([blind.exitCode === 0, told(blind, urn)]).toEqual([false, [wrote, lost]]);
      expect(profileIn(blind, urn)).not.toHaveProperty("networkPolicy");

      // Not a target of this run, it remains without an engine.
      const target = [groupUrn];
      const elsewhere = await stack.up({ ...meant, target });
      expect([elsewhere.exitCode === 0, told(elsewhere, urn)]).toEqual([false, [wrote, lost]]);

      // The solution that the finding names.
      const replaced = await stack.up({ ...meant, replace: [urn] });
      expect([replaced.exitCode, told(replaced, urn)]).toEqual([0, [wrote]]);
      expect(profileIn(replaced, urn)).toEqual(withPair);
      // And from then on nothing changes.
      const again = await stack.up(meant);
      expect([again.exitCode, told(again, urn), again.registered]).toEqual([0, [wrote], {}]);
    });
  }, 120_000);

  test("a preview with a provider that is not configured yet reports nothing as lost", async () => {
    const program: Program = (context) => {
      const group = new (classOf(context, "@pulumi/azure-native/resources", "ResourceGroup"))("group", {});
      class Provider extends context.pulumi.ProviderResource {}
      const provider = new Provider("azure-native", "explicit", { subscriptionId: group.id });
      const inputs = { resourceGroupName: "rg", networkProfile: { networkPlugin: "azure" } };
      new (nativeCluster(context))("fresh", inputs, { provider });
    };
    const urn = nativeUrn("fresh");
    const wrote = expect.stringMatching(/^advisory network-policy-configured: Auto-set wrote /) as string;
    const notYet = expect.stringMatching(
      /^advisory network-policy-configured: Unknown: auto-set wrote /,
    ) as string;
    await withStack({ program }, async (stack) => {
      const run = await stack.preview(remediating({ newClusters: [urn] }));
      expect([run.exitCode, told(run, urn)]).toEqual([0, [wrote, notYet]]);
      const up = await stack.up(remediating({ newClusters: [urn] }));
      expect([up.exitCode, told(up, urn)]).toEqual([0, [wrote]]);
      expect(profileIn(up, urn)).toMatchObject(azureAndPair);
    });
  });

  test("an analysis of a state says that it writes nothing", async () => {
    const state = stateOf([
      { type: nativeType, name: "cluster", inputs: { networkProfile: { networkPlugin: "azure" } } },
      {
        type: nativeType,
        name: "read",
        outputs: { networkProfile: { networkPlugin: "azure" } },
        external: true,
      },
    ]);
    const run = await analyze({ state, ...remediating({ acceptReplacement: true, wholeProfile: true }) });
    expect(run.exitCode).not.toBe(0);
    expect(told(run, nativeUrn("cluster"))).toEqual([expect.stringContaining("the inputs do not have it")]);
    expect(run.remediations.map(({ urn }) => urn)).toEqual([nativeUrn("cluster")]);
    expect(JSON.stringify(told(run, nativeUrn("read")))).not.toContain("Auto-set");
  });

  describeWithAzureNativeV2("with version 2 of azure-native", () => {
    test("the kubenet that its SDK injects gets the engine that fits it", async () => {
      const program: Program = (context) => {
        new (nativeCluster(context))("cluster", { resourceGroupName: "rg", networkProfile: {} });
      };
      const packOptions = remediating({ newClusters: [nativeUrn("cluster")] });
      const run = await preview({ program, install: azureNativeV2, ...packOptions });
      expect(run.exitCode, run.stdout).toBe(0);
      expect(profileIn(run, nativeUrn("cluster"))).toMatchObject({
        networkPlugin: "kubenet",
        networkPolicy: "calico",
      });
      expect(told(run, nativeUrn("cluster")).map((text) => text.split(": ")[0])).toEqual([
        `advisory ${configured}`,
        "advisory network-policy-supported",
      ]);
    });
  });
});
