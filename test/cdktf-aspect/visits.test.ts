/** When an Aspect has been called for everything that it is to be called for: from then on a rendering is the last. */
import type { TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { beforeEach, describe, expect, test } from "vitest";
import type { Configuration } from "../../cdktf-aspect";
import { AksNetworkPolicyAspect } from "../../cdktf-aspect";
import { annotationsOf, appWith, bothLibraries, onExampleDay, synthesised } from "../support/terraform";
import { resource } from "../support/terraform-shapes";

const [library] = bothLibraries;
const { lib } = library;

let stack: TerraformStack;
let aspect: AksNetworkPolicyAspect;
beforeEach(() => {
  stack = new lib.TerraformStack(lib.Testing.app(), "s");
  aspect = new AksNetworkPolicyAspect({}, onExampleDay);
});

const group = (scope: Construct, id: string): Construct => new lib.TerraformOutput(scope, id, { value: "x" });
const cluster = (scope: Construct, id: string): Construct =>
  resource(library, scope, id, "azurerm_kubernetes_cluster", {
    network_profile: { network_plugin: "azure" },
  });

/** The clusters for which a rendering, which is the last, does not end well; none where it is not the last. */
function refused(by: TerraformStack = stack): string[] {
  try {
    by.toTerraform();
  } catch (error) {
    return Array.from(String(error).matchAll(/^\[(.*?)\]/gm), ([, path]) => path ?? "");
  }
  return [];
}

/** Visits constructs one after the other, and says after each what is refused. */
const visited = (...constructs: readonly Construct[]): string[][] =>
  constructs.map((construct) => {
    aspect.visit(construct);
    return refused();
  });

describe("a stack is judged for good", () => {
  test("once everything in it was visited, whatever the order", () => {
    const a = group(stack, "a");
    const aks = cluster(a, "aks");
    const b = group(stack, "b");
    expect(visited(stack, a, aks, b)).toEqual([[], [], [], ["s/a/aks"]]);
    expect(visited(stack, b, aks, a)).toEqual([[], [], [], ["s/a/aks"]]);
  });

  test("at once where there is nothing in it", () => {
    stack.addOverride("resource.azurerm_kubernetes_cluster.aks.network_profile", { network_plugin: "azure" });
    expect(visited(stack)).toEqual([["s"]]);
  });

  test("with what is in a stack inside, which is judged in its own right", () => {
    const aks = cluster(stack, "aks");
    const inner = new lib.TerraformStack(stack, "inner");
    const nested = cluster(inner, "nested");
    expect(visited(stack, aks, inner, nested)).toEqual([[], [], [], ["s/aks"]]);
    expect(refused(inner)).toEqual([]);
    aspect.visit(inner);
    expect(refused(inner)).toEqual([]);
    aspect.visit(nested);
    expect(refused(inner)).toEqual(["s/inner/nested"]);
  });
});

describe("of constructs alone, it is judged for good", () => {
  test("once everything below them was visited", () => {
    const a = group(stack, "a");
    const inA = cluster(a, "aks");
    const b = group(stack, "b");
    const inB = cluster(b, "aks");
    cluster(stack, "beside");
    for (const construct of [a, inA, b]) aspect.visit(construct);
    expect(refused()).toEqual([]);
    aspect.visit(inB);
    expect(refused()).toEqual(["s/a/aks", "s/b/aks"]);
  });

  test("and what is below one of them is not counted again", () => {
    const a = group(stack, "a");
    const inA = cluster(a, "aks");
    expect(visited(a, inA)).toEqual([[], ["s/a/aks"]]);
    expect(visited(inA)).toEqual([["s/a/aks"]]);
  });

  test("and a stack that is visited after them is judged as a whole", () => {
    const a = group(stack, "a");
    const inA = cluster(a, "aks");
    const beside = cluster(stack, "beside");
    expect(visited(a, stack, a, inA, beside)).toEqual([[], [], [], [], ["s/a/aks", "s/beside"]]);
  });
});

test("an Aspect that renders the stack between two visits hides no cluster that was visited before", () => {
  const { app, stack: whole } = appWith(library);
  const aks = cluster(whole, "aks");
  new lib.TerraformOutput(whole, "later", { value: "x" });
  lib.Aspects.of(whole).add({
    visit: (node) => {
      if (node === aks) whole.toTerraform();
    },
  });
  expect(synthesised(app)).toEqual([
    "error network-policy-configured: network_profile.network_policy is not set: this cluster has no network policy engine.",
  ]);
});

test("what is in no stack is nobody's", () => {
  const app = lib.Testing.app();
  expect(() => {
    aspect.visit(app);
  }).not.toThrow();
});

test("what was said before is taken back when the stack is visited again", () => {
  const aks = cluster(stack, "aks");
  expect(visited(stack, aks)).toEqual([[], ["s/aks"]]);
  expect(annotationsOf(stack)).toHaveLength(1);
  aspect.visit(stack);
  expect(annotationsOf(stack)).toEqual([]);
});

test("a configuration that is not understood is refused, with what is wrong with it", () => {
  const wrong = { all: "loud" } as unknown as Configuration;
  expect(() => new AksNetworkPolicyAspect(wrong)).toThrow(/all/);
});

test("the day is today's where no clock is given", () => {
  aspect = new AksNetworkPolicyAspect();
  const aks = cluster(stack, "aks");
  expect(visited(stack, aks)).toEqual([[], ["s/aks"]]);
});
