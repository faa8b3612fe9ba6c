import * as cdktf from "cdktf";
import * as cdktn from "cdktn";
import { describe, expect, test } from "vitest";
import type { StackLike } from "../../cdktf-aspect/constructs";
import { asHcl, PartsInHcl } from "../../cdktf-aspect/hcl";

const token = "${TfToken[TOKEN.0]}";
const stackOf = ({ Testing, TerraformStack }: typeof cdktf): cdktf.TerraformStack =>
  new TerraformStack(Testing.app(), "s");
const ofCdktf = (): PartsInHcl => new PartsInHcl(stackOf(cdktf));
const ofCdktn = (): PartsInHcl => new PartsInHcl(stackOf(cdktn as unknown as typeof cdktf));

/** What the libraries write for an attribute without a value. */
const nothing = { isBlock: false, type: "simple", storageClassType: "string" };

describe("attributes are what HCL will contain:", () => {
  test.each<[title: string, attributes: unknown, inHcl: unknown]>([
    ["a value with its type", { a: { value: 1, type: "simple" } }, { a: 1 }],
    ["a block", { a: { value: [{ b: { value: 1, type: "simple" } }], isBlock: true } }, { a: [{ b: 1 }] }],
    ["a block by its older name", { a: { value: { b: 1 }, is_block: true } }, { a: { b: 1 } }],
    ["a value without a type is code", { a: { value: 1 } }, { a: 1 }],
    [
      "a number next to a dynamic block is not written",
      { a: { value: 1, dynamic: {} } },
      { a: "${an expression}" },
    ],
    ["a text without a type is an expression", { a: { value: "var.a" } }, { a: "${an expression}" }],
    ["a type without a value is an object", { a: { type: "simple" } }, { a: { type: "simple" } }],
    ["an override next to the value", { a: { value: 1, type: "simple", b: 2 } }, { a: 1 }],
    ["a list", [{ value: 1, type: "simple" }, 2], [1, 2]],
    ["a token", { a: token }, { a: token }],
    ["a text, a number and nothing", { a: "x", b: 5, c: null }, { a: "x", b: 5, c: null }],
  ])("%s", (_title, attributes, inHcl) => {
    expect(asHcl(attributes, false)).toEqual(inHcl);
    expect(asHcl(attributes, true)).toEqual(inHcl);
  });

  test("an object whose name is a token is left unchanged", () => {
    const attributes = { [token]: { value: 1, type: "simple" } };
    expect(asHcl(attributes, false)).toEqual(attributes);
  });

  describe("if a value resolves to nothing,", () => {
    test("cdktf writes the rest of the description", () => {
      expect(asHcl({ a: nothing }, false)).toEqual({ a: nothing });
    });

    test("cdktn leaves it out", () => {
      expect(asHcl({ a: nothing }, true)).toEqual({ a: undefined });
    });

    test("cdktn keeps the blocks that Terraform creates", () => {
      const dynamic = { ...nothing, dynamic: { each: { value: 1, type: "simple" } } };
      expect(asHcl({ a: dynamic }, true)).toEqual({ a: dynamic });
    });

    test.each(["isBlock", "type", "storageClassType"] as const)(
      "cdktn keeps an object that has no %s",
      (name) => {
        const rest = Object.fromEntries(Object.entries(nothing).filter(([each]) => each !== name));
        expect(asHcl({ a: rest }, true)).toEqual({ a: rest });
      },
    );
  });
});

describe("an element's part", () => {
  test("is a list of blocks per kind, over all elements", () => {
    const parts = ofCdktf();
    const described = (value: unknown): object => ({ value, type: "simple" });
    parts.add({
      resource: { azurerm_kubernetes_cluster: { a: { name: described("a") }, b: { name: described("b") } } },
      data: { azurerm_kubernetes_cluster: { a: { name: described("a") } } },
    });
    parts.add({ resource: { azurerm_kubernetes_cluster: { c: { name: described("c") } } } });
    parts.add({
      module: { m: { source: described("x") } },
      locals: { l: described(5) },
      output: { o: { value: described("${local.l}") } },
    });
    expect(parts.document).toEqual({
      resource: ["a", "b", "c"].map((name) => ({ azurerm_kubernetes_cluster: { [name]: { name } } })),
      data: [{ azurerm_kubernetes_cluster: { a: { name: "a" } } }],
      module: [{ m: { source: "x" } }],
      locals: [{ l: 5 }],
      output: [{ o: { value: "${local.l}" } }],
    });
  });

  test("may be empty, or not a block", () => {
    const parts = ofCdktf();
    parts.add({ provider: { azurerm: {} }, variable: { v: {} } });
    parts.add({ resource: 5, data: { x: 5 }, module: [], locals: null });
    parts.add({ resource: { azurerm_kubernetes_cluster: { a: 5 } } });
    expect(parts.document).toEqual({});
  });

  test("leaves out empty values if its library does", () => {
    const [old, later] = [ofCdktf(), ofCdktn()];
    for (const parts of [old, later])
      parts.add({ resource: { x: { a: { b: nothing } } }, locals: { l: nothing } });
    expect(old.document).toEqual({ resource: [{ x: { a: { b: nothing } } }], locals: [{ l: nothing }] });
    expect(later.document).toEqual({
      resource: [{ x: { a: { b: undefined } } }],
      locals: [{ l: undefined }],
    });
  });
});

test("a stack of neither library is treated like the older one", () => {
  const parts = new PartsInHcl({} as StackLike);
  parts.add({ locals: { l: nothing } });
  expect(parts.document).toEqual({ locals: [{ l: nothing }] });
});

describe("an element's part is recorded", () => {
  /** The content of the document once the library has resolved a part to this value. */
  function resolvedAs(part: unknown, resolved: unknown): PartsInHcl["document"] | "not noted" {
    const parts = ofCdktf();
    const noted = parts.noted(part);
    if (noted === part) return "not noted";
    const { resolve } = noted as { resolve: (context: unknown) => unknown };
    let processor: { postProcess: (resolved: unknown) => unknown } | undefined;
    const answer = resolve({
      registerPostProcessor: (each: typeof processor) => {
        processor = each;
      },
    });
    expect(answer).toBe(part);
    expect(parts.document).toEqual({});
    expect(processor?.postProcess(resolved)).toBe(resolved);
    return parts.document;
  }

  const cluster = { resource: { azurerm_kubernetes_cluster: { a: { name: token } } } };

  test("when its tokens are resolved, with their values", () => {
    const resolved = { resource: { azurerm_kubernetes_cluster: { a: { name: "aks" } } } };
    expect(resolvedAs(cluster, resolved)).toEqual({ resource: [resolved.resource] });
  });

  test("unless it resolves to nothing", () => {
    expect(resolvedAs(cluster, undefined)).toEqual({});
  });

  test.each<[title: string, part: unknown]>([
    ["a pool", { resource: { azurerm_kubernetes_cluster_node_pool: {} } }],
    ["a type that is a token", { resource: { [token]: {} } }],
    ["a cluster next to something else", { resource: { azurerm_subnet: {}, azapi_resource: {} } }],
    ["a module", { module: {} }],
    ["a data source", { data: {} }],
    ["locals", { locals: {} }],
    ["an output", { output: {} }],
  ])("if a cluster may depend on it: %s", (_title, part) => {
    expect(resolvedAs(part, undefined)).toEqual({});
  });

  test.each<[title: string, part: unknown]>([
    ["a resource of another type", { resource: { azurerm_subnet: {} } }],
    ["a provider", { provider: { azurerm: {} } }],
    ["an empty part", {}],
    ["nothing", undefined],
    ["a text", "resource"],
    ["a token", token],
    ["an object that is a token", { resolve: () => cluster, module: {} }],
    ["a list", [cluster]],
  ])("and nothing else: %s", (_title, part) => {
    expect(resolvedAs(part, undefined)).toBe("not noted");
  });
});
