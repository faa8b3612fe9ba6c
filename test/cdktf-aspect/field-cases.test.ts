/** Cases found in real programs, each with similar ones. */
import type { App, TerraformStack } from "cdktf";
import { afterEach, describe, expect, test } from "vitest";
import type { Configuration } from "../../cdktf-aspect";
import { AksNetworkPolicyAspect } from "../../cdktf-aspect";
import type { Inputs } from "../../shared/reading/spell";
import { exemption } from "../support/configurations";
import type { Library, NetworkProfile } from "../support/terraform";
import {
  annotationsOf,
  appWith,
  libraries,
  onExampleDay,
  required,
  stackOf,
  synthesised,
  told,
} from "../support/terraform";
import { resource } from "../support/terraform-shapes";

const noEngine = "this cluster has no network policy engine.";
const notSet = `error network-policy-configured: networkProfile.networkPolicy is not set: ${noEngine}`;
const open: NetworkProfile = { networkPlugin: "azure" };
const enforced: NetworkProfile = { networkPlugin: "azure", networkPolicy: "calico" };
const cilium: NetworkProfile = {
  networkPlugin: "azure",
  networkDataPlane: "cilium",
  networkPolicy: "cilium",
};
const aksType = "Microsoft.ContainerService/managedClusters@2025-07-01";

afterEach(() => {
  delete process.env["SYNTH_HCL_OUTPUT"];
});

function cluster(
  library: Library,
  stack: TerraformStack,
  id: string,
  networkProfile: NetworkProfile,
  more = {},
) {
  return new library.KubernetesCluster(stack, id, { ...required, name: id, networkProfile, ...more });
}

/** The messages on each construct, by its path. */
function lines(scope: App): string[] {
  return annotationsOf(scope).map(
    ({ path, level, message }) => `${path} ${level} ${message.split("\n")[0] ?? ""}`,
  );
}

describe.each(libraries)("$name:", (library) => {
  const { lib } = library;

  describe("several Aspects, and other wrappers of a rendering:", () => {
    const aspect = (configuration: Configuration = {}): AksNetworkPolicyAspect =>
      new AksNetworkPolicyAspect(configuration, onExampleDay);
    const applyTo = (app: App, configuration: Configuration = {}): AksNetworkPolicyAspect =>
      AksNetworkPolicyAspect.applyTo(app, lib.Aspects, configuration, onExampleDay);
    const { TerraformStack: Base } = lib;
    class OurStack extends Base {
      constructor(scope: App, id: string, configuration: Configuration = {}) {
        super(scope, id);
        new library.AzurermProvider(this, "azurerm", { features: [{}], subscriptionId: "0" });
        lib.Aspects.of(this).add(aspect(configuration));
      }
    }
    class TeamStack extends OurStack {
      constructor(scope: App, id: string) {
        super(scope, id);
        lib.Aspects.of(this).add(aspect({ "network-policy-configured": { engines: ["cilium"] } }));
      }
    }
    const notAccepted =
      'error network-policy-configured: networkProfile.networkPolicy is "calico"; your organisation accepts cilium.';

    const ways: readonly (readonly [string, () => App, readonly string[]])[] = [
      [
        "applyTo twice",
        () => {
          const app = lib.Testing.app();
          applyTo(app);
          applyTo(app);
          const stack = stackOf(library, app, "s");
          cluster(library, stack, "good", enforced);
          cluster(library, stack, "bad", open);
          return app;
        },
        [notSet],
      ],
      [
        "applyTo and a base stack that adds its own",
        () => {
          const app = lib.Testing.app();
          applyTo(app, { "network-policy-configured": { engines: ["cilium"] } });
          const stack = new OurStack(app, "s");
          cluster(library, stack, "good", enforced);
          cluster(library, stack, "bad", open);
          return app;
        },
        [notAccepted, notSet],
      ],
      [
        "a base stack that is derived from a base stack",
        () => {
          const app = lib.Testing.app();
          cluster(library, new TeamStack(app, "s"), "aks", enforced);
          return app;
        },
        [notAccepted],
      ],
      [
        "each reports by its own configuration, including the stricter one",
        () => {
          const app = lib.Testing.app();
          applyTo(app, { all: "advisory" });
          cluster(library, new OurStack(app, "s"), "aks", open);
          return app;
        },
        [notSet, notSet.replace("error", "warn")].sort(),
      ],
      [
        "one on the stack and one on a construct in it",
        () => {
          const { app, stack } = appWith(library, { "network-policy-configured": "advisory" });
          const scope = new lib.TerraformOutput(stack, "scope", { value: "x" });
          cluster(library, stack, "outside", open);
          cluster(library, scope as never, "inside", open);
          lib.Aspects.of(scope).add(aspect());
          return app;
        },
        [notSet, ...Array.from({ length: 2 }, () => notSet.replace("error", "warn"))],
      ],
      [
        "one that writes, and one that only checks what was written",
        () => {
          const { app, stack } = appWith(library);
          lib.Aspects.of(stack).add(
            aspect({ "network-policy-configured": { enforcementLevel: "remediate" } }),
          );
          cluster(library, stack, "aks", { ...open, networkDataPlane: "cilium" });
          return app;
        },
        ['info network-policy-configured: Auto-set wrote networkProfile.networkPolicy: not set -> "cilium".'],
      ],
      ...(["before", "after", "for every visit"] as const).map(
        (when) =>
          [
            `somebody wraps toTerraform ${when} ours`,
            () => {
              const app = lib.Testing.app();
              const stack = stackOf(library, app, "s");
              const wrap = (): void => {
                const render = stack.toTerraform.bind(stack) as () => unknown;
                stack.toTerraform = () => render() as never;
              };
              const wrapping = {
                visit: (node: unknown) => {
                  if (node === stack || when === "for every visit") wrap();
                },
              };
              if (when === "before") lib.Aspects.of(stack).add(wrapping);
              lib.Aspects.of(stack).add(aspect());
              if (when !== "before") lib.Aspects.of(stack).add(wrapping);
              cluster(library, stack, "good", enforced);
              cluster(library, stack, "bad", open);
              return app;
            },
            [notSet],
          ] as const,
      ),
      [
        "a later wrapper removes the engine",
        () => {
          const { app, stack } = appWith(library);
          lib.Aspects.of(stack).add({
            visit: (node) => {
              if (node !== stack) return;
              const render = stack.toTerraform.bind(stack) as () => unknown;
              stack.toTerraform = () =>
                JSON.parse(JSON.stringify(render()).replaceAll('"calico"', '"none"')) as never;
            },
          });
          cluster(library, stack, "aks", enforced);
          return app;
        },
        [`error network-policy-configured: networkProfile.networkPolicy is "none": ${noEngine}`],
      ],
    ];
    test.each(ways)("%s", (_title, make, said) => {
      const app = make();
      expect(synthesised(app).sort()).toEqual(said);
      expect(synthesised(app).sort()).toEqual(said);
    });

    test.each(ways.filter(([title]) => !title.includes("removes the engine")))(
      "in HCL: %s",
      (_title, make, said) => {
        process.env["SYNTH_HCL_OUTPUT"] = "true";
        expect(synthesised(make()).sort()).toEqual(said);
      },
    );

    test("the same rendering is written: a stack is rendered once, and once more if auto-set wrote", () => {
      const rendersOf = (configuration: Configuration): number => {
        const { app, stack } = appWith(library, configuration);
        cluster(library, stack, "aks", { ...open, networkDataPlane: "cilium" });
        lib.Aspects.of(stack).add(aspect(configuration));
        const render = stack.toTerraform.bind(stack) as () => unknown;
        let renders = 0;
        stack.toTerraform = () => {
          renders += 1;
          return render() as never;
        };
        synthesised(app);
        return renders;
      };
      expect(rendersOf({ all: "advisory" })).toBe(1);
      expect(rendersOf({ "network-policy-configured": { enforcementLevel: "remediate" } })).toBe(2);
    });

    test("a failed synthesis leaves no rendering for the next one", async () => {
      const { app, stack } = appWith(library);
      const made = cluster(library, stack, "aks", open);
      expect(synthesised(app)).toEqual([notSet]);
      await Promise.resolve();
      made.networkProfile.networkPolicy = "calico";
      expect(JSON.stringify(stack.toTerraform())).toContain("calico");
    });

    test("a custom synthesizer that changes constructs after custom synthesis leads to a second check", () => {
      const { app, stack } = appWith(library);
      const made = cluster(library, stack, "aks", enforced);
      const own = stack.synthesizer;
      stack.synthesizer = {
        synthesize: (session) => {
          lib.Aspects.of(stack).add({
            visit: (node) => {
              if (node !== stack) return;
              const custom = Symbol.for("cdktf/customSynthesis");
              const ours = Reflect.get(stack, custom) as { onSynthesize(session: unknown): void };
              const onSynthesize = (each: unknown): void => {
                ours.onSynthesize(each);
                made.networkProfile.networkPolicy = "none";
              };
              Object.defineProperty(stack, custom, { value: { onSynthesize } });
            },
          });
          own.synthesize(session);
        },
      };
      expect(() => {
        app.synth();
      }).toThrow(/this stack must not be written:[^]*networkPolicy is "none"/);
    });
  });

  describe("Windows pools that refer to their cluster indirectly:", () => {
    const pool = (
      stack: TerraformStack,
      kubernetesClusterId: string,
      more: object = {},
      id = "win",
    ): void => {
      new library.KubernetesClusterNodePool(stack, id, {
        name: id,
        vmSize: "Standard_D4s_v5",
        osType: "Windows",
        kubernetesClusterId,
        ...more,
      });
    };
    const windows = (path: string): string =>
      `${path} error network-policy-compatible: This cluster has a Windows node pool (osType of a separate node pool) and the engine is Cilium, which runs on Linux nodes only.`;
    const may = (path: string): string =>
      `${path} warn network-policy-compatible: Unknown: the cluster of a separate node pool is not known before \`terraform plan\`.`;
    const idOf = (name: string, group = "rg", subscription = "0"): string =>
      `/subscriptions/${subscription}/resourceGroups/${group}/providers/Microsoft.ContainerService/managedClusters/${name}`;
    type Made = ReturnType<typeof cluster>;

    const cases: readonly (readonly [
      string,
      (stack: TerraformStack, a: Made, b: Made) => void,
      readonly string[],
    ])[] = [
      [
        "a local",
        (stack, a) => {
          pool(stack, new lib.TerraformLocal(stack, "id", a.id).asString);
        },
        [windows("s/a")],
      ],
      [
        "a local of a local",
        (stack, a) => {
          const inner = new lib.TerraformLocal(stack, "inner", a.id);
          pool(stack, new lib.TerraformLocal(stack, "outer", inner.asString).asString);
        },
        [windows("s/a")],
      ],
      [
        "a local that is a map of both",
        (stack, a, b) => {
          new lib.TerraformLocal(stack, "ids", { a: a.id, b: b.id });
          pool(stack, '${local.ids["a"]}');
        },
        [may("s/a"), may("s/b")],
      ],
      [
        "locals that refer to each other endlessly",
        (stack) => {
          new lib.TerraformLocal(stack, "x", "${local.y}");
          new lib.TerraformLocal(stack, "y", "${local.x}");
          pool(stack, "${local.x}");
        },
        [may("s/a"), may("s/b")],
      ],
      [
        "an output of an opaque module",
        (stack) => {
          const module = new lib.TerraformHclModule(stack, "platform", { source: "acme/platform/azurerm" });
          pool(stack, module.getString("aks_id"));
        },
        [may("s/a"), may("s/b")],
      ],
      [
        "an output of a module that creates a cluster",
        (stack) => {
          const module = new lib.TerraformHclModule(stack, "aks", {
            source: "Azure/avm-res-containerservice-managedcluster/azurerm",
            variables: {
              network_profile: {
                network_plugin: "azure",
                network_data_plane: "cilium",
                network_dataplane: "cilium",
                network_policy: "cilium",
              },
            },
          });
          pool(stack, module.getString("resource_id"));
        },
        [
          "s/aks error network-policy-compatible: This cluster has a Windows node pool (os_type of a separate node pool) and the engine is Cilium, which runs on Linux nodes only.",
        ].map((line) => line.replace("os_type", "osType")),
      ],
      [
        "a variable",
        (stack) => {
          pool(stack, new lib.TerraformVariable(stack, "id", {}).stringValue);
        },
        [may("s/a"), may("s/b")],
      ],
      [
        "one of two, by a condition",
        (stack) => {
          pool(stack, "${var.blue ? azurerm_kubernetes_cluster.a.id : azurerm_kubernetes_cluster.b.id}");
        },
        [may("s/a"), may("s/b")],
      ],
      [
        "a cluster or the value of a variable",
        (stack) => {
          pool(stack, "${coalesce(var.override, azurerm_kubernetes_cluster.a.id)}");
        },
        [may("s/a"), may("s/b")],
      ],
      [
        "a literal id in a subscription that is not known",
        (stack) => {
          pool(stack, idOf("a", "rg", "${var.subscription}"));
        },
        [windows("s/a")],
      ],
      [
        "the id of a group with the cluster's name",
        (stack) => {
          pool(
            stack,
            "${azurerm_resource_group.rg.id}/providers/Microsoft.ContainerService/managedClusters/b",
          );
        },
        [windows("s/b")],
      ],
      [
        "an id whose name is the cluster's own attribute",
        (stack, a) => {
          pool(stack, idOf(a.name.includes("Token") ? a.name : "${azurerm_kubernetes_cluster.a.name}"));
        },
        [windows("s/a")],
      ],
      [
        "an id of a cluster that is not in this stack",
        (stack) => {
          pool(stack, idOf("c"));
        },
        [],
      ],
      [
        "an id whose name is not known, in a group that is",
        (stack) => {
          pool(stack, idOf("${var.name}", "rg"));
        },
        [may("s/a"), may("s/b")],
      ],
      [
        "a data source of a cluster that the stack has",
        (stack) => {
          const data = new library.DataAzurermKubernetesCluster(stack, "data", {
            name: "b",
            resourceGroupName: "rg",
          });
          pool(stack, data.id);
        },
        [windows("s/b")],
      ],
      [
        "a data source by the cluster's own attribute",
        (stack) => {
          const data = new library.DataAzurermKubernetesCluster(stack, "data", {
            name: "${azurerm_kubernetes_cluster.a.name}",
            resourceGroupName: "rg",
          });
          pool(stack, data.id);
        },
        [windows("s/a")],
      ],
      [
        "a data source of another cluster",
        (stack) => {
          const data = new library.DataAzurermKubernetesCluster(stack, "data", {
            name: "c",
            resourceGroupName: "rg",
          });
          pool(stack, data.id);
        },
        [],
      ],
      [
        "a data source whose name is not known",
        (stack) => {
          const data = new library.DataAzurermKubernetesCluster(stack, "data", {
            name: "${var.name}",
            resourceGroupName: "rg",
          });
          pool(stack, data.id);
        },
        [may("s/a"), may("s/b")],
      ],
      [
        "for each of a map of ids",
        (stack, a) => {
          pool(stack, "${each.value}", {
            forEach: lib.TerraformIterator.fromMap({ one: a.id }),
          });
        },
        [windows("s/a")],
      ],
      [
        "a Linux pool, whose cluster does not matter",
        (stack) => {
          pool(stack, "${var.id}", { osType: "Linux" });
        },
        [],
      ],
    ];
    test.each(
      cases.flatMap(([title, declare, said]) =>
        (["json", "hcl"] as const).map((output) => [title, output, declare, said] as const),
      ),
    )("%s, %s", (_title, output, declare, said) => {
      if (output === "hcl") process.env["SYNTH_HCL_OUTPUT"] = "true";
      const { app, stack } = appWith(library);
      const [a, b] = [cluster(library, stack, "a", cilium), cluster(library, stack, "b", cilium)];
      declare(stack, a, b);
      synthesised(app);
      expect(lines(app)).toEqual(said);
    });

    test("a cluster is not undecided if the pool changes nothing", () => {
      const { app, stack } = appWith(library);
      cluster(library, stack, "calico", enforced);
      cluster(library, stack, "wrong", open);
      cluster(library, stack, "cilium", cilium);
      cluster(library, stack, "azure", { networkPlugin: "azure", networkPolicy: "azure" });
      pool(stack, "${var.id}");
      synthesised(app);
      expect(lines(app).map((line) => line.split(":")[0])).toEqual([
        "s/wrong error network-policy-configured",
        "s/cilium warn network-policy-compatible",
        "s/azure warn network-policy-supported",
      ]);
    });

    test("nodes of pools that may belong to a cluster count if they would change something", () => {
      const said = (nodeCount: number | string): string[] => {
        const { app, stack } = appWith(library);
        const own = { networkPlugin: "azure", networkPolicy: "azure" };
        cluster(library, stack, "a", own);
        cluster(library, stack, "b", own);
        pool(stack, "${var.id}", { osType: "Linux", nodeCount });
        synthesised(app);
        return lines(app).filter((line) => line.includes("compatible"));
      };
      expect(said(200)).toEqual([]);
      expect(said(248)).toEqual([may("s/a"), may("s/b")]);
      expect(said("${var.nodes}")).toEqual([may("s/a"), may("s/b")]);
    });

    test("auto-set writes nothing if its choice depends on it", () => {
      const configuration: Configuration = {
        "network-policy-configured": { enforcementLevel: "remediate", autoSet: { acceptReplacement: true } },
      };
      const { app, stack } = appWith(library, configuration);
      cluster(library, stack, "a", open);
      pool(stack, "${var.id}");
      synthesised(app);
      expect(annotationsOf(app).map(({ level }) => level)).toEqual(["error"]);
      expect(annotationsOf(app)[0]?.message).toContain(
        "Auto-set wrote nothing: it cannot choose an engine until the cluster of a separate node pool is known.",
      );
    });
  });

  describe("an Aspect on a construct:", () => {
    const scoped = (
      configuration: Configuration,
      declare: (stack: TerraformStack, inside: TerraformStack) => void,
    ) => {
      const app = lib.Testing.app();
      const stack = stackOf(library, app, "s");
      const inside = new lib.TerraformOutput(stack, "inside", { value: "x" });
      declare(stack, inside as never);
      lib.Aspects.of(inside).add(new AksNetworkPolicyAspect(configuration, onExampleDay));
      synthesised(app);
      return lines(app);
    };
    const windowsPool = (stack: TerraformStack, kubernetesClusterId: string): void => {
      new library.KubernetesClusterNodePool(stack, "win", {
        name: "win",
        vmSize: "x",
        osType: "Windows",
        kubernetesClusterId,
      });
    };

    test("a pool next to it counts", () => {
      const said = scoped({}, (stack, inside) => {
        windowsPool(stack, cluster(library, inside, "aks", cilium).id);
      });
      expect(said).toEqual([
        expect.stringMatching(/^s\/inside\/aks error network-policy-compatible: This cluster has a Windows/),
      ]);
    });

    test("has its own level and exemptions", () => {
      const declare = (stack: TerraformStack, inside: TerraformStack): void => {
        windowsPool(stack, cluster(library, inside, "aks", cilium).id);
      };
      expect(scoped({ all: "advisory" }, declare).map((line) => line.split(" ")[1])).toEqual(["warn"]);
      const exemptions = [exemption({ target: "s/inside/aks" })];
      expect(
        scoped({ "network-policy-compatible": { exemptions } }, declare).map((line) => line.split(" ")[1]),
      ).toEqual(["warn"]);
    });

    test("other clusters and pools are not reported", () => {
      const said = scoped({}, (stack, inside) => {
        const outside = cluster(library, stack, "outside", cilium);
        cluster(library, stack, "worse", open);
        windowsPool(stack, outside.id);
        cluster(library, inside, "aks", cilium);
        stack.addOverride("resource.azurerm_kubernetes_cluster.more", { name: "more" });
      });
      expect(said).toEqual([]);
    });
  });

  describe("auto-set and what Terraform would not do:", () => {
    const remediate = (autoSet: object = {}): Configuration => ({
      "network-policy-configured": { enforcementLevel: "remediate", autoSet },
    });
    const run = (
      profile: NetworkProfile,
      more: object,
      autoSet?: object,
    ): { readonly level: string | undefined; readonly message: string } => {
      const { app, stack } = appWith(library, remediate(autoSet));
      cluster(library, stack, "aks", profile, more);
      synthesised(app);
      const [said] = annotationsOf(app);
      return { level: said?.level, message: said?.message ?? "" };
    };
    const ignored = "the program ignores changes (`lifecycle.ignoreChanges`) to what it would write";

    test.each<[string, unknown]>([
      ["the block", ["network_profile"]],
      ["the engine", ["network_profile[0].network_policy"]],
      ["the engine, by another spelling", ["tags", "network_profile.0.network_policy"]],
      ["the engine, with blanks", [" network_profile [0] . network_policy"]],
      ["all", "all"],
    ])("ignoreChanges covers %s: nothing is written, and the finding remains", (_title, ignoreChanges) => {
      for (const output of ["json", "hcl"]) {
        if (output === "hcl") process.env["SYNTH_HCL_OUTPUT"] = "true";
        const { level, message } = run(open, { lifecycle: { ignoreChanges } });
        expect(level).toBe("error");
        expect(message).toContain(ignored);
      }
    });

    test.each([[["tags"]], [["network_profile_other"]], [["network_profile[0].pod_cidr"]], [[]]])(
      "ignoreChanges of %j covers none of it",
      (ignoreChanges) => {
        expect(run(open, { lifecycle: { ignoreChanges } }).level).toBe("info");
      },
    );

    test("an override of the lifecycle counts too", () => {
      const { app, stack } = appWith(library, remediate());
      cluster(library, stack, "aks", open).addOverride("lifecycle.ignore_changes", ["network_profile"]);
      synthesised(app);
      expect(annotationsOf(app)[0]?.message).toContain(ignored);
    });

    test("preventDestroy protects a cluster from a change that would replace it, and from no other", () => {
      const lifecycle = { preventDestroy: true };
      const replaced: NetworkProfile = { networkPlugin: "azure", ipVersions: ["IPv4", "IPv6"] };
      const accepted = { acceptReplacement: true };
      if (library.name === "cdktf") {
        const { level, message } = run(replaced, { lifecycle }, accepted);
        expect(level).toBe("error");
        expect(message).toContain("the program protects it (`lifecycle.preventDestroy`)");
        expect(run(replaced, { lifecycle: { preventDestroy: false } }, accepted).level).toBe("info");
        expect(run(replaced, { lifecycle }, { newClusters: ["s/aks"] }).level).toBe("info");
      }
      expect(run(open, { lifecycle }).level).toBe("info");
    });

    test.each(["userDefinedRouting", "managedNATGateway", "userAssignedNATGateway"])(
      "outbound type %s: azurerm would not send the change",
      (outboundType) => {
        const { level, message } = run({ ...open, outboundType }, {}, { engine: "calico" });
        expect(level).toBe("error");
        expect(message).toContain(
          "Auto-set wrote nothing, because azurerm would plan this change but not send it to an existing cluster (networkProfile.outboundType)",
        );
        expect(message.includes("But azurerm does not send this change")).toBe(library.name === "cdktn");
        expect(run({ ...open, outboundType }, {}, { newClusters: ["s/aks"] }).level).toBe("info");
      },
    );

    test.each(["loadBalancer", "${var.outbound}"])("outbound type %s prevents nothing", (outboundType) => {
      expect(run({ ...open, outboundType }, {}).level).toBe("info");
    });
  });

  describe("Windows credentials and engine azure:", () => {
    test.each([
      ["without a Windows pool, both ends are reported", {}, ["Windows nodes", "Linux nodes"]],
      ["without credentials, the Linux end", { windowsProfile: undefined }, ["Linux nodes"]],
    ])("%s", (_title, more, ends) => {
      const { app, stack } = appWith(library);
      const windowsProfile = { adminUsername: "azureuser", adminPassword: "${var.password}" };
      cluster(
        library,
        stack,
        "aks",
        { networkPlugin: "azure", networkPolicy: "azure" },
        { windowsProfile, ...more },
      );
      const said = synthesised(app);
      expect(said.map((line) => /on (\w+ nodes)/.exec(line)?.[1])).toEqual(ends);
      expect(said.every((line) => line.startsWith("warn network-policy-supported"))).toBe(true);
    });

    test("with a Windows pool, only the Windows end fails", () => {
      const { app, stack } = appWith(library);
      const windowsProfile = { adminUsername: "azureuser", adminPassword: "${var.password}" };
      const made = cluster(
        library,
        stack,
        "aks",
        { networkPlugin: "azure", networkPolicy: "azure" },
        { windowsProfile },
      );
      new library.KubernetesClusterNodePool(stack, "win", {
        name: "win",
        vmSize: "x",
        osType: "Windows",
        kubernetesClusterId: made.id,
      });
      expect(synthesised(app).map((line) => line.split(":")[0])).toEqual(["error network-policy-supported"]);
    });
  });

  describe("azapi_update_resource:", () => {
    const at = (part: string): string => `error network-policy-configured: ${part} is not set: ${noEngine}`;
    const engine = "body.properties.networkProfile.networkPolicy";
    const cases: readonly (readonly [string, Inputs, readonly string[]])[] = [
      ["an empty engine", { body: { properties: { networkProfile: { networkPolicy: "" } } } }, [at(engine)]],
      [
        "null as the engine",
        { body: { properties: { networkProfile: { networkPolicy: null } } } },
        [at(engine)],
      ],
      ["null as the profile", { body: { properties: { networkProfile: null } } }, [at(engine)]],
      ["the same as JSON text", { body: '{"properties": {"networkProfile": null}}' }, [at(engine)]],
      [
        "an empty engine next to a plugin",
        { body: { properties: { networkProfile: { networkPlugin: "azure", networkPolicy: "" } } } },
        [at(engine)],
      ],
      [
        "an empty engine next to the dataplane that implies one",
        {
          body: {
            properties: {
              networkProfile: { networkPlugin: "azure", networkDataplane: "cilium", networkPolicy: "" },
            },
          },
        },
        [],
      ],
      ["an empty profile, which states nothing", { body: { properties: { networkProfile: {} } } }, []],
      ["no body", { body: null }, []],
      [
        "an empty engine in the sensitive body",
        {
          body: { properties: {} },
          sensitive_body: { properties: { networkProfile: { networkPolicy: "" } } },
        },
        [at(`sensitive_${engine}`)],
      ],
    ];
    test.each(cases)("%s", (_title, attributes, said) => {
      const { app, stack } = appWith(library);
      resource(library, stack, "update", "azapi_update_resource", {
        type: aksType,
        resource_id: "${var.id}",
        ...attributes,
      });
      expect(synthesised(app)).toEqual(said);
    });
  });

  describe("sensitive_body is named in the finding:", () => {
    const profile = (networkPolicy: unknown, more: object = {}): Inputs => ({
      properties: { networkProfile: { networkPlugin: "azure", networkPolicy, ...more } },
    });
    test.each<[string, Inputs, string]>([
      ["a wrong engine", { body: profile("calico"), sensitive_body: profile("istio") }, "networkPolicy"],
      [
        "an engine that is removed",
        { body: profile("calico"), sensitive_body: profile(null) },
        "networkPolicy",
      ],
      ["no engine anywhere, but a profile", { sensitive_body: profile("none") }, "networkPolicy"],
      [
        "JSON text",
        { body: profile("calico"), sensitive_body: JSON.stringify(profile("none")) },
        "networkPolicy",
      ],
    ])("%s: with this fix it passes", (_title, attributes, part) => {
      const { app, stack } = appWith(library);
      resource(library, stack, "aks", "azapi_resource", { type: aksType, name: "aks", ...attributes });
      synthesised(app);
      const [{ message } = { message: "" }] = annotationsOf(app);
      expect(message.split("\n")[0]).toContain(`: sensitive_body.properties.networkProfile.${part} `);
      expect(message).toMatch(/sensitive_body: \{ properties: \{ networkProfile: \{ .*networkPolicy: /);
    });

    test("what only the body states is reported in the body", () => {
      const { app, stack } = appWith(library);
      resource(library, stack, "aks", "azapi_resource", {
        type: aksType,
        name: "aks",
        body: profile("istio"),
        sensitive_body: { properties: { networkProfile: { networkPlugin: "azure" } } },
      });
      expect(synthesised(app)[0]).toContain(": body.properties.networkProfile.networkPolicy is not one of");
    });
  });

  test.each([
    [["calico"], "cilium built in; your organisation accepts calico."],
    [["azure"], "cilium built in; your organisation accepts azure."],
    [["cilium"], undefined],
  ] as const)("an automatic cluster if %j are accepted", (engines, ending) => {
    const { app, stack } = appWith(library, { "network-policy-configured": { engines } });
    resource(library, stack, "aks", "azurerm_kubernetes_automatic_cluster", { name: "aks" });
    expect(synthesised(app)).toEqual(
      ending === undefined
        ? []
        : [`error network-policy-configured: This kind of cluster is Automatic, which has ${ending}`],
    );
  });

  test("an entry of autoSet.newClusters for this stack that matches no cluster is reported, with the existing clusters", () => {
    const newClusters = ["s/aks", "s/AKS", "s/other", "prod/aks", "urn:pulumi:s::p::t::aks"];
    const autoSet = { newClusters };
    const run = (enforcementLevel: "remediate" | "mandatory"): string[] => {
      const { app, stack } = appWith(library, {
        "network-policy-configured": { enforcementLevel, autoSet },
      });
      cluster(library, stack, "aks", enforced);
      cluster(library, stack, "more", enforced);
      synthesised(app);
      return annotationsOf(app).map(({ path, level, message }) => `${path} ${level} ${message}`);
    };
    const said = (address: string, line: string): string =>
      [
        `s warn network-policy-configured: \`autoSet.newClusters\` names no cluster of this stack: "${address}".`,
        line,
        'Clusters here: "s/aks", "s/more".',
        "More: https://www.npmjs.com/package/aks-network-policy-pack#auto-set",
      ].join("\n");
    expect(run("remediate")).toEqual([
      said("s/AKS", 'Did you mean "s/aks"? Case matters.'),
      said("s/other", "Correct it, or remove it from the configuration."),
    ]);
    expect(run("mandatory")).toEqual([]);
  });

  test("the same is reported in Testing.synth", () => {
    const { app, stack } = appWith(library);
    cluster(library, stack, "aks", open);
    expect(() => lib.Testing.synth(stack)).toThrow("[s/aks] network-policy-configured");
    expect(told(app)).toEqual([notSet]);
  });
});
