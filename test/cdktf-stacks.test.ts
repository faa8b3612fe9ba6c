/** Pools in another stack of the app than their cluster: what is said of the cluster is what the pool makes of it. */
import type { App, TerraformStack } from "cdktf";
import { afterEach, describe, expect, test } from "vitest";
import type { Configuration } from "../cdktf-aspect";
import { AksNetworkPolicyAspect } from "../cdktf-aspect";
import type { Library, NetworkProfile } from "./support/terraform";
import { annotationsOf, libraries, onExampleDay, required, stackOf } from "./support/terraform";
import { resource } from "./support/terraform-shapes";

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

const idOf = (name: string, group = "rg"): string =>
  `/subscriptions/0/resourceGroups/${group}/providers/Microsoft.ContainerService/managedClusters/${name}`;

const windows = (path: string): string =>
  `${path} error network-policy-compatible: This cluster has a Windows node pool (osType of a node pool declared apart) and the engine is Cilium, which runs on Linux nodes only.`;
const may = (path: string): string =>
  `${path} warn network-policy-compatible: Not decided yet: the cluster of a node pool declared apart is not known before \`terraform plan\`.`;

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
  // As the command lines have it, so that an error in one stack does not keep the others from being judged.
  process.env["CDKTF_CONTINUE_SYNTH_ON_ERROR_ANNOTATIONS"] = "true";
  const app = library.lib.Testing.app();
  AksNetworkPolicyAspect.applyTo(app, library.lib.Aspects, configuration, onExampleDay);
  const [a, b] = [stackOf(library, app, "a"), stackOf(library, app, "b")];
  delete process.env["CDKTF_CONTINUE_SYNTH_ON_ERROR_ANNOTATIONS"];
  const [inA, inB] = [cluster(library, a, "aks-a", profile), cluster(library, b, "aks-b", profile)];
  return { library, app, a, b, inA, inB };
}

describe.each(libraries)("$name:", (library) => {
  const { lib } = library;

  const cases: readonly (readonly [string, (made: Two) => void, readonly string[]])[] = [
    [
      "a reference to a stack that is judged before",
      (made) => {
        pool(made, made.b, made.inA.id);
      },
      [windows("a/aks")],
    ],
    [
      "a reference to a stack that is judged after",
      (made) => {
        pool(made, made.a, made.inB.id);
      },
      [windows("b/aks")],
    ],
    [
      "a reference from a stack that has no cluster",
      (made) => {
        pool(made, stackOf(library, made.app, "pools"), made.inA.id);
      },
      [windows("a/aks")],
    ],
    [
      "a pool of its own stack is nobody else's",
      (made) => {
        pool(made, made.b, made.inB.id);
      },
      [windows("b/aks")],
    ],
    [
      "a nested stack refers to the stack around it",
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
      "an id with the other cluster's name in it",
      (made) => {
        pool(made, made.b, idOf(made.inA.name.includes("Token") ? made.inA.name : made.inA.nameInput ?? ""));
      },
      [may("a/aks")],
    ],
    [
      "a data source by a reference to the other cluster",
      (made) => {
        const name = lib.Fn.trimspace(made.inA.id);
        const data = new library.DataAzurermKubernetesCluster(made.b, "data", { name, resourceGroupName: "rg" });
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
      "a literal id of a group that is another one",
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
      "a literal id of its own stack's cluster, by an API resource",
      (made) => {
        const azapi = "Microsoft.ContainerService/managedClusters";
        resource(library, made.b, "pool", "azapi_resource", {
          type: `${azapi}/agentPools@2025-07-01`,
          name: "win",
          parent_id: "${azurerm_kubernetes_cluster.aks.id}",
          body: { properties: { osType: "Windows" } },
        });
      },
      [windows("b/aks").replace("osType of", "body.properties.osType of")],
    ],
    [
      "an API resource refers to the other stack",
      (made) => {
        const made2 = resource(library, made.b, "pool", "azapi_resource", {
          type: "Microsoft.ContainerService/managedClusters/agentPools@2025-07-01",
          name: "win",
          body: { properties: { osType: "Windows" } },
        });
        made2.addOverride("parent_id", made.inA.id);
      },
      [windows("a/aks").replace("osType of", "body.properties.osType of")],
    ],
    [
      "a variable may name any cluster of the app",
      (made) => {
        pool(made, made.b, new lib.TerraformVariable(made.b, "id", {}).stringValue);
      },
      [may("a/aks"), may("b/aks")],
    ],
    [
      "an output of a module that nobody can see into",
      (made) => {
        const module = new lib.TerraformHclModule(made.b, "platform", { source: "acme/platform/azurerm" });
        pool(made, made.b, module.getString("aks_id"));
      },
      [may("a/aks"), may("b/aks")],
    ],
    [
      "an output of a module that makes a cluster is of that one",
      (made) => {
        const module = new lib.TerraformHclModule(made.b, "own", {
          source: "Azure/avm-res-containerservice-managedcluster/azurerm",
          variables: {
            network_profile: { network_plugin: "azure", network_policy: "calico", network_dataplane: "azure" },
          },
        });
        pool(made, made.b, module.getString("resource_id"));
      },
      [],
    ],
    [
      "an output of a state that is none of the app's",
      (made) => {
        const state = new lib.DataTerraformRemoteStateLocal(made.b, "platform", { path: "platform.tfstate" });
        pool(made, made.b, state.getString("aks_id"));
      },
      [may("a/aks"), may("b/aks")],
    ],
    [
      "one of both, by a condition",
      (made) => {
        pool(made, made.b, lib.Fn.conditional(true, made.inA.id, made.inB.id) as unknown as string);
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
        "a/aks warn network-policy-compatible: Not decided yet: osType of a node pool declared apart is not known before `terraform plan`.",
      ],
    ],
  ];
  test.each(
    cases.flatMap(([title, declare, lines]) =>
      (["json", "hcl"] as const).map((output) => [title, output, declare, lines] as const),
    ),
  )("%s, %s", (title, output, declare, lines) => {
    if (output === "hcl") process.env["SYNTH_HCL_OUTPUT"] = "true";
    const made = two(library);
    declare(made);
    // The raw API resource is all override, which HCL leaves out.
    const expected = output === "hcl" && title.includes("API resource") ? [] : lines;
    expect(said(made.app)).toEqual(expected);
    // And once more, as a test or a watcher does.
    expect(said(made.app)).toEqual(expected);
  });

  test("zzz", () => {
    expect(azure).toBeDefined();
  });
});
