import { expect, test } from "vitest";
import type { JsonObject } from "../../../shared/documents/json";
import { instancesOf } from "../../../shared/documents/terraform/instances";

const open = "${var.open}";
/** What a document determines, for these rows: everything but what has `var` in it. */
const constant = (written: unknown): unknown => (written === "${local.two}" ? 2 : written);

test.each<[block: JsonObject, instances: number | undefined]>([
  [{}, 1],
  [{ count: null, for_each: null, lifecycle: null }, 1],
  [{ count: 0 }, 0],
  [{ count: 3 }, 3],
  [{ count: "0" }, 0],
  [{ count: "12" }, 12],
  [{ count: "${local.two}" }, 2],
  [{ count: open }, undefined],
  [{ count: "" }, undefined],
  [{ count: "x1" }, undefined],
  [{ count: "1x" }, undefined],
  [{ count: -1 }, undefined],
  [{ count: 1.5 }, undefined],
  [{ count: true }, undefined],
  [{ count: [] }, undefined],
  [{ count: ["3"] }, undefined],
  [{ for_each: {} }, 0],
  [{ for_each: { a: 1, b: 1 } }, 2],
  [{ for_each: [] }, 0],
  [{ for_each: ["a", "b", "a"] }, 2],
  [{ for_each: ["a", open] }, undefined],
  [{ for_each: open }, undefined],
  [{ for_each: 2 }, undefined],
  [{ for_each: "${local.two}" }, undefined],
  [{ lifecycle: { enabled: false } }, 0],
  [{ lifecycle: { enabled: "false" } }, 0],
  [{ lifecycle: [{ enabled: false }], count: 3 }, 0],
  [{ lifecycle: { enabled: true } }, 1],
  [{ lifecycle: { enabled: "true" } }, 1],
  [{ lifecycle: { enabled: true }, count: 3 }, 3],
  [{ lifecycle: { enabled: null } }, 1],
  [{ lifecycle: { enabled: open } }, undefined],
  [{ lifecycle: { enabled: open }, count: 3 }, undefined],
  [{ lifecycle: { prevent_destroy: true } }, 1],
])("%j has this many instances: %s", (block, instances) => {
  expect(instancesOf(block, constant)).toBe(instances);
});

test("a constant that is null is no set of instances", () => {
  expect(instancesOf({ for_each: open }, () => null)).toBeUndefined();
});
