import { TerraformStack, Testing } from "cdktf";
import { expect, test } from "vitest";
import { statesIn } from "../../cdktf-aspect/other-stacks";

test.each<[title: string, made: unknown, states: Readonly<Record<string, string>>]>([
  [
    "each is of the stack at a path",
    { "a/b": { friendlyUniqueId: "x" }, c: { friendlyUniqueId: "y" } },
    { x: "a/b", y: "c" },
  ],
  ["what is none is left out", { a: undefined, b: null, c: 5, d: { friendlyUniqueId: "x" } }, { x: "d" }],
  ["a library that makes none", undefined, {}],
  ["a library that keeps them in another way", [{ friendlyUniqueId: "x" }], {}],
])("the remote states that a library has made: %s", (_title, made, states) => {
  const stack = new TerraformStack(Testing.app(), "s");
  Reflect.set(stack, "crossStackDataSources", made);
  expect(Object.fromEntries(statesIn(stack))).toEqual(states);
});
