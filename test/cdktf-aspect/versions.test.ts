/** What depends on the version of an API or provider in a Terraform program. */
import { describe, expect, test } from "vitest";
import { judgeWritten } from "../support/judge-written";
import type { Inputs } from "../../shared/reading/spell";
import { annotationsOf, appWith, libraries, onExampleDay, required, synthesised } from "../support/terraform";

const cluster = "Microsoft.ContainerService/managedClusters";

function messages(document: object): string[] {
  return judgeWritten(document, {}, onExampleDay).map(({ level, message }) => `${level} ${message}`);
}

const azapi = (version: string, networkProfile: object, more: object = {}): object => ({
  resource: {
    azapi_resource: {
      aks: { type: `${cluster}@${version}`, body: { ...more, properties: { networkProfile } } },
    },
  },
});
const arm = (apiVersion: unknown, networkProfile: object, more: object = {}): object => ({
  resource: {
    azurerm_resource_group_template_deployment: {
      aks: {
        template_content: JSON.stringify({
          resources: [
            {
              type: cluster,
              name: "aks",
              apiVersion,
              ...more,
              properties: { networkProfile, dnsPrefix: "aks" },
            },
          ],
        }),
      },
    },
  },
});

const azure = { networkPlugin: "azure" };
const cilium = { networkPlugin: "azure", networkDataplane: "cilium" };

describe.each([
  ["azapi", azapi, "body.properties"],
  ["an ARM template", arm, "properties"],
] as const)("%s", (_title, declare, place) => {
  const fix = (names: string): string => `Fix: inside ${place}.networkProfile, set ${names}\n`;
  test.each([
    ["2022-03-01", 'networkPolicy: "calico"'],
    ["2023-01-01", 'networkPolicy: "calico"'],
    ["2022-07-02-preview", 'networkPolicy: "calico"'],
    ["2022-09-02-preview", 'ebpfDataplane: "cilium", networkPolicy: "cilium"'],
    ["2023-02-01", 'networkDataplane: "cilium", networkPolicy: "cilium"'],
    ["2026-03-01", 'networkDataplane: "cilium", networkPolicy: "cilium"'],
  ])("at version %s gets a fix in its names", (version, names) => {
    expect(messages(declare(version, azure))).toEqual([expect.stringContaining(fix(names))]);
  });

  test.each(["2021-05-01", "2022-03-01", "2022-11-02-preview"])(
    "at version %s has no dataplane",
    (version) => {
      const [told, ...others] = messages(declare(version, cilium));
      expect(others).toEqual([]);
      expect(told).toMatch(/^error .*networkPolicy is not set/s);
      expect(told).toContain(
        `${place}.networkProfile.networkDataplane is not in API version ${version}, so it is refused.\n`,
      );
    },
  );

  test("at a version with a dataplane is Cilium because of it", () => {
    expect(messages(declare("2023-02-01", cilium))).toEqual([]);
    expect(messages(declare("2099-01-01", cilium))).toEqual([]);
  });

  test("at an unknown version is treated as the newest", () => {
    expect(messages(declare("${var.version}", cilium))).toEqual([]);
    expect(messages(declare("newest", cilium))).toEqual([]);
  });

  test("at a version without SKU Automatic is not assumed to be Automatic", () => {
    const sku = { sku: { name: "Automatic" } };
    const [told] = messages(declare("2021-05-01", {}, sku));
    expect(told).toMatch(/^error .*networkPolicy is not set/s);
    expect(told).toContain('sku.name "Automatic" is not in API version 2021-05-01, so it is ignored.\n');
    expect(messages(declare("2025-07-01", {}, sku))).toEqual([]);
    expect(messages(declare("2024-09-02-preview", {}, sku))).toEqual([]);
  });
});

test("an update at a version without a dataplane names none", () => {
  const document = {
    resource: {
      azapi_update_resource: {
        aks: {
          type: `${cluster}@2022-03-01`,
          body: { properties: { networkProfile: { networkPolicy: "none" } } },
        },
      },
    },
  };
  expect(messages(document)).toEqual([
    expect.stringContaining('networkProfile, set networkPolicy: "calico"'),
  ]);
});

describe("azurerm", () => {
  const declared = (constraint: unknown, profile: object, source = "hashicorp/azurerm"): object => ({
    terraform: { required_providers: { azurerm: { source, version: constraint } } },
    resource: { azurerm_kubernetes_cluster: { aks: { name: "aks", network_profile: profile } } },
  });
  test.each([
    ["3.117.1", "ebpf_data_plane"],
    ["~> 3.100", "ebpf_data_plane"],
    [">= 3.0, < 4.0", "ebpf_data_plane"],
    ["~> 4.0", "network_data_plane"],
    [">= 3.0", "network_data_plane"],
    [undefined, "network_data_plane"],
    [5, "network_data_plane"],
  ])("required by a document as %s gets a fix with %s", (constraint, name) => {
    expect(messages(declared(constraint, { network_plugin: "azure" }))).toEqual([
      expect.stringContaining(`network_profile, set ${name}: "cilium", network_policy: "cilium"`),
    ]);
  });

  test("is not constrained by another provider's constraint", () => {
    expect(messages(declared("3.117.1", { network_plugin: "azure" }, "acme/other"))).toEqual([
      expect.stringContaining("network_data_plane"),
    ]);
  });

  test.each(["ebpf_data_plane", "network_data_plane"])("reads %s if no version is known", (name) => {
    const document = declared(undefined, {
      network_plugin: "azure",
      network_policy: "cilium",
      [name]: "cilium",
    });
    expect(messages(document)).toEqual([]);
  });

  test.each([
    ["4.10.0", "ebpf_data_plane", false],
    ["~> 4.0", "ebpf_data_plane", false],
    ["3.99.0", "network_data_plane", false],
    ["< 3.100", "network_data_plane", false],
    ["3.99.0", "ebpf_data_plane", true],
    ["~> 3.99", "network_data_plane", true],
    [">= 3.0", "ebpf_data_plane", true],
    ["4.10.0", "network_data_plane", true],
  ])("at %s has %s: %s", (constraint, name, isThere) => {
    const profile = { network_plugin: "azure", network_policy: "cilium", [name]: "cilium" };
    const told = messages(declared(constraint, profile));
    expect(told).toEqual(
      isThere
        ? []
        : [expect.stringMatching(`network_profile.${name} is not in azurerm .*, so it is refused.`)],
    );
  });

  describe.each(libraries)("in $name", (library) => {
    const fixWith = (version: string, networkProfile: object): string => {
      const { app, stack } = appWith(library);
      const made = new library.KubernetesCluster(stack, "aks", { ...required, networkProfile } as never);
      const value = { providerName: "azurerm", providerVersion: version };
      Object.defineProperty(made, "terraformGeneratorMetadata", { value });
      synthesised(app);
      return annotationsOf(app)
        .map(({ message }) => message)
        .join("\n");
    };
    test.each([
      ["3.117.1", "ebpfDataPlane"],
      ["3.90.0", "ebpfDataPlane"],
      ["4.0.0", "networkDataPlane"],
      ["4.73.0", "networkDataPlane"],
    ])("with bindings of %s gets a fix with %s", (version, name) => {
      expect(fixWith(version, { networkPlugin: "azure" })).toContain(
        `networkProfile, set ${name}: "cilium", networkPolicy: "cilium"`,
      );
    });

    test("with bindings that do not have a name reports it", () => {
      const told = fixWith("3.100.0", {
        networkPlugin: "azure",
        networkPolicy: "cilium",
        networkDataPlane: "cilium",
      });
      expect(told).toContain("networkProfile.networkDataPlane is not in azurerm 3.100.0, so it is refused.");
    });
  });
});

test("a dynamic block for two million items is read at once", () => {
  const dynamic: Inputs = {
    network_profile: {
      for_each: Array.from({ length: 2_000_000 }, (_, i) => i),
      content: { network_plugin: "azure" },
    },
  };
  const document = { resource: { azurerm_kubernetes_cluster: { aks: { name: "aks", dynamic } } } };
  const start = performance.now();
  expect(messages(document)).toEqual([expect.stringContaining("network_profile is a list, not an object")]);
  expect(performance.now() - start).toBeLessThan(3000);
});
