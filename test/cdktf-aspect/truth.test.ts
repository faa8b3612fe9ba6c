import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { App, TerraformStack } from "cdktf";
import { afterEach, describe, expect, test } from "vitest";
import type { Library, NetworkProfile } from "../support/terraform";
import {
  annotationsOf,
  appWith,
  libraries,
  required,
  stackOf,
  synthesised,
  told,
} from "../support/terraform";
import { resource } from "../support/terraform-shapes";

const notSet =
  "error network-policy-configured: networkProfile.networkPolicy is not set: this cluster has no network policy engine.";
const unknown = (part: string): string =>
  `warn network-policy-configured: Unknown: ${part} not known before \`terraform plan\`.`;
const enforced: NetworkProfile = { networkPlugin: "azure", networkPolicy: "calico" };
const open: NetworkProfile = { networkPlugin: "azure" };

afterEach(() => {
  delete process.env["SYNTH_HCL_OUTPUT"];
  delete process.env["CDKTF_CONTINUE_SYNTH_ON_ERROR_ANNOTATIONS"];
});

function cluster(library: Library, stack: TerraformStack, networkProfile?: NetworkProfile, id = "aks") {
  return new library.KubernetesCluster(stack, id, {
    ...required,
    ...(networkProfile === undefined ? {} : { networkProfile }),
  });
}

type Made = ReturnType<typeof cluster>;

/**
 * `Testing.synth` collects no annotations: a reported error must stop it all the same, and nothing else may.
 */
function endsAsReported(app: App, synth: () => unknown): void {
  let thrown: unknown;
  try {
    synth();
  } catch (error) {
    thrown = error;
  }
  const errors = annotationsOf(app).filter(({ level }) => level === "error");
  if (errors.length === 0) expect(thrown).toBeUndefined();
  for (const { path, message } of errors) expect(String(thrown)).toContain(`[${path}] ${message}`);
}

describe.each(libraries)("$name checks what will be written:", (library) => {
  const { lib } = library;

  interface Case {
    readonly title: string;
    readonly profile?: NetworkProfile | ((stack: TerraformStack) => NetworkProfile);
    readonly then?: (made: Made, stack: TerraformStack) => void;
    readonly json: readonly string[];
    /** The difference when HCL is written. */
    readonly hcl?: readonly string[];
  }

  const policy = (networkPolicy: string): NetworkProfile => ({ networkPlugin: "azure", networkPolicy });
  const atPolicy = unknown("networkProfile.networkPolicy is");
  const atEverything = unknown(
    "networkProfile.networkPolicy, networkProfile.networkPlugin, networkProfile.networkDataPlane are",
  );
  const atBlockOf = (name: string): string => unknown(`${name} (one unknown value in it is enough) is`);
  const atBlock = atBlockOf("networkProfile");

  const cases: readonly Case[] = [
    { title: "a value", profile: enforced, json: [] },
    { title: "no network profile", json: [notSet] },
    { title: "no engine", profile: open, json: [notSet] },
    { title: "an empty profile", profile: {} as NetworkProfile, json: [notSet] },
    { title: "null", profile: policy(null as unknown as string), json: [notSet] },
    { title: "an empty text", profile: policy(""), json: [notSet] },
    {
      title: "a misspelled engine",
      profile: policy("Calico"),
      json: [
        'error network-policy-configured: networkProfile.networkPolicy is not one of azure, calico, cilium (did you mean "calico"?): this cluster has no network policy engine.',
      ],
    },
    {
      title: "a Lazy that produces a value",
      profile: policy(lib.Lazy.stringValue({ produce: () => "calico" })),
      json: [],
    },
    {
      title: "a Lazy that produces nothing",
      profile: policy(lib.Lazy.stringValue({ produce: () => undefined })),
      json: [notSet],
      // cdktf writes the description of an attribute in place of a missing value.
      hcl: [
        library.name === "cdktn"
          ? notSet
          : "error network-policy-configured: networkProfile.networkPolicy is an object, not one of azure, calico, cilium: this cluster has no network policy engine.",
      ],
    },
    { title: "the null token", profile: policy(lib.Token.asString(lib.Token.nullValue())), json: [notSet] },
    {
      title: "a variable",
      profile: (stack) => policy(new lib.TerraformVariable(stack, "np", {}).stringValue),
      json: [atPolicy],
    },
    { title: "a plain ${}", profile: policy("${var.np}"), json: [atPolicy] },
    { title: "a plain %{}", profile: policy("%{ if var.on }calico%{ endif }"), json: [atPolicy] },
    {
      title: "an escaped $${}, which is plain text",
      profile: policy("$${var.np}"),
      json: [
        "error network-policy-configured: networkProfile.networkPolicy is not one of azure, calico, cilium: this cluster has no network policy engine.",
      ],
    },
    { title: "a function", profile: policy(lib.Fn.lower("AZURE")), json: [atPolicy] },
    {
      title: "a condition",
      profile: (stack) =>
        policy(
          lib.Token.asString(
            lib.conditional(new lib.TerraformVariable(stack, "on", {}).value, "azure", lib.Token.nullValue()),
          ),
        ),
      json: [atPolicy],
    },
    {
      title: "another cluster's profile",
      profile: (stack) => cluster(library, stack, enforced, "other").networkProfile,
      json: [atEverything],
    },
    {
      title: "a Lazy block, which the library drops",
      profile: lib.Lazy.anyValue({
        produce: () => ({ networkPlugin: "azure", networkPolicy: "calico" }),
      }) as unknown as NetworkProfile,
      json: [notSet],
    },
    { title: "one unknown sibling", profile: { ...enforced, dnsServiceIp: "${var.ip}" }, json: [] },
    {
      title: "an override that adds the engine",
      profile: open,
      then: (made) => {
        made.addOverride("network_profile.network_policy", "calico");
      },
      json: [],
      hcl: [notSet],
    },
    {
      title: "an override that deletes the engine",
      profile: enforced,
      then: (made) => {
        made.addOverride("network_profile.network_policy", undefined);
      },
      json: [notSet],
      hcl: [],
    },
    {
      title: "an override to null",
      profile: enforced,
      then: (made) => {
        made.addOverride("network_profile.network_policy", null);
      },
      json: [notSet],
      hcl: [],
    },
    {
      title: "an override that deletes the block",
      profile: enforced,
      then: (made) => {
        made.addOverride("network_profile", undefined);
      },
      json: [notSet],
    },
    {
      title: "an override to a list of one block",
      profile: open,
      then: (made) => {
        made.addOverride("network_profile", [{ network_plugin: "azure", network_policy: "calico" }]);
      },
      json: [],
    },
    {
      title: "an override to a list of one block without an engine",
      profile: enforced,
      then: (made) => {
        made.addOverride("network_profile", [{ network_plugin: "azure" }]);
      },
      json: [notSet],
    },
    {
      title: "an override to an expression",
      profile: enforced,
      then: (made) => {
        made.addOverride("network_profile", "${var.np}");
      },
      json: [atBlock],
    },
    {
      title: "an override to an object with a value, where HCL has only the value",
      then: (_, stack) => {
        resource(library, stack, "odd", "azurerm_kubernetes_cluster", {
          network_profile: { value: "var.np", network_plugin: "azure", network_policy: "calico" },
        });
      },
      profile: enforced,
      json: [],
      hcl: [atBlockOf("network_profile")],
    },
    {
      title: "an override to an object with a dynamic block, where HCL has only that block",
      then: (_, stack) => {
        resource(library, stack, "odd", "azurerm_kubernetes_cluster", {
          network_profile: {
            dynamic: { value: { for_each: [1], content: { network_plugin: "azure" } } },
            network_plugin: "azure",
            network_policy: "calico",
          },
        });
      },
      profile: enforced,
      json: [],
      hcl: [atBlockOf("network_profile")],
    },
    {
      title: "an override to a token",
      profile: enforced,
      then: (made) => {
        made.addOverride(
          "network_profile.network_policy",
          lib.Lazy.stringValue({ produce: () => undefined }),
        );
      },
      json: [notSet],
      hcl: [],
    },
    {
      title: "an override that index syntax puts in the wrong place",
      profile: open,
      then: (made) => {
        made.addOverride("network_profile.0.network_policy", "calico");
      },
      json: [notSet],
    },
    {
      title: "an override of something else",
      profile: enforced,
      then: (made) => {
        made.addOverride("sku_tier", "Standard");
      },
      json: [],
    },
    {
      title: "an override on the stack that adds the engine",
      profile: open,
      then: (_, stack) => {
        stack.addOverride("resource.azurerm_kubernetes_cluster.aks.network_profile.network_policy", "calico");
      },
      json: [],
      hcl: [notSet],
    },
    {
      title: "an override on the stack that deletes the engine",
      profile: enforced,
      then: (_, stack) => {
        stack.addOverride(
          "resource.azurerm_kubernetes_cluster.aks.network_profile.network_policy",
          undefined,
        );
      },
      json: [notSet],
      hcl: [],
    },
    {
      title: "an override on the stack that deletes the cluster",
      profile: open,
      then: (_, stack) => {
        stack.addOverride("resource.azurerm_kubernetes_cluster.aks", undefined);
      },
      json: [],
      hcl: [notSet],
    },
    {
      title: "an override on the stack that adds a cluster",
      profile: enforced,
      then: (_, stack) => {
        stack.addOverride("resource.azurerm_kubernetes_cluster.more", {
          network_profile: { network_plugin: "azure" },
        });
      },
      json: [
        "error network-policy-configured: network_profile.network_policy is not set: this cluster has no network policy engine.",
      ],
      hcl: [],
    },
    {
      title: "a dynamic block with one written element",
      then: (made) => {
        made.addOverride("dynamic.network_profile", {
          for_each: [1],
          content: { network_plugin: "azure", network_policy: "calico" },
        });
      },
      json: [],
    },
    {
      title: "a dynamic block without elements",
      then: (made) => {
        made.addOverride("dynamic.network_profile", {
          for_each: [],
          content: { network_plugin: "azure", network_policy: "calico" },
        });
      },
      json: [notSet],
    },
    {
      title: "a dynamic block of unknown length",
      then: (made) => {
        made.addOverride("dynamic.network_profile", {
          for_each: "${var.profiles}",
          content: { network_plugin: "azure", network_policy: "calico" },
        });
      },
      json: [atBlock],
    },
    {
      title: "a dynamic block with an unknown engine",
      then: (made) => {
        made.addOverride("dynamic.network_profile", {
          for_each: ["a"],
          content: { network_plugin: "azure", network_policy: "${network_profile.value}" },
        });
      },
      json: [atPolicy],
    },
    {
      title: "a dynamic block next to a written one",
      profile: enforced,
      then: (made) => {
        made.addOverride("dynamic.network_profile", { for_each: [1], content: { network_plugin: "azure" } });
      },
      json: [
        "error network-policy-configured: networkProfile is a list, not an object: this cluster has no network policy engine.",
      ],
    },
    {
      title: "the typed setter",
      profile: open,
      then: (made) => {
        made.networkProfile.networkPolicy = "calico";
      },
      json: [],
    },
    {
      title: "for each of something",
      profile: (stack) => {
        const each = lib.TerraformIterator.fromList(
          new lib.TerraformVariable(stack, "each", { type: "list(string)" }).listValue,
        );
        return policy(each.value as string);
      },
      json: [atPolicy],
    },
    {
      title: "a moved cluster, which is written elsewhere",
      profile: open,
      then: (made) => {
        made.moveToId("azurerm_kubernetes_cluster.new");
      },
      json: [],
    },
  ];

  function declare({ profile, then }: Case, stack: TerraformStack): void {
    const made = cluster(library, stack, typeof profile === "function" ? profile(stack) : profile);
    then?.(made, stack);
  }

  const ways = {
    "app.synth": (each: Case) => {
      const { app, stack } = appWith(library);
      declare(each, stack);
      return synthesised(app);
    },
    "Testing.synth with validations": (each: Case) => {
      const { app, stack } = appWith(library);
      declare(each, stack);
      endsAsReported(app, () => lib.Testing.synth(stack, true));
      return told(app);
    },
    "Testing.synth": (each: Case) => {
      const { app, stack } = appWith(library);
      declare(each, stack);
      endsAsReported(app, () => lib.Testing.synth(stack));
      return told(app);
    },
    "Testing.fullSynth": (each: Case) => {
      const { app, stack } = appWith(library);
      declare(each, stack);
      const synth = (): unknown => lib.Testing.fullSynth(stack);
      if (each.json.some((line) => line.startsWith("error")))
        expect(synth).toThrow(/network-policy-configured/);
      else synth();
      return told(app);
    },
  };
  // A move requires the terraform binary in validations, which are not part of this package.
  const validated = cases.filter(({ title }) => !title.startsWith("a moved"));

  describe.each(Object.entries(ways))("%s", (name, way) => {
    test.each((name === "Testing.synth" ? cases : validated).map((each) => [each.title, each] as const))(
      "%s",
      (_title, each) => {
        expect(way(each)).toEqual(each.json);
      },
    );
  });

  test.each(cases.map((each) => [each.title, each] as const))("HCL: %s", (_title, each) => {
    const { app, stack } = appWith(library);
    declare(each, stack);
    endsAsReported(app, () => lib.Testing.synthHcl(stack));
    expect(told(app)).toEqual(each.hcl ?? each.json);
  });

  test.each(validated.map((each) => [each.title, each] as const))(
    "HCL from the CLI's variable: %s",
    (_title, each) => {
      process.env["SYNTH_HCL_OUTPUT"] = "true";
      const { app, stack } = appWith(library);
      declare(each, stack);
      expect(synthesised(app)).toEqual(each.hcl ?? each.json);
    },
  );

  describe("an Aspect that runs later", () => {
    const laterAspects = {
      adds: { profile: open, write: "calico", said: [] },
      deletes: { profile: enforced, write: undefined, said: [notSet] },
    };
    test.each(
      Object.entries(laterAspects).flatMap(([title, each]) =>
        Object.keys(ways).map((way) => [title, way, each] as const),
      ),
    )("%s the engine: %s", (_title, way, { profile, write, said }) => {
      const { app, stack } = appWith(library);
      cluster(library, stack, profile);
      lib.Aspects.of(stack).add({
        visit: (node) => {
          if (node instanceof library.KubernetesCluster)
            node.addOverride("network_profile.network_policy", write);
        },
      });
      switch (way) {
        case "app.synth":
          synthesised(app);
          break;
        case "Testing.fullSynth":
          try {
            lib.Testing.fullSynth(stack);
          } catch (error) {
            expect(String(error)).toContain("network-policy-configured");
          }
          break;
        default:
          endsAsReported(app, () => lib.Testing.synth(stack, way.endsWith("validations")));
      }
      expect(told(app)).toEqual(said);
    });

    test("that renders the stack too early does not fix the verdict", () => {
      const { app, stack } = appWith(library);
      const made = cluster(library, stack, open);
      lib.Aspects.of(stack).add({
        visit: (node) => {
          if (node === stack) stack.toTerraform();
          if (node === made) made.networkProfile.networkPolicy = "calico";
        },
      });
      expect(synthesised(app)).toEqual([]);
    });
  });

  test("a construct that an Aspect creates after Aspects have passed", () => {
    const { app, stack } = appWith(library);
    const group = new lib.TerraformOutput(stack, "group", { value: "x" });
    cluster(library, stack, enforced);
    let made = false;
    lib.Aspects.of(stack).add({
      visit: (node) => {
        if (node.node.id !== "aks" || made) return;
        made = true;
        new library.KubernetesCluster(group, "late", { ...required, networkProfile: open });
      },
    });
    expect(synthesised(app)).toEqual([notSet]);
  });

  test("skipValidation does not turn it off, and the final state still decides", () => {
    for (const [profile, write, said] of [
      [open, "calico", []],
      [enforced, undefined, [notSet]],
    ] as const) {
      const outdir = mkdtempSync(join(tmpdir(), "skip-"));
      const app = new lib.App({ skipValidation: true, outdir });
      const stack = stackOf(library, app, "s");
      const { aspect } = appWith(library);
      lib.Aspects.of(stack).add(aspect);
      cluster(library, stack, profile);
      lib.Aspects.of(stack).add({
        visit: (node) => {
          if (node instanceof library.KubernetesCluster)
            node.addOverride("network_profile.network_policy", write);
        },
      });
      expect(synthesised(app)).toEqual(said);
      rmSync(outdir, { recursive: true });
    }
  });

  test("CDKTF_CONTINUE_SYNTH_ON_ERROR_ANNOTATIONS lets the synthesis continue, and the error is in the manifest", () => {
    process.env["CDKTF_CONTINUE_SYNTH_ON_ERROR_ANNOTATIONS"] = "true";
    const { app, stack } = appWith(library);
    cluster(library, stack, open);
    app.synth();
    expect(manifestOf(app)).toEqual(["s/aks @cdktf/error"]);
  });

  function manifestOf({ outdir }: { outdir: string }): string[] {
    const manifest = JSON.parse(readFileSync(join(outdir, "manifest.json"), "utf8")) as {
      stacks: Record<
        string,
        { annotations: { constructPath: string; level: string; stacktrace?: string[] }[] }
      >;
    };
    const all = Object.values(manifest.stacks).flatMap(({ annotations }) => annotations);
    expect(all.filter(({ stacktrace }) => stacktrace !== undefined)).toEqual([]);
    return all.map(({ constructPath, level }) => `${constructPath} ${level}`);
  }

  test("nested stacks and repeated syntheses repeat no message", () => {
    process.env["CDKTF_CONTINUE_SYNTH_ON_ERROR_ANNOTATIONS"] = "true";
    const { app, stack, aspect } = appWith(library);
    const inner = stackOf(library, stack, "inner");
    lib.Aspects.of(inner).add(aspect);
    cluster(library, stack, open);
    cluster(library, inner, open, "nested");
    const expected = ["s/aks @cdktf/error", "s/inner/nested @cdktf/error"];
    for (let i = 0; i < 3; i++) {
      app.synth();
      expect(manifestOf(app).sort()).toEqual(expected);
      expect(annotationsOf(app)).toHaveLength(2);
    }
  });

  test("a cluster that was fixed between two syntheses is no longer reported", () => {
    const { app, stack } = appWith(library);
    const made = cluster(library, stack, open);
    expect(synthesised(app)).toEqual([notSet]);
    made.networkProfile.networkPolicy = "calico";
    expect(synthesised(app)).toEqual([]);
  });

  test("a message about a typed cluster says that an override changes its settings", () => {
    const { app, stack } = appWith(library);
    cluster(library, stack, open, "plain");
    const made = cluster(library, stack, enforced, "overridden");
    made.addOverride("network_profile.network_policy", undefined);
    synthesised(app);
    const noted = annotationsOf(app).filter(({ message }) => message.includes("an override (addOverride)"));
    expect(noted.map(({ path }) => path)).toEqual(["s/overridden"]);
  });

  test("identical clusters are checked as each would be alone", () => {
    const shared = lib.Lazy.stringValue({ produce: () => "calico" });
    const nothing = lib.Lazy.stringValue({ produce: () => undefined });
    const of = (networkPolicy: unknown, more: Partial<NetworkProfile> = {}): NetworkProfile => ({
      ...policy(networkPolicy as string),
      ...more,
    });
    const profiles: readonly (NetworkProfile | undefined)[] = [
      enforced,
      open,
      undefined,
      {} as NetworkProfile,
      of(null),
      of(""),
      of("Calico"),
      of("${var.np}"),
      of("$${var.np}"),
      of(shared),
      of(nothing),
      of(lib.Lazy.stringValue({ produce: () => "none" })),
      of(lib.Fn.lower("AZURE")),
      of(["calico"]),
      of({ calico: true }),
      of(0),
      of(NaN),
      of(false),
      of("calico", { ipVersions: ["IPv4"] }),
      of("calico", { ipVersions: ["IPv4", "IPv6"] }),
      of("calico", { ipVersions: ["IPv4,IPv6"] }),
      of("calico", { ipVersions: lib.Token.asList("${var.families}") }),
      of("calico", { networkPlugin: "kubenet" }),
    ];
    const saidOf = (made: readonly (readonly [string, NetworkProfile | undefined])[]): string[] => {
      const { app, stack } = appWith(library);
      for (const [id, profile] of made) cluster(library, stack, profile, id);
      synthesised(app);
      return annotationsOf(app).map(({ path, message }) => `${path} ${message}`);
    };
    const all = ["a", "b"].flatMap((name) => profiles.map((profile, i) => [`${name}${i}`, profile] as const));
    const alone = all.flatMap((each) => saidOf([each]));
    expect(new Set(alone.map((line) => line.replace(/^\S+/, ""))).size).toBeGreaterThan(8);
    expect(saidOf(all)).toEqual(alone);
  });

  test("two Aspects on one stack report it once", () => {
    const { app, stack } = appWith(library);
    const { aspect } = appWith(library);
    lib.Aspects.of(stack).add(aspect);
    cluster(library, stack, open);
    expect(synthesised(app)).toEqual([notSet]);
  });

  test("an Aspect on a construct checks what is in it, and nothing else", () => {
    const app = lib.Testing.app();
    const stack = stackOf(library, app, "s");
    const { aspect } = appWith(library);
    const scope = new lib.TerraformOutput(stack, "scope", { value: "x" });
    cluster(library, stack, open, "outside");
    new library.KubernetesCluster(scope, "inside", { ...required, networkProfile: open });
    lib.Aspects.of(scope).add(aspect);
    synthesised(app);
    expect(annotationsOf(app).map(({ path }) => path)).toEqual(["s/scope/inside"]);
  });

  test("a data source and an import are not clusters of this program", () => {
    const { app, stack } = appWith(library);
    new library.DataAzurermKubernetesCluster(stack, "data", { name: "aks", resourceGroupName: "rg" });
    library.KubernetesCluster.generateConfigForImport(stack, "imported", "/subscriptions/x");
    lib.Testing.synth(stack);
    expect(told(app)).toEqual([]);
  });

  test("a cluster that cannot be rendered ends the synthesis, as it does without the Aspect", () => {
    const { app, stack } = appWith(library);
    const broken = cluster(library, stack, open, "broken");
    const render = broken.toTerraform.bind(broken);
    const theirs = new TypeError("theirs");
    broken.toTerraform = () => {
      if (new Error().stack?.includes("cdktf-aspect") === true) throw theirs;
      return render() as never;
    };
    expect(() => synthesised(app)).toThrow(theirs);
    expect(existsSync(join(app.outdir, "stacks", "s", "cdk.tf.json"))).toBe(false);
  });

  describe("separate node pools", () => {
    const cilium: NetworkProfile = {
      networkPlugin: "azure",
      networkPolicy: "cilium",
      networkDataPlane: "cilium",
    };
    const onLinux =
      "error network-policy-compatible: This cluster has a Windows node pool (osType of a separate node pool) and the engine is Cilium, which runs on Linux nodes only.";
    const open =
      "warn network-policy-compatible: Unknown: the cluster of a separate node pool is not known before `terraform plan`.";
    const links: readonly (readonly [string, (made: Made) => string, readonly string[]])[] = [
      ["by reference", (made) => made.id, [onLinux]],
      ["by an expression of one instance", () => '${azurerm_kubernetes_cluster.aks["a"].id}', [onLinux]],
      [
        "by a literal id",
        () => "/subscriptions/0/resourceGroups/RG/providers/Microsoft.ContainerService/managedClusters/AKS",
        [onLinux],
      ],
      [
        "by a literal id in another group",
        () =>
          "/subscriptions/0/resourceGroups/other/providers/Microsoft.ContainerService/managedClusters/aks",
        [],
      ],
      ["of another cluster", () => "${azurerm_kubernetes_cluster.aks2.id}", []],
      ["of a cluster that is only read", () => "${data.azurerm_kubernetes_cluster.aks.id}", []],
      ["of an unknown cluster", () => "${var.id}", [open]],
    ];
    test.each(links)("%s", (_title, link, said) => {
      const { app, stack } = appWith(library);
      const made = cluster(library, stack, cilium);
      new library.KubernetesClusterNodePool(stack, "win", {
        name: "win",
        vmSize: "Standard_D4s_v5",
        osType: "Windows",
        kubernetesClusterId: link(made),
      });
      expect(synthesised(app)).toEqual(said);
    });

    test("count for engine azure", () => {
      const { app, stack } = appWith(library);
      const made = cluster(library, stack, { networkPlugin: "azure", networkPolicy: "azure" });
      new library.KubernetesClusterNodePool(stack, "many", {
        name: "many",
        vmSize: "Standard_D4s_v5",
        autoScalingEnabled: true,
        maxCount: 248,
        kubernetesClusterId: made.id,
      });
      expect(synthesised(app).filter((line) => line.startsWith("error"))).toEqual([
        'error network-policy-compatible: networkProfile.networkPolicy is "azure" and the node pools together may grow beyond 250 nodes.',
      ]);
    });
  });

  describe("other shapes:", () => {
    test("the names before azurerm 4.0", () => {
      const { app, stack } = appWith(library);
      stack.addOverride("terraform.required_providers.azurerm.version", "3.117.1");
      resource(library, stack, "aks", "azurerm_kubernetes_cluster", {
        network_profile: [{ network_plugin: "azure", ebpf_data_plane: "cilium", network_policy: "cilium" }],
        default_node_pool: [{ enable_auto_scaling: true, max_count: 3 }],
      });
      expect(synthesised(app)).toEqual([]);
    });

    test("a class of a second copy of the bindings", () => {
      const { app, stack } = appWith(library);
      const load = createRequire(__filename);
      const file = load.resolve(`@${library.name}/provider-azurerm/lib/kubernetes-cluster`);
      const own = load.cache[file];
      Reflect.deleteProperty(load.cache, file);
      const { KubernetesCluster: Second } = load(file) as Pick<Library, "KubernetesCluster">;
      if (own !== undefined) load.cache[file] = own;
      expect(Second).not.toBe(library.KubernetesCluster);
      new Second(stack, "aks", { ...required, networkProfile: open });
      expect(synthesised(app)).toEqual([notSet]);
    });

    const Bindings = library.KubernetesCluster;
    class Derived extends Bindings {}
    class Adding extends Bindings {
      protected override synthesizeAttributes(): Record<string, unknown> {
        return {
          ...super.synthesizeAttributes(),
          network_profile: { network_plugin: "azure", network_policy: "calico" },
        };
      }
    }
    class Dropping extends Bindings {
      protected override synthesizeAttributes(): Record<string, unknown> {
        return { ...super.synthesizeAttributes(), network_profile: undefined };
      }
    }
    class Lying extends Bindings {
      override get networkProfileInput(): NetworkProfile {
        return enforced;
      }
    }
    const derived: readonly (readonly [string, typeof Bindings, NetworkProfile, readonly string[]])[] = [
      ["changes nothing", Derived, open, [notSet]],
      ["adds the engine while it is written", Adding, open, []],
      ["drops the profile while it is written", Dropping, enforced, [notSet]],
      ["claims something else than it writes", Lying, open, [notSet]],
    ];
    test.each(derived)("a user's own class that %s", (_title, Class, networkProfile, said) => {
      const { app, stack } = appWith(library);
      new Class(stack, "aks", { ...required, networkProfile });
      expect(synthesised(app)).toEqual(said);
    });

    test("Microsoft's constructs over azapi, whose actions are not clusters", () => {
      const { app, stack } = appWith(library);
      const type = "Microsoft.ContainerService/managedClusters@2025-07-01";
      resource(library, stack, "resource", "azapi_resource", {
        type,
        name: "aks",
        parent_id: "${azurerm_resource_group.rg.id}",
        body: { identity: {}, location: "x", properties: { agentPoolProfiles: [], networkProfile: {} } },
      });
      resource(library, stack, "action", "azapi_resource_action", {
        type,
        resource_id: "${azapi_resource.resource.id}",
        action: "listClusterAdminCredential",
      });
      expect(annotationsOf(app)).toEqual([]);
      synthesised(app);
      expect(
        annotationsOf(app).map(({ path, message }) => `${path} ${message.split("\n")[0] ?? ""}`),
      ).toEqual([
        "s/resource network-policy-configured: body.properties.networkProfile.networkPolicy is not set: this cluster has no network policy engine.",
      ]);
      expect(annotationsOf(app)[0]?.message).toContain("If the cluster exists: Azure changes");
    });

    test("other azapi resources, and a body that only Terraform knows", () => {
      const { app, stack } = appWith(library);
      const azapi = (id: string, type: string, body?: unknown): void => {
        resource(library, stack, id, "azapi_resource", { type, ...(body === undefined ? {} : { body }) });
      };
      azapi("registry", "Microsoft.ContainerRegistry/registries@2025-04-01", {});
      azapi("config", "Microsoft.ContainerService/managedClusters/maintenanceConfigurations@2025-07-01", {});
      azapi("encoded", "microsoft.containerservice/managedclusters@2025-07-01", "${jsonencode(var.body)}");
      azapi("text", "Microsoft.ContainerService/managedClusters@2025-07-01", "not JSON");
      synthesised(app);
      expect(
        annotationsOf(app).map(({ path, message }) => `${path} ${message.split("\n")[0] ?? ""}`),
      ).toEqual([
        "s/encoded network-policy-configured: Unknown: body (one unknown value in it is enough) is not known before `terraform plan`.",
        "s/text network-policy-configured: body is text, not an object: this cluster has no network policy engine.",
      ]);
    });

    const patches: readonly (readonly [string, unknown, readonly string[]])[] = [
      ["an engine", { properties: { networkProfile: { networkPolicy: "calico" } } }, []],
      [
        "no engine",
        { properties: { networkProfile: { networkPolicy: "none" } } },
        [
          'error network-policy-configured: body.properties.networkProfile.networkPolicy is "none": this cluster has no network policy engine.',
        ],
      ],
      [
        "junk",
        { properties: { networkProfile: { networkPolicy: "istio" } } },
        [
          "error network-policy-configured: body.properties.networkProfile.networkPolicy is not one of azure, calico, cilium: this cluster has no network policy engine.",
        ],
      ],
      [
        "an engine that only Terraform knows",
        { properties: { networkProfile: { networkPolicy: "${var.np}" } } },
        [unknown("body.properties.networkProfile.networkPolicy is")],
      ],
      ["something else", { properties: { autoUpgradeProfile: {} } }, []],
      ["nothing", undefined, []],
    ];
    test.each(patches)("azapi_update_resource that states %s", (_title, body, said) => {
      const { app, stack } = appWith(library);
      resource(library, stack, "update", "azapi_update_resource", {
        type: "Microsoft.ContainerService/managedClusters@2025-07-01",
        resource_id: "${var.id}",
        ...(body === undefined ? {} : { body }),
      });
      expect(synthesised(app)).toEqual(said);
    });

    test("an ARM template: parameters, nested deployments, several clusters, and one that is not included", () => {
      const { app, stack } = appWith(library);
      const aks = (name: string, networkPolicy?: string): unknown => ({
        type: "Microsoft.ContainerService/managedClusters",
        name,
        properties: { dnsPrefix: name, networkProfile: { networkPlugin: "azure", networkPolicy } },
      });
      const template = {
        parameters: { engine: { defaultValue: "calico" }, given: { defaultValue: "none" }, open: {} },
        resources: [
          aks("fine", "calico"),
          aks("default", "[parameters('engine')]"),
          aks("given", "[parameters('given')]"),
          aks("open", "[parameters('open')]"),
          aks("none", "none"),
          {
            type: "Microsoft.Resources/deployments",
            properties: { template: { resources: [aks("inner")] } },
          },
          { ...(aks("off") as object), condition: false },
        ],
      };
      resource(library, stack, "arm", "azurerm_subscription_template_deployment", {
        template_content: JSON.stringify(template),
        parameters_content: JSON.stringify({ given: { value: "azure" } }),
      });
      resource(library, stack, "elsewhere", "azurerm_resource_group_template_deployment", {
        template_content: '${file("aks.json")}',
      });
      expect(synthesised(app).sort()).toEqual([
        expect.stringMatching(
          /^error network-policy-configured \(template_content resources\[4\]\): .* is "none"/,
        ),
        expect.stringMatching(
          /^error network-policy-configured \(template_content resources\[5\] resources\[0\]\): .* is not set/,
        ),
        expect.stringMatching(
          /^warn network-policy-configured \(template_content resources\[3\]\): Unknown: /,
        ),
        expect.stringMatching(
          /^warn network-policy-supported \(template_content resources\[2\]\): .* is "azure"/,
        ),
      ]);
    });

    const unseen =
      "warn network-policy-configured: Unknown: what this module makes is not known before `terraform plan`.";
    const modules: readonly (readonly [string, Record<string, unknown>, readonly string[]])[] = [
      [
        "Azure/aks/azurerm",
        { network_policy: "calico" },
        [expect.stringMatching(/^warn network-policy-supported: network_plugin is "kubenet"/)],
      ],
      [
        "registry.terraform.io/Azure/aks/azurerm//v4",
        { network_plugin: "azure" },
        [
          "error network-policy-configured: network_policy is not set: this cluster has no network policy engine.",
        ],
      ],
      [
        "git::https://github.com/Azure/terraform-azurerm-aks.git?ref=10.0.0",
        { network_plugin: "azure", network_policy: "calico", node_pools: { win: { os_type: "Windows" } } },
        [],
      ],
      [
        "Azure/avm-res-containerservice-managedcluster/azurerm",
        {},
        [
          "error network-policy-configured: network_profile.network_policy is not set: this cluster has no network policy engine.",
        ],
      ],
      [
        "git::https://github.com/Azure/terraform-azurerm-avm-res-containerservice-managedcluster.git?ref=v0.3.3",
        {},
        [
          'warn network-policy-supported: network_profile.network_policy is "azure" by default: Azure Network Policy Manager loses Azure\'s support on Linux nodes on 2028-09-30.',
        ],
      ],
      [
        "Azure/avm-res-containerservice-managedcluster/azurerm",
        { network_profile: { network_plugin: "azure", network_policy: "none" } },
        [
          'error network-policy-configured: network_profile.network_policy is "none": this cluster has no network policy engine.',
        ],
      ],
      [
        "Azure/avm-res-containerservice-managedcluster/azurerm",
        { sku: { name: "Automatic", tier: "Standard" }, network_profile: { network_plugin: "azure" } },
        [],
      ],
      ["app.terraform.io/acme/aks/azurerm", {}, [unseen]],
      ["git::https://example.com/platform/aks-cluster.git", {}, [unseen]],
      ["app.terraform.io/acme/aks-node-pool/azurerm", {}, []],
      ["Azure/network/azurerm", {}, []],
      ["acme/taksi/azurerm", {}, []],
    ];
    test.each(modules)("module %s with %j", (source, variables, said) => {
      const { app, stack } = appWith(library);
      new lib.TerraformHclModule(stack, "m", { source, variables: variables });
      expect(synthesised(app)).toEqual(said);
    });

    test("generated bindings of a module, in their own spelling", () => {
      const { app, stack } = appWith(library);
      class Aks extends lib.TerraformModule {
        networkPlugin = "azure";
        protected override synthesizeAttributes(): Record<string, unknown> {
          return { network_plugin: this.networkPlugin };
        }
      }
      new Aks(stack, "m", { source: "Azure/aks/azurerm" });
      expect(synthesised(app)).toEqual([
        "error network-policy-configured: networkPolicy is not set: this cluster has no network policy engine.",
      ]);
    });
  });
});
