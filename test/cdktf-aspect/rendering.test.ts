import { describe, expect, test } from "vitest";
import { elementsIn } from "../../cdktf-aspect/constructs";
import { outputOf, rendered, resolvedIn } from "../../cdktf-aspect/rendering";
import { libraries } from "../support/terraform";
import { resource } from "../support/terraform-shapes";

describe.each(libraries)("$name:", (library) => {
  const { lib } = library;
  class Stack extends lib.TerraformStack {}
  const made = () => {
    const stack = new Stack(lib.Testing.app(), "s");
    const networkPolicy = lib.Lazy.stringValue({ produce: () => "calico" });
    resource(library, stack, "aks", "azurerm_kubernetes_cluster", { network_policy: networkPolicy });
    resource(library, stack, "subnet", "azurerm_subnet", { name: "x" });
    return { stack, networkPolicy };
  };
  type Made = ReturnType<typeof made>["stack"];
  /** Methods defined on the elements themselves instead of their class. */
  const ownMethods = (stack: Made): string[] =>
    elementsIn(stack).flatMap((element) =>
      Object.keys(Object.getOwnPropertyDescriptors(element)).filter((name) =>
        /^to(?:Hcl)?Terraform$/.test(name),
      ),
    );

  describe("a stack is rendered", () => {
    test("as JSON, which is its document", () => {
      const result = { resource: {} };
      expect(rendered(made().stack, "json", () => result)).toEqual({ result, document: result });
      expect(rendered(made().stack, "json", () => result).document).toBe(result);
    });

    test("as HCL, with the parts that a cluster may depend on as its document", () => {
      const { stack } = made();
      const { result, document } = rendered(stack, "hcl", () => stack.toHclTerraform());
      expect(JSON.stringify(result)).toContain("azurerm_subnet");
      expect(document).toMatchObject({
        resource: [{ azurerm_kubernetes_cluster: { aks: { network_policy: "calico" } } }],
      });
      expect(ownMethods(stack)).toEqual([]);
    });

    test("and its elements are left unchanged if that fails", () => {
      const { stack } = made();
      expect(() =>
        rendered(stack, "hcl", () => {
          expect(ownMethods(stack)).toEqual(["toHclTerraform", "toHclTerraform"]);
          throw new Error("not today");
        }),
      ).toThrow("not today");
      expect(ownMethods(stack)).toEqual([]);
    });
  });

  describe.each(["json", "hcl"] as const)("in %s, values are resolved", (output) => {
    test("as in a rendering of their stack", () => {
      const { stack, networkPolicy } = made();
      expect(resolvedIn(stack, output, [{ a: networkPolicy }, "plain", 5])).toEqual([
        { a: "calico" },
        "plain",
        5,
      ]);
      expect(ownMethods(stack)).toEqual([]);
    });

    test("bypassing a wrapper of the stack's own method", () => {
      const { stack, networkPolicy } = made();
      stack.toTerraform = () => ({});
      stack.toHclTerraform = () => ({ hcl: "", metadata: {} });
      expect(resolvedIn(stack, output, [networkPolicy])).toEqual(["calico"]);
    });

    test("not at all in a stack without elements", () => {
      const { networkPolicy } = made();
      const values = [networkPolicy];
      expect(resolvedIn(new Stack(lib.Testing.app(), "empty"), output, values)).toBe(values);
    });

    test("or fail as their rendering does", () => {
      const { stack } = made();
      const broken = lib.Lazy.stringValue({
        produce: () => {
          throw new Error("not today");
        },
      });
      expect(() => resolvedIn(stack, output, [broken])).toThrow("not today");
      expect(ownMethods(stack)).toEqual([]);
    });

    test("or fail if the stack renders no element", () => {
      class Silent extends lib.TerraformStack {
        override toTerraform(): object {
          return {};
        }

        override toHclTerraform(): { hcl: string; metadata: object } {
          return { hcl: "", metadata: {} };
        }
      }
      const stack = new Silent(lib.Testing.app(), "s");
      new lib.TerraformOutput(stack, "o", { value: "x" });
      expect(() => resolvedIn(stack, output, ["x"])).toThrow("This stack does not render its elements.");
    });
  });

  test("the language is the one that the stack's synthesizer writes", () => {
    const { stack } = made();
    expect(outputOf(stack)).toBe("json");
    for (const [synthesizer, output] of [
      [{ hclOutput: true }, "hcl"],
      [{ hclOutput: "true" }, "json"],
      [{ hclOutput: false }, "json"],
      [{}, "json"],
      [undefined, "json"],
    ] as const) {
      Reflect.set(stack, "synthesizer", synthesizer);
      expect(outputOf(stack)).toBe(output);
    }
  });
});
