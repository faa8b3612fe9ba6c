/** What depends on the version of an API or provider in a Pulumi program. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { JsonObject, PackConfig, Props, Resource } from "../engine/analyzer";
import { urnOf } from "../engine/analyzer";
import type { ClockedPack } from "../support/clocked-pack";
import { bootClockedPack } from "../support/clocked-pack";

let clocked: ClockedPack;
beforeAll(async () => {
  clocked = await bootClockedPack();
});
afterEach(() => clocked.pack.configure({}));
afterAll(() => clocked.stop());

const native = (module: string): string =>
  `azure-native:containerservice${module === "" ? "" : `/${module}`}:ManagedCluster`;

function resource(type: string, props: Props, version?: string): Resource {
  const provider = `pulumi:providers:${type.split(":")[0] ?? ""}`;
  return {
    type,
    name: "aks",
    props,
    ...(version === undefined
      ? {}
      : {
          provider: { type: provider, urn: urnOf(provider, "default"), name: "default", props: { version } },
        }),
  };
}

async function judged(type: string, props: Props, version?: string): Promise<string[]> {
  const { violations } = await clocked.pack.analyze(resource(type, props, version));
  return violations.map(({ enforcementLevel, message }) => `${enforcementLevel} ${message}`);
}

const azure = { networkProfile: { networkPlugin: "azure" } };
const cilium = { networkProfile: { networkPlugin: "azure", networkDataplane: "cilium" } };
const ebpf = { networkProfile: { networkPlugin: "azure", ebpfDataplane: "cilium" } };
const automatic = { sku: { name: "Automatic" } };

describe("a fix uses only names that the version has:", () => {
  test.each([
    ["v20220301", undefined, 'networkPolicy: "calico"'],
    ["v20211001", undefined, 'networkPolicy: "calico"'],
    ["v20230101", undefined, 'networkPolicy: "calico"'],
    ["v20220702preview", undefined, 'networkPolicy: "calico"'],
    ["", "1.104.0", 'networkPolicy: "calico"'],
    ["v20220902preview", undefined, 'ebpfDataplane: "cilium", networkPolicy: "cilium"'],
    ["v20230202preview", undefined, 'networkDataplane: "cilium", networkPolicy: "cilium"'],
    ["v20230201", undefined, 'networkDataplane: "cilium", networkPolicy: "cilium"'],
    ["", "2.92.3", 'networkDataplane: "cilium", networkPolicy: "cilium"'],
    ["", undefined, 'networkDataplane: "cilium", networkPolicy: "cilium"'],
  ])("module %j of provider %s", async (module, version, fix) => {
    const [told] = await judged(native(module), azure, version);
    expect(told).toContain(`Fix: inside networkProfile, set ${fix}\n`);
  });

  test("with the advice to use a newer API, if only Cilium fits", async () => {
    const dualStack = { networkProfile: { networkPlugin: "azure", ipFamilies: ["IPv4", "IPv6"] } };
    const [told] = await judged(native("v20220301"), dualStack);
    expect(told).toContain(
      'declare the cluster with an API version of 2023 or later, and inside networkProfile, set networkPluginMode: "overlay", networkDataplane: "cilium", networkPolicy: "cilium"',
    );
  });
});

describe("what the version does not have counts as absent:", () => {
  test.each<[title: string, module: string, version: string | undefined, props: Props, line: string]>([
    [
      "the dataplane",
      "v20210501",
      undefined,
      cilium,
      "networkProfile.networkDataplane is not in API version 2021-05-01",
    ],
    [
      "the dataplane",
      "v20220301",
      undefined,
      cilium,
      "networkProfile.networkDataplane is not in API version 2022-03-01",
    ],
    [
      "the dataplane",
      "v20220902preview",
      undefined,
      cilium,
      "networkProfile.networkDataplane is not in API version 2022-09-02-preview",
    ],
    [
      "the dataplane",
      "",
      "1.104.0",
      cilium,
      "networkProfile.networkDataplane is not in API version 2021-03-01",
    ],
    [
      "its older name",
      "v20240901",
      undefined,
      ebpf,
      "networkProfile.ebpfDataplane is not in API version 2024-09-01",
    ],
    ["its older name", "", "2.92.3", ebpf, "networkProfile.ebpfDataplane is not in API version 2023-04-01"],
    ["its older name", "", "3.28.0", ebpf, "networkProfile.ebpfDataplane is not in API version 2025-09-01"],
  ])("%s in module %j of provider %s", async (_title, module, version, props, line) => {
    const [told, ...others] = await judged(native(module), props, version);
    expect(others).toEqual([]);
    expect(told).toMatch(/^mandatory .*networkPolicy is not set: this cluster has no network policy engine/s);
    expect(told).toContain(`${line}, so it is dropped.\n`);
  });

  test.each([
    ["v20210501", undefined, "API version 2021-05-01"],
    ["v20240501", undefined, "API version 2024-05-01"],
    ["", "2.92.3", "API version 2023-04-01"],
  ])("SKU Automatic in module %j of provider %s", async (module, version, called) => {
    const [told] = await judged(native(module), automatic, version);
    expect(told).toMatch(/^mandatory .*networkPolicy is not set/s);
    expect(told).toContain(`sku.name "Automatic" is not in ${called}, so it is ignored.\n`);
  });

  test.each([
    ["v20240302preview", automatic],
    ["v20250701", automatic],
    ["", automatic],
    ["v20221102preview", ebpf],
    ["v20230401", cilium],
    ["v20210501", { ...automatic, networkProfile: { networkPlugin: "azure", networkPolicy: "calico" } }],
  ])("but in module %j", async (module, props) => {
    expect(await judged(native(module), props)).toEqual([]);
  });

  test.each([
    [
      "azure:containerservice/kubernetesCluster:KubernetesCluster",
      "5.45.0",
      "networkDataPlane",
      "@pulumi/azure 5.45.0",
    ],
    [
      "azure:containerservice/kubernetesCluster:KubernetesCluster",
      "6.40.0",
      "ebpfDataPlane",
      "@pulumi/azure 6.40.0",
    ],
    ["azurerm:index/kubernetesCluster:KubernetesCluster", "3.100.0", "networkDataPlane", "azurerm 3.100.0"],
    ["azurerm:index/kubernetesCluster:KubernetesCluster", "4.0.0", "ebpfDataPlane", "azurerm 4.0.0"],
  ])("in %s %s", async (type, version, name, called) => {
    const props = { networkProfile: { networkPlugin: "azure", networkPolicy: "cilium", [name]: "cilium" } };
    const [told] = await judged(type, props, version);
    expect(await judged(type, props, `${version} hunter2`)).toEqual([
      expect.stringContaining(
        `networkProfile.${name} is not in this ${called.replace(/ .*/, "")}, so it is refused.`,
      ),
    ]);
    expect(told).toMatch(/^mandatory .*engine cilium needs the Cilium dataplane/s);
    expect(told).toContain(`networkProfile.${name} is not in ${called}, so it is refused.\n`);
  });
});

describe("auto-set writes only what the version has:", () => {
  const remediates = (autoSet: JsonObject): PackConfig => ({
    "network-policy-configured": { enforcementLevel: "remediate", autoSet },
  });
  test.each([
    ["v20220301", azure, { networkPlugin: "azure", networkPolicy: "calico" }],
    ["v20230101", azure, { networkPlugin: "azure", networkPolicy: "calico" }],
    ["v20220902preview", azure, { networkPlugin: "azure", ebpfDataplane: "cilium", networkPolicy: "cilium" }],
    ["v20240901", azure, { networkPlugin: "azure", networkDataplane: "cilium", networkPolicy: "cilium" }],
  ])("module %s", async (module, props, written) => {
    await clocked.pack.configure(remediates({ acceptReplacement: true }));
    const { remediations } = await clocked.pack.remediate(resource(native(module), props));
    expect(remediations.map(({ props }) => props?.["networkProfile"])).toEqual([written]);
  });

  test("and nothing if the whole profile would need more", async () => {
    await clocked.pack.configure(remediates({ acceptReplacement: true, wholeProfile: true }));
    const { remediations } = await clocked.pack.remediate(resource(native("v20220301"), {}));
    expect(remediations).toEqual([]);
  });
});

describe("kubenet that an SDK adds is reported as the SDK's:", () => {
  const line = (version = ""): string =>
    `networkProfile.networkPlugin "kubenet" is the default that version ${version.charAt(0)} of the azure-native SDK writes.\n`;
  const kubenet = { networkProfile: { networkPlugin: "kubenet" } };
  test.each<[module: string, version: string | undefined, props: Props, isReported: boolean]>([
    ["", "2.92.3", kubenet, true],
    ["", "2.0.0", { networkProfile: { networkPlugin: "kubenet", networkPolicy: "azure" } }, true],
    ["v20240801", "2.92.3", kubenet, true],
    ["v20210501", "2.92.3", kubenet, true],
    ["v20240901", "2.92.3", kubenet, false],
    ["v20240702preview", "2.92.3", kubenet, false],
    ["", "3.28.0", kubenet, false],
    ["", "1.104.0", kubenet, true],
    ["", "1.52.0", kubenet, true],
    ["", "1.47.0", kubenet, false],
    ["v20180331", "1.104.0", kubenet, true],
    ["v20220201", "1.104.0", kubenet, true],
    ["v20220102preview", "1.104.0", kubenet, true],
    ["v20220202preview", "1.104.0", kubenet, false],
    ["v20170831", "1.104.0", kubenet, false],
    ["", undefined, kubenet, false],
    ["", "2.92.3", azure, false],
  ])("module %j of version %s, %j", async (module, version, props, isReported) => {
    const told = await judged(native(module), props, version);
    expect(told.length).toBeGreaterThan(0);
    expect(told.every((each) => each.includes(line(version)))).toBe(isReported);
  });
});
