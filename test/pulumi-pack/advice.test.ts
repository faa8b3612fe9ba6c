/** The tools and Azure accept the lines that the hosts suggest. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { JsonObject, Props } from "../engine/analyzer";
import type { ClockedPack } from "../support/clocked-pack";
import { bootClockedPack } from "../support/clocked-pack";
import type { NetworkProfile } from "../support/terraform";
import { annotationsOf, appWith, libraries, required, synthesised } from "../support/terraform";

const podCidr = "10.244.0.0/16";
const twoApplies =
  "but Azure needs two applies: first networkPlugin and networkPluginMode, then networkDataPlane and networkPolicy (every node pool is reimaged each time).";
const wholeMove =
  'Fix: inside networkProfile, set networkPlugin: "azure", networkPluginMode: "overlay", networkDataPlane: "cilium", networkPolicy: "cilium"';
const calicoAlone = 'Fix: inside networkProfile, set networkPolicy: "calico"';
const toKeepIt =
  "To keep the cluster: https://www.npmjs.com/package/aks-network-policy-pack#clusters-that-exist";
const only = (...engines: string[]) => ({ "network-policy-configured": { engines } });

describe.each(libraries)("$name, with azurerm $azurerm", (library) => {
  const older = library.azurerm === "4.55.0";
  const version = `azurerm ${library.azurerm} (this program's version)`;
  const inPlace = `If the cluster exists: ${version} changes it in place (every node pool is reimaged).`;
  const moved = older
    ? `If the cluster exists: ${version} REPLACES it; 4.66 and later change it in place, ${twoApplies}`
    : `If the cluster exists: ${version} changes it in place, ${twoApplies}`;

  test.each<[title: string, profile: NetworkProfile, configuration: object, fix: string, effect: string]>([
    ["kubenet with a pod CIDR, no engine", { networkPlugin: "kubenet", podCidr }, {}, calicoAlone, inPlace],
    [
      "kubenet, no engine, if only Calico is accepted",
      { networkPlugin: "kubenet" },
      only("calico"),
      calicoAlone,
      inPlace,
    ],
    [
      "kubenet with a pod CIDR, no engine, if only Cilium is accepted",
      { networkPlugin: "kubenet", podCidr },
      only("cilium"),
      wholeMove,
      moved,
    ],
    ["kubenet with engine azure", { networkPlugin: "kubenet", networkPolicy: "azure" }, {}, wholeMove, moved],
    [
      "kubenet with engine cilium and its dataplane",
      { networkPlugin: "kubenet", networkDataPlane: "cilium", networkPolicy: "cilium" },
      {},
      'Fix: inside networkProfile, set networkPlugin: "azure", networkPluginMode: "overlay"',
      older ? `If the cluster exists: ${version} REPLACES it; 4.66 and later change it in place.` : inPlace,
    ],
    [
      "kubenet with Calico, whose support is about to end",
      { networkPlugin: "kubenet", podCidr, networkPolicy: "calico" },
      {},
      wholeMove,
      `${moved} Azure refuses it while an engine is installed, and azurerm cannot remove it: run \`az aks update --network-policy none\` first.`,
    ],
    [
      "dual stack without an engine",
      { networkPlugin: "azure", ipVersions: ["IPv4", "IPv6"] },
      {},
      'Fix: inside networkProfile, set networkPluginMode: "overlay", networkDataPlane: "cilium", networkPolicy: "cilium"',
      older
        ? `If the cluster exists: ${version} REPLACES it; 4.58 and later change it in place, ${twoApplies.replace("networkPlugin and ", "")}`
        : `If the cluster exists: ${version} changes it in place, ${twoApplies.replace("networkPlugin and ", "")}`,
    ],
    [
      "dual stack in mode overlay",
      { networkPlugin: "azure", networkPluginMode: "overlay", ipVersions: ["IPv4", "IPv6"] },
      {},
      'Fix: inside networkProfile, set networkDataPlane: "cilium", networkPolicy: "cilium"',
      older ? `If the cluster exists: ${version} REPLACES it; 4.58 and later change it in place.` : inPlace,
    ],
  ])("%s", (_title, networkProfile, configuration, fix, effect) => {
    const { app, stack } = appWith(library, configuration);
    new library.KubernetesCluster(stack, "aks", { ...required, networkProfile });
    synthesised(app);
    const [finding] = annotationsOf(app);
    const wayToKeepIt = effect.includes("REPLACES") ? ` ${toKeepIt}` : "";
    expect(finding?.message.split("\n")).toEqual(expect.arrayContaining([fix, `${effect}${wayToKeepIt}`]));
  });
});

describe("the pack", () => {
  let clocked: ClockedPack;
  beforeAll(async () => {
    clocked = await bootClockedPack({ config: false });
  });
  afterAll(async () => {
    await clocked.stop();
  });

  const replaced = `If the cluster exists: azure-native REPLACES it: it deletes the old cluster first (last if Pulumi generated its name). Look for \`replace\` in the preview. ${toKeepIt}`;
  const native = "azure-native:containerservice:ManagedCluster";
  const bridged = "azurerm:index/kubernetesCluster:KubernetesCluster";
  test.each<
    [
      title: string,
      type: string,
      networkProfile: Props,
      configuration: JsonObject,
      fix: string,
      effect: string,
    ]
  >([
    [
      "kubenet",
      native,
      { networkPlugin: "kubenet", podCidr },
      {},
      wholeMove.replace("DataPlane", "Dataplane"),
      replaced,
    ],
    ["kubenet, Calico alone", native, { networkPlugin: "kubenet" }, only("calico"), calicoAlone, replaced],
    [
      "dual stack",
      native,
      { networkPlugin: "azure", ipFamilies: ["IPv4", "IPv6"] },
      {},
      'Fix: inside networkProfile, set networkPluginMode: "overlay", networkDataplane: "cilium", networkPolicy: "cilium"',
      replaced,
    ],
    [
      "azurerm through the bridge, kubenet, Cilium alone",
      bridged,
      { networkPlugin: "kubenet", podCidr },
      only("cilium"),
      wholeMove,
      `If the cluster exists: azurerm 4.73.0 (this program's version) changes it in place, ${twoApplies}`,
    ],
    [
      "azurerm through the bridge, kubenet",
      bridged,
      { networkPlugin: "kubenet", podCidr },
      {},
      calicoAlone,
      "If the cluster exists: azurerm 4.73.0 (this program's version) changes it in place (every node pool is reimaged).",
    ],
  ])("%s: %s", async (_title, type, networkProfile, configuration, fix, effect) => {
    await clocked.pack.configure(configuration);
    const version = type === bridged ? "4.73.0" : "3.28.0";
    const provider = { type: "pulumi:providers:any", urn: "urn:provider", name: "any", props: { version } };
    const { violations } = await clocked.pack.analyze({
      type,
      name: "aks",
      props: { networkProfile },
      provider,
    });
    const [finding] = violations;
    expect(finding?.message.split("\n")).toEqual(expect.arrayContaining([fix, effect]));
  });
});
