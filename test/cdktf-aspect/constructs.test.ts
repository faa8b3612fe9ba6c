import * as cdktf from "cdktf";
import * as cdktn from "cdktn";
import { describe, expect, test } from "vitest";
import type { ConstructLike } from "../../cdktf-aspect/constructs";
import {
  constructsIn,
  countOf,
  elementsIn,
  isDataSource,
  isOverridden,
  isStack,
  isWithin,
  libraryOf,
  scopesOf,
  stackOf,
  stacksIn,
} from "../../cdktf-aspect/constructs";

const libraries: readonly (readonly [string, typeof cdktf])[] = [
  ["cdktf", cdktf],
  ["cdktn", cdktn as unknown as typeof cdktf],
];

describe.each(libraries)(
  "%s:",
  (_name, { TerraformStack, TerraformOutput, TerraformResource, Testing, ...lib }) => {
    /** app > outer > (a > b, inner > c), and app > beside */
    const made = () => {
      const app = Testing.app();
      const outer = new TerraformStack(app, "outer");
      const a = new TerraformOutput(outer, "a", { value: "x" });
      const b = new TerraformOutput(a, "b", { value: "x" });
      const inner = new TerraformStack(outer, "inner");
      const c = new TerraformOutput(inner, "c", { value: "x" });
      const beside = new TerraformStack(app, "beside");
      return { app, outer, a, b, inner, c, beside };
    };
    const ids = (constructs: readonly ConstructLike[]): string[] => constructs.map(({ node }) => node.id);

    test("a stack is recognized by its mark or by what only stacks have", () => {
      const { app, outer, a } = made();
      expect([app, outer, a].map(isStack)).toEqual([false, true, false]);
      const { node } = outer;
      expect(isStack({ node, prepareStack: 1, synthesizer: 1 } as ConstructLike)).toBe(true);
      expect(isStack({ node, prepareStack: 1 } as ConstructLike)).toBe(false);
      expect(isStack({ node, synthesizer: 1 } as ConstructLike)).toBe(false);
      expect(isStack({ node, [Symbol.for("cdktf/TerraformStack")]: true })).toBe(true);
    });

    test("a data source is distinguished from a resource of its type", () => {
      const { outer } = made();
      const type = { terraformResourceType: "azurerm_kubernetes_cluster" };
      expect(isDataSource(new lib.TerraformDataSource(outer, "there", type))).toBe(true);
      expect(isDataSource(new TerraformResource(outer, "here", type))).toBe(false);
    });

    test("scopes are the enclosing constructs, the nearest first", () => {
      const { app, b } = made();
      const above = scopesOf(b);
      expect(ids(above.slice(0, 2))).toEqual(["a", "outer"]);
      expect(above.at(-1)).toBe(app);
      expect(scopesOf(app)).toEqual([]);
    });

    test("the stack of a construct is the nearest; a stack's own is itself", () => {
      const { app, outer, b, inner, c } = made();
      expect([b, outer, c, inner].map((each) => stackOf(each)?.node.id)).toEqual([
        "outer",
        "outer",
        "inner",
        "inner",
      ]);
      expect(stackOf(app)).toBeUndefined();
    });

    test("the contents of a nested stack do not belong to the outer stack", () => {
      const { outer, inner } = made();
      expect(ids(constructsIn(outer))).toEqual(["a", "b"]);
      expect(ids(constructsIn(inner))).toEqual(["c"]);
    });

    test("the elements of a stack are what is rendered", () => {
      const { outer, a } = made();
      Reflect.set(a, "toTerraform", undefined);
      expect(ids(elementsIn(outer))).toEqual(["b"]);
    });

    test("a construct is within itself and its enclosing constructs", () => {
      const { outer, a, b, beside } = made();
      expect(isWithin(a, new Set([a]))).toBe(true);
      expect(isWithin(b, new Set([beside, a]))).toBe(true);
      expect(isWithin(b, new Set([outer]))).toBe(true);
      expect(isWithin(a, new Set([b, beside]))).toBe(false);
      expect(isWithin(a, new Set())).toBe(false);
    });

    test("a count includes the construct and everything below it, in any stack", () => {
      const { outer, a, b } = made();
      expect([outer, a, b].map(countOf)).toEqual([5, 2, 1]);
    });

    test("stacks are found in stacks", () => {
      const { app, outer, inner } = made();
      expect(ids(stacksIn(app))).toEqual(["outer", "inner", "beside"]);
      expect(ids(stacksIn(outer))).toEqual(["inner"]);
      expect(stacksIn(inner)).toEqual([]);
    });

    describe("an override can change a cluster's network", () => {
      const cluster = (stack: cdktf.TerraformStack): cdktf.TerraformResource =>
        new TerraformResource(stack, "aks", { terraformResourceType: "azurerm_kubernetes_cluster" });

      test.each([["network_profile"], ["network_profile.network_policy"], ["dynamic.x"]])(
        "on the cluster, of %s",
        (path) => {
          const aks = cluster(made().outer);
          aks.addOverride(path, 1);
          expect(isOverridden(aks)).toBe(true);
        },
      );

      test.each([
        "resource.azurerm_kubernetes_cluster.aks.tags",
        "resource.azurerm_kubernetes_cluster.aks",
        "resource.azurerm_kubernetes_cluster",
        "resource",
      ])("on its stack, of %s", (path) => {
        const { outer } = made();
        const aks = cluster(outer);
        outer.addOverride(path, undefined);
        expect(isOverridden(aks)).toBe(true);
      });

      test("and nothing else can", () => {
        const { app, outer, beside } = made();
        const aks = cluster(outer);
        for (const path of ["tags", "resource", "toString"]) aks.addOverride(path, 1);
        for (const path of [
          "network_profile",
          "dynamic",
          "terraform",
          "resource.azurerm_kubernetes_cluster.other.network_profile",
          "resource.azurerm_resource_group.aks.network_profile",
        ])
          outer.addOverride(path, {});
        beside.addOverride("resource", 1);
        expect(isOverridden(aks)).toBe(false);
        expect(isOverridden(app)).toBe(false);
      });
    });

    test("an object without overrides is not overridden", () => {
      const { node } = made().app;
      for (const rawOverrides of [undefined, null, "network_profile", ["network_profile"]])
        expect(isOverridden({ node, rawOverrides } as ConstructLike)).toBe(false);
    });
  },
);

describe("the library of a class or an object", () => {
  class OurStack extends cdktf.TerraformStack {}
  const mark = (value: unknown): object =>
    Object.defineProperty(() => undefined, Symbol.for("jsii.rtti"), { value });

  test.each<[title: string, classOrObject: unknown, className: string, library: string | undefined]>([
    ["a class", cdktf.TerraformStack, "TerraformStack", "cdktf 0.21.0"],
    ["a class of cdktn", cdktn.TerraformStack, "TerraformStack", "cdktn 0.24.0"],
    ["a class derived from it", OurStack, "TerraformStack", "cdktf 0.21.0"],
    ["an object", new OurStack(cdktf.Testing.app(), "s"), "TerraformStack", "cdktf 0.21.0"],
    ["another class of the library", cdktf.Aspects, "TerraformStack", undefined],
    ["a class without a mark", Date, "Date", undefined],
    ["a mark of another kind", mark({ version: "1" }), "TerraformStack", undefined],
    ["a mark that is undefined", mark(null), "TerraformStack", undefined],
    ["a mark with a name that is not text", mark({ fqn: 5, version: "1" }), "TerraformStack", undefined],
    [
      "a mark of this package",
      mark({ fqn: "cdktx.TerraformStack", version: "1" }),
      "TerraformStack",
      "cdktx 1",
    ],
    ["an object without a class", Object.create(null), "TerraformStack", undefined],
    ["nothing", undefined, "TerraformStack", undefined],
    ["null", null, "TerraformStack", undefined],
    ["a text", "TerraformStack", "TerraformStack", undefined],
  ])("%s", (_title, classOrObject, className, library) => {
    expect(libraryOf(classOrObject, className)).toBe(library);
  });
});
