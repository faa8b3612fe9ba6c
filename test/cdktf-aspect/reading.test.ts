import { describe, expect, test } from "vitest";
import type { ConstructLike } from "../../cdktf-aspect/constructs";
import { isStack, libraryOf } from "../../cdktf-aspect/constructs";
import { asHcl } from "../../cdktf-aspect/hcl";
import type { Notation } from "../../shared/documents/terraform/attributes";
import { readAttributes } from "../../shared/documents/terraform/attributes";
import { isToken, listOf } from "../../shared/documents/terraform/syntax";
import type { Field } from "../../shared/reading/field";

/** The value at a dotted path, in a word. */
function seen(root: Field, path: string): unknown {
  let field = root;
  for (const name of path.split(".")) {
    if (field.kind !== "object") return `no block, but ${field.kind}`;
    field = field.child(name);
  }
  switch (field.kind) {
    case "scalar":
      return field.value;
    case "list":
      return `list of ${field.items().length}`;
    case "absent":
    case "unknown":
    case "object":
      return field.kind;
  }
}

const azapiBody = { document: { at: "body", patch: "sensitive_body" } };
const token = "${TfToken[TOKEN.0]}";

test.each<[value: unknown, is: boolean]>([
  ["calico", false],
  [token, true],
  [`before ${token} after`, true],
  [5, false],
  [-1e280, false],
  [-1.8881545897087503e289, true],
  [null, false],
  [[token], false],
  [{ a: token }, false],
  [{ [token]: 1 }, true],
  [{ a: 1, [token]: 1 }, true],
  [{ resolve: () => 5 }, true],
  [{ resolve: 5 }, false],
  [() => 5, true],
  [5n, false],
  [true, false],
  [Symbol("TfToken["), false],
  [undefined, false],
])("%o is a token: %s", (value, is) => {
  expect(isToken(value)).toBe(is);
});

test.each([
  [undefined, []],
  [null, []],
  [5, [5]],
  [
    [5, 6],
    [5, 6],
  ],
])("%j as a list", (value, list) => {
  expect(listOf(value)).toEqual(list);
});

describe("attributes are read:", () => {
  const content = { x: 1 };
  const dynamic = (b: unknown, more: object = {}): object => ({ dynamic: { b }, ...more });
  test.each<[attributes: object, path: string, read: unknown]>([
    [{ a: { b: "calico" } }, "a.b", "calico"],
    [{ a: null }, "a", "absent"],
    [{}, "toString", "absent"],
    [{ a: token }, "a", "unknown"],
    [{ a: "${var.a}" }, "a", "unknown"],
    [{ a: "%{ if true }x%{ endif }" }, "a", "unknown"],
    [{ a: "$${a}" }, "a", "$${a}"],
    [{ a: "%%{a}" }, "a", "%%{a}"],
    [{ a: 5 }, "a", 5],
    // Dynamic blocks.
    [dynamic({ for_each: [1, 2], content }), "b", "list of 2"],
    [dynamic({ for_each: { k: 1, l: 2 }, content }), "b", "list of 2"],
    [dynamic({ for_each: [1, 2], content: [content, content] }), "b", "list of 4"],
    [dynamic({ for_each: [1] }), "b", "absent"],
    [dynamic({ for_each: [1], content }, { b: { x: 2 } }), "b", "list of 2"],
    [dynamic({ for_each: [1], content }, { b: null }), "b", "list of 1"],
    [dynamic({ for_each: [], content }, { b: { x: 2 } }), "b.x", 2],
    [dynamic({ for_each: [1], content }, { c: 5 }), "c", 5],
    [dynamic({ for_each: "${var.b}", content }), "b", "unknown"],
    [dynamic({ for_each: null, content }), "b", "unknown"],
    [dynamic({ for_each: { [token]: 1 }, content }), "b", "unknown"],
    [dynamic("x"), "b", "unknown"],
    [dynamic([null]), "b", "unknown"],
    [dynamic(null, { b: 5 }), "b", 5],
    [{ dynamic: ["x", { c: {} }, { b: { for_each: [1], content } }] }, "b", "list of 1"],
    [{ dynamic: { b: { for_each: [1], content } } }, "toString", "absent"],
    [{ a: NaN }, "a", "absent"],
    [{ a: Infinity }, "a", "absent"],
  ])("%o at %s: %s", (attributes, path, value) => {
    expect(seen(readAttributes({ ...attributes }), path)).toBe(value);
  });

  test("in the spelling of generated classes", () => {
    const attributes = { network_profile: { network_policy: "calico" } };
    const writing: Notation = { camelCase: true };
    expect(seen(readAttributes(attributes, writing), "networkProfile.networkPolicy")).toBe("calico");
    expect(seen(readAttributes(attributes), "networkProfile")).toBe("absent");
  });
});

describe("a document and its patch are read as one:", () => {
  test.each<[body: unknown, patch: unknown, path: string, read: unknown]>([
    [{ a: 1 }, undefined, "body.a", 1],
    [{ a: 1 }, null, "body.a", 1],
    ['{"a": 1}', undefined, "body.a", 1],
    ['{"a": 1, "b": "${var.b}"}', undefined, "body.a", 1],
    ['{"a": 1, "b": "${var.b}"}', undefined, "body.b", "unknown"],
    [{ a: 1 }, '{"a": 2, "b": "${var.b}"}', "body.a", 2],
    ["no JSON", undefined, "body", "no JSON"],
    ["${var.body}", undefined, "body", "unknown"],
    [{ a: 1 }, "no JSON", "body", "no JSON"],
    [{ a: 1 }, '{"a": 2}', "body.a", 2],
    [{ a: 1 }, token, "body", "unknown"],
    [{ a: 1 }, { [token]: 2 }, "body", "unknown"],
    [token, { a: 2 }, "body", "unknown"],
    ["${var.body}", { a: 2 }, "body", "unknown"],
    [5, { a: 2 }, "body", 5],
    [null, { a: 2 }, "body.a", 2],
    [undefined, { a: 2 }, "body.a", 2],
    [{ a: { x: 1, y: 2 } }, { a: { x: null, z: 3 } }, "body.a.x", "absent"],
    [{ a: { x: 1, y: 2 } }, { a: { x: null, z: 3 } }, "body.a.y", 2],
    [{ a: { x: 1, y: 2 } }, { a: { x: null, z: 3 } }, "body.a.z", 3],
    [{ a: 1, b: 2 }, { a: null }, "body.a", "absent"],
    [{ a: 1, b: 2 }, { a: null }, "body.b", 2],
    [{ a: 1 }, { a: { x: 2 } }, "body.a.x", 2],
    [{ a: { x: 1 } }, { a: 2 }, "body.a", 2],
    [{ a: "${var.a}" }, { a: { x: 1 } }, "body.a", "unknown"],
    [{ a: "${var.a}" }, { a: 2 }, "body.a", 2],
  ])("%j patched by %j at %s: %s", (body, patch, path, value) => {
    const attributes = { body, sensitive_body: patch };
    expect(seen(readAttributes(attributes, azapiBody), path)).toBe(value);
  });

  test("only at the path of the document", () => {
    const attributes = { other: { body: '{"a": 1}' } };
    expect(seen(readAttributes(attributes, azapiBody), "other.body")).toBe('{"a": 1}');
  });
});

const resolvable = { resolve: () => 5 };
test.each<[attributes: unknown, hcl: unknown]>([
  [5, 5],
  [null, null],
  [{ value: 1, type: "simple" }, 1],
  [{ value: 1, isBlock: true }, 1],
  [{ value: 1, is_block: true }, 1],
  [{ value: 1 }, { value: 1 }],
  [{ a: { value: 1, b: 2 } }, { a: 1 }],
  [{ a: { value: true } }, { a: true }],
  [{ a: { value: "var.b", b: 2 } }, { a: "${an expression}" }],
  [{ a: { value: { b: 2 } } }, { a: "${an expression}" }],
  [{ a: { value: "x ${var.b}", b: 2 } }, { a: "x ${var.b}" }],
  [{ a: { b: { value: "c" } } }, { a: { b: { value: "c" } } }],
  [{ a: { value: { b: { value: "c" } }, isBlock: true } }, { a: { b: "${an expression}" } }],
  [{ a: { value: "${var.b}", dynamic: {} } }, { a: "${an expression}" }],
  [{ a: { dynamic: { value: {} }, b: 2 } }, { a: "${an expression}" }],
  [{ type: "simple" }, { type: "simple" }],
  [
    { isBlock: true, is_block: true },
    { isBlock: true, is_block: true },
  ],
  [
    [{ value: 1, type: "simple" }, 2],
    [1, 2],
  ],
  [{ a: { value: { b: { value: 2, type: "simple" } }, isBlock: true } }, { a: { b: 2 } }],
  [{ a: resolvable }, { a: resolvable }],
])("%j becomes this in HCL: %j", (attributes, hcl) => {
  expect(asHcl(attributes, false)).toEqual(hcl);
  expect(asHcl(attributes, true)).toEqual(hcl);
});

const emptied = { isBlock: false, type: "simple", storageClassType: "string" };
test.each([
  [{ a: emptied }, { a: emptied }, { a: undefined }],
  [{ a: { ...emptied, value: 5 } }, { a: 5 }, { a: 5 }],
  [
    { a: { ...emptied, dynamic: {} } },
    { a: { ...emptied, dynamic: {} } },
    { a: { ...emptied, dynamic: {} } },
  ],
])(
  "a description without a value, %j, is written by cdktf and left out by cdktn",
  (attributes, cdktf, cdktn) => {
    expect(asHcl(attributes, false)).toEqual(cdktf);
    expect(asHcl(attributes, true)).toEqual(cdktn);
  },
);

describe("a construct", () => {
  test.each([
    [{ [Symbol.for("cdktf/TerraformStack")]: true }, true],
    [{ prepareStack: 1, synthesizer: 1 }, true],
    [{ prepareStack: 1 }, false],
    [{ synthesizer: 1 }, false],
    [{}, false],
  ])("%o is a stack: %s", (construct, is) => {
    expect(isStack(construct as unknown as ConstructLike)).toBe(is);
  });

  const marked = (mark: unknown, Base: new () => object = Object): new () => object => {
    const Marked = class extends Base {};
    Object.defineProperty(Marked, Symbol.for("jsii.rtti"), { value: mark });
    return Marked;
  };
  const Stack = marked({ fqn: "cdktf.TerraformStack", version: "0.21.0" });
  class Own extends Stack {}
  const Renamed = marked({ fqn: 5 }, marked({ fqn: "own.Stack", version: "1" }, Stack));
  test.each<[title: string, of: unknown, library: string | undefined]>([
    ["a class", Stack, "cdktf 0.21.0"],
    ["a class derived from it", Own, "cdktf 0.21.0"],
    ["an object", new Own(), "cdktf 0.21.0"],
    ["a class with marks of its own", Renamed, "cdktf 0.21.0"],
    ["a class without", Date, undefined],
    ["a class of another name", marked({ fqn: "cdktf.App", version: "0.21.0" }), undefined],
    ["no class", 5, undefined],
    ["nothing", undefined, undefined],
  ])("comes from a library by the marks of %s", (_title, of, library) => {
    expect(libraryOf(of, "TerraformStack")).toBe(library);
  });
});
