/** Pools in another stack of the app than their cluster: the findings on the cluster depend on the pool. */
import type { App, TerraformStack } from "cdktf";
import { afterEach, describe, expect, test } from "vitest";
import type { Configuration } from "../../cdktf-aspect";
import { AksNetworkPolicyAspect } from "../../cdktf-aspect";
import type { Library, NetworkProfile } from "../support/terraform";
import { annotationsOf, libraries, onExampleDay, required, stackOf } from "../support/terraform";
import { resource } from "../support/terraform-shapes";

const cilium: NetworkProfile = {
  networkPlugin: "azure",
  networkDataPlane: "cilium",
  networkPolicy: "cilium",
};
const azure: NetworkProfile = { networkPlugin: "azure", networkPolicy: "azure" };

afterEach(() => {
  delete process.env["SYNTH_HCL_OUTPUT"];
});

/** Two stacks with a cluster `aks` each, `a` before `b`, and whatever a case adds. */
interface Two {
  readonly library: Library;
  readonly app: App;
  readonly a: TerraformStack;
  readonly b: TerraformStack;
  readonly inA: ReturnType<typeof cluster>;
  readonly inB: ReturnType<typeof cluster>;
}

function cluster(library: Library, stack: TerraformStack, name: string, networkProfile: NetworkProfile) {
  return new library.KubernetesCluster(stack, "aks", { ...required, name, networkProfile });
}

function pool(
  { library }: Two,
  stack: TerraformStack,
  kubernetesClusterId: string,
  more: object = {},
): InstanceType<Library["KubernetesClusterNodePool"]> {
  return new library.KubernetesClusterNodePool(stack, "win", {
    name: "win",
    vmSize: "Standard_D4s_v5",
    osType: "Windows",
    kubernetesClusterId,
    ...more,
  });
}

function apiPool({ library, b }: Two, parentId: string): void {
  resource(library, b, "pool", "azapi_resource", {
    type: "Microsoft.ContainerService/managedClusters/agentPools@2025-07-01",
    name: "win",
    parent_id: parentId,
    body: { properties: { osType: "Windows" } },
  });
}

const idOf = (name: string, group = "rg"): string =>
  `/subscriptions/0/resourceGroups/${group}/providers/Microsoft.ContainerService/managedClusters/${name}`;

const windows = (path: string): string =>
  `${path} error network-policy-compatible: This cluster has a Windows node pool (osType of a separate node pool) and the engine is Cilium, which runs on Linux nodes only.`;
const may = (path: string): string =>
  `${path} warn network-policy-compatible: Unknown: the cluster of a separate node pool is not known before \`terraform plan\`.`;

function said(app: App): string[] {
  try {
    app.synth();
  } catch (error) {
    if (!/Encountered Annotations with level "ERROR"/.test(String(error))) throw error;
  }
  return annotationsOf(app).map(
    ({ path, level, message }) => `${path} ${level} ${message.split("\n")[0] ?? ""}`,
  );
}

function two(library: Library, profile: NetworkProfile = cilium, configuration: Configuration = {}): Two {
  // As set by the command lines, so that an error in one stack does not keep the others from being checked.
  process.env["CDKTF_CONTINUE_SYNTH_ON_ERROR_ANNOTATIONS"] = "true";
  const app = library.lib.Testing.app();
  AksNetworkPolicyAspect.applyTo(app, library.lib.Aspects, configuration, onExampleDay);
  const [a, b] = [stackOf(library, app, "a"), stackOf(library, app, "b")];
  delete process.env["CDKTF_CONTINUE_SYNTH_ON_ERROR_ANNOTATIONS"];
  return { library, app, a, b, ...twoClusters(library, a, b, profile) };
}

function twoClusters(library: Library, a: TerraformStack, b: TerraformStack, profile: NetworkProfile) {
  return { inA: cluster(library, a, "aks-a", profile), inB: cluster(library, b, "aks-b", profile) };
}

describe.each(libraries)("$name:", (library) => {
  const { lib } = library;

  const cases: readonly (readonly [string, (made: Two) => void, readonly string[]])[] = [
    [
      "a reference to a stack that is checked earlier",
      (made) => {
        pool(made, made.b, made.inA.id);
      },
      [windows("a/aks")],
    ],
    [
      "a reference to a stack that is checked later",
      (made) => {
        pool(made, made.a, made.inB.id);
      },
      [windows("b/aks")],
    ],
    [
      "a module for pools in a stack that has no cluster",
      (made) => {
        new lib.TerraformHclModule(stackOf(library, made.app, "pools"), "win", {
          source: "Azure/avm-res-containerservice-managedcluster/azurerm//modules/agentpool",
          variables: { name: "win", os_type: "Windows", parent_id: made.inA.id },
        });
      },
      [windows("a/aks").replace("osType", "os_type")],
    ],
    [
      "a reference from a stack that has no cluster",
      (made) => {
        pool(made, stackOf(library, made.app, "pools"), made.inA.id);
      },
      [windows("a/aks")],
    ],
    [
      "a pool of a cluster in its own stack belongs to no other",
      (made) => {
        pool(made, made.b, made.inB.id);
      },
      [windows("b/aks")],
    ],
    [
      "a nested stack refers to the outer stack",
      (made) => {
        pool(made, stackOf(library, made.a, "inner"), made.inA.id);
      },
      [windows("a/aks")],
    ],
    [
      "a stack refers to a stack that is nested in it",
      (made) => {
        const inner = stackOf(library, made.a, "inner");
        pool(made, made.a, cluster(library, inner, "aks-inner", cilium).id);
      },
      [windows("a/inner/aks")],
    ],
    [
      "a stack refers to a stack that is nested in another",
      (made) => {
        const inner = stackOf(library, made.a, "inner");
        pool(made, made.b, cluster(library, inner, "aks-inner", cilium).id);
      },
      [windows("a/inner/aks")],
    ],
    [
      "a local of the other stack",
      (made) => {
        pool(made, made.b, new lib.TerraformLocal(made.a, "id", made.inA.id).asString);
      },
      [windows("a/aks")],
    ],
    [
      "a local of its own stack",
      (made) => {
        pool(made, made.b, new lib.TerraformLocal(made.b, "id", made.inA.id).asString);
      },
      [windows("a/aks")],
    ],
    [
      "a local of a third stack, which has the reference from the first",
      (made) => {
        const third = stackOf(library, made.app, "third");
        pool(made, made.b, new lib.TerraformLocal(third, "id", made.inA.id).asString);
      },
      [windows("a/aks")],
    ],
    [
      "a local of a fourth stack, which has it from the third",
      (made) => {
        const third = new lib.TerraformLocal(stackOf(library, made.app, "c"), "id", made.inA.id);
        const fourth = new lib.TerraformLocal(stackOf(library, made.app, "d"), "id", third.asString);
        pool(made, stackOf(library, made.app, "pools"), fourth.asString);
      },
      [windows("a/aks")],
    ],
    [
      "a local of a third stack, of the cluster that this one has",
      (made) => {
        const third = stackOf(library, made.app, "third");
        const own = cluster(library, third, "aks-third", { networkPlugin: "azure", networkPolicy: "calico" });
        pool(made, made.b, new lib.TerraformLocal(third, "id", own.id).asString);
      },
      [],
    ],
    [
      "a local of a third stack, with a literal id",
      (made) => {
        const third = stackOf(library, made.app, "third");
        pool(made, made.b, new lib.TerraformLocal(third, "id", idOf("aks-a")).asString);
      },
      [may("a/aks")],
    ],
    [
      "a local of the other stack, with a literal id",
      (made) => {
        pool(made, made.b, new lib.TerraformLocal(made.a, "id", idOf("aks-a")).asString);
      },
      [windows("a/aks")],
    ],
    [
      "what a module of a third stack makes of a reference",
      (made) => {
        const third = stackOf(library, made.app, "third");
        const variables = { id: made.inA.id };
        const module = new lib.TerraformHclModule(third, "m", { source: "acme/x/azurerm", variables });
        pool(made, made.b, module.getString("id"));
      },
      [may("a/aks"), may("b/aks")],
    ],
    [
      "a variable of a third stack",
      (made) => {
        const third = stackOf(library, made.app, "third");
        pool(made, made.b, new lib.TerraformVariable(third, "id", {}).stringValue);
      },
      [may("a/aks"), may("b/aks")],
    ],
    [
      "an id with the other cluster's name in it",
      (made) => {
        pool(made, made.b, idOf(made.inA.name));
      },
      [windows("a/aks")],
    ],
    [
      "a data source by a reference to the other cluster",
      (made) => {
        const name = lib.Fn.trimspace(made.inA.id);
        const data = new library.DataAzurermKubernetesCluster(made.b, "data", {
          name,
          resourceGroupName: "rg",
        });
        pool(made, made.b, data.id);
      },
      [windows("a/aks")],
    ],
    [
      "a data source by name",
      (made) => {
        const data = new library.DataAzurermKubernetesCluster(made.b, "data", {
          name: "aks-a",
          resourceGroupName: "rg",
        });
        pool(made, made.b, data.id);
      },
      [may("a/aks")],
    ],
    [
      "a literal id",
      (made) => {
        pool(made, made.b, idOf("aks-a"));
      },
      [may("a/aks")],
    ],
    [
      "a literal id in another group",
      (made) => {
        pool(made, made.b, idOf("aks-a", "other"));
      },
      [],
    ],
    [
      "a literal id of a cluster in no stack of the app",
      (made) => {
        pool(made, made.b, idOf("c"));
      },
      [],
    ],
    [
      "an API resource of its own stack's cluster",
      (made) => {
        apiPool(made, "${azurerm_kubernetes_cluster.aks.id}");
      },
      [windows("b/aks")],
    ],
    [
      "an API resource refers to the other stack",
      (made) => {
        apiPool(made, made.inA.id);
      },
      [windows("a/aks")],
    ],
    [
      "a variable may name any cluster of the app",
      (made) => {
        pool(made, made.b, new lib.TerraformVariable(made.b, "id", {}).stringValue);
      },
      [may("a/aks"), may("b/aks")],
    ],
    [
      "an output of an opaque module",
      (made) => {
        const module = new lib.TerraformHclModule(made.b, "platform", { source: "acme/platform/azurerm" });
        pool(made, made.b, module.getString("aks_id"));
      },
      [may("a/aks"), may("b/aks")],
    ],
    [
      "an output of a module that creates a cluster refers to that one",
      (made) => {
        const module = new lib.TerraformHclModule(made.b, "own", {
          source: "Azure/avm-res-containerservice-managedcluster/azurerm",
          variables: {
            network_profile: {
              network_plugin: "azure",
              network_policy: "calico",
              network_dataplane: "azure",
            },
          },
        });
        pool(made, made.b, module.getString("resource_id"));
      },
      [],
    ],
    [
      "an output of a state outside the app",
      (made) => {
        const state = new lib.DataTerraformRemoteStateLocal(made.b, "platform", { path: "platform.tfstate" });
        pool(made, made.b, state.getString("aks_id"));
      },
      [may("a/aks"), may("b/aks")],
    ],
    [
      "one of both, by a condition",
      (made) => {
        pool(made, made.b, String(lib.Fn.conditional(true, made.inA.id, made.inB.id)));
      },
      [may("a/aks"), may("b/aks")],
    ],
    [
      "for each of a map of ids",
      (made) => {
        const forEach = lib.TerraformIterator.fromMap({ one: made.inA.id });
        pool(made, made.b, "${each.value}", { forEach });
      },
      [windows("a/aks")],
    ],
    [
      "a Linux pool, whose cluster does not matter",
      (made) => {
        pool(made, made.b, "${var.id}", { osType: "Linux" });
      },
      [],
    ],
    [
      "an operating system that is not known",
      (made) => {
        pool(made, made.b, made.inA.id, { osType: "${var.os}" });
      },
      [
        "a/aks warn network-policy-compatible: Unknown: osType of a separate node pool is not known before `terraform plan`.",
      ],
    ],
  ];
  test.each(
    cases.flatMap(([title, declare, lines]) =>
      (["json", "hcl"] as const).map((output) => [title, output, declare, lines] as const),
    ),
  )("a pool of another stack, by %s, %s", (_title, output, declare, lines) => {
    if (output === "hcl") process.env["SYNTH_HCL_OUTPUT"] = "true";
    const made = two(library);
    declare(made);
    expect(said(made.app)).toEqual(lines);
    // And once more, as a test or a watcher does.
    expect(said(made.app)).toEqual(lines);
  });

  test("identical stacks for two subscriptions: a reference means the cluster it refers to", () => {
    const made = two(library);
    for (const stack of [made.a, made.b])
      stack.addOverride("resource.azurerm_kubernetes_cluster.aks.name", "aks");
    pool(made, stackOf(library, made.app, "pools"), made.inB.id);
    expect(said(made.app)).toEqual([windows("b/aks")]);
  });

  test("identical stacks: a name alone may mean any of them", () => {
    const made = two(library);
    for (const stack of [made.a, made.b])
      stack.addOverride("resource.azurerm_kubernetes_cluster.aks.name", "aks");
    pool(made, stackOf(library, made.app, "pools"), idOf("aks"));
    expect(said(made.app)).toEqual([may("a/aks"), may("b/aks")]);
  });

  describe("overrides on the stack of the pools:", () => {
    const changed = (path: string, value: unknown, osType = "Linux"): string[] => {
      const made = two(library);
      pool(made, made.b, made.inA.id, { osType });
      made.b.addOverride(path, value);
      return said(made.app);
    };
    const type = "resource.azurerm_kubernetes_cluster_node_pool";

    test("they change a pool", () => {
      expect(changed(`${type}.win.os_type`, "Windows")).toEqual([windows("a/aks")]);
      expect(changed(`${type}.win.os_type`, "Linux", "Windows")).toEqual([]);
    });

    test("they change what a pool refers to", () => {
      expect(changed(`${type}.win.kubernetes_cluster_id`, idOf("none"), "Windows")).toEqual([]);
      expect(changed("locals.more", "x", "Windows")).toEqual([windows("a/aks")]);
    });

    test("they add a pool, which has no construct", () => {
      const made = two(library);
      const more = stackOf(library, made.app, "pools");
      more.addOverride(`${type}.win`, {
        name: "win",
        os_type: "Windows",
        kubernetes_cluster_id: lib.Lazy.stringValue({ produce: () => idOf("aks-a") }),
      });
      expect(said(made.app).map((line) => line.replace("os_type", "osType"))).toEqual([may("a/aks")]);
    });

    test("HCL leaves them out", () => {
      process.env["SYNTH_HCL_OUTPUT"] = "true";
      expect(changed(`${type}.win.os_type`, "Windows")).toEqual([]);
    });
  });

  test.each(["json", "hcl"])("an override on a pool counts as written, %s", (output) => {
    if (output === "hcl") process.env["SYNTH_HCL_OUTPUT"] = "true";
    const made = two(library);
    pool(made, made.b, made.inA.id, { osType: "Linux" }).addOverride("os_type", "Windows");
    expect(said(made.app)).toEqual([windows("a/aks")]);
  });

  test("changes by an Aspect to the pools of a stack that is synthesized earlier count", () => {
    const made = two(library);
    const win = pool(made, made.a, made.inB.id, { osType: "Linux" });
    lib.Aspects.of(made.a).add({
      visit: (node) => {
        if (node === win) win.osType = "Windows";
      },
    });
    const first = stackOf(library, made.app, "z");
    cluster(library, first, "aks-z", cilium);
    expect(said(made.app)).toEqual([windows("b/aks")]);
  });

  test("changes by an Aspect to pools of a stack that is synthesized later have not happened yet", () => {
    const made = two(library);
    const win = pool(made, made.b, made.inA.id, { osType: "Linux" });
    lib.Aspects.of(made.b).add({
      visit: (node) => {
        if (node === win) win.osType = "Windows";
      },
    });
    expect(said(made.app)).toEqual([]);
  });

  test("changes by a stack's Aspects are visible to the stacks after it, although an earlier one has already looked", () => {
    const made = two(library);
    const last = stackOf(library, made.app, "c");
    const win = pool(made, made.b, cluster(library, last, "aks-c", cilium).id, { osType: "Linux" });
    lib.Aspects.of(made.b).add({
      visit: (node) => {
        if (node === win) win.osType = "Windows";
      },
    });
    expect(said(made.app)).toEqual([windows("c/aks")]);
  });

  test("the support of engine azure ends with Windows nodes in another stack", () => {
    const made = two(library, azure);
    pool(made, made.b, made.inA.id);
    expect(said(made.app).map((line) => line.split(":")[0])).toEqual([
      "a/aks error network-policy-supported",
      "b/aks warn network-policy-supported",
    ]);
  });

  test("nodes of pools in another stack count", () => {
    const lines = (nodeCount: number): string[] => {
      const made = two(library, azure);
      pool(made, made.b, made.inA.id, { osType: "Linux", nodeCount });
      return said(made.app).filter((line) => line.includes("compatible"));
    };
    expect(lines(100)).toEqual([]);
    expect(lines(248)).toEqual([expect.stringMatching(/^a\/aks error network-policy-compatible: /)]);
  });

  test("auto-set writes nothing if its choice depends on a pool of another stack, and does not choose Cilium for Windows", () => {
    const configuration: Configuration = {
      "network-policy-configured": { enforcementLevel: "remediate", autoSet: { acceptReplacement: true } },
    };
    const written = (id: (made: Two) => string): string[] => {
      const made = two(library, { networkPlugin: "azure" }, configuration);
      pool(made, made.b, id(made));
      said(made.app);
      return annotationsOf(made.app).map(({ path, level, message }) => {
        const [, value = ""] = /-> "(\w+)"/.exec(message) ?? [];
        return `${path} ${level} ${value}${message.includes("it cannot choose an engine until") ? "held still" : ""}`;
      });
    };
    expect(written(() => "${var.id}")).toEqual(["a/aks error held still", "b/aks error held still"]);
    expect(written(({ inA }) => inA.id)[0]).not.toContain("cilium");
    expect(written(() => idOf("none"))).toEqual(["a/aks info cilium", "b/aks info cilium"]);
  });

  test("Testing.synth prepares no references: the pool may belong to any cluster", () => {
    const made = two(library);
    made.inA.overrideLogicalId("other");
    pool(made, made.b, made.inA.id);
    lib.Testing.synth(made.a);
    expect(annotationsOf(made.app).map(({ path, level }) => `${path} ${level}`)).toEqual(["a/aks warn"]);
  });

  test("a stack whose pools cannot be seen fails where they may matter, and only there", () => {
    const made = two(library);
    const osType = lib.Lazy.stringValue({
      produce: () => {
        throw new Error("not today");
      },
    });
    pool(made, made.b, made.inA.id, { osType });
    expect(() => lib.Testing.synth(made.a)).toThrow(
      /this stack must not be written:\n\[a\] [\w-]+: This cluster could not be judged/,
    );
    const empty = stackOf(library, made.app, "empty");
    expect(lib.Testing.synth(empty)).toBeDefined();
  });

  /** How often the libraries and this package render an element. */
  function rendersOf(element: object): () => number {
    const render: unknown = Reflect.get(element, "toTerraform");
    let renders = 0;
    Reflect.set(element, "toTerraform", () => {
      renders += 1;
      return Reflect.apply(render as () => object, element, []);
    });
    return () => renders;
  }
  // The libraries render each element when they prepare the stacks and when they write them.
  const byTheLibrary = 2;

  test("if no stack has pools, nothing in other stacks is rendered for them; if one has, only what concerns pools is", () => {
    const counts = (declare: (made: Two) => void): number[] => {
      const made = two(library);
      declare(made);
      const local = new lib.TerraformLocal(made.b, "local", "x");
      const data = new lib.TerraformDataSource(made.b, "me", {
        terraformResourceType: "azurerm_client_config",
      });
      const all = [local, data, made.inB].map(rendersOf);
      said(made.app);
      return all.map((renders) => renders());
    };
    expect(counts(() => undefined)).toEqual([byTheLibrary, byTheLibrary, byTheLibrary]);
    expect(counts((made) => pool(made, made.b, made.inA.id))).toEqual([
      byTheLibrary + 1,
      byTheLibrary,
      byTheLibrary,
    ]);
  });

  test("it is rendered once, however many stacks need it", () => {
    const made = two(library);
    const pools = stackOf(library, made.app, "pools");
    cluster(library, stackOf(library, made.app, "c"), "aks-c", cilium);
    const renders = rendersOf(pool(made, pools, made.inA.id));
    expect(said(made.app)).toEqual([windows("a/aks")]);
    // Once before it is synthesized itself, once after that.
    expect(renders()).toBe(byTheLibrary + 2);
  });

  test("other contents of the stack, before its pools or after, change nothing", () => {
    const made = two(library);
    pool(made, made.b, made.inA.id);
    new lib.TerraformDataSource(made.b, "me", { terraformResourceType: "azurerm_client_config" });
    new lib.TerraformOutput(made.b, "output", { value: "x" });
    expect(said(made.app)).toEqual([windows("a/aks")]);
  });

  test("changes after a synthesis are visible to the next one, of any stack", async () => {
    const made = two(library);
    const win = pool(made, stackOf(library, made.app, "pools"), "${var.id}", { osType: "Linux" });
    lib.Testing.synth(made.a);
    expect(annotationsOf(made.app)).toEqual([]);
    await Promise.resolve();
    win.osType = "Windows";
    lib.Testing.synth(made.b);
    expect(annotationsOf(made.app).map(({ path, level }) => `${path} ${level}`)).toEqual(["b/aks warn"]);
  });

  test("an override puts a text in place of a map, and nothing of the map is left", () => {
    const made = two(library);
    const ids = new lib.TerraformLocal(made.b, "ids", { a: made.inA.id });
    pool(made, made.b, `\${${ids.fqn}["a"]}`);
    made.b.addOverride("locals.ids", idOf("none"));
    expect(said(made.app)).toEqual([]);
  });

  test("a library that keeps its references between stacks differently leaves them unknown", () => {
    for (const kept of [undefined, { a: 5 }]) {
      const made = two(library);
      const pools = stackOf(library, made.app, "pools");
      pool(made, pools, "${data.terraform_remote_state.cross-stack-reference-input-a.outputs.id}");
      Reflect.set(pools, "crossStackDataSources", kept);
      expect(said(made.app)).toEqual([may("a/aks"), may("b/aks")]);
    }
  });

  test("a nested stack with its own Aspect, which is also checked in the synthesis of the outer stack", () => {
    const app = lib.Testing.app();
    const outer = stackOf(library, app, "a");
    const inner = stackOf(library, outer, "inner");
    for (const each of [outer, inner])
      lib.Aspects.of(each).add(new AksNetworkPolicyAspect({ all: "advisory" }, onExampleDay));
    const made: Two = { library, app, a: outer, b: inner, ...twoClusters(library, outer, inner, cilium) };
    pool(made, inner, made.inA.id);
    expect(said(app)).toEqual([windows("a/aks").replace("error", "warn")]);
  });

  test("a stack that has only overrides", () => {
    const made = two(library);
    const bare = new lib.TerraformStack(made.app, "bare");
    bare.addOverride("resource.azurerm_kubernetes_cluster_node_pool.win", {
      os_type: "Windows",
      kubernetes_cluster_id: idOf("aks-a"),
    });
    lib.Testing.synth(made.a);
    expect(annotationsOf(made.app).map(({ path, level }) => `${path} ${level}`)).toEqual(["a/aks warn"]);
  });

  test("a stack that does not render its elements cannot be seen", () => {
    const made = two(library);
    const { TerraformStack: Base } = lib;
    class Silent extends Base {
      override toTerraform(): object {
        return {};
      }
    }
    const silent = new Silent(made.app, "silent");
    pool(made, silent, made.inA.id);
    expect(() => lib.Testing.synth(made.a)).toThrow(/\[a\] [\w-]+: This cluster could not be judged/);
  });
});
