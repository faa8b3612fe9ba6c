import type { TerraformElement, TerraformStack } from "cdktf";
import { describe, expect, test } from "vitest";
import type { ConstructLike, StackLike } from "../../cdktf-aspect/constructs";
import { clustersOfStack } from "../../cdktf-aspect/inventory";
import { Writers } from "../../cdktf-aspect/writers";
import type { BlockName } from "../../shared/documents/terraform/block";
import { libraries, required, stackOf } from "../support/terraform";

const clusterType = "azurerm_kubernetes_cluster";
const resourceNamed = (name: string, type = clusterType): BlockName => ({ kind: "resource", type, name });
const moduleNamed = (name: string): BlockName => ({ kind: "module", type: "", name });

describe.each(libraries)("$name: the construct that writes a block", (library) => {
  const { lib } = library;
  const newStack = (): TerraformStack => new lib.TerraformStack(lib.Testing.app(), "s");
  const raw = (stack: TerraformStack, id: string, terraformResourceType = clusterType): TerraformElement =>
    new lib.TerraformResource(stack, id, { terraformResourceType });

  test("is found by the block's address, with what its class tells about it", () => {
    const stack = newStack();
    const typed = new library.KubernetesCluster(stack, "typed", required);
    const pool = new library.KubernetesClusterNodePool(stack, "pool", {
      name: "pool",
      kubernetesClusterId: "x",
    });
    const plain = raw(stack, "plain");
    const writers = new Writers(stack);
    const { azurerm: toolVersion } = library;
    const ofResource = { toolVersion, moduleSource: undefined };
    expect(writers.originOf(resourceNamed("typed"))).toEqual({ source: typed, typed: true, ...ofResource });
    expect(writers.originOf(resourceNamed("pool", `${clusterType}_node_pool`))).toEqual({
      source: pool,
      typed: true,
      ...ofResource,
    });
    expect(writers.originOf(resourceNamed("plain"))).toEqual({
      source: plain,
      typed: false,
      toolVersion: undefined,
      moduleSource: undefined,
    });
  });

  test("may be a module, whose bindings have a property for each variable", () => {
    const stack = newStack();
    class Bindings extends lib.TerraformModule {
      protected override synthesizeAttributes(): Record<string, unknown> {
        return {};
      }
    }
    const source = "Azure/aks/azurerm";
    const bound = new Bindings(stack, "bound", { source });
    const plain = new lib.TerraformHclModule(stack, "plain", { source });
    const writers = new Writers(stack);
    const ofModule = { toolVersion: undefined, moduleSource: source };
    expect(writers.originOf(moduleNamed("bound"))).toEqual({ source: bound, typed: true, ...ofModule });
    expect(writers.originOf(moduleNamed("plain"))).toEqual({ source: plain, typed: false, ...ofModule });
  });

  test("is the stack if it has no construct", () => {
    const stack = newStack();
    raw(stack, "subnet", "azurerm_subnet");
    const there = { terraformResourceType: clusterType };
    new lib.TerraformDataSource(stack, "there", there);
    new lib.TerraformOutput(stack, "output", { value: "x" });
    const unrendered = raw(stack, "unrendered");
    Reflect.set(unrendered, "toTerraform", undefined);
    const writers = new Writers(stack);
    for (const name of [
      resourceNamed("subnet", "azurerm_subnet"),
      resourceNamed("there"),
      resourceNamed("unrendered"),
      moduleNamed("output"),
      resourceNamed("nowhere"),
    ])
      expect(writers.originOf(name)).toEqual({ source: stack });
  });

  test("is the stack if several are written as one", () => {
    const stack = newStack();
    for (const id of ["one", "two", "three"]) raw(stack, id).overrideLogicalId("aks");
    expect(new Writers(stack).originOf(resourceNamed("aks"))).toEqual({ source: stack });
  });

  test("is not looked for in a nested stack", () => {
    const stack = newStack();
    raw(new lib.TerraformStack(stack, "inner"), "aks");
    expect(new Writers(stack).originOf(resourceNamed("aks"))).toEqual({ source: stack });
  });

  test("is unknown if it throws, and is reported with the others", () => {
    const stack = newStack();
    const error = new Error("not today");
    const broken = raw(stack, "broken");
    Object.defineProperty(broken, "terraformResourceType", {
      get: () => {
        throw error;
      },
    });
    const fine = raw(stack, "fine");
    const writers = new Writers(stack);
    expect(writers.unreadable).toEqual([{ source: broken, error }]);
    expect(writers.originOf(resourceNamed("fine")).source).toBe(fine);
    const document = { resource: { [clusterType]: { fine: {} } } };
    const [first, second, ...more] = clustersOfStack(stack, document);
    expect(first).toEqual({ source: broken, error });
    expect(second?.source).toBe(fine);
    expect(more).toEqual([]);
  });

  test("tells the azurerm version that the app's bindings were generated for", () => {
    const stack = stackOf(library, lib.Testing.app(), "s");
    raw(stack, "aks");
    expect(new Writers(stack).azurermVersion).toBe(library.azurerm);
    expect(new Writers(newStack()).azurermVersion).toBeUndefined();
  });
});

describe("the azurerm version", () => {
  /** A stack with constructs that have these generator metadata. */
  const stackWith = (...marks: readonly unknown[]): StackLike => {
    const children = marks.map((mark) => ({
      node: { children: [] },
      terraformGeneratorMetadata: mark,
    })) as unknown as ConstructLike[];
    return { node: { children } } as unknown as StackLike;
  };
  const mark = (providerName: unknown, providerVersion: unknown): object => ({
    providerName,
    providerVersion,
  });

  test.each<[title: string, marks: readonly unknown[], version: string | undefined]>([
    [
      "is that of the first construct that has it",
      [undefined, mark("azurerm", "1"), mark("azurerm", "2")],
      "1",
    ],
    ["is not another provider's", [mark("azuread", "1"), mark("azurerm", "2")], "2"],
    ["is a text", [mark("azurerm", 5)], undefined],
    ["comes from metadata that is an object", ["azurerm", null, ["azurerm"]], undefined],
  ])("%s", (_title, marks, version) => {
    expect(new Writers(stackWith(...marks)).azurermVersion).toBe(version);
  });
});
