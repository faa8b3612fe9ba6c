/** When an Aspect has been called for everything it should: from then on a rendering is the final one. */
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

/** The clusters that make a final rendering fail; none if it is not the final one. */
function refused(by: TerraformStack = stack): string[] {
  try {
    by.toTerraform();
  } catch (error) {
    return Array.from(String(error).matchAll(/^\[(.*?)\]/gm), ([, path]) => path ?? "");
  }
  return [];
}

/** Visits constructs one after the other, and returns after each what is refused. */
const visited = (...constructs: readonly Construct[]): string[][] =>
  constructs.map((construct) => {
    aspect.visit(construct);
    return refused();
  });

describe("a stack has its final check", () => {
  test("once everything in it was visited, in any order", () => {
    const a = group(stack, "a");
    const aks = cluster(a, "aks");
    const b = group(stack, "b");
    expect(visited(stack, a, aks, b)).toEqual([[], [], [], ["s/a/aks"]]);
    expect(visited(stack, b, aks, a)).toEqual([[], [], [], ["s/a/aks"]]);
  });

  test("immediately if there is nothing in it", () => {
    stack.addOverride("resource.azurerm_kubernetes_cluster.aks.network_profile", { network_plugin: "azure" });
    expect(visited(stack)).toEqual([["s"]]);
  });

  test("with the contents of a nested stack, which is also checked separately", () => {
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

describe("with an Aspect on constructs only, it has its final check", () => {
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

  test("and a stack that is visited after them is checked as a whole", () => {
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

test("what is in no stack is not checked", () => {
  const app = lib.Testing.app();
  expect(() => {
    aspect.visit(app);
  }).not.toThrow();
});

test("earlier messages are withdrawn when the stack is visited again", () => {
  const aks = cluster(stack, "aks");
  expect(visited(stack, aks)).toEqual([[], ["s/aks"]]);
  expect(annotationsOf(stack)).toHaveLength(1);
  aspect.visit(stack);
  expect(annotationsOf(stack)).toEqual([]);
});

test("an invalid configuration is refused, with its problems", () => {
  const wrong = { all: "loud" } as unknown as Configuration;
  expect(() => new AksNetworkPolicyAspect(wrong)).toThrow(/all/);
});

test("the default date is today's", () => {
  aspect = new AksNetworkPolicyAspect();
  const aks = cluster(stack, "aks");
  expect(visited(stack, aks)).toEqual([[], ["s/aks"]]);
});
