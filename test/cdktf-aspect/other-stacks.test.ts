import { TerraformStack, Testing } from "cdktf";
import { expect, test } from "vitest";
import { statesIn } from "../../cdktf-aspect/other-stacks";

test.each<[title: string, made: unknown, states: Readonly<Record<string, string>>]>([
  [
    "each reads the stack at a path",
    { "a/b": { friendlyUniqueId: "x" }, c: { friendlyUniqueId: "y" } },
    { x: "a/b", y: "c" },
  ],
  ["invalid ones are left out", { a: undefined, b: null, c: 5, d: { friendlyUniqueId: "x" } }, { x: "d" }],
  ["a library that creates none", undefined, {}],
  ["a library that keeps them differently", [{ friendlyUniqueId: "x" }], {}],
])("the remote states that a library has created: %s", (_title, made, states) => {
  const stack = new TerraformStack(Testing.app(), "s");
  Reflect.set(stack, "crossStackDataSources", made);
  expect(Object.fromEntries(statesIn(stack))).toEqual(states);
});
