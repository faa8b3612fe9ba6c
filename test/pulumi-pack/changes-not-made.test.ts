/** Changes of the network that a program asks for and that do not reach a cluster that exists. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type {
  PackConfig,
  Props,
  Resource,
  ResourceOptions,
  StackResource,
  Violation,
} from "../engine/analyzer";
import { unknown, urnOf } from "../engine/analyzer";
import type { ClockedPack } from "../support/clocked-pack";
import { bootClockedPack } from "../support/clocked-pack";

let clocked: ClockedPack;
beforeAll(async () => {
  clocked = await bootClockedPack();
});
afterEach(() => clocked.pack.configure({}));
afterAll(() => clocked.stop());

const native = "azure-native:containerservice:ManagedCluster";
const classic = "azure:containerservice/kubernetesCluster:KubernetesCluster";
const bridged = "azurerm:index/kubernetesCluster:KubernetesCluster";

function resource(
  type: string,
  version: string | undefined,
  props: Props,
  options: ResourceOptions = {},
): Resource {
  const provider = `pulumi:providers:${type.split(":")[0] ?? ""}`;
  const urn = urnOf(provider, "default");
  const of = { type: provider, urn, name: "default", props: version === undefined ? {} : { version } };
  return { type, name: "aks", props, options, provider: of };
}

/** What auto-set writes, and what is reported of the cluster then. */
async function remediated(
  declared: Resource,
  autoSet: Readonly<Record<string, boolean | string[]>> = {},
): Promise<{ readonly written: number; readonly told: string }> {
  const config: PackConfig = { "network-policy-configured": { enforcementLevel: "remediate", autoSet } };
  await clocked.pack.configure(config);
  const { remediations } = await clocked.pack.remediate(declared);
  const [{ props = declared.props } = {}] = remediations;
  return {
    written: remediations.length,
    told: text(await clocked.pack.analyze({ ...declared, props: props })),
  };
}

function text({ violations }: { readonly violations: readonly Violation[] }): string {
  return violations.map(({ enforcementLevel, message }) => `${enforcementLevel} ${message}`).join("\n");
}

describe("azurerm sends no change to a cluster without a load balancer profile:", () => {
  const notSent =
    "Auto-set wrote nothing, because azurerm would plan this change but not send it to an existing cluster (networkProfile.outboundType)";
  const effect =
    "But azurerm does not send this change to a cluster without a load balancer profile, and with its outbound type";
  const profile = (outboundType: Props[string]): Props => ({
    networkProfile: { networkPlugin: "azure", outboundType },
  });

  test.each([
    [classic, "6.40.0", "userDefinedRouting"],
    [classic, "6.31.0", "userAssignedNATGateway"],
    [bridged, "4.60.0", "managedNATGateway"],
    [bridged, "5.2.0", "none"],
    [bridged, "4.60.0", "block"],
  ])("auto-set writes nothing into %s of version %s with %s", async (type, version, outboundType) => {
    const declared = resource(type, version, profile(outboundType));
    const { written, told } = await remediated(declared);
    expect(written).toBe(0);
    expect(told).toMatch(/^mandatory .*networkPolicy is not set/s);
    expect(told).toContain(`${effect} (networkProfile.outboundType) this cluster has none`);
    expect((await remediated(declared, { newClusters: [urnOf(type, "aks")] })).written).toBe(1);
  });

  test.each([
    [
      "that its bridge leaves in a list",
      bridged,
      "4.60.0",
      { networkProfile: [profile("userDefinedRouting")["networkProfile"] ?? null] },
      {},
    ],
    [
      "of a version that is not known",
      classic,
      undefined,
      profile("userDefinedRouting"),
      { acceptReplacement: true },
    ],
    ["in place", bridged, "4.60.0", profile("userDefinedRouting"), { acceptReplacement: true }],
  ])("nor into one %s", async (_title, type, version, props, autoSet) => {
    const { written, told } = await remediated(resource(type, version, props), autoSet);
    expect(written).toBe(0);
    expect(told).toContain(notSent);
  });

  test.each([
    ["loadBalancer", classic, "6.40.0", {}],
    ["a value that is not known", classic, "6.40.0", {}],
    [
      "an outbound type that azure-native sends like any other",
      native,
      "3.28.0",
      { acceptReplacement: true },
    ],
    ["a change that replaces the cluster, which is accepted", bridged, "4.50.0", { acceptReplacement: true }],
  ])("%s stops nothing", async (title, type, version, autoSet) => {
    const outboundType =
      title === "loadBalancer" ? title : title.includes("not known") ? unknown : "userDefinedRouting";
    const { written, told } = await remediated(resource(type, version, profile(outboundType)), autoSet);
    expect(written).toBe(1);
    expect(told).not.toContain(effect);
  });

  test("is said of a Terraform module's cluster, in its own spelling", async () => {
    const network_profile = [{ network_plugin: "azure", outbound_type: "userDefinedRouting" }];
    const told = text(
      await clocked.pack.analyze(
        resource("aks:tf:azurerm_kubernetes_cluster", undefined, { network_profile }),
      ),
    );
    expect(told).toContain(`${effect} (network_profile.outbound_type) this cluster has none`);
  });
});

describe("what the program tells Pulumi to ignore", () => {
  const line =
    "\nThe program ignores changes of it (`ignoreChanges`): a cluster that exists keeps what it has, and this finding, as long as that covers the fix.\n";
  const open: Props = { networkProfile: { networkPlugin: "azure" } };

  test.each<[type: string, ignoreChanges: string[], props: Props, told: boolean]>([
    [native, ["networkProfile"], open, true],
    [native, ["tags", "networkProfile.networkPolicy"], open, true],
    [classic, ["*"], open, true],
    [bridged, ["networkProfile.networkDataPlane"], open, true],
    [
      native,
      ["networkProfile"],
      { sku: { name: "Automatic" }, networkProfile: { networkPolicy: "calico" } },
      true,
    ],
    [
      native,
      ["sku"],
      { sku: { name: "Foo" }, networkProfile: { networkPlugin: "azure", networkPolicy: "calico" } },
      true,
    ],
    [native, ["tags", "networkProfile.podCidr"], open, false],
    [native, [], open, false],
  ])("hides the fix, which is said: %s, %j, %j", async (type, ignoreChanges, props, isTold) => {
    const told = text(await clocked.pack.analyze(resource(type, undefined, props, { ignoreChanges })));
    expect(told).toMatch(/^mandatory /);
    expect(told.includes(line)).toBe(isTold);
  });

  test("hides it at the end of the run as well", async () => {
    const engine = { networkPlugin: "azure", networkDataplane: "cilium", networkPolicy: "cilium" };
    const named = { resourceGroupName: "rg", resourceName: "aks" };
    const declared = {
      ...resource(
        native,
        undefined,
        { ...named, networkProfile: engine },
        { ignoreChanges: ["networkProfile"] },
      ),
      name: "with-pool",
    };
    const pool: StackResource = {
      type: "azure-native:containerservice:AgentPool",
      name: "win",
      props: { ...named, osType: "Windows" },
    };
    expect(text(await clocked.pack.analyze(declared))).toBe("");
    await clocked.pack.analyze(pool);
    const told = text(await clocked.pack.analyzeStack([declared, pool]));
    expect(told).toMatch(/^mandatory .*a Windows node pool/s);
    expect(told).toContain(line);
  });
});
