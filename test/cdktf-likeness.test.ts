import type { KubernetesCluster } from "@cdktf/provider-azurerm/lib/kubernetes-cluster";
import fc from "fast-check";
import { afterAll, describe, expect, test, vi } from "vitest";
import type { ElementLike } from "../cdktf-aspect/constructs";
import { typedObject } from "../cdktf-aspect/generated";
import { readAttributes } from "../shared/documents/terraform/attributes";
import { azurerm, azurermTyped } from "../shared/dialects/azurerm";
import { likenessOf, partsOf } from "../shared/documents/terraform/likeness";
import { readCluster } from "../shared/reading/cluster";
import { libraries, required, stackOf } from "./support/terraform";

const [typedParts, writtenParts] = [partsOf(azurermTyped), partsOf(azurerm)];
const token = "${TfToken[TOKEN.0]}";

describe("a likeness", () => {
  test("tells every part by which a cluster is read", () => {
    const names = (parts: typeof writtenParts): string[] =>
      parts.flatMap(({ name, parts: inner }) => [name, ...names(inner)]);
    expect(names(writtenParts)).toEqual([
      ...["network_profile", "network_policy", "network_plugin", "network_plugin_mode"],
      ...["network_data_plane", "ebpf_data_plane", "ip_versions", "advanced_networking", "security_enabled"],
      ...["node_provisioning_profile", "mode", "windows_profile"],
      ...["default_node_pool", "name", "os_type", "os_sku"],
      ...["auto_scaling_enabled", "enable_auto_scaling", "node_count", "max_count"],
    ]);
  });

  test.each<[attributes: Record<string, unknown>, likeness: string | undefined]>([
    [{}, ""],
    [{ name: "a", network_profile: null }, ""],
    [{ network_profile: {} }, "0={}"],
    [{ network_profile: { pod_cidr: "10.0.0.0/8" } }, "0={}"],
    [{ network_profile: { network_policy: "calico" } }, '0={0=6"calico}'],
    [{ network_profile: { network_policy: "" } }, '0={0=0"}'],
    [{ network_profile: { network_policy: 5 } }, "0={0=5,}"],
    [{ network_profile: { network_policy: false } }, "0={0=false,}"],
    [{ network_profile: { ip_versions: ["IPv4", "IPv6"] } }, '0={5=[4"IPv44"IPv6]}'],
    [{ network_profile: { ip_versions: ["IPv4,IPv6"] } }, '0={5=[9"IPv4,IPv6]}'],
    [{ network_profile: { ip_versions: [] } }, "0={5=[]}"],
    [{ network_profile: { ip_versions: ["IPv4", token] } }, undefined],
    [{ network_profile: { ip_versions: ["IPv4", null] } }, undefined],
    [{ network_profile: { ip_versions: [["IPv4"]] } }, '0={5=[[4"IPv4]]}'],
    [{ network_profile: { network_policy: token } }, undefined],
    [{ network_profile: { network_policy: -1.8881545897087503e289 } }, undefined],
    [{ network_profile: { network_policy: () => "calico" } }, undefined],
    [{ network_profile: { network_policy: 5n } }, undefined],
    [{ network_profile: { network_policy: Symbol("calico") } }, undefined],
    [{ network_profile: { network_policy: { calico: true } } }, undefined],
    [{ network_profile: [{ network_policy: "calico" }] }, undefined],
    [{ network_profile: "calico" }, undefined],
    [{ network_profile: token }, undefined],
    [{ network_profile: { resolve: () => ({}) } }, undefined],
    [{ network_profile: Object.create({ network_policy: "calico" }) as object }, undefined],
    [{ network_profile: { dynamic: { advanced_networking: [] } } }, undefined],
    [{ network_profile: { toJSON: () => ({}) } }, undefined],
    [{ dynamic: {} }, undefined],
    [{ toJSON: () => ({}) }, undefined],
    [{ windows_profile: { admin_username: "azureuser" } }, undefined],
  ])("of %o", (attributes, likeness) => {
    expect(likenessOf(attributes, writtenParts)).toBe(likeness);
  });

  test("is the same for no two that read differently", () => {
    const word = fc.constantFrom<unknown>(undefined, null, "", "azure", "cilium", "${var.x}", 1, true, [
      "IPv4",
    ]);
    const block = (names: readonly string[]): fc.Arbitrary<unknown> =>
      fc.oneof(
        {
          weight: 6,
          arbitrary: fc.record(Object.fromEntries(names.map((name) => [name, word])), {
            noNullPrototype: true,
          }),
        },
        { weight: 1, arbitrary: fc.constantFrom<unknown>(undefined, null, {}, "", [], 0) },
      );
    const cluster = fc.record(
      {
        network_profile: block(["network_policy", "network_data_plane", "ip_versions"]),
        windows_profile: fc.constantFrom<unknown>(undefined, null, "", {}),
        default_node_pool: block(["node_count", "os_sku"]),
      },
      { noNullPrototype: true },
    );
    const byLikeness = new Map<string, unknown>();
    let again = 0;
    fc.assert(
      fc.property(cluster, (attributes) => {
        const likeness = likenessOf(attributes, writtenParts);
        if (likeness === undefined) return;
        const reading = readCluster(readAttributes(attributes).root, azurerm);
        if (byLikeness.has(likeness)) again++;
        else byLikeness.set(likeness, reading);
        expect(reading).toEqual(byLikeness.get(likeness));
      }),
      { numRuns: 20_000 },
    );
    expect(byLikeness.size).toBeGreaterThan(1000);
    expect(again).toBeGreaterThan(1000);
  });
});

describe.each(libraries)("an object of a generated class, $name:", (library) => {
  // For every token the libraries take a stack trace that nobody reads here.
  const spy = vi.spyOn(Error, "captureStackTrace").mockReturnValue();
  afterAll(() => {
    spy.mockRestore();
  });

  const profile = { networkPlugin: "azure", networkPolicy: "cilium", networkDataPlane: "cilium" };
  const configs: readonly (readonly [what: string, config: object])[] = [
    ["nothing", {}],
    ["an engine", { networkProfile: profile }],
    ["an empty profile", { networkProfile: {} }],
    [
      "a profile of nothing that tells",
      { networkProfile: { networkPlugin: undefined, podCidr: "10.0.0.0/8" } },
    ],
    ["families", { networkProfile: { ...profile, ipVersions: ["IPv4", "IPv6"] } }],
    ["a block in a block", { networkProfile: { ...profile, advancedNetworking: { securityEnabled: true } } }],
    ["an empty block", { networkProfile: profile, nodeProvisioningProfile: {} }],
    [
      "a pool that scales",
      { defaultNodePool: { ...required.defaultNodePool, autoScalingEnabled: true, maxCount: 9 } },
    ],
  ];

  test.each(configs)("its likeness is that of its inputs, and of what is written: %s", (_, config) => {
    const stack = stackOf(library, library.lib.Testing.app(), "s");
    const made = new library.KubernetesCluster(stack, "aks", { ...required, ...config });
    const object = typedObject(made as unknown as ElementLike);
    const likeness = object?.likeness();
    expect(likeness).toMatch(/./);
    expect(likenessOf(object?.inputs() ?? {}, typedParts)).toBe(likeness);
    const written = JSON.parse(library.lib.Testing.synth(stack)) as {
      readonly resource: { readonly azurerm_kubernetes_cluster: { readonly aks: Record<string, unknown> } };
    };
    expect(likenessOf(written.resource.azurerm_kubernetes_cluster.aks, writtenParts)).toBe(likeness);
  });

  test.each<[what: string, config: object]>([
    ["an expression that is not resolved", { networkProfile: { ...profile, networkPolicy: token } }],
    ["a Windows profile", { windowsProfile: { adminUsername: "azureuser", adminPassword: "x" } }],
    [
      "something that is no text",
      { networkProfile: { ...profile, networkPolicy: { resolve: () => "calico" } } },
    ],
  ])("it has none with %s", (_, config) => {
    const stack = stackOf(library, library.lib.Testing.app(), "s");
    const made = new library.KubernetesCluster(stack, "aks", { ...required, ...config });
    const object = typedObject(made as unknown as ElementLike);
    expect(object).toBeDefined();
    expect(object?.likeness()).toBeUndefined();
  });

  test("it has none where a class made from the generated one hands out another block", () => {
    class Other extends library.KubernetesCluster {
      override get networkProfile(): KubernetesCluster["networkProfile"] {
        return super.networkProfile;
      }
    }
    const stack = stackOf(library, library.lib.Testing.app(), "s");
    const made = new Other(stack, "aks", { ...required, networkProfile: profile });
    const object = typedObject(made as unknown as ElementLike);
    expect(object).toBeDefined();
    expect(object?.likeness()).toBeUndefined();
  });

  test("an override, a move or a method of its own, and its inputs do not decide alone", () => {
    const stack = stackOf(library, library.lib.Testing.app(), "s");
    const make = (id: string): ElementLike =>
      new library.KubernetesCluster(stack, id, {
        ...required,
        networkProfile: profile,
      });
    expect(typedObject(make("plain"))).toBeDefined();
    const changes: readonly ((made: ElementLike) => void)[] = [
      (made) => {
        (made as unknown as { addOverride(path: string, value: unknown): void }).addOverride("name", "x");
      },
      (made) => {
        (made as unknown as { moveTo(target: string): void }).moveTo("target");
      },
      ...["toTerraform", "toHclTerraform", "synthesizeAttributes"].map(
        (name) =>
          (made: ElementLike): void => {
            Reflect.set(made, name, () => ({}));
          },
      ),
    ];
    for (const [i, change] of changes.entries()) {
      const made = make(`aks${i}`);
      change(made);
      expect(typedObject(made)).toBeUndefined();
    }
  });
});
