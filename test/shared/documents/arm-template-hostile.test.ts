import { describe, expect, test } from "vitest";
import { calico, cilium, cluster, deployment, pool, told } from "../../support/arm-templates";
import { processorTime } from "../../support/processor-time";

describe("a hostile template ends, and the rest of it is unknown", () => {
  const within = (template: object): readonly string[] => {
    let all: readonly string[] = [];
    expect(processorTime(() => (all = told(template)))).toBeLessThan(20_000);
    return all;
  };
  const copy = { name: "c", count: 800 };

  test("of nested loops", () => {
    let template: object = { resources: [cluster(cilium, "[concat('aks', copyIndex())]", { copy })] };
    for (let i = 0; i < 4; i++) template = { resources: [deployment(template, { copy })] };
    const all = within(template);
    expect(all.length).toBeGreaterThan(0);
    expect(all.filter((line) => !line.endsWith("unknown") && line.includes(":"))).toEqual([]);
  });

  test("of a loop around many resources", () => {
    const loop = deployment({ resources: Array.from({ length: 300_000 }, () => ({})) }, { copy });
    expect(within({ resources: [loop, cluster(calico)] })).toEqual(["resources[1]: unknown"]);
  });

  test("of many clusters and pools with unknown names", () => {
    const many = Array.from({ length: 2_000 }, (_, i) => [
      cluster(calico, `[parameters('a${i}')]`),
      pool(`[parameters('p${i}')]`),
    ]);
    expect(within({ resources: many.flat() }).length).toBe(2_000);
  });

  test("of properties with many names in a loop", () => {
    const tags = Object.fromEntries(Array.from({ length: 50_000 }, (_, i) => [`tag${i}`, i]));
    const all = within({ resources: [cluster(cilium, "[concat('a', copyIndex())]", { copy }, tags)] });
    expect(all.at(-1)).toBe("resources[0] copyIndex 799: unknown");
  });
});
